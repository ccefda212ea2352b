"""Drawings of the plant for the screen; a program of its own, so that no file can hurt the terminal.

Never prints.
"""

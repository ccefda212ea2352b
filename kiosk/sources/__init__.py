"""Devices that are read besides the keyboard: serial scanners, input devices taken exclusively, a camera.

Never interprets what they say, and never loads a driver before its device is opened.
"""

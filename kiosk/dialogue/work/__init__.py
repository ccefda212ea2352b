"""Runs, crews and machines: who works on what since when, and what stands still.

Never a quantity: the report gives those.
"""

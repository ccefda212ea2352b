"""The conversation between an operator and the terminal: what was said so far, and what it means.

Never paints and never keeps: screens paint its `View`, the station's memory keeps what it records.
"""

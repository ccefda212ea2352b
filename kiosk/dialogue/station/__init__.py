"""The terminal itself: its sheet, its scanners, and its training mode.

Never about an order.
"""

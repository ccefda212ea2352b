"""The report being filled in: its slots, what is asked before it is recorded, and mending it afterwards.

Never about paper or machines: other rooms are.
"""

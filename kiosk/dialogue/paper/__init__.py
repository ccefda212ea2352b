"""What is said about paper: printers in trouble, papers that wait, papers that nobody knows of.

Never prints: the paper desk does, behind a port.
"""

"""What takes a supervisor: orders and slips, decisions about pieces, and keying from paper.

Never without badge and PIN.
"""

"""The demo: the real server, the real terminal and a plant to play with.

Never a shortcut into either: what the demo shows went through keys, scans, ledger and network.
"""

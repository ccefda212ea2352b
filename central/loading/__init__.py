"""A plant from a directory of TOML and CSV: read whole, checked whole, and only then written.

Never half loads: one problem anywhere, and nothing changes.
"""

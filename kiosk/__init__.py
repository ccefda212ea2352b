"""The station: keys and scans in, commands out, colours back.

Never decides and never keeps: what a command means is said by floor, what was recorded by sync.
"""

"""The server's HTTP: requests to commands and queries, answers back.

Never holds a rule of the plant, and never refuses an event.
"""

"""The station's memory, a ledger that is also the queue, and its road to the server.

Never shows anything, never prints, and never drops or changes a fact, whatever the server answers.
"""

"""How a station's tables come to their present form, one revision after another.

Never imported when the stored revision is the present one; ledger tables are never batch-altered (triggers
would go).
"""

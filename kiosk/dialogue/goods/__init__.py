"""Pieces and material: where they are, what comes next, what parts, joins and goes in.

Never counts what was made: the report does.
"""

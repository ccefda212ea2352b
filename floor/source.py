"""How an input came: a word that scanner, reports and screens share, kept apart because it loads at once.

Never more than the word.
"""

from enum import StrEnum


class Source(StrEnum):
    """How a report came in."""

    SCAN = "scan"
    KEYS = "keys"
    PAPER = "paper"

"""The scanners' sheet: the test code, and what to do with it.

Never knows what a scanner sends: the terminal says it.
"""

from typing import Final

from floor.self_test import SELF_TEST
from printing.settings_sheet import SettingsSheet

TITLE: Final = "Scanner test"
HINT: Final = "Scan this at a terminal with each of its scanners. Nothing is recorded."
WHAT_TO_DO: Final = (
    ("The screen says", "how the scanner types, and what to set"),
    ("Set a scanner to", "US keyboard, ENTER after a code, nothing before it"),
    ("Nothing happens", "the scanner is not connected: MENU, then The scanners"),
    ("Not one of our codes", "hold the scanner further away, or scan the square instead"),
)


def scanner_sheet() -> SettingsSheet:
    """The sheet; the same for every plant."""
    return SettingsSheet(title=TITLE, hint=HINT, code=SELF_TEST, lines=WHAT_TO_DO, bars=True)

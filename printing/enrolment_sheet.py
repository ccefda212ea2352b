"""The enrolment sheet: where a new station's server is, the code that lets it in once, and what to do.

Never says more than a person at the new terminal needs; a sheet that was used lets nobody in.
"""

from floor.tags import grouped
from printing.settings_sheet import SettingsSheet
from printing.words import Say, english


def enrolment_sheet(station: str, server: str, code: str, say: Say = english) -> SettingsSheet:
    """The sheet of one station; `code` is the one-time code that the server made."""
    letters = code.replace(" ", "").upper()
    return SettingsSheet(
        title=say("New station {name}").format(name=station),
        hint=say("Good once, and for 15 minutes after it was made. Whoever scans it first is let in."),
        code=letters,
        bars=True,
        lines=(
            (say("Server"), server),
            (say("Station"), station),
            (say("Code"), grouped(letters)),
            ("1", say("Scan the code at the new terminal.")),
            ("2", say("Compare the six words on its screen with those at the server.")),
            ("3", say("Approve it at the server; then destroy this sheet.")),
        ),
    )

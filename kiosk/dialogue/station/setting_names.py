"""What each setting of a sheet is called, for whoever reads it at the terminal.

Never a second list of settings: a test compares it with `kiosk.config`.
"""

from collections.abc import Iterable
from typing import Final

from kiosk.words import _, mark

NAMES: Final = frozenset(
    {
        mark("station number"),
        mark("station name"),
        mark("station work centre"),
        mark("station machines"),
        mark("station training"),
        mark("server url"),
        mark("server token file"),
        mark("data directory"),
        mark("scanner prefix"),
        mark("screen theme"),
        mark("screen lock minutes"),
        mark("screen sign off minutes"),
        mark("screen language"),
        mark("screen touch"),
        mark("sound how"),
        mark("drawings directory"),
        mark("printer name"),
        mark("printer kind"),
        mark("printer target"),
        mark("printer dots per inch"),
        mark("printer paper"),
        mark("printer language"),
        mark("printer full read every"),
        mark("tags printer"),
        mark("tags printed"),
        mark("serial name"),
        mark("serial device"),
        mark("serial baud"),
        mark("input device name"),
        mark("input device device"),
        mark("camera name"),
        mark("camera device"),
        mark("token"),
    }
)
SAYINGS: Final = frozenset({mark("yes"), mark("no"), mark("on this sheet: keep it as a key")})
"""What is said of a setting in words; everything else is said as it is written."""


def in_the_language_of_now(said: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """(what, how it is set), with the names and the words that have a translation."""
    return tuple(
        (_(what) if what in NAMES else what, _(how) if how in SAYINGS else how) for what, how in said
    )

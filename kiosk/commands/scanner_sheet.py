"""`kiosk scanner-sheet`: the test code of the scanners as a page of paper.

Never prints a page that it could not read back.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.commands.sheet import proved

if TYPE_CHECKING:
    from kiosk.commands.words import Commands

MADE: Final = 0
NOT_MADE: Final = 1


def offer(commands: "Commands") -> None:
    """Add the words of this command."""
    words = commands.add_parser("scanner-sheet", help="a page that tests how a scanner types")
    words.add_argument("--to", type=Path, default=Path("scanners.pdf"), help="the page; scanners.pdf")
    words.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """0 when the page is written and was read back, 1 when it is not."""
    from kiosk.record import RecordError
    from printing.scanner_sheet import scanner_sheet

    try:
        given.to.write_bytes(proved(scanner_sheet()))
    except (RecordError, OSError) as error:
        print(error, file=sys.stderr)
        return NOT_MADE
    print(f"{given.to} holds the scanners' sheet; it was read back.")
    return MADE

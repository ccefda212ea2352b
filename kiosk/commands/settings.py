"""`kiosk config check`: whether a settings file can be used, and the one sentence that is wrong.

Never starts anything and never mends the file.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.config import ConfigError, load

if TYPE_CHECKING:
    from kiosk.commands.words import Commands

USABLE: Final = 0
WRONG: Final = 1


def offer(commands: "Commands") -> None:
    """Add the words of this command."""
    config = commands.add_parser("config", help="looks at a settings file")
    below = config.add_subparsers(title="commands", metavar="", required=True)
    check = below.add_parser("check", help="says OK, or what is wrong")
    check.add_argument("file", type=Path, nargs="?", help="the settings; config.toml")
    check.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """0 when the settings can be used, 1 when they cannot."""
    path: Path = given.file or given.config
    try:
        config = load(path)
    except ConfigError as error:
        print(error, file=sys.stderr)
        return WRONG
    print(f"OK: {path} sets up {config.station.number}, {config.station.name}.")
    return USABLE

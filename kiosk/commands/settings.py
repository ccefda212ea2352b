"""`kiosk config check`: whether a settings file can be used, and the one sentence that is wrong.

Never starts anything and never mends the file.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.config import ConfigError, KioskConfig, load

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
    for refused in _templates(path, config):
        print(refused, file=sys.stderr)
        return WRONG
    print(f"OK: {path} sets up {config.station.number}, {config.station.name}.")
    return USABLE


def _templates(path: Path, config: KioskConfig) -> Iterator[str]:
    """What is wrong with the templates of its printers: each is read as it will be for a slip."""
    from kiosk.wiring.printers import setting
    from printing.pictures import grey
    from printing.slip.styling import style_for
    from printing.slip.template_file import TemplateRefused

    for section in config.printer:
        refused = style_for(setting(section, path.resolve().parent), look=grey)
        if isinstance(refused, TemplateRefused):
            yield f"The printer {section.name} cannot use {section.slip_template}: {refused}. Mend it."

"""What `kiosk` can be asked on the command line: one module for each command, one line here to offer it.

Never loads what a command that was not asked for needs: each module imports its work when it is run.
"""

import argparse
from pathlib import Path
from typing import Final

from kiosk.commands import health, printing, reading, scanner_sheet, settings, sheet, terminal, watching

COMMANDS: Final = (
    health.offer,
    settings.offer,
    sheet.offer,
    printing.offer,
    reading.offer,
    scanner_sheet.offer,
    watching.offer,
)
"""Each adds its words below `kiosk`, and says by `run` what does the work."""


def parser() -> argparse.ArgumentParser:
    """All words of `kiosk`; without a command it is the terminal."""
    words = argparse.ArgumentParser(prog="kiosk", description="The terminal of a station.")
    words.add_argument("--config", type=Path, default=Path("config.toml"), help="settings; config.toml")
    words.set_defaults(run=terminal.run)
    commands = words.add_subparsers(title="commands", metavar="")
    for offer in COMMANDS:
        offer(commands)
    return words

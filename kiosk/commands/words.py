"""What the commands of `kiosk` have in common: how they are offered, and which settings they are about.

Never does anything.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
    """Where a command adds its words."""


def about_settings(words: argparse.ArgumentParser) -> None:
    """`--config`, before the command or behind it."""
    words.add_argument("--config", type=Path, default=argparse.SUPPRESS, help="settings; config.toml")

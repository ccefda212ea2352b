"""A page that nobody printed yet, as shapes without a body.

Never says how it is drawn, and never loads more than the standard library and the language of the floor.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from floor.commands import IssueSlips, ReprintSlip
from kiosk.drawings import Draw, Picture

SHARPNESS: Final = (2.0, 4.0)
"""Pixels a millimetre: figures and names can be read, and then small words, too."""

Wanted = IssueSlips | ReprintSlip
"""What a supervisor would ask for."""


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One page of what would be printed."""

    number: int
    """1 is the first."""
    count: int
    whole: tuple[Picture, ...]
    """In several sizes; the screen takes the one that fits."""
    larger: tuple[Picture, ...]
    """Larger than most screens, the largest last; they are looked at in parts."""


Preview = Callable[[Wanted, int], Awaitable[PaperPage | None]]
"""A page of what would be printed first; None where it cannot be shown."""


@dataclass(frozen=True, slots=True)
class Shows:
    """What a terminal can show as pictures."""

    draw: Draw | None = None
    """Drawings; None where it cannot."""
    preview: Preview | None = None
    """Paper before it is printed; None where it cannot."""


NOTHING_SHOWN: Final = Shows()

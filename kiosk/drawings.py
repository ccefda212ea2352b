"""Drawings as pictures of coloured cells, as shapes without a body.

Never says where a drawing lies or how it is read, and never loads more than the standard library.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

Cell = tuple[int, int]
"""The colours of a cell's upper and lower half, each as `0xRRGGBB`."""

ROOMS: Final = ((78, 19), (118, 35), (158, 45), (238, 62))
"""Columns and rows that screens of common sizes have for a drawing, the smallest first."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, scaled to one of the rooms."""

    rows: tuple[tuple[Cell, ...], ...]
    """From top to bottom, all of the same length."""

    @property
    def columns(self) -> int:
        """Cells side by side."""
        return len(self.rows[0])


Draw = Callable[[str, int | None], Awaitable[tuple[Picture, ...] | None]]
"""A document's page, once for each room; None where it is missing or cannot be read."""

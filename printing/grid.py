"""A page's millimetres on the dots of one printer: every edge on a dot, every module some whole dots.

Never moves anything by more than a dot, and never draws.
"""

from dataclasses import dataclass
from typing import Final

from printing.page import Bars, Ink, Page, Picture, Square

DOTS_PER_INCH: Final = 203
"""The commonest label printer."""
DOTS_PER_INCH_MIN: Final = 150
"""Coarser dots would make modules wider than our layouts mean."""
DOTS_PER_INCH_MAX: Final = 1200
MODULE_DOTS_MIN: Final = 2
"""A line of one dot is lost where a printer's head has a weak one."""

_MM_PER_INCH: Final = 25.4
_POINTS_PER_INCH: Final = 72
_LINE_MM_MAX: Final = 1.0
"""What is thinner is a line: equally thick wherever it stands."""
_HAIR: Final = 1e-6
"""Of a dot: what adding millimetres up may lose."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in dots from the upper left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The dots of a printer."""

    dots_per_inch: int = DOTS_PER_INCH

    @property
    def points_per_dot(self) -> float:
        """A dot in typographic points."""
        return _POINTS_PER_INCH / self.dots_per_inch

    def dot(self, length: float) -> int:
        """The dot nearest to a length in millimetres."""
        return round(length * self.dots_per_inch / _MM_PER_INCH)

    def dots(self, length: float) -> float:
        """A length in millimetres in dots, to be used where no edge is: for words."""
        return length * self.dots_per_inch / _MM_PER_INCH

    def module_dots(self, module_mm: float) -> int:
        """The most whole dots that a module of this width holds, and not less than two."""
        return max(MODULE_DOTS_MIN, int(self.dots(module_mm) + _HAIR))

    def paper(self, page: Page) -> Box:
        """The page: a whole number of dots, too, so that its pictures lie on the same grid."""
        return Box(0, 0, self.dot(page.width), self.dot(page.height))

    def box(self, mark: Ink | Picture) -> Box:
        """Where ink falls, or a picture may."""
        x, y = self.dot(mark.x), self.dot(mark.y)
        return Box(x, y, self._extent(mark.x, mark.width), self._extent(mark.y, mark.height))

    def bars(self, mark: Bars, modules: int) -> tuple[Box, int]:
        """Where a Code 128 of so many modules stands, and the dots of one."""
        dots = self.module_dots(mark.module_mm)
        height = self._extent(mark.y, mark.height)
        return Box(self.dot(mark.x), self.dot(mark.y), modules * dots, height), dots

    def square(self, mark: Square, modules: int) -> tuple[Box, int]:
        """Where a QR of so many modules a side stands, and the dots of one."""
        dots = self.module_dots(mark.module_mm)
        spare = max(0.0, self.dots(modules * mark.module_mm) - modules * dots) / 2
        x, y = (round(self.dots(edge) + spare) for edge in (mark.x, mark.y))
        return Box(x, y, modules * dots, modules * dots), dots

    def _extent(self, start: float, length: float) -> int:
        if length < _LINE_MM_MAX:
            return max(1, self.dot(length))
        return self.dot(start + length) - self.dot(start)

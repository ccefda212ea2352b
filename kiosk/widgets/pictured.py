"""A picture on the screen: each cell an upper half block of two true colours.

Never scales: it shows the largest of the pictures it was given that fits, in the middle of its place.
"""

from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from kiosk.drawings import Cell, Picture

CELLS_MAX = 4096
"""Remembered: a page has 256 at most, a coloured drawing more."""
UPPER_HALF = "\u2580"
BITS = 8
BYTE = 0xFF


class Pictured(Widget, can_focus=False, inherit_bindings=False):
    """Shows one of several sizes of a picture."""

    def __init__(self, *, id: str) -> None:
        """A widget that shows nothing yet."""
        super().__init__(id=id, markup=False)
        self._pictures: tuple[Picture, ...] = ()
        self._corner = (0, 0)

    def show(self, pictures: tuple[Picture, ...], corner: tuple[int, int] = (0, 0)) -> None:
        """Show another picture; one that is larger than its place from this column and row on."""
        if pictures is not self._pictures or corner != self._corner:
            self._pictures, self._corner = pictures, corner
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line, exactly as wide as the widget."""
        width, height = self.size
        picture = fitting(self._pictures, width, height)
        if picture is None:
            return Strip.blank(width, self.rich_style)
        column = min(self._corner[0], max(picture.columns - width, 0))
        row = min(self._corner[1], max(len(picture.rows) - height, 0))
        above = max((height - len(picture.rows)) // 2, 0)
        if not above <= y < above + len(picture.rows):
            return Strip.blank(width, self.rich_style)
        left = max((width - picture.columns) // 2, 0)
        cells = picture.rows[y - above + row][column : column + width]
        line = Strip([Segment(" " * left, self.rich_style), *map(_segment, cells)])
        return line.adjust_cell_length(width, self.rich_style)


def fitting(pictures: tuple[Picture, ...], width: int, height: int) -> Picture | None:
    """The largest that fits; the smallest, to be cut, where none does; None of none."""
    fits = [found for found in pictures if found.columns <= width and len(found.rows) <= height]
    by_size = sorted(fits or pictures[:1], key=lambda found: found.columns * len(found.rows))
    return by_size[-1] if by_size else None


@lru_cache(maxsize=CELLS_MAX)
def _segment(cell: Cell) -> Segment:
    upper, lower = cell
    return Segment(UPPER_HALF, Style(color=_colour(upper), bgcolor=_colour(lower)))


def _colour(rgb: int) -> Color:
    return Color.from_rgb(rgb >> 2 * BITS, rgb >> BITS & BYTE, rgb & BYTE)

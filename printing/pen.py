"""A pen that gathers the marks of one page: words that fit their room, rules, frames and labels.

Lengths are in millimetres, sizes in points. Never decides what is written; never draws.
"""

from typing import Final, Literal

from printing.fitting import Fitted, Room, fit
from printing.page import LINE_MM, MODULE_MM, Bars, Ink, Mark, Picture, Square, Typeface, Words, points

Align = Literal["left", "middle", "right"]

LEADING: Final = 1.18
"""Distance of two baselines, in sizes."""
CAP_HEIGHT: Final = 0.714
"""Of our font, in sizes."""
PADDING: Final = 1.1
"""In millimetres."""


class Pen:
    """Writes on one page."""

    def __init__(self, typeface: Typeface) -> None:
        self.marks: list[Mark] = []
        self._typeface = typeface

    def write(self, x: float, y: float, text: str, room: Room, align: Align = "left") -> float:
        """Writes a text with its first baseline at `y`; answers the last one."""
        return self._write(x, y, fit(text, room, self._typeface), room.bold, align)

    def write_upwards(self, x: float, y: float, text: str, room: Room) -> None:
        """Writes a text with its last baseline at `y`."""
        fitted = fit(text, room, self._typeface)
        self._write(x, y - (len(fitted.lines) - 1) * points(fitted.size * LEADING), fitted, room.bold, "left")

    def _write(self, x: float, y: float, fitted: Fitted, bold: bool, align: Align) -> float:
        for index, line in enumerate(fitted.lines):
            start = x
            if align != "left":
                width = self._typeface.width(line, fitted.size, bold)
                start = x - (width if align == "right" else width / 2)
            below = index * points(fitted.size * LEADING)
            self.marks.append(Words(start, y + below, line, fitted.size, bold))
        return y + (len(fitted.lines) - 1) * points(fitted.size * LEADING)

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """How wide a text will be at this size."""
        return self._typeface.width(self._typeface.printable(text), size, bold)

    def extent(self, text: str, room: Room) -> float:
        """How wide a text of one line will be in this room."""
        fitted = fit(text, room, self._typeface)
        return self._typeface.width(fitted.lines[0], fitted.size, room.bold)

    def fitted(self, text: str, room: Room) -> Fitted:
        """A text as it will stand in this room."""
        return fit(text, room, self._typeface)

    def rule(self, x: float, y: float, length: float, thickness: float = LINE_MM) -> None:
        """A horizontal line."""
        self.marks.append(Ink(x, y, length, thickness))

    def upright(self, x: float, y: float, length: float, thickness: float = LINE_MM) -> None:
        """A vertical line."""
        self.marks.append(Ink(x, y, thickness, length))

    def fill(self, x: float, y: float, width: float, height: float) -> None:
        """A black rectangle."""
        self.marks.append(Ink(x, y, width, height))

    def frame(self, x: float, y: float, width: float, height: float, thickness: float = LINE_MM) -> None:
        """Four lines around a rectangle, inside its edges.

        The last corner is ink of its own: whatever a printer's dots make of the lines, it closes them.
        """
        right, bottom = x + width - thickness, y + height - thickness
        self.rule(x, y, right - x, thickness)
        self.upright(x, y, bottom - y, thickness)
        self.rule(x, bottom, right - x, thickness)
        self.upright(right, y, bottom - y, thickness)
        self.rule(right, bottom, thickness, thickness)

    def plate_width(self, height: float, text: str) -> float:
        """How wide a plate of this height is."""
        return self.width(text, _plate_size(height), bold=True) + 2 * PADDING

    def plate(self, right: float, y: float, height: float, text: str, inverse: bool) -> float:
        """A word on a plate that ends at `right`, white on black to be noticed; answers its left."""
        size, width = _plate_size(height), self.plate_width(height, text)
        left = right - width
        if inverse:
            self.marks.append(Ink(left, y, width, height))
        else:
            self.frame(left, y, width, height)
        baseline = y + (height + points(size * CAP_HEIGHT)) / 2
        self.marks.append(Words(left + PADDING, baseline, text, size, bold=True, white=inverse))
        return left

    def bars(self, x: float, y: float, height: float, code: str, module_mm: float = MODULE_MM) -> None:
        """A Code 128."""
        self.marks.append(Bars(x, y, height, code, module_mm))

    def square(self, x: float, y: float, code: str, module_mm: float = MODULE_MM) -> None:
        """A QR."""
        self.marks.append(Square(x, y, code, module_mm))

    def picture(self, x: float, y: float, width: float, height: float, png: bytes) -> None:
        """A picture in a box."""
        self.marks.append(Picture(x, y, width, height, png))


def _plate_size(height: float) -> float:
    """Of the word on a plate, in points."""
    return height * 0.66 / points(1)

"""What may not happen on a page: a mark in a quiet zone, off the paper, on or through a word.

Never draws a page: it looks at marks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from printing.fonts import typeface
from printing.grid import Grid
from printing.page import Bars, Ink, Mark, Page, Picture, Square, Words, points, quiet_bars, quiet_square
from printing.symbols import bars_modules, qr

FACE = typeface()


@dataclass(frozen=True)
class Area:
    """A rectangle, in millimetres or in dots."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Area") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)

    def grown(self, across: float, along: float) -> "Area":
        return Area(self.left - across, self.top - along, self.right + across, self.bottom + along)


def area(mark: Mark) -> Area:
    match mark:
        case Ink(x=x, y=y, width=width, height=height) | Picture(x=x, y=y, width=width, height=height):
            return Area(x, y, x + width, y + height)
        case Words(x=x, y=y, text=text, size=size, bold=bold):
            return Area(x, y - points(size * 0.75), x + FACE.width(text, size, bold), y + points(size * 0.24))
        case Bars(x=x, y=y, height=height, code=code, module_mm=module_mm):
            return Area(x, y, x + bars_modules(code) * module_mm, y + height)
        case Square(x=x, y=y, module_mm=module_mm):
            size = len(qr(mark.code)) * module_mm
            return Area(x, y, x + size, y + size)


def quiet(mark: Bars | Square) -> Area:
    if isinstance(mark, Bars):
        return area(mark).grown(quiet_bars(mark.module_mm), 0)
    return area(mark).grown(quiet_square(mark.module_mm), quiet_square(mark.module_mm))


def dotted_area(mark: Mark, grid: Grid) -> Area:
    """What a printer makes of a mark, in its dots."""
    match mark:
        case Words():
            found = area(mark)
            return Area(*(grid.dots(edge) for edge in (found.left, found.top, found.right, found.bottom)))
        case Bars():
            box, _ = grid.bars(mark, bars_modules(mark.code))
        case Square():
            box, _ = grid.square(mark, len(qr(mark.code)))
        case _:
            box = grid.box(mark)
    return Area(box.x, box.y, box.x + box.width, box.y + box.height)


def dotted_quiet(mark: Bars | Square, grid: Grid) -> Area:
    dots = grid.module_dots(mark.module_mm)
    found = dotted_area(mark, grid)
    return found.grown(10 * dots, 0) if isinstance(mark, Bars) else found.grown(4 * dots, 4 * dots)


def codes(page: Page) -> Iterator[Bars | Square]:
    return (mark for mark in page.marks if isinstance(mark, Bars | Square))


def in_a_quiet_zone(page: Page) -> list[Mark]:
    """Marks that come too near to a code."""
    return [
        mark
        for code in codes(page)
        for mark in page.marks
        if mark is not code and quiet(code).meets(area(mark))
    ]


def in_a_quiet_zone_of_dots(page: Page, grid: Grid) -> list[Mark]:
    """The same on the dots of a printer."""
    areas = [(mark, dotted_area(mark, grid)) for mark in page.marks]
    return [
        mark
        for code in codes(page)
        for mark, found in areas
        if mark is not code and dotted_quiet(code, grid).meets(found)
    ]


def off_the_paper(page: Page) -> list[Mark]:
    """Marks nearer to an edge than printers print."""
    return [
        mark
        for mark in page.marks
        for found in [area(mark)]
        if found.left < 3 or found.top < 3 or found.right > page.width - 3 or found.bottom > page.height - 3
    ]


def words_on_words(page: Page) -> list[Words]:
    """Words that another word or a picture stands on."""
    words = [mark for mark in page.marks if isinstance(mark, Words) and mark.text.strip()]
    tight = [(word, area(word)) for word in words]
    pictures = [area(mark) for mark in page.marks if isinstance(mark, Picture)]
    found = []
    for index, (word, room) in enumerate(tight):
        core = Area(room.left, word.y - points(word.size * 0.6), room.right, word.y)
        others = [other for _, other in tight[index + 1 :]] + pictures
        found += [word for other in others if core.meets(other)]
    return found


def words_with_a_line_through(page: Page) -> list[Words]:
    """Words that a rule runs through."""
    rules = [mark for mark in page.marks if isinstance(mark, Ink) and min(mark.width, mark.height) < 0.6]
    lines = [area(mark) for mark in rules]
    found = []
    for word in page.marks:
        if isinstance(word, Words) and word.text.strip():
            room = area(word)
            core = Area(room.left, word.y - points(word.size * 0.72), room.right, word.y + 0.1)
            found += [word for line in lines if core.meets(line)]
    return found

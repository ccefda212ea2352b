"""A tag on paper of any size from A7 to A4: one word to be read from afar, how many, why, and the code.

Never lets the code shrink with the paper: it has whole modules of its own, or lies lower.
"""

from typing import Final

from floor.events import TagUse
from floor.tags import grouped
from printing.fitting import Room
from printing.page import DOT_MM, MODULE_MM, Ink, Page, Typeface, Words, points, quiet_bars, quiet_square
from printing.pen import CAP_HEIGHT, Pen
from printing.symbols import QR_MODULES, bars_modules
from printing.tag_sheet import A6_MM, TagSheet

MARGIN: Final = 4
SCALE_MAX: Final = 2.0
HEAD_MM: Final = 35
"""Of the band with the headline, on A6."""
THICK_MM: Final = 1.4
CODE_LINE_MM: Final = 4
MODULES_MM: Final = (
    (1.9, (2 * MODULE_MM, 4 * MODULE_MM)),
    (1.3, (4 / 3 * MODULE_MM, 3 * MODULE_MM)),
    (0.0, (MODULE_MM, 2 * MODULE_MM)),
)
"""From which scale on, how wide the modules of bars and square are."""
BARS_MM: Final = 13
LINE_MM_MAX: Final = 8.5


class _Tag:
    """One tag being laid out; `scale` is its size against A6."""

    def __init__(self, sheet: TagSheet, typeface: Typeface) -> None:
        self.sheet = sheet
        self.pen = Pen(typeface)
        self.scale = min(SCALE_MAX, sheet.width / A6_MM[0], sheet.height / A6_MM[1])
        self.left = MARGIN
        self.right = sheet.width - MARGIN
        self.width = self.right - self.left
        self.modules = next(modules for least, modules in MODULES_MM if self.scale >= least)
        """Of bars and square: the larger the paper, the farther away it is scanned."""
        bars, square = self.modules
        wide = bars_modules(sheet.code or "") * bars + 2 * quiet_bars(bars)
        self.stacked = wide + QR_MODULES * square + 2 * quiet_square(square) > sheet.width
        """Bars and square do not stand side by side on this paper."""

    def room(self, width: float, size: float, smallest: float, lines: int = 1, bold: bool = True) -> Room:
        """Room for words whose size grows and shrinks with the paper."""
        return Room(width, size * self.scale, max(5.0, smallest * self.scale), lines, bold)


def lay_out_tag(sheet: TagSheet, typeface: Typeface) -> tuple[Page, ...]:
    """The page."""
    tag = _Tag(sheet, typeface)
    foot = sheet.height - MARGIN
    _foot(tag, foot)
    codes_top = _codes(tag, foot - 4 * tag.scale)
    below = _head(tag)
    below = _quantity(tag, below)
    _lines(tag, below, codes_top)
    return (Page(sheet.width, sheet.height, tuple(tag.pen.marks)),)


def _head(tag: _Tag) -> float:
    """What is read from afar: white on black where nothing may be done, framed where something must."""
    height = HEAD_MM * tag.scale
    holds = tag.sheet.use is TagUse.HOLD
    top, inner = MARGIN, tag.width - 6 * tag.scale
    if holds:
        tag.pen.marks.append(Ink(tag.left, top, tag.width, height))
    else:
        tag.pen.frame(tag.left, top, tag.width, height, THICK_MM * tag.scale)
    headline = tag.room(inner, 66, 20)
    _write_middle(tag, top + 22 * tag.scale, tag.sheet.headline, headline, white=holds)
    _write_middle(tag, top + 31.5 * tag.scale, tag.sheet.order_to_reader, tag.room(inner, 21, 9), white=holds)
    return top + height


def _write_middle(tag: _Tag, baseline: float, text: str, room: Room, *, white: bool) -> None:
    begun = len(tag.pen.marks)
    tag.pen.write(tag.sheet.width / 2, baseline, text, room, "middle")
    if white:
        tag.pen.marks[begun:] = [
            Words(mark.x, mark.y, mark.text, mark.size, mark.bold, white=True)
            for mark in tag.pen.marks[begun:]
            if isinstance(mark, Words)
        ]


def _quantity(tag: _Tag, top: float) -> float:
    """How many, as large as anything but the headline; which copy, beside it."""
    baseline = top + 16.5 * tag.scale
    right, below = tag.right, baseline + 4 * tag.scale
    if tag.stacked and tag.sheet.code:
        right, below = _square_beside(tag, tag.sheet.code, top)
    copy = (tag.sheet.copy_mark, tag.sheet.again)
    copy_left = tag.pen.plate(right, top + 3 * tag.scale, 5 * tag.scale, *copy)
    unit = tag.room(tag.width * 0.3, 18, 8)
    room = right if tag.stacked else copy_left
    amount = tag.room(room - tag.left - tag.pen.extent(tag.sheet.unit, unit) - 4, 42, 14)
    tag.pen.write(tag.left, baseline, tag.sheet.quantity, amount)
    beside = tag.left + tag.pen.extent(tag.sheet.quantity, amount) + 2 * tag.scale
    tag.pen.write(beside, baseline, tag.sheet.unit, unit)
    return below


def _square_beside(tag: _Tag, code: str, top: float) -> tuple[float, float]:
    """On narrow paper the square stands here; answers where words end, and where they go on below it."""
    module = tag.modules[1]
    square, quiet = QR_MODULES * module, quiet_square(module)
    left = tag.right + 2 - quiet - square
    below_head = top + quiet + DOT_MM
    tag.pen.square(left, below_head, code, module)
    return left - quiet, below_head + square + quiet + DOT_MM


def _lines(tag: _Tag, top: float, bottom: float) -> None:
    """Why, what, where, who and when; the reason is the largest."""
    height = min(LINE_MM_MAX * tag.scale, (bottom - top) / len(tag.sheet.lines))
    names = 17 * tag.scale
    y = top
    for index, (what, how) in enumerate(tag.sheet.lines):
        tag.pen.rule(tag.left, y, tag.width)
        size = min(height / points(1) * 0.62, 15 * tag.scale if index == 0 else 12 * tag.scale)
        baseline = y + (height + points(size) * CAP_HEIGHT) / 2
        tag.pen.write(tag.left, baseline, what, Room(names - 1, min(size, 8 * tag.scale), 4.5))
        tag.pen.write(tag.left + names, baseline, how, Room(tag.width - names, size, 5, bold=True))
        y += height
    tag.pen.rule(tag.left, y, tag.width)


def _codes(tag: _Tag, bottom: float) -> float:
    """Bars and square above the foot; answers where they begin."""
    code = tag.sheet.code
    if code is None:
        return bottom - 2
    module, square_module = tag.modules
    quiet = quiet_square(square_module)
    square = 0.0 if tag.stacked else QR_MODULES * square_module + quiet
    grown = max(1.0, tag.scale)
    bars_height = BARS_MM * max(0.75, tag.scale)
    height = max(bars_height + CODE_LINE_MM * grown, square)
    top = bottom - height
    bars_x = max(quiet_bars(module), tag.left + quiet_bars(module) - 2 if not tag.stacked else 0)
    tag.pen.bars(bars_x, top, bars_height, code, module)
    letters = Room(bars_modules(code) * module, 9 * grown, 6, bold=True)
    tag.pen.write(bars_x, top + bars_height + 3.4 * grown, grouped(code), letters)
    if not tag.stacked:
        tag.pen.square(tag.right + 2 - square, top, code, square_module)
    hint = Room(tag.width, 9 * max(0.8, tag.scale), 5)
    tag.pen.write(tag.left, top - 2.2, tag.sheet.hint, hint)
    return top - 6.5 * max(0.8, tag.scale)


def _foot(tag: _Tag, baseline: float) -> None:
    tag.pen.write(tag.left, baseline, tag.sheet.foot, Room(tag.width, 7, 5))

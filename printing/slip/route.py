"""The route: a line for each step with its words, its code and room to sign; bars where there is room.

Never cuts a step in two; no line comes near a code.
"""

from dataclasses import dataclass
from typing import Final

from printing.fitting import Room
from printing.page import DOT_MM, LINE_MM, points, quiet_square
from printing.pen import CAP_HEIGHT, LEADING, Pen
from printing.sheet import SheetStep
from printing.slip import saying
from printing.slip.blocks import caps, label
from printing.slip.side import Side, Span
from printing.symbols import QR_MODULES

HEADER_HEIGHT: Final = 3.0
"""Of the columns' names on A6."""
THICK: Final = 0.5
BOXES_HEIGHT: Final = 7.0
"""Of the boxes to sign, where they stand below a step's words."""
BARS_GAP: Final = 0.8
WHERE_SIZE_MIN: Final = 0.68
"""Of the usual size: who is to do it is rather small than cut."""
DESCENT: Final = 0.24
"""How far letters reach below their line, in sizes."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a route stand, from left to right."""

    number: float
    operation: Span
    sign: float
    """Where the boxes to sign begin, beside the words."""
    rules_end: float
    codes: tuple[float, float]
    """Step codes stand in two columns by turns: a reader that looks at one does not see the next."""


def header_height(side: Side) -> float:
    """From the route's upper edge to its first step."""
    return HEADER_HEIGHT * side.on.words


def columns(side: Side, span: Span) -> Columns:
    """The columns of a route in a span."""
    on = side.on
    square, quiet = QR_MODULES * on.module_mm, quiet_square(on.module_mm)
    outer = span.right - square
    inner = outer - quiet - square
    rules_end = inner - quiet
    sign = rules_end - (0 if on.stacked else sum(on.sign_widths))
    operation = Span(span.left + on.number_width, sign - on.words)
    return Columns(span.left, operation, sign, rules_end, (inner, outer))


def white_below(side: Side) -> float:
    """How far below the last step of a full page its code wants white paper."""
    on = side.on
    return QR_MODULES * on.module_mm / 2 + quiet_square(on.module_mm) - on.row_min / 2 + DOT_MM


def route(pen: Pen, side: Side, span: Span, top: float, row_height: float, with_bars: bool) -> float:
    """All steps of this side in lines of one height; answers where the last one ends."""
    at = columns(side, span)
    _header(pen, side, span, at, top)
    y = top + header_height(side)
    for index, step in enumerate(side.steps):
        upper = row_height - (side.on.step_bars_height + 2 * BARS_GAP + LINE_MM if with_bars else 0)
        _row(pen, side, at, step, y, upper)
        _square(pen, side, at, step, index, Span(y, y + (upper if side.on.stacked else row_height)))
        if with_bars and not side.on.stacked:
            pen.rule(at.sign, y + upper - LINE_MM, at.rules_end - at.sign)
        if with_bars and step.code:
            x = at.number if side.on.stacked else at.operation.left
            pen.bars(x, y + upper + BARS_GAP, side.on.step_bars_height, step.code)
        y += row_height
        pen.rule(at.number, y - LINE_MM, at.rules_end - at.number)
    return y


def _header(pen: Pen, side: Side, span: Span, at: Columns, top: float) -> None:
    labels = side.labels
    pen.rule(span.left, top, span.width, THICK)
    baseline = top + header_height(side) * 0.8
    pen.write(at.number, baseline, labels.step, label(side, side.on.number_width - 0.5))
    pen.write(at.operation.left, baseline, labels.operation, label(side, at.operation.width))
    if not side.on.stacked:
        x = at.sign
        for name, width in zip((labels.good, labels.scrap, labels.sign), side.on.sign_widths, strict=True):
            pen.write(x + 0.8, baseline, name, label(side, width - 1))
            x += width
    pen.rule(span.left, top + header_height(side), at.rules_end - span.left)


def _row(pen: Pen, side: Side, at: Columns, step: SheetStep, y: float, height: float) -> None:
    words_height = height - BOXES_HEIGHT if side.on.stacked else height
    _words(pen, side, at, step, y, words_height)
    if side.on.stacked:
        _boxes_below(pen, side, at, step, y + words_height)
    else:
        _boxes_beside(pen, side, at, step, y, height)


def _words(pen: Pen, side: Side, at: Columns, step: SheetStep, y: float, height: float) -> None:
    """Number, operation, and where and who, in as many lines as the row has room for."""
    words, width = side.on.words, at.operation.width
    name_size, where_size = 9 * words, 7 * words
    third_line = points(where_size * LEADING)
    two_lines = caps(name_size) + points(name_size * LEADING) + points(where_size * DESCENT)
    above = max(0.6, min(1.25 * words, (height - two_lines) / 2))
    spare = height - two_lines - above >= third_line
    first = y + above + caps(name_size)
    name = Room(width, name_size, name_size * 0.7, 2 if spare else 1, bold=True)
    last = pen.write(at.operation.left, first, step.name, name)
    where = Room(width, where_size, where_size * WHERE_SIZE_MIN, 2 if spare and last <= first else 1)
    below = last + points(name_size * LEADING) - (points(name_size) - points(where_size)) * 0.6
    pen.write(at.operation.left, below, saying.where_and_who(step), where)
    number = Room(side.on.number_width - 1, 12 * words, 7 * words, bold=True)
    pen.write(at.number, y + above + caps(12 * words), str(step.number), number)


def _boxes_beside(pen: Pen, side: Side, at: Columns, step: SheetStep, y: float, height: float) -> None:
    """Boxes between upright lines, the step's own quantity at the foot of the first."""
    good = side.on.sign_widths[0]
    if step.quantity:
        own = Room(good - 1, 6 * side.on.words, 4 * side.on.words)
        pen.write(at.sign + good / 2, y + height - 0.9, step.quantity, own, "middle")
    x = at.sign
    for width in side.on.sign_widths:
        pen.upright(x, y, height)
        x += width
    pen.upright(x - LINE_MM, y, height)


def _boxes_below(pen: Pen, side: Side, at: Columns, step: SheetStep, y: float) -> None:
    """Three boxes across the words' width, each with its name in it."""
    labels, (good, scrap, _) = side.labels, side.on.sign_widths
    edges = (at.number, at.number + good, at.number + good + scrap, at.rules_end - LINE_MM)
    for name, left, right in zip((labels.good, labels.scrap, labels.sign), edges, edges[1:], strict=False):
        pen.frame(left, y, right - left + LINE_MM, BOXES_HEIGHT)
        pen.write(left + 0.8, y + 0.7 + caps(5.5), name, label(side, right - left - 1.6))
    if step.quantity:
        own = Room(good - 1.6, 6, 4)
        pen.write(at.number + good / 2, y + BOXES_HEIGHT - 0.9, step.quantity, own, "middle")


def _square(pen: Pen, side: Side, at: Columns, step: SheetStep, index: int, row: Span) -> None:
    """The step's QR in one of two columns, its number in the other."""
    if not step.code:
        return
    size, quiet = QR_MODULES * side.on.module_mm, quiet_square(side.on.module_mm)
    here, beside = at.codes if index % 2 == 0 else at.codes[::-1]
    middle = (row.left + row.right) / 2
    pen.square(here, middle - size / 2, step.code, side.on.module_mm)
    white = (row.right - row.left) - size / 2 - quiet - DOT_MM
    number_size = min(9 * side.on.words, white / points(CAP_HEIGHT / 2 + DESCENT))
    room = Room(size - 2 * quiet, number_size, 5, bold=True)
    pen.write(beside + size / 2, middle + caps(number_size) / 2, str(step.number), room, "middle")

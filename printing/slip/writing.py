"""The blocks that take what a page has left: instructions to read, and room to write.

Never cuts instructions silently: what does not fit is told.
"""

from math import ceil
from typing import Final

from printing.fitting import Room
from printing.page import points
from printing.pen import LEADING, Pen
from printing.slip.blocks import LABEL_SIZE, caps, label
from printing.slip.side import Side, Span

NOTES_MIN: Final = 8.0
"""Less is no room to write."""
NOTES_ROW: Final = 9.0
INSTRUCTIONS_SIZE: Final = 7.0
"""In points, on A6."""
TWO_COLUMNS_MIN: Final = 120.0
"""A span as wide as this on A6 has two columns."""
ROWS_OF_A_LINE_MAX: Final = 12
_HAIR: Final = 1e-6


def instructions_height(pen: Pen, side: Side, span: Span) -> float:
    """What all instructions of this side would take; 0 for none."""
    columns = _columns(side, span)
    rows = ceil(len(_rows(pen, side, columns[0])) / len(columns))
    return _label_height(side) + rows * _line(side) if rows else 0.0


def instructions_least(side: Side) -> float:
    """The label and two lines: less is not begun."""
    return _label_height(side) + 2 * _line(side)


def instructions(pen: Pen, side: Side, span: Span, top: float, height: float) -> float:
    """Step by step, the number of each before its first line; in two columns on wide paper."""
    columns = _columns(side, span)
    rows = _rows(pen, side, columns[0])
    lines_max = int((height - _label_height(side) + _HAIR) / _line(side))
    if len(rows) > lines_max * len(columns):
        rows = [*rows[: lines_max * len(columns) - 1], ("", side.labels.more)]
    pen.write(span.left, top + caps(LABEL_SIZE * side.on.words), side.labels.instructions, label(side, 60))
    y = top + _label_height(side)
    each = ceil(len(rows) / len(columns))
    for at, column in enumerate(columns):
        _column(pen, side, column, y, rows[at * each : (at + 1) * each])
    return y + each * _line(side)


def _column(pen: Pen, side: Side, column: Span, y: float, rows: list[tuple[str, str]]) -> None:
    size, number_width = INSTRUCTIONS_SIZE * side.on.words, side.on.number_width
    above = ""
    for number, text in rows:
        baseline = y + caps(size)
        if number and number != above:
            pen.write(column.left, baseline, number, Room(number_width, size, size, bold=True))
        pen.write(column.left + number_width, baseline, text, Room(column.width, size, size))
        above = number
        y += _line(side)


def _columns(side: Side, span: Span) -> tuple[Span, ...]:
    if span.width < TWO_COLUMNS_MIN * side.on.words:
        return (span,)
    middle = (span.left + span.right) / 2
    return Span(span.left, middle - 2 * side.on.words), Span(middle + 2 * side.on.words, span.right)


def _rows(pen: Pen, side: Side, column: Span) -> list[tuple[str, str]]:
    """(number of the step, words of one row)."""
    size = INSTRUCTIONS_SIZE * side.on.words
    room = Room(column.width - side.on.number_width, size, size, lines_max=ROWS_OF_A_LINE_MAX)
    found: list[tuple[str, str]] = []
    for step in side.steps:
        rows = [row for line in step.instructions for row in pen.fitted(line, room).lines]
        found += [(str(step.number), row) for row in rows]
    return found


def _label_height(side: Side) -> float:
    return caps(LABEL_SIZE * side.on.words) + 1.2 * side.on.words


def _line(side: Side) -> float:
    return points(INSTRUCTIONS_SIZE * side.on.words * LEADING)


def notes(pen: Pen, side: Side, span: Span, top: float, height: float) -> float:
    """A frame with lines to write on."""
    row = NOTES_ROW * min(side.on.words, 1.2)
    pen.frame(span.left, top, span.width, height)
    pen.write(span.left + 1, top + 0.9 + caps(LABEL_SIZE * side.on.words), side.labels.notes, label(side, 40))
    count = int((height - 3 * side.on.words) / row)
    for at in range(1, count + 1):
        pen.rule(span.left + 2, top + at * row, span.width - 4)
    return top + height


def notes_height(side: Side, rows: int) -> float:
    """What so many rows to write on need."""
    return rows * NOTES_ROW * min(side.on.words, 1.2) + 3 * side.on.words

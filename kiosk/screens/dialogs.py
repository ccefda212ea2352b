"""The bodies with something to choose, to answer or to read.

Never asks two things at once.
"""

from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len, set_cell_size

from kiosk.dialogue.view import Asking, Choosing, Helping, Row
from kiosk.screens.numbers import ink_line
from kiosk.widgets.canvas import (
    TEXT_OF,
    Line,
    Role,
    Span,
    centred,
    cut,
    ends,
    inset,
    literal,
    padded,
    wrapped,
)
from kiosk.widgets.letters import BULLET, INK, ROWS, SLIM, WIDE, drawn, largest
from kiosk.words import _

COLUMN_GAPS: Final = ("   ", "  ")
"""Between two columns: the wide one, where all columns fit with it."""
MARK: Final = "> "
LIST_HEAD_ROWS: Final = 3
"""A blank line, the title, and the names of the columns."""
LIST_FRAME_ROWS: Final = LIST_HEAD_ROWS + 2
"""The same, and a blank line with the keys below."""
HELP_LINES: Final = 2
ANSWER_COLUMNS: Final = 66
ANSWER_SIZES: Final = (WIDE, SLIM)
CURSOR: Final = "_"


@dataclass(frozen=True, slots=True)
class _Table:
    """How wide each column is, and what stands between two."""

    widths: list[int]
    gap: str

    def joined(self, cells: tuple[str, ...]) -> str:
        """A row's cells, each as wide as its column."""
        padded_out = (*cells, *[""] * (len(self.widths) - len(cells)))
        return self.gap.join(map(_cell, padded_out, self.widths)).rstrip()


def paint_choosing(body: Choosing, width: int, height: int) -> list[Line]:
    """A list around the chosen row, with the row's place in it."""
    inside = width - 2
    first, rows = _window(body, height)
    shown = body.rows[first : first + rows]
    table = _table(body, inside - len(MARK))
    more = " ".join(
        arrow for arrow, there in (("^", first > 0), ("v", first + rows < len(body.rows))) if there
    )
    place = _("{number} of {count}").format(number=body.chosen + 1, count=len(body.rows)) if body.rows else ""
    lines: list[Line] = [
        ends((Span(body.title, Role.STRONG),), (Span(f"{place} {more}".strip(), Role.DIM),), inside),
        (Span("  " + table.joined(body.columns), Role.DIM),),
    ]
    for index, row in enumerate(shown, first):
        lines.append(_row(row, table, inside, chosen=index == body.chosen))
    if not body.rows:
        lines.append((Span(f"  {body.empty}", Role.PLAIN),))
    blank: Line = (Span(""),)
    lines += [blank] * (height - 2 - len(lines))
    lines.append((Span(body.keys, Role.DIM),))
    return inset([blank, *lines], width, height)


def _window(body: Choosing, height: int) -> tuple[int, int]:
    """The first row that is shown, and how many there is room for."""
    rows = max(height - LIST_FRAME_ROWS, 1)
    return min(max(body.chosen - rows // 2, 0), max(len(body.rows) - rows, 0)), rows


def row_at(body: Choosing, height: int, line: int) -> int | None:
    """Index of the row that stands on a line of the body; None where none does."""
    first, rows = _window(body, height)
    at = line - LIST_HEAD_ROWS
    return first + at if 0 <= at < min(rows, len(body.rows) - first) else None


def _row(row: Row, table: _Table, width: int, *, chosen: bool) -> Line:
    text = table.joined(row.cells) if _is_table(row) else cut("".join(row.cells), width - len(MARK))
    if chosen:
        return padded((Span(f"{MARK}{text}", Role.BAND_FOCUS),), width, Role.BAND_FOCUS)
    return (Span(f"  {text}", TEXT_OF[row.tone]),)


def _table(body: Choosing, width: int) -> _Table:
    """Each column as wide as it needs; where all do not fit, the widest give way first."""
    rows = [body.columns, *(row.cells for row in body.rows if _is_table(row))]
    count = len(body.columns)
    widths = [
        max((cell_len(cells[at]) for cells in rows if at < len(cells)), default=0) for at in range(count)
    ]
    wide, narrow = COLUMN_GAPS
    gap = wide if sum(widths) + len(wide) * (count - 1) <= width else narrow
    room = width - len(gap) * (count - 1)
    while sum(widths) > room and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    return _Table(widths, gap)


def _is_table(row: Row) -> bool:
    """Whether the row has more than one cell to show: one alone may run over all columns."""
    return sum(map(bool, row.cells)) > 1


def _cell(text: str, width: int) -> str:
    return "".join(span.text for span in padded((Span(cut(text, width)),), width))


def paint_asking(body: Asking, width: int, height: int) -> list[Line]:
    """The question, the answer so far in a frame, and what the keys do."""
    inside = width - 2
    question: list[Line] = [
        centred((Span(line, Role.STRONG),), inside) for line in wrapped(body.question, inside - 8, 2)
    ]
    details: list[Line] = [centred((Span(line),), inside) for line in body.detail]
    lines: list[Line] = [
        (Span(body.title, Role.DIM),),
        (Span(""),),
        *question,
        (Span(""),),
        *_answer(body.text, inside),
        (Span(""),),
        *details[: max(height - 16, 0)],
    ]
    lines += [(Span(""),)] * (height - 2 - len(lines))
    return inset([(Span(""),), *lines, (Span(body.keys, Role.DIM),)], width, height)


def _answer(text: str, width: int) -> list[Line]:
    """The answer in a frame, from the left: what stands there does not move when more is typed."""
    box = min(width, ANSWER_COLUMNS)
    inside, blank = box - 4, padded((), box - 4)
    size = largest(text + CURSOR, inside, ROWS, ANSWER_SIZES)
    if size is None:
        kept = literal(text).replace(BULLET, "*")[-(inside - 1) :] + CURSOR
        inner = [blank, blank, padded((Span(kept, Role.STRONG),), inside), blank, blank]
    else:
        inner = [ink_line(row, Role.BLOCK_PLAIN, len(row)) for row in drawn(text + CURSOR, size)]
    side: Line = (Span(INK, Role.BLOCK_FOCUS), Span(" "))
    framed = [(*side, *padded(line, inside), *side[::-1]) for line in (blank, *inner, blank)]
    edge: Line = (Span(INK * box, Role.BLOCK_FOCUS),)
    return [centred(line, width) for line in (edge, *framed, edge)]


def paint_helping(body: Helping, width: int, height: int) -> list[Line]:
    """What can be scanned and pressed, and what it does, in two lines where that is long and fits."""
    inside, room = width - 2, height - 2
    keys = max((cell_len(key) for key, _does in body.lines), default=0)
    says = inside - keys - 2
    long = [wrapped(does, says, HELP_LINES) for _key, does in body.lines]
    if sum(map(len, long)) > room:
        long = [[cut(does, says)] for _key, does in body.lines]
    lines: list[Line] = [(Span(body.title, Role.STRONG),), (Span(""),)]
    for (key, _does), says_lines in zip(body.lines, long, strict=True):
        for index, text in enumerate(says_lines):
            head = set_cell_size("" if index else key, keys)
            lines.append((Span(head, Role.FOCUS), Span("  "), Span(text)))
    return inset(lines, width, height)

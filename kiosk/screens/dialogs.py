"""The bodies with something to choose, to answer or to read.

Never asks two things at once.
"""

from typing import Final

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
from kiosk.widgets.letters import INK, ROWS, drawn, largest

COLUMN_GAP: Final = "   "
MARK: Final = "> "
BULLET: Final = "\u2022"
"""A hidden digit as the dialogue sends it; drawn as a star, which every console has."""


def paint_choosing(body: Choosing, width: int, height: int) -> list[Line]:
    """A list around the chosen row, with the row's place in it."""
    inside = width - 2
    rows = max(height - 5, 1)
    first = min(max(body.chosen - rows // 2, 0), max(len(body.rows) - rows, 0))
    shown = body.rows[first : first + rows]
    widths = _columns(body, inside - len(MARK))
    place = f"{body.chosen + 1} of {len(body.rows)}" if body.rows else ""
    lines: list[Line] = [
        ends((Span(body.title, Role.STRONG),), (Span(place, Role.DIM),), inside),
        (Span("  " + _joined(body.columns, widths), Role.DIM),),
    ]
    for index, row in enumerate(shown, first):
        lines.append(_row(row, widths, inside, chosen=index == body.chosen))
    if not body.rows:
        lines.append((Span(f"  {body.empty}", Role.PLAIN),))
    blank: Line = (Span(""),)
    lines += [blank] * (height - 2 - len(lines))
    lines.append((Span(body.keys, Role.DIM),))
    return inset([blank, *lines], width, height)


def _row(row: Row, widths: list[int], width: int, *, chosen: bool) -> Line:
    text = _joined(row.cells, widths)
    if chosen:
        return padded((Span(f"{MARK}{text}", Role.BAND_FOCUS),), width, Role.BAND_FOCUS)
    return (Span(f"  {text}", TEXT_OF[row.tone]),)


def _columns(body: Choosing, width: int) -> list[int]:
    """Width of each column: what it needs; where all do not fit, the widest give way first."""
    table = [body.columns, *(row.cells for row in body.rows)]
    count = max(len(cells) for cells in table)
    widths = [max((len(cells[at]) for cells in table if at < len(cells)), default=0) for at in range(count)]
    room = width - len(COLUMN_GAP) * (count - 1)
    while sum(widths) > room and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    return widths


def _joined(cells: tuple[str, ...], widths: list[int]) -> str:
    return COLUMN_GAP.join(
        _cell(cells[at] if at < len(cells) else "", width) for at, width in enumerate(widths)
    ).rstrip()


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
        *details[: max(height - 14, 0)],
    ]
    lines += [(Span(""),)] * (height - 2 - len(lines))
    return inset([(Span(""),), *lines, (Span(body.keys, Role.DIM),)], width, height)


def _answer(text: str, width: int) -> list[Line]:
    box = min(width, 64)
    hidden = literal(text).replace(BULLET, "*")
    shown = hidden + "_"
    size = largest(shown, box - 4, ROWS)
    if size is None:
        kept = shown[-(box - 4) :]
        inner = [padded((), box - 2)] * 2 + [centred((Span(kept, Role.STRONG),), box - 2)]
        inner += [padded((), box - 2)] * 2
    else:
        inner = [ink_line(row, Role.BLOCK_PLAIN, box - 2) for row in drawn(shown, size)]
    side = Span(INK, Role.BLOCK_FOCUS)
    edge: Line = (Span(INK * box, Role.BLOCK_FOCUS),)
    return [centred(line, width) for line in [edge, *((side, *line, side) for line in inner), edge]]


def paint_helping(body: Helping, width: int, height: int) -> list[Line]:
    """What can be scanned and pressed, and what it does; in two columns where one is too long."""
    inside = width - 2
    room = height - 3
    half = -(-len(body.lines) // 2)
    if len(body.lines) <= room or half > room:
        texts = [_help_line(line, body, inside) for line in body.lines[:room]]
    else:
        column = inside // 2
        pairs = [*body.lines, ("", "")]
        texts = [
            (
                *padded(_help_line(pairs[at], body, column - 2), column),
                *_help_line(pairs[at + half], body, column),
            )
            for at in range(half)
        ]
    return inset([(Span(""),), (Span(body.title, Role.STRONG),), (Span(""),), *texts], width, height)


def _help_line(line: tuple[str, str], body: Helping, width: int) -> Line:
    keys = max(len(key) for key, _ in body.lines)
    key, does = line
    return (Span(key.ljust(keys), Role.FOCUS), Span("  "), Span(cut(does, width - keys - 2)))

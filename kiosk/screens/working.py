"""A slip's step and what is being reported on it: three numbers, and everything known about them around.

Never more than one thing is asked: the framed number takes the next digits.
"""

import re
from typing import Final

from rich.cells import cell_len

from kiosk.dialogue.view import Notice, Working
from kiosk.screens.numbers import FRAME_ROWS, paint_number
from kiosk.widgets.canvas import TEXT_OF, Line, Role, Span, beside, cut, ends, inset, width_of
from kiosk.widgets.letters import ROWS
from kiosk.words import _

NOTES_MAX: Final = 3
NOTES_MIN: Final = 2
"""Lines below a number; the larger screen has room for one more."""
DOUBTS_MAX: Final = 2
"""Lines for them; short ones share a line."""
DOUBT_GAP: Final = "   "
MARKS_MAX: Final = 2
MARKS_MIN: Final = 1
"""Lines of marks; the larger screen keeps room for two, the small one lends the line that no doubt needs."""
MARK_GAP: Final = "   "
ROWS_MIN: Final = 3 + DOUBTS_MAX + FRAME_ROWS + ROWS + NOTES_MIN + 1 + MARKS_MIN + 1 + 1
"""Lines that this body needs at 80x24; what there is more goes to digits and space."""

_THIS_STEP: Final = re.compile(r"(> .+? <)")


def paint_working(body: Working, width: int, height: int) -> list[Line]:
    """The whole body."""
    inside = width - 2
    rows = 2 * ROWS if height >= ROWS_MIN + ROWS else ROWS
    spare = max(height - ROWS_MIN - (rows - ROWS), 0)
    blank: Line = (Span(""),)
    notes = NOTES_MAX if spare else NOTES_MIN
    spare -= notes - NOTES_MIN
    marks = MARKS_MAX if spare else MARKS_MIN
    spare -= marks - MARKS_MIN
    gaps = [[blank] * ((spare + share) // 4) for share in (3, 2, 1, 0)]
    above, under_about, under_numbers, under_marks = gaps
    doubts = _doubts(body.doubts, inside)
    lent = marks == MARKS_MIN and doubts[-1] == blank
    marked = _marks(body.marks, inside, MARKS_MAX if lent else marks)
    if lent:
        doubts[-1] = marked.pop()
    return inset(
        [
            *above,
            *_about(body, inside),
            *doubts,
            *under_about,
            *_numbers(body, inside, rows, notes),
            (Span(body.balance, Role.DIM),),
            *under_numbers,
            *marked,
            *under_marks,
            *_now(body, inside),
        ],
        width,
        height,
    )


def _about(body: Working, width: int) -> list[Line]:
    order: Line = (
        Span(body.order or _("unknown slip"), Role.STRONG),
        Span("   "),
        Span(body.item, Role.STRONG),
    )
    passed = "   ".join(body.passed_on)
    here: Line = (Span(body.here, Role.STRONG), Span("   "), Span(passed))
    return [
        ends(order, (Span(body.due, Role.FLAGGED),), width),
        ends((Span(body.step, Role.STRONG),), _route(body.route), width),
        ends(here, (Span(body.slip, Role.DIM),), width),
    ]


def _route(route: str) -> Line:
    pieces = _THIS_STEP.split(route)
    return tuple(
        Span(piece, Role.FOCUS if index % 2 else Role.DIM) for index, piece in enumerate(pieces) if piece
    )


def _doubts(doubts: tuple[Notice, ...], width: int) -> list[Line]:
    lines: list[Line] = []
    shown = 0
    for doubt in doubts:
        detail = f"  {doubt.detail}" if doubt.detail else ""
        said: Line = (Span(f"! {doubt.title}", TEXT_OF[doubt.tone]), Span(detail))
        if lines and width_of(lines[-1]) + len(DOUBT_GAP) + width_of(said) <= width:
            lines[-1] = (*lines[-1], Span(DOUBT_GAP), *said)
        elif len(lines) < DOUBTS_MAX - 1 and width_of(said) > width:
            lines += [said[:1], (Span(detail),)]
        elif len(lines) < DOUBTS_MAX:
            lines.append(said)
        else:
            break
        shown += 1
    more = len(doubts) - shown
    if more > 0:
        lines[-1] = ends(lines[-1], (Span(_("and {count} more").format(count=more), Role.FLAGGED),), width)
    blank: Line = (Span(""),)
    return [*lines, *[blank] * (DOUBTS_MAX - len(lines))]


def _numbers(body: Working, width: int, rows: int, notes: int) -> list[Line]:
    third = width // 3
    widths = (third, third, width - 2 * third)
    slots = (body.good, body.scrap, body.left)
    return beside(
        [paint_number(slot, columns, rows, notes) for slot, columns in zip(slots, widths, strict=True)]
    )


def _marks(marks: tuple[str, ...], width: int, rows: int) -> list[Line]:
    """Always `rows` lines; where not all marks fit, the last line says how many more there are."""
    beside_more = width - cell_len(MARK_GAP) - max(map(cell_len, _more(len(marks))), default=0)
    words = [cut(f"[{mark}]", width if len(marks) == 1 else beside_more) for mark in marks]
    shown = len(words)
    while len(lines := _flowing([*words[:shown], *_more(len(words) - shown)], width)) > rows:
        shown -= 1
    blank: Line = (Span(""),)
    return [*((Span(line, Role.FOCUS),) for line in lines), *[blank] * (rows - len(lines))]


def _more(count: int) -> list[str]:
    return [_("and {count} more").format(count=count)] if count else []


def _flowing(words: list[str], width: int) -> list[str]:
    """The words one after the other, each whole on its line."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]}{MARK_GAP}{word}" if lines else word
        if lines and cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _now(body: Working, width: int) -> list[Line]:
    chip = Span(f" {_('NOW')} ", Role.BAND_FOCUS)
    now = cut(body.now, width - cell_len(chip.text) - 1)
    return [
        (chip, Span(f" {now}", Role.STRONG)),
        (Span(" " * (cell_len(chip.text) + 1)), Span(body.keys, Role.DIM)),
    ]

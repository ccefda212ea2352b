"""The bodies that are read at a glance from far away: what may be scanned, and that it is recorded.

Never a number that was not handed in. What is drawn large is written as well, for copies of the screen.
"""

from typing import Final

from rich.cells import cell_len

from kiosk.dialogue.view import FIGURE_GAP, Done, Notice, Tone, Waiting
from kiosk.screens.frame import CHIPS
from kiosk.screens.numbers import ink_line
from kiosk.widgets.canvas import (
    BAND_OF,
    TEXT_OF,
    Line,
    Role,
    Span,
    centred,
    cut,
    literal,
    padded,
    width_of,
    wrapped,
)
from kiosk.widgets.letters import SIZES, TICK, Size, drawn, largest
from kiosk.widgets.signs import ROWS as SIGN_ROWS
from kiosk.widgets.signs import drawable
from kiosk.widgets.signs import drawn as drawn_signs
from kiosk.words import _

SIGN_OF: Final[dict[Tone, str]] = {Tone.TAKEN: TICK, Tone.FLAGGED: "! ", Tone.REFUSED: "X "}
"""What is drawn before the word."""


OPEN_MIN: Final = 3
ROWS_MIN: Final = 15
"""So many lines may say what is open, in a body of so many rows; of further rows half go to them."""


def paint_waiting(body: Waiting, width: int, height: int) -> list[Line]:
    """What may be scanned now, as large as it fits, and below it what is open here."""
    together = f"{body.title}  {body.detail}"
    fits = cell_len(together) <= width - 8
    details = [together] if fits else [body.title, *wrapped(body.detail, width - 8, 2)]
    still_open = _open(body.open, width, height)
    room = height - len(still_open)
    title = _large(
        body.title,
        (width, room - len(details) - 1),
        Role.BLOCK_FOCUS,
        Role.PLAIN,
        otherwise=spaced(body.title),
    )
    ending = [centred((Span(line, Role.STRONG),), width) for line in details]
    return [*_middle([*title, padded((), width), *ending], width, room, Role.PLAIN), *still_open]


def _open(notices: tuple[Notice, ...], width: int, height: int) -> list[Line]:
    """A line for each; where there are more than fit, the last one says how many."""
    rows = OPEN_MIN + max(height - ROWS_MIN, 0) // 2
    shown = notices if len(notices) <= rows else notices[: rows - 1]
    lines: list[Line] = []
    for notice in shown:
        chip = Span(f" {CHIPS[notice.tone]} {notice.title}", TEXT_OF[notice.tone])
        said = Span(cut(f"  {notice.detail}", max(width - width_of((chip,)), 0)))
        lines.append(padded((chip, said), width))
    if len(shown) < len(notices):
        more = _("and {count} more").format(count=len(notices) - len(shown))
        lines.append(padded((Span(f"    {more}", Role.DIM),), width))
    return lines


def paint_done(body: Done, width: int, height: int) -> list[Line]:
    """The whole body in the colour of the outcome: the word, the figures, where the goods go now."""
    band = BAND_OF[body.tone]
    blank = padded((), width, band)
    doubts = [line for doubt in body.doubts for line in wrapped(f"! {doubt}", width - 8, 2)]
    plain = f"{body.title}{FIGURE_GAP}{body.figures}"
    hint = ["", *wrapped(f"> {body.hint}", width - 8, 2)] if body.hint else []
    tail = [plain, body.where, *([""] if doubts else []), *doubts, *hint]
    room = height - len(tail) - 2
    sign, rows = SIGN_OF.get(body.tone, ""), _rows_of_title(body.title, room)
    title = _large(body.title, (width, rows), Role.BLOCK_INK, band, spaced(body.title), sign)
    figures = _large(body.figures, (width, room - len(title)), Role.BLOCK_INK, band, otherwise=body.figures)
    ending = [centred((Span(line, band),), width, band) for line in tail]
    return _middle([*title, blank, *figures, blank, *ending], width, height, band)


def _rows_of_title(title: str, room: int) -> int:
    """Half of the room; more where the title is in signs that need it."""
    return SIGN_ROWS if room >= SIGN_ROWS and drawable(title) else room // 2


def spaced(text: str) -> str:
    """`R E C O R D E D`."""
    return " ".join(literal(text).upper().replace(" ", "  "))


def _large(
    text: str, room: tuple[int, int], block: Role, ground: Role, otherwise: str, sign: str = ""
) -> list[Line]:
    """The text in large letters on one or two lines; `otherwise` where it cannot be drawn so.

    `sign` is drawn before it; but not before large signs where the line has no room for it, or the font none.
    """
    width, rows = room
    signs = _signs(f"{sign}{text}", width - 4, rows) or _signs(text, width - 4, rows)
    if signs:
        ink = Role.FOCUS if ground is Role.PLAIN else ground
        return [centred((Span(row, ink),), width, ground) for row in signs]
    parts, size = _broken(f"{sign}{text}", width - 4, rows)
    if size is None:
        return [centred((Span(otherwise, Role.STRONG if ground is Role.PLAIN else ground),), width, ground)]
    lines: list[Line] = []
    for part in parts:
        lines += [padded((), width, ground)] if lines else []
        lines += [ink_line(row, block, width, ground) for row in drawn(part, size)]
    return lines


def _signs(text: str, columns: int, rows: int) -> list[str]:
    """The text in large signs on one line or two; nothing where neither fits."""
    whole = drawn_signs(text, columns, rows)
    if whole:
        return whole
    first, *second = [drawn_signs(half, columns, (rows - 1) // 2) for half in _halves(text)]
    return [*first, "", *second[0]] if first and second and second[0] else []


def _broken(text: str, columns: int, rows: int) -> tuple[list[str], Size | None]:
    """One line or two, whichever can be drawn larger; None where neither can be drawn."""
    whole, halves = largest(text, columns, rows), _halves(text)
    fitting = [largest(half, columns, (rows - 1) // 2) for half in halves]
    smaller = max((SIZES.index(size) for size in fitting if size), default=len(SIZES))
    if not all(fitting) or (whole and SIZES.index(whole) <= smaller):
        return [text], whole
    return halves, SIZES[smaller]


def _halves(text: str) -> list[str]:
    """The text cut in two between its figures, else between its words, so that the longer half is short."""
    gap = FIGURE_GAP if FIGURE_GAP in text else " "
    words = text.split(gap)
    cuts = [[gap.join(words[:at]), gap.join(words[at:])] for at in range(1, len(words))]
    return min(cuts, key=lambda pair: max(map(len, pair)), default=[text])


def _middle(lines: list[Line], width: int, height: int, ground: Role) -> list[Line]:
    blank = padded((), width, ground)
    above = max((height - len(lines) + 1) // 2, 0)
    return [*[blank] * above, *lines, *[blank] * (height - above - len(lines))][:height]

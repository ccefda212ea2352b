"""The bodies that are read at a glance from far away: what may be scanned, and that it is recorded.

Never a number that was not handed in. What is drawn large is written as well, for copies of the screen.
"""

from typing import Final

from kiosk.dialogue.view import FIGURE_GAP, Done, Tone, Waiting
from kiosk.screens.numbers import ink_line
from kiosk.widgets.canvas import BAND_OF, Line, Role, Span, centred, literal, padded, wrapped
from kiosk.widgets.letters import SIZES, TICK, Size, drawn, largest
from kiosk.widgets.signs import drawn as drawn_signs

SIGN_OF: Final[dict[Tone, str]] = {Tone.TAKEN: TICK, Tone.FLAGGED: "! ", Tone.REFUSED: "X "}
"""What is drawn before the word."""


def paint_waiting(body: Waiting, width: int, height: int) -> list[Line]:
    """What may be scanned now, as large as it fits."""
    details = wrapped(f"{body.title}  {body.detail}", width - 8, 2)
    room = (width, height - len(details) - 1)
    title = _large(body.title, room, Role.BLOCK_FOCUS, Role.PLAIN, otherwise=spaced(body.title))
    ending = [centred((Span(line, Role.STRONG),), width) for line in details]
    return _middle([*title, padded((), width), *ending], width, height, Role.PLAIN)


def paint_done(body: Done, width: int, height: int) -> list[Line]:
    """The whole body in the colour of the outcome: the word, the figures, where the goods go now."""
    band = BAND_OF[body.tone]
    blank = padded((), width, band)
    doubts = [line for doubt in body.doubts for line in wrapped(f"! {doubt}", width - 8, 2)]
    plain = f"{body.title}{FIGURE_GAP}{body.figures}"
    hint = ["", *wrapped(f"> {body.hint}", width - 8, 2)] if body.hint else []
    tail = [plain, body.where, *([""] if doubts else []), *doubts, *hint]
    room = height - len(tail) - 2
    word = SIGN_OF.get(body.tone, "") + body.title
    title = _large(word, (width, room // 2), Role.BLOCK_INK, band, otherwise=spaced(body.title))
    figures = _large(body.figures, (width, room - len(title)), Role.BLOCK_INK, band, otherwise=body.figures)
    ending = [centred((Span(line, band),), width, band) for line in tail]
    return _middle([*title, blank, *figures, blank, *ending], width, height, band)


def spaced(text: str) -> str:
    """`R E C O R D E D`."""
    return " ".join(literal(text).upper().replace(" ", "  "))


def _large(text: str, room: tuple[int, int], block: Role, ground: Role, otherwise: str) -> list[Line]:
    """The text in large letters on one or two lines; `otherwise` where it cannot be drawn so."""
    width, rows = room
    signs = drawn_signs(text, width - 4, rows)
    if signs:
        ink = Role.FOCUS if ground is Role.PLAIN else ground
        return [centred((Span(row, ink),), width, ground) for row in signs]
    parts, size = _broken(text, width - 4, rows)
    if size is None:
        return [centred((Span(otherwise, Role.STRONG if ground is Role.PLAIN else ground),), width, ground)]
    lines: list[Line] = []
    for part in parts:
        lines += [padded((), width, ground)] if lines else []
        lines += [ink_line(row, block, width, ground) for row in drawn(part, size)]
    return lines


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

"""The bodies that are read at a glance from far away: what may be scanned, and that it is recorded.

Never a number that was not handed in.
"""

from typing import Final

from kiosk.dialogue.view import Done, Tone, Waiting
from kiosk.screens.numbers import ink_line
from kiosk.widgets.canvas import BAND_OF, Line, Role, Span, centred, literal, padded, wrapped
from kiosk.widgets.letters import SIZES, TICK, Size, drawable, drawn, largest

SIGN_OF: Final[dict[Tone, str]] = {Tone.TAKEN: TICK, Tone.FLAGGED: "!", Tone.REFUSED: "X"}
"""What is drawn before the word."""


def paint_waiting(body: Waiting, width: int, height: int) -> list[Line]:
    """What may be scanned now, as large as it fits."""
    title = _large(body.title, width - 4, height - 3, Role.BLOCK_FOCUS, Role.PLAIN, width)
    details = wrapped(body.detail, width - 8, 2)
    lines = [*title, padded((), width), *(centred((Span(line, Role.STRONG),), width) for line in details)]
    return _middle(lines, width, height, Role.PLAIN)


def paint_done(body: Done, width: int, height: int) -> list[Line]:
    """The whole body in the colour of the outcome: the word, the figures, where the goods go now."""
    band = BAND_OF[body.tone]
    doubts = [line for doubt in body.doubts for line in wrapped(f"! {doubt}", width - 8, 2)]
    rest = len(doubts) + 4
    sign = SIGN_OF.get(body.tone, "")
    word = f"{sign} {body.title}" if sign else body.title
    title = _large(word, width - 4, (height - rest) // 2 + 1, Role.BLOCK_INK, band, width, spare=body.title)
    figures = _large(body.figures, width - 4, height - rest - len(title), Role.BLOCK_INK, band, width)
    blank = padded((), width, band)
    where = centred((Span(body.where, band),), width, band)
    warned = [centred((Span(line, band),), width, band) for line in doubts]
    gap = [blank] if warned else []
    return _middle([*title, blank, *figures, blank, where, *gap, *warned], width, height, band)


def _large(
    text: str, columns: int, rows: int, block: Role, ground: Role, width: int, spare: str = ""
) -> list[Line]:
    """The text in large letters on one or two lines; spaced capitals where it cannot be drawn so."""
    best = _broken(text, columns, rows)
    if best is None:
        plain = " ".join(literal(spare or text).upper().replace(" ", "  "))
        shown = plain if len(plain) <= columns else literal(spare or text)
        return [centred((Span(shown, Role.STRONG if ground is Role.PLAIN else ground),), width, ground)]
    parts, size = best
    lines: list[Line] = []
    for part in parts:
        lines += [padded((), width, ground)] if lines else []
        lines += [ink_line(row, block, width, ground) for row in drawn(part, size)]
    return lines


def _broken(text: str, columns: int, rows: int) -> tuple[list[str], Size] | None:
    """The largest size, on one line if that loses nothing, else on two."""
    if not drawable(text):
        return None
    whole = largest(text, columns, rows)
    if whole is SIZES[0] or " " not in text:
        return ([text], whole) if whole else None
    halves = _halves(text)
    fitting = [largest(half, columns, (rows - 1) // 2) for half in halves]
    if None in fitting:
        return ([text], whole) if whole else None
    smaller = max((size for size in fitting if size is not None), key=SIZES.index)
    if whole is None or SIZES.index(smaller) < SIZES.index(whole):
        return halves, smaller
    return [text], whole


def _halves(text: str) -> list[str]:
    words = text.split(" ")
    cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    first, second = min(cuts, key=lambda pair: max(len(pair[0]), len(pair[1])))
    return [first, second]


def _middle(lines: list[Line], width: int, height: int, ground: Role) -> list[Line]:
    blank = padded((), width, ground)
    above = max((height - len(lines)) // 2, 0)
    return [*[blank] * above, *lines, *[blank] * (height - above - len(lines))][:height]

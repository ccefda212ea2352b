"""Lines of text, each piece with a role: what a painter gives back, before any colour.

Never markup: every text is literal, and what cannot be shown is shown as a dot.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rich.cells import cell_len, set_cell_size

from kiosk.dialogue.view import Tone
from kiosk.words import _, mark

CUT: Final = ".."
"""Stands for what did not fit; the Linux console has no ellipsis."""

_PIECES: Final = re.compile(
    "\uff08*(?:[^\u2e80-\uffef]+|[\u2e80-\uffef])[\u3001\u3002\uff01\uff09\uff0c\uff1a\uff1b\uff1f]*"
)
"""What a line without blanks may be broken into: each wide sign, with the marks that belong to it."""

UNSHOWN: Final = "\u00b7"
"""Stands for a control character in a name."""


class Role(StrEnum):
    """What a piece of text is for; `kiosk.tcss` gives each role its colours, and each theme its own."""

    PLAIN = "plain"
    DIM = "dim"
    STRONG = "strong"
    FOCUS = "focus"
    TAKEN = "taken"
    FLAGGED = "flagged"
    REFUSED = "refused"
    WAITING = "waiting"
    BAR = "bar"
    BAR_STRONG = "bar-strong"
    BAR_TAKEN = "bar-taken"
    BAR_FLAGGED = "bar-flagged"
    BAR_REFUSED = "bar-refused"
    BAND_FOCUS = "band-focus"
    BAND_TAKEN = "band-taken"
    BAND_FLAGGED = "band-flagged"
    BAND_REFUSED = "band-refused"
    BLOCK_PLAIN = "block-plain"
    BLOCK_DIM = "block-dim"
    BLOCK_FOCUS = "block-focus"
    BLOCK_TAKEN = "block-taken"
    BLOCK_FLAGGED = "block-flagged"
    BLOCK_REFUSED = "block-refused"
    BLOCK_INK = "block-ink"


TEXT_OF: Final[dict[Tone, Role]] = {tone: Role(tone.value) for tone in Tone}
"""Coloured words on the ground."""

BAND_OF: Final[dict[Tone, Role]] = {
    Tone.PLAIN: Role.BAR,
    Tone.FOCUS: Role.BAND_FOCUS,
    Tone.TAKEN: Role.BAND_TAKEN,
    Tone.FLAGGED: Role.BAND_FLAGGED,
    Tone.REFUSED: Role.BAND_REFUSED,
    Tone.WAITING: Role.BAR,
}
"""Dark words on a coloured band."""

BLOCK_OF: Final[dict[Tone, Role]] = {
    Tone.PLAIN: Role.BLOCK_PLAIN,
    Tone.FOCUS: Role.BLOCK_FOCUS,
    Tone.TAKEN: Role.BLOCK_TAKEN,
    Tone.FLAGGED: Role.BLOCK_FLAGGED,
    Tone.REFUSED: Role.BLOCK_REFUSED,
    Tone.WAITING: Role.BLOCK_DIM,
}
"""Large letters: ink and ground have one colour, so that no font needs to have the block."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one line."""

    text: str
    role: Role = Role.PLAIN


Line = tuple[Span, ...]


def literal(text: str) -> str:
    """The text as it may be written to a terminal: on one line, without control characters."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else UNSHOWN for character in text)


def width_of(line: Iterable[Span]) -> int:
    """Columns that a line takes."""
    return sum(cell_len(span.text) for span in line)


def cut(text: str, width: int) -> str:
    """The text, shortened by two dots where it is wider than `width`."""
    text = literal(text)
    if cell_len(text) <= width:
        return text
    if width <= len(CUT):
        return set_cell_size(text, max(width, 0))
    return set_cell_size(text, width - len(CUT)).rstrip() + CUT


def cut_line(line: Line, width: int) -> Line:
    """The line, its last pieces shortened or dropped where it is wider than `width`."""
    kept: list[Span] = []
    for span in line:
        room = width - width_of(kept)
        if room <= 0:
            break
        kept.append(Span(cut(span.text, room), span.role))
    return tuple(kept)


def padded(line: Line, width: int, role: Role = Role.PLAIN) -> Line:
    """The line, exactly `width` columns wide."""
    line = cut_line(line, width)
    missing = width - width_of(line)
    return (*line, Span(" " * missing, role)) if missing else line


def centred(line: Line, width: int, role: Role = Role.PLAIN) -> Line:
    """The line in the middle of `width` columns."""
    line = cut_line(line, width)
    return padded((Span(" " * ((width - width_of(line)) // 2), role), *line), width, role)


def ends(left: Line, right: Line, width: int, role: Role = Role.PLAIN) -> Line:
    """One piece at the left end and one at the right; where both do not fit, the left is shortened."""
    right = cut_line(right, width)
    if not right:
        return padded(left, width, role)
    left = cut_line(left, max(width - width_of(right) - 1, 0))
    gap = width - width_of(left) - width_of(right)
    return (*left, Span(" " * gap, role), *right)


def beside(blocks: Sequence[Sequence[Line]]) -> list[Line]:
    """Blocks of the same height, one beside the other."""
    return [tuple(span for line in lines for span in line) for lines in zip(*blocks, strict=True)]


def wrapped(text: str, width: int, lines_max: int) -> list[str]:
    """The text in at most `lines_max` lines, broken between words; what is too much is shortened.

    Wide signs stand without blanks: each is a word.
    """
    lines = [""]
    for word in literal(text).split(" "):
        blank = " "
        for piece in _PIECES.findall(word) or [""]:
            longer = f"{lines[-1]}{blank}{piece}" if lines[-1] else piece
            if cell_len(longer) <= width or not lines[-1] or len(lines) == lines_max:
                lines[-1] = longer
            else:
                lines.append(piece)
            blank = ""
    return [cut(line, width) for line in lines]


def inset(lines: Iterable[Line], width: int, height: int, margin: int = 1) -> list[Line]:
    """Lines as a page of exactly `width` by `height`, with a margin left and right."""
    page = [(Span(" " * margin), *padded(line, width - 2 * margin), Span(" " * margin)) for line in lines]
    blank: Line = (Span(" " * width),)
    return [*page, *[blank] * (height - len(page))][:height]


def number(count: int) -> str:
    """`1,284`."""
    return f"{count:,}"


AGES: Final = (
    (mark("{count} days"), 86_400, 172_800),
    (mark("{count} h"), 3_600, 7_200),
    (mark("{count} min"), 60, 60),
    (mark("{count} s"), 1, 0),
)
"""Wording, seconds of its unit, and the seconds from which on it is used."""


def age(seconds: int) -> str:
    """An age in one unit: `40 s`, `4 min`, `3 h`, `12 days`."""
    passed = max(seconds, 0)
    wording, unit_s = next((wording, unit_s) for wording, unit_s, from_s in AGES if passed >= from_s)
    return _(wording).format(count=passed // unit_s)

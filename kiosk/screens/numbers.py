"""A number as large as its place allows, in a place that never moves; the one that counts next is framed.

Never rounds and never hides digits: where no large letters fit, it is written plainly.
"""

from typing import Final

from kiosk.dialogue.view import BigNumber, Tone
from kiosk.widgets.canvas import (
    BAND_OF,
    BLOCK_OF,
    TEXT_OF,
    Line,
    Role,
    Span,
    centred,
    cut,
    ends,
    padded,
)
from kiosk.widgets.letters import INK, drawn, largest
from kiosk.words import _

FRAME_ROWS: Final = 3
"""The label, and a free line above and below the digits."""


def paint_number(number: BigNumber, width: int, rows: int, notes_max: int) -> list[Line]:
    """Always `rows + FRAME_ROWS + notes_max` lines; the first of the notes closes the frame."""
    framed = number.tone is Tone.FOCUS
    edge = Span(INK, Role.BLOCK_FOCUS) if framed else Span(" ")
    blank: Line = (Span(" " * (width - 2)),)
    digits = [(edge, *line, edge) for line in [blank, *_digits(number, width - 2, rows), blank]]
    notes = _notes(number, notes_max)
    first = BAND_OF[Tone.FOCUS] if framed else Role.PLAIN
    texts = [
        padded((Span(f"   {note}", role),), width, role)
        for note, role in zip(notes, [first] + [Role.PLAIN] * notes_max, strict=False)
    ]
    return [_label(number, width), *digits, *texts]


def _label(number: BigNumber, width: int) -> Line:
    """What is counted; the figure again at the end, for whoever reads a copy of the screen."""
    sign, role = "  ", Role.STRONG
    if number.tone is Tone.FOCUS:
        sign, role = "> ", BAND_OF[Tone.FOCUS]
    elif number.tone in {Tone.FLAGGED, Tone.REFUSED}:
        sign, role = "! ", TEXT_OF[number.tone]
    return ends((Span(f" {sign}{number.label}", role),), (Span(f"{number.text} ", role),), width, role)


def _digits(number: BigNumber, width: int, rows: int) -> list[Line]:
    text = number.text if largest(number.text, width, rows) else number.text.replace(",", "")
    size = largest(text, width, rows)
    if size is None:
        plain = " ".join(number.text)
        shown = plain if len(plain) <= width else cut(number.text, width)
        lines = [centred((Span(shown, Role.STRONG),), width)]
    else:
        block = Role.BLOCK_PLAIN if number.tone is Tone.FOCUS else BLOCK_OF[number.tone]
        lines = [ink_line(row, block, width) for row in drawn(text, size)]
    above = (rows - len(lines)) // 2
    blank: Line = (Span(" " * width),)
    return [*[blank] * above, *lines, *[blank] * (rows - above - len(lines))]


def ink_line(row: str, block: Role, width: int, ground: Role = Role.PLAIN) -> Line:
    """One row of large letters in the middle of `width` columns."""
    spans: list[Span] = []
    for character in row:
        role = block if character == INK else ground
        if spans and spans[-1].role is role:
            spans[-1] = Span(spans[-1].text + character, role)
        else:
            spans.append(Span(character, role))
    return centred(tuple(spans), width, ground)


def _notes(number: BigNumber, notes_max: int) -> list[str]:
    """Exactly `notes_max` lines; of more notes, the last line says how many."""
    notes = list(number.notes)
    if len(notes) > notes_max:
        notes[notes_max - 1 :] = [_("and {count} more").format(count=len(notes) - notes_max + 1)]
    return notes + [""] * (notes_max - len(notes))

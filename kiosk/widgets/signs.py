"""Large signs of languages that letters of five rows cannot hold: sixteen dots each way, two to a cell.

Never on a bare console, which has neither these signs nor half cells: the plain text is written there.
"""

from functools import cache
from pathlib import Path
from typing import Final

SIGNS: Final = Path(__file__).parents[2] / "assets" / "words" / "signs.txt"
"""One sign a line with its rows of dots in hex; `scripts/signs` makes it from a font."""
DOTS: Final = 16
ROWS: Final = DOTS // 2
HALVES: Final = {"00": " ", "10": "\u2580", "01": "\u2584", "11": "\u2588"}
"""An upper and a lower dot, as one cell."""


@cache
def _signs() -> dict[str, tuple[str, ...]]:
    """Each sign as rows of 0 and 1; none where the file is missing."""
    try:
        lines = SIGNS.read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return {line[0]: _dots(line[2:]) for line in lines if line[1:2] == " "}


def _dots(digits: str) -> tuple[str, ...]:
    width = len(digits) // DOTS
    rows = (digits[at : at + width] for at in range(0, len(digits), width))
    return tuple(f"{int(row, 16):0{4 * width}b}" for row in rows)


def drawable(text: str) -> bool:
    """Whether the text is in signs, and each of them is known."""
    return not text.isascii() and set(text) <= set(_signs())


def drawn(text: str, columns: int, rows: int) -> list[str] | None:
    """The text in large signs; None where it does not fit, or where a sign is not known."""
    if rows < ROWS or not drawable(text):
        return None
    known = _signs()
    dots = ["".join(known[sign][row] for sign in text) for row in range(DOTS)]
    if len(dots[0]) > columns:
        return None
    pairs = zip(dots[::2], dots[1::2], strict=True)
    return ["".join(HALVES[a + b] for a, b in zip(upper, lower, strict=True)) for upper, lower in pairs]

"""Large letters and digits, drawn from whole cells: read at two metres on any terminal, a bare console too.

Never half blocks or thick lines, which a bare console lacks. What the font does not have is not drawn here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

INK: Final = "\u2588"
ROWS: Final = 5

TICK: Final = "\u2713"
"""Drawn large, never written as a character."""

BULLET: Final = "\u2022"
"""A hidden digit; where it is not drawn large it is written as a star, which every console has."""

_FONT: Final[dict[str, tuple[str, ...]]] = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "A": ("###", "# #", "###", "# #", "# #"),
    "B": ("## ", "# #", "## ", "# #", "## "),
    "C": ("###", "#  ", "#  ", "#  ", "###"),
    "D": ("## ", "# #", "# #", "# #", "## "),
    "E": ("###", "#  ", "## ", "#  ", "###"),
    "F": ("###", "#  ", "## ", "#  ", "#  "),
    "G": ("####", "#   ", "# ##", "#  #", "####"),
    "H": ("# #", "# #", "###", "# #", "# #"),
    "I": ("#", "#", "#", "#", "#"),
    "J": ("  #", "  #", "  #", "# #", "###"),
    "K": ("#  #", "# # ", "##  ", "# # ", "#  #"),
    "L": ("#  ", "#  ", "#  ", "#  ", "###"),
    "M": ("#   #", "## ##", "# # #", "#   #", "#   #"),
    "N": ("#   #", "##  #", "# # #", "#  ##", "#   #"),
    "O": ("###", "# #", "# #", "# #", "###"),
    "P": ("###", "# #", "###", "#  ", "#  "),
    "Q": ("### ", "# # ", "# # ", "# # ", "####"),
    "R": ("###", "# #", "## ", "# #", "# #"),
    "S": ("###", "#  ", "###", "  #", "###"),
    "T": ("###", " # ", " # ", " # ", " # "),
    "U": ("# #", "# #", "# #", "# #", "###"),
    "V": ("# #", "# #", "# #", "# #", " # "),
    "W": ("#   #", "#   #", "# # #", "## ##", "#   #"),
    "X": ("# #", "# #", " # ", "# #", "# #"),
    "Y": ("# #", "# #", " # ", " # ", " # "),
    "Z": ("###", "  #", " # ", "#  ", "###"),
    "Ä": ("# #", "###", "# #", "###", "# #"),
    "Ö": ("# #", "###", "# #", "# #", "###"),
    "Ü": ("# #", "   ", "# #", "# #", "###"),
    "Ñ": (" ### ", "     ", "##  #", "# # #", "#  ##"),
    "Á": ("  #", "###", "# #", "###", "# #"),
    "É": ("  #", "###", "## ", "#  ", "###"),
    "Í": (" #", "# ", "# ", "# ", "# "),
    "Ó": ("  #", "###", "# #", "# #", "###"),
    "Ú": ("  #", "   ", "# #", "# #", "###"),
    " ": ("  ", "  ", "  ", "  ", "  "),
    ",": (" ", " ", " ", "#", "#"),
    ".": (" ", " ", " ", " ", "#"),
    "-": ("   ", "   ", "###", "   ", "   "),
    ":": (" ", "#", " ", "#", " "),
    "!": ("#", "#", "#", " ", "#"),
    "?": ("###", "  #", " ##", "   ", " # "),
    "*": ("   ", " # ", "###", " # ", "   "),
    "/": ("  #", "  #", " # ", "#  ", "#  "),
    "_": ("   ", "   ", "   ", "   ", "###"),
    TICK: ("    #", "   ##", "# ## ", "###  ", " #   "),
    BULLET: ("   ", "###", "###", "###", "   "),
}
"""Five rows of each character."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large letters are drawn: cells for each dot of the font, and cells between two letters."""

    across: int
    down: int
    gap: int

    @property
    def rows(self) -> int:
        """Lines that a letter takes."""
        return ROWS * self.down


HUGE: Final = Size(across=4, down=2, gap=4)
LARGE: Final = Size(across=3, down=2, gap=3)
WIDE: Final = Size(across=2, down=1, gap=2)
SLIM: Final = Size(across=1, down=1, gap=1)
SIZES: Final = (HUGE, LARGE, WIDE, SLIM)
"""Largest first."""


def drawable(text: str) -> bool:
    """Whether the font has every character."""
    return all(character in _FONT for character in text.upper())


def width(text: str, size: Size) -> int:
    """Columns that the text takes in this size."""
    dots = sum(len(_FONT[character][0]) for character in text.upper())
    return dots * size.across + size.gap * max(len(text) - 1, 0)


def largest(text: str, columns: int, rows: int, sizes: Iterable[Size] = SIZES) -> Size | None:
    """The largest size in which the text fits; None where none does."""
    if not text or not drawable(text):
        return None
    for size in sizes:
        if size.rows <= rows and width(text, size) <= columns:
            return size
    return None


def drawn(text: str, size: Size) -> list[str]:
    """The text as rows of blanks and ink, all of the same width."""
    gap = " " * size.gap
    rows = (gap.join(_stretched(character, row, size) for character in text.upper()) for row in range(ROWS))
    return [line for line in rows for _ in range(size.down)]


def _stretched(character: str, row: int, size: Size) -> str:
    return "".join((INK if dot == "#" else " ") * size.across for dot in _FONT[character][row])

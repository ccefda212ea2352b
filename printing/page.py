"""Pages as plain values: ink, words, codes and pictures at places in millimetres.

Never draws: `document` does. Never knows a slip: `layout` does. Never knows a printer: `grid` does.
"""

from dataclasses import dataclass
from typing import Final, Protocol

MODULE_MM: Final = 0.376
"""Three dots of the commonest label printer: what a hand-held scanner reads at arm's length."""
LINE_MM: Final = 0.125
"""A thin line: one dot of the commonest label printer."""
DOT_MM: Final = 0.17
"""A dot of the coarsest printer: as much may come or go where a place is moved onto a printer's dots."""

_MM_PER_POINT: Final = 25.4 / 72
_QUIET_MODULES_BARS: Final = 10
_QUIET_MODULES_SQUARE: Final = 4


def points(size: float) -> float:
    """Typographic points in millimetres."""
    return size * _MM_PER_POINT


def quiet_bars(module_mm: float = MODULE_MM) -> float:
    """What stays white before and after a Code 128, whatever a printer's dots make of its place."""
    return _QUIET_MODULES_BARS * module_mm + DOT_MM


def quiet_square(module_mm: float = MODULE_MM) -> float:
    """What stays white around a QR, whatever a printer's dots make of its place."""
    return _QUIET_MODULES_SQUARE * module_mm + DOT_MM


@dataclass(frozen=True, slots=True)
class Ink:
    """A black rectangle; a rule is a thin one."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text, starting at `x` on the baseline `y`."""

    x: float
    y: float
    text: str
    size: float
    """In points."""
    bold: bool = False
    white: bool = False
    """On ink."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A Code 128 that begins at `x`; the quiet zones around it are left white by the layout.

    Its modules are never wider than meant, as long as two dots of the printer are not: it ends where it is
    meant to, or before.
    """

    x: float
    y: float
    height: float
    code: str
    module_mm: float = MODULE_MM


@dataclass(frozen=True, slots=True)
class Square:
    """A QR; the quiet zone around it is left white by the layout.

    Its modules are never wider than meant, as long as two dots of the printer are not: it stands in the
    middle of where it is meant to.
    """

    x: float
    y: float
    code: str
    module_mm: float = MODULE_MM


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as large as its box allows, in its own proportions, in the middle of it."""

    x: float
    y: float
    width: float
    height: float
    png: bytes
    """The file; coloured or transparent ones become grey on white."""


Mark = Ink | Words | Bars | Square | Picture


@dataclass(frozen=True, slots=True)
class Page:
    """One side of paper; x runs right and y down from its upper left corner, in millimetres."""

    width: float
    height: float
    marks: tuple[Mark, ...]


class Typeface(Protocol):
    """How wide words are, and which characters there are."""

    def width(self, text: str, size: float, bold: bool) -> float:
        """The width in millimetres of one line at `size` points."""

    def printable(self, text: str) -> str:
        """The text with a visible box for each character that the typeface lacks."""

    def __hash__(self) -> int:
        """One typeface measures alike for ever: what fits is remembered."""

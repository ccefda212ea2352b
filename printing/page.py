"""Pages as plain values: ink, words and codes at places counted in printer's dots.

Never draws: `document` does. Never knows a slip: `layout` does.
"""

from dataclasses import dataclass
from typing import Final, Protocol

DOTS_PER_INCH: Final = 203
"""The commonest label printer; finer ones print the same page with more of their own dots."""
MODULE_DOTS: Final = 3
"""0.375 mm a module: what a hand-held scanner reads at arm's length, in whole dots."""

_MM_PER_INCH: Final = 25.4
_POINTS_PER_INCH: Final = 72


def mm(length: float) -> int:
    """Millimetres in whole dots."""
    return round(length * DOTS_PER_INCH / _MM_PER_INCH)


def points(size: float) -> float:
    """Typographic points in dots."""
    return size * DOTS_PER_INCH / _POINTS_PER_INCH


@dataclass(frozen=True, slots=True)
class Ink:
    """A black rectangle; a rule is a thin one."""

    x: int
    y: int
    width: int
    height: int


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
    """A Code 128 with whole dots per module; the quiet zones around it are left white by the layout."""

    x: int
    y: int
    height: int
    code: str


@dataclass(frozen=True, slots=True)
class Square:
    """A QR with whole dots per module; the quiet zone around it is left white by the layout."""

    x: int
    y: int
    code: str
    module_dots: int = MODULE_DOTS


Mark = Ink | Words | Bars | Square


@dataclass(frozen=True, slots=True)
class Page:
    """One side of paper; x runs right and y down from its upper left corner, in dots."""

    width: int
    height: int
    marks: tuple[Mark, ...]


class Typeface(Protocol):
    """How wide words are, and which characters there are."""

    def width(self, text: str, size: float, bold: bool) -> float:
        """The width in dots of one line at `size` points."""

    def printable(self, text: str) -> str:
        """The text with a visible box for each character that the typeface lacks."""

    def __hash__(self) -> int:
        """One typeface measures alike for ever: what fits is remembered."""

"""Words that must stand in a given width: shrunk, then wrapped, then cut with an ellipsis that shows it.

Never shortens silently, never measures by itself: the typeface does.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from printing.page import Typeface

ELLIPSIS: Final = "…"
SIZE_STEP: Final = 0.5
FITTED_MAX: Final = 4096
"""Remembered: slips of one plant repeat their labels, steps and names."""


@dataclass(frozen=True, slots=True)
class Room:
    """The place that a text may take."""

    width: float
    """In millimetres."""
    size: float
    """In points, when there is room enough."""
    size_min: float
    """In points, before a further line is begun."""
    lines_max: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text as it fits."""

    lines: tuple[str, ...]
    size: float
    cut: bool = False
    """Whether an ellipsis stands for some of it."""


@lru_cache(maxsize=FITTED_MAX)
def fit(text: str, room: Room, typeface: Typeface) -> Fitted:
    """The text in the largest size at which it stands in the fewest lines."""
    shown = typeface.printable(text)
    for lines_max in range(1, room.lines_max + 1):
        size = room.size
        while size >= room.size_min:
            lines = _wrapped(shown, size, room, typeface)
            if len(lines) <= lines_max:
                return Fitted(tuple(lines), size)
            size -= SIZE_STEP
    kept = _wrapped(shown, room.size_min, room, typeface)[: room.lines_max]
    kept[-1] = _cut(kept[-1], room, typeface)
    return Fitted(tuple(kept), room.size_min, cut=True)


def _wrapped(text: str, size: float, room: Room, typeface: Typeface) -> list[str]:
    """Lines broken at blanks, and inside a word only where it fills a line by itself."""
    if typeface.width(text, size, room.bold) <= room.width:
        return [text]
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if typeface.width(joined, size, room.bold) <= room.width:
            lines[-1:] = [joined]
        elif typeface.width(word, size, room.bold) <= room.width:
            lines.append(word)
        else:
            lines[-1:] = _broken(joined, size, room, typeface)
    return lines


def _broken(words: str, size: float, room: Room, typeface: Typeface) -> list[str]:
    pieces = [""]
    for letter in words:
        if pieces[-1] and typeface.width(pieces[-1] + letter, size, room.bold) > room.width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _cut(line: str, room: Room, typeface: Typeface) -> str:
    while line and typeface.width(line + ELLIPSIS, room.size_min, room.bold) > room.width:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS

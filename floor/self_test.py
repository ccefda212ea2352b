"""The test code of the scanners: a line that every keyboard layout garbles in a way of its own.

Never a code of the floor: it names nothing, and nothing is recorded by it.
"""

from dataclasses import dataclass
from typing import Final

from floor.layouts import LAYOUTS, Layout
from floor.tags import ALPHABET

MARK: Final = "txt"
"""Stands at both ends, so that what a scanner puts before and behind a code can be told from it."""

SELF_TEST: Final = f"{MARK}{ALPHABET.lower()}zqwamiZC12#-/{MARK}"
"""Our letters, what the Latin layouts move, capital letters, digits and signs; no key that types nothing by
itself in some layout. Small letters, because some layouts garble only these."""

DIFFERENT_MIN: Final = 24
"""So many different characters has the test code in every layout: other texts with its ends have fewer."""


@dataclass(frozen=True, slots=True)
class Typing:
    """How the test code came."""

    layouts: tuple[str, ...]
    """Names of the layouts that type so; empty for one that we do not know."""
    garbles: bool
    """Whether codes come as something else."""
    is_undone: bool
    """Whether what it garbles is put right here."""
    caps_lock: bool
    before: str
    """What the scanner puts before a code, as the settings would name it."""
    behind: str
    """What it puts behind, besides an end."""


def read(text: str) -> Typing | None:
    """How a text came that is the test code, garbled or not, with something around it or not; else None."""
    for start in range(len(text) - len(SELF_TEST) + 1):
        end = start + len(SELF_TEST)
        typing = _read(text[start:end], text[:start], text[end:])
        if typing:
            return typing
    return None


def _read(came: str, before: str, behind: str) -> Typing | None:
    if not came.startswith(came[-len(MARK) :]) or not _one_for_one(came):
        return None
    for caps_lock in (False, True):
        fitting = [layout for layout in LAYOUTS if _typed(layout, caps_lock) == came]
        if fitting:
            first = fitting[0]
            names = tuple(layout.name for layout in fitting)
            meant = first.undone(before) if first.garbles else before
            return Typing(names, first.garbles, first.garbles, caps_lock, meant or before, behind)
    letters = len(MARK) + len(ALPHABET)
    right = came[:letters].lower() == SELF_TEST[:letters]
    return Typing((), not right, False, False, before, behind)


def _one_for_one(came: str) -> bool:
    """Whether each character came as always the same one, and most of them as different ones."""
    seen: dict[str, str] = {}
    same = all(
        seen.setdefault(meant, character) == character
        for meant, character in zip(SELF_TEST, came, strict=True)
    )
    return same and len(set(came)) >= DIFFERENT_MIN


def _typed(layout: Layout, caps_lock: bool) -> str:
    """The test code as a layout types it: the caps lock turns letters round, and letters only."""
    meant = SELF_TEST.swapcase() if caps_lock else SELF_TEST
    return "".join(layout.typed[character] for character in meant)

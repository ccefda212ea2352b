"""What the keys of a keyboard with US letters say, by the number that Linux gives each key.

Never asks the system for its layout: a scanner types as if on a US keyboard, whatever people around it speak.
"""

from collections.abc import Iterator
from typing import Final

_ROWS: Final = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (71, "789-456+1230.", "789-456+1230."),
    (55, "*", "*"),
    (57, " ", " "),
    (86, "<", ">"),
    (98, "/", "/"),
)
"""The number of the first key of a row, and what its keys type without and with shift."""

SHIFTS: Final = frozenset({42, 54})
SILENCING: Final = frozenset({29, 97, 56, 100, 125, 126})
"""Control, alt and the logo key: what is pressed with one of them says nothing."""

CONTROLS: Final = frozenset({29, 97})
RIGHT_BRACKET: Final = 27
"""With control it is the separator of a supplier's label: the one thing that a control key says."""

NAMES: Final[dict[int, str]] = {
    **dict.fromkeys((28, 96), "enter"),
    1: "escape",
    14: "backspace",
    15: "tab",
    **{58 + number: f"f{number}" for number in range(1, 11)},
    87: "f11",
    88: "f12",
    102: "home",
    103: "up",
    104: "pageup",
    105: "left",
    106: "right",
    107: "end",
    108: "down",
    109: "pagedown",
    110: "insert",
    111: "delete",
}


def _typed() -> Iterator[tuple[int, tuple[str, str]]]:
    for first, plain, shifted in _ROWS:
        for at, characters in enumerate(zip(plain, shifted, strict=True)):
            yield first + at, characters


TYPED: Final[dict[int, tuple[str, str]]] = dict(_typed())
"""The character of a key without shift and with it; a number pad always types digits."""

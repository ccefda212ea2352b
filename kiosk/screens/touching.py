"""A finger on the screen: what it points at, said as the keys that do the same.

Never a way to anything that no key does; what names no key is no button.
"""

import re
from typing import Final

from rich.cells import cell_len

from kiosk.dialogue.view import Body, Choosing, Done
from kiosk.screens.dialogs import row_at

NAMED: Final = {
    "ENTER": "enter",
    "ESC": "escape",
    "INSERT": "insert",
    "DELETE": "delete",
    "HOME": "home",
    "PAGE DOWN": "pagedown",
    **{f"F{number}": f"f{number}" for number in range(1, 13)},
}
"""Keys by the names that the screen writes."""

_NAME: Final = re.compile(r"\b(?:" + "|".join(sorted(NAMED, key=len, reverse=True)) + r")\b")
_PIECE: Final = re.compile(r"\S+(?: \S+)*")
"""A key and what it does, up to the next wide gap."""


def keys_named(line: str, column: int) -> tuple[str, ...]:
    """The key that the piece of a line under a finger names; none where it names none."""
    for piece in _PIECE.finditer(line):
        begins = cell_len(line[: piece.start()])
        if begins - 1 <= column <= begins + cell_len(piece[0]):
            found = _NAME.search(piece[0])
            return (NAMED[found[0]],) if found else ()
    return ()


def keys_in_body(body: Body, line: str, row: int, column: int, height: int) -> tuple[str, ...]:
    """A line of a list is chosen, a tick is gone on from; else the key that is written there."""
    if isinstance(body, Done):
        return ("enter",)
    chosen = row_at(body, height, row) if isinstance(body, Choosing) else None
    return keys_named(line, column) if chosen is None else (*str(chosen + 1), "enter")

"""The drawings of the plant, as a terminal shows them: read and scaled by a child process, one for each.

Never touches a file itself, and never waits longer than its deadline.
"""

import json
import sys
from pathlib import Path
from typing import Final

from kiosk.drawings import ROOMS, Picture
from kiosk.wiring.once import ask_once

DEADLINE_S: Final = 5.0
"""For one drawing, with starting the child; the operator waits for it."""
COMMAND: Final = (sys.executable, "-m", "printing.drawings")


class Drawings:
    """The drawings in one directory."""

    def __init__(self, directory: Path, deadline_s: float = DEADLINE_S) -> None:
        """Nothing is looked at yet."""
        self._directory = directory
        self._deadline_s = deadline_s

    async def draw(self, document: str, page: int | None) -> tuple[Picture, ...] | None:
        """The page, or the first, for each room; None where there is none to show."""
        asked = {
            "directory": str(self._directory),
            "document": document,
            "page": page or 1,
            "sizes": [(columns, 2 * rows) for columns, rows in ROOMS],
        }
        try:
            said = await ask_once(COMMAND, json.dumps(asked).encode(), self._deadline_s)
        except (TimeoutError, OSError):
            return None
        return tuple(map(_picture, json.loads(said))) if said else None


def _picture(pixel_rows: list[str]) -> Picture:
    """Two rows of pixels make one of cells; below the last of an odd number lies paper."""
    lines = [_colours(row) for row in pixel_rows]
    if len(lines) % 2:
        lines.append([0xFFFFFF] * len(lines[0]))
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return Picture(tuple(tuple(zip(upper, lower, strict=True)) for upper, lower in pairs))


def _colours(row: str) -> list[int]:
    return [int(row[at : at + 6], 16) for at in range(0, len(row), 6)]

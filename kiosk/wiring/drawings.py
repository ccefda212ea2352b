"""The drawings of the plant, as a terminal shows them: read and scaled by a child process, one for each.

Never touches a file itself, and never waits longer than its deadline.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Final

from kiosk.drawings import ROOMS, Picture
from printing.child import python_path

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
            said = await self._ask(json.dumps(asked).encode())
        except (TimeoutError, OSError):
            return None
        return tuple(map(_picture, json.loads(said))) if said else None

    async def _ask(self, request: bytes) -> bytes:
        """What the child answers; nothing where it failed."""
        child = await asyncio.create_subprocess_exec(
            *COMMAND,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {"PYTHONPATH": python_path()},
        )
        try:
            async with asyncio.timeout(self._deadline_s):
                said, _errors = await child.communicate(request)
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        return said if child.returncode == 0 else b""


def _picture(pixel_rows: list[str]) -> Picture:
    """Two rows of pixels make one of cells; below the last of an odd number lies paper."""
    lines = [_colours(row) for row in pixel_rows]
    if len(lines) % 2:
        lines.append([0xFFFFFF] * len(lines[0]))
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return Picture(tuple(tuple(zip(upper, lower, strict=True)) for upper, lower in pairs))


def _colours(row: str) -> list[int]:
    return [int(row[at : at + 6], 16) for at in range(0, len(row), 6)]

"""Megabytes from a broken device cost no time: what the scanner would throw away is left out before it.

Never shortens anything that could be read: beyond the longest scan nothing is.
"""

import re
from collections.abc import Iterator
from typing import Final

from kiosk.scanner import SCAN_CHARS_MAX, SETTLE_MS

_RUNS: Final = re.compile(r"[^\x00-\x1f\x7f]+|[\x00-\x1f\x7f]+")


class FloodGate:
    """Shortens a run of characters that is longer than any scan; one for each device."""

    def __init__(self) -> None:
        """Nothing came yet."""
        self._run = 0
        self._last_s = 0.0

    def thinned(self, text: str, now_s: float) -> str:
        """The text without what is beyond the scanner's limit; one character of each further read stays."""
        if now_s - self._last_s >= SETTLE_MS / 1000:
            self._run = 0
        self._last_s = now_s
        return "".join(self._pieces(text))

    def _pieces(self, text: str) -> Iterator[str]:
        for match in _RUNS.finditer(text):
            piece = match[0]
            if piece[0] < " " or piece[0] == "\x7f":
                self._run = 0
                yield piece
                continue
            yield piece[: max(SCAN_CHARS_MAX + 1 - self._run, 1)]
            self._run += len(piece)

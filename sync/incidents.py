"""What went wrong at this station: lines for whoever looks later, one sentence for whoever stands here.

Never stops anything, and never grows without limit.
"""

import json
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Final

FILE_BYTES_MAX: Final = 1024 * 1024
"""A full file is kept once beside a new one."""


class Incidents:
    """A file of JSON lines, and the troubles that stand now."""

    def __init__(self, path: Path, wall_ms: Callable[[], int]) -> None:
        self._path = path
        self._wall_ms = wall_ms
        self._lock = Lock()
        self._standing: dict[str, str] = {}

    def log(self, name: str, **details: str | int | None) -> None:
        """Write one line; a disk that does not take it is itself a trouble."""
        line = json.dumps({"at_ms": self._wall_ms(), "incident": name, **details})
        with self._lock:
            try:
                self._turn_over()
                with self._path.open("a", encoding="utf-8") as lines:
                    lines.write(f"{line}\n")
            except OSError:
                self._standing.setdefault("incidents", "Incidents cannot be written down.")

    def alarm(self, name: str, sentence: str, **details: str | int | None) -> None:
        """Log, and show the sentence until it is cleared; the same sentence again is not logged twice."""
        if self._standing.get(name) != sentence:
            self._standing[name] = sentence
            self.log(name, sentence=sentence, **details)

    def clear(self, name: str) -> None:
        """This trouble is over."""
        self._standing.pop(name, None)

    @property
    def trouble(self) -> str | None:
        """The oldest trouble that still stands."""
        return next(iter(list(self._standing.values())), None)

    def _turn_over(self) -> None:
        if self._path.exists() and self._path.stat().st_size > FILE_BYTES_MAX:
            self._path.replace(self._path.with_name(f"{self._path.name}.1"))

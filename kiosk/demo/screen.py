"""A real process in a pseudo-terminal: keys in, the screen read back, pictures of it.

Never looks into the process: only what a person could press and see.
"""

import io
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from fcntl import ioctl
from itertools import groupby
from pathlib import Path
from typing import Final

import pyte
from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.text import Text

READ_BYTES: Final = 65_536
STOP_S: Final = 5.0

KEYS: Final[dict[str, str]] = {
    "enter": "\r",
    "escape": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "backspace": "\x7f",
    "insert": "\x1b[2~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f11": "\x1b[23~",
    "f12": "\x1b[24~",
}
"""What a terminal sends for a key that is not a character."""

_HEX_COLOUR: Final = re.compile(r"[0-9a-f]{6}")


class NotShownError(AssertionError):
    """What was waited for did not come on the screen; the text holds the screen."""


class Screen:
    """One program in one pseudo-terminal."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] | None = None,
        directory: Path | None = None,
    ) -> None:
        """Start `command` on a terminal of `columns` x `rows`."""
        self._master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        settings = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=settings,
            cwd=directory,
            start_new_session=True,
        )
        os.close(slave)
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def lines(self) -> list[str]:
        """The screen as text, line by line."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.lines)

    def press(self, *keys: str) -> None:
        """Press keys: characters, or names such as `enter` and `f3`."""
        os.write(self._master, "".join(KEYS.get(key, key) for key in keys).encode())

    def scan(self, code: str) -> None:
        """Scan a code: all its keys at once, then Enter."""
        self.press(*code, "enter")

    def read(self, for_s: float) -> bool:
        """Take in what the program painted within `for_s`; False when it has ended."""
        ready, _, _ = select.select([self._master], [], [], for_s)
        if not ready:
            return True
        try:
            painted = os.read(self._master, READ_BYTES)
        except OSError:
            return False
        self._stream.feed(painted)
        return bool(painted)

    def wait(self, shows: str | Callable[[str], bool], within_s: float = 15.0) -> None:
        """Wait until the screen shows a text, or fits. Raises NotShownError with the screen."""
        until = time.monotonic() + within_s
        fits = shows if callable(shows) else lambda text: shows in text
        while not fits(self.text):
            if time.monotonic() > until or not self.read(0.05):
                raise NotShownError(f"{shows!r} did not come within {within_s} s; the screen:\n{self.text}")

    def settle(self, quiet_s: float = 0.3) -> None:
        """Wait until nothing more is painted for a moment, clocks aside."""
        before = None
        while before != self.text:
            before = self.text
            until = time.monotonic() + quiet_s
            while time.monotonic() < until and self.read(0.05):
                pass

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        self.process.kill()
        self.process.wait()
        os.close(self._master)

    def stop(self) -> int:
        """SIGTERM, and SIGKILL when it does not end in time; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        until = time.monotonic() + STOP_S
        while self.process.poll() is None and time.monotonic() < until:
            self.read(0.05)
        if self.process.poll() is None:
            self.process.kill()
        code = self.process.wait()
        os.close(self._master)
        return code

    def svg(self, title: str) -> str:
        """The screen as a picture."""
        console = Console(width=self._screen.columns, record=True, file=io.StringIO())
        for row in range(self._screen.lines):
            line = Text()
            cells = (self._screen.buffer[row][column] for column in range(self._screen.columns))
            for style, run in groupby(cells, _style):
                line.append("".join(cell.data for cell in run), style)
            console.print(line, no_wrap=True, overflow="crop", end="\n")
        return console.export_svg(title=title)


def _style(cell: pyte.screens.Char) -> Style:
    return Style(
        color=_colour(cell.fg),
        bgcolor=_colour(cell.bg),
        bold=cell.bold,
        reverse=cell.reverse,
        underline=cell.underscore,
    )


def _colour(name: str) -> Color | None:
    if name == "default":
        return None
    if _HEX_COLOUR.fullmatch(name):
        return Color.parse(f"#{name}")
    return Color.parse(name.replace("bright", "bright_").replace("brown", "yellow"))

"""A camera as a scanner: what is held before it is read once.

Never sees a frame: a child of ours looks, so that nothing that a camera's driver does, prints or hangs in
reaches the terminal.
"""

import asyncio
import errno
import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from kiosk.devices import Device, Hear
from kiosk.scanner import ENTER
from kiosk.sources.coming_and_going import ComingAndGoing, readable

READ_BYTES: Final = 4096
ROOT: Final = Path(__file__).parents[2]
"""Where the child finds us, whatever folder the terminal was started in."""

LINE_BYTES_MAX: Final = 8192
SAID: Final = frozenset({errno.EACCES, errno.ENOPKG})
"""What the child's exit code can tell; with any other the camera is not there."""

SILENT_S_MAX: Final = 10.0
"""The child says something every second; one that does not hangs, and is ended."""


class Camera(ComingAndGoing["subprocess.Popen[bytes]"]):
    """One camera."""

    def __init__(self, name: str, watch: Sequence[str], monotonic_ms: Callable[[], float]) -> None:
        """`watch` starts the child: it writes a line for each code, and an empty one when there is none."""
        super().__init__(Device(name, has_keys=False))
        self._watch = tuple(watch)
        self._monotonic_ms = monotonic_ms

    def _open(self) -> "subprocess.Popen[bytes]":
        child = subprocess.Popen(
            self._watch,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=ROOT,
            start_new_session=True,
        )
        assert child.stdout is not None
        first = child.stdout.readline()  # it is empty when the camera is there
        if first != b"\n":
            child.stdout.close()
            why = child.wait()
            raise OSError(why if why in SAID else errno.ENODEV, "no camera")
        os.set_blocking(child.stdout.fileno(), False)
        return child

    async def _listen(self, opened: "subprocess.Popen[bytes]", hear: Hear) -> None:
        assert opened.stdout is not None
        rest = b""
        while True:
            async with asyncio.timeout(SILENT_S_MAX):
                await readable(opened.stdout.fileno())
            data = os.read(opened.stdout.fileno(), READ_BYTES)
            if not data or len(rest) > LINE_BYTES_MAX:
                raise OSError("the camera has gone")
            *lines, rest = (rest + data).split(b"\n")
            at_ms = self._monotonic_ms()
            for code in filter(None, lines):
                await hear(self._device, [(key, at_ms) for key in (*code.decode("ascii", "replace"), ENTER)])

    def _close(self, opened: "subprocess.Popen[bytes]") -> None:
        opened.kill()
        assert opened.stdout is not None
        opened.stdout.close()
        opened.wait()

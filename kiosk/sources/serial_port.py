"""A scanner on a serial port, or on USB as one.

Never takes a key from it: noise on a line is no ENTER of a person.
"""

import termios
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kiosk.devices import Device, Hear
from kiosk.flood_gate import FloodGate
from kiosk.sources.coming_and_going import ComingAndGoing, readable

if TYPE_CHECKING:
    from serial import Serial

READ_BYTES: Final = 4096


class SerialScanner(ComingAndGoing["Serial"]):
    """One serial port."""

    def __init__(self, name: str, port: str, baud: int, monotonic_ms: Callable[[], float]) -> None:
        """`port` is its device file; one below `/dev/serial/by-id/` is the same wherever it is plugged in."""
        super().__init__(Device(name, has_keys=False))
        self._port = port
        self._baud = baud
        self._monotonic_ms = monotonic_ms

    def _open(self) -> "Serial":
        from serial import Serial

        try:
            return Serial(self._port, self._baud, timeout=0, exclusive=True)
        except (termios.error, ValueError) as error:
            raise OSError(f"{self._port} is no serial port that can be set: {error}") from error

    async def _listen(self, opened: "Serial", hear: Hear) -> None:
        gate = FloodGate()
        while True:
            await readable(opened.fileno())
            text = opened.read(READ_BYTES).decode("ascii", "replace")
            at_ms = self._monotonic_ms()
            await hear(self._device, [(key, at_ms) for key in gate.thinned(text, time.monotonic())])

    def _close(self, opened: "Serial") -> None:
        opened.close()

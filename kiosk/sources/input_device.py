"""A scanner or a keyboard that types, taken from the system for the terminal alone.

Never lets a key of it reach anything else, and never minds the layout of the system.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol

from floor.tags import SEPARATOR
from kiosk.devices import Device, Hear
from kiosk.sources.coming_and_going import ComingAndGoing, readable
from kiosk.sources.us_keys import CONTROLS, NAMES, RIGHT_BRACKET, SHIFTS, SILENCING, TYPED

if TYPE_CHECKING:
    from evdev import InputDevice

EV_SYN: Final = 0
EV_KEY: Final = 1
SYN_DROPPED: Final = 3
RELEASED: Final = 0
PRESSED: Final = 1

LOST: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands for keys that the system lost: a code with a hole is no code."""


class KeyEvent(Protocol):
    """What Linux tells of a key."""

    type: int
    code: int
    value: int

    def timestamp(self) -> float:
        """When it happened, in s of a clock of the system's choice."""


class Fingers:
    """Which keys are down, and so what each further one says."""

    def __init__(self) -> None:
        """All are up."""
        self._down: set[int] = set()

    def said(self, events: Iterable[KeyEvent]) -> Iterator[tuple[str, float]]:
        """Characters and names of keys with the system's time in s; a key held down says nothing more."""
        for event in events:
            if event.type == EV_SYN and event.code == SYN_DROPPED:
                self._down.clear()
                yield LOST, event.timestamp()
            elif event.type == EV_KEY and event.value == RELEASED:
                self._down.discard(event.code)
            elif event.type == EV_KEY and event.value == PRESSED:
                if key := self._key(event.code):
                    yield key, event.timestamp()
                self._down.add(event.code)

    def _key(self, code: int) -> str | None:
        if code == RIGHT_BRACKET and self._down & CONTROLS:
            return SEPARATOR
        if self._down & SILENCING:
            return None
        if code in TYPED:
            return TYPED[code][bool(self._down & SHIFTS)]
        return NAMES.get(code)


def taken(path: str) -> "InputDevice[str]":
    """The device, whose keys reach nobody else now. Raises OSError, or ImportError without a driver."""
    from evdev import InputDevice

    opened = InputDevice(path)
    try:
        opened.grab()
    except OSError:
        opened.close()
        raise
    return opened


class ExclusiveDevice(ComingAndGoing["InputDevice[str]"]):
    """One input device."""

    def __init__(
        self,
        name: str,
        path: str,
        monotonic_ms: Callable[[], float],
        take: Callable[[str], "InputDevice[str]"] = taken,
    ) -> None:
        """`path` is its file, such as `/dev/input/by-id/...-event-kbd`; `take` opens it for us alone."""
        super().__init__(Device(name, has_keys=True))
        self._path = path
        self._monotonic_ms = monotonic_ms
        self._take = take

    def _open(self) -> "InputDevice[str]":
        return self._take(self._path)

    async def _listen(self, opened: "InputDevice[str]", hear: Hear) -> None:
        fingers = Fingers()
        while True:
            await readable(opened.fd)
            said: list[tuple[str, float]] = []
            with suppress(BlockingIOError):
                said.extend(fingers.said(opened.read()))
            if said:
                now_ms, last_s = self._monotonic_ms(), said[-1][1]
                await hear(self._device, [(key, now_ms - (last_s - at_s) * 1000) for key, at_s in said])

    def _close(self, opened: "InputDevice[str]") -> None:
        opened.close()

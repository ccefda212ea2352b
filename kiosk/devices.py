"""Devices that are scanned with, as shapes without a body.

Never says how one is read, and never loads more than the standard library: the first frame waits for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class DeviceTrouble(StrEnum):
    """Why nothing comes from a device."""

    NOT_OPENED_YET = "not opened yet"
    """The terminal has just started: nothing to worry about."""
    GONE = "gone"
    """Unplugged, switched off, or never there."""
    IN_USE = "in use"
    """Another program has it."""
    NOT_ALLOWED = "not allowed"
    NO_DRIVER = "no driver"
    """The library that reads such devices is not installed."""


@dataclass(frozen=True, slots=True)
class Device:
    """Something that is scanned with, besides the keyboard of the terminal."""

    name: str
    """As the settings call it."""
    has_keys: bool
    """Whether people type on it. Of a serial scanner and a camera only codes count: no number, no ENTER."""


@dataclass(frozen=True, slots=True)
class DeviceState:
    """How a device is."""

    device: Device
    trouble: DeviceTrouble | None
    """None when it is there."""


Devices = Callable[[], Sequence[DeviceState]]
"""How the devices are, in the order of the settings."""


class Hear(Protocol):
    """Takes what a device says."""

    async def __call__(self, device: Device, keys: Sequence[tuple[str, float]], /) -> None:
        """Characters and names of keys, each with its time in ms; answers when more may come."""


class InputSource(Protocol):
    """A device that is read."""

    @property
    def state(self) -> DeviceState:
        """How it is now."""

    async def run(self, hear: Hear) -> None:
        """Read it until cancelled; a device that goes is waited for."""

"""What the terminal needs from the outside: the station's memory and its devices, as shapes without a body.

Never says how: `kiosk.wiring` brings the real ones, and a test may bring smaller ones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from floor.commands import Command
from floor.decide import Picture
from floor.dispatch import WaitingHere
from floor.events import Moment, Subjects
from floor.people import Person
from floor.plant import Plant
from floor.progress import OrderProgress
from floor.refusals import Refusal
from floor.runs import Run
from floor.station import Draft, LastReport, Recorded, Standing


class Memory(Protocol):
    """The station's ledger and directory."""

    def moment(self) -> Moment:
        """Now, by every clock of the station."""

    async def record(self, command: Command) -> Recorded | Refusal:
        """Decide, append, commit; answers when the fact is on the disk."""

    async def picture(self, subjects: Subjects) -> Picture:
        """The state around an order, a slip or a machine."""

    async def plant(self) -> Plant:
        """The plant as central described it, as far as known."""

    async def person_by_badge(self, badge: str) -> Person | None:
        """Whom the six letters of a badge name."""

    async def people(self) -> Mapping[str, Person]:
        """Everyone of this area, by number."""

    async def check_pin(self, person: str, pin: str) -> Refusal | None:
        """None when the PIN is right; failures are counted on the disk before the check."""

    async def last_reports(self) -> list[LastReport]:
        """This station's last five, newest first."""

    async def own_reports(self, person: str) -> list[LastReport]:
        """What this person reported at this station lately, newest first."""

    async def open_runs(self) -> list[Run]:
        """Runs started and not ended, with the pauses that go on, as far as known here, oldest first."""

    async def heard(self) -> Mapping[str, int | None]:
        """Every other station, with the Unix time in ms of its last fact known here; None for none yet."""

    async def waiting_here(self, work_centre: str | None) -> list[WaitingHere]:
        """What a work centre can take up, and what comes to it next; None means every work centre."""

    async def open_orders(self) -> list[OrderProgress]:
        """Orders that are confirmed, by number."""

    async def save_draft(self, draft: Draft) -> None:
        """Keep what was filled in so far; replaces the draft of the same intent."""

    async def drop_draft(self, intent: str) -> None:
        """The operator took it back."""

    async def drafts(self) -> list[Draft]:
        """What was left when the program last stopped."""

    async def standing(self) -> Standing:
        """What the foot says now."""


NewIntent = Callable[[], str]
"""Makes an event id when an intent is born."""


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

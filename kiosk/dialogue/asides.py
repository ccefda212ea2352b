"""What a conversation remembers beside the report on the screen: a word that was given, an offer, an echo.

Never kept by the room that made it: it lies in `talk`, and goes with whoever it was for.
"""

from dataclasses import dataclass
from decimal import Decimal

from floor.station import Draft
from kiosk.dialogue.report.slots import Slots
from kiosk.dialogue.view import Notice
from kiosk.ports import Memory


@dataclass(frozen=True, slots=True)
class Permission:
    """A supervisor's word for one report."""

    report: str
    person: str
    until_ms: float


@dataclass(frozen=True, slots=True)
class Parted:
    """What a report of a part passed on, and could go on alone."""

    operator: str
    slip: str
    step: int
    quantity: Decimal
    until_ms: float


@dataclass(frozen=True, slots=True)
class Echo:
    """What a scanner said last: read again in one breath it is one scan."""

    said: tuple[object, ...]
    at_ms: float
    told: Notice
    """What was said of it."""


@dataclass(frozen=True, slots=True)
class Real:
    """What waits while something is only practised."""

    memory: Memory
    kept: list[Slots]
    """Reports that wait for their owners."""
    owed: dict[str, Draft | None]

"""One decision that names more than one event holds: the same decision in several events of one transaction.

Never half a decision: the events follow from one intent, a repeat makes the same ones, and a fold takes
them together.
"""

from collections.abc import Sequence
from typing import Final, TypeVar

from floor.decide.picture import Decided
from floor.events import Event
from floor.identity import EventId, follow_up

SETTLED_MAX: Final = 256
"""Facts that one settlement names: some 9 KiB of the 16 that an event may have."""
REMAINS_MAX: Final = 64
"""Remains that one completion names: some 9 KiB; it says as well how far each station was known."""

T = TypeVar("T")


def in_parts(named: Sequence[T], most: int) -> list[tuple[T, ...]]:
    """What is named in parts of at most `most`; nothing at all is one part, too."""
    return [tuple(named[begin : begin + most]) for begin in range(0, max(len(named), 1), most)]


def with_ids(intent: EventId, events: Sequence[Event]) -> Decided:
    """The first event has the intent's id, the others follow from it."""
    return [(follow_up(intent, nth) if nth else intent, event) for nth, event in enumerate(events)]

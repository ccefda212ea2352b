"""What every event has: its moment, who entered it, and the subjects it is found by.

Never changed once recorded: a correction is a new event that names the old one.
"""

from typing import ClassVar, NamedTuple

from floor.identity import Number
from floor.quantities import Value


class Moment(Value):
    """When, by every clock the machine has; no rule depends on the wall clock."""

    wall_ms: int
    """Unix time in ms as the wall clock said."""
    clamped_ms: int
    """The same, never running backwards within a stream."""
    boot_id: str
    """Changes with each start of the machine, so that `monotonic_ms` can be compared."""
    monotonic_ms: int


class Subjects(NamedTuple):
    """What an event is about: the ledger's indexed columns."""

    order: str | None = None
    slip: str | None = None
    machine: str | None = None
    answers: str | None = None
    """The event that this one ends, answers or corrects: a run, a downtime, a paper or a report."""


class Event(Value):
    """Base of all facts."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1

    at: Moment
    by: Number | None = None
    """The number of the person who entered it; None when the program itself did."""

    def subjects(self) -> Subjects:
        """The subjects that this event names; kinds that answer another event say which."""
        return Subjects(
            order=getattr(self, "order", None),
            slip=getattr(self, "slip", None),
            machine=getattr(self, "machine", None),
        )

"""Runs between their start and their report: paused, taken up again, forgotten.

Never a quantity: what a run gave is said by its report (`events.work`).
"""

from floor.events.base import Event, Subjects
from floor.events.work import Operators
from floor.identity import EventId, Number, SlipNumber


class RunPaused(Event):
    """Operators stopped for a while. The event's id is the pause's."""

    kind = "run_paused"
    run: EventId
    slip: SlipNumber
    order: Number | None
    machine: Number | None
    operators: Operators
    reason: Number | None = None


class RunResumed(Event):
    """The work of a paused run goes on."""

    kind = "run_resumed"
    run: EventId
    pause: EventId
    slip: SlipNumber
    order: Number | None
    machine: Number | None
    operators: Operators

    def subjects(self) -> Subjects:
        return super().subjects()._replace(answers=self.pause)


class RunClosed(Event):
    """A run whose end nobody scanned is over, without figures."""

    kind = "run_closed"
    run: EventId
    slip: SlipNumber
    order: Number | None
    machine: Number | None
    operators: Operators
    ended_ms: int | None
    """Unix time in ms at which it ended, as people remember; None when nobody does."""

    def subjects(self) -> Subjects:
        return super().subjects()._replace(answers=self.run)

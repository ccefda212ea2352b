"""What people and machines did: runs, reports, corrections, downtimes.

Never judged here: a doubtful report has the same shape as a good one.
"""

from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from floor.events.base import Event, Subjects
from floor.identity import CopyLetter, EventId, Name, Number, SlipNumber
from floor.quantities import ZERO, Amount, Value
from floor.source import Source

OPERATORS_MAX: Final = 16
LINES_MAX: Final = 32

Operators = Annotated[tuple[Number, ...], Field(min_length=1, max_length=OPERATORS_MAX)]
"""The numbers of those who did it: one, or a crew."""


class RunKind(StrEnum):
    """What a run is for."""

    SETUP = "setup"
    PRODUCTION = "production"
    REWORK = "rework"


class Scrap(Value):
    """Pieces lost for good."""

    quantity: Amount
    reason: Number | None
    """None when it was not given: a reason is owed."""
    caused_at: int
    """The step that caused it."""


class Rework(Value):
    """Pieces sent to be made good."""

    quantity: Amount
    to_step: int
    reason: Number | None


class Review(Value):
    """Pieces set aside for a decision."""

    quantity: Amount
    reason: Number | None


class ReportContent(Value):
    """What a report says; a correction states all of it anew."""

    step: int
    machine: Number | None
    operators: Operators
    run_kind: RunKind = RunKind.PRODUCTION
    final: bool = False
    """The step is done on this slip: what is left unaccounted is missing."""
    unit: Name
    good: Amount = ZERO
    scrap: Annotated[tuple[Scrap, ...], Field(max_length=LINES_MAX)] = ()
    rework: Annotated[tuple[Rework, ...], Field(max_length=LINES_MAX)] = ()
    review: Annotated[tuple[Review, ...], Field(max_length=LINES_MAX)] = ()


class RunStarted(Event):
    """Operators began on a step at a machine. The event's id is the run's."""

    kind = "run_started"
    slip: SlipNumber
    order: Number | None
    step: int
    machine: Number | None
    operators: Operators
    run_kind: RunKind
    warned: tuple[str, ...] = ()


class Reported(Event):
    """What a run gave, or a count without a run."""

    kind = "reported"
    slip: SlipNumber
    order: Number | None
    content: ReportContent
    run: EventId | None = None
    ends_run: bool = False
    source: Source
    copy_letter: CopyLetter | None = None
    """Which copy of the slip was scanned; None when it was typed, picked or a step code."""
    proposed_good: Amount | None = None
    """What the screen proposed; None when nothing could be proposed."""
    cursor: str | None = None
    """How far the station knew the others' facts; None before its first contact."""
    warned: tuple[str, ...] = ()
    """Names of the flags that the screen showed."""

    @property
    def machine(self) -> str | None:
        """The machine of the report, a subject."""
        return self.content.machine

    def subjects(self) -> Subjects:
        return super().subjects()._replace(answers=self.run if self.ends_run else None)


class ReportCorrected(Event):
    """A report is replaced by new content, or withdrawn."""

    kind = "report_corrected"
    report: EventId
    slip: SlipNumber
    order: Number | None
    content: ReportContent | None
    """None withdraws the report."""
    reason: Name | None = None

    def subjects(self) -> Subjects:
        return super().subjects()._replace(answers=self.report)


class MachineWentDown(Event):
    """A machine stands still. The event's id is the downtime's."""

    kind = "machine_went_down"
    machine: Number
    reason: Number | None
    operators: Operators


class MachineCameUp(Event):
    """A machine runs again."""

    kind = "machine_came_up"
    machine: Number
    downtime: EventId | None
    """The downtime that it ends; None where nobody here had said that it was down."""
    operators: Operators

    def subjects(self) -> Subjects:
        return super().subjects()._replace(answers=self.downtime)

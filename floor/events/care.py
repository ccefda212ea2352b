"""What is said about pieces besides a report: counted on arrival, checked, decided in review, explained.

Never replaces a report: each of these stands beside it.
"""

from enum import StrEnum

from floor.events.base import Event, Subjects
from floor.events.work import Operators
from floor.identity import EventId, Name, Number, SlipNumber
from floor.quantities import Amount, Measure


class ArrivalCounted(Event):
    """Whoever takes the pieces up at a step counted them."""

    kind = "arrival_counted"
    slip: SlipNumber
    order: Number | None
    step: int
    quantity: Amount
    """In the step's unit: all that lie here now."""
    unit: Name
    operators: Operators


class CheckMade(Event):
    """A check of a step was answered."""

    kind = "check_made"
    slip: SlipNumber
    order: Number | None
    step: int
    check: Number
    """Its number within the step."""
    machine: Number | None
    operators: Operators
    value: Measure | None = None
    """What was measured; None for a check that only passes or fails."""
    passed: bool
    report: EventId | None = None
    """The report that it was made with; None for one made by itself."""


class ReviewFate(StrEnum):
    """What becomes of pieces that were set aside."""

    GOOD = "good"
    """Used as they are."""
    SCRAP = "scrap"
    REWORK = "rework"


class ReviewDecided(Event):
    """Pieces in review at a step leave it by a decision."""

    kind = "review_decided"
    slip: SlipNumber
    order: Number | None
    step: int
    """Where they were set aside."""
    quantity: Amount
    """In that step's unit."""
    unit: Name
    fate: ReviewFate
    reason: Number | None = None
    caused_at: int | None = None
    """For scrap: the step that caused it."""
    to_step: int | None = None
    """For rework: where it is done."""


class AskAnswered(Event):
    """What a policy asked of a report was given: a reason, or a supervisor's word."""

    kind = "ask_answered"
    report: EventId
    slip: SlipNumber
    order: Number | None
    flag: Name
    """The flag that stands until it is answered."""
    reason: Number | None = None
    approved_by: Number | None = None

    def subjects(self) -> Subjects:
        return super().subjects()._replace(answers=self.report)

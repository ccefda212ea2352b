"""One step of one slip: what was received, what became of it, and the facts behind each figure.

Never gathers them: `progress` does. At each counting step

    received + surplus = good + scrap + rework out + in review + missing + still here
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from floor.codec import Fact
from floor.events import ReportContent, Reported

NOTHING: Final = Fraction(0)


@dataclass(frozen=True, slots=True)
class StandingReport:
    """A report as it counts now."""

    fact: Fact
    reported: Reported
    content: ReportContent | None
    """After corrections; None when withdrawn."""
    corrections: tuple[Fact, ...]
    """All that name it, in order; the last of the greatest stream counts."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of one slip. Amounts are exact, in the step's unit."""

    step: int
    first: bool
    """Fed by the slip's own quantity, not by another step."""
    counts: bool
    received: Fraction
    rework_in: Fraction
    """Part of `received`."""
    good: Fraction
    first_pass_good: Fraction
    """`good` without what rework gave, and without what passed only by a decision."""
    scrap: Fraction
    rework_out: Fraction
    review: Fraction
    """Set aside, and not decided yet."""
    overdrawn: Fraction
    """Decided beyond what was set aside."""
    reworked: Fraction
    """Part of `accounted` that rework runs reported."""
    final: bool
    """A report says that the step is done; rework that comes back later is not part of it."""
    rework_final: bool
    """A rework run's report says that the rework is done."""
    reports: tuple[StandingReport, ...]
    """What was said at this step."""
    brought_by: tuple[StandingReport, ...]
    """What was said elsewhere that decides what is received here."""
    decided: tuple[Fact, ...] = ()
    """Decisions about what was set aside here."""
    brought_by_decision: tuple[Fact, ...] = ()
    """Decisions elsewhere that decide what is received here."""
    came: Fraction = NOTHING
    """Part of `received`: split off another slip, or merged."""
    went: Fraction = NOTHING
    """Went on with other paper; no part of `received`."""
    gone_over: Fraction = NOTHING
    """Of `went`, what was never here: a doubt like surplus, and beside it."""
    moves: tuple[Fact, ...] = ()
    """The splits and merges at this step."""

    @property
    def arrived(self) -> Fraction:
        """All that ever came here, and may have gone on with other paper since."""
        return self.received + self.went - self.gone_over

    @property
    def accounted(self) -> Fraction:
        """What reports and decisions say became of the pieces."""
        return self.good + self.scrap + self.rework_out + self.review

    @property
    def surplus(self) -> Fraction:
        """Counted though nobody passed it on; at a first step it is called *made over*."""
        return max(NOTHING, self.accounted - self.received) if self.counts else NOTHING

    @property
    def unaccounted(self) -> Fraction:
        """Received, and not yet said what became of it."""
        return max(NOTHING, self.received - self.accounted) if self.counts else NOTHING

    @property
    def missing(self) -> Fraction:
        """What final reports leave unaccounted: of what was passed on, and of what came back as rework."""
        first_pass = (
            self.received - self.rework_in - (self.accounted - self.reworked) if self.final else NOTHING
        )
        rework = self.rework_in - self.reworked if self.rework_final else NOTHING
        return min(self.unaccounted, max(NOTHING, first_pass) + max(NOTHING, rework))

    @property
    def still_here(self) -> Fraction:
        """What waits at this step."""
        return self.unaccounted - self.missing


def accounted(content: ReportContent) -> Fraction:
    """Everything a report says became of pieces."""
    scrap = sum((Fraction(line.quantity) for line in content.scrap), NOTHING)
    rework = sum((Fraction(line.quantity) for line in content.rework), NOTHING)
    review = sum((Fraction(line.quantity) for line in content.review), NOTHING)
    return Fraction(content.good) + scrap + rework + review

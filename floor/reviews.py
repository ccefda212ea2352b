"""Decisions about pieces that were set aside: what they add up to at each step.

Never asks whether so many were set aside: `lines` says what was decided beyond that.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from floor.codec import Fact
from floor.events import ReviewDecided, ReviewFate
from floor.lines import NOTHING


@dataclass(frozen=True, slots=True)
class Decisions:
    """What became of pieces in review at one step. Amounts are exact, in the step's unit."""

    facts: tuple[Fact, ...] = ()
    good: Fraction = NOTHING
    scrap: Fraction = NOTHING
    rework: Fraction = NOTHING

    @property
    def total(self) -> Fraction:
        """All that left review."""
        return self.good + self.scrap + self.rework


NONE_MADE = Decisions()


def decisions_by_step(facts: Iterable[Fact]) -> Mapping[int, Decisions]:
    """What was decided at each step, of one slip's facts."""
    found: dict[int, list[tuple[Fact, ReviewDecided]]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact.event, ReviewDecided):
            found[fact.event.step].append((fact, fact.event))
    return {step: _added_up(made) for step, made in found.items()}


def _added_up(made: list[tuple[Fact, ReviewDecided]]) -> Decisions:
    def total(fate: ReviewFate) -> Fraction:
        return sum((Fraction(event.quantity) for _, event in made if event.fate is fate), NOTHING)

    return Decisions(
        tuple(fact for fact, _ in made),
        total(ReviewFate.GOOD),
        total(ReviewFate.SCRAP),
        total(ReviewFate.REWORK),
    )

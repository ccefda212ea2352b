"""The checks of a step: which are due, which were made, which failed and were not made good.

Never judges a measure: who made the check said whether it passed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from floor.codec import Fact
from floor.events import CheckMade
from floor.routing import Check, Step


@dataclass(frozen=True, slots=True)
class CheckState:
    """One check of a step on one slip."""

    check: Check
    due: int
    """So many times by now."""
    made: tuple[Fact, ...]
    failed: tuple[Fact, ...]
    """Those that failed, and that no later one of the same stream passed."""

    @property
    def owed(self) -> int:
        """So many times it is still to be made."""
        return max(0, self.due - len(self.made))


def check_states(step: Step, pieces: Fraction, care: Iterable[Fact]) -> list[CheckState]:
    """Every check of `step` when so many pieces are accounted for; `care` is the slip's."""
    made = [fact for fact in care if isinstance(fact.event, CheckMade) and fact.event.step == step.number]
    return [_state(check, pieces, made) for check in step.checks]


def _state(check: Check, pieces: Fraction, made_here: list[Fact]) -> CheckState:
    made = tuple(
        fact for fact in made_here if isinstance(fact.event, CheckMade) and fact.event.check == check.check
    )
    return CheckState(check, _due(check, pieces), made, open_failures(made))


def _due(check: Check, pieces: Fraction) -> int:
    """Once for each slip, or once for each lot of so many pieces that was begun."""
    if not pieces:
        return 0
    return ceil(pieces / Fraction(check.every)) if check.every else 1


def open_failures(made: Iterable[Fact]) -> tuple[Fact, ...]:
    """Failed checks that nobody repeated and passed: of another station nobody knows which came first."""
    failed: dict[str, list[Fact]] = {}
    for fact in made:
        if isinstance(fact.event, CheckMade):
            of_stream = failed.setdefault(fact.stream, [])
            if fact.event.passed:
                of_stream.clear()
            else:
                of_stream.append(fact)
    return tuple(fact for of_stream in failed.values() for fact in of_stream)


def passes(check: Check, value: Decimal) -> bool:
    """Whether a measure lies within the check's limits."""
    above = check.low is None or value >= check.low
    return above and (check.high is None or value <= check.high)

"""The kept fold of one order, growing by one fact at a time.

Never another rule than `floor.progress`: a slip's progress depends on the order's decisions and on the slip's own
facts alone, so a new fact about a slip folds that slip anew and leaves the others as they are.
"""

from bisect import insort
from dataclasses import dataclass, field, replace

from floor.codec import Fact
from floor.progress import OrderProgress, fold_order


def _place(fact: Fact) -> tuple[str, int]:
    return fact.stream, fact.seq


@dataclass(slots=True)
class KeptOrder:
    """One order's facts, or those of a slip without one, and what they show."""

    progress: OrderProgress
    orders: set[str] = field(default_factory=set)
    """Orders whose facts are in here."""
    by_slip: dict[str | None, list[Fact]] = field(default_factory=dict)
    """The facts of each slip, sorted; under None those of the order itself."""

    @classmethod
    def of(cls, facts: list[Fact]) -> "KeptOrder":
        """The fold of all facts at once."""
        kept = cls(fold_order(facts))
        for fact in kept.progress.facts:
            kept._note(fact)
        return kept

    def grow(self, fact: Fact) -> None:
        """Take in a fact about one slip of this order: anything but its issue."""
        self._note(fact)
        slip = fact.event.subjects().slip
        anew = fold_order([*self.by_slip.get(None, ()), *self.by_slip[slip]])
        facts = list(self.progress.facts)
        insort(facts, fact, key=_place)
        slips = dict(sorted({**self.progress.slips, **anew.slips}.items()))
        self.progress = replace(self.progress, slips=slips, facts=tuple(facts))

    def _note(self, fact: Fact) -> None:
        subjects = fact.event.subjects()
        if subjects.order:
            self.orders.add(subjects.order)
        insort(self.by_slip.setdefault(subjects.slip, []), fact, key=_place)

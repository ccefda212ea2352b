"""The kept fold of one order, growing by one fact at a time.

Never another rule than `floor.progress`: a slip's progress depends on the order's decisions and on the slip's
own facts alone, so a new fact about a slip folds that slip anew, when somebody asks, and no other; a merge is
about both of its slips. Where a slip's own words stand for the order, everything is folded anew.
"""

from bisect import insort
from dataclasses import replace

from floor.codec import Fact, in_order
from floor.events import PassportChecked, PassportRead
from floor.moves import slips_of
from floor.progress import OrderProgress, fold_order


def _place(fact: Fact) -> tuple[str, int]:
    return fact.stream, fact.seq


class KeptOrder:
    """One order's facts, or those of a slip without one, and what they show."""

    def __init__(self, facts: list[Fact], order: str | None, slip: str | None) -> None:
        """`order` or `slip` is what was asked for, also when nothing is known of it yet."""
        self._number = order
        self._progress = fold_order(facts, order)
        self._by_slip: dict[str | None, list[Fact]] = {}
        self._stale: set[str] = set()
        self._grown: list[Fact] = []
        self._on_paper = False
        self.orders = {order} if order else set()
        """Orders whose facts are in here."""
        self.slips = {slip} if slip else set()
        """Slips whose facts are in here."""
        for fact in in_order(facts):
            self._note(fact)

    def grow(self, fact: Fact) -> None:
        """Take in a fact about slips of this order: anything but what makes a slip."""
        self._note(fact)
        self._grown.append(fact)
        self._stale.update(slips_of(fact.event))

    @property
    def progress(self) -> OrderProgress:
        """What all the facts show."""
        if self._stale:
            self._progress = self._fold_stale()
            self._stale.clear()
            self._grown.clear()
        return self._progress

    def _fold_stale(self) -> OrderProgress:
        if self._on_paper:
            known = {fact.event_id: fact for about in self._by_slip.values() for fact in about}
            return fold_order(known.values(), self._number)
        facts, slips = list(self._progress.facts), dict(self._progress.slips)
        for fact in self._grown:
            insort(facts, fact, key=_place)
        for slip in self._stale:
            alone = fold_order([*self._by_slip.get(None, ()), *self._by_slip[slip]], self._number).slips
            slips |= {slip: alone[slip]} if slip in alone else {}
        return replace(self._progress, slips=dict(sorted(slips.items())), facts=tuple(facts))

    def _note(self, fact: Fact) -> None:
        subjects = fact.event.subjects()
        self._on_paper |= isinstance(fact.event, PassportRead | PassportChecked)
        self.orders.update(filter(None, (subjects.order,)))
        slips = slips_of(fact.event)
        self.slips.update(slips)
        for slip in slips or (None,):
            insort(self._by_slip.setdefault(slip, []), fact, key=_place)

"""What the ledger keeps folded between two questions: orders, the plant, and what still waits for an answer.

Never a second truth: everything here can be dropped at any moment and is read again from the tables. A new
fact drops what it touches, so a fold is either whole or not kept.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Final

from floor.codec import Fact
from floor.events import EventQuarantined, OrderEvent, StationKeyMade
from floor.life import fold_life
from floor.moves import begins_slip, slips_of
from floor.plant import PLANT_KINDS, Plant
from floor.progress import OrderProgress, fold_order
from sync.orderfold import KeptOrder
from sync.reading import BY_KIND, DECISIONS, Reading
from sync.unanswered import Unanswered

ORDERS_KEPT_MAX: Final = 256

Key = tuple[str | None, str | None]
"""An order, or a slip that no known order issued."""


class Known:
    """Folds over what the ledger holds; lives in the writer's thread."""

    def __init__(self, reading: Reading, waits: Callable[[Fact], bool]) -> None:
        """`waits` says of which facts anybody here awaits an answer."""
        self._reading = reading
        self._waits = waits
        self._orders: OrderedDict[Key, KeptOrder] = OrderedDict()
        self._unanswered: dict[str, Unanswered] = {}
        self._open_orders: set[str] | None = None
        self._keys: frozenset[str] | None = None
        self._plant: Plant | None = None
        self._plant_last: tuple[str, int] = ("", 0)

    def forget(self) -> None:
        """Read everything again: another generation is read from now on."""
        self._orders.clear()
        self._unanswered.clear()
        self._open_orders = None
        self._keys = None
        self._plant = None
        self._reading.refresh_quarantined()

    # Questions

    def progress(self, order: str | None, slip: str | None) -> OrderProgress:
        """The fold of an order, or of the order that a slip belongs to; empty when neither is known."""
        key: Key = (order, None)
        if order is None and slip is not None:
            order = self._reading.issued_for(slip)
            key = (order, None) if order else (None, slip)
        if key == (None, None):
            return fold_order(())
        kept = self._orders.get(key)
        if kept is None:
            kept = self._orders[key] = self._fold(order, slip)
            if len(self._orders) > ORDERS_KEPT_MAX:
                self._orders.popitem(last=False)
        self._orders.move_to_end(key)
        return kept.progress

    def _fold(self, order: str | None, slip: str | None) -> KeptOrder:
        if order:
            return KeptOrder(self._reading.of_order(order), order, None)
        return KeptOrder(self._reading.of_unissued(slip or ""), None, slip)

    def plant(self) -> Plant:
        """The plant as central described it; never changed after it was handed out."""
        if self._plant is None:
            facts = [fact for kind in sorted(PLANT_KINDS) for fact in self._reading.facts(BY_KIND, kind)]
            self._plant, self._plant_last = Plant(), ("", 0)
            self._learn_plant(facts)
        return self._plant

    def keys(self) -> frozenset[str]:
        """The public keys, in hex, of every station that told its own."""
        if self._keys is None:
            told = (fact.event for fact in self._reading.facts(BY_KIND, StationKeyMade.kind))
            self._keys = frozenset(event.public_key for event in told if isinstance(event, StationKeyMade))
        return self._keys

    def unanswered(self, kind: str) -> list[Fact]:
        """Events of a kind that wait here, and that no event ends or answers, oldest first."""
        waiting = self._waiting(kind).all().values()
        return sorted(waiting, key=lambda fact: (fact.event.at.clamped_ms, fact.event_id))

    def has_looked_back(self, kind: str) -> bool:
        """Whether there is nothing more to read for `unanswered`."""
        return self._waiting(kind).whole

    def look_back(self, kind: str) -> bool:
        """Read a piece of the past for `unanswered`; False when there is no more of it."""
        waiting = self._waiting(kind)
        if not waiting.whole:
            waiting.look_back()
        return not waiting.whole

    def open_orders(self) -> list[str]:
        """Orders that are confirmed and open, by number."""
        if self._open_orders is None:
            self._open_orders = set(filter(self._is_open, self._reading.perhaps_open()))
        return sorted(self._open_orders)

    # New facts

    def learn_own(self, facts: Iterable[Fact]) -> None:
        """This station appended facts: what is kept of their order grows by them."""
        for fact in facts:
            self._answer_or_ask(fact)
            self._grow_or_drop(fact)

    def learn_received(self, facts: list[Fact]) -> None:
        """The feed brought facts: what they touch is read again when somebody asks."""
        if any(isinstance(fact.event, EventQuarantined) for fact in facts):
            self.forget()
            return
        orders = {order for fact in facts if (order := fact.event.subjects().order)}
        slips = {slip for fact in facts for slip in slips_of(fact.event)}
        for key, kept in list(self._orders.items()):
            if not kept.orders.isdisjoint(orders) or not kept.slips.isdisjoint(slips):
                del self._orders[key]
        for fact in facts:
            self._answer_or_ask(fact)
        self._learn_decisions({fact.event.order for fact in facts if isinstance(fact.event, OrderEvent)})
        self._learn_plant([fact for fact in facts if fact.event.kind in PLANT_KINDS])

    def _grow_or_drop(self, fact: Fact) -> None:
        """A fact about a slip grows the order that it names, or the slip without one; a new slip drops it.

        Older facts, which name no order, may belong to a slip that is new to an order.
        """
        order, slip = fact.event.subjects()[:2]
        own_key: Key = (order, None) if order else (None, slip)
        grows = not begins_slip(fact.event)
        for key, kept in list(self._orders.items()):
            if order not in kept.orders and slip not in kept.slips:
                continue
            if grows and slip in kept.slips and key == own_key:
                kept.grow(fact)
            else:
                del self._orders[key]

    def _answer_or_ask(self, fact: Fact) -> None:
        if isinstance(fact.event, StationKeyMade):
            self._keys = None
        for waiting in self._unanswered.values():
            waiting.learn(fact)

    def _waiting(self, kind: str) -> Unanswered:
        return self._unanswered.setdefault(kind, Unanswered(self._reading, kind, self._waits))

    def _learn_decisions(self, orders: set[str]) -> None:
        if self._open_orders is not None:
            self._open_orders = (self._open_orders - orders) | set(filter(self._is_open, orders))

    def _is_open(self, order: str) -> bool:
        return fold_life(self._reading.facts(DECISIONS, order)).open

    def _learn_plant(self, facts: list[Fact]) -> None:
        """Only central describes the plant; what came out of order is read again as a whole."""
        news = sorted(
            (fact for fact in facts if fact.station is None), key=lambda fact: (fact.stream, fact.seq)
        )
        if self._plant is None or not news:
            return
        if (news[0].stream, news[0].seq) <= self._plant_last:
            self._plant = None
            return
        plant = self._plant.copy()
        for fact in news:
            plant.learn(fact.event)
        self._plant, self._plant_last = plant, (news[-1].stream, news[-1].seq)

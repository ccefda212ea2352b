"""An order's life as decided so far: a fold over central's decisions about it.

Never decides (`orders.follow` says what may be decided); never counts pieces (`progress` does).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import singledispatch

from floor.codec import Fact
from floor.events import (
    Demand,
    Event,
    OrderCancelled,
    OrderClosed,
    OrderCompleted,
    OrderConfirmed,
    OrderDrafted,
    OrderHeld,
    OrderReopened,
    OrderResumed,
    OrderSuspended,
    StreamMark,
)
from floor.orders import OPEN, OrderState


@dataclass(frozen=True, slots=True)
class Life:
    """Where an order stands, and what was locked when."""

    state: OrderState | None = None
    """None for an order that nobody wrote down."""
    demand: Demand | None = None
    confirmed: OrderConfirmed | None = None
    completed: OrderCompleted | None = None
    reason: str | None = None
    """Why it stands where it stands, when somebody had to say."""
    counted: tuple[StreamMark, ...] = ()
    """What was known when it stopped being open."""

    @property
    def open(self) -> bool:
        """Whether work on it is expected."""
        return self.state in OPEN

    def came_late(self, fact: Fact) -> bool:
        """Whether a fact about work arrived at an order that does not expect it."""
        if self.open:
            return False
        return not any(mark.stream == fact.stream and fact.seq <= mark.seq for mark in self.counted)


def fold_life(facts: Iterable[Fact]) -> Life:
    """The life that the decisions among `facts` (sorted) make."""
    life = Life()
    for fact in facts:
        life = _live(fact.event, life)
    return life


@singledispatch
def _live(_event: Event, life: Life) -> Life:
    """Facts about work decide nothing."""
    return life


@_live.register
def _(event: OrderDrafted, life: Life) -> Life:
    return replace(life, state=OrderState.DRAFT, demand=event.demand)


@_live.register
def _(event: OrderConfirmed, life: Life) -> Life:
    return replace(life, state=OrderState.CONFIRMED, demand=event.demand, confirmed=event)


@_live.register
def _(event: OrderHeld, life: Life) -> Life:
    return replace(life, state=OrderState.HELD, reason=event.reason, counted=event.counted)


@_live.register
def _(event: OrderSuspended, life: Life) -> Life:
    return replace(life, state=OrderState.SUSPENDED, reason=event.reason, counted=event.counted)


@_live.register
def _(_event: OrderResumed, life: Life) -> Life:
    return replace(life, state=OrderState.CONFIRMED, reason=None, counted=())


@_live.register
def _(event: OrderCancelled, life: Life) -> Life:
    return replace(life, state=OrderState.CANCELLED, reason=event.reason, counted=event.counted)


@_live.register
def _(event: OrderCompleted, life: Life) -> Life:
    before = life.completed.remains if life.completed else ()
    whole = event.model_copy(update={"remains": (*before, *event.remains)})
    return replace(life, state=OrderState.COMPLETED, completed=whole, counted=event.counted)


@_live.register
def _(_event: OrderClosed, life: Life) -> Life:
    return replace(life, state=OrderState.CLOSED)


@_live.register
def _(event: OrderReopened, life: Life) -> Life:
    return replace(life, state=OrderState.CONFIRMED, completed=None, reason=event.reason, counted=())

"""The life of a production order: one table that says which decision leads where.

Never decides by itself: *in progress* and *aborted* are derived from facts, not states.
"""

from enum import StrEnum
from typing import Final

from floor.refusals import Refusal


class OrderState(StrEnum):
    """Where an order stands in its life."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    HELD = "held"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Decision(StrEnum):
    """What a planner can decide about an order."""

    DRAFT = "draft"
    CONFIRM = "confirm"
    HOLD = "hold"
    SUSPEND = "suspend"
    RESUME = "resume"
    COMPLETE = "complete"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"


LIFE: Final[dict[tuple[OrderState | None, Decision], OrderState]] = {
    (None, Decision.DRAFT): OrderState.DRAFT,
    (OrderState.DRAFT, Decision.DRAFT): OrderState.DRAFT,
    (OrderState.DRAFT, Decision.CONFIRM): OrderState.CONFIRMED,
    (OrderState.DRAFT, Decision.CANCEL): OrderState.CANCELLED,
    (OrderState.CONFIRMED, Decision.HOLD): OrderState.HELD,
    (OrderState.CONFIRMED, Decision.SUSPEND): OrderState.SUSPENDED,
    (OrderState.CONFIRMED, Decision.COMPLETE): OrderState.COMPLETED,
    (OrderState.CONFIRMED, Decision.CANCEL): OrderState.CANCELLED,
    (OrderState.HELD, Decision.RESUME): OrderState.CONFIRMED,
    (OrderState.HELD, Decision.CANCEL): OrderState.CANCELLED,
    (OrderState.SUSPENDED, Decision.RESUME): OrderState.CONFIRMED,
    (OrderState.SUSPENDED, Decision.CANCEL): OrderState.CANCELLED,
    (OrderState.COMPLETED, Decision.REOPEN): OrderState.CONFIRMED,
    (OrderState.COMPLETED, Decision.CLOSE): OrderState.CLOSED,
}
"""(state, decision) -> next state; a pair that is not here is forbidden."""

NEEDS_REASON: Final = frozenset({Decision.HOLD, Decision.SUSPEND, Decision.REOPEN, Decision.CANCEL})

OPEN: Final = frozenset({OrderState.CONFIRMED})
"""Work on an order in any other state is counted and flagged."""


def follow(state: OrderState | None, decision: Decision, reason: str | None) -> OrderState | Refusal:
    """The state that a decision leads to, or why it is forbidden."""
    if state is None and decision is not Decision.DRAFT:
        return Refusal.ORDER_UNKNOWN
    following = LIFE.get((state, decision))
    if following is None:
        return Refusal.ORDER_FORBIDS
    if decision in NEEDS_REASON and not (reason or "").strip():
        return Refusal.REASON_NEEDED
    return following

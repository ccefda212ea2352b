"""The life of an order: every pair of state and decision, allowed or forbidden by name."""

import pytest

from floor.orders import LIFE, NEEDS_REASON, Decision, OrderState, follow
from floor.refusals import Refusal

S, D = OrderState, Decision

ALLOWED = {
    (None, D.DRAFT): S.DRAFT,
    (S.DRAFT, D.DRAFT): S.DRAFT,
    (S.DRAFT, D.CONFIRM): S.CONFIRMED,
    (S.DRAFT, D.CANCEL): S.CANCELLED,
    (S.CONFIRMED, D.HOLD): S.HELD,
    (S.CONFIRMED, D.SUSPEND): S.SUSPENDED,
    (S.CONFIRMED, D.COMPLETE): S.COMPLETED,
    (S.CONFIRMED, D.CANCEL): S.CANCELLED,
    (S.HELD, D.RESUME): S.CONFIRMED,
    (S.HELD, D.CANCEL): S.CANCELLED,
    (S.SUSPENDED, D.RESUME): S.CONFIRMED,
    (S.SUSPENDED, D.CANCEL): S.CANCELLED,
    (S.COMPLETED, D.REOPEN): S.CONFIRMED,
    (S.COMPLETED, D.CLOSE): S.CLOSED,
}
"""Written a second time, from DESIGN: a change of the table is a change of two tables."""


@pytest.mark.parametrize("decision", Decision)
@pytest.mark.parametrize("state", [None, *OrderState])
def test_every_decision_in_every_state(state: OrderState | None, decision: Decision) -> None:
    following = follow(state, decision, "because")
    if (state, decision) in ALLOWED:
        assert following is ALLOWED[state, decision]
    elif state is None:
        assert following is Refusal.ORDER_UNKNOWN
    else:
        assert following is Refusal.ORDER_FORBIDS


@pytest.mark.parametrize("pair", LIFE)
@pytest.mark.parametrize("reason", [None, "", "   "])
def test_stopping_and_reopening_need_a_reason(
    pair: tuple[OrderState | None, Decision], reason: str | None
) -> None:
    state, decision = pair
    needs = decision in {D.HOLD, D.SUSPEND, D.CANCEL, D.REOPEN}
    assert (follow(state, decision, reason) is Refusal.REASON_NEEDED) == needs


def test_what_is_forbidden_is_said_before_a_reason_is_asked() -> None:
    for decision in NEEDS_REASON:
        assert follow(S.CLOSED, decision, None) is Refusal.ORDER_FORBIDS


def test_a_closed_or_cancelled_order_stays_so() -> None:
    assert not [pair for pair in LIFE if pair[0] in {S.CLOSED, S.CANCELLED}]

"""Decisions about more than one event can name: several events, one decision, in any order."""

from random import Random

import pytest

from floor.codec import encode
from floor.commands import SettleFlag
from floor.decide.parts import REMAINS_MAX, SETTLED_MAX
from floor.events import Fate, FlagSettled, OrderCompleted, Remain, StreamMark
from floor.flags import Flag
from floor.orders import Decision, OrderState
from floor.progress import fold_order
from floor.standing import standing_flags
from tests.floor.shop import CENTRAL, HERE, ORDER, Shop, a_shop, content, step

UNKNOWN = "XXXBBBBB"


def with_reports(count: int) -> Shop:
    """A slip that nobody issued, with so many reports: one flag, and each of them is behind it."""
    shop = a_shop([step(10)])
    said = shop.report(UNKNOWN, content(10, 1)).event
    for _ in range(count - 1):
        shop.append(HERE, said)
    return shop


def settling(slip: str) -> SettleFlag:
    return SettleFlag(
        intent="e" * 32, by="P1", flag="unknown_slip", order=None, slip=slip, step=None, reason="r" * 120
    )


@pytest.mark.parametrize(("count", "parts"), [(1, 1), (SETTLED_MAX, 1), (SETTLED_MAX + 1, 2), (1000, 4)])
def test_a_settlement_of_many_facts_is_several_events_that_each_fit(count: int, parts: int) -> None:
    shop = with_reports(count)
    settled = shop.do(settling(UNKNOWN), CENTRAL)
    events = [fact.event for fact in settled if isinstance(fact.event, FlagSettled)]
    assert len(events) == len(settled) == parts
    assert len({event for said in events for event in said.facts}) == count
    for fact in settled:
        encode(fact.event_id, fact.event)
    assert not shop.flags(Flag.UNKNOWN_SLIP)


def test_a_settlement_holds_when_all_its_parts_are_known_in_any_order() -> None:
    shop = with_reports(2 * SETTLED_MAX + 1)
    settled = shop.do(settling(UNKNOWN), CENTRAL)
    work = [fact for fact in shop.facts if fact not in settled]
    for seed in range(5):
        mixed = [*work, *settled]
        Random(seed).shuffle(mixed)
        assert not [flag for flag in standing_flags(fold_order(mixed)) if flag.flag is Flag.UNKNOWN_SLIP]
    for missing in settled:
        part = [fact for fact in [*work, *settled] if fact is not missing]
        assert [flag for flag in standing_flags(fold_order(part)) if flag.flag is Flag.UNKNOWN_SLIP]


def test_a_settlement_asked_for_twice_is_the_same_events() -> None:
    shop = with_reports(SETTLED_MAX + 1)
    first, second = shop.facts_of(settling(UNKNOWN), CENTRAL), shop.facts_of(settling(UNKNOWN), CENTRAL)
    assert [event_id for event_id, _ in first] == [event_id for event_id, _ in second]
    assert first[0][0] == "e" * 32
    assert len({event_id for event_id, _ in first}) == 2


def with_remains(slips: int) -> tuple[Shop, list[Remain]]:
    """So many slips with 2 still here at step 10."""
    shop = a_shop([step(10)], 3 * slips)
    issued = [slip for _ in range(slips // 100) for slip in shop.issue(300, 3)]
    said = shop.report(issued[0], content(10, 1)).event
    for slip in issued[1:]:
        shop.append(HERE, said.model_copy(update={"slip": slip}))
    return shop, [
        Remain(slip=slip, step=10, still_here="2", review="0", missing="0", fate=Fate.TO_STOCK)
        for slip in issued
    ]


def test_an_order_with_hundreds_of_remains_is_completed_in_events_that_each_fit() -> None:
    shop, remains = with_remains(200)
    completed = shop.do(shop.completing(*remains), CENTRAL)
    assert len(completed) == 4
    for fact in completed:
        encode(fact.event_id, fact.event)
        assert isinstance(fact.event, OrderCompleted)
        assert len(fact.event.remains) <= REMAINS_MAX
        assert fact.event.good == "200"
    life = shop.order.life
    assert (life.state, life.completed and life.completed.remains) == (OrderState.COMPLETED, tuple(remains))
    assert StreamMark(stream=CENTRAL, seq=2) in life.counted


def test_an_order_opened_again_begins_its_remains_anew() -> None:
    shop, remains = with_remains(100)
    shop.do(shop.completing(*remains), CENTRAL)
    shop.decision(Decision.REOPEN, "more work")
    shop.do(shop.completing(*remains), CENTRAL)
    assert shop.order.life.completed is not None
    assert shop.order.life.completed.remains == tuple(remains)
    assert shop.order.number == ORDER

"""Counts on arrival: what comes, goes on with other paper or comes back later makes no right count wrong."""

from decimal import Decimal

import pytest

from floor.commands import CountArrival
from floor.flags import Flag
from tests.floor.shop import ANNA, HERE, THERE, Shop, a_shop, content, step

JOINED = (step(10), step(20, predecessors=()), step(30, predecessors=(10, 20)))


def count(shop: Shop, slip: str, at_step: int, quantity: int, *, stream: str = HERE) -> None:
    shop.do(
        CountArrival(
            intent=shop.new_id(),
            by=ANNA,
            slip=slip,
            step=at_step,
            quantity=Decimal(quantity),
            unit="pcs",
            operators=(ANNA,),
        ),
        stream,
    )


def differs(shop: Shop) -> list[object]:
    return [flag.amount for flag in shop.flags(Flag.ARRIVAL_DIFFERS)]


@pytest.mark.parametrize("at_step", [10, 20])
@pytest.mark.parametrize("stream", [HERE, THERE])
def test_what_is_split_off_after_the_count_was_there_to_be_counted(at_step: int, stream: str) -> None:
    shop = a_shop(quantity=30)
    (slip,) = shop.issue(30)
    shop.report(
        slip, content(10, 30 if at_step == 20 else 0, final=at_step == 20, scrap=0 if at_step == 20 else 1)
    )
    count(shop, slip, at_step, 30 if at_step == 20 else 29)
    shop.split(slip, at_step, 10, stream=stream)
    assert differs(shop) == []


def test_what_was_split_off_before_the_count_was_not() -> None:
    shop = a_shop(quantity=30)
    (slip,) = shop.issue(30)
    child = shop.split(slip, 10, 10)
    count(shop, slip, 10, 30)
    count(shop, child, 10, 8)
    assert differs(shop) == [10, 2]


def test_what_is_merged_in_after_the_count_was_not_there_yet() -> None:
    shop = a_shop(quantity=30)
    one, other = shop.issue(30, 15)
    for slip in (one, other):
        shop.report(slip, content(10, 15))
    count(shop, one, 20, 15)
    shop.merge(other, one, 20)
    assert differs(shop) == []
    count(shop, one, 20, 29)
    assert differs(shop) == [1]


def test_which_of_two_stations_passed_on_first_nobody_knows() -> None:
    shop = a_shop(quantity=30)
    (slip,) = shop.issue(30)
    shop.report(slip, content(10, 3), stream=THERE)
    count(shop, slip, 20, 3)
    shop.report(slip, content(10, 5), stream=HERE)
    assert differs(shop) == []
    count(shop, slip, 20, 4)
    assert differs(shop) == [1]


def test_what_comes_back_as_rework_was_not_there_at_the_first_count() -> None:
    shop = a_shop(quantity=30)
    (slip,) = shop.issue(30)
    shop.report(slip, content(10, 30))
    count(shop, slip, 20, 30)
    shop.report(slip, content(20, 30))
    shop.report(slip, content(30, 25, rework=(20, 5)))
    assert differs(shop) == []


def test_where_ways_meet_the_count_may_be_of_what_had_come_together_by_then() -> None:
    shop = a_shop(JOINED, quantity=30)
    (slip,) = shop.issue(30)
    shop.report(slip, content(10, 30))
    shop.report(slip, content(20, 12))
    count(shop, slip, 30, 12)
    shop.report(slip, content(20, 18))
    assert differs(shop) == []
    count(shop, slip, 30, 31)
    assert differs(shop) == [1]


def test_of_very_many_reports_any_amount_may_have_been_here_but_never_more_than_all() -> None:
    shop = a_shop(quantity=20_000)
    (slip,) = shop.issue(20_000)
    for stream, amount in ((HERE, 1), (THERE, 100)):
        for _ in range(70):
            shop.report(slip, content(10, amount), stream=stream, known=())
    count(shop, slip, 20, 7_000)
    assert differs(shop) == []
    count(shop, slip, 20, 7_072)
    assert differs(shop) == [2]

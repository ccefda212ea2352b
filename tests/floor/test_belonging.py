"""To which order a slip belongs where only its paper tells: proven words go first, forged ones are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floor.belonging import order_meant, orders_of_slips
from floor.codec import Fact, in_order
from floor.flags import Flag
from floor.passport import Vouched
from floor.progress import fold_order
from tests.floor.shop import ORDER, Shop, a_shop
from tests.floor.test_onpaper import Away, paper_of

OTHER = "1002"


@pytest.fixture
def shop() -> Shop:
    return a_shop()


def read(away: Away, slip: str, order: str, vouched: Vouched = Vouched.PROVEN) -> Fact:
    """Paper of the slip that names an order, read at the station."""
    return away.read(paper_of(away.shop, slip).model_copy(update={"order": order}), vouched)


def test_work_stays_in_the_order_of_the_proven_paper_whatever_a_forger_prints(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    away = Away(shop)
    read(away, slip, ORDER)
    forged = read(away, slip, OTHER, Vouched.UNPROVEN)
    away.report(slip, 10, 80)
    assert orders_of_slips(away.facts) == {slip: ORDER}, "unproven words say less than proven ones"
    away.check(forged, genuine=False)
    assert orders_of_slips(away.facts) == {slip: ORDER}
    assert fold_order(away.facts, ORDER).slips[slip].lines[10].good == 80
    assert fold_order(away.facts, OTHER).slips[slip].lines.get(10) is None
    assert Flag.PASSPORT_FORGED in away.flags


def test_a_forged_slip_that_was_read_first_does_not_say_which_order_is_meant(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    away = Away(shop)
    forged = read(away, slip, OTHER, Vouched.UNPROVEN)
    assert order_meant(in_order(away.facts)) == OTHER
    away.check(forged, genuine=False)
    assert orders_of_slips(away.facts) == {}
    read(away, slip, ORDER)
    away.report(slip, 10, 80)
    assert order_meant(in_order(away.facts)) == ORDER
    assert away.order.slips[slip].lines[10].good == 80


def test_paper_that_was_proven_later_says_it_before_paper_that_was_not(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    away = Away(shop)
    first = read(away, slip, ORDER, Vouched.UNPROVEN)
    newer = paper_of(shop, slip).model_copy(update={"order": OTHER})
    away.read(newer.model_copy(update={"minute": newer.minute + 1}), Vouched.UNPROVEN)
    assert orders_of_slips(away.facts) == {slip: OTHER}, "the newer print"
    away.check(first, genuine=True)
    assert orders_of_slips(away.facts) == {slip: ORDER}


@given(st.data())
def test_it_is_the_same_in_whatever_order_the_facts_come(data: st.DataObject) -> None:
    shop = a_shop()
    (slip,) = shop.issue(80)
    away = Away(shop)
    for _ in range(data.draw(st.integers(1, 4))):
        order = data.draw(st.sampled_from([ORDER, OTHER]))
        vouched = data.draw(st.sampled_from([Vouched.PROVEN, Vouched.UNPROVEN]))
        taken = read(away, slip, order, vouched)
        if vouched is Vouched.UNPROVEN and data.draw(st.booleans()):
            away.check(taken, genuine=data.draw(st.booleans()))
    away.report(slip, 10, 8)
    shuffled = data.draw(st.permutations(away.facts))
    assert orders_of_slips(shuffled) == orders_of_slips(away.facts)
    assert fold_order(shuffled) == fold_order(away.facts)

"""What a work centre can take up now."""

from fractions import Fraction

from floor.orders import Decision
from floor.quantities import Unit
from floor.station import WaitingHere, waiting_here
from tests.floor.shop import Shop, a_shop, content, step

ROUTE = [step(10), step(20, unit=Unit(name="leg"))]


def test_what_waits_is_listed_by_slip_and_step_in_the_steps_unit() -> None:
    shop = a_shop(ROUTE, 60)
    first, second = shop.issue(60, 30)
    shop.report(first, content(10, 12))
    assert waiting_here([shop.order], None) == [
        WaitingHere(first, "1001", "Chair", 10, "step 10", Fraction(18), "pcs"),
        WaitingHere(first, "1001", "Chair", 20, "step 20", Fraction(12), "leg"),
        WaitingHere(second, "1001", "Chair", 10, "step 10", Fraction(30), "pcs"),
    ]
    assert [(here.slip, here.step) for here in waiting_here([shop.order], "WC20")] == [(first, 20)]


def test_nothing_waits_of_an_order_that_is_not_open() -> None:
    shop = a_shop(ROUTE, 60)
    shop.issue(60)
    shop.decision(Decision.HOLD, "no wood")
    assert waiting_here([shop.order, Shop().order], None) == []


def test_nothing_waits_at_a_step_that_is_done() -> None:
    shop = a_shop([step(10)], 30)
    (slip,) = shop.issue(30)
    shop.report(slip, content(10, 28, final=True))
    assert waiting_here([shop.order], None) == []

"""Numbers far beyond what a plant makes: told, counted, and never the end of a terminal."""

from decimal import Decimal

import pytest

from floor.quantities import AMOUNT_MAX
from floor.tags import step_code
from tests.floor.shop import a_shop, content
from tests.kiosk.at_terminal import signed_on, working
from tests.kiosk.shop_memory import Terminal, with_reasons

NINE: str = "9" * 9


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop()))


async def test_more_than_any_report_can_say_is_shown_and_not_proposed(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    for _again in range(2):
        terminal.shop.report(slip, content(10, NINE))
    await terminal.scan(step_code(slip, 20))
    assert working(terminal).here == "HERE 1999999998"
    assert working(terminal).good.text == "-"
    await terminal.keys("5", "enter")
    assert terminal.reports[-1].content.good == Decimal(5)


async def test_a_slip_for_more_than_a_report_can_say_opens(terminal: Terminal) -> None:
    terminal.shop.issue(AMOUNT_MAX)
    slip = await signed_on(terminal)
    terminal.shop.report(slip, content(10, NINE))
    await terminal.scan(step_code(slip, 10))
    assert working(terminal).order == "1001"

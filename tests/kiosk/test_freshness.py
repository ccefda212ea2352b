"""A warning about what others have done says how far they are known."""

import pytest

from floor.events import StationDefined
from floor.flags import Flag
from floor.tags import step_code
from kiosk.screens.working import paint_working
from tests.floor.shop import MOMENT, a_shop, content
from tests.kiosk.at_terminal import signed_on, working
from tests.kiosk.shop_memory import Terminal, with_reasons

MINUTE_MS = 60_000


@pytest.fixture
def terminal() -> Terminal:
    shop = with_reasons(a_shop())
    for number, name in (("1", "Cutting Line 1"), ("2", "Cutting Line 2")):
        shop.plant.learn(StationDefined(at=MOMENT, station=number, name=name, work_centre="WC10"))
    shop.plant.learn(StationDefined(at=MOMENT, station="3", name="Sanding", work_centre="WC20"))
    return Terminal(shop, work_centre="WC20")


def behind(terminal: Terminal) -> dict[str, str]:
    return {doubt.title: doubt.detail for doubt in working(terminal).doubts}


async def test_e15_a_skipped_step_is_warned_of_with_how_far_its_most_silent_station_is_known(
    terminal: Terminal,
) -> None:
    slip = await signed_on(terminal)
    terminal.memory.stations_heard |= {"1": MOMENT.clamped_ms, "2": MOMENT.clamped_ms - 7 * MINUTE_MS}
    await terminal.scan(step_code(slip, 20))
    said = terminal.shop.plant.local_time(MOMENT.clamped_ms - 7 * MINUTE_MS)
    assert behind(terminal) == {
        Flag.STEP_SKIPPED.sentence: f"step 10 known up to {said:%H:%M} from Cutting Line 2"
    }
    lines = ["".join(span.text for span in line) for line in paint_working(working(terminal), 80, 18)]
    assert any(line.rstrip().endswith("from Cutting Line 2") for line in lines), "it fits 80 columns"


async def test_yesterday_s_knowledge_says_its_day_and_a_station_never_heard_says_so(
    terminal: Terminal,
) -> None:
    slip = await signed_on(terminal)
    terminal.memory.stations_heard |= {"1": MOMENT.clamped_ms - 24 * 60 * MINUTE_MS}
    await terminal.scan(step_code(slip, 20))
    said = terminal.shop.plant.local_time(MOMENT.clamped_ms - 24 * 60 * MINUTE_MS)
    (detail,) = behind(terminal).values()
    assert f"known up to {said.day} " in detail
    terminal.memory.stations_heard |= {"2": None}
    await terminal.keys("escape")
    await terminal.scan(step_code(slip, 20))
    assert list(behind(terminal).values()) == ["step 10: nothing heard from Cutting Line 2 yet"]


async def test_what_only_this_station_reports_on_needs_no_word(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    terminal.memory.stations_heard |= {"3": MOMENT.clamped_ms}
    await terminal.scan(step_code(slip, 20))
    assert behind(terminal) == {Flag.STEP_SKIPPED.sentence: ""}


async def test_more_than_is_here_says_how_far_those_before_are_known(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    terminal.shop.report(slip, content(10, 5))
    terminal.memory.stations_heard |= {"1": MOMENT.clamped_ms}
    await terminal.scan(step_code(slip, 20))
    assert behind(terminal) == {}
    await terminal.keys("9")
    assert behind(terminal)[Flag.MORE_THAN_HERE.sentence].startswith("step 10 known up to ")

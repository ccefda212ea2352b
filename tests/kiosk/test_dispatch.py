"""What next, at a terminal: choose what to report on, or begin on it at once."""

import pytest

from floor.events import RunStarted
from floor.tags import CommandWord, step_code
from kiosk.dialogue.view import Choosing, Done, Tone
from tests.floor.shop import a_shop, content, step
from tests.kiosk.at_terminal import command, refused, signed_on, working
from tests.kiosk.shop_memory import BADGE, MACHINE, Terminal, with_reasons

TWO_AT_THE_SAW = [step(10), step(20, machine="saw-1", work_centre="WC10"), step(30)]


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop(TWO_AT_THE_SAW)))


def listed(terminal: Terminal) -> Choosing:
    body = terminal.view.body
    assert isinstance(body, Choosing), body
    return body


async def test_what_is_here_comes_before_what_comes_and_says_so(terminal: Terminal) -> None:
    first, _second = terminal.shop.issue(80, 40)
    terminal.shop.report(first, content(10, 30))
    await terminal.keys("f2")
    body = listed(terminal)
    assert body.title == "What next at Cutting Line 1"
    assert [(row.cells[3], row.cells[4]) for row in body.rows] == [
        ("10 step 10", "10"),
        ("20 step 20", "30"),
        ("10 step 10", "40"),
        ("20 step 20", "40"),
    ]
    assert [row.tone for row in body.rows] == [Tone.PLAIN] * 3 + [Tone.WAITING]
    assert body.rows[3].cells[5] == "to come"


async def test_what_is_planned_on_the_chosen_machine_comes_first(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    terminal.shop.report(slip, content(10, 30))
    await terminal.scan(MACHINE)
    await terminal.keys("f2")
    assert listed(terminal).title == "What next at Saw 1"
    assert [row.cells[3] for row in listed(terminal).rows] == ["20 step 20", "10 step 10"]


@pytest.mark.parametrize("way", ["key", "card"])
async def test_start_on_the_list_begins_the_run_with_one_action(terminal: Terminal, way: str) -> None:
    slip = await signed_on(terminal)
    await terminal.keys("f2")
    terminal.actions = 0
    if way == "key":
        await terminal.keys("f7")
    else:
        await terminal.scan(command(CommandWord.START))
    assert terminal.actions == 1
    assert isinstance(terminal.view.body, Done)
    (run,) = [fact.event for fact in terminal.shop.facts if isinstance(fact.event, RunStarted)]
    assert (run.slip, run.step) == (slip, 10)
    await terminal.keys("escape", "f2")
    assert listed(terminal).rows[0].cells[5] == "begun"


async def test_start_on_the_list_without_a_badge_asks_for_it_and_keeps_the_step(terminal: Terminal) -> None:
    terminal.shop.issue(80)
    await terminal.keys("f2", "f7")
    assert refused(terminal) == "Nobody is signed on."
    assert working(terminal).step.startswith("step 10")
    await terminal.scan(BADGE)
    await terminal.keys("f7")
    assert any(isinstance(fact.event, RunStarted) for fact in terminal.shop.facts)


async def test_choosing_starts_the_report_and_a_scan_goes_straight_through(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.keys("f2", "enter", "enter")
    assert terminal.reports[0].slip == slip
    await terminal.keys("escape", "f2")
    await terminal.scan(step_code(slip, 20))
    assert working(terminal).step.startswith("step 20")


async def test_an_empty_list_says_that_nothing_waits() -> None:
    terminal = Terminal(with_reasons(a_shop(TWO_AT_THE_SAW)), work_centre="WC99")
    await terminal.keys("f2", "f7", "enter")
    assert listed(terminal).rows == ()
    assert listed(terminal).empty.startswith("Nothing waits at this work centre")

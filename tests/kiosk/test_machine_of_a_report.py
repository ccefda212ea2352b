"""Each report has its own machine: one that comes back, or is ended, does not move the terminal's."""

import pytest

from floor.events import MachineDefined, MachineWentDown
from floor.tags import CommandWord, TagKind, encode, step_code
from tests.floor.shop import MOMENT, a_shop
from tests.kiosk.at_terminal import command, signed_on, working
from tests.kiosk.shop_memory import BADGE, BOB, MACHINE, REASON, Terminal, with_reasons

BOBS = encode(TagKind.PERSON, BOB.badge)
PRESS = encode(TagKind.MACHINE, "GGGGGG")


@pytest.fixture
def terminal() -> Terminal:
    shop = with_reasons(a_shop())
    shop.plant.learn(
        MachineDefined(at=MOMENT, machine="press-1", name="Press 1", work_centre="WC10", code="GGGGGG")
    )
    return Terminal(shop)


async def begun_at_the_saw(terminal: Terminal) -> str:
    """John has 4 scrap at the saw on the screen; then Bob takes over."""
    slip = await signed_on(terminal)
    await terminal.scan(MACHINE)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4")
    await terminal.scan(REASON)
    await terminal.scan(BOBS)
    return slip


async def test_a_draft_that_comes_back_leaves_the_terminals_machine(terminal: Terminal) -> None:
    await begun_at_the_saw(terminal)
    await terminal.scan(PRESS)
    other = terminal.shop.issue(5)[0]
    await terminal.scan(BADGE)
    assert terminal.view.header.machine == "Saw 1"
    await terminal.keys("enter")
    await terminal.scan(PRESS)
    await terminal.scan(step_code(other, 10))
    await terminal.keys("enter")
    assert [report.content.machine for report in terminal.reports] == ["saw-1", "press-1"]


async def test_after_a_draft_the_terminal_is_where_it_was(terminal: Terminal) -> None:
    await begun_at_the_saw(terminal)
    other = terminal.shop.issue(5)[0]
    await terminal.scan(BADGE)
    await terminal.keys("enter")
    assert terminal.view.header.machine == ""
    await terminal.scan(step_code(other, 10))
    await terminal.keys("enter")
    assert [report.content.machine for report in terminal.reports] == ["saw-1", None]


async def test_a_machine_scanned_on_a_draft_is_that_drafts_and_the_terminals(terminal: Terminal) -> None:
    await begun_at_the_saw(terminal)
    await terminal.scan(BADGE)
    await terminal.scan(PRESS)
    assert terminal.view.header.machine == "Press 1"
    await terminal.keys("enter")
    assert terminal.reports[0].content.machine == "press-1"
    assert terminal.view.header.machine == "Press 1"


async def test_down_is_about_the_machine_that_the_screen_shows(terminal: Terminal) -> None:
    await begun_at_the_saw(terminal)
    await terminal.scan(BADGE)
    await terminal.keys("f11", "enter")
    (down,) = [fact.event for fact in terminal.shop.facts if isinstance(fact.event, MachineWentDown)]
    assert down.machine == "saw-1"


async def test_escape_takes_entries_back_and_no_machine(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4")
    await terminal.scan(REASON)
    await terminal.scan(MACHINE)
    await terminal.keys("escape")
    assert working(terminal).scrap.text == "0"
    assert terminal.view.header.machine == "Saw 1"
    await terminal.keys("enter")
    assert terminal.reports[0].content.machine == "saw-1"


async def test_whoever_takes_over_begins_at_the_terminals_own_machine(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(MACHINE)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(BOBS)
    assert terminal.view.header.machine == ""
    await terminal.keys("enter")
    assert (terminal.reports[0].by, terminal.reports[0].content.machine) == (BOB.person, None)


async def test_the_machine_of_a_run_that_is_ended_is_that_reports_alone(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(MACHINE)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(command(CommandWord.START))
    await terminal.scan(PRESS)
    await terminal.scan(command(CommandWord.END))
    await terminal.keys("enter")
    assert terminal.view.header.machine == "Saw 1"
    await terminal.keys("delete")
    assert terminal.view.header.machine == "Press 1"

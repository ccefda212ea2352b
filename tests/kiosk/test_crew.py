"""A crew at a terminal: several people, one quantity."""

import pytest

from floor.events import RunStarted
from floor.refusals import Refusal
from floor.tags import TagKind, encode, slip_code, step_code
from kiosk.dialogue.view import Waiting
from tests.floor.shop import a_shop
from tests.kiosk.at_terminal import refused, signed_on, working
from tests.kiosk.shop_memory import BADGE, BOB, EVE, JOHN, MACHINE, Terminal, with_reasons
from tests.kiosk.test_runs import BOBS_BADGE, CREW, EVES_BADGE, OK, START, choosing, of_kind, started


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop()))


async def test_a_crew_gives_one_quantity_under_all_their_names(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(CREW)
    await terminal.scan(BOBS_BADGE)
    await terminal.scan(EVES_BADGE)
    assert [row.cells[1] for row in choosing(terminal).rows] == [JOHN.name, BOB.name, EVE.name]
    await terminal.scan(EVES_BADGE)
    await terminal.scan(CREW)
    assert f"with {BOB.name}" in working(terminal).marks
    await terminal.keys("enter")
    (report,) = terminal.reports
    assert (report.by, report.content.operators) == (JOHN.person, (JOHN.person, BOB.person))


async def test_the_crew_stays_with_the_run_and_any_of_them_reports_for_all(terminal: Terminal) -> None:
    slip = await started(terminal, BOBS_BADGE)
    (run,) = of_kind(terminal.shop, RunStarted)
    assert run.operators == (JOHN.person, BOB.person)
    await terminal.scan(BOBS_BADGE)
    await terminal.scan(step_code(slip, 10))
    assert f"with {JOHN.name}" in working(terminal).marks
    await terminal.keys("9", "enter")
    (report,) = terminal.reports
    assert report.content.operators == (BOB.person, JOHN.person)
    assert report.run


async def test_whoever_records_stays_in_the_crew_and_strangers_do_not_come_in(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(CREW)
    await terminal.scan(BADGE)
    assert refused(terminal) == Refusal.OPERATOR_STAYS.sentence
    await terminal.scan(encode(TagKind.PERSON, "XXXXXX"))
    assert refused(terminal) == Refusal.UNKNOWN_BADGE.sentence
    await terminal.scan(BOBS_BADGE)
    await terminal.keys("delete")
    assert len(choosing(terminal).rows) == 1
    await terminal.keys("enter", "enter")
    assert terminal.reports[0].content.operators == (JOHN.person,)


async def test_crew_without_a_slip_asks_for_it_and_then_for_the_badges(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(CREW)
    body = terminal.view.body
    assert isinstance(body, Waiting)
    assert "work on together" in body.detail
    await terminal.scan(step_code(slip, 10))
    assert choosing(terminal).title == "Who works on it?"
    for code in (BOBS_BADGE, OK):
        await terminal.scan(code)
    await terminal.keys("5", "enter")
    assert terminal.reports[0].content.operators == (JOHN.person, BOB.person)
    await terminal.keys("enter")
    await terminal.scan(CREW)
    await terminal.scan(MACHINE)
    await terminal.scan(step_code(slip, 10))
    assert working(terminal), "whatever comes between is another intent"


async def test_crew_without_a_slip_at_a_terminal_that_must_ask_for_the_step() -> None:
    terminal = Terminal(with_reasons(a_shop()), work_centre=None)
    slip = await signed_on(terminal)
    await terminal.scan(CREW)
    await terminal.scan(slip_code(slip, "B"))
    assert choosing(terminal).title == "Which step?"
    await terminal.keys("1", "enter")
    assert choosing(terminal).title == "Who works on it?"
    await terminal.scan(BOBS_BADGE)
    await terminal.keys("enter")
    assert f"with {BOB.name}" in working(terminal).marks


async def test_crew_without_a_slip_is_that_of_ones_open_run(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(MACHINE)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(START)
    await terminal.scan(CREW)
    assert choosing(terminal).title == "Who works on it?"
    await terminal.scan(BOBS_BADGE)
    await terminal.keys("enter", "7", "enter")
    (report,) = terminal.reports
    assert (report.content.operators, report.content.step) == ((JOHN.person, BOB.person), 10)
    assert report.run, "it is the run's report"


async def test_of_several_open_runs_that_of_the_machine_is_meant_by_crew(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    for number in (10, 20):
        await terminal.scan(step_code(slip, number))
        await terminal.scan(START)
    await terminal.scan(CREW)
    assert [row.cells[2] for row in choosing(terminal).rows] == ["10", "20"]
    await terminal.keys("2", "enter")
    assert choosing(terminal).title == "Who works on it?"
    await terminal.keys("enter")
    assert working(terminal).step.startswith("step 20")
    await terminal.keys("escape")
    await terminal.scan(MACHINE)
    await terminal.scan(step_code(slip, 30))
    await terminal.scan(START)
    await terminal.scan(CREW)
    await terminal.keys("enter")
    assert working(terminal).step.startswith("step 30")


async def test_who_takes_over_does_not_inherit_a_crew(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    for code in (CREW, BOBS_BADGE, OK, EVES_BADGE):
        await terminal.scan(code)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("enter")
    assert terminal.reports[0].content.operators == (EVE.person,)


async def test_another_slip_closes_the_list_and_waits_until_the_crew_is_taken_back(
    terminal: Terminal,
) -> None:
    slip = await signed_on(terminal)
    (other,) = terminal.shop.issue(5)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(CREW)
    await terminal.scan(BOBS_BADGE)
    await terminal.scan(step_code(other, 10))
    assert refused(terminal) == Refusal.REPORT_UNFINISHED.sentence
    await terminal.keys("escape")
    await terminal.scan(step_code(other, 10))
    assert working(terminal).here == "HERE 5"
    await terminal.scan(BOBS_BADGE)
    await terminal.keys("enter")
    assert terminal.reports[0].content.operators == (BOB.person,)

"""Runs at a terminal: started, paused, taken up again, by one or by a crew, or not used at all."""

import pytest

from floor.events import PlantDescribed, RunPaused, RunResumed, RunStarted
from floor.flags import Flag
from floor.people import Person
from floor.refusals import Refusal
from floor.routing import RunUse
from floor.tags import CommandWord, TagKind, encode, step_code
from kiosk.dialogue.view import Done, Tone
from tests.floor.shop import MOMENT, Shop, a_shop, content, step
from tests.kiosk import shop_memory
from tests.kiosk.at_terminal import choosing, command, refused, signed_on, working
from tests.kiosk.shop_memory import BADGE, BOB, EVE, JAMMED, JOHN, MACHINE, Terminal, with_reasons

BOBS_BADGE = encode(TagKind.PERSON, BOB.badge)
EVES_BADGE = encode(TagKind.PERSON, EVE.badge)
PAUSE = command(CommandWord.PAUSE)
CREW = command(CommandWord.CREW)
START = command(CommandWord.START)
END = command(CommandWord.END)
OK = command(CommandWord.OK)


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop()))


def terminal_with(use: RunUse, **of_step: object) -> Terminal:
    """A terminal of a plant that uses runs so."""
    shop = with_reasons(a_shop([step(10, **of_step), step(20)]))
    shop.plant.learn(PlantDescribed(at=MOMENT, name="P", time_zone="UTC", runs=use))
    return Terminal(shop)


def of_kind(shop: Shop, kind: type) -> list[object]:
    return [fact.event for fact in shop.facts if isinstance(fact.event, kind)]


def said(terminal: Terminal) -> str:
    body = terminal.view.body
    assert isinstance(body, Done), body
    return body.title


async def by_menu(terminal: Terminal, word: str) -> None:
    """Choose a word from the list that INSERT opens."""
    await terminal.keys("insert")
    at = [row.cells[1] for row in choosing(terminal).rows].index(word)
    await terminal.keys(*["down"] * at, "enter")


async def started(terminal: Terminal, *badges: str) -> str:
    """John, with a crew, has started on a slip."""
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    if badges:
        for code in (CREW, *badges, OK):
            await terminal.scan(code)
    await terminal.scan(START)
    return slip


async def test_a_run_is_paused_and_goes_on_with_scans_alone(terminal: Terminal) -> None:
    slip = await started(terminal)
    await terminal.scan(PAUSE)
    assert said(terminal) == "PAUSED"
    await terminal.scan(step_code(slip, 10))
    assert any("PAUSED" in mark for mark in working(terminal).marks)
    await terminal.scan(START)
    assert said(terminal) == "GOES ON"
    (pause,), (resumed,) = of_kind(terminal.shop, RunPaused), of_kind(terminal.shop, RunResumed)
    assert resumed.run == pause.run


async def test_pause_again_goes_on_with_keys_alone(terminal: Terminal) -> None:
    await started(terminal)
    await terminal.keys("enter")
    await by_menu(terminal, "PAUSE")
    assert said(terminal) == "PAUSED"
    await terminal.keys("enter")
    await by_menu(terminal, "PAUSE")
    assert said(terminal) == "GOES ON"


async def test_start_without_a_slip_goes_on_with_what_is_paused(terminal: Terminal) -> None:
    await started(terminal)
    await terminal.scan(START)
    assert refused(terminal) == Refusal.SLIP_FIRST.sentence
    await terminal.scan(PAUSE)
    await terminal.scan(START)
    assert said(terminal) == "GOES ON"


async def test_of_several_runs_the_one_that_is_meant_is_picked(terminal: Terminal) -> None:
    slip = await started(terminal)
    await terminal.scan(step_code(slip, 20))
    await terminal.scan(START)
    await terminal.scan(PAUSE)
    assert [row.cells[2] for row in choosing(terminal).rows] == ["10", "20"]
    await terminal.keys("2", "enter")
    first, second = of_kind(terminal.shop, RunStarted)
    paused = [run for run in await terminal.memory.open_runs() if run.paused]
    assert [run.started for run in paused] == [second]
    await terminal.scan(PAUSE)
    assert [row.cells[4] for row in choosing(terminal).rows] == ["production", "production, paused"]
    assert first != second


async def test_nobody_pauses_what_another_one_works_on(terminal: Terminal) -> None:
    await started(terminal)
    await terminal.scan(BOBS_BADGE)
    await terminal.scan(PAUSE)
    assert refused(terminal) == Refusal.NO_OPEN_RUN.sentence


async def test_pausing_takes_nothing_off_the_screen(terminal: Terminal) -> None:
    slip = await started(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4", "f4")
    await terminal.scan(PAUSE)
    assert working(terminal).scrap.text == "4"
    await terminal.keys("enter")
    (report,) = terminal.reports
    assert (report.ends_run, await terminal.memory.open_runs()) == (True, [])


async def test_where_quantities_are_enough_start_pause_and_end_say_so() -> None:
    terminal = terminal_with(RunUse.OFF)
    slip = await signed_on(terminal)
    for code in (PAUSE, END):
        await terminal.scan(code)
        assert refused(terminal) == Refusal.RUNS_NOT_USED.sentence
    await terminal.scan(step_code(slip, 10))
    for code in (START, PAUSE, END):
        await terminal.scan(code)
        assert refused(terminal) == Refusal.RUNS_NOT_USED.sentence
    await terminal.keys("enter")
    assert terminal.reports[0].warned == ()


async def test_a_report_without_the_run_that_is_wanted_is_warned_of_and_counted() -> None:
    terminal = terminal_with(RunUse.WANTED)
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    assert Flag.NO_RUN.sentence in [doubt.title for doubt in working(terminal).doubts]
    await terminal.keys("5", "enter")
    assert terminal.reports[0].warned == (Flag.NO_RUN.value,)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(START)
    (run,) = of_kind(terminal.shop, RunStarted)
    assert run.warned == ()
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("7", "enter")
    assert terminal.reports[1].warned == ()


async def test_start_where_nothing_lies_yet_says_so_and_is_no_wall(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    terminal.shop.report(slip, content(10, 12))
    await terminal.scan(step_code(slip, 30))
    await terminal.scan(START)
    await terminal.scan(step_code(slip, 20))
    await terminal.keys("1", "2", "enter")
    await terminal.scan(step_code(slip, 20))
    assert (working(terminal).here, working(terminal).doubts[1:]) == ("HERE 0", ())
    await terminal.scan(START)
    body = terminal.view.body
    assert isinstance(body, Done)
    assert (body.title, body.tone) == ("STARTED", Tone.FLAGGED)
    assert "Nothing is here now: all that came is reported." in body.doubts
    nothing_yet, all_reported = of_kind(terminal.shop, RunStarted)
    assert Flag.STEP_SKIPPED.value in nothing_yet.warned
    assert Flag.NOTHING_HERE.value in all_reported.warned


async def test_start_with_pieces_here_and_a_set_up_before_they_come_warn_of_nothing(
    terminal: Terminal,
) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(START)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("8", "0", "enter")
    terminal.shop.report(slip, content(20, 80))
    await terminal.scan(MACHINE)
    (other,) = terminal.shop.issue(5)
    terminal.shop.report(other, content(10, 5))
    await terminal.scan(step_code(other, 10))
    await terminal.keys("home", "f7")
    assert [run.warned for run in of_kind(terminal.shop, RunStarted)] == [(), ()]


async def test_who_is_not_qualified_is_warned_of_and_again_when_the_operator_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal(with_reasons(a_shop([step(10, skills=("saw",), person=JOHN.person), step(20)])))
    sawyer: Person = JOHN.model_copy(update={"skills": ("saw",)})
    monkeypatch.setattr(shop_memory, "JOHN", sawyer)
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    assert working(terminal).doubts == ()
    await terminal.scan(BOBS_BADGE)
    doubts = {doubt.title: doubt.detail for doubt in working(terminal).doubts}
    assert doubts == {"You are not qualified for this step.": "", Flag.OTHER_PERSON.sentence: JOHN.name}
    await terminal.scan(CREW)
    await terminal.scan(BADGE)
    await terminal.scan(OK)
    assert working(terminal).doubts == (), "with a qualified colleague all is well"
    await terminal.scan(CREW)
    await terminal.scan(BADGE)
    await terminal.scan(OK)
    await terminal.keys("enter")
    assert terminal.reports[0].warned == (Flag.NOT_QUALIFIED.value, Flag.OTHER_PERSON.value)


async def test_a_machine_that_is_down_is_shown_with_since_when_and_why(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(MACHINE)
    await terminal.keys("f11")
    await terminal.scan(encode(TagKind.REASON, JAMMED))
    await terminal.scan(MACHINE)
    notice = terminal.view.notice
    assert notice is not None
    assert (notice.tone, notice.title) == (Tone.FLAGGED, "Saw 1 is reported down.")
    assert notice.detail.endswith(": jammed wood")
    await terminal.scan(step_code(slip, 10))
    (down,) = [doubt for doubt in working(terminal).doubts if doubt.title == Flag.MACHINE_DOWN.sentence]
    assert down.detail == notice.detail


async def test_e20_a_double_enter_is_one_report(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("7", "enter", "enter")
    terminal.now_ms += 100
    await terminal.scan(OK)
    assert len(terminal.reports) == 1


async def test_g1_two_operators_at_one_station_change_over_with_one_scan(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    for badge, name in ((BOBS_BADGE, BOB.name), (BADGE, JOHN.name)):
        await terminal.scan(badge)
        assert terminal.view.header.operator.startswith(name)
        await terminal.scan(step_code(slip, 10))
        await terminal.keys("5", "enter")
    assert [report.by for report in terminal.reports] == [BOB.person, JOHN.person]
    assert terminal.shop.line(slip, 10).good == 10


@pytest.mark.parametrize("leaves", ["enter", "delete"])
async def test_the_machine_of_a_run_that_is_ended_is_not_that_of_the_next_report(
    terminal: Terminal, leaves: str
) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(MACHINE)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("f7", "f12", "f12")
    await terminal.scan(BADGE)
    await terminal.keys("f8", "enter")
    assert terminal.view.header.machine == "Saw 1"
    await terminal.keys("3", "0", leaves)
    assert terminal.view.header.machine == ""
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("5", "enter")
    assert [report.content.machine for report in terminal.reports] == ["saw-1", None][leaves != "enter" :]


async def test_a_machine_that_is_scanned_while_a_run_is_ended_stays(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("f7", "f8", "enter")
    await terminal.scan(MACHINE)
    await terminal.keys("3", "0", "enter")
    assert (terminal.reports[-1].content.machine, terminal.view.header.machine) == ("saw-1", "Saw 1")

"""What goes on and what stands still is seen: on the free screen, at the scan of a slip, and at SIGN OFF."""

from dataclasses import replace

import pytest

from floor.commands import StartRun
from floor.events import MachineDefined, RunKind, RunPaused
from floor.flags import Flag
from floor.tags import CommandWord, TagKind, encode, step_code
from kiosk.dialogue.view import Choosing, Tone, Waiting
from tests.floor.shop import MOMENT, a_shop
from tests.kiosk.at_terminal import command, signed_on, working
from tests.kiosk.shop_memory import BADGE, BOB, EVE, JAMMED, JOHN, MACHINE, Terminal, with_reasons

BOBS_BADGE = encode(TagKind.PERSON, BOB.badge)
EVES_BADGE = encode(TagKind.PERSON, EVE.badge)
ELSEWHERE = "c" * 32
START = command(CommandWord.START)
SIGN_OFF = command(CommandWord.SIGN_OFF)
OK = command(CommandWord.OK)
CREW = command(CommandWord.CREW)


@pytest.fixture
async def terminal() -> Terminal:
    made = Terminal(with_reasons(a_shop()))
    await made.conversation.start()
    return made


async def started(terminal: Terminal) -> str:
    """John has a run open at the saw."""
    slip = await signed_on(terminal)
    await terminal.scan(MACHINE)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(START)
    await terminal.keys("enter")
    return slip


async def open_lines(terminal: Terminal) -> list[tuple[Tone, str, str]]:
    """What the free screen says a second later."""
    await terminal.conversation.refresh()
    body = terminal.view.body
    assert isinstance(body, Waiting), body
    return [(line.tone, line.title, line.detail) for line in body.open]


def leaving(terminal: Terminal) -> Choosing:
    body = terminal.view.body
    assert isinstance(body, Choosing), body
    return body


# The free screen


async def test_the_free_screen_says_what_goes_on_here_and_whose_it_is(terminal: Terminal) -> None:
    await started(terminal)
    ((tone, title, detail),) = await open_lines(terminal)
    assert (tone, title) == (Tone.FOCUS, "Your run is open:")
    assert detail.startswith("1001  step 10  since ")
    assert detail.endswith("  Saw 1")
    await terminal.scan(BOBS_BADGE)
    ((tone, title, _detail),) = await open_lines(terminal)
    assert (tone, title) == (Tone.PLAIN, f"{JOHN.name} works on:")
    await terminal.scan(SIGN_OFF)
    assert len(await open_lines(terminal)) == 1, "whoever comes next sees it before any badge"
    await terminal.scan(BADGE)
    await terminal.keys("f8", "enter", "8", "0", "enter", "enter")
    assert await open_lines(terminal) == []


async def test_a_machine_that_stands_is_said_before_every_run(terminal: Terminal) -> None:
    await started(terminal)
    await terminal.keys("f11")
    await terminal.scan(encode(TagKind.REASON, JAMMED))
    await terminal.keys("enter")
    (tone, title, detail), *runs = await open_lines(terminal)
    assert (tone, title) == (Tone.FLAGGED, "Saw 1 is reported down.")
    assert detail.endswith(": jammed wood")
    assert len(runs) == 1
    await terminal.keys("f11", "enter")
    assert len(await open_lines(terminal)) == 1


async def test_what_another_work_centre_does_is_not_said_here_but_ones_own_is(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    terminal.shop.plant.learn(
        MachineDefined(at=MOMENT, machine="mill", name="Mill", work_centre="WC20", code="MMMMMM")
    )
    for person, machine in ((BOB, "mill"), (JOHN, "mill"), (EVE, "saw-1")):
        run = StartRun(
            intent=terminal.shop.new_id(),
            by=person.person,
            slip=slip,
            step=20,
            machine=machine,
            operators=(person.person,),
            run_kind=RunKind.PRODUCTION,
        )
        (fact,) = terminal.shop.do(run, ELSEWHERE)
        terminal.shop.facts[-1] = replace(fact, station="sanding-1")
    titles = [title for _tone, title, _detail in await open_lines(terminal)]
    assert titles == ["Your run is open:", f"{EVE.name} works on:"]


# At the scan


async def test_a_run_of_somebody_else_on_the_slip_is_warned_of_at_the_scan(terminal: Terminal) -> None:
    slip = await started(terminal)
    await terminal.scan(BOBS_BADGE)
    await terminal.scan(step_code(slip, 10))
    doubts = {doubt.title: doubt.detail for doubt in working(terminal).doubts}
    assert doubts[Flag.OTHERS_RUN.sentence].startswith(f"{JOHN.name} since ")
    await terminal.scan(BADGE)
    assert working(terminal).doubts == (), "it is one's own"
    await terminal.scan(BOBS_BADGE)
    await terminal.keys("5", "enter")
    assert Flag.OTHERS_RUN.value in terminal.reports[0].warned
    assert terminal.shop.line(slip, 10).good == 5, "it is no wall"
    await terminal.scan(step_code(slip, 20))
    assert Flag.OTHERS_RUN.sentence not in [doubt.title for doubt in working(terminal).doubts]


async def test_whoever_works_in_the_crew_of_a_run_is_not_warned_of_it(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    for code in (step_code(slip, 10), CREW, BOBS_BADGE, OK, START, OK, BOBS_BADGE, step_code(slip, 10)):
        await terminal.scan(code)
    assert working(terminal).doubts == ()


# SIGN OFF


async def test_sign_off_says_which_run_is_open_and_enter_leaves_it_so(terminal: Terminal) -> None:
    await started(terminal)
    await terminal.keys("f12")
    page = leaving(terminal)
    assert page.title == "You have 1 run open"
    assert [row.cells[:1] for row in page.rows] == [
        ("Leave it open, sign off",),
        ("Pause it",),
        ("End it: what was made?",),
    ]
    assert page.rows[1].cells[2:] == ("1001", "10", "Saw 1", "production")
    assert terminal.view.header.operator, "nobody has left yet"
    await terminal.keys("enter")
    assert terminal.view.header.operator == ""
    assert len(await terminal.memory.open_runs()) == 1


async def test_sign_off_twice_is_no_wall_and_escape_stays(terminal: Terminal) -> None:
    await started(terminal)
    await terminal.scan(SIGN_OFF)
    await terminal.keys("escape")
    assert terminal.view.header.operator.startswith(JOHN.name)
    await terminal.scan(SIGN_OFF)
    await terminal.scan(SIGN_OFF)
    assert terminal.view.header.operator == ""
    assert not any(isinstance(fact.event, RunPaused) for fact in terminal.shop.facts)


async def test_at_sign_off_each_of_several_runs_is_paused_and_then_one_leaves(terminal: Terminal) -> None:
    slip = await started(terminal)
    await terminal.scan(step_code(slip, 20))
    await terminal.scan(START)
    await terminal.keys("enter", "f12")
    assert leaving(terminal).title == "You have 2 runs open"
    await terminal.keys("2", "enter")
    assert [row.cells[3] for row in leaving(terminal).rows[1:]] == ["20", "20"]
    await terminal.keys("2", "enter")
    assert terminal.view.header.operator == ""
    assert all(run.paused for run in await terminal.memory.open_runs())
    await terminal.scan(BADGE)
    await terminal.keys("f12")
    assert terminal.view.header.operator == "", "what is paused waits on purpose"


async def test_at_sign_off_a_run_is_ended_by_its_report(terminal: Terminal) -> None:
    await started(terminal)
    await terminal.keys("f12", "3", "enter")
    assert any("ENDS" in mark for mark in working(terminal).marks)
    await terminal.keys("7", "enter")
    assert terminal.reports[0].ends_run
    await terminal.keys("f12")
    assert terminal.view.header.operator == ""

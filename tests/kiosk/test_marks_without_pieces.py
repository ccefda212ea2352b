"""A crew, DONE, PART or the kind of a run, without any quantity: kept and asked for like the rest."""

import pytest

from floor.events import RunKind, RunStarted
from floor.refusals import Refusal
from floor.tags import CommandWord, TagKind, encode, slip_code, slip_name, step_code
from kiosk.dialogue.view import Waiting
from tests.floor.shop import a_shop
from tests.kiosk.at_terminal import command, refused, working
from tests.kiosk.shop_memory import BADGE, BOB, Terminal, with_reasons

BOBS = encode(TagKind.PERSON, BOB.badge)
CREW = (command(CommandWord.CREW), BOBS, command(CommandWord.OK))
SAID = [
    (CREW, "with Bob [b]Stone[/b]"),
    ((command(CommandWord.PART),), "PART of the step"),
    ((command(CommandWord.SETUP),), "set-up"),
]


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop()))


async def said(terminal: Terminal, codes: tuple[str, ...]) -> tuple[str, str]:
    """Two slips; on the first one something is said without a quantity."""
    first, second = terminal.shop.issue(80)[0], terminal.shop.issue(20)[0]
    await terminal.scan(BADGE)
    await terminal.scan(step_code(first, 10))
    for code in codes:
        await terminal.scan(code)
    return first, second


@pytest.mark.parametrize(("codes", "mark"), SAID)
async def test_another_slip_does_not_drop_it(terminal: Terminal, codes: tuple[str, ...], mark: str) -> None:
    first, second = await said(terminal, codes)
    await terminal.scan(slip_code(second, "B"))
    assert refused(terminal) == Refusal.REPORT_UNFINISHED.sentence
    assert mark in working(terminal).marks
    assert working(terminal).slip == slip_name(first)


@pytest.mark.parametrize(("codes", "mark"), SAID)
async def test_it_survives_a_power_cut(terminal: Terminal, codes: tuple[str, ...], mark: str) -> None:
    await said(terminal, codes)
    terminal.conversation = terminal.new_conversation(terminal.memory)
    await terminal.conversation.start()
    await terminal.scan(BADGE)
    assert mark in working(terminal).marks


@pytest.mark.parametrize(("codes", "mark"), SAID)
async def test_whoever_takes_over_leaves_it_to_its_owner(
    terminal: Terminal, codes: tuple[str, ...], mark: str
) -> None:
    await said(terminal, codes)
    await terminal.scan(BOBS)
    assert isinstance(terminal.view.body, Waiting)
    await terminal.scan(BADGE)
    assert mark in working(terminal).marks


@pytest.mark.parametrize(("codes", "mark"), SAID)
async def test_escape_takes_it_back_and_then_another_slip_opens(
    terminal: Terminal, codes: tuple[str, ...], mark: str
) -> None:
    _first, second = await said(terminal, codes)
    await terminal.keys("escape")
    assert mark not in working(terminal).marks
    assert not terminal.memory.saved
    await terminal.scan(step_code(second, 10))
    assert working(terminal).slip == slip_name(second)


async def test_start_takes_crew_and_kind_along_and_leaves_no_draft(terminal: Terminal) -> None:
    await said(terminal, (*CREW, command(CommandWord.SETUP), command(CommandWord.START)))
    (started,) = [fact.event for fact in terminal.shop.facts if isinstance(fact.event, RunStarted)]
    assert (started.operators, started.run_kind) == (("4711", "4712"), RunKind.SETUP)
    assert not terminal.memory.saved


async def test_start_does_not_drop_that_the_step_is_done(terminal: Terminal) -> None:
    await said(terminal, (command(CommandWord.DONE), command(CommandWord.START)))
    assert refused(terminal) == Refusal.REPORT_UNFINISHED.sentence
    assert "STEP DONE" in working(terminal).marks


async def test_another_step_of_the_slip_keeps_the_crew(terminal: Terminal) -> None:
    first, _second = await said(terminal, CREW)
    await terminal.scan(step_code(first, 20))
    assert working(terminal).step.startswith("step 20")
    assert "with Bob [b]Stone[/b]" in working(terminal).marks

"""Numbers that nobody can have meant: asked about wherever a number is said, with No marked.

Never a number that can be meant.
"""

from decimal import Decimal

import pytest

from floor.events import ReportCorrected, SlipIssued
from floor.flags import Flag
from floor.people import Person
from floor.refusals import Refusal
from floor.tags import CommandWord, TagKind, encode, slip_code, step_code
from kiosk.dialogue.view import Choosing
from tests.floor.shop import a_shop, content, step
from tests.kiosk.at_terminal import command, refused, signed_on, working
from tests.kiosk.shop_memory import BADGE, EVE, PIN, Terminal, with_reasons

SUPERVISOR = encode(TagKind.PERSON, EVE.badge)


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop()))


def asked(terminal: Terminal) -> Choosing:
    body = terminal.view.body
    assert isinstance(body, Choosing), body
    assert body.title.endswith("is that right?"), body.title
    assert body.rows[body.chosen].cells[0].startswith("No")
    return body


async def test_a_correction_to_an_absurd_number_is_asked_about(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("7", "6", "enter", "enter")
    await terminal.scan(command(CommandWord.CORRECT))
    await terminal.keys("enter", "7", "6", "7", "6", "enter")
    asked(terminal)
    await terminal.keys("enter")
    corrected = [fact for fact in terminal.shop.facts if isinstance(fact.event, ReportCorrected)]
    assert corrected == []
    await terminal.keys("enter", "2", "enter")
    (said,) = [fact.event for fact in terminal.shop.facts if isinstance(fact.event, ReportCorrected)]
    assert said.content is not None
    assert said.content.good == Decimal(7676)


async def test_an_absurd_number_from_paper_is_asked_about(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    await terminal.scan(SUPERVISOR)
    await terminal.scan(command(CommandWord.FROM_PAPER))
    await terminal.keys(*PIN, "enter")
    await terminal.scan(slip_code(slip, "B"))
    await terminal.scan(BADGE)
    await terminal.keys(*"8080", "enter", "enter")
    asked(terminal)
    await terminal.keys("enter")
    assert terminal.reports == []
    await terminal.keys(*"80", "enter", "enter")
    assert [report.content.good for report in terminal.reports] == [Decimal(80)]


async def test_many_times_what_the_order_wants_is_asked_about_at_the_desk(terminal: Terminal) -> None:
    await terminal.scan(SUPERVISOR)
    await terminal.keys("f10", *PIN, "enter", "enter")
    body = terminal.view.body
    assert isinstance(body, Choosing)
    other = [row.cells[0] for row in body.rows].index("Other quantity")
    before = len(issued(terminal))
    await terminal.keys(str(other + 1), "enter", *"90000", "enter")
    asked(terminal)
    await terminal.keys("enter")
    assert len(issued(terminal)) == before
    await terminal.keys(*"90000", "enter", "2", "enter")
    assert issued(terminal)[-1].quantity == Decimal(90000)


def issued(terminal: Terminal) -> list[SlipIssued]:
    return [fact.event for fact in terminal.shop.facts if isinstance(fact.event, SlipIssued)]


async def test_the_menu_over_the_desk_leads_back_to_the_desk(terminal: Terminal) -> None:
    await terminal.scan(SUPERVISOR)
    await terminal.keys("f10", *PIN, "enter")
    desk = terminal.view.body
    await terminal.keys("insert")
    assert terminal.view.body != desk
    await terminal.keys("insert", "escape")
    assert terminal.view.body == desk


async def test_backspace_with_nothing_to_take_away_answers_nothing(terminal: Terminal) -> None:
    await terminal.scan(SUPERVISOR)
    await terminal.keys("f10")
    question = terminal.view.body
    await terminal.keys("backspace")
    assert terminal.view.body == question


async def test_a_takeover_is_said(terminal: Terminal) -> None:
    await terminal.scan(BADGE)
    await terminal.scan(SUPERVISOR)
    notice = terminal.view.notice
    assert notice is not None
    assert notice.title == "Eve took over from John Miller"


async def test_a_terminal_that_received_no_people_yet_says_so(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nobody(*_asked: object) -> dict[str, Person]:
        return {}

    monkeypatch.setattr(terminal.memory, "people", nobody)
    await terminal.scan(encode(TagKind.PERSON, "XXXXXX"))
    assert refused(terminal) == Refusal.NOBODY_KNOWN_YET.sentence


async def test_crew_with_a_run_open_and_no_slip_says_what_to_do(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("f7", "enter")
    await terminal.scan(command(CommandWord.CREW))
    notice = terminal.view.notice
    assert notice is not None
    assert notice.detail == "Your run is open: scan its slip, then CREW."


async def test_whoever_is_not_qualified_is_told_so_and_the_pieces_come_first() -> None:
    steps = [step(10, skills=("saw",), person="4712"), step(20)]
    terminal = Terminal(with_reasons(a_shop(steps)))
    slip = await signed_on(terminal)
    terminal.shop.report(slip, content(10, 80, final=True))
    await terminal.scan(step_code(slip, 10))
    said = [doubt.title for doubt in working(terminal).doubts]
    assert "You are not qualified for this step." in said
    assert said.index(Flag.ALREADY_DONE.sentence) < said.index(Flag.OTHER_PERSON.sentence)

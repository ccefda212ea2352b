"""Two people at one terminal, and one who went away: no report is lost, and none changes hands unseen."""

import pytest

from floor.refusals import Refusal
from floor.tags import CommandWord, TagKind, encode, step_code
from kiosk.dialogue.report.slots import Slots
from kiosk.dialogue.view import Waiting, Working
from tests.floor.shop import a_shop
from tests.kiosk.at_terminal import command, digit, refused
from tests.kiosk.shop_memory import BADGE, BOB, JOHN, MACHINE, REASON, Terminal, with_reasons

BOBS_BADGE = encode(TagKind.PERSON, BOB.badge)
MINUTE = 60_000


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop()))


async def begun(terminal: Terminal) -> str:
    """John has entered four scrap on a slip; nothing is recorded."""
    (slip,) = terminal.shop.issue(80)
    await terminal.scan(BADGE)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4")
    await terminal.scan(REASON)
    return slip


def working(terminal: Terminal) -> Working:
    body = terminal.view.body
    assert isinstance(body, Working)
    return body


async def test_another_badge_puts_the_report_aside_and_its_owner_gets_it_back(terminal: Terminal) -> None:
    await begun(terminal)
    await terminal.scan(BOBS_BADGE)
    assert isinstance(terminal.view.body, Waiting)
    assert terminal.view.notice is not None
    assert "John Miller" in terminal.view.notice.title
    await terminal.scan(BADGE)
    assert working(terminal).scrap.text == "4"
    await terminal.keys("enter")
    assert [report.content.operators for report in terminal.reports] == [("4711",)]


async def test_each_of_two_operators_has_a_report_of_his_own(terminal: Terminal) -> None:
    await begun(terminal)
    (other,) = terminal.shop.issue(20)
    await terminal.scan(BOBS_BADGE)
    await terminal.scan(step_code(other, 10))
    await terminal.keys("7", "f4")
    await terminal.scan(BADGE)
    assert working(terminal).scrap.text == "4"
    await terminal.keys("enter")
    await terminal.scan(BOBS_BADGE)
    assert working(terminal).scrap.text == "7"
    await terminal.keys("enter")
    by = [(report.by, report.content.scrap[0].quantity) for report in terminal.reports]
    assert by == [("4711", 4), (BOB.person, 7)]


async def test_a_number_nobody_explained_is_good_when_its_owner_comes_back(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    await terminal.scan(BADGE)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("6", "0", "f2")
    await terminal.scan(BOBS_BADGE)
    await terminal.scan(BADGE)
    assert working(terminal).good.text == "60"


@pytest.mark.parametrize("leaves", ["done", "badge"])
async def test_a_number_after_scrap_alone_is_scrap_whatever_comes_next(
    terminal: Terminal, leaves: str
) -> None:
    (slip,) = terminal.shop.issue(80)
    await terminal.scan(BADGE)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(command(CommandWord.SCRAP))
    if leaves == "done":
        await terminal.keys("4", "f3")
    else:
        await terminal.keys("4", "f2", "escape")
        await terminal.scan(BOBS_BADGE)
        await terminal.scan(BADGE)
    body = working(terminal)
    assert (body.good.text, body.scrap.text) == ("76", "4")


async def test_a_slip_on_the_screen_goes_to_the_next_badge_when_nothing_was_entered(
    terminal: Terminal,
) -> None:
    (slip,) = terminal.shop.issue(80)
    await terminal.scan(BADGE)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(BOBS_BADGE)
    await terminal.keys("enter")
    assert [report.by for report in terminal.reports] == [BOB.person]


async def test_g2_who_walks_away_from_a_report_finds_it_again(terminal: Terminal) -> None:
    await begun(terminal)
    terminal.now_ms += 3 * MINUTE
    await terminal.conversation.refresh()
    body = terminal.view.body
    assert isinstance(body, Waiting)
    assert "John Miller" in body.detail
    assert terminal.view.header.operator == ""
    assert len(terminal.memory.saved) == 1
    await terminal.scan(BADGE)
    assert working(terminal).scrap.text == "4"


async def test_g2_a_number_that_was_scanned_digit_by_digit_is_kept_for_who_walked_away(
    terminal: Terminal,
) -> None:
    (slip,) = terminal.shop.issue(80)
    await terminal.scan(BADGE)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(digit(6))
    await terminal.scan(digit(0))
    terminal.now_ms += 3 * MINUTE
    await terminal.conversation.refresh()
    await terminal.scan(BADGE)
    assert working(terminal).good.text == "60"
    assert terminal.reports == []


async def test_digits_that_answer_a_question_are_no_pieces_when_somebody_walks_away(
    terminal: Terminal,
) -> None:
    (slip,) = terminal.shop.issue(80)
    await terminal.scan(BADGE)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4", "f4")
    await terminal.scan(command(CommandWord.MATERIAL))
    await terminal.scan(digit(7))
    terminal.now_ms += 3 * MINUTE
    await terminal.conversation.refresh()
    await terminal.scan(BADGE)
    assert (working(terminal).good.text, working(terminal).scrap.text) == ("76", "4")


async def test_what_nobody_began_is_from_now_on_that_ones_who_signs_on(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4", "f4")
    await terminal.scan(BADGE)
    [draft] = terminal.memory.saved.values()
    assert Slots.model_validate_json(draft.slots).operator == JOHN.person


async def test_nothing_is_put_aside_before_its_time(terminal: Terminal) -> None:
    await begun(terminal)
    terminal.now_ms += 3 * MINUTE - 1_000
    await terminal.conversation.refresh()
    assert working(terminal).scrap.text == "4"


async def test_what_was_put_aside_survives_a_power_cut(terminal: Terminal) -> None:
    await begun(terminal)
    await terminal.scan(BOBS_BADGE)
    again = Terminal(terminal.shop)
    again.memory.saved = terminal.memory.saved
    await again.conversation.start()
    await again.scan(BADGE)
    assert working(again).scrap.text == "4"
    assert again.view.header.operator == "John Miller 4711"


async def test_escape_on_a_report_that_was_brought_back_keeps_the_slip(terminal: Terminal) -> None:
    await begun(terminal)
    await terminal.scan(BOBS_BADGE)
    await terminal.scan(BADGE)
    await terminal.keys("escape")
    assert working(terminal).scrap.text == "0"
    assert terminal.memory.saved == {}


async def test_a_machine_that_was_scanned_stays_with_whoever_scanned_it(terminal: Terminal) -> None:
    await terminal.scan(BADGE)
    await terminal.scan(MACHINE)
    assert terminal.view.header.machine == "Saw 1"
    await terminal.scan(BOBS_BADGE)
    assert terminal.view.header.machine == ""


async def test_e1_an_unknown_badge_is_refused_by_name_and_signs_nobody_on_or_off(terminal: Terminal) -> None:
    unknown = encode(TagKind.PERSON, "XXXXXX")
    await terminal.scan(unknown)
    assert refused(terminal) == Refusal.UNKNOWN_BADGE.sentence
    assert terminal.view.header.operator == ""
    await terminal.scan(BADGE)
    await terminal.scan(unknown)
    assert refused(terminal) == Refusal.UNKNOWN_BADGE.sentence
    assert terminal.view.header.operator.startswith(JOHN.name)

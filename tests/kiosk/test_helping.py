"""HELP says what can be scanned now, at each moment, and takes nothing away by saying it."""

from typing import Final

import pytest

from floor.tags import CommandWord, TagKind, encode, step_code
from kiosk.dialogue.view import Asking, Choosing, Helping, Waiting
from tests.floor.shop import a_shop
from tests.kiosk.at_terminal import command, signed_on, working
from tests.kiosk.shop_memory import BADGE, EVE, PIN, REASON, Terminal, with_reasons

SUPERVISOR: Final = encode(TagKind.PERSON, EVE.badge)
HELP: Final = command(CommandWord.HELP)


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop()))


def helped(terminal: Terminal) -> dict[str, str]:
    body = terminal.view.body
    assert isinstance(body, Helping), body
    return dict(body.lines)


async def test_before_anybody_signed_on_it_asks_for_a_badge_first(terminal: Terminal) -> None:
    await terminal.scan(HELP)
    assert next(iter(helped(terminal))) == "your badge"
    assert "F3" not in helped(terminal)
    await terminal.scan(BADGE)
    assert isinstance(terminal.view.body, Waiting)
    assert terminal.view.header.operator, "the scan that closes the page counts"


async def test_with_a_badge_it_names_the_slip_first_and_the_desk_to_supervisors_only(
    terminal: Terminal,
) -> None:
    await signed_on(terminal)
    await terminal.keys("f1")
    assert next(iter(helped(terminal))) == "the slip, or a step on it"
    assert "F10" not in helped(terminal)
    await terminal.scan(SUPERVISOR)
    await terminal.keys("f1")
    assert "F10" in helped(terminal)


async def test_at_a_report_it_says_what_enter_would_record(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("f1")
    assert helped(terminal)["ENTER"] == "records 80 good"
    await terminal.keys("escape")
    assert working(terminal).good.text == "80"


async def test_after_a_number_it_says_what_that_number_can_become(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4", "f1")
    lines = helped(terminal)
    assert lines["a reason"] == "4 are scrap for that reason"
    assert set(lines) >= {"ENTER", "F4", "F5", "F6", "ESC"}
    await terminal.scan(REASON)
    assert working(terminal).scrap.text == "4"


async def test_a_slip_without_its_operator_wants_a_badge(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("f1")
    assert list(helped(terminal))[:1] == ["your badge"]


async def test_a_list_stays_behind_its_help(terminal: Terminal) -> None:
    await signed_on(terminal)
    await terminal.keys("insert", "down", "f1")
    assert "the number of a line" in helped(terminal)
    await terminal.keys("escape")
    body = terminal.view.body
    assert isinstance(body, Choosing)
    assert body.chosen == 1
    await terminal.keys("f1", "down")
    body = terminal.view.body
    assert isinstance(body, Choosing)
    assert body.chosen == 2, "a key that closes the help counts"


async def test_a_list_that_takes_reasons_says_so(terminal: Terminal) -> None:
    await signed_on(terminal)
    await terminal.scan(encode(TagKind.MACHINE, "DDDDDD"))
    await terminal.keys("f11", "f1")
    assert helped(terminal)["a reason"] == "chooses it"


async def test_a_question_stays_behind_its_help_and_a_pin_is_typed(terminal: Terminal) -> None:
    await terminal.scan(SUPERVISOR)
    await terminal.keys("f10", "f1")
    assert "nobody scans a PIN" in helped(terminal)["the answer"]
    await terminal.keys("escape")
    assert isinstance(terminal.view.body, Asking)
    await terminal.keys(*PIN, "enter")
    assert isinstance(terminal.view.body, Choosing)
    await terminal.keys("f1")
    assert "ENTER" in helped(terminal)


async def test_help_twice_shows_everything_and_three_times_nothing(terminal: Terminal) -> None:
    await terminal.keys("f1")
    now = helped(terminal)
    await terminal.scan(HELP)
    assert helped(terminal) != now
    assert "F9 undo" in helped(terminal)
    await terminal.keys("f1")
    assert isinstance(terminal.view.body, Waiting)


async def test_in_training_it_says_first_how_to_end_it(terminal: Terminal) -> None:
    await signed_on(terminal)
    await terminal.scan(command(CommandWord.TRAINING))
    await terminal.keys("f1")
    assert next(iter(helped(terminal))) == "TRAINING"

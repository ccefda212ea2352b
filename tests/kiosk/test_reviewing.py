"""Pieces in review are decided about by a supervisor: with keys alone and with scans alone."""

import pytest

from floor.events import ReasonDefined, ReasonUse, ReviewDecided, ReviewFate
from floor.refusals import Refusal
from floor.tags import CommandWord, TagKind, encode, hold_code, step_code
from kiosk.dialogue.desk.leading import PERMISSION_MS
from kiosk.dialogue.view import Done, Tone, Waiting
from tests.floor.shop import MOMENT, a_shop, content
from tests.kiosk.at_terminal import asking, choosing, command, refused, working
from tests.kiosk.shop_memory import BADGE, EVE, PIN, REASON, Terminal, with_reasons

EVES_BADGE = encode(TagKind.PERSON, EVE.badge)
AGAIN = "RRRRRR"


@pytest.fixture
def reviewing() -> Terminal:
    shop = with_reasons(a_shop())
    reason = ReasonDefined(at=MOMENT, reason="rough", name="Rough", uses=(ReasonUse.REWORK,), code=AGAIN)
    shop.plant.learn(reason)
    return Terminal(shop)


async def set_aside(terminal: Terminal) -> str:
    await terminal.conversation.start()
    slip = terminal.shop.issue(80)[0]
    terminal.shop.report(slip, content(10, 70, review=10))
    return slip


async def led(terminal: Terminal) -> None:
    await terminal.scan(EVES_BADGE)
    await terminal.keys(*PIN, "enter")


def decisions(terminal: Terminal) -> list[tuple[object, ...]]:
    return [
        (one.fate, one.quantity, one.reason, one.caused_at, one.to_step, one.by)
        for one in [fact.event for fact in terminal.shop.facts if isinstance(fact.event, ReviewDecided)]
    ]


async def test_the_tag_of_pieces_set_aside_opens_their_decision_behind_a_supervisors_pin(
    reviewing: Terminal,
) -> None:
    slip = await set_aside(reviewing)
    await reviewing.scan(hold_code(slip, 10))
    assert choosing(reviewing).title == "10 in review at step 10"
    await led(reviewing)
    await reviewing.keys("4", "enter", "enter")
    assert decisions(reviewing) == [(ReviewFate.GOOD, 4, None, None, None, EVE.person)]
    body = reviewing.view.body
    assert isinstance(body, Done)
    assert (body.title, body.figures, body.tone) == ("DECIDED", "4 good", Tone.TAKEN)
    line = reviewing.shop.line(slip, 10)
    assert (line.good, line.review) == (74, 6)


async def test_who_decides_about_a_part_stays_with_the_pieces_that_are_left(reviewing: Terminal) -> None:
    slip = await set_aside(reviewing)
    await reviewing.scan(hold_code(slip, 10))
    await led(reviewing)
    await reviewing.keys("4", "enter", "enter")
    await reviewing.keys("enter")
    page = asking(reviewing)
    assert (page.title, page.text) == ("6 in review at step 10", "")
    await reviewing.keys("enter", "2", "enter", "2", "enter", "1", "enter")
    assert decisions(reviewing) == [
        (ReviewFate.GOOD, 4, None, None, None, EVE.person),
        (ReviewFate.SCRAP, 6, None, 10, None, EVE.person),
    ]
    await reviewing.keys("enter")
    assert isinstance(reviewing.view.body, Waiting), "with nothing left the slip is put away"


async def test_g7_a_supervisors_word_on_the_pieces_that_are_left_is_good_for_a_minute(
    reviewing: Terminal,
) -> None:
    slip = await set_aside(reviewing)
    await reviewing.scan(hold_code(slip, 10))
    await led(reviewing)
    await reviewing.keys("4", "enter", "enter", "enter")
    reviewing.now_ms += PERMISSION_MS
    await reviewing.keys("enter")
    assert refused(reviewing) == Refusal.PERMISSION_OVER.sentence
    assert choosing(reviewing).title == "6 in review at step 10"
    assert len(decisions(reviewing)) == 1
    await led(reviewing)
    assert asking(reviewing).title == "6 in review at step 10"


async def test_scrap_names_its_reason_and_the_step_that_caused_it(reviewing: Terminal) -> None:
    slip = await set_aside(reviewing)
    reviewing.shop.report(slip, content(20, 60, review=5))
    await reviewing.scan(hold_code(slip, 20))
    await led(reviewing)
    await reviewing.scan(command(CommandWord.OK))  # all five
    await reviewing.scan(command(CommandWord.NEXT))
    await reviewing.scan(command(CommandWord.OK))
    await reviewing.scan(encode(TagKind.REASON, AGAIN))
    assert refused(reviewing) == Refusal.REASON_NOT_FOR_THIS.sentence
    await reviewing.scan(REASON)
    assert choosing(reviewing).chosen == 1
    await reviewing.keys("1", "enter")
    assert decisions(reviewing) == [(ReviewFate.SCRAP, 5, "split", 10, None, EVE.person)]
    assert reviewing.shop.flags() == []


async def test_rework_goes_to_a_step_with_a_reason_and_review_alone_opens_the_decision_too(
    reviewing: Terminal,
) -> None:
    slip = await set_aside(reviewing)
    await reviewing.scan(BADGE)
    await reviewing.scan(step_code(slip, 20))
    await reviewing.keys("f6")
    await reviewing.keys("1", "enter", *PIN, "enter")
    await reviewing.keys("3", "enter", "3", "enter", "1", "enter", "1", "enter")
    assert decisions(reviewing) == [(ReviewFate.REWORK, 3, "rough", None, 10, EVE.person)]
    line = reviewing.shop.line(slip, 10)
    assert (line.rework_out, line.review, line.rework_in) == (3, 7, 3)
    assert reviewing.view.header.operator.endswith("4711")


async def test_a_wrong_pin_and_escape_decide_nothing(reviewing: Terminal) -> None:
    slip = await set_aside(reviewing)
    await reviewing.scan(hold_code(slip, 10))
    await reviewing.scan(BADGE)
    assert refused(reviewing) == Refusal.SUPERVISOR_ONLY.sentence
    await reviewing.scan(EVES_BADGE)
    await reviewing.keys("1", "enter")
    assert refused(reviewing) == Refusal.PIN_WRONG.sentence
    await reviewing.keys("escape", "escape", "escape")
    assert isinstance(reviewing.view.body, Waiting)
    assert decisions(reviewing) == []


async def test_more_decided_than_set_aside_says_so_and_is_flagged(reviewing: Terminal) -> None:
    slip = await set_aside(reviewing)
    await reviewing.scan(hold_code(slip, 10))
    await led(reviewing)
    await reviewing.keys("1", "1", "enter", "enter")
    body = reviewing.view.body
    assert isinstance(body, Done)
    assert (body.tone, len(body.doubts)) == (Tone.FLAGGED, 1)
    assert reviewing.shop.flag_names() == ["made_over", "review_overdrawn"]


async def test_a_tag_of_a_slip_that_nobody_knows_is_decided_all_the_same_and_flagged(
    reviewing: Terminal,
) -> None:
    await reviewing.conversation.start()
    await reviewing.scan(hold_code("XXXXXXXX", 20))
    await led(reviewing)
    await reviewing.keys("enter")
    assert refused(reviewing) == Refusal.NOT_A_QUANTITY.sentence
    await reviewing.keys("2", "enter", "2", "enter", "2", "enter", "enter")
    assert decisions(reviewing) == [(ReviewFate.SCRAP, 2, None, 20, None, EVE.person)]


async def test_a_tag_does_not_wipe_out_an_unfinished_report(reviewing: Terminal) -> None:
    slip = await set_aside(reviewing)
    await reviewing.scan(BADGE)
    await reviewing.scan(step_code(slip, 10))
    await reviewing.keys("4", "f4")
    await reviewing.scan(hold_code(slip, 10))
    assert refused(reviewing) == Refusal.REPORT_UNFINISHED.sentence
    assert working(reviewing).scrap.text == "4"

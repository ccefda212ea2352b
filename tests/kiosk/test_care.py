"""Counted on arrival, checked, shown how: with keys alone and with scans alone."""

from decimal import Decimal

import pytest

from floor.events import (
    ArrivalCounted,
    CheckMade,
    InstructionsDefined,
)
from floor.flags import Flag
from floor.refusals import Refusal
from floor.routing import CheckKind
from floor.tags import CommandWord, TagKind, encode, step_code
from kiosk.dialogue.view import Helping, Tone
from tests.floor.shop import ITEM, MOMENT, a_shop, content, step
from tests.kiosk.at_terminal import asking, choosing, command, digit, refused, signed_on, working
from tests.kiosk.shop_memory import BADGE, EVE, Terminal, with_reasons

EVES_BADGE = encode(TagKind.PERSON, EVE.badge)
AGAIN = "RRRRRR"
DEPTH = {
    "check": "1",
    "name": "Depth",
    "kind": CheckKind.MEASURED,
    "low": "-0.5",
    "high": "0.5",
    "unit": "mm",
}
FINISH = {"check": "2", "name": "Finish without fault"}


def recorded(terminal: Terminal, kind: type) -> list:
    return [fact.event for fact in terminal.shop.facts if isinstance(fact.event, kind)]


# Counting on arrival


@pytest.fixture
def counting() -> Terminal:
    steps = [step(10), step(20, count_on_arrival=True), step(30)]
    return Terminal(with_reasons(a_shop(steps)), work_centre="WC20")


async def arrived(terminal: Terminal) -> str:
    slip = await signed_on(terminal)
    terminal.shop.report(slip, content(10, 80, final=True))
    await terminal.scan(step_code(slip, 20))
    return slip


async def test_the_scan_asks_how_many_arrived_and_the_proposal_goes_by_it(counting: Terminal) -> None:
    slip = await arrived(counting)
    assert asking(counting).question == "How many arrived?"
    await counting.keys("7", "8", "enter")
    (count,) = recorded(counting, ArrivalCounted)
    assert (count.quantity, count.step, count.operators) == (78, 20, ("4711",))
    assert (counting.view.notice and counting.view.notice.tone) is Tone.FLAGGED
    assert working(counting).good.text == "78"
    (flag,) = counting.shop.flags()
    assert (flag.flag, flag.amount) == (Flag.ARRIVAL_DIFFERS, 2)
    await counting.keys("enter")
    assert counting.reports[-1].content.good == 78
    await counting.scan(step_code(slip, 20))
    assert working(counting).good.text == "-", "nothing is proposed of what never arrived"


async def test_enter_takes_what_was_passed_on_and_it_is_asked_once(counting: Terminal) -> None:
    slip = await arrived(counting)
    await counting.scan(command(CommandWord.OK))
    assert recorded(counting, ArrivalCounted)[0].quantity == 80
    assert counting.shop.flags() == []
    await counting.keys("1", "enter")
    await counting.scan(step_code(slip, 20))
    assert working(counting).good.text == "79"


@pytest.mark.parametrize("go_on", ["escape", "card", "another scan"])
async def test_not_now_goes_on_and_it_is_asked_again_at_the_next_scan(counting: Terminal, go_on: str) -> None:
    slip = await arrived(counting)
    match go_on:
        case "escape":
            await counting.keys("escape")
        case "card":
            await counting.scan(command(CommandWord.NOT_NOW))
        case _:
            await counting.scan(BADGE)
            await counting.keys("escape")
    assert working(counting).good.text == "80"
    assert recorded(counting, ArrivalCounted) == []
    await counting.keys("1", "enter")
    await counting.scan(step_code(slip, 20))
    assert asking(counting)


async def test_count_after_a_number_works_at_any_step(counting: Terminal) -> None:
    slip = await signed_on(counting)
    await counting.scan(step_code(slip, 10))
    for code in (digit(7), digit(5), command(CommandWord.COUNT)):
        await counting.scan(code)
    assert recorded(counting, ArrivalCounted)[0].quantity == 75
    assert working(counting).good.text == "75"
    await counting.scan(command(CommandWord.COUNT))
    await counting.keys("8", "0", "enter")
    assert working(counting).good.text == "80"
    assert counting.shop.flags() == []


# Checks


@pytest.fixture
def checking() -> Terminal:
    return Terminal(with_reasons(a_shop([step(10, checks=(DEPTH, FINISH)), step(20)])))


async def test_the_screen_says_what_is_owed_and_a_report_without_it_is_flagged(checking: Terminal) -> None:
    slip = await signed_on(checking)
    await checking.scan(step_code(slip, 10))
    assert "2 checks owed" in working(checking).marks
    assert [doubt.title for doubt in working(checking).doubts] == [Flag.CHECK_OWED.sentence]
    await checking.keys("enter")
    assert checking.reports[0].warned == ("check_owed",)
    assert checking.shop.flag_names() == ["check_owed"]


async def test_checks_are_made_with_keys_alone(checking: Terminal) -> None:
    slip = await signed_on(checking)
    await checking.scan(step_code(slip, 10))
    await checking.keys("insert")
    row = next(at for at, row in enumerate(choosing(checking).rows, 1) if "CHECK" in row.cells)
    await checking.keys(*str(row), "enter")
    assert [row.cells for row in choosing(checking).rows] == [
        ("Depth", "-0.5 to 0.5 mm", "owed"),
        ("Finish without fault", "", "owed"),
    ]
    await checking.keys("enter", "down", "0", ".", "2")
    assert asking(checking).text == "-0.2"
    await checking.keys("enter")
    assert choosing(checking).chosen == 1, "the next that is owed is marked"
    await checking.keys("enter", "enter")
    made = recorded(checking, CheckMade)
    assert [(one.check, one.value, one.passed) for one in made] == [
        ("1", Decimal("-0.2"), True),
        ("2", None, True),
    ]
    await checking.keys("enter")
    assert checking.reports[0].warned == ()
    assert checking.shop.flags() == []


async def test_checks_are_made_with_scans_alone_and_a_failed_one_stands_until_it_passes(
    checking: Terminal,
) -> None:
    slip = await signed_on(checking)
    card = [command(word) for word in (CommandWord.CHECK, CommandWord.OK)]
    for code in (step_code(slip, 10), *card, digit(2), command(CommandWord.OK)):
        await checking.scan(code)
    assert checking.view.notice is not None
    assert checking.view.notice.title == "Depth 2 mm: FAILED."
    assert checking.shop.flag_names() == ["check_failed"]
    assert choosing(checking).chosen == 1, "what was never checked is marked"
    for word in (CommandWord.OK, CommandWord.NEXT, CommandWord.OK):
        await checking.scan(command(word))
    assert [one.passed for one in recorded(checking, CheckMade)] == [False, False]
    assert "2 checks FAILED" in working(checking).marks
    for code in (*card, digit(0), command(CommandWord.OK)):
        await checking.scan(code)
    assert [one.passed for one in recorded(checking, CheckMade)] == [False, False, True]


async def test_a_measure_typed_straight_away_is_that_of_the_marked_check(checking: Terminal) -> None:
    slip = await signed_on(checking)
    await checking.scan(step_code(slip, 10))
    await checking.scan(command(CommandWord.CHECK))
    await checking.keys("0", ".", "4")
    page = asking(checking)
    assert (page.question, page.text, page.detail) == (
        "Depth: what was measured?",
        "0.4",
        ("-0.5 to 0.5 mm",),
    ), "what it is the measure of is seen before ENTER"
    await checking.keys("enter")
    assert [(one.check, one.value, one.passed) for one in recorded(checking, CheckMade)] == [
        ("1", Decimal("0.4"), True)
    ]
    assert choosing(checking).chosen == 1
    await checking.keys("7", "enter")
    assert refused(checking) == Refusal.NO_SUCH_LINE.sentence, "this check is not measured"
    assert len(recorded(checking, CheckMade)) == 1


async def test_a_line_of_the_checks_is_still_chosen_by_its_number_and_a_sign_may_follow_a_measure(
    checking: Terminal,
) -> None:
    slip = await signed_on(checking)
    await checking.scan(step_code(slip, 10))
    await checking.scan(command(CommandWord.CHECK))
    await checking.keys("2", "enter")
    assert choosing(checking).title == "Finish without fault"
    await checking.keys("escape")
    await checking.scan(command(CommandWord.CHECK))
    await checking.keys("0", ".", "3", "down")
    assert asking(checking).text == "-0.3"
    await checking.keys("enter")
    assert [one.value for one in recorded(checking, CheckMade)] == [Decimal("-0.3")]
    await checking.keys("up", "0", ".", "0", ".", "1", "enter")
    assert refused(checking) == Refusal.NOT_A_QUANTITY.sentence
    assert asking(checking), "it can be typed again"
    assert len(recorded(checking, CheckMade)) == 1


async def test_not_now_and_no_number_leave_a_check_for_later(checking: Terminal) -> None:
    slip = await signed_on(checking)
    await checking.scan(step_code(slip, 10))
    await checking.scan(command(CommandWord.CHECK))
    await checking.keys("enter", "enter")
    assert asking(checking), "nothing was measured yet"
    await checking.scan(command(CommandWord.NOT_NOW))
    assert working(checking)
    assert recorded(checking, CheckMade) == []


async def test_a_step_without_checks_says_so(checking: Terminal) -> None:
    slip = await signed_on(checking)
    await checking.scan(command(CommandWord.CHECK))
    assert refused(checking) == Refusal.SLIP_FIRST.sentence
    await checking.scan(step_code(slip, 20))
    await checking.scan(command(CommandWord.CHECK))
    assert choosing(checking).rows == ()
    await checking.keys("enter", "escape")
    assert working(checking)


# Instructions


async def test_instructions_show_how_the_step_is_done_and_where_the_drawing_is() -> None:
    terminal = Terminal(with_reasons(a_shop()))
    terminal.shop.plant.learn(
        InstructionsDefined(
            at=MOMENT,
            item=ITEM,
            version_of_route=1,
            step=10,
            lines=("Clamp it.", "Cut [b]slowly[/b]."),
            document="CH-120.pdf",
            page=4,
        )
    )
    slip = await signed_on(terminal)
    await terminal.scan(command(CommandWord.INSTRUCTIONS))
    assert refused(terminal) == Refusal.SLIP_FIRST.sentence
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(command(CommandWord.INSTRUCTIONS))
    body = terminal.view.body
    assert isinstance(body, Helping)
    assert body.lines == (
        ("1", "Clamp it."),
        ("2", "Cut [b]slowly[/b]."),
        ("drawing", "CH-120.pdf, page 4"),
    )
    await terminal.keys("escape")
    await terminal.scan(step_code(slip, 20))
    await terminal.scan(command(CommandWord.INSTRUCTIONS))
    assert terminal.view.notice is not None
    assert "no instructions" in terminal.view.notice.title

"""One report, said in every way: which slot a number fills, what is asked once more, where every piece is."""

from decimal import Decimal

import pytest

from floor.events import AskAnswered, PlantDescribed, ReasonDefined, ReasonUse
from floor.flags import Flag
from floor.quantities import Unit
from floor.refusals import Refusal
from floor.routing import OverPolicy
from floor.tags import CommandWord, TagKind, encode, slip_code, step_code
from kiosk.dialogue.report.balance import BALANCE_CHARS_MAX
from kiosk.dialogue.view import Choosing, Done, Tone
from tests.floor.shop import MOMENT, a_shop, content, step
from tests.kiosk.at_terminal import choosing, command, digit, refused, signed_on, working
from tests.kiosk.shop_memory import BADGE, EVE, JOHN, PIN, REASON, Terminal, with_reasons

KNOT = "PPPPPP"
EVES_BADGE = encode(TagKind.PERSON, EVE.badge)


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop()))


def answers(terminal: Terminal) -> list[AskAnswered]:
    return [fact.event for fact in terminal.shop.facts if isinstance(fact.event, AskAnswered)]


async def at_step(terminal: Terminal, number: int = 10, quantity: int = 80) -> str:
    slip = await signed_on(terminal, quantity)
    await terminal.scan(step_code(slip, number))
    return slip


# GOOD and SCRAP


async def test_a_number_followed_by_good_or_scrap_counts_that(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    for code in (slip_code(slip, "B"), digit(7), digit(5), command(CommandWord.GOOD)):
        await terminal.scan(code)
    assert working(terminal).good.text == "75"
    for code in (digit(4), command(CommandWord.SCRAP), REASON, digit(1), command(CommandWord.SCRAP)):
        await terminal.scan(code)
    assert (working(terminal).scrap.text, working(terminal).left.text) == ("5", "0")
    await terminal.scan(command(CommandWord.OK))
    said = terminal.reports[0].content
    assert said.good == Decimal(75)
    assert [(line.quantity, line.reason) for line in said.scrap] == [(4, "split"), (1, None)]


async def test_scrap_alone_frames_its_slot_for_the_next_number(terminal: Terminal) -> None:
    await at_step(terminal)
    await terminal.scan(command(CommandWord.SCRAP))
    assert (working(terminal).scrap.tone, working(terminal).good.tone) == (Tone.FOCUS, Tone.PLAIN)
    await terminal.keys("4")
    assert (working(terminal).scrap.text, working(terminal).good.text) == ("4", "76")
    await terminal.keys("enter")
    assert terminal.reports == []
    assert (working(terminal).good.tone, working(terminal).good.text) == (Tone.FOCUS, "76")
    await terminal.scan(REASON)
    await terminal.keys("enter")
    said = terminal.reports[0].content
    assert (said.good, [(line.quantity, line.reason) for line in said.scrap]) == (76, [(4, "split")])


async def test_good_alone_and_escape_frame_good_again(terminal: Terminal) -> None:
    await at_step(terminal)
    for back in (command(CommandWord.GOOD), command(CommandWord.BACK)):
        await terminal.scan(command(CommandWord.SCRAP))
        await terminal.scan(back)
        assert working(terminal).good.tone is Tone.FOCUS
    await terminal.keys("5", "enter")
    assert terminal.reports[0].content.good == 5


async def test_the_menu_has_good_and_scrap_for_whoever_has_keys_alone(terminal: Terminal) -> None:
    await at_step(terminal)
    await terminal.keys("4", "insert")
    row = next(at for at, row in enumerate(choosing(terminal).rows, 1) if "SCRAP" in row.cells)
    await terminal.keys(*str(row), "enter")
    assert working(terminal).scrap.text == "4"


# Reasons


async def test_picking_with_a_number_typed_offers_the_reasons_of_scrap_the_most_used_first(
    terminal: Terminal,
) -> None:
    terminal.shop.plant.learn(
        ReasonDefined(at=MOMENT, reason="knot", name="Knot", uses=(ReasonUse.SCRAP,), code=KNOT)
    )
    slip = await signed_on(terminal)
    for reason in ("split", "split", "split"):
        terminal.shop.report(slip, content(20, 1, scrap=1, reason=reason))
    terminal.shop.report(slip, content(10, 1, scrap=1, reason="knot"))
    terminal.shop.report(slip, content(10, 1, scrap=1, reason="knot", machine="saw-9"))
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4", "f2")
    assert [row.cells for row in choosing(terminal).rows] == [("Knot",), ("split wood",)]
    await terminal.keys("enter", "enter")
    assert [(line.quantity, line.reason) for line in terminal.reports[-1].content.scrap] == [(4, "knot")]


async def test_a_line_without_its_reason_can_pick_one_too_and_scanning_always_works(
    terminal: Terminal,
) -> None:
    await at_step(terminal)
    await terminal.keys("4", "f4", "f2")
    assert choosing(terminal).rows
    await terminal.scan(REASON)
    assert working(terminal).scrap.notes == ("4 split wood",)
    await terminal.keys("f2")
    assert refused(terminal) == Refusal.REPORT_UNFINISHED.sentence


# Absurd numbers


@pytest.mark.parametrize("by_scan", [False, True])
async def test_a_heavy_hand_is_asked_once_more(terminal: Terminal, by_scan: bool) -> None:
    await at_step(terminal)

    async def say(*digits: int, ok: bool = True) -> None:
        if by_scan:
            for one in digits:
                await terminal.scan(digit(one))
            await terminal.scan(command(CommandWord.OK))
        else:
            await terminal.keys(*map(str, digits), "enter")

    await say(7, 6, 7, 6)
    assert choosing(terminal).title == "7676 good - is that right?"
    assert terminal.reports == []
    await terminal.scan(command(CommandWord.BACK)) if by_scan else await terminal.keys("escape")
    assert working(terminal).good.text == "7676"
    await say()
    await say()
    assert terminal.reports == [], "ENTER alone, however often, records no absurd number"
    await say()
    await say(2)
    assert [report.content.good for report in terminal.reports] == [7676]


@pytest.mark.parametrize(
    ("quantity", "typed", "asks"), [(80, "799", False), (80, "800", True), (5, "100", True), (5, "99", False)]
)
async def test_ten_times_what_is_here_or_two_digits_more_is_absurd(
    terminal: Terminal, quantity: int, typed: str, asks: bool
) -> None:
    await at_step(terminal, quantity=quantity)
    await terminal.keys(*typed, "enter")
    assert isinstance(terminal.view.body, Choosing if asks else Done)


async def test_absurd_scrap_is_asked_about_too_and_what_is_here_never(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    terminal.shop.report(slip, content(10, 2))
    await terminal.scan(step_code(slip, 20))
    await terminal.keys("9", "0", "0", "f4", "enter")
    assert choosing(terminal).title.startswith("900 scrap")


# More than the step allows


def asking(policy: OverPolicy) -> Terminal:
    return Terminal(with_reasons(a_shop([step(10, over_percent="5", over_policy=policy), step(20)])))


@pytest.mark.parametrize("policy", list(OverPolicy))
async def test_e14_within_the_tolerance_nobody_says_anything(policy: OverPolicy) -> None:
    terminal = asking(policy)
    await at_step(terminal)
    await terminal.keys("8", "4")
    assert working(terminal).doubts == ()
    await terminal.keys("enter")
    assert terminal.reports[0].warned == ()
    assert terminal.shop.flags() == []


async def test_e14_beyond_it_a_reason_is_asked_picked_or_scanned_and_recorded_with_the_report() -> None:
    for answer in ("keys", "scan"):
        terminal = asking(OverPolicy.ASK_REASON)
        await at_step(terminal)
        await terminal.keys("8", "5", "enter")
        assert terminal.reports == []
        if answer == "keys":
            assert [row.cells[0] for row in choosing(terminal).rows] == [
                "split wood",
                "Not now: a flag stays",
            ]
            await terminal.keys("enter")
        else:
            await terminal.scan(REASON)
        assert [(one.reason, one.flag) for one in answers(terminal)] == [("split", "over_tolerance")]
        assert terminal.reports[0].warned == ("over_tolerance",)
        assert terminal.shop.flag_names() == ["made_over"]


async def test_e14_not_now_by_key_and_by_scan_records_the_report_and_leaves_a_flag() -> None:
    for answer in ("keys", "scan"):
        terminal = asking(OverPolicy.ASK_SUPERVISOR)
        await at_step(terminal)
        await terminal.keys("8", "5", "enter")
        assert choosing(terminal).title.startswith("More than the step allows")
        if answer == "keys":
            await terminal.keys("2", "enter")
        else:
            await terminal.scan(command(CommandWord.NOT_NOW))
        assert isinstance(terminal.view.body, Done)
        assert answers(terminal) == []
        assert terminal.shop.flag_names() == ["over_tolerance", "made_over"]


async def test_e14_a_supervisors_badge_and_pin_approve_one_report() -> None:
    terminal = asking(OverPolicy.ASK_SUPERVISOR)
    slip = await at_step(terminal)
    await terminal.keys("8", "5", "enter")
    await terminal.scan(BADGE)
    assert refused(terminal) == Refusal.SUPERVISOR_ONLY.sentence
    await terminal.scan(EVES_BADGE)
    await terminal.keys("1", "enter")
    assert refused(terminal) == Refusal.PIN_WRONG.sentence
    assert terminal.reports == []
    await terminal.keys(*PIN, "enter")
    assert [(one.approved_by, one.by) for one in answers(terminal)] == [(EVE.person, JOHN.person)]
    assert terminal.view.header.operator.endswith(JOHN.person)
    await terminal.keys("enter")
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("1", "enter")
    assert isinstance(terminal.view.body, Choosing), "the word was for one report only"


async def test_escape_goes_back_to_the_report_and_nothing_is_recorded() -> None:
    terminal = asking(OverPolicy.ASK_REASON)
    await at_step(terminal)
    await terminal.keys("8", "5", "enter", "escape")
    assert working(terminal).good.text == "85"
    assert terminal.reports == []


# Decimals


def in_kilograms(mark: str) -> Terminal:
    shop = with_reasons(a_shop(unit=Unit(name="kg", decimals=3), quantity="80.5"))
    shop.plant.learn(PlantDescribed(at=MOMENT, name="Oak", time_zone="UTC", decimal_mark=mark))
    return Terminal(shop)


@pytest.mark.parametrize(("mark", "here"), [(".", "HERE 80.5"), (",", "HERE 80,5")])
async def test_e12_decimals_are_shown_with_the_plants_mark_and_both_are_read(mark: str, here: str) -> None:
    for typed in ("1.5", "1,5"):
        terminal = in_kilograms(mark)
        await terminal.conversation.start()
        slip = terminal.shop.issue("80.5")[0]
        await terminal.scan(BADGE)
        await terminal.scan(step_code(slip, 10))
        assert working(terminal).here == here
        await terminal.keys(*typed)
        assert working(terminal).good.text == f"1{mark}5"
        assert working(terminal).balance == f"80{mark}5 received = 1{mark}5 good + 79 still here"
        await terminal.keys("enter")
        assert terminal.reports[0].content.good == Decimal("1.5")
        assert terminal.view.last[0].figures == f"1{mark}5 good"


@pytest.mark.parametrize(
    ("mark", "typed", "taken"),
    [(",", "1.000", None), (".", "1,000", None), (",", "1,000", 1), (".", "1.000", 1)],
)
async def test_e12_what_may_be_a_thousand_is_never_taken_silently(
    mark: str, typed: str, taken: int | None
) -> None:
    terminal = in_kilograms(mark)
    await terminal.conversation.start()
    slip = terminal.shop.issue("80.5")[0]
    await terminal.scan(BADGE)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys(*typed, "enter")
    if taken is None:
        assert refused(terminal) == Refusal.PERHAPS_A_THOUSAND.sentence
        assert terminal.reports == []
    else:
        assert [report.content.good for report in terminal.reports] == [taken]


async def test_the_point_of_the_number_card_is_the_plants_mark() -> None:
    terminal = in_kilograms(",")
    await terminal.conversation.start()
    slip = terminal.shop.issue("80.5")[0]
    await terminal.scan(BADGE)
    await terminal.scan(step_code(slip, 10))
    for code in (digit(1), command(CommandWord.POINT), digit(2), digit(5), digit(0)):
        await terminal.scan(code)
    assert working(terminal).good.text == "1,25"
    await terminal.scan(command(CommandWord.OK))
    assert terminal.reports[0].content.good == Decimal("1.25")


async def test_e12_a_piece_has_no_half(terminal: Terminal) -> None:
    await at_step(terminal)
    await terminal.keys("1", ",", "5", "enter")
    assert refused(terminal) == Refusal.TOO_MANY_DECIMALS.sentence


# Where every piece is


async def test_the_conservation_line_says_where_every_piece_is_after_this_report(terminal: Terminal) -> None:
    await at_step(terminal)
    assert working(terminal).balance == "80 received = 80 good"
    await terminal.keys("4", "f4", "2", "f6", "3", "f5")
    assert working(terminal).balance == "83 received = 71 good + 4 scrap + 3 rework + 2 review + 3 still here"
    await terminal.keys("6", "0", "f3")
    shown = working(terminal).balance
    assert shown == "83 received = 60 good+4 scrap+3 rework+2 review+11 missing+3 still here"
    assert len(shown) <= BALANCE_CHARS_MAX


async def test_the_conservation_line_names_a_surplus(terminal: Terminal) -> None:
    await at_step(terminal)
    await terminal.keys("9", "0")
    assert working(terminal).balance == "80 received + 10 surplus = 90 good"
    assert [doubt.title for doubt in working(terminal).doubts] == [Flag.MORE_THAN_HERE.sentence]


async def test_rework_that_stays_at_its_step_is_shown_as_still_here(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("1", "0", "f5")
    body = working(terminal)
    assert (body.good.text, body.left.label, body.left.text) == ("70", "STILL HERE", "10")
    assert body.balance.endswith("10 still here")

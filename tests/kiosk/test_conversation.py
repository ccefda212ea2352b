from decimal import Decimal

import pytest

from floor.commands import DecideOrder
from floor.events import RunKind
from floor.flags import Flag
from floor.orders import Decision
from floor.refusals import Refusal
from floor.station import Draft
from floor.tags import CommandWord, TagKind, encode, slip_code, step_code
from kiosk.dialogue.view import Asking, Choosing, Done, Tone, Waiting
from tests.floor.shop import CENTRAL, a_shop, content, step
from tests.kiosk.at_terminal import command, digit, refused, signed_on, working
from tests.kiosk.shop_memory import BADGE, BOB, JOHN, MACHINE, REASON, Terminal, with_reasons


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop()))


async def test_76_good_4_scrap_with_reason_takes_at_most_five_actions(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    terminal.actions = 0
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4")
    await terminal.scan(REASON)
    assert working(terminal).good.text == "76"
    await terminal.keys("enter")
    assert terminal.actions <= 5
    (report,) = terminal.reports
    assert (report.content.good, report.content.final) == (Decimal(76), True)
    assert [(scrap.quantity, scrap.reason) for scrap in report.content.scrap] == [(Decimal(4), "split")]
    assert report.proposed_good == Decimal(76)
    done = terminal.view.body
    assert isinstance(done, Done)
    assert (done.title, done.figures) == ("RECORDED", "76 good   4 scrap")


async def test_everything_can_be_done_with_scans_alone(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    for code in (slip_code(slip, "B"), digit(4), REASON, digit(7), digit(5), command(CommandWord.OK)):
        await terminal.scan(code)
    (report,) = terminal.reports
    assert report.content.good == Decimal(75)
    assert report.content.scrap[0].quantity == Decimal(4)
    assert not report.content.final


async def test_28_of_30_done_shows_the_two_missing_before_ok(terminal: Terminal) -> None:
    slip = await signed_on(terminal, 30)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("2", "8")
    assert (working(terminal).left.label, working(terminal).left.text) == ("STILL HERE", "2")
    await terminal.keys("f3")
    body = working(terminal)
    assert (body.left.label, body.left.text, body.left.tone) == ("MISSING", "2", Tone.FLAGGED)
    assert terminal.reports == []
    await terminal.keys("enter")
    assert terminal.reports[0].content.final
    assert Flag.MISSING.value in terminal.reports[0].warned
    assert terminal.shop.line(slip, 10).missing == 2


async def test_nothing_left_means_done_only_when_nothing_more_can_come(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    terminal.shop.report(slip, content(10, 50))
    await terminal.scan(step_code(slip, 20))
    assert working(terminal).good.text == "50"
    await terminal.keys("enter")
    assert not terminal.reports[-1].content.final
    assert Flag.WRONG_WORK_CENTRE.value in terminal.reports[-1].warned


async def test_a_badge_and_a_machine_fill_their_slots_in_any_order(terminal: Terminal) -> None:
    slip = terminal.shop.issue(80)[0]
    await terminal.scan(step_code(slip, 10))
    assert "badge" in working(terminal).now
    await terminal.keys("enter")
    assert refused(terminal) == Refusal.SIGN_ON_FIRST.sentence
    await terminal.scan(MACHINE)
    await terminal.scan(BADGE)
    await terminal.keys("enter")
    assert (terminal.reports[0].content.machine, terminal.reports[0].content.operators) == (
        "saw-1",
        ("4711",),
    )


async def test_a_badge_in_the_middle_of_a_number_never_lands_in_it(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("7")
    await terminal.scan(encode(TagKind.PERSON, BOB.badge))
    assert terminal.view.header.operator.startswith("Bob [b]Stone[/b]")
    await terminal.scan(BADGE)
    await terminal.keys("enter")
    assert [(report.content.good, report.content.operators) for report in terminal.reports] == [
        (Decimal(7), (JOHN.person,))
    ]


async def test_escape_takes_back_one_entry_after_the_other(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4")
    await terminal.scan(REASON)
    assert len(terminal.memory.saved) == 1
    await terminal.keys("escape")
    assert working(terminal).scrap.text == "0"
    assert terminal.memory.saved == {}
    await terminal.keys("escape")
    assert isinstance(terminal.view.body, Waiting)
    assert terminal.reports == []


async def test_another_slip_does_not_wipe_out_an_unfinished_report(terminal: Terminal) -> None:
    first, second = terminal.shop.issue(80, 40)
    await terminal.scan(BADGE)
    await terminal.scan(step_code(first, 10))
    await terminal.keys("4")
    await terminal.scan(REASON)
    await terminal.scan(slip_code(second, "B"))
    assert refused(terminal) == Refusal.REPORT_UNFINISHED.sentence
    await terminal.keys("enter")
    assert terminal.reports[0].slip == first


async def test_rework_and_review_go_into_the_same_report(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    terminal.shop.report(slip, content(10, 80, final=True))
    await terminal.scan(step_code(slip, 20))
    await terminal.keys("3", "f5", "2", "f6", "1", "f4")
    marks = working(terminal).marks
    assert any(mark.startswith("3 to rework at step 10") for mark in marks)
    assert any(mark.startswith("2 set aside") for mark in marks)
    assert working(terminal).good.text == "74"
    await terminal.keys("enter")
    said = terminal.reports[-1].content
    assert [(line.quantity, line.to_step) for line in said.rework] == [(Decimal(3), 10)]
    assert [line.quantity for line in said.review] == [Decimal(2)]
    assert [(line.quantity, line.reason) for line in said.scrap] == [(Decimal(1), None)]
    assert said.final


async def test_whoever_stands_on_the_screen_is_recorded_whatever_was_taken_back(
    terminal: Terminal,
) -> None:
    slip = terminal.shop.issue(80)[0]
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(BADGE)
    await terminal.keys("4", "f4")
    await terminal.keys("escape")
    await terminal.scan(encode(TagKind.PERSON, BOB.badge))
    assert terminal.view.header.operator.endswith(BOB.person)
    await terminal.keys("enter")
    report = terminal.reports[0]
    assert (report.by, report.content.operators, report.content.scrap) == (BOB.person, (BOB.person,), ())


async def test_a_report_takes_so_many_lines_and_says_so(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    for _ in range(33):
        await terminal.keys("1", "f4")
    assert refused(terminal) == Refusal.TOO_MANY_LINES.sentence
    await terminal.scan(command(CommandWord.SCRAP))
    await terminal.keys("1", "f2", "escape")
    assert working(terminal).scrap.text == "32", "a number too many is shown to nobody and stops nothing"
    await terminal.keys("f3")
    assert refused(terminal) == Refusal.TOO_MANY_LINES.sentence
    await terminal.scan(command(CommandWord.GOOD))
    await terminal.keys("enter")
    assert len(terminal.reports[0].content.scrap) == 32


async def test_drafts_are_offered_one_by_one_and_a_broken_one_stops_nothing(
    terminal: Terminal,
) -> None:
    first, second = terminal.shop.issue(80, 40)
    for slip in (first, second):
        other = Terminal(terminal.shop)
        await other.scan(BADGE)
        await other.scan(step_code(slip, 10))
        await other.keys("4", "f4")
        terminal.memory.saved |= other.memory.saved
    terminal.memory.saved["f" * 32] = Draft("f" * 32, '{"of": "yesterday"}', recorded=False)
    await terminal.conversation.start()
    await terminal.scan(BADGE)
    await terminal.keys("enter", "enter")
    await terminal.keys("enter")
    assert sorted(report.slip for report in terminal.reports) == sorted([first, second])
    assert isinstance(terminal.view.body, Done | Waiting)


async def test_a_slip_nobody_knows_is_reported_all_the_same_and_flagged(terminal: Terminal) -> None:
    await terminal.scan(BADGE)
    await terminal.scan(slip_code("XXXXXXXX", "B"))
    assert isinstance(terminal.view.body, Asking)
    await terminal.keys("1", "0", "enter")
    assert working(terminal).doubts[0].title == Flag.UNKNOWN_SLIP.sentence
    await terminal.keys("7", "enter")
    (report,) = terminal.reports
    assert (report.slip, report.order, report.warned) == ("XXXXXXXX", None, ("unknown_slip",))
    done = terminal.view.body
    assert isinstance(done, Done)
    assert done.tone is Tone.FLAGGED


async def test_the_scan_warns_of_a_closed_order_before_the_work(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    cancel = DecideOrder(
        intent=terminal.shop.new_id(), by="P1", order="1001", decision=Decision.CANCEL, reason="not wanted"
    )
    terminal.shop.do(cancel, CENTRAL)
    await terminal.scan(step_code(slip, 10))
    assert [doubt.title for doubt in working(terminal).doubts] == [Flag.ORDER_NOT_OPEN.sentence]
    await terminal.keys("enter")
    assert terminal.reports[0].warned == ("order_not_open",)


@pytest.mark.parametrize("text", ["1_000", "１２", "-1", "NaN", "1,5", "1.5"])
async def test_what_is_no_count_never_becomes_one(terminal: Terminal, text: str) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys(*text, "enter")
    assert terminal.view.notice is not None
    assert terminal.view.notice.tone is Tone.REFUSED
    assert terminal.reports == []


async def test_a4_a_draft_left_by_a_power_cut_is_offered_again(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4")
    await terminal.scan(REASON)
    again = Terminal(terminal.shop)
    again.memory.saved = terminal.memory.saved
    await again.conversation.start()
    assert isinstance(again.view.body, Waiting)
    assert "John Miller" in again.view.body.detail
    await again.scan(BADGE)
    assert working(again).scrap.text == "4"
    assert "NOT recorded" in (again.view.notice.title if again.view.notice else "")
    await again.keys("enter")
    assert again.reports[0].content.scrap[0].quantity == Decimal(4)


async def test_an_idle_operator_is_signed_off(terminal: Terminal) -> None:
    await signed_on(terminal)
    terminal.now_ms += 21 * 60_000
    await terminal.conversation.refresh()
    assert terminal.view.header.operator == ""


async def test_legs_are_counted_as_legs_and_proposed_in_whole_ones() -> None:
    legs = step(10, unit={"name": "leg", "decimals": 0}, ratio={"step": 4, "order": 1})
    terminal = Terminal(with_reasons(a_shop([legs, step(20)])))
    slip = await signed_on(terminal, 20)
    await terminal.scan(step_code(slip, 10))
    assert working(terminal).good.text == "80"
    assert (working(terminal).here, working(terminal).passed_on) == (
        "HERE 80 leg",
        ("of 80 leg for the 20 pcs on the slip",),
    )
    await terminal.keys("7", "9", "enter")
    await terminal.scan(step_code(slip, 20))
    assert working(terminal).here == "HERE 19.75"
    assert working(terminal).good.text == "19"


async def test_a_report_says_what_its_operator_could_know_at_the_scan(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    terminal.memory.cursor = "1-seen"
    await terminal.scan(step_code(slip, 10))
    terminal.memory.cursor = "2-too-late"
    await terminal.keys("enter")
    assert [report.cursor for report in terminal.reports] == ["1-seen"]


async def test_the_menu_holds_what_has_no_key(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("insert")
    body = terminal.view.body
    assert isinstance(body, Choosing)
    row = next(at for at, row in enumerate(body.rows, 1) if "SETUP" in row.cells)
    await terminal.keys(str(row), "enter")
    assert "set-up" in working(terminal).marks


async def test_a_number_and_the_word_behind_it_are_two_entries(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("1", "2", "f3")
    assert "STEP DONE" in working(terminal).marks
    await terminal.keys("escape")
    assert (working(terminal).good.text, "STEP DONE" in working(terminal).marks) == ("12", False)


async def test_another_step_can_be_taken_back(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(step_code(slip, 20))
    assert working(terminal).step.startswith("step 20")
    await terminal.keys("escape")
    assert working(terminal).step.startswith("step 10")


async def test_the_end_of_a_set_up_proposes_no_pieces(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("home", "f7")
    await terminal.scan(step_code(slip, 10))
    assert working(terminal).good.text == "-"
    await terminal.keys("f8", "enter")
    (report,) = terminal.reports
    assert (report.content.run_kind, report.content.good, report.ends_run) == (RunKind.SETUP, 0, True)


async def test_rework_that_came_back_to_a_finished_step_is_no_doubt(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("enter")
    await terminal.scan(step_code(slip, 20))
    await terminal.keys("3", "f5")
    await terminal.keys("enter")
    await terminal.scan(step_code(slip, 10))
    assert working(terminal).doubts == ()
    assert "rework" in working(terminal).marks
    await terminal.keys("enter")
    assert terminal.reports[-1].content.run_kind is RunKind.REWORK
    assert terminal.reports[-1].content.good == 3


async def test_a_reason_that_was_not_given_is_told_at_once(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4", "f4", "enter")
    body = terminal.view.body
    assert isinstance(body, Done)
    assert Flag.REASON_OWED.sentence in body.doubts


async def test_the_number_stays_on_the_screen_while_its_reason_is_typed(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4", *REASON[:4])
    assert working(terminal).good.text == "4"


@pytest.mark.parametrize("way", ["key", "card"])
async def test_ok_while_something_was_done_fills_the_screen_records_nothing_that_is_not_shown(
    terminal: Terminal, way: str
) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(MACHINE)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("7", "f11", "enter")
    assert isinstance(terminal.view.body, Done), "the machine is down"
    if way == "key":
        await terminal.keys("enter")
    else:
        await terminal.scan(command(CommandWord.OK))
    assert terminal.reports == []
    assert working(terminal).good.text == "7"


@pytest.mark.parametrize("typed", ["keys", "cards"])
@pytest.mark.parametrize("signed", [True, False])
async def test_a_number_with_ok_that_belongs_to_nothing_is_never_swallowed(
    terminal: Terminal, typed: str, signed: bool
) -> None:
    if signed:
        await terminal.scan(BADGE)
    if typed == "keys":
        await terminal.keys("4", "0")
    else:
        await terminal.scan(digit(4))
    await terminal.scan(command(CommandWord.OK))
    first = Refusal.SLIP_FIRST if signed else Refusal.SIGN_ON_FIRST
    assert refused(terminal) == first.sentence

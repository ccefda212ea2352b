from decimal import Decimal

import pytest

from floor.codec import Fact
from floor.commands import PaperOutcome, ReprintSlip
from floor.events import (
    MachineCameUp,
    MachineWentDown,
    ReportCorrected,
    RunKind,
    RunStarted,
    SlipIssued,
    SlipReprinted,
)
from floor.refusals import Refusal
from floor.tags import CommandWord, TagKind, encode, step_code
from kiosk.dialogue.desk.desk_rows import slip_row
from kiosk.dialogue.view import Asking, Choosing, Done, Helping, Tone
from tests.floor.shop import HERE, THERE, a_shop, content
from tests.kiosk.at_terminal import command, refused, signed_on, working
from tests.kiosk.shop_memory import BADGE, BOB, EVE, JAMMED, MACHINE, PIN, Terminal, with_reasons
from tests.kiosk.test_paper_standing import answer


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop()))


async def test_runs_of_several_kinds_can_be_open_and_each_is_ended(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(command(CommandWord.SETUP))
    await terminal.keys("f7")
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("f7")
    runs = [fact for fact in terminal.shop.facts if isinstance(fact.event, RunStarted)]
    assert [fact.event.run_kind for fact in runs] == [RunKind.SETUP, RunKind.PRODUCTION]
    await terminal.keys("enter", "f8")
    body = terminal.view.body
    assert isinstance(body, Choosing)
    assert [row.cells[-1] for row in body.rows] == ["set-up", "production"]
    await terminal.keys("enter", "0", "enter")
    ended = terminal.reports[0]
    assert (ended.run, ended.ends_run, ended.content.good) == (runs[0].event_id, True, Decimal(0))
    assert [run.run for run in await terminal.memory.open_runs()] == [runs[1].event_id]


async def test_a_machine_goes_down_with_a_reason_and_comes_up(terminal: Terminal) -> None:
    await terminal.scan(BADGE)
    await terminal.keys("f11")
    assert refused(terminal) == Refusal.MACHINE_FIRST.sentence
    await terminal.scan(MACHINE)
    await terminal.keys("f11")
    await terminal.scan(encode(TagKind.REASON, JAMMED))
    down = terminal.shop.facts[-1].event
    assert isinstance(down, MachineWentDown)
    assert down.reason == "jammed"
    await terminal.scan(command(CommandWord.UP))
    assert isinstance(terminal.shop.facts[-1].event, MachineCameUp)
    await terminal.scan(command(CommandWord.UP))
    up = terminal.shop.facts[-1].event
    assert isinstance(up, MachineCameUp)
    assert up.downtime is None
    done = terminal.view.body
    assert isinstance(done, Done)
    assert done.tone is Tone.FLAGGED


async def test_one_key_takes_a_machine_down_and_brings_it_up(terminal: Terminal) -> None:
    await terminal.scan(BADGE)
    await terminal.scan(MACHINE)
    await terminal.keys("f11", "enter", "f11")
    assert isinstance(terminal.shop.facts[-2].event, MachineWentDown)
    assert isinstance(terminal.shop.facts[-1].event, MachineCameUp)


async def test_start_does_not_throw_away_what_was_entered(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4", "f4", "f7")
    assert refused(terminal) == Refusal.REPORT_UNFINISHED.sentence
    assert working(terminal).scrap.text == "4"


async def test_the_run_that_was_chosen_is_the_one_that_ends(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    for _ in range(2):
        await terminal.scan(step_code(slip, 10))
        await terminal.keys("f7")
    first, second = await terminal.memory.open_runs()
    await terminal.keys("enter", "f8", "1", "enter")
    await terminal.scan(MACHINE)
    await terminal.keys("7", "enter")
    assert (terminal.reports[0].run, terminal.reports[0].content.machine) == (first.run, "saw-1")
    assert [run.run for run in await terminal.memory.open_runs()] == [second.run]


async def test_the_mark_stays_on_its_slip_while_the_order_goes_on(terminal: Terminal) -> None:
    first, second = terminal.shop.issue(80, 40)
    await terminal.scan(encode(TagKind.PERSON, EVE.badge))
    await terminal.keys("f10", *PIN, "enter", "enter", "3")
    body = terminal.view.body
    assert isinstance(body, Choosing)
    await terminal.keys("backspace", "down", "down")
    marked = terminal.view.body
    assert isinstance(marked, Choosing)
    slip_before = marked.rows[marked.chosen].cells[1]
    terminal.shop.report(first, content(10, 30, scrap=10, final=True))
    await terminal.conversation.refresh()
    after = terminal.view.body
    assert isinstance(after, Choosing)
    assert "Make-up" in after.rows[0].cells[0]
    assert after.rows[after.chosen].cells[1] == slip_before
    assert second[:3]


async def test_an_empty_pin_is_no_wrong_pin(terminal: Terminal) -> None:
    await terminal.scan(encode(TagKind.PERSON, EVE.badge))
    await terminal.keys("f10", "enter")
    assert terminal.view.notice is None


async def test_undo_takes_back_ones_own_last_report_and_no_other(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("5", "enter")
    await terminal.scan(encode(TagKind.PERSON, BOB.badge))
    await terminal.keys("f9")
    assert refused(terminal) == Refusal.NOTHING_TO_UNDO.sentence
    await terminal.scan(BADGE)
    await terminal.keys("f9")
    assert isinstance(terminal.view.body, Choosing)
    await terminal.keys("enter")
    assert isinstance(terminal.shop.facts[-1].event, ReportCorrected)
    assert terminal.shop.line(slip, 10).good == 0


async def test_the_supervisor_makes_up_a_loss_in_one_action(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    terminal.shop.report(slip, content(10, 76, scrap=4, final=True))
    await terminal.keys("f10")
    assert refused(terminal) == Refusal.SUPERVISOR_ONLY.sentence
    await terminal.scan(encode(TagKind.PERSON, EVE.badge))
    await terminal.keys("f10", *PIN)
    body = terminal.view.body
    assert isinstance(body, Asking)
    assert body.text == "****"
    await terminal.keys("enter")
    orders = terminal.view.body
    assert isinstance(orders, Choosing)
    assert orders.rows[0].cells[-1] == "4"
    await terminal.keys("enter")
    await terminal.keys("enter")
    made = terminal.shop.facts[-1].event
    assert isinstance(made, SlipIssued)
    assert (made.quantity, made.make_up, made.printer) == (Decimal(4), True, "folder")
    assert terminal.shop.order.shortfall == 0


async def test_slips_are_issued_in_lots_and_reprinted(terminal: Terminal) -> None:
    await terminal.scan(encode(TagKind.PERSON, EVE.badge))
    await terminal.keys("f10", *PIN, "enter", "enter", "down", "enter", "3", "0", "enter")
    issued = [fact.event.quantity for fact in terminal.shop.facts if isinstance(fact.event, SlipIssued)]
    assert issued == [30, 30, 20]
    await terminal.keys("2", "enter")
    asked = terminal.view.body
    assert isinstance(asked, Choosing)
    assert asked.title.startswith("Print slip ")
    assert "Copy 2 comes from printer folder" in asked.columns[0]
    await terminal.keys("2", "enter")
    reprint = terminal.shop.facts[-1].event
    assert isinstance(reprint, SlipReprinted)
    assert reprint.copy_letter == "C"


async def test_a_slip_that_never_came_out_is_announced_with_the_number_that_is_printed(
    terminal: Terminal,
) -> None:
    await terminal.scan(encode(TagKind.PERSON, EVE.badge))
    await terminal.keys("f10", *PIN, "enter", "enter", "down", "enter", "3", "0", "enter")
    issued = [fact for fact in terminal.shop.facts if isinstance(fact.event, SlipIssued)]
    answer(terminal.shop, issued[0], PaperOutcome.FAILED, "no paper")
    answer(terminal.shop, issued[1], PaperOutcome.PRINTED)
    await terminal.keys("2", "enter")
    asked = terminal.view.body
    assert isinstance(asked, Choosing)
    assert "Copy 1 comes from printer folder" in asked.columns[0]
    await terminal.keys("2", "enter")
    reprint = terminal.shop.facts[-1].event
    assert isinstance(reprint, SlipReprinted)
    assert reprint.copy_letter == "B"


async def test_what_became_of_a_copy_is_told_over_every_request_for_it(terminal: Terminal) -> None:
    await terminal.scan(encode(TagKind.PERSON, EVE.badge))
    await terminal.keys("f10", *PIN, "enter", "enter", "enter")
    (issued,) = [fact for fact in terminal.shop.facts if isinstance(fact.event, SlipIssued)]
    shop, slip = terminal.shop, issued.event.subjects().slip or ""

    def becomes() -> str:
        return slip_row(shop.order, shop.order.slips[slip]).cells[-1]

    def reprint(stream: str) -> Fact:
        command = ReprintSlip(intent=shop.new_id(), by=EVE.person, slip=slip, printer="folder")
        return shop.do(command, stream, known)[0]

    assert becomes() == "printing"
    answer(shop, issued, PaperOutcome.PRINTED)
    known = list(shop.facts)
    later, sooner = reprint(THERE), reprint(HERE)
    answer(shop, later, PaperOutcome.FAILED, "no paper")
    assert becomes() == "printing", "the other station's copy 2 may still come"
    answer(shop, sooner, PaperOutcome.PRINTED)
    assert becomes() == "copy 2 printed"
    sooner = reprint(HERE)
    answer(shop, sooner, PaperOutcome.UNKNOWN, "no answer")
    assert becomes() == "copy 2 printed"


async def test_e20_a_double_enter_prints_nothing_again(terminal: Terminal) -> None:
    terminal.shop.issue(80)
    before = len(terminal.shop.facts)
    await terminal.scan(encode(TagKind.PERSON, EVE.badge))
    await terminal.keys("f10", *PIN, "enter", "enter", "2", "enter", "enter")
    body = terminal.view.body
    assert isinstance(body, Choosing)
    assert "Print again" in [row.cells[0] for row in body.rows], "the second ENTER said No"
    assert len(terminal.shop.facts) == before


async def test_a_void_slip_stands_as_void_in_the_list_and_is_not_printed_again(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    terminal.shop.void(slip)
    before = len(terminal.shop.facts)
    await terminal.scan(encode(TagKind.PERSON, EVE.badge))
    await terminal.keys("f10", *PIN, "enter", "enter")
    body = terminal.view.body
    assert isinstance(body, Choosing)
    (row,) = [row for row in body.rows if row.cells[0] == "void"]
    assert "Print again" not in [row.cells[0] for row in body.rows]
    await terminal.keys(str(body.rows.index(row) + 1), "enter")
    assert refused(terminal) == Refusal.ALREADY_VOID.sentence
    await terminal.keys("enter", "enter")
    assert len(terminal.shop.facts) == before


async def test_a_wrong_pin_opens_nothing(terminal: Terminal) -> None:
    await terminal.scan(encode(TagKind.PERSON, EVE.badge))
    await terminal.keys("f10", "1", "1", "enter")
    assert refused(terminal) == Refusal.PIN_WRONG.sentence
    assert isinstance(terminal.view.body, Asking)


async def test_help_and_what_waits_here_can_be_called_up(terminal: Terminal) -> None:
    await signed_on(terminal)
    await terminal.keys("f1")
    assert isinstance(terminal.view.body, Helping)
    await terminal.keys("escape", "f2")
    body = terminal.view.body
    assert isinstance(body, Choosing)
    assert body.rows[0].cells[4] == "80"
    await terminal.keys("enter", "enter")
    assert terminal.reports[0].content.good == Decimal(80)


async def test_ending_the_terminal_takes_a_second_word(terminal: Terminal) -> None:
    await terminal.scan(encode(TagKind.PERSON, EVE.badge))
    await terminal.keys("f10", *PIN, "enter", "up", "enter")
    assert not terminal.conversation.leaving
    await terminal.keys("enter")
    assert not terminal.conversation.leaving
    await terminal.keys("enter", "2", "enter")
    assert terminal.conversation.leaving


async def test_a_line_that_is_not_there_is_refused(terminal: Terminal) -> None:
    await terminal.scan(encode(TagKind.PERSON, EVE.badge))
    await terminal.keys("f10", *PIN, "enter", "9", "9", "enter")
    assert terminal.view.notice is not None
    assert terminal.view.notice.title == Refusal.NO_SUCH_LINE.sentence
    assert isinstance(terminal.view.body, Choosing)

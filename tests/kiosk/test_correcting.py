"""Corrections: one's own for a while, everybody's with a supervisor, and never after the order is closed."""

from decimal import Decimal

import pytest

from floor.commands import CorrectReport, DecideOrder
from floor.events import ReportCorrected
from floor.flags import Flag
from floor.orders import Decision
from floor.refusals import Refusal
from floor.tags import CommandWord, TagKind, encode, step_code
from kiosk.dialogue.painting import figures
from kiosk.dialogue.view import Asking, Choosing, Done, Waiting
from tests.floor.shop import CENTRAL, MOMENT, THERE, a_shop, content
from tests.kiosk.at_terminal import choosing, command, refused, signed_on, working
from tests.kiosk.shop_memory import BADGE, BOB, EVE, JOHN, MACHINE, PIN, REASON, Terminal, with_reasons

BOBS_BADGE = encode(TagKind.PERSON, BOB.badge)
EVES_BADGE = encode(TagKind.PERSON, EVE.badge)
CORRECT = command(CommandWord.CORRECT)
UNDO = command(CommandWord.UNDO)
OK = command(CommandWord.OK)
MINUTE_MS = 60_000


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop()))


def later(terminal: Terminal, minutes: int, **more: object) -> None:
    """So many minutes pass at the terminal."""
    terminal.memory.now = MOMENT.model_copy(
        update={
            "monotonic_ms": MOMENT.monotonic_ms + minutes * MINUTE_MS,
            "clamped_ms": MOMENT.clamped_ms + minutes * MINUTE_MS,
            **more,
        }
    )


def corrections(terminal: Terminal) -> list[ReportCorrected]:
    return [fact.event for fact in terminal.shop.facts if isinstance(fact.event, ReportCorrected)]


def done(terminal: Terminal) -> Done:
    body = terminal.view.body
    assert isinstance(body, Done), body
    return body


async def reported(terminal: Terminal) -> str:
    """John reported 76 good and 4 scrap with their reason."""
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4")
    await terminal.scan(REASON)
    await terminal.keys("enter", "enter")
    return slip


async def test_e21_a_correction_names_the_report_and_its_whole_new_content(terminal: Terminal) -> None:
    slip = await reported(terminal)
    await terminal.scan(CORRECT)
    await terminal.scan(OK)
    body = working(terminal)
    assert (body.good.text, body.scrap.text, body.left.text) == ("76", "4", "0")
    assert "CORRECTS a report" in body.marks
    assert Flag.MORE_THAN_HERE.sentence not in [doubt.title for doubt in body.doubts]
    await terminal.keys("7", "0", "enter")
    assert (done(terminal).title, done(terminal).figures) == ("CORRECTED", figures(content(10, 70, scrap=4)))
    (said,) = corrections(terminal)
    (report,) = terminal.reports
    original = next(fact for fact in terminal.shop.facts if fact.event is report)
    assert said.report == original.event_id
    assert said.content == report.content.model_copy(update={"good": Decimal(70)})
    assert terminal.shop.line(slip, 10).good == 70
    assert (terminal.view.last[0].mark, terminal.view.last[0].figures.split("  ")[0]) == (
        "corrected",
        "70 good",
    )


async def test_lines_go_one_by_one_with_escape_and_part_becomes_done(terminal: Terminal) -> None:
    slip = await reported(terminal)
    await terminal.scan(CORRECT)
    await terminal.keys("enter", "escape")
    assert working(terminal).scrap.text == "0"
    await terminal.keys("8", "0", "enter")
    (said,) = corrections(terminal)
    assert said.content is not None
    assert (said.content.good, said.content.scrap, said.content.final) == (Decimal(80), (), True)
    assert terminal.shop.line(slip, 10).scrap == 0


async def test_escape_leaves_a_report_as_it_was(terminal: Terminal) -> None:
    await reported(terminal)
    await terminal.scan(CORRECT)
    await terminal.keys("enter", "escape", "escape")
    assert isinstance(terminal.view.body, Waiting)
    assert (corrections(terminal), terminal.memory.saved) == ([], {})


async def test_ok_without_a_change_corrects_nothing(terminal: Terminal) -> None:
    await reported(terminal)
    await terminal.scan(CORRECT)
    await terminal.keys("enter", "enter")
    assert refused(terminal) == Refusal.NOTHING_CHANGED.sentence
    assert corrections(terminal) == []


async def test_a_correction_begun_survives_another_badge_and_stays_its_owners(terminal: Terminal) -> None:
    await reported(terminal)
    await terminal.scan(CORRECT)
    await terminal.keys("enter")
    await terminal.scan(BOBS_BADGE)
    assert isinstance(terminal.view.body, Waiting)
    await terminal.scan(BADGE)
    assert "CORRECTS a report" in working(terminal).marks
    await terminal.keys("7", "5", "enter")
    (said,) = corrections(terminal)
    assert (said.by, said.content and said.content.operators) == (JOHN.person, (JOHN.person,))


async def test_a_correction_that_survived_a_power_cut_knows_what_the_report_says(terminal: Terminal) -> None:
    await reported(terminal)
    await terminal.scan(CORRECT)
    await terminal.keys("enter")
    terminal.conversation = terminal.new_conversation(terminal.memory)
    await terminal.conversation.start()
    await terminal.scan(BADGE)
    await terminal.keys("enter")
    assert refused(terminal) == Refusal.NOTHING_CHANGED.sentence
    assert corrections(terminal) == []


async def test_g7_a_supervisors_word_is_gone_with_whoever_it_was_given_to(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    terminal.shop.report(slip, content(10, 30, operators=(BOB.person,)))
    await with_supervisor(terminal, slip)
    await terminal.keys("1", "enter", "1", "enter", "2", "5")
    await terminal.scan(BADGE)
    await terminal.scan(EVES_BADGE)
    await terminal.keys("enter")
    assert corrections(terminal) == []
    assert isinstance(terminal.view.body, Asking)


async def test_undo_finds_ones_own_report_behind_many_of_others(terminal: Terminal) -> None:
    slip = await reported(terminal)
    await terminal.scan(BOBS_BADGE)
    for _ in range(7):
        await terminal.scan(step_code(slip, 10))
        await terminal.keys("1", "enter", "enter")
    await terminal.scan(BADGE)
    await terminal.scan(UNDO)
    assert len(choosing(terminal).rows) == 1
    await terminal.scan(OK)
    assert done(terminal).title == "TAKEN BACK"
    assert terminal.shop.line(slip, 10).scrap == 0
    await terminal.scan(UNDO)
    assert refused(terminal) == Refusal.NOTHING_TO_UNDO.sentence


@pytest.mark.parametrize("word", [UNDO, CORRECT])
async def test_after_the_minutes_of_the_plant_a_report_is_a_supervisors(
    terminal: Terminal, word: str
) -> None:
    await reported(terminal)
    later(terminal, terminal.shop.plant.undo_minutes + 1)
    await terminal.scan(word)
    await terminal.scan(OK)
    if word == UNDO:
        assert refused(terminal) == Refusal.TOO_LATE_TO_CORRECT.sentence
    else:
        assert choosing(terminal).title == "This needs a supervisor: badge and PIN"
    assert corrections(terminal) == []


async def test_neither_a_turned_clock_nor_a_restart_prolongs_the_time(terminal: Terminal) -> None:
    await reported(terminal)
    minutes = terminal.shop.plant.undo_minutes
    later(terminal, minutes + 1, clamped_ms=MOMENT.clamped_ms)
    await terminal.scan(UNDO)
    await terminal.scan(OK)
    assert refused(terminal) == Refusal.TOO_LATE_TO_CORRECT.sentence
    later(terminal, minutes + 1, boot_id="another", monotonic_ms=0)
    await terminal.scan(UNDO)
    await terminal.scan(OK)
    assert refused(terminal) == Refusal.TOO_LATE_TO_CORRECT.sentence
    later(terminal, minutes - 1, boot_id="another", monotonic_ms=0)
    await terminal.scan(UNDO)
    await terminal.scan(OK)
    assert done(terminal).title == "TAKEN BACK"


async def with_supervisor(terminal: Terminal, slip: str) -> None:
    """Eve asks for the first report of the slip and gives her PIN."""
    await terminal.scan(EVES_BADGE)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(CORRECT)
    await terminal.scan(OK)
    assert isinstance(terminal.view.body, Asking)
    await terminal.keys(*PIN, "enter")


async def test_a_supervisor_takes_any_report_back_with_a_reason(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    terminal.shop.report(slip, content(10, 30, operators=(BOB.person,)), stream=THERE)
    later(terminal, 5_000)
    await with_supervisor(terminal, slip)
    await terminal.keys("2", "enter", "4", "enter")
    assert done(terminal).title == "TAKEN BACK"
    (said,) = corrections(terminal)
    assert (said.by, said.content, said.reason) == (EVE.person, None, "entered twice")
    assert terminal.shop.line(slip, 10).good == 0


async def test_a_supervisor_corrects_and_the_report_stays_its_operators(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    terminal.shop.report(slip, content(10, 30, operators=(BOB.person, JOHN.person)), stream=THERE)
    await with_supervisor(terminal, slip)
    await terminal.keys("1", "enter", "1", "enter", "2", "5", "enter")
    (said,) = corrections(terminal)
    assert said.content is not None
    assert (said.by, said.reason) == (EVE.person, "miscounted")
    assert (said.content.good, said.content.operators) == (Decimal(25), (BOB.person, JOHN.person))


async def test_g7_a_supervisors_word_is_good_for_one_minute(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    terminal.shop.report(slip, content(10, 30, operators=(BOB.person,)))
    await with_supervisor(terminal, slip)
    await terminal.keys("1", "enter", "1", "enter")
    terminal.now_ms += MINUTE_MS
    await terminal.keys("2", "5", "enter")
    assert corrections(terminal) == []
    assert isinstance(terminal.view.body, Asking)
    await terminal.keys(*PIN, "enter")
    assert [said.content and said.content.good for said in corrections(terminal)] == [Decimal(25)]


async def test_g7_a_supervisors_word_is_good_for_one_report_only(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    for _ in range(2):
        terminal.shop.report(slip, content(10, 3, operators=(BOB.person,)))
    await with_supervisor(terminal, slip)
    await terminal.keys("2", "enter", "1", "enter")
    assert len(corrections(terminal)) == 1
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(CORRECT)
    await terminal.scan(OK)
    assert isinstance(terminal.view.body, Asking), "the next one needs the PIN again"


async def test_g7_a_supervisors_word_is_used_up_when_the_disk_does_not_take_it(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    (slip,) = terminal.shop.issue(80)
    terminal.shop.report(slip, content(10, 30, operators=(BOB.person,)))
    await with_supervisor(terminal, slip)
    await terminal.keys("1", "enter", "1", "enter")

    async def full(_asked: object) -> Refusal:
        return Refusal.NOT_SAVED

    with monkeypatch.context() as disk:
        disk.setattr(terminal.memory, "record", full)
        await terminal.keys("2", "5", "enter")
    assert refused(terminal) == Refusal.NOT_SAVED.sentence
    await terminal.keys("enter")
    assert isinstance(terminal.view.body, Asking), "the PIN is asked for again"
    await terminal.keys(*PIN, "enter")
    assert len(corrections(terminal)) == 1


async def test_g7_the_desk_closes_itself_when_nobody_is_there_for_a_minute(terminal: Terminal) -> None:
    await terminal.scan(EVES_BADGE)
    await terminal.keys("f10", *PIN, "enter")
    terminal.now_ms += MINUTE_MS - 1_000
    await terminal.conversation.refresh()
    assert isinstance(terminal.view.body, Choosing)
    terminal.now_ms += 1_000
    await terminal.conversation.refresh()
    assert isinstance(terminal.view.body, Waiting)


async def test_a_supervisors_absurd_number_is_asked_about_too(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    terminal.shop.report(slip, content(10, 3, operators=(BOB.person,)))
    await with_supervisor(terminal, slip)
    await terminal.keys("1", "enter", "1", "enter", "7", "6", "7", "6", "enter")
    assert choosing(terminal).title == "7676 good - is that right?"
    await terminal.keys("enter")
    assert corrections(terminal) == []
    await terminal.keys("enter", "2", "enter")
    (said,) = corrections(terminal)
    assert (said.content and said.content.good, said.by) == (Decimal(7676), EVE.person)


async def test_g7_who_thinks_too_long_about_the_reason_begins_again(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    terminal.shop.report(slip, content(10, 3, operators=(BOB.person,)))
    await with_supervisor(terminal, slip)
    await terminal.keys("2", "enter")
    terminal.now_ms += MINUTE_MS
    await terminal.keys("1", "enter")
    assert refused(terminal) == Refusal.PERMISSION_OVER.sentence
    assert corrections(terminal) == []


async def test_g5_a_colleagues_badge_without_a_pin_corrects_nothing_of_mine(terminal: Terminal) -> None:
    slip = await reported(terminal)
    await terminal.scan(BOBS_BADGE)
    await terminal.scan(CORRECT)
    assert refused(terminal) == Refusal.NOTHING_TO_UNDO.sentence
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(CORRECT)
    await terminal.scan(OK)
    await terminal.scan(BOBS_BADGE)
    assert refused(terminal) == Refusal.SUPERVISOR_ONLY.sentence
    await terminal.scan(EVES_BADGE)
    await terminal.keys("1", "1", "1", "1", "enter")
    assert refused(terminal) == Refusal.PIN_WRONG.sentence
    assert corrections(terminal) == []


async def test_nobody_corrects_once_the_order_is_closed(terminal: Terminal) -> None:
    slip = await reported(terminal)
    report = next(fact for fact in terminal.shop.facts if fact.event is terminal.reports[0])
    for at_step in (20, 30):
        terminal.shop.report(slip, content(at_step, 76, final=True))
    terminal.shop.complete()
    close = DecideOrder(intent=terminal.shop.new_id(), by="P1", order="1001", decision=Decision.CLOSE)
    terminal.shop.do(close, CENTRAL)
    asked = CorrectReport(
        intent=terminal.shop.new_id(),
        by=EVE.person,
        slip=slip,
        report=report.event_id,
        content=None,
        reason="late",
        as_supervisor=True,
    )
    assert await terminal.memory.record(asked) is Refusal.ORDER_NOT_OPEN


async def test_a_correction_of_a_correction_starts_from_what_counts(terminal: Terminal) -> None:
    await reported(terminal)
    for good in ("70", "71"):
        await terminal.scan(CORRECT)
        await terminal.keys("enter", *good, "enter", "enter")
    first, second = corrections(terminal)
    assert (first.report, second.content and second.content.good) == (second.report, Decimal(71))


async def test_the_machine_of_a_report_that_is_corrected_is_not_that_of_the_next_one(
    terminal: Terminal,
) -> None:
    (slip,) = terminal.shop.issue(80)
    await terminal.scan(BADGE)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("3", "0", "enter")
    await terminal.scan(MACHINE)
    await terminal.scan(CORRECT)
    await terminal.scan(OK)
    assert terminal.view.header.machine == ""
    await terminal.keys("3", "1", "enter")
    (correction,) = corrections(terminal)
    assert correction.content
    assert (correction.content.good, correction.content.machine) == (31, None)
    assert terminal.view.header.machine == "Saw 1"
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("5", "enter")
    assert terminal.reports[-1].content.machine == "saw-1"


async def test_a_machine_that_is_scanned_into_a_correction_stays_in_it(terminal: Terminal) -> None:
    slip = await reported(terminal)
    await terminal.scan(CORRECT)
    await terminal.scan(OK)
    await terminal.scan(MACHINE)
    assert terminal.view.header.machine == "Saw 1"
    await terminal.keys("enter")
    assert [said.content.machine for said in corrections(terminal) if said.content] == ["saw-1"]
    assert terminal.view.header.machine == ""
    assert terminal.shop.line(slip, 10).good == 76

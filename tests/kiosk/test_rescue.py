"""Paper rescue: a supervisor keys what a dead terminal's slips say."""

from decimal import Decimal

import pytest

from floor.events import ReportCorrected
from floor.flags import Flag
from floor.refusals import Refusal
from floor.source import Source
from floor.tags import CommandWord, TagKind, encode, slip_code, step_code
from kiosk.dialogue.view import Asking, Done, Helping
from tests.floor.shop import a_shop, step
from tests.kiosk import shop_memory
from tests.kiosk.at_terminal import command, refused
from tests.kiosk.shop_memory import BADGE, BOB, EVE, JOHN, PIN, REASON, Terminal, with_reasons

FROM_PAPER = command(CommandWord.FROM_PAPER)
SUPERVISOR = encode(TagKind.PERSON, EVE.badge)


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop()))


async def begun(terminal: Terminal) -> None:
    await terminal.scan(SUPERVISOR)
    await terminal.scan(FROM_PAPER)
    await terminal.keys(*PIN, "enter")


def asked(terminal: Terminal) -> Asking:
    body = terminal.view.body
    assert isinstance(body, Asking), body
    return body


async def test_a_slip_is_keyed_with_at_most_four_actions_a_step_and_named_people(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    await begun(terminal)
    await terminal.scan(slip_code(slip, "B"))
    terminal.actions = 0
    await terminal.scan(BADGE)
    await terminal.keys("enter", "enter")
    assert terminal.actions <= 4
    assert asked(terminal).question == "1001, step 20 step 20: who? Badge or number"
    terminal.actions = 0
    await terminal.keys("enter", "enter", "enter")
    assert terminal.actions <= 4
    assert asked(terminal).title == "2 reports keyed from paper"
    first, second = terminal.reports
    for report, number in ((first, 10), (second, 20)):
        assert (report.source, report.by, report.content.operators) == (
            Source.PAPER,
            EVE.person,
            (JOHN.person,),
        )
        assert (report.content.step, report.content.good, report.content.final) == (number, Decimal(80), True)


async def test_figures_and_a_reason_are_typed_and_scanned_as_they_stand_on_the_paper(
    terminal: Terminal,
) -> None:
    (slip,) = terminal.shop.issue(80)
    await begun(terminal)
    await terminal.scan(slip_code(slip, "B"))
    await terminal.keys(*BOB.person, "enter", "7", "0", "enter", "4")
    await terminal.scan(REASON)
    (report,) = terminal.reports
    assert (report.content.good, report.content.operators) == (Decimal(70), (BOB.person,))
    assert [(line.quantity, line.reason) for line in report.content.scrap] == [(Decimal(4), "split")]
    assert terminal.shop.line(slip, 10).still_here == 6
    assert "70 good, 4 scrap" in asked(terminal).detail[1]


async def test_who_is_named_on_the_paper_is_judged_by_their_own_skills(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shop_memory, "JOHN", JOHN.model_copy(update={"skills": ("saw",)}))
    terminal = Terminal(with_reasons(a_shop([step(10, skills=("saw",)), step(20, skills=("oven",))])))
    (slip,) = terminal.shop.issue(80)
    await begun(terminal)
    await terminal.scan(slip_code(slip, "B"))
    await terminal.scan(BADGE)
    await terminal.keys("enter", "enter", "enter", "enter", "enter")
    assert [report.warned for report in terminal.reports] == [(), (Flag.NOT_QUALIFIED.value,)]


async def test_a_persons_number_that_was_typed_before_the_badge_is_no_count_of_pieces(
    terminal: Terminal,
) -> None:
    (slip,) = terminal.shop.issue(80)
    await begun(terminal)
    await terminal.scan(slip_code(slip, "B"))
    await terminal.keys(*JOHN.person)
    await terminal.scan(BADGE)
    await terminal.keys("enter", "enter")
    (report,) = terminal.reports
    assert (report.content.good, report.content.scrap) == (Decimal(80), ())


async def test_the_next_slip_waits_until_the_figures_of_this_one_are_recorded(terminal: Terminal) -> None:
    slip, other = terminal.shop.issue(80, 40)
    await begun(terminal)
    await terminal.scan(slip_code(slip, "B"))
    await terminal.scan(BADGE)
    await terminal.keys("7", "enter")
    await terminal.scan(slip_code(other, "B"))
    assert refused(terminal) == Refusal.REPORT_UNFINISHED.sentence
    await terminal.keys("down")
    assert refused(terminal) == Refusal.REPORT_UNFINISHED.sentence
    await terminal.keys("enter")
    (report,) = terminal.reports
    assert (report.slip, report.content.good) == (slip, Decimal(7))


async def test_another_step_is_scanned_or_moved_to(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    await begun(terminal)
    await terminal.scan(step_code(slip, 30))
    assert "step 30" in asked(terminal).question
    await terminal.keys("up")
    assert "step 20" in asked(terminal).question
    await terminal.keys("down", "down")
    assert "step 10" in asked(terminal).question


async def test_the_last_one_is_undone_and_keyed_anew(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    await begun(terminal)
    await terminal.scan(slip_code(slip, "B"))
    await terminal.scan(BADGE)
    await terminal.keys("8", "enter", "enter", "f9")
    assert isinstance(terminal.shop.facts[-1].event, ReportCorrected)
    assert terminal.shop.line(slip, 10).still_here == 80
    assert asked(terminal).title == "0 reports keyed from paper"
    assert "step 10" in asked(terminal).question
    await terminal.keys("f9")
    assert refused(terminal) == Refusal.NOTHING_TO_UNDO.sentence


async def test_the_batch_ends_with_its_count_and_the_list_shows_what_came_from_paper(
    terminal: Terminal,
) -> None:
    (slip,) = terminal.shop.issue(80)
    await begun(terminal)
    await terminal.scan(slip_code(slip, "B"))
    await terminal.scan(BADGE)
    await terminal.keys("enter", "enter", "escape", "escape")
    body = terminal.view.body
    assert isinstance(body, Done)
    assert (body.title, body.figures) == ("FROM PAPER", "1 report")
    terminal.now_ms += 20_000
    await terminal.conversation.refresh()
    assert "from paper" in terminal.view.last[0].figures


async def test_only_a_supervisor_with_the_pin_keys_from_paper(terminal: Terminal) -> None:
    await terminal.scan(BADGE)
    await terminal.scan(FROM_PAPER)
    assert refused(terminal) == Refusal.SUPERVISOR_ONLY.sentence
    await terminal.scan(SUPERVISOR)
    await terminal.scan(FROM_PAPER)
    await terminal.keys("1", "1", "1", "1", "enter")
    assert refused(terminal) == Refusal.PIN_WRONG.sentence


async def test_a_code_or_a_number_that_means_nothing_here_is_refused_and_nothing_is_lost(
    terminal: Terminal,
) -> None:
    (slip,) = terminal.shop.issue(80)
    await begun(terminal)
    await terminal.keys("enter")
    assert refused(terminal) == Refusal.SLIP_FIRST.sentence
    await terminal.scan(slip_code("XXXXXXXX", "B"))
    assert refused(terminal) == Refusal.STEP_FIRST.sentence
    await terminal.scan(slip_code(slip, "B"))
    await terminal.keys("enter")
    assert refused(terminal) == Refusal.UNKNOWN_PERSON.sentence
    await terminal.keys("9", "9", "9", "enter")
    assert refused(terminal) == Refusal.UNKNOWN_PERSON.sentence
    await terminal.scan(REASON)
    assert refused(terminal) == Refusal.CODE_NOT_USED_HERE.sentence
    await terminal.scan(BADGE)
    await terminal.keys("1", ".", "5", "enter")
    assert refused(terminal) == Refusal.TOO_MANY_DECIMALS.sentence
    await terminal.keys("enter", "enter")
    assert terminal.reports[0].content.good == Decimal(80)


async def test_scrap_from_paper_waits_for_its_reason(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    await begun(terminal)
    await terminal.scan(BADGE)
    assert refused(terminal) == Refusal.SLIP_FIRST.sentence
    await terminal.scan(slip_code(slip, "B"))
    await terminal.scan(BADGE)
    await terminal.keys("7", "0", "enter", "4", "enter")
    assert terminal.reports == []
    assert asked(terminal).question == "Why are 4 scrap?"
    await terminal.scan(REASON)
    (report,) = terminal.reports
    assert [(line.quantity, line.reason) for line in report.content.scrap] == [(Decimal(4), "split")]


@pytest.mark.parametrize("said", ["enter", "f4", "f2"])
async def test_scrap_from_paper_goes_on_without_a_reason_or_with_a_picked_one(
    terminal: Terminal, said: str
) -> None:
    (slip,) = terminal.shop.issue(80)
    await begun(terminal)
    await terminal.scan(slip_code(slip, "B"))
    await terminal.scan(BADGE)
    await terminal.keys("7", "0", "enter", "4", "enter", said)
    if said == "f2":
        await terminal.keys("enter")
    (report,) = terminal.reports
    assert [line.reason for line in report.content.scrap] == ["split" if said == "f2" else None]


async def test_help_for_paper_names_its_keys(terminal: Terminal) -> None:
    await begun(terminal)
    await terminal.keys("f1")
    body = terminal.view.body
    assert isinstance(body, Helping)
    assert {"F9", "UP   DOWN"} <= {key for key, _does in body.lines}

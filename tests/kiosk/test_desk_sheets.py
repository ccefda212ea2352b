"""Paper beside slips at the terminal: tags with a report, cards from the desk, the day that is closed."""

from decimal import Decimal

import pytest

from floor.commands import CorrectReport
from floor.events import (
    CardsAsked,
    CardUse,
    DayClosed,
    DaySheetAsked,
    Event,
    ReasonDefined,
    ReasonUse,
    Reported,
    TagAsked,
    TagUse,
)
from floor.refusals import Refusal
from floor.tags import CommandWord, TagKind, encode, hold_code, step_code
from kiosk.dialogue.view import Choosing, Done, Tone
from tests.floor.shop import MOMENT, a_shop, content
from tests.kiosk.at_terminal import command, refused, signed_on
from tests.kiosk.shop_memory import EVE, JOHN, PIN, Terminal, with_reasons

SUPERVISOR = encode(TagKind.PERSON, EVE.badge)
GLUE = "HHHHHH"


@pytest.fixture
def terminal() -> Terminal:
    shop = with_reasons(a_shop())
    uses = (ReasonUse.REVIEW, ReasonUse.REWORK)
    shop.plant.learn(ReasonDefined(at=MOMENT, reason="glue", name="Glue line open", uses=uses, code=GLUE))
    return Terminal(shop, printers=("labels", "sheets"), tag_printer="labels")


def asked(terminal: Terminal, kind: type[Event]) -> list[Event]:
    """What of a kind was recorded, in order."""
    return [fact.event for fact in terminal.shop.facts if isinstance(fact.event, kind)]


def choices(terminal: Terminal) -> Choosing:
    """The list on the screen."""
    body = terminal.view.body
    assert isinstance(body, Choosing), body
    return body


async def choose(terminal: Terminal, text: str) -> None:
    """The line that begins with a text."""
    rows = choices(terminal).rows
    index = next(at for at, row in enumerate(rows, 1) if row.cells[0].startswith(text))
    await terminal.keys(*str(index), "enter")


async def at_the_desk(terminal: Terminal) -> None:
    """Eve signs on and gives her PIN."""
    await terminal.scan(SUPERVISOR)
    await terminal.keys("f10", *PIN, "enter")


async def set_aside(terminal: Terminal) -> str:
    """John sets three aside and sends two to rework; the slip."""
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("3", "f6")
    await terminal.scan(encode(TagKind.REASON, GLUE))
    await terminal.keys("2", "f5", "7", "0", "enter")
    return slip


# Tags


async def test_setting_pieces_aside_asks_for_their_tags_in_the_report_itself(terminal: Terminal) -> None:
    slip = await set_aside(terminal)
    (reported,) = terminal.reports
    held, sent = asked(terminal, TagAsked)
    assert isinstance(held, TagAsked)
    assert isinstance(sent, TagAsked)
    assert (held.use, held.slip, held.step, held.quantity, held.reason) == (TagUse.HOLD, slip, 10, 3, "glue")
    assert (sent.use, sent.to_step, sent.quantity) == (TagUse.REWORK, 10, 2)
    assert {held.printer, sent.printer} == {"labels"}
    (report,) = [fact.event_id for fact in terminal.shop.facts if isinstance(fact.event, Reported)]
    assert {held.said, sent.said} == {report}
    assert reported.content.good == 70


async def test_the_screen_says_where_the_tags_come_from_and_any_scan_goes_on(terminal: Terminal) -> None:
    slip = await set_aside(terminal)
    body = terminal.view.body
    assert isinstance(body, Done)
    assert "2 tags from printer labels" in body.hint
    await terminal.scan(step_code(slip, 20))
    assert not isinstance(terminal.view.body, Done)


@pytest.mark.parametrize("printer", [None])
async def test_a_terminal_whose_settings_say_so_asks_for_no_tag(printer: str | None) -> None:
    terminal = Terminal(with_reasons(a_shop()), tag_printer=printer)
    await set_aside(terminal)
    assert len(terminal.reports) == 1
    assert asked(terminal, TagAsked) == []


async def test_training_asks_for_no_tag_that_would_be_printed(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(command(CommandWord.TRAINING))
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("3", "f6", "enter")
    body = terminal.view.body
    assert isinstance(body, Done), body
    assert body.figures.endswith("3 review")
    assert "printer" not in body.hint
    assert asked(terminal, TagAsked) == []


async def test_pieces_in_review_that_are_sent_to_rework_get_a_tag_of_their_own(terminal: Terminal) -> None:
    slip = await set_aside(terminal)
    await terminal.scan(SUPERVISOR)
    await terminal.scan(hold_code(slip, 10))
    await terminal.keys(*PIN, "enter", "enter", "3", "enter", "enter", "enter")
    sent = asked(terminal, TagAsked)[-1]
    assert isinstance(sent, TagAsked)
    assert (sent.use, sent.quantity, sent.to_step, sent.by) == (TagUse.REWORK, 3, 10, EVE.person)


async def test_the_desk_prints_a_tag_again_as_the_second_of_its_pieces(terminal: Terminal) -> None:
    await set_aside(terminal)
    await at_the_desk(terminal)
    await choose(terminal, "1001")
    await choose(terminal, "Print a tag again")
    rows = choices(terminal).rows
    assert [row.cells[0] for row in rows] == ["REWORK", "HOLD"], "the newest pile stands first"
    assert rows[1].cells[4:] == ("Glue line open", "1")
    await choose(terminal, "HOLD")
    again = asked(terminal, TagAsked)[-1]
    assert isinstance(again, TagAsked)
    assert (again.use, again.copy_number, again.by) == (TagUse.HOLD, 2, EVE.person)
    notice = terminal.view.notice
    assert notice is not None
    assert notice.title == "Tag 2 of these pieces comes from printer labels."


async def test_a_report_that_was_taken_back_has_no_tag_to_print(terminal: Terminal) -> None:
    slip = await set_aside(terminal)
    (report,) = [fact.event_id for fact in terminal.shop.facts if isinstance(fact.event, Reported)]
    terminal.shop.do(CorrectReport(intent="d" * 32, by=JOHN.person, slip=slip, report=report, content=None))
    await at_the_desk(terminal)
    await choose(terminal, "1001")
    assert all(row.cells[0] != "Print a tag again" for row in choices(terminal).rows)


# Cards


@pytest.mark.parametrize(
    ("line", "use"),
    [
        ("The reasons", CardUse.REASONS),
        ("The command card", CardUse.COMMANDS),
        ("The number card", CardUse.NUMBERS),
        ("The test of scanners", CardUse.SCANNERS),
    ],
)
async def test_the_desk_prints_sheets_on_the_printer_that_is_chosen(
    terminal: Terminal, line: str, use: CardUse
) -> None:
    await at_the_desk(terminal)
    await choose(terminal, "Print badges")
    await choose(terminal, line)
    await choose(terminal, "sheets")
    (cards,) = asked(terminal, CardsAsked)
    assert isinstance(cards, CardsAsked)
    assert (cards.use, cards.chosen, cards.printer, cards.by) == (use, (), "sheets", EVE.person)
    assert terminal.view.notice is not None
    assert terminal.view.notice.tone is Tone.TAKEN


async def test_one_badge_is_printed_by_choosing_or_scanning_whose_it_is(terminal: Terminal) -> None:
    await at_the_desk(terminal)
    for scanned in (False, True):
        await choose(terminal, "Print badges")
        await choose(terminal, "Badges")
        if scanned:
            await terminal.scan(encode(TagKind.PERSON, JOHN.badge))
        else:
            await choose(terminal, "John Miller")
        await choose(terminal, "sheets")
    assert [event.chosen for event in asked(terminal, CardsAsked)] == [(JOHN.person,)] * 2


async def test_all_badges_are_one_request(terminal: Terminal) -> None:
    await at_the_desk(terminal)
    await choose(terminal, "Print badges")
    await choose(terminal, "Badges")
    await choose(terminal, "All 3")
    await choose(terminal, "labels")
    assert [event.chosen for event in asked(terminal, CardsAsked)] == [()]


async def test_with_one_printer_nobody_is_asked_which() -> None:
    terminal = Terminal(with_reasons(a_shop()))
    await at_the_desk(terminal)
    await choose(terminal, "Print badges")
    await choose(terminal, "The command card")
    assert len(asked(terminal, CardsAsked)) == 1


async def test_without_a_printer_the_desk_says_so() -> None:
    terminal = Terminal(with_reasons(a_shop()), printers=())
    await at_the_desk(terminal)
    await choose(terminal, "Print badges")
    assert refused(terminal) == Refusal.NO_PRINTER.sentence


# The day


async def test_a_day_is_named_read_and_closed_with_its_sheet(terminal: Terminal) -> None:
    await set_aside(terminal)
    await at_the_desk(terminal)
    await choose(terminal, "Close the day")
    await choose(terminal, "12 Apr")
    shown = {row.cells[0]: row.cells[1] for row in choices(terminal).rows}
    assert choices(terminal).chosen == 0, "No is marked"
    assert shown["reports"] == "1"
    assert shown["pcs"] == "70 good, 0 scrap, 2 rework, 3 review"
    await choose(terminal, "reports")
    assert asked(terminal, DayClosed) == [], "a figure is no answer"
    await choose(terminal, "Yes")
    (closed,) = asked(terminal, DayClosed)
    assert isinstance(closed, DayClosed)
    assert (closed.day.isoformat(), closed.reports, closed.printer) == ("2026-04-12", 1, "labels")
    assert closed.totals[0].good == Decimal(70)
    assert terminal.view.notice is not None
    assert "is closed: 1 reports." in terminal.view.notice.title


async def test_yesterday_can_be_closed_and_no_closes_nothing(terminal: Terminal) -> None:
    await set_aside(terminal)
    await at_the_desk(terminal)
    await choose(terminal, "Close the day")
    await terminal.keys("2", "enter", "enter")
    assert asked(terminal, DayClosed) == [], "ENTER alone never says Yes"
    await terminal.keys("2", "enter", "2", "enter")
    (closed,) = asked(terminal, DayClosed)
    assert isinstance(closed, DayClosed)
    assert closed.day.isoformat() == "2026-04-11"


async def test_a_station_with_nothing_in_its_ledger_has_no_day(terminal: Terminal) -> None:
    await at_the_desk(terminal)
    await choose(terminal, "Close the day")
    await terminal.keys("1", "enter")
    assert refused(terminal) == Refusal.NOTHING_TO_CLOSE.sentence
    assert asked(terminal, DaySheetAsked) == []


def test_a_report_is_never_refused_for_its_tags() -> None:
    shop = a_shop()
    (slip,) = shop.issue(80)
    many = content(10, 1, review=1, rework=(10, 1))
    assert shop.report(slip, many)

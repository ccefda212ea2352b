"""Paper beside slips: tags that come with a report, cards, a day's close."""

from datetime import date
from decimal import Decimal

import pytest

from floor.commands import AskCards, AskDaySheet, AskTag, CloseDay, CorrectReport, DecideReview, ReportWork
from floor.days import DayCount, LastClose, OpenDay
from floor.decide import Picture, decide
from floor.events import (
    CardsAsked,
    CardUse,
    DayClosed,
    DaySheetAsked,
    LedgerRange,
    Reported,
    Review,
    ReviewFate,
    Rework,
    TagAsked,
    TagUse,
)
from floor.events.paper import CHOSEN_MAX
from floor.refusals import Refusal
from tests.floor.shop import ANNA, HERE, MOMENT, Shop, a_shop, content

INTENT = "0196b3c2a1f07abc8def0123456789ab"
EVE = "9001"


@pytest.fixture
def shop() -> Shop:
    return a_shop()


def set_aside() -> object:
    """A report of two piles in review and one sent to rework."""
    piles = {
        "review": (Review(quantity=Decimal(3), reason="R1"), Review(quantity=Decimal(2), reason=None)),
        "rework": (Rework(quantity=Decimal(4), to_step=10, reason="R2"),),
    }
    return content(20, 60).model_copy(update=piles)


def reporting(shop: Shop, printer: str | None = "tags") -> tuple[str, ReportWork]:
    """The slip, and the command that reports on it."""
    (slip,) = shop.issue(80)
    shop.report(slip, content(10, 80, final=True))
    return slip, ReportWork(intent=INTENT, by=ANNA, slip=slip, content=set_aside(), tag_printer=printer)


def tags(decided: list) -> list[TagAsked]:
    """The tags among events or facts."""
    return [event for event in decided if isinstance(event, TagAsked)]


def test_each_pile_that_a_report_sets_aside_has_a_tag_in_the_same_transaction(shop: Shop) -> None:
    slip, command = reporting(shop)
    decided = shop.facts_of(command)
    assert isinstance(decided[0][1], Reported)
    asked = tags([event for _, event in decided])
    assert [(tag.use, tag.line, tag.quantity, tag.reason, tag.to_step) for tag in asked] == [
        (TagUse.HOLD, 0, 3, "R1", None),
        (TagUse.HOLD, 1, 2, None, None),
        (TagUse.REWORK, 0, 4, "R2", 10),
    ]
    assert {(tag.slip, tag.step, tag.said, tag.printer, tag.copy_number) for tag in asked} == {
        (slip, 20, INTENT, "tags", 1)
    }
    ids = [event_id for event_id, _ in decided]
    assert len(set(ids)) == 4, "each has an id of its own"
    assert ids == [event_id for event_id, _ in shop.facts_of(command)], "a repeat makes the same ones"


def test_without_a_printer_for_tags_a_report_asks_for_none(shop: Shop) -> None:
    _, command = reporting(shop, printer=None)
    assert len(shop.facts_of(command)) == 1


def test_a_report_that_sets_nothing_aside_asks_for_no_tag(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    command = ReportWork(intent=INTENT, by=ANNA, slip=slip, content=content(10, 80), tag_printer="tags")
    assert len(shop.facts_of(command)) == 1


def asking(slip: str, use: TagUse = TagUse.HOLD, line: int = 0, said: str = INTENT) -> AskTag:
    """A supervisor wants a tag again."""
    return AskTag(intent="e" * 32, by=EVE, slip=slip, said=said, use=use, line=line, printer="tags")


def test_a_tag_can_be_asked_for_again_and_says_which_copy_it_is(shop: Shop) -> None:
    slip, command = reporting(shop)
    shop.do(command)
    ((_, again),) = shop.facts_of(asking(slip, line=1))
    assert isinstance(again, TagAsked)
    assert (again.quantity, again.copy_number, again.by) == (2, 2, EVE)
    shop.append(HERE, again)
    ((_, third),) = shop.facts_of(asking(slip, line=1))
    assert isinstance(third, TagAsked)
    assert third.copy_number == 3
    ((_, other),) = shop.facts_of(asking(slip, line=0))
    assert isinstance(other, TagAsked)
    assert other.copy_number == 2, "each pile counts its own"


def test_a_tag_of_a_station_without_a_printer_is_the_first_when_it_is_asked_for(shop: Shop) -> None:
    slip, command = reporting(shop, printer=None)
    shop.do(command)
    ((_, tag),) = shop.facts_of(asking(slip, TagUse.REWORK))
    assert isinstance(tag, TagAsked)
    assert (tag.copy_number, tag.to_step) == (1, 10)


def test_a_tag_asked_for_again_says_what_the_correction_says(shop: Shop) -> None:
    slip, command = reporting(shop)
    shop.do(command)
    fewer = set_aside().model_copy(update={"review": (Review(quantity=Decimal(1), reason="R9"),)})
    correcting = CorrectReport(
        intent="d" * 32, by=ANNA, slip=slip, report=INTENT, content=fewer, as_supervisor=True
    )
    shop.do(correcting)
    ((_, tag),) = shop.facts_of(asking(slip))
    assert isinstance(tag, TagAsked)
    assert (tag.quantity, tag.reason) == (1, "R9")
    assert shop.ask(asking(slip, line=1)) is Refusal.NOTHING_SET_ASIDE, "that pile is gone"


def test_no_tag_is_made_for_what_was_withdrawn_or_never_said(shop: Shop) -> None:
    slip, command = reporting(shop)
    shop.do(command)
    assert shop.ask(asking(slip, line=7)) is Refusal.NOTHING_SET_ASIDE
    assert shop.ask(asking(slip, said="f" * 32)) is Refusal.NOTHING_SET_ASIDE
    shop.do(CorrectReport(intent="d" * 32, by=ANNA, slip=slip, report=INTENT, content=None))
    assert shop.ask(asking(slip)) is Refusal.NOTHING_SET_ASIDE


@pytest.mark.parametrize(("fate", "count"), [(ReviewFate.REWORK, 1), (ReviewFate.GOOD, 0)])
def test_pieces_in_review_that_are_sent_to_rework_get_their_tag(
    shop: Shop, fate: ReviewFate, count: int
) -> None:
    slip, command = reporting(shop)
    shop.do(command)
    deciding = DecideReview(
        intent="c" * 32,
        by=EVE,
        slip=slip,
        step=20,
        quantity=Decimal(3),
        unit="pcs",
        fate=fate,
        to_step=10,
        tag_printer="tags",
    )
    events = [event for _, event in shop.facts_of(deciding)]
    assert [(tag.use, tag.to_step, tag.said) for tag in tags(events)] == [
        (TagUse.REWORK, 10, "c" * 32)
    ] * count
    shop.do(deciding)
    again = shop.ask(asking(slip, TagUse.REWORK, said="c" * 32))
    assert isinstance(again, list) == bool(count)


def test_cards_say_who_asked_and_for_whom(shop: Shop) -> None:
    command = AskCards(
        intent=INTENT, by=None, use=CardUse.BADGES, chosen=("4711",), single=True, printer="p", user="root"
    )
    ((_, asked),) = shop.facts_of(command)
    assert isinstance(asked, CardsAsked)
    assert (asked.use, asked.chosen, asked.single, asked.user) == (CardUse.BADGES, ("4711",), True, "root")
    many = AskCards(intent=INTENT, by=None, use=CardUse.LOTS, chosen=("L",) * (CHOSEN_MAX + 1), printer="p")
    assert shop.ask(many) is Refusal.TOO_MANY_CARDS


DAY = OpenDay(
    ranges=(LedgerRange(stream=HERE, first_seq=11, last_seq=30, head="ab" * 32, safe_through=25),), reports=4
)


def test_a_closed_day_says_what_the_ledger_counted_and_its_name_is_what_people_say(shop: Shop) -> None:
    picture = Picture(shop.plant, open_day=lambda: DAY)
    command = CloseDay(intent=INTENT, by=EVE, day=date(2020, 2, 29), printer="sheets")
    decided = decide(picture, command, MOMENT, shop.new_id)
    assert isinstance(decided, list)
    ((_, closed),) = decided
    assert isinstance(closed, DayClosed)
    assert (closed.day, closed.ranges, closed.reports) == (date(2020, 2, 29), DAY.ranges, 4)
    assert (DAY.entries, DAY.unsafe) == (20, 5)


def test_nothing_is_closed_where_nothing_was_recorded(shop: Shop) -> None:
    closing = CloseDay(intent=INTENT, by=EVE, day=date(2026, 4, 30))
    assert shop.ask(closing) is Refusal.NOTHING_TO_CLOSE
    again = AskDaySheet(intent=INTENT, by=EVE, printer="sheets")
    assert shop.ask(again) is Refusal.NO_DAY_CLOSED


def test_a_days_sheet_asked_for_again_is_the_second_copy_and_then_the_third(shop: Shop) -> None:
    for asked_for, copy in ((1, 2), (2, 3)):
        last = LastClose("c" * 32, asked_for)
        picture = Picture(shop.plant, last_close=lambda last=last: last)
        command = AskDaySheet(intent=INTENT, by=None, printer="sheets", user="root")
        decided = decide(picture, command, MOMENT, shop.new_id)
        assert isinstance(decided, list)
        ((_, asked),) = decided
        assert isinstance(asked, DaySheetAsked)
        assert (asked.closing, asked.copy_number) == ("c" * 32, copy)


def test_a_days_figures_are_those_of_its_reports_as_they_stand_by_unit(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    day = DayCount()
    first = shop.report(slip, content(10, 30, scrap=2))
    second = shop.report(slip, content(10, 5, review=1))
    third = shop.report(slip, content(10, 7))
    kilos = shop.report(slip, content(10, 5, unit="kg"))
    better = shop.correct(first, content(10, 29, scrap=3))
    gone = shop.correct(third, None)
    for fact in (first, second, third, kilos, better, gone, second, better):
        day.learn(fact)
    assert (day.reports, day.corrected) == (4, 2)
    assert [(total.unit, total.good, total.scrap, total.review) for total in day.totals()] == [
        ("kg", 5, 0, 0),
        ("pcs", 34, 3, 1),
    ]


def test_a_correction_of_an_earlier_days_report_is_counted_and_changes_no_figure(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    earlier = shop.report(slip, content(10, 30))
    day = DayCount()
    day.learn(shop.correct(earlier, content(10, 20)))
    assert (day.reports, day.corrected, day.totals()) == (0, 1, ())

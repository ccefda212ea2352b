"""What a work centre can take up now, and what comes to it next."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from floor.codec import Fact
from floor.commands import StartRun
from floor.dispatch import WaitingHere, in_turn, waiting_here
from floor.events import RunKind
from floor.orders import Decision
from floor.quantities import Unit
from tests.floor.shop import ANNA, MOMENT, THERE, Shop, a_shop, content, step

ROUTE = [step(10), step(20, unit=Unit(name="leg")), step(30)]
MINUTE_MS = 60_000
SINCE = datetime.fromtimestamp(MOMENT.clamped_ms / 1000, UTC)


def listed(shop: Shop, work_centre: str | None = None, now: datetime = SINCE) -> list[WaitingHere]:
    return waiting_here([shop.order], work_centre, now)


def at_minute(shop: Shop, fact: Fact, minute: int) -> None:
    """The fact happened so many minutes later."""
    at = MOMENT.model_copy(update={"clamped_ms": MOMENT.clamped_ms + minute * MINUTE_MS})
    moved = replace(fact, event=fact.event.model_copy(update={"at": at}))
    shop.facts[shop.facts.index(fact)] = moved


def test_what_waits_is_listed_by_slip_and_step_in_the_steps_unit_with_what_comes_next() -> None:
    shop = a_shop(ROUTE, 60)
    first, second = shop.issue(60, 30)
    shop.report(first, content(10, 12))
    told = [(line.slip, line.step, line.still_here, line.unit, line.coming) for line in listed(shop)]
    assert told == [
        (first, 10, Fraction(18), "pcs", False),
        (first, 20, Fraction(12), "leg", False),
        (first, 30, Fraction(12), "pcs", True),
        (second, 10, Fraction(30), "pcs", False),
        (second, 20, Fraction(30), "leg", True),
    ]
    assert [(line.slip, line.step) for line in listed(shop, "WC20")] == [(first, 20), (second, 20)]


def test_what_comes_to_a_join_is_what_can_be_taken_up_together() -> None:
    ways = [step(10, predecessors=()), step(20, predecessors=()), step(30, predecessors=(10, 20))]
    shop = a_shop(ways, 60)
    (slip,) = shop.issue(60)
    shop.report(slip, content(10, 40, scrap=15))
    shop.report(slip, content(20, 25))
    shop.report(slip, content(30, 25))
    (coming,) = listed(shop, "WC30")
    assert (coming.still_here, coming.coming) == (20, True)


def test_nothing_waits_of_an_order_that_is_not_open_or_a_slip_that_is_void() -> None:
    shop = a_shop(ROUTE, 60)
    first, second = shop.issue(60, 30)
    shop.void(first)
    assert {line.slip for line in listed(shop)} == {second}
    shop.decision(Decision.HOLD, "no wood")
    assert waiting_here([shop.order, Shop().order], None, SINCE) == []


def test_nothing_waits_at_a_step_that_is_done_and_nothing_comes_to_it() -> None:
    shop = a_shop([step(10), step(20)], 30)
    (slip,) = shop.issue(30)
    shop.report(slip, content(20, 0, final=True))
    assert [line.step for line in listed(shop)] == [10]
    shop.report(slip, content(10, 28, final=True))
    assert listed(shop) == []


def test_pieces_lie_untouched_since_they_came_or_since_the_last_report_on_them() -> None:
    shop = a_shop(ROUTE, 60)
    (slip,) = shop.issue(60)
    for minute in (30, 45):
        at_minute(shop, shop.report(slip, content(10, 12)), minute)
    at = {line.step: line.since for line in listed(shop) if line.since}
    assert [(at[step] - SINCE).seconds // 60 for step in (10, 20)] == [45, 30]
    at_minute(shop, shop.report(slip, content(20, 5), stream=THERE), 50)
    assert {line.step: line.since for line in listed(shop)}[20] == SINCE + timedelta(minutes=50)


def test_a_run_that_is_open_shows_and_one_that_ended_does_not() -> None:
    shop = a_shop(ROUTE, 60)
    (slip,) = shop.issue(60)
    start = StartRun(
        intent=shop.new_id(),
        by=ANNA,
        slip=slip,
        step=10,
        machine=None,
        operators=(ANNA,),
        run_kind=RunKind.PRODUCTION,
    )
    shop.do(start)
    assert [line.running for line in listed(shop, "WC10")] == [True]


def line(name: str, due: int | None, machine: str | None = None, *, coming: bool = False) -> WaitingHere:
    return WaitingHere(
        slip=name,
        order="1",
        item_name="Chair",
        step=10,
        step_name="Cut",
        still_here=Fraction(1),
        unit="pcs",
        due=date(2026, 4, due) if due else None,
        machine=machine,
        since=None if coming else SINCE,
    )


def test_the_earliest_due_comes_first_then_what_is_planned_here_and_what_is_to_come_last() -> None:
    waiting = [
        line("to come", 1, "saw-1", coming=True),
        line("some day", None, "saw-1"),
        line("elsewhere", 20, "saw-2"),
        line("anywhere", 20),
        line("here", 20, "saw-1"),
        line("first", 10, "saw-2"),
    ]
    turns = [waits.slip for waits in in_turn(waiting, "saw-1")]
    assert turns == ["first", "here", "anywhere", "elsewhere", "some day", "to come"]


def test_late_is_what_was_due_before_today() -> None:
    shop = a_shop(ROUTE, 60)
    shop.issue(60)
    due = SINCE.date()
    confirmed = next(fact for fact in shop.facts if fact.event.kind == "order_confirmed")
    demand = confirmed.event.demand.model_copy(update={"due": due})
    event = confirmed.event.model_copy(update={"demand": demand})
    shop.facts[shop.facts.index(confirmed)] = replace(confirmed, event=event)
    assert [line.late for line in listed(shop, "WC10")] == [False]
    tomorrow = SINCE + timedelta(days=1)
    assert [(line.late, line.today) for line in listed(shop, "WC10", tomorrow)] == [(True, False)]

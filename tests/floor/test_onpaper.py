"""What a slip's own words stand for: work at a station that never heard of it, until the facts join up."""

from dataclasses import replace
from decimal import Decimal

import pytest

from floor.commands import (
    IssueSlips,
    MergeSlips,
    ReprintSlip,
    SplitSlip,
)
from floor.doubts import doubts_at_scan, doubts_of_report
from floor.events import (
    OrderDrafted,
    Reported,
)
from floor.flags import Flag
from floor.orders import Decision
from floor.passport import Vouched
from floor.passport_of import passport_of
from floor.progress import fold_order
from floor.quantities import Ratio, Unit
from floor.refusals import Refusal
from floor.standing import standing_flags
from tests.floor.paper import AWAY, KEY, LEGS, Away, bare, paper_of, reading
from tests.floor.shop import ANNA, MOMENT, ORDER, Shop, a_shop, content, step


@pytest.fixture
def shop() -> Shop:
    return a_shop(
        [step(10, unit=LEGS, ratio=Ratio(step=4, order=1)), step(20, machine="saw-1"), step(30)], 80
    )


def test_a_station_that_never_heard_of_the_slip_works_from_its_paper(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    away = Away(shop)
    away.read(paper_of(shop, slip))
    known = away.order.slips[slip]
    assert (known.known, known.told, known.order) == (False, True, ORDER)
    assert known.lines[10].still_here == 320
    assert away.order.on_paper is not None
    assert away.order.on_paper.demand == shop.order.life.demand
    assert [one.name for one in away.order.steps.values()] == ["step 10", "step 20", "step 30"]
    away.report(slip, 10, 320, unit="legs", final=True)
    assert away.order.slips[slip].lines[20].still_here == 80
    assert away.flags == []


def test_a_report_from_paper_names_no_order_and_counts_where_the_slip_belongs(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    away = Away(shop)
    away.read(paper_of(shop, slip))
    fact = away.report(slip, 10, 320)
    assert isinstance(fact.event, Reported)
    assert fact.event.order is None
    assert shop.order.slips[slip].lines[10].good == 320


def test_what_the_paper_says_is_worth_nothing_where_the_facts_are_known(shop: Shop) -> None:
    first, second = shop.issue(80, 40)
    before = shop.order
    away = Away(shop)
    for slip in (first, second):
        away.read(paper_of(shop, slip))
    assert bare(shop.order) == bare(before)
    assert standing_flags(shop.order) == standing_flags(before)


def test_a_part_starts_where_it_was_split_off(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    shop.report(slip, content(10, 320, final=True, unit="legs"))
    child = shop.split(slip, 20, 30)
    away = Away(shop)
    away.read(paper_of(shop, child))
    known = away.order.slips[child]
    assert (known.origin and known.origin.parent, known.quantity) == (slip, 30)
    assert {number: line.still_here for number, line in known.lines.items()} == {10: 0, 20: 30, 30: 0}
    away.read(paper_of(shop, slip))
    away.report(slip, 10, 320, unit="legs", final=True)
    assert away.order.slips[slip].lines[20].still_here == 50, "the part is not here any more"


def test_a_make_up_slip_asks_for_nothing_beyond_the_order(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    shop.report(slip, content(10, 312, scrap=8, final=True, unit="legs"))
    (extra,) = shop.issue(2, make_up=True)
    away = Away(shop)
    away.read(paper_of(shop, extra))
    assert (away.order.unissued, away.order.issued) == (80, 2)


# What cannot be done from paper alone


def test_slips_are_not_issued_printed_split_or_merged_from_hearsay(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    away = Away(shop)
    away.read(paper_of(shop, slip))
    refusals = [
        shop.ask(command, AWAY, away.facts)
        for command in (
            IssueSlips(intent="1" * 32, by=ANNA, order=ORDER, quantity=Decimal(1)),
            ReprintSlip(intent="1" * 32, by=ANNA, slip=slip, printer="p"),
            SplitSlip(intent="1" * 32, by=ANNA, slip=slip, step=10, quantity=Decimal(1)),
            MergeSlips(intent="1" * 32, by=ANNA, slip=slip, into="BBBBBBBB", step=10),
        )
    ]
    assert refusals == [
        *(Refusal.ORDER_UNKNOWN, Refusal.SLIP_UNKNOWN),
        *(Refusal.SLIP_NOT_ISSUED_HERE, Refusal.SLIP_NOT_ISSUED_HERE),
    ]
    assert passport_of(away.order, slip, "B", KEY, MOMENT) is None, "nobody vouches for hearsay"


def test_an_order_that_is_only_known_from_paper_can_still_be_drafted_by_central(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    passport = paper_of(shop, slip)
    shop.facts.clear()
    Away(shop).read(passport)
    assert shop.order.life.state is None
    assert shop.draft(80)


# Who signed it


def test_a_passport_that_a_known_key_did_not_sign_is_refused_by_name(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    command = reading(paper_of(shop, slip), "1" * 32, Vouched.FORGED)
    assert shop.ask(command) is Refusal.PASSPORT_FORGED


def test_one_whose_key_is_not_known_is_taken_and_flagged_until_it_is(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    away = Away(shop)
    read = away.read(paper_of(shop, slip), Vouched.UNPROVEN)
    assert away.order.slips[slip].told
    assert away.flags == [Flag.PASSPORT_UNPROVEN]
    assert said_at_scan(away, slip) == [Flag.PASSPORT_UNPROVEN]
    away.check(read, genuine=True)
    assert away.flags == []
    assert said_at_scan(away, slip) == []


def test_one_that_turns_out_forged_counts_for_nothing_and_its_work_stays(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    away = Away(shop)
    read = away.read(paper_of(shop, slip), Vouched.UNPROVEN)
    away.report(slip, 10, 320)
    away.check(read, genuine=False)
    known = away.order.slips[slip]
    assert (known.told, away.order.locked) == (False, None)
    assert known.lines[10].good == 320
    assert away.flags == [Flag.UNKNOWN_SLIP, Flag.PASSPORT_FORGED]
    assert Flag.PASSPORT_FORGED in [flag.flag for flag in standing_flags(shop.order)]


def test_a_proven_reading_is_believed_before_an_unproven_one(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    good = paper_of(shop, slip)
    away = Away(shop)
    away.read(good)
    away.read(good.model_copy(update={"quantity": Decimal(99), "minute": good.minute + 1}), Vouched.UNPROVEN)
    assert away.order.slips[slip].quantity == 80


# Paper and facts that disagree


@pytest.mark.parametrize(
    "changed",
    [
        {"quantity": Decimal(70)},
        {"order_quantity": Decimal(70)},
        {"item": "TABLE"},
        {"unit": Unit(name="set")},
        {"version_of_route": 9},
        {"steps_dropped": 1},
        {"order": "1002"},
    ],
)
def test_paper_that_says_something_else_than_the_facts_is_flagged(
    shop: Shop, changed: dict[str, object]
) -> None:
    (slip,) = shop.issue(80)
    away = Away(shop)
    read = away.read(paper_of(shop, slip).model_copy(update=changed))
    (flag,) = [flag for flag in standing_flags(shop.order) if flag.flag is Flag.PASSPORT_DIFFERS]
    assert read.event_id in flag.facts
    assert shop.order.slips[slip].quantity == 80, "the fact counts"
    said = doubts_at_scan(shop.picture(), slip, 10, None, None, None)
    assert Flag.PASSPORT_DIFFERS in said


def test_a_step_at_another_place_is_a_difference_and_a_name_without_room_is_none(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    passport = paper_of(shop, slip)
    nameless = tuple(one.model_copy(update={"name": None}) for one in passport.steps)
    moved = (passport.steps[0].model_copy(update={"work_centre": "ELSEWHERE"}), *passport.steps[1:])
    away = Away(shop)
    away.read(passport.model_copy(update={"steps": nameless, "item_name": None}))
    away.read(passport.model_copy(update={"steps": nameless[:2], "steps_dropped": 1}))
    assert Flag.PASSPORT_DIFFERS not in [flag.flag for flag in standing_flags(shop.order)]
    away.read(passport.model_copy(update={"steps": moved}))
    assert Flag.PASSPORT_DIFFERS in [flag.flag for flag in standing_flags(shop.order)]


def test_paper_of_a_slip_that_was_issued_for_another_order_does_not_count_there(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    away = Away(shop)
    away.read(paper_of(shop, slip).model_copy(update={"order": "1002"}))
    other = fold_order(shop.facts, "1002")
    assert not other.slips[slip].told
    assert (other.issued, other.slips[slip].lines[10].received) == (0, 0)
    assert [flag.flag for flag in standing_flags(other)] == [Flag.PASSPORT_DIFFERS]


def test_work_on_paper_of_a_wrong_order_counts_where_the_slip_was_issued(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    away = Away(shop)
    away.read(paper_of(shop, slip).model_copy(update={"order": "1002"}))
    away.report(slip, 10, 320)
    assert shop.line(slip, 10).good == 320
    assert not any(line.good for line in fold_order(shop.facts, "1002").slips[slip].lines.values())


def test_paper_of_one_order_is_no_issue_in_another_that_somebody_named(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    away = Away(shop)
    away.read(paper_of(shop, slip))
    report = away.report(slip, 10, 5)
    named = report.event.model_copy(update={"order": "1002"})
    away.facts[-1] = replace(report, event=named)
    assert not fold_order(away.facts, "1002").slips[slip].told
    assert fold_order(away.facts, ORDER).slips[slip].told


def test_an_order_that_was_confirmed_after_the_last_news_is_taken_for_open(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    away = Away(shop)
    away.facts += [fact for fact in shop.facts if isinstance(fact.event, OrderDrafted)]
    away.read(paper_of(shop, slip))
    assert said_at_scan(away, slip) == []
    away.facts += shop.decision(Decision.CANCEL, "not wanted", away.facts)
    assert said_at_scan(away, slip) == [Flag.ORDER_NOT_OPEN]


def test_an_older_copy_is_warned_of_where_a_newer_one_was_read(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    away = Away(shop)
    away.read(paper_of(shop, slip, "D"))
    assert said_at_scan(away, slip, "C") == [Flag.NEWER_COPY]
    assert said_at_scan(away, slip, "D") == []


def test_more_than_the_paper_says_is_warned_of_before_it_is_reported(shop: Shop) -> None:
    (slip,) = shop.issue(80)
    away = Away(shop)
    away.read(paper_of(shop, slip))
    known = away.order.slips[slip]
    assert doubts_of_report(known, away.order.steps[10], content(10, 321, unit="legs")) == (
        Flag.MORE_THAN_HERE,
    )


def said_at_scan(away: Away, slip: str, copy_letter: str | None = None) -> list[Flag]:
    picture = away.shop.picture(away.facts, AWAY)
    return list(doubts_at_scan(picture, slip, 10, None, None, copy_letter))

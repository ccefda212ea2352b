"""What a slip's own words stand for: work at a station that never heard of it, until the facts join up."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floor.codec import Fact
from floor.commands import (
    CheckPassport,
    IssueSlips,
    MergeSlips,
    ReadPassport,
    ReprintSlip,
    SplitSlip,
)
from floor.doubts import doubts_at_scan, doubts_of_report
from floor.events import (
    OrderDrafted,
    OrderEvent,
    PassportChecked,
    PassportRead,
    Reported,
    SlipIssued,
    SlipSplit,
)
from floor.flags import Flag
from floor.onpaper import NOTHING_READ
from floor.orders import Decision
from floor.passport import Passport, Signed, Vouched, key_id
from floor.passport_of import passport_of
from floor.progress import OrderProgress, fold_order
from floor.quantities import Ratio, Unit
from floor.refusals import Refusal
from floor.standing import StandingFlag, standing_flags
from tests.floor.shop import ANNA, MOMENT, ORDER, Shop, a_shop, content, step
from tests.floor.stories import Story, stories

KEY: Final = key_id("5d" * 32)
AWAY: Final = "d4" * 16
"""The stream of a station that hears of nothing."""
PAPER: Final = (PassportRead, PassportChecked)
LEGS: Final = Unit(name="legs")


def paper_of(shop: Shop, slip: str, copy_letter: str = "B") -> Passport:
    """What stands on the paper of a slip."""
    passport = passport_of(shop.order, slip, copy_letter, KEY, MOMENT)
    assert passport is not None
    return passport


def reading(passport: Passport, intent: str, vouched: Vouched = Vouched.PROVEN) -> ReadPassport:
    return ReadPassport(intent=intent, by=ANNA, signed=Signed(passport, "0" * 128), vouched=vouched)


class Away:
    """A station with no server: it knows what it was told by paper, and what was reported at it."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.facts: list[Fact] = []

    def read(self, passport: Passport, vouched: Vouched = Vouched.PROVEN) -> Fact:
        facts = self.shop.do(reading(passport, self.shop.new_id(), vouched), AWAY, self.facts)
        self.facts += facts
        return facts[0]

    def check(self, read: Fact, *, genuine: bool) -> None:
        order, slip = read.event.subjects()[:2]
        command = CheckPassport(
            intent=self.shop.new_id(),
            by=None,
            read=read.event_id,
            slip=slip or "",
            order=order or "",
            genuine=genuine,
        )
        self.facts += self.shop.do(command, AWAY, self.facts)

    def report(self, slip: str, step: int, good: int, **more: Any) -> Fact:
        fact = self.shop.report(slip, content(step, good, **more), stream=AWAY, known=self.facts)
        self.facts.append(fact)
        return fact

    @property
    def order(self) -> OrderProgress:
        return fold_order(self.facts)

    @property
    def flags(self) -> list[Flag]:
        return [flag.flag for flag in standing_flags(self.order)]


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
    assert [flag.flag for flag in standing_flags(other)] == [Flag.PASSPORT_DIFFERS]


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


# Any order of arrival, and the state that it comes to


def bare(order: OrderProgress) -> OrderProgress:
    """Without what was read from paper: everything that a report or a plan goes by."""
    slips = {name: replace(slip, words=NOTHING_READ) for name, slip in order.slips.items()}
    facts = tuple(fact for fact in order.facts if not isinstance(fact.event, PAPER))
    return replace(order, slips=slips, facts=facts)


@st.composite
def stories_on_paper(draw: st.DrawFn) -> Story:
    """A story of which some slips were read at another station, proven or not, and reported there."""
    story = draw(stories(8))
    shop = story.shop
    away = Away(shop)
    for slip in draw(st.lists(st.sampled_from(sorted(story.slips)), max_size=4)):
        passport = passport_of(shop.order, slip, draw(st.sampled_from("BCD")), KEY, MOMENT)
        if passport is None:
            continue
        kept = draw(st.integers(1, len(passport.steps)))
        less = {"steps": passport.steps[:kept], "steps_dropped": len(passport.steps) - kept}
        vouched = draw(st.sampled_from([Vouched.PROVEN, Vouched.UNPROVEN]))
        read = away.read(passport.model_copy(update=less if draw(st.booleans()) else {}), vouched)
        if vouched is Vouched.UNPROVEN and draw(st.booleans()):
            away.check(read, genuine=draw(st.sampled_from([True, True, False])))
        if draw(st.booleans()):
            away.report(
                slip, draw(st.sampled_from([one.number for one in story.route])), draw(st.integers(1, 9))
            )
    return story


@settings(max_examples=120, deadline=None)
@given(stories_on_paper(), st.data())
def test_whatever_arrives_in_whatever_order_gives_the_same_state(story: Story, data: st.DataObject) -> None:
    facts = story.shop.facts
    known = data.draw(st.lists(st.sampled_from(facts), unique_by=lambda fact: fact.event_id))
    shuffled = data.draw(st.permutations(known))
    assert fold_order(shuffled) == fold_order(known)
    assert standing_flags(fold_order(shuffled)) == standing_flags(fold_order(known))


@settings(max_examples=120, deadline=None)
@given(stories_on_paper())
def test_with_the_facts_there_the_state_is_as_if_nobody_had_read_any_paper(story: Story) -> None:
    everything = story.shop.order
    without = fold_order([fact for fact in story.shop.facts if not isinstance(fact.event, PAPER)])
    assert bare(everything) == bare(without)
    assert doubts(everything) == doubts(without)


@settings(max_examples=120, deadline=None)
@given(stories_on_paper(), st.data())
def test_no_piece_is_lost_while_only_the_paper_is_known(story: Story, data: st.DataObject) -> None:
    hidden = data.draw(st.sampled_from([(SlipIssued, SlipSplit), (OrderEvent,), (SlipIssued, OrderEvent)]))
    known = fold_order([fact for fact in story.shop.facts if not isinstance(fact.event, hidden)])
    for slip in known.slips.values():
        for line in slip.lines.values():
            if not line.counts:
                continue
            given_out = line.good + line.scrap + line.rework_out + line.review + line.missing
            assert line.received + line.surplus == given_out + line.still_here
            assert isinstance(line.still_here, Fraction)
    standing_flags(known)


def doubts(order: OrderProgress) -> list[StandingFlag]:
    """Every doubt but the one that lasts: a forgery is told whatever is known."""
    return [flag for flag in standing_flags(order) if flag.flag is not Flag.PASSPORT_FORGED]

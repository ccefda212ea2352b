"""What each slip and order has, told in the shop's own stories."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floor.codec import Fact
from floor.events import ReportContent, RunKind, SlipIssued
from floor.flags import Flag
from floor.progress import OrderProgress, StepLine, fold_order
from floor.quantities import Ratio, Unit
from floor.routing import Counting, Step
from floor.standing import standing_flags
from floor.tags import copy_letter
from tests.floor.shop import HERE, ORDER, THERE, Shop, a_shop, content, step
from tests.floor.stories import Story, stories

ONE_STEP = [step(10)]
TWO_STEPS = [step(10), step(20)]


def figures(line: StepLine) -> dict[str, Fraction]:
    """A step's figures that are not zero."""
    names = ("received", "surplus", "good", "scrap", "rework_out", "review", "missing", "still_here")
    return {name: getattr(line, name) for name in names if getattr(line, name)}


def one_slip(steps: list[Step] | None = None, quantity: int = 30) -> tuple[Shop, str]:
    """An order on a single slip."""
    shop = a_shop(steps, quantity)
    (slip,) = shop.issue(quantity)
    return shop, slip


ONE_STEP_STORIES: dict[str, tuple[list[ReportContent], dict[str, int]]] = {
    "nothing said yet": ([], {"still_here": 30}),
    "28 so far": ([content(10, 28)], {"good": 28, "still_here": 2}),
    "28 of 30, done": ([content(10, 28, final=True)], {"good": 28, "missing": 2}),
    "28 and 2 scrap": ([content(10, 28, scrap=2)], {"good": 28, "scrap": 2}),
    "done first, then the rest": (
        [content(10, 20, final=True), content(10, 10)],
        {"good": 30},
    ),
    "33 of 30": ([content(10, 33)], {"good": 33, "surplus": 3}),
    "in review": ([content(10, 25, review=5)], {"good": 25, "review": 5}),
    "reworked here": (
        [content(10, 25, rework=(10, 5)), content(10, 4, scrap=1, run_kind=RunKind.REWORK)],
        {"received": 35, "good": 29, "scrap": 1, "rework_out": 5},
    ),
}


@pytest.mark.parametrize(("told", "shown"), ONE_STEP_STORIES.values(), ids=ONE_STEP_STORIES)
def test_what_a_step_has(told: list[ReportContent], shown: dict[str, int]) -> None:
    shop, slip = one_slip(ONE_STEP)
    for said in told:
        shop.report(slip, said)
    assert figures(shop.line(slip, 10)) == {"received": 30} | shown


def test_reworked_pieces_are_good_but_not_at_the_first_pass() -> None:
    shop, slip = one_slip(TWO_STEPS)
    shop.report(slip, content(10, 30))
    shop.report(slip, content(20, 25, rework=(10, 5)))
    assert figures(shop.line(slip, 10)) == {"received": 35, "good": 30, "still_here": 5}
    shop.report(slip, content(10, 5, run_kind=RunKind.REWORK))
    line = shop.line(slip, 10)
    assert (line.good, line.first_pass_good, line.rework_in) == (35, 30, 5)
    assert figures(shop.line(slip, 20)) == {"received": 35, "good": 25, "rework_out": 5, "still_here": 5}


def test_surplus_shrinks_when_the_earlier_report_arrives() -> None:
    shop, slip = one_slip(TWO_STEPS)
    shop.report(slip, content(20, 20), stream=HERE)
    assert figures(shop.line(slip, 20)) == {"good": 20, "surplus": 20}
    shop.report(slip, content(10, 15), stream=THERE)
    assert figures(shop.line(slip, 20)) == {"received": 15, "good": 20, "surplus": 5}
    shop.report(slip, content(10, 15), stream=THERE)
    assert figures(shop.line(slip, 20)) == {"received": 30, "good": 20, "still_here": 10}
    assert shop.flags() == []


def test_a_later_step_may_start_on_the_part_that_was_passed_on() -> None:
    shop, slip = one_slip()
    shop.report(slip, content(10, 12))
    shop.report(slip, content(20, 10))
    assert [shop.line(slip, at).still_here for at in (10, 20, 30)] == [18, 2, 10]


def test_a_step_that_moves_nothing_informs_only() -> None:
    shop, slip = one_slip([step(10), step(15, counting=Counting.SAMPLE), step(20)])
    shop.report(slip, content(10, 30))
    shop.report(slip, content(15, 5, scrap=1, rework=(10, 2), review=1, final=True))
    assert figures(shop.line(slip, 15)) == {
        "received": 30,
        "good": 5,
        "scrap": 1,
        "rework_out": 2,
        "review": 1,
    }
    assert figures(shop.line(slip, 10)) == {"received": 30, "good": 30}
    assert figures(shop.line(slip, 20)) == {"received": 30, "still_here": 30}


def test_rework_sent_to_a_step_that_moves_nothing_waits_behind_it() -> None:
    shop, slip = one_slip([step(10), step(15, counting=Counting.PASSES_THROUGH), step(20), step(30)])
    for said in (content(10, 30), content(20, 30), content(30, 26, rework=(15, 4))):
        shop.report(slip, said)
    assert shop.line(slip, 20).still_here == 4
    assert shop.order.slips[slip].potential == 30


def test_four_legs_are_one_set() -> None:
    shop, slip = one_slip([step(10, unit=Unit(name="leg"), ratio=Ratio(step=4, order=1)), step(20)], 20)
    assert shop.line(slip, 10).received == 80
    shop.report(slip, content(10, 78, scrap=2))
    assert shop.line(slip, 20).received == Fraction(39, 2)
    assert shop.order.slips[slip].potential == Fraction(39, 2)
    shop.report(slip, content(20, 18, rework=(10, 1)))
    assert shop.line(slip, 10).rework_in == 4


def test_a_join_receives_the_smallest_of_what_its_ways_passed_on() -> None:
    shop, slip = one_slip(
        [
            step(10),
            step(20, predecessors=(10,)),
            step(30, predecessors=(10,)),
            step(40, predecessors=(20, 30)),
        ]
    )
    shop.report(slip, content(10, 30))
    assert [shop.line(slip, at).received for at in (20, 30)] == [30, 30]
    shop.report(slip, content(20, 28))
    assert shop.line(slip, 40).received == 0
    shop.report(slip, content(30, 25))
    assert shop.line(slip, 40).received == 25


def test_an_output_of_two_last_steps_is_the_smaller() -> None:
    shop, slip = one_slip([step(10), step(20, predecessors=(10,)), step(30, predecessors=(10,))])
    for said in (content(10, 30), content(20, 28), content(30, 25)):
        shop.report(slip, said)
    assert shop.order.output == 25


def test_work_at_a_step_that_the_order_does_not_have_is_kept_beside_the_route() -> None:
    shop, slip = one_slip(TWO_STEPS)
    shop.report(slip, content(10, 30))
    shop.report(slip, content(15, 7, scrap=1))
    assert (shop.line(slip, 15).good, shop.line(slip, 15).scrap) == (7, 1)
    assert shop.line(slip, 20).received == 30


class TestPlanning:
    """What an order still gives, and what must be issued."""

    def test_four_scrap_of_eighty_fall_short_by_four_until_they_are_made_up(self) -> None:
        shop, slip = one_slip(TWO_STEPS, 80)
        shop.report(slip, content(10, 76, scrap=4))
        assert (shop.order.shortfall, shop.order.lost, shop.order.unissued) == (4, 4, 0)
        shop.issue(4, make_up=True)
        assert (shop.order.shortfall, shop.order.over_issued, shop.order.unissued) == (0, 0, 0)
        assert shop.flags() == []

    def test_what_is_not_issued_yet_is_no_shortfall(self) -> None:
        shop = a_shop(quantity=80)
        assert (shop.order.shortfall, shop.order.unissued) == (0, 80)
        (slip,) = shop.issue(50)
        assert (shop.order.shortfall, shop.order.unissued, shop.order.issued) == (0, 30, 50)
        shop.report(slip, content(10, 45, scrap=5))
        assert (shop.order.shortfall, shop.order.unissued) == (5, 30)

    def test_a_make_up_slip_is_not_taken_from_what_is_still_to_be_issued(self) -> None:
        shop = a_shop(quantity=80)
        (slip,) = shop.issue(50)
        shop.report(slip, content(10, 45, scrap=5))
        shop.issue(5, make_up=True)
        assert (shop.order.shortfall, shop.order.unissued, shop.order.over_issued) == (0, 30, 0)

    def test_missing_pieces_and_those_sent_away_fall_short_and_those_in_review_do_not(self) -> None:
        shop, slip = one_slip(TWO_STEPS, 80)
        shop.report(slip, content(10, 75, review=3, final=True))
        assert shop.order.shortfall == 2
        shop.report(slip, content(20, 70, rework=(10, 5)))
        assert shop.order.shortfall == 2, "rework that comes back to a finished step waits there"
        assert (shop.line(slip, 10).still_here, shop.line(slip, 10).missing) == (5, 2)
        shop.report(slip, content(10, 4, run_kind=RunKind.REWORK, final=True))
        assert (shop.line(slip, 10).still_here, shop.line(slip, 10).missing) == (0, 3)
        assert shop.order.shortfall == 3

    def test_a_made_over_piece_makes_up_for_a_lost_one(self) -> None:
        shop = a_shop(ONE_STEP, 80)
        first, second = shop.issue(80, 40)
        shop.report(first, content(10, 38, scrap=2))
        shop.report(second, content(10, 42))
        assert (shop.order.output, shop.order.shortfall) == (80, 0)

    def test_slips_beyond_the_order_and_its_losses_are_over_issued(self) -> None:
        shop, slip = one_slip(TWO_STEPS, 80)
        shop.report(slip, content(10, 76, scrap=4))
        shop.issue(10, make_up=True)
        (flag,) = shop.flags()
        assert (flag.flag, flag.amount) == (Flag.OVER_ISSUED, 6)


class TestCorrections:
    """A correction states all of it anew; of several a fixed rule picks one."""

    def test_a_correction_replaces_all_that_was_said(self) -> None:
        shop, slip = one_slip(ONE_STEP)
        report = shop.report(slip, content(10, 25, scrap=5, final=True))
        shop.correct(report, content(10, 26))
        assert figures(shop.line(slip, 10)) == {"received": 30, "good": 26, "still_here": 4}

    def test_the_later_correction_of_one_station_counts(self) -> None:
        shop, slip = one_slip(ONE_STEP)
        report = shop.report(slip, content(10, 25))
        first = shop.correct(report, content(10, 26))
        second = shop.correct(report, content(10, 27))
        (standing,) = shop.line(slip, 10).reports
        assert (standing.content.good if standing.content else None, standing.corrections) == (
            27,
            (first, second),
        )
        assert shop.flags() == []

    @pytest.mark.parametrize("streams", [(HERE, THERE), (THERE, HERE)])
    def test_of_two_stations_the_greater_stream_counts_whichever_came_first(
        self, streams: tuple[str, str]
    ) -> None:
        shop, slip = one_slip(ONE_STEP)
        report = shop.report(slip, content(10, 25))
        for stream in streams:
            shop.correct(report, content(10, 26 if stream == HERE else 27), stream=stream)
        assert shop.line(slip, 10).good == 27
        (flag,) = shop.flags()
        assert (flag.flag, len(flag.facts)) == (Flag.CORRECTIONS_COMPETE, 2)

    def test_a_withdrawn_report_is_shown_and_counts_nothing(self) -> None:
        shop, slip = one_slip(ONE_STEP)
        report = shop.report(slip, content(10, 25, final=True))
        shop.correct(report, None)
        assert figures(shop.line(slip, 10)) == {"received": 30, "still_here": 30}
        assert shop.line(slip, 10).reports[0].fact == report

    def test_a_correction_may_move_a_report_to_another_step(self) -> None:
        shop, slip = one_slip(TWO_STEPS)
        report = shop.report(slip, content(20, 25))
        shop.correct(report, content(10, 25))
        assert (shop.line(slip, 10).good, shop.line(slip, 20).good) == (25, 0)
        assert shop.line(slip, 20).received == 25

    def test_a_correction_that_arrives_before_its_report_waits_for_it(self) -> None:
        shop, slip = one_slip(ONE_STEP)
        report = shop.report(slip, content(10, 25))
        shop.correct(report, content(10, 26), stream=THERE)
        without = fold_order(fact for fact in shop.facts if fact != report)
        assert without.slips[slip].lines[10].good == 0
        assert shop.line(slip, 10).good == 26


class TestSlips:
    """Issued, copied, unknown, doubled."""

    def test_one_number_with_two_contents_is_flagged_and_not_added_up(self) -> None:
        shop = a_shop(quantity=80)
        (slip,) = shop.issue(30)
        issued = next(fact for fact in shop.facts if fact.event.subjects().slip == slip)
        shop.append(THERE, issued.event.model_copy(update={"quantity": 50}))
        assert shop.order.slips[slip].quantity == 30
        (flag,) = shop.flags()
        assert (flag.flag, len(flag.facts)) == (Flag.SLIP_CONTENTS_DIFFER, 2)

    def test_one_number_with_the_same_content_twice_is_one_slip(self) -> None:
        shop = a_shop(quantity=80)
        (slip,) = shop.issue(80)
        issued = next(fact for fact in shop.facts if fact.event.subjects().slip == slip)
        shop.append(THERE, issued.event)
        assert (shop.order.issued, shop.order.slips[slip].copies, shop.flags()) == (80, 1, [])

    def test_an_unknown_slip_has_work_and_no_copies(self) -> None:
        shop = Shop()
        shop.report("XXXXXXXX", content(10, 5))
        slip = shop.order.slips["XXXXXXXX"]
        assert (slip.known, slip.order, slip.copies, slip.quantity) == (False, None, 0, 0)
        assert slip.newest_copy == copy_letter(1)

    def test_reports_without_order_join_the_one_that_their_slip_was_issued_for(self) -> None:
        shop = a_shop(ONE_STEP, 30)
        before = list(shop.facts)
        (slip,) = shop.issue(30)
        late = shop.report(slip, content(10, 5), stream=THERE, known=before)
        assert late.event.subjects().order is None
        shop.report("XXXXXXXX", content(10, 5), known=[])
        order = fold_order(shop.facts, ORDER)
        assert list(order.slips) == [slip]
        assert order.slips[slip].lines[10].good == 5

    @pytest.mark.parametrize("stream", [HERE, THERE])
    def test_one_number_issued_for_two_orders_counts_each_report_in_one_of_them(self, stream: str) -> None:
        shop = a_shop(ONE_STEP, 80)
        before = list(shop.facts)
        (slip,) = shop.issue(80)
        named = shop.report(slip, content(10, 70))
        unnamed = shop.report(slip, content(10, 3), stream=stream, known=before)
        shop.correct(named, content(10, 71), stream=THERE)
        issued = next(fact for fact in shop.facts if isinstance(fact.event, SlipIssued))
        shop.append(THERE, issued.event.model_copy(update={"order": "2002", "quantity": 20}))
        shop.append(THERE, named.event.model_copy(update={"order": "2002", "content": content(10, 5)}))
        assert unnamed.event.subjects().order is None
        ours, theirs = fold_order(shop.facts, ORDER), fold_order(shop.facts, "2002")
        assert (ours.slips[slip].quantity, ours.slips[slip].lines[10].good) == (80, 71)
        assert (theirs.slips[slip].quantity, theirs.slips[slip].lines[10].good) == (20, 8)
        assert not {fact.event_id for fact in ours.facts} & {fact.event_id for fact in theirs.facts}
        assert len(ours.facts) + len(theirs.facts) == len(shop.facts)
        for order in (ours, theirs):
            [differ] = [f for f in standing_flags(order) if f.flag is Flag.SLIP_CONTENTS_DIFFER]
            assert (differ.order, differ.slip, len(differ.facts)) == (order.number, slip, 2)
        assert fold_order(reversed(shop.facts), "2002") == theirs
        assert fold_order(shop.facts) == ours, "the order that is decided about is meant"

    def test_work_on_a_slip_of_unknown_issue_joins_the_order_that_somebody_named(self) -> None:
        shop = a_shop(ONE_STEP, 30)
        (slip,) = shop.issue(30)
        shop.report(slip, content(10, 5))
        shop.report(slip, content(10, 4), stream=THERE, known=[])
        shop.facts = [fact for fact in shop.facts if not isinstance(fact.event, SlipIssued)]
        assert fold_order(shop.facts, ORDER).slips[slip].lines[10].good == 9


# Whatever happened, and in whatever order it arrived


def conserved(line: StepLine) -> None:
    """The line of DESIGN: nothing appears, nothing vanishes, nothing is less than nothing."""
    terms = (line.good, line.scrap, line.rework_out, line.review, line.missing, line.still_here)
    assert line.received + line.surplus == sum(terms)
    assert min(*terms, line.received, line.surplus) >= 0
    assert not (line.surplus and line.still_here), "never together"
    assert 0 <= line.first_pass_good <= line.good


@settings(max_examples=200, deadline=None)
@given(stories())
def test_at_every_step_nothing_appears_and_nothing_vanishes(story: Story) -> None:
    for slip in story.shop.order.slips.values():
        for line in slip.lines.values():
            if line.counts:
                conserved(line)


@settings(max_examples=150, deadline=None)
@given(stories(), st.randoms(use_true_random=False))
def test_any_interleaving_of_the_streams_is_the_same_state(story: Story, chance: object) -> None:
    facts = list(story.shop.facts)
    chance.shuffle(facts)
    shuffled = fold_order(facts)
    assert shuffled == story.shop.order
    assert standing_flags(shuffled) == standing_flags(story.shop.order)


@settings(max_examples=150, deadline=None)
@given(stories(), st.randoms(use_true_random=False))
def test_facts_that_arrive_twice_count_once(story: Story, chance: object) -> None:
    facts = [*story.shop.facts, *story.shop.facts]
    chance.shuffle(facts)
    assert fold_order(facts) == story.shop.order


@settings(max_examples=150, deadline=None)
@given(stories(), st.integers(0, 12), st.randoms(use_true_random=False))
def test_an_event_with_a_second_place_in_another_stream_counts_once(
    story: Story, kept: int, chance: object
) -> None:
    """A station that was re-homed appends its later events to a new stream under the same ids."""
    tail = [fact for fact in story.shop.facts if fact.stream == THERE and fact.seq > kept]
    rehomed = [replace(fact, stream="f0" * 16, seq=seq) for seq, fact in enumerate(tail, 1)]
    facts = [*story.shop.facts, *rehomed]
    chance.shuffle(facts)
    assert fold_order(facts) == story.shop.order


@settings(max_examples=100, deadline=None)
@given(stories(), st.data())
def test_what_arrives_piece_by_piece_ends_in_the_same_state(story: Story, data: st.DataObject) -> None:
    """Each station's facts in their order, the stations mixed at will: as a feed brings them."""
    waiting: dict[str, list[Fact]] = {}
    for fact in story.shop.facts:
        waiting.setdefault(fact.stream, []).append(fact)
    arrived: list[Fact] = []
    while any(waiting.values()):
        stream = data.draw(st.sampled_from(sorted(name for name, facts in waiting.items() if facts)))
        arrived.append(waiting[stream].pop(0))
        seen: OrderProgress = fold_order(arrived)
        assert len(seen.facts) == len(arrived)
    assert fold_order(arrived) == story.shop.order

"""Doubts that the facts themselves show: they come and go with the facts, and people settle them."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings

from floor.commands import CorrectReport
from floor.events import ReportContent, Rework
from floor.flags import Flag
from floor.orders import Decision
from floor.standing import standing_flags
from tests.floor.shop import ANNA, THERE, Shop, a_shop, content, step
from tests.floor.stories import Story, stories

TWO_STEPS = [step(10), step(20)]

RAISED: dict[str, tuple[list[ReportContent], list[tuple[str, int, object]]]] = {
    "all is well": ([content(10, 28, scrap=2), content(20, 28, final=True)], []),
    "28 of 30, done": ([content(10, 28, final=True)], [("missing", 10, 2)]),
    "28 of 30, and the rest later": ([content(10, 28, final=True), content(10, 2)], []),
    "33 of 30": ([content(10, 33)], [("made_over", 10, 3)]),
    "nobody passed it on": ([content(20, 5)], [("surplus", 20, 5)]),
    "no such step": ([content(15, 5)], [("unknown_step", 15, None)]),
    "rework to no such step": ([content(10, 25, rework=(15, 5))], [("unknown_step", 15, None)]),
    "no reason": ([content(10, 28, scrap=2, reason=None)], [("reason_owed", 10, None)]),
    "no reason for rework": (
        [
            content(10, 28).model_copy(
                update={"rework": (Rework(quantity=Decimal(2), to_step=10, reason=None),)}
            )
        ],
        [("reason_owed", 10, None)],
    ),
    "a reason for rework": ([content(10, 28, rework=(10, 2))], []),
    "all at once": (
        [content(20, 5, scrap=1, reason=None), content(10, 3, final=True)],
        [("missing", 10, 27), ("surplus", 20, 3), ("reason_owed", 20, None)],
    ),
}


def one_slip() -> tuple[Shop, str]:
    """30 on one slip over two steps."""
    shop = a_shop(TWO_STEPS, 30)
    (slip,) = shop.issue(30)
    return shop, slip


@pytest.mark.parametrize(("told", "stands"), RAISED.values(), ids=RAISED)
def test_what_the_facts_show_stands(told: list[ReportContent], stands: list[tuple[str, int, object]]) -> None:
    shop, slip = one_slip()
    for said in told:
        shop.report(slip, said)
    assert [(flag.flag.value, flag.step, flag.amount) for flag in shop.flags()] == stands
    assert {(flag.order, flag.slip) for flag in shop.flags()} <= {("1001", slip)}


def test_a_flag_names_every_fact_behind_it() -> None:
    shop, slip = one_slip()
    told = [shop.report(slip, content(10, 20)), shop.report(slip, content(10, 15), stream=THERE)]
    told.append(shop.correct(told[0], content(10, 21)))
    (flag,) = shop.flags(Flag.MADE_OVER)
    assert flag.facts == tuple(sorted(fact.event_id for fact in told))
    assert flag.amount == 6


def test_a_doubt_about_what_was_passed_on_names_the_facts_that_passed_it_on() -> None:
    shop, slip = one_slip()
    told = [shop.report(slip, content(10, 10)), shop.report(slip, content(20, 15))]
    (flag,) = shop.flags()
    assert (flag.flag, flag.facts) == (Flag.SURPLUS, tuple(sorted(fact.event_id for fact in told)))


def test_a_reason_given_later_is_owed_no_more() -> None:
    shop, slip = one_slip()
    report = shop.report(slip, content(10, 28, scrap=2, reason=None))
    shop.correct(report, content(10, 28, scrap=2))
    assert shop.flags() == []


def test_a_doubt_that_the_facts_resolved_returns_when_they_change_back() -> None:
    shop, slip = one_slip()
    shop.report(slip, content(20, 5))
    earlier = shop.report(slip, content(10, 5), stream=THERE)
    assert shop.flags() == []
    shop.correct(earlier, None, stream=THERE)
    assert shop.flag_names() == ["surplus"]


def test_a_slip_that_nobody_issued_is_unknown_until_its_issue_arrives() -> None:
    shop = a_shop(TWO_STEPS, 30)
    before = list(shop.facts)
    (slip,) = shop.issue(30)
    report = shop.report(slip, content(10, 5), stream=THERE, known=before)
    (flag,) = standing_flags(shop.picture([*before, report]).order)
    assert (flag.flag, flag.slip, flag.order, flag.facts) == (
        Flag.UNKNOWN_SLIP,
        slip,
        None,
        (report.event_id,),
    )
    assert shop.flags() == []


class TestLateFacts:
    """Work that arrives at an order which no longer expects it."""

    @pytest.mark.parametrize("decision", [Decision.HOLD, Decision.SUSPEND, Decision.CANCEL])
    def test_what_was_known_at_the_decision_is_not_late_and_what_came_after_is(
        self, decision: Decision
    ) -> None:
        shop, slip = one_slip()
        shop.report(slip, content(10, 5))
        shop.decision(decision, "because")
        assert shop.flags() == []
        late = shop.report(slip, content(10, 6))
        (flag,) = shop.flags()
        assert (flag.flag, flag.slip, flag.step, flag.facts) == (
            Flag.ORDER_NOT_OPEN,
            slip,
            None,
            (late.event_id,),
        )
        assert shop.line(slip, 10).good == 11, "counted all the same"

    def test_e17_a_fact_recorded_before_and_arrived_after_is_late_too(self) -> None:
        shop, slip = one_slip()
        known = list(shop.facts)
        away = shop.report(slip, content(10, 5), stream=THERE)
        shop.decision(Decision.CANCEL, "withdrawn", known)
        (flag,) = shop.flags()
        assert flag.facts == (away.event_id,)

    def test_late_facts_after_completing_stay_flagged_when_the_order_is_closed(self) -> None:
        shop, slip = one_slip()
        shop.report(slip, content(10, 30))
        shop.report(slip, content(20, 30))
        shop.complete()
        assert shop.flags() == []
        late = shop.report(slip, content(20, scrap=1), stream=THERE)
        shop.decision(Decision.CLOSE)
        assert shop.flags(Flag.ORDER_NOT_OPEN)[0].facts == (late.event_id,)

    def test_reopening_or_resuming_welcomes_what_was_late(self) -> None:
        shop, slip = one_slip()
        shop.decision(Decision.HOLD, "no wood")
        shop.report(slip, content(10, 5))
        assert shop.flag_names() == ["order_not_open"]
        shop.decision(Decision.RESUME)
        assert shop.flags() == []

    def test_a_late_correction_and_a_late_slip_are_late_facts(self) -> None:
        shop, slip = one_slip()
        report = shop.report(slip, content(10, 5))
        before = list(shop.facts)
        shop.decision(Decision.CANCEL, "withdrawn")
        command = CorrectReport(
            intent=shop.new_id(), by=ANNA, slip=slip, report=report.event_id, content=None
        )
        (corrected,) = shop.do(command, known=before)
        assert shop.flags()[0].facts == (corrected.event_id,)

    def test_work_on_a_draft_is_late(self) -> None:
        shop, slip = one_slip()
        drafted = [fact for fact in shop.facts if fact.event.kind != "order_confirmed"]
        assert [flag.flag for flag in standing_flags(shop.picture(drafted).order)] == [Flag.ORDER_NOT_OPEN]
        assert slip in shop.picture(drafted).order.slips


@settings(max_examples=200, deadline=None)
@given(stories())
def test_there_is_one_flag_per_slip_step_and_kind_and_it_names_facts(story: Story) -> None:
    flags = story.shop.flags()
    counted = Counter((flag.flag, flag.slip, flag.step) for flag in flags)
    assert set(counted.values()) <= {1}
    known = {fact.event_id for fact in story.shop.facts}
    for flag in flags:
        assert flag.facts
        assert set(flag.facts) <= known
        assert flag.amount is None or flag.amount > 0


@settings(max_examples=100, deadline=None)
@given(stories())
def test_every_flag_can_be_settled_and_then_stands_no_more(story: Story) -> None:
    for flag in story.shop.flags():
        story.shop.settle(flag.flag, flag.slip, flag.step)
    assert story.shop.flags() == []

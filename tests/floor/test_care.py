"""What is said about pieces besides reports: counted, checked, decided in review, asked and answered."""

from dataclasses import replace
from decimal import Decimal

import pytest

from floor.codec import Fact
from floor.commands import Answer, CountArrival, DecideReview, MakeCheck, ReportWork
from floor.doubts import doubts_of_report
from floor.events import AskAnswered, ReportContent, Reported, ReviewFate
from floor.flags import Flag
from floor.identity import follow_up
from floor.progress import fold_order
from floor.quantities import Unit
from floor.refusals import Refusal
from floor.routing import CheckKind, OverPolicy, Step
from floor.standing import standing_flags
from tests.floor.shop import ANNA, HERE, THERE, Shop, a_shop, content, step

THICK = {
    "check": "1",
    "name": "Thickness",
    "kind": CheckKind.MEASURED,
    "low": "3.5",
    "high": "4",
    "unit": "mm",
}
LOOKS = {"check": "2", "name": "No scratch"}


def a_slip(*steps: Step, quantity: int = 80) -> tuple[Shop, str]:
    shop = a_shop(steps or [step(10), step(20)], quantity)
    (slip,) = shop.issue(quantity)
    return shop, slip


def decided(shop: Shop, slip: str, quantity: str | int, fate: ReviewFate, **more: object) -> DecideReview:
    said: dict[str, object] = {"reason": "R1", "step": 10} | more
    return DecideReview(
        intent=shop.new_id(),
        by=ANNA,
        slip=slip,
        quantity=Decimal(quantity),
        unit="pcs",
        fate=fate,
        **said,
    )


def counted(shop: Shop, slip: str, at: int, quantity: str | int) -> CountArrival:
    return CountArrival(
        intent=shop.new_id(),
        by=ANNA,
        slip=slip,
        step=at,
        quantity=Decimal(quantity),
        unit="pcs",
        operators=(ANNA,),
    )


def checked(
    shop: Shop, slip: str, check: str, *, passed: bool = True, value: str | None = None, at: int = 10
) -> MakeCheck:
    return MakeCheck(
        intent=shop.new_id(),
        by=ANNA,
        slip=slip,
        step=at,
        check=check,
        machine=None,
        operators=(ANNA,),
        passed=passed,
        value=None if value is None else Decimal(value),
    )


# Review


def test_what_was_set_aside_leaves_review_by_a_decision() -> None:
    shop, slip = a_slip(step(10), step(20))
    shop.report(slip, content(10, 70, review=10))
    shop.do(decided(shop, slip, 4, ReviewFate.GOOD))
    shop.do(decided(shop, slip, 3, ReviewFate.SCRAP))
    shop.do(decided(shop, slip, 2, ReviewFate.REWORK, to_step=10))
    line = shop.line(slip, 10)
    assert (line.good, line.scrap, line.rework_out, line.review) == (74, 3, 2, 1)
    assert (line.received, line.still_here, line.first_pass_good) == (82, 2, 70)
    assert shop.line(slip, 20).received == 74
    assert shop.flags() == []


def test_more_decided_than_set_aside_is_counted_and_flagged_until_it_is_explained() -> None:
    shop, slip = a_slip(step(10), step(20))
    shop.report(slip, content(10, 70, review=2), stream=HERE)
    shop.do(decided(shop, slip, 2, ReviewFate.GOOD), HERE)
    shop.do(decided(shop, slip, 2, ReviewFate.SCRAP), THERE)
    line = shop.line(slip, 10)
    assert (line.good, line.scrap, line.review, line.overdrawn, line.still_here) == (72, 2, 0, 2, 6)
    (flag,) = shop.flags()
    assert (flag.flag, flag.amount, len(flag.facts)) == (Flag.REVIEW_OVERDRAWN, 2, 3)
    shop.settle(Flag.REVIEW_OVERDRAWN, slip, 10)
    assert shop.flags() == []


def test_a_decision_without_a_reason_leaves_one_owed() -> None:
    shop, slip = a_slip()
    shop.report(slip, content(10, 70, review=10))
    shop.do(decided(shop, slip, 4, ReviewFate.GOOD, reason=None))
    assert shop.flags(Flag.REASON_OWED) == []
    shop.do(decided(shop, slip, 4, ReviewFate.SCRAP, reason=None))
    assert shop.flag_names() == ["reason_owed"]


@pytest.mark.parametrize(
    ("quantity", "fate", "more", "refusal"),
    [
        (0, ReviewFate.GOOD, {}, Refusal.QUANTITY_NOT_POSITIVE),
        ("1.5", ReviewFate.GOOD, {}, Refusal.TOO_MANY_DECIMALS),
        (1, ReviewFate.REWORK, {}, Refusal.STEP_FIRST),
    ],
)
def test_a_decision_without_meaning_is_refused(
    quantity: str | int, fate: ReviewFate, more: dict[str, object], refusal: Refusal
) -> None:
    shop, slip = a_slip()
    assert shop.ask(decided(shop, slip, quantity, fate, **more)) is refusal


def test_a_decision_about_a_slip_that_nobody_knows_is_counted_and_flagged() -> None:
    shop = Shop()
    shop.do(decided(shop, "XXXXXXXX", 1, ReviewFate.SCRAP))
    assert [flag.flag for flag in standing_flags(fold_order(shop.facts))] == [Flag.UNKNOWN_SLIP]


# Too much


def asked(policy: str, percent: str = "10") -> Step:
    return step(10, over_percent=percent, over_policy=OverPolicy(policy))


@pytest.mark.parametrize(
    ("policy", "good", "said", "stands"),
    [
        ("allow", 88, (), []),
        ("allow", 89, (), ["made_over"]),
        ("warn", 88, (), []),
        ("warn", 89, (Flag.MORE_THAN_HERE,), ["made_over"]),
        ("ask_reason", 88, (), []),
        ("ask_reason", 89, (Flag.OVER_TOLERANCE,), ["over_tolerance", "made_over"]),
        ("ask_supervisor", 89, (Flag.OVER_TOLERANCE,), ["over_tolerance", "made_over"]),
    ],
)
def test_e14_beyond_the_tolerance_the_step_says_what_follows(
    policy: str, good: int, said: tuple[Flag, ...], stands: list[str]
) -> None:
    shop, slip = a_slip(asked(policy), step(20))
    report = content(10, good)
    assert doubts_of_report(shop.order.slips[slip], shop.order.steps[10], report) == said
    shop.report(slip, report)
    assert shop.flag_names() == stands


def over(
    shop: Shop, slip: str, said: ReportContent, answer: Answer | None, *, warned: bool = True
) -> list[Fact]:
    command = ReportWork(
        intent=shop.new_id(),
        by=ANNA,
        slip=slip,
        content=said,
        warned=(Flag.OVER_TOLERANCE.value,) if warned else (),
        answer=answer,
    )
    return shop.do(command)


def test_e14_an_answer_is_recorded_with_its_report_and_is_the_same_when_it_is_repeated() -> None:
    shop, slip = a_slip(asked("ask_reason"), step(20))
    answer = Answer(flag=Flag.OVER_TOLERANCE.value, reason="R1")
    report, answered = over(shop, slip, content(10, 100), answer)
    assert isinstance(report.event, Reported)
    assert isinstance(answered.event, AskAnswered)
    assert (answered.event.report, answered.event.reason) == (report.event_id, "R1")
    assert answered.event_id == follow_up(report.event_id, 1) != follow_up(report.event_id, 2)
    assert shop.flag_names() == ["made_over"]


def test_e14_not_now_leaves_a_flag_that_an_answer_or_a_settlement_or_the_facts_take_away() -> None:
    shop, slip = a_slip(asked("ask_supervisor"), step(20))
    (first,) = over(shop, slip, content(10, 80), None, warned=False)
    (second,) = over(shop, slip, content(10, 20), None)
    (flag,) = shop.flags(Flag.OVER_TOLERANCE)
    assert (flag.facts, flag.amount) == ((second.event_id,), 20)
    shop.correct(second, content(10, 5))
    assert shop.flags() == []
    shop.correct(second, content(10, 30))
    shop.settle(Flag.OVER_TOLERANCE, slip, 10)
    assert shop.flag_names() == ["made_over"]
    assert first.event_id not in flag.facts


def test_an_answer_to_one_report_does_not_answer_another() -> None:
    shop, slip = a_slip(asked("ask_reason"), step(20))
    over(shop, slip, content(10, 90), Answer(flag=Flag.OVER_TOLERANCE.value, reason="R1"))
    (later,) = over(shop, slip, content(10, 5), None)
    (flag,) = shop.flags(Flag.OVER_TOLERANCE)
    assert flag.facts == (later.event_id,)


# Reported twice


def at_station(shop: Shop, slip: str, station: str, good: int, *, cursor: str | None, position: int) -> None:
    command = ReportWork(intent=shop.new_id(), by=ANNA, slip=slip, content=content(10, good), cursor=cursor)
    (fact,) = shop.do(command, HERE if station == "1" else THERE)
    shop.facts[shop.facts.index(fact)] = replace(fact, station=station, position=position)


@pytest.mark.parametrize(
    ("first", "second", "good", "twice"),
    [
        (None, None, 80, True),
        ("3.ab", "5.cd", 80, True),
        ("3.ab", "10.cd", 80, False),  # the second had read about the first
        ("11.ab", "5.cd", 80, False),
        ("of another kind", "5.cd", 80, False),
        (None, None, 40, False),
    ],
)
def test_e16_reported_twice_where_neither_station_knew_and_together_they_exceed(
    first: str | None, second: str | None, good: int, twice: bool
) -> None:
    shop, slip = a_slip()
    at_station(shop, slip, "1", good, cursor=first, position=10)
    at_station(shop, slip, "2", good, cursor=second, position=11)
    flags = shop.flags(Flag.REPORTED_TWICE)
    assert [(flag.flag, len(flag.facts)) for flag in flags] == ([(Flag.REPORTED_TWICE, 2)] if twice else [])
    assert shop.line(slip, 10).good == 2 * good


def test_e16_one_station_that_reports_twice_knew_of_itself() -> None:
    shop, slip = a_slip()
    at_station(shop, slip, "1", 80, cursor=None, position=10)
    at_station(shop, slip, "1", 80, cursor=None, position=11)
    assert shop.flag_names() == ["made_over"]


# Checks


@pytest.mark.parametrize(
    ("every", "good", "made", "owed"),
    [(None, 80, 0, 1), (None, 80, 1, 0), ("25", 80, 3, 1), ("25", 75, 3, 0), ("25", 1, 0, 1)],
)
def test_a_check_is_owed_once_a_slip_or_once_for_so_many_pieces(
    every: str | None, good: int, made: int, owed: int
) -> None:
    shop, slip = a_slip(step(10, checks=(THICK | {"every": every},)), step(20))
    for _ in range(made):
        shop.do(checked(shop, slip, "1", value="3.75"))
    report = content(10, good)
    said = doubts_of_report(shop.order.slips[slip], shop.order.steps[10], report)
    assert said == ((Flag.CHECK_OWED,) if owed else ())
    assert shop.flags() == []
    shop.report(slip, report)
    assert [(flag.flag, flag.amount) for flag in shop.flags()] == ([(Flag.CHECK_OWED, owed)] if owed else [])


def test_a_failed_check_stands_until_it_is_repeated_and_passed_or_settled() -> None:
    shop, slip = a_slip(step(10, checks=(THICK, LOOKS)), step(20))
    (failed,) = shop.do(checked(shop, slip, "1", passed=False, value="-0.5"))
    shop.do(checked(shop, slip, "2"))
    (flag,) = shop.flags()
    assert (flag.flag, flag.facts) == (Flag.CHECK_FAILED, (failed.event_id,))
    shop.do(checked(shop, slip, "1", value="3.7"))
    assert shop.flags() == []
    shop.do(checked(shop, slip, "1", passed=False, value="9"))
    shop.settle(Flag.CHECK_FAILED, slip, 10)
    assert shop.flags() == []


def test_of_two_stations_nobody_knows_whose_check_was_the_last() -> None:
    shop, slip = a_slip(step(10, checks=(LOOKS,)), step(20))
    shop.do(checked(shop, slip, "2", passed=False), HERE)
    shop.do(checked(shop, slip, "2"), THERE)
    assert shop.flag_names() == ["check_failed"]


# Counted on arrival


def test_another_number_than_was_passed_on_stands_until_the_facts_make_it_right() -> None:
    shop, slip = a_slip()
    cut = shop.report(slip, content(10, 80))
    shop.do(counted(shop, slip, 20, 78), THERE)
    (flag,) = shop.flags()
    assert (flag.flag, flag.step, flag.amount) == (Flag.ARRIVAL_DIFFERS, 20, 2)
    shop.correct(cut, content(10, 78, scrap=2))
    assert shop.flags() == []


COUNTS: dict[str, tuple[list[tuple[str, object]], list[int]]] = {
    "the same": ([("pass", 80), ("count", 80)], []),
    "too many": ([("pass", 80), ("count", 81)], [1]),
    "counted before all came": ([("pass", 40), ("count", 40), ("pass", 40)], []),
    "counted again": ([("pass", 80), ("count", 78), ("count", 80)], []),
    "after a report of one's own": ([("pass", 80), ("made", 30), ("count", 50)], []),
    "wanting after a report of one's own": ([("pass", 80), ("made", 30), ("count", 49)], [1]),
    "another station's report may be part of it": ([("pass", 80), ("made there", 30), ("count", 50)], []),
    "or not": ([("pass", 80), ("made there", 30), ("count", 80)], []),
    "before anything was passed on": ([("count", 5)], [5]),
}


@pytest.mark.parametrize(("told", "differences"), COUNTS.values(), ids=COUNTS)
def test_a_count_differs_only_where_no_order_of_the_facts_explains_it(
    told: list[tuple[str, int]], differences: list[int]
) -> None:
    shop, slip = a_slip()
    for what, quantity in told:
        match what:
            case "pass":
                shop.report(slip, content(10, quantity), stream=THERE)
            case "made":
                shop.report(slip, content(20, quantity))
            case "made there":
                shop.report(slip, content(20, quantity), stream=THERE)
            case _:
                shop.do(counted(shop, slip, 20, quantity))
    assert [flag.amount for flag in shop.flags(Flag.ARRIVAL_DIFFERS)] == differences


def test_a_count_is_as_fine_as_its_unit() -> None:
    shop, slip = a_slip(step(10, unit=Unit(name="kg", decimals=1).model_dump()), step(20))
    assert shop.ask(counted(shop, slip, 10, "1.25")) is Refusal.TOO_MANY_DECIMALS
    shop.do(counted(shop, slip, 10, "80"))
    assert shop.flags() == []

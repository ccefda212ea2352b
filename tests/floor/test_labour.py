"""Worked minutes: without pauses, shared by the plant's rule, cut at shift borders, and adding up."""

from collections import defaultdict
from datetime import UTC, datetime, time
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floor.codec import Fact
from floor.events import CrewTime, RunResumed, ShiftDefined
from floor.labour import Share, labour, wall_minutes, worked
from floor.runs import Run, fold_runs
from floor.shifts import Calendar
from tests.floor.shop import ANNA, BERT, MOMENT, THERE
from tests.floor.test_runs import MINUTE_MS, RunShop, a_run_shop, at

BERLIN = ZoneInfo("Europe/Berlin")
NO_SHIFTS = Calendar((), BERLIN)


def shift(
    number: str, starts: int, ends: int, weekdays: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
) -> ShiftDefined:
    return ShiftDefined(
        at=MOMENT, shift=number, name=number, starts=time(starts), ends=time(ends), weekdays=weekdays
    )


THREE = Calendar((shift("early", 6, 14), shift("late", 14, 22), shift("night", 22, 6)), BERLIN)


def ms(text: str) -> int:
    """A local time in Berlin as Unix time in ms."""
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp() * 1000)


def by_person(shares: list[Share]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = defaultdict(Fraction)
    for share in shares:
        found[share.person] += share.minutes
    return dict(found)


def runs_of(shop: RunShop) -> tuple[Run, ...]:
    return fold_runs(shop.facts)


def test_a_run_counts_without_its_pauses() -> None:
    shop = a_run_shop()
    run = shop.start()
    shop.at(10).done(shop.pausing(run))
    shop.at(30).done(shop.resuming(run))
    shop.at(45).done(shop.pausing(run))
    shop.at(60).done(shop.reporting(run))
    assert wall_minutes(shop.run(run)) == 25, "the last pause goes on to the end"


def test_what_is_open_or_forgotten_has_no_minutes_yet() -> None:
    shop = a_run_shop()
    first, second = shop.start(), shop.start()
    shop.at(50).done(shop.closing(first, None))
    assert wall_minutes(shop.run(first)) == wall_minutes(shop.run(second)) == 0
    assert labour(runs_of(shop), CrewTime.EACH, NO_SHIFTS) == []


@pytest.mark.parametrize(("rule", "each"), [(CrewTime.SHARED, 30), (CrewTime.EACH, 60)])
def test_a_crews_hour_counts_by_the_plants_rule(rule: CrewTime, each: int) -> None:
    shop = a_run_shop()
    run = shop.start(ANNA, BERT)
    shop.at(60).done(shop.reporting(run))
    assert by_person(labour(runs_of(shop), rule, NO_SHIFTS)) == {ANNA: each, BERT: each}


def test_a_minute_with_two_runs_open_is_shared_between_them() -> None:
    shop = a_run_shop()
    first = shop.start()
    second = shop.at(20).start()
    shop.at(50).done(shop.reporting(first))
    shop.at(60).done(shop.reporting(second))
    found: dict[str, Fraction] = defaultdict(Fraction)
    for share in labour(runs_of(shop), CrewTime.SHARED, NO_SHIFTS):
        found[share.run.run] += share.minutes
    assert found == {first: 20 + 15, second: 15 + 10}


def test_minutes_are_cut_where_one_shift_hands_over_to_the_next() -> None:
    spans = THREE.cut(ms("2026-11-24T13:00"), ms("2026-11-25T07:00"))
    assert [(span.shift, (span.ended_ms - span.began_ms) // MINUTE_MS) for span in spans] == [
        ("early", 60),
        ("late", 480),
        ("night", 480),
        ("early", 60),
    ]


@pytest.mark.parametrize(
    ("evening", "morning", "hours"),
    [("2026-10-24", "2026-10-25", 9), ("2026-03-28", "2026-03-29", 7), ("2026-11-24", "2026-11-25", 8)],
)
def test_a_night_is_as_long_as_it_is_when_the_clocks_change(evening: str, morning: str, hours: int) -> None:
    spans = THREE.cut(ms(f"{evening}T22:00"), ms(f"{morning}T06:00"))
    assert [span.shift for span in spans] == ["night"]
    assert spans[0].ended_ms - spans[0].began_ms == hours * 60 * MINUTE_MS


def test_between_shifts_minutes_belong_to_none_and_a_shift_keeps_its_days() -> None:
    weekdays = Calendar((shift("day", 8, 16, (1, 2, 3, 4, 5)),), BERLIN)
    friday, monday = ms("2026-11-27T15:00"), ms("2026-11-30T09:00")
    spans = weekdays.cut(friday, monday)
    assert [span.shift for span in spans] == ["day", None, "day"]
    assert spans[1].ended_ms == ms("2026-11-30T08:00")
    assert weekdays.over_ms(friday) == ms("2026-11-27T16:00")
    assert weekdays.over_ms(ms("2026-11-28T12:00")) == ms("2026-11-30T08:00")
    assert NO_SHIFTS.over_ms(friday) is None
    assert [span.shift for span in NO_SHIFTS.cut(friday, monday)] == [None]
    assert weekdays.cut(friday, friday) == []


def test_the_plants_time_zone_decides_not_utc() -> None:
    moment = int(datetime(2026, 11, 24, 5, 30, tzinfo=UTC).timestamp() * 1000)
    assert THREE.over_ms(moment) == ms("2026-11-24T14:00"), "half past six in Berlin"


def test_the_small_hours_belong_to_the_night_that_began_yesterday() -> None:
    assert [span.shift for span in THREE.cut(ms("2026-11-25T02:00"), ms("2026-11-25T03:00"))] == ["night"]
    assert THREE.over_ms(ms("2026-11-25T02:00")) == ms("2026-11-25T06:00")


def test_a_shift_that_ends_when_it_begins_takes_the_whole_day() -> None:
    round_the_clock = Calendar((shift("day", 6, 6),), BERLIN)
    (span,) = round_the_clock.cut(ms("2026-11-24T06:00"), ms("2026-11-25T06:00"))
    assert span.shift == "day"


def test_pauses_that_two_stations_saw_do_not_count_twice() -> None:
    shop = a_run_shop()
    run = shop.start()
    here, there = shop.pausing(run), shop.pausing(run)
    known = list(shop.facts)
    first = shop.at(10).done(here)
    ((_, paused),) = shop.ask(there, THERE, known)
    second = shop.append(THERE, paused.model_copy(update={"at": at(20)}), there.intent)
    for minutes, pause in ((50, first), (30, second), (55, first)):
        resumed = RunResumed(
            at=at(minutes),
            by=ANNA,
            run=run,
            pause=pause.event_id,
            slip=shop.slip,
            order=None,
            machine=None,
            operators=(ANNA,),
        )
        shop.append(THERE, resumed)
    shop.at(60).done(shop.reporting(run))
    assert worked(shop.run(run)) == [
        (at(0).clamped_ms, at(10).clamped_ms),
        (at(50).clamped_ms, at(60).clamped_ms),
    ]


def test_a_pause_that_ended_before_it_began_by_another_stations_clock_counts_no_minute_twice() -> None:
    shop = a_run_shop()
    run = shop.start()
    shop.at(30).done(shop.pausing(run))
    shop.at(28).done(shop.resuming(run), THERE)
    shop.at(60).done(shop.reporting(run))
    assert wall_minutes(shop.run(run)) == 60
    assert sum(by_person(labour(runs_of(shop), CrewTime.EACH, NO_SHIFTS)).values()) == 60


@st.composite
def shops(draw: st.DrawFn) -> RunShop:
    """Two people with runs, pauses and ends at random minutes."""
    shop = a_run_shop()
    shop.at(0)
    runs: list[str] = []
    for minute in sorted(draw(st.lists(st.integers(0, 3_000), min_size=2, max_size=14))):
        shop.at(minute)
        what = draw(st.integers(0, 3))
        if what == 0 or not runs:
            runs.append(shop.start(*draw(st.sampled_from([(ANNA,), (BERT,), (ANNA, BERT)]))))
            continue
        run = shop.run(draw(st.sampled_from(runs)))
        if not run.open:
            continue
        if what == 1:
            shop.done(shop.reporting(run.run))
        else:
            shop.done(shop.resuming(run.run) if run.paused else shop.pausing(run.run))
    shop.at(3_100)
    for run in runs:
        if shop.run(run).open:
            shop.done(shop.reporting(run))
    return shop


def present_ms(runs: tuple[Run, ...], person: str) -> int:
    """How long at least one run of a person went on: counted minute by minute."""
    minutes = {
        minute
        for run in runs
        if person in run.started.operators
        for began, ended in worked(run)
        for minute in range(began // MINUTE_MS, ended // MINUTE_MS)
    }
    return len(minutes)


@settings(max_examples=60, deadline=None)
@given(shops(), st.randoms(use_true_random=False))
def test_what_is_shared_adds_up_to_the_minutes_that_passed(shop: RunShop, chance: object) -> None:
    facts: list[Fact] = list(shop.facts)
    chance.shuffle(facts)
    runs = fold_runs(facts)
    each = labour(runs, CrewTime.EACH, THREE)
    for person, minutes in by_person(each).items():
        assert minutes == present_ms(runs, person)
    shared = labour(runs, CrewTime.SHARED, THREE)
    for run in runs:
        alone = all(
            not set(run.started.operators) & set(other.started.operators) for other in runs if other != run
        )
        total = sum((share.minutes for share in shared if share.run == run), Fraction(0))
        assert total <= wall_minutes(run)
        if alone:
            assert total == wall_minutes(run)
    assert labour(fold_runs(shop.facts), CrewTime.SHARED, THREE) == shared
    assert labour(fold_runs(shop.facts), CrewTime.SHARED, NO_SHIFTS) != [] or not shared

"""Runs between their start and their report: paused, taken up again, left open, given up."""

from hypothesis import given, settings
from hypothesis import strategies as st

from floor.codec import Fact
from floor.commands import CloseRun, Command, PauseRun, ReportWork, ResumeRun, StartRun
from floor.events import Moment, PlantDescribed, RunClosed, RunKind
from floor.flags import Flag
from floor.refusals import Refusal
from floor.routing import RunUse
from floor.runs import Run, fold_runs
from tests.floor.shop import ANNA, BERT, HERE, MOMENT, THERE, Shop, a_shop, content, step

MINUTE_MS = 60_000


def at(minutes: int) -> Moment:
    """So many minutes after the tests' moment."""
    later_ms = MOMENT.clamped_ms + minutes * MINUTE_MS
    return MOMENT.model_copy(update={"wall_ms": later_ms, "clamped_ms": later_ms})


class RunShop(Shop):
    """A shop where time passes: what is done is done so many minutes after the start."""

    slip = ""
    minutes = 0

    def at(self, minutes: int) -> "RunShop":
        self.minutes = minutes
        return self

    def done(self, command: Command, stream: str = HERE) -> Fact:
        """The last fact that follows, at the shop's present minute."""
        (fact,) = self.do(command, stream)
        moved = Fact(
            fact.stream, fact.seq, fact.event_id, fact.event.model_copy(update={"at": at(self.minutes)})
        )
        self.facts[-1] = moved
        return moved

    def start(self, *operators: str, kind: RunKind = RunKind.PRODUCTION) -> str:
        return self.done(
            StartRun(
                intent=self.new_id(),
                by=(operators or (ANNA,))[0],
                slip=self.slip,
                step=10,
                machine="M1",
                operators=operators or (ANNA,),
                run_kind=kind,
            )
        ).event_id

    def pausing(self, run: str) -> PauseRun:
        return PauseRun(intent=self.new_id(), by=ANNA, slip=self.slip, run=run)

    def resuming(self, run: str) -> ResumeRun:
        return ResumeRun(intent=self.new_id(), by=ANNA, slip=self.slip, run=run)

    def closing(self, run: str, ended_ms: int | None) -> CloseRun:
        return CloseRun(intent=self.new_id(), by=ANNA, slip=self.slip, run=run, ended_ms=ended_ms)

    def reporting(self, run: str, good: int = 5, *, ends_run: bool = True) -> ReportWork:
        return ReportWork(
            intent=self.new_id(),
            by=ANNA,
            slip=self.slip,
            content=content(10, good),
            run=run,
            ends_run=ends_run,
        )

    def run(self, run: str) -> Run:
        return next(found for found in self.order.slips[self.slip].runs if found.run == run)


def a_run_shop(**of_step: object) -> RunShop:
    """A confirmed order with one slip of 80."""
    plain = a_shop([step(10, **of_step), step(20)])
    shop = RunShop(facts=plain.facts, plant=plain.plant, numbers=plain.numbers)
    (shop.slip,) = shop.issue(80)
    return shop


def test_a_run_is_paused_goes_on_and_is_ended_by_its_report() -> None:
    shop = a_run_shop()
    run = shop.start()
    shop.at(10).done(shop.pausing(run))
    assert shop.run(run).paused
    shop.at(25).done(shop.resuming(run))
    assert shop.run(run).paused is None
    shop.at(40).done(shop.reporting(run))
    ended = shop.run(run)
    (pause,) = ended.pauses
    assert not ended.open
    assert (pause.began_ms, pause.resumed_ms) == (at(10).clamped_ms, at(25).clamped_ms)
    assert ended.ended_ms == at(40).clamped_ms


def test_a_report_on_a_paused_run_counts_and_resumes_nothing() -> None:
    shop = a_run_shop()
    run = shop.start()
    shop.at(10).done(shop.pausing(run))
    shop.at(20).done(shop.reporting(run, 7, ends_run=False))
    assert shop.line(shop.slip, 10).good == 7
    assert shop.run(run).open
    assert shop.run(run).paused


def test_pausing_twice_or_going_on_with_what_goes_on_means_nothing() -> None:
    shop = a_run_shop()
    run = shop.start()
    assert shop.ask(shop.resuming(run)) is Refusal.RUN_GOES_ON
    shop.done(shop.pausing(run))
    assert shop.ask(shop.pausing(run)) is Refusal.RUN_PAUSED
    shop.at(9).done(shop.reporting(run))
    for command in (shop.pausing(run), shop.resuming(run), shop.closing(run, None), shop.pausing("f" * 32)):
        assert shop.ask(command) is Refusal.NO_OPEN_RUN


def paused_twice() -> tuple[RunShop, str]:
    """Two stations stopped one run, neither knowing of the other."""
    shop = a_run_shop()
    run = shop.start()
    alone = list(shop.facts)
    shop.at(10).done(shop.pausing(run))
    shop.do(shop.pausing(run), THERE, alone)
    return shop, run


def test_one_word_goes_on_with_a_run_that_two_stations_stopped() -> None:
    shop, run = paused_twice()
    assert len(shop.run(run).open_pauses) == 2
    shop.at(30)
    resumed = shop.do(shop.resuming(run))
    assert shop.run(run).paused is None
    assert len({fact.event_id for fact in resumed}) == len(resumed) == 2
    assert shop.ask(shop.resuming(run)) is Refusal.RUN_GOES_ON
    assert fold_runs(reversed(shop.facts)) == fold_runs(shop.facts)


def test_a_pause_that_nobody_knew_of_when_the_run_went_on_is_still_one() -> None:
    shop, run = paused_twice()
    (unknown,) = [fact for fact in shop.facts if fact.stream == THERE]
    known = [fact for fact in shop.facts if fact is not unknown]
    shop.do(shop.resuming(run), HERE, known)
    assert shop.run(run).paused
    shop.do(shop.resuming(run))
    assert shop.run(run).paused is None


def test_a_run_left_open_ends_when_people_remember_that_it_did() -> None:
    shop = a_run_shop()
    run = shop.start()
    for never in (at(-1), at(1)):
        assert shop.ask(shop.closing(run, never.clamped_ms)) is Refusal.NOT_THEN
    shop.done(shop.closing(run, at(0).clamped_ms))
    assert shop.run(run).ended_ms == at(0).clamped_ms
    assert shop.flags(Flag.RUN_FORGOTTEN) == []


def test_a_run_whose_end_nobody_knows_is_a_standing_flag_until_somebody_does() -> None:
    shop = a_run_shop()
    run = shop.start()
    closed = shop.done(shop.closing(run, None))
    (flag,) = shop.flags(Flag.RUN_FORGOTTEN)
    assert (flag.slip, flag.step) == (shop.slip, 10)
    assert set(flag.facts) == {run, closed.event_id}
    shop.done(shop.closing(run, at(0).clamped_ms))
    assert shop.flags(Flag.RUN_FORGOTTEN) == []


def test_a_forgotten_run_at_a_step_that_nobody_knows_is_flagged_too() -> None:
    shop = RunShop()
    shop.slip = "XXXXXXXX"
    run = shop.start()
    shop.done(shop.closing(run, None))
    assert [flag.step for flag in shop.flags(Flag.RUN_FORGOTTEN)] == [10]


def test_where_quantities_are_enough_no_run_begins_and_one_that_began_can_be_ended() -> None:
    shop = a_run_shop()
    run = shop.start()
    shop.plant.learn(PlantDescribed(at=MOMENT, name="P", time_zone="UTC", runs=RunUse.OFF))
    starting = StartRun(
        intent=shop.new_id(),
        by=BERT,
        slip=shop.slip,
        step=10,
        machine=None,
        operators=(BERT,),
        run_kind=RunKind.SETUP,
    )
    assert shop.ask(starting) is Refusal.RUNS_NOT_USED
    shop.done(shop.pausing(run))
    shop.done(shop.reporting(run))
    assert not shop.run(run).open


def test_a_step_says_for_itself_whether_runs_are_scanned() -> None:
    shop = a_run_shop(runs=RunUse.OPTIONAL)
    shop.plant.learn(PlantDescribed(at=MOMENT, name="P", time_zone="UTC", runs=RunUse.OFF))
    assert shop.run(shop.start()).open


@settings(max_examples=80, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 10))
def test_no_order_of_arrival_changes_what_became_of_a_run(chance: object, events: int) -> None:
    shop = a_run_shop()
    runs = [shop.start(), shop.at(1).start(BERT)]
    for minute in range(2, 2 + events):
        run, stream = chance.choice(runs), chance.choice([HERE, THERE])
        commands = [
            shop.pausing(run),
            shop.resuming(run),
            shop.closing(run, at(minute).clamped_ms if chance.random() < 0.5 else None),
            shop.reporting(run, ends_run=chance.random() < 0.3),
        ]
        command = chance.choice(commands)
        if not isinstance(shop.at(minute).ask(command, stream), Refusal):
            shop.done(command, stream)
    shuffled = list(shop.facts)
    chance.shuffle(shuffled)
    assert fold_runs(shuffled) == fold_runs(shop.facts)


def test_what_two_stations_say_of_one_run_is_told_by_the_earliest_end() -> None:
    shop = a_run_shop()
    run = shop.start()
    before = list(shop.facts)
    shop.at(30).done(shop.reporting(run))
    late = shop.closing(run, at(10).clamped_ms)
    closed = RunClosed(
        at=at(50),
        by=ANNA,
        run=run,
        slip=shop.slip,
        order="1001",
        machine="M1",
        operators=(ANNA,),
        ended_ms=late.ended_ms,
    )
    shop.append(THERE, closed)
    assert len(before) + 2 == len(shop.facts)
    assert shop.run(run).ended_ms == at(10).clamped_ms

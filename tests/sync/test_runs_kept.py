"""What a station keeps of runs and of its people's own reports, through a restart too."""

from pathlib import Path

from floor.commands import BringMachineUp, CloseRun, CorrectReport, PauseRun, ResumeRun, TakeMachineDown
from floor.refusals import Refusal
from tests.sync.world import ANNA, content, station

SLIP = "BBBBBBBB"


async def test_a_paused_run_stays_open_and_a_closed_one_does_not(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        run = here.start_run(SLIP)
        await here.memory.record(run)
        await here.memory.open_runs()
        pausing = PauseRun(intent=here.ids(), by=ANNA, slip=SLIP, run=run.intent)
        await here.memory.record(pausing)
        (paused,) = await here.memory.open_runs()
        assert paused.run == run.intent
        assert paused.paused
    async with station(tmp_path, family=2) as here:
        (paused,) = await here.memory.open_runs()
        assert paused.paused, "found again from the tables"
        await here.memory.record(ResumeRun(intent=here.ids(), by=ANNA, slip=SLIP, run=run.intent))
        (going_on,) = await here.memory.open_runs()
        assert going_on.paused is None
        closing = CloseRun(intent=here.ids(), by=ANNA, slip=SLIP, run=run.intent, ended_ms=None)
        await here.memory.record(closing)
        assert await here.memory.open_runs() == []
    async with station(tmp_path, family=3) as here:
        assert await here.memory.open_runs() == []


async def test_ones_own_reports_are_found_with_what_corrections_left_of_them(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        first, second = here.report(good=3), here.report(good=4)
        others = here.report(good=9, content=content(9).model_copy(update={"operators": ("B",)}))
        for command in (first, second, others):
            assert not isinstance(await here.memory.record(command), Refusal)
        for report, left in ((first, content(2)), (second, None)):
            correcting = CorrectReport(
                intent=here.ids(), by=ANNA, slip=SLIP, report=report.intent, content=left
            )
            assert not isinstance(await here.memory.record(correcting), Refusal)
        own = await here.memory.own_reports(ANNA)
        assert [(last.fact.event_id, last.withdrawn, last.corrected_to) for last in own] == [
            (second.intent, True, None),
            (first.intent, False, content(2)),
        ]


async def test_what_is_open_is_said_without_waiting_for_the_past(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        run = here.start_run(SLIP)
        await here.memory.record(run)
        down = TakeMachineDown(intent=here.ids(), by=ANNA, machine="saw-1", reason=None, operators=(ANNA,))
        await here.memory.record(down)
        assert await here.memory.open_work() is None, "nobody has looked through the past yet"
        await here.memory._look_back()
        known = await here.memory.open_work()
        assert known is not None
        assert [open_run.run for open_run in known.runs] == [run.intent]
        assert [fact.event_id for fact in known.downtimes] == [down.intent]
        up = BringMachineUp(
            intent=here.ids(), by=ANNA, machine="saw-1", downtime=down.intent, operators=(ANNA,)
        )
        await here.memory.record(up)
        known = await here.memory.open_work()
        assert known is not None
        assert (len(known.runs), known.downtimes) == (1, ())

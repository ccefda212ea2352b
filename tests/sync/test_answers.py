"""A report and the answer to what a policy asked of it: both on the disk, or neither."""

from pathlib import Path

from floor.commands import Answer
from floor.events import AskAnswered, Reported
from floor.flags import Flag
from floor.identity import follow_up
from floor.refusals import Refusal
from tests.sync.world import station, told

ANSWER = Answer(flag=Flag.OVER_TOLERANCE.value, reason="R1")


async def test_e14_a_report_and_its_answer_are_recorded_together_and_a_repeat_adds_nothing(
    tmp_path: Path,
) -> None:
    async with station(tmp_path) as here:
        wanted = here.report(good=5, answer=ANSWER)
        report, answered = told(await here.memory.record(wanted)).facts
        assert isinstance(report.event, Reported)
        assert isinstance(answered.event, AskAnswered)
        assert (answered.event.report, answered.event_id) == (report.event_id, follow_up(report.event_id, 1))
        assert told(await here.memory.record(wanted)).repeated
    async with station(tmp_path) as here:
        assert told(await here.memory.record(wanted)).repeated
        assert (await here.memory.standing()).recorded == 2
        slip = await here.inside(lambda memory: memory.ledger.picture(wanted.subjects()).slip(wanted.slip))
        assert slip is not None
        assert [fact.event_id for fact in slip.care] == [answered.event_id]


async def test_an_answer_is_not_recorded_without_its_report(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        assert await here.memory.record(here.report(good=0, answer=ANSWER)) is Refusal.EMPTY_REPORT
        assert (await here.memory.standing()).recorded == 0

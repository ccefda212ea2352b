"""The printing child as its parent sees it: a job in, an answer out, whatever happens to the child.

Never draws, never waits longer than its deadline, and never lets an old answer pass for a new one.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from floor.commands import PaperOutcome
from printing.jobs import Answer, Job, to_line

DEADLINE_S: Final = 60.0
"""For one job, with starting the child."""
STOP_S: Final = 2.0
COMMAND: Final = (sys.executable, "-m", "printing")

_ROOT: Final = Path(__file__).resolve().parents[1]


class PrintingChild:
    """`python -m printing`, started when the first job comes, and again after it died."""

    def __init__(self, command: Sequence[str] = COMMAND, deadline_s: float = DEADLINE_S) -> None:
        self._command = tuple(command)
        self._deadline_s = deadline_s
        self._process: asyncio.subprocess.Process | None = None
        self._one_at_a_time = asyncio.Lock()

    async def print(self, job: Job) -> Answer:
        """What became of the job. A child that dies or does not answer in time leaves it unknown."""
        async with self._one_at_a_time:
            try:
                return await self._ask(job)
            except TimeoutError:
                await self._kill()
                return _answer(job, PaperOutcome.UNKNOWN, f"no answer in {self._deadline_s:g} s")
            except asyncio.CancelledError:
                await self._kill()
                raise

    async def stop(self) -> None:
        """Ends the child: it may finish what it does, for a moment."""
        process = self._process
        if process is None or process.stdin is None:
            return
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), STOP_S)
        except TimeoutError:
            await self._kill()
        self._process = None

    async def _ask(self, job: Job) -> Answer:
        async with asyncio.timeout(self._deadline_s):
            try:
                process = await self._running()
            except OSError as error:
                return _answer(job, PaperOutcome.FAILED, f"printing cannot be started: {error}")
            answer = await _exchange(process, job)
        if isinstance(answer, Answer):
            return answer
        await self._kill()
        return _answer(job, PaperOutcome.UNKNOWN, answer)

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,
                env=os.environ | {"PYTHONPATH": python_path()},
            )
        return self._process

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _exchange(process: asyncio.subprocess.Process, job: Job) -> Answer | str:
    """The answer, or in words why there is none."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(to_line(job))
        await process.stdin.drain()
        line = await process.stdout.readline()
    except (ConnectionError, ValueError):
        return "the printing program did not take the job"
    if not line.endswith(b"\n"):
        return "the printing program ended during the job"
    try:
        answer = Answer.model_validate_json(line)
    except ValidationError:
        return "the printing program answered something else"
    return answer if answer.paper == job.paper else "the printing program answered another job"


def _answer(job: Job, outcome: PaperOutcome, reason: str) -> Answer:
    return Answer(paper=job.paper, printer=job.printer.name, outcome=outcome, reason=reason)


def python_path() -> str:
    """Where the child finds us, too, whatever folder the parent was started in."""
    return os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))

"""The printing child as its parent sees it: a job in, news and an answer out, whatever happens to the child.

Never draws, never waits longer than its deadline for a line, and never lets an old answer pass for a new one.
Never lets a page go to its printer before the parent's `hand_over` is through.
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from floor.commands import PaperOutcome
from printing.jobs import GO, NO, SAID, Answer, Follow, Job, News, Word, to_line

DEADLINE_S: Final = 60.0
"""For one line of a job's news or its answer, with starting the child."""
STOP_S: Final = 2.0
COMMAND: Final = (sys.executable, "-m", "printing")

DEAF: Final = "the printing program did not take the job"

HandOver = Callable[[], Awaitable[bool]]
"""Writes down that the page is handed over, and answers whether it may be."""
Hear = Callable[[News], Awaitable[None]]


async def _at_once() -> bool:
    return True


async def _unheard(_news: News) -> None:
    return


_ROOT: Final = Path(__file__).resolve().parents[1]


class PrintingChild:
    """`python -m printing`, started when the first job comes, and again after it died."""

    def __init__(self, command: Sequence[str] = COMMAND, deadline_s: float = DEADLINE_S) -> None:
        self._command = tuple(command)
        self._deadline_s = deadline_s
        self._process: asyncio.subprocess.Process | None = None
        self._one_at_a_time = asyncio.Lock()

    async def print(self, job: Job, hand_over: HandOver = _at_once, hear: Hear = _unheard) -> Answer:
        """What became of the job.

        A child that dies or does not answer in time before `hand_over` printed nothing; later, nobody knows.
        Raises what `hand_over` and `hear` raise: the page then went nowhere, or nobody follows it.
        """
        return await self._run(_Course(job, hand_over, hear))

    async def follow(self, page: Follow, hear: Hear = _unheard) -> Answer:
        """What became of a page that its printer has; nobody knows when the child does not say."""
        return await self._run(_Course(page, _at_once, hear))

    async def _run(self, course: "_Course") -> Answer:
        async with self._one_at_a_time:
            try:
                return await self._ask(course)
            except TimeoutError:
                await self._kill()
                return course.lost(f"no answer in {self._deadline_s:g} s")
            except BaseException:
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

    async def _ask(self, course: "_Course") -> Answer:
        try:
            process = await asyncio.wait_for(self._running(), self._deadline_s)
        except OSError as error:
            return course.lost(f"printing cannot be started: {error}")
        answer = await course.exchange(process, self._deadline_s)
        if isinstance(answer, Answer):
            return answer
        await self._kill()
        return course.lost(answer)

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


class _Course:
    """One job or question on its way."""

    def __init__(self, job: Job | Follow, hand_over: HandOver, hear: Hear) -> None:
        self._job = job
        self._hand_over = hand_over
        self._hear = hear
        self._handed = isinstance(job, Follow)

    async def exchange(self, process: asyncio.subprocess.Process, deadline_s: float) -> Answer | str:
        """The answer, or in words why there is none. Raises TimeoutError."""
        if not await _tell(process, to_line(self._job)):
            return DEAF
        while True:
            said = _read(await asyncio.wait_for(_line(process), deadline_s))
            match said:
                case Answer(paper=paper) if paper != self._job.paper:
                    return "the printing program answered another job"
                case Answer() | str():
                    return said
                case News(word=Word.READY):
                    if not await _tell(process, await self._word()):
                        return DEAF
                case News():
                    await self._hear(said)

    async def _word(self) -> bytes:
        """Go, or not; from a Go on the page may be on paper."""
        self._handed = await self._hand_over()
        return GO if self._handed else NO

    def lost(self, reason: str) -> Answer:
        """Without an answer: nobody knows, where the page was handed over."""
        outcome = PaperOutcome.UNKNOWN if self._handed else PaperOutcome.FAILED
        return Answer(paper=self._job.paper, printer=self._job.printer.name, outcome=outcome, reason=reason)


async def _tell(process: asyncio.subprocess.Process, line: bytes) -> bool:
    """Whether it took the line."""
    assert process.stdin is not None
    try:
        process.stdin.write(line)
        await process.stdin.drain()
    except ConnectionError:
        return False
    return True


async def _line(process: asyncio.subprocess.Process) -> bytes:
    """The next line; one that is longer than any of ours is none."""
    assert process.stdout is not None
    try:
        return await process.stdout.readline()
    except ValueError:
        return b"\n"


def _read(line: bytes) -> Answer | News | str:
    if not line.endswith(b"\n"):
        return "the printing program ended during the job"
    try:
        return SAID.validate_json(line)
    except ValidationError:
        return "the printing program answered something else"


def python_path() -> str:
    """Where the child finds us, too, whatever folder the parent was started in."""
    return os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))

"""One printer's queue: its papers one after the other, each through the printing child and into the ledger.

Never holds another printer up. Never hands a paper over before the disk knows, nor the next one before the
answer to the last is recorded: whatever is killed, no paper is printed twice by itself.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, Protocol, TypeVar

from floor.codec import Fact
from floor.commands import AnswerPaper, Command, PaperOutcome
from floor.events import PaperAsked
from floor.printers import PrinterTrouble
from floor.refusals import Refusal
from floor.station import Recorded
from kiosk.stopwatch import monotonic_ms
from kiosk.wiring.keeping_on import KeepingOn
from printing.child import PrintingChild
from printing.jobs import Answer, Depth, Follow, Job, News, Word
from printing.printers import PrinterSetting
from sync.errors import NotSavedError, SyncError
from sync.handing import HandedOver

T = TypeVar("T")

TRIES_AGAIN_S: Final = 0.5
"""After a disk that did not take or give something."""
ASKS_AGAIN_S: Final = 5.0
"""After a printer that cannot print now."""
CHILD_IDLE_MS: Final = 60_000
"""A printing child that had nothing to do for so long gives its memory back."""
STOPPED: Final = "The terminal was stopped while it printed. Look at the printer."
CANNOT_MAKE: Final = "It could not be made. Print it again; tell your supervisor."
NO_SUCH_PRINTER: Final = "No printer of this name is set at this station."


class QueueMemory(Protocol):
    """What a queue needs of the station's memory."""

    async def papers_waiting(self) -> list[Fact]:
        """Slips and copies asked for and not answered, oldest first."""

    async def hand_over(self, printer: str, handed: HandedOver) -> None:
        """Write down that a printer gets a paper. Raises SyncError."""

    async def take_back(self, printer: str) -> None:
        """Write down that the printer has nothing. Raises SyncError."""

    async def handed_over(self, printer: str) -> HandedOver | None:
        """The last one that a printer got."""

    async def record(self, command: Command) -> Recorded | Refusal:
        """Append the printer's answer."""


class PrinterQueue:
    """The papers of one printer."""

    def __init__(
        self,
        name: str,
        printer: PrinterSetting | None,
        memory: QueueMemory,
        make_job: Callable[[Fact, PrinterSetting], Awaitable[Job]],
        new_intent: Callable[[], str],
        keeping_on: KeepingOn,
    ) -> None:
        """`name` as papers name it; `printer` is None where the settings have none of this name."""
        self._keeping_on = keeping_on
        self._name = name
        self._printer = printer
        self._memory = memory
        self._make_job = make_job
        self._new_intent = new_intent
        self._child = PrintingChild()
        self._work: asyncio.Task[None] | None = None
        self._idle_since_ms = 0.0
        self._handed: str | None = None
        """The paper that is, or may be, in the printer's hands."""
        self._not_marked = False
        """The disk did not take the mark of the last one: it was not handed over."""
        self._called_back: set[str] = set()
        self._in_a_row = 0
        """Papers answered since something began to wait: which of them are read back in full."""
        self.trouble: PrinterTrouble | None = None
        """What holds up the paper that is first; None when nothing does."""

    def wake(self) -> None:
        """Something waits."""
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._print_what_waits())

    async def rest(self) -> None:
        """Nothing waits: after a while the child is let go."""
        idle = self._work is not None and self._work.done()
        if idle and monotonic_ms() - self._idle_since_ms > CHILD_IDLE_MS:
            self._work = None
            await self._child.stop()

    async def close(self) -> None:
        """What the printer has goes on there; what became of it is asked at the next start."""
        if self._work:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)
        await self._child.stop()

    def call_back(self, paper: str) -> bool:
        """Whether a paper is still here: it will not be handed over from now on."""
        if paper == self._handed:
            return False
        self._called_back.add(paper)
        return True

    def let_go(self, paper: str) -> None:
        """A paper that was called back and could not be answered waits again."""
        self._called_back.discard(paper)

    # Work

    async def _print_what_waits(self) -> None:
        self._in_a_row = 0
        try:
            while fact := await until_it_can(self._next):
                if not await self._keeping_on.does(self._name, partial(self._deal_with, fact)):
                    await asyncio.sleep(ASKS_AGAIN_S)
        finally:
            self.trouble, self._idle_since_ms = None, monotonic_ms()

    async def _next(self) -> Fact | None:
        called_back = set(self._called_back)  # before looking: what is asked for meanwhile is not seen yet
        waiting = [fact for fact in await self._memory.papers_waiting() if printer_of(fact) == self._name]
        self._called_back -= called_back - {fact.event_id for fact in waiting}
        return next((fact for fact in waiting if fact.event_id not in self._called_back), None)

    async def _deal_with(self, fact: Fact) -> None:
        answer = await until_it_can(lambda: self._ask(fact))
        self.trouble = None if answer.outcome is PaperOutcome.PRINTED else answer.trouble
        if answer.outcome is not None:
            await self._record(fact, answer, answer.outcome)
            self._in_a_row += 1
            return
        if fact.event_id == self._handed:
            await until_it_can(self._take_back)
        if fact.event_id not in self._called_back:
            await asyncio.sleep(ASKS_AGAIN_S)

    async def _ask(self, fact: Fact) -> Answer:
        """What the printer says to a paper: printed now, or asked for where it was handed over before."""
        handed = await self._memory.handed_over(self._name)
        self._handed = handed.paper if handed else None
        if handed and handed.paper == fact.event_id:
            return await self._follow(fact, handed.job)
        if self._printer is None:
            return self._said(fact, PaperOutcome.FAILED, NO_SUCH_PRINTER)
        try:
            job = await self._make_job(fact, self._printer)
            job = job.model_copy(update={"depth": self._depth(self._printer)})
        except SyncError:
            raise
        except Exception as error:
            return self._said(fact, PaperOutcome.FAILED, f"{CANNOT_MAKE} ({type(error).__name__})")
        self._not_marked = False
        answer = await self._child.print(
            job, lambda: self._hand_over(fact.event_id), lambda news: self._hear(fact.event_id, news)
        )
        if self._not_marked and answer.outcome is None:
            return answer.model_copy(update={"trouble": PrinterTrouble.DISK_FULL})
        return answer

    async def _follow(self, fact: Fact, job: str) -> Answer:
        """What the printer says of a paper that it was handed before; it needs no sheet any more."""
        if self._printer is None or not job:
            return self._said(fact, PaperOutcome.UNKNOWN, STOPPED)
        page = Follow(paper=fact.event_id, printer=self._printer, job=job)
        return await self._child.follow(page, lambda news: self._hear(fact.event_id, news))

    def _depth(self, printer: PrinterSetting) -> Depth:
        """The first page in a row is read back in full, and then as often as the settings say."""
        return Depth.CODES if self._in_a_row % printer.full_read_every else Depth.FULL

    async def _hand_over(self, paper: str) -> bool:
        """From here on it may be on paper. Nothing comes between the question and the mark in `_handed`."""
        if paper in self._called_back:
            return False
        self._handed = paper
        try:
            await self._memory.hand_over(self._name, HandedOver(paper, ""))
        except SyncError:
            self._not_marked = True
        return not self._not_marked

    async def _take_back(self) -> None:
        """The printer declined: what is left of the mark would say that it may have printed."""
        await self._memory.take_back(self._name)
        self._handed = None

    async def _hear(self, paper: str, news: News) -> None:
        if news.word is Word.HELD_UP:
            self.trouble = news.trouble
        elif news.word is Word.TAKEN:
            try:
                await self._memory.hand_over(self._name, HandedOver(paper, news.job))
            except SyncError:
                return  # only a restart would miss it, and then somebody is asked

    async def _record(self, fact: Fact, answer: Answer, outcome: PaperOutcome) -> None:
        """Until the disk has it: the next paper's mark would take the place of this one's."""
        command = answer_to(fact, self._new_intent(), None, outcome, answer.reason, answer)

        async def record() -> None:
            refusal = await self._memory.record(command)
            if isinstance(refusal, Refusal):
                raise NotSavedError(refusal.sentence)

        await until_it_can(record)

    def _said(self, fact: Fact, outcome: PaperOutcome, reason: str) -> Answer:
        return Answer(paper=fact.event_id, printer=self._name, outcome=outcome, reason=reason)


def answer_to(
    fact: Fact,
    intent: str,
    by: str | None,
    outcome: PaperOutcome,
    reason: str,
    told: Answer | None = None,
) -> AnswerPaper:
    """The command that answers what asked for paper, with what was `told` of reading it back."""
    asked = fact.event
    assert isinstance(asked, PaperAsked)
    return AnswerPaper(
        intent=intent,
        by=by,
        slip=asked.subjects().slip,
        paper=fact.event_id,
        printer=printer_of(fact),
        outcome=outcome,
        readers=told.readers if told else (),
        proof=told.proof if told else None,
        reason=reason,
    )


def printer_of(fact: Fact) -> str:
    """The printer that a fact asks for paper; empty for none."""
    return fact.event.printer or "" if isinstance(fact.event, PaperAsked) else ""


async def until_it_can(work: Callable[[], Awaitable[T]]) -> T:
    """A ledger that cannot be read now may be read later: paper waits for it, and is not given up."""
    while True:
        try:
            return await work()
        except SyncError:
            await asyncio.sleep(TRIES_AGAIN_S)

"""The paper desk: what was asked of the printers and not answered yet, printer by printer.

Never keeps a list of jobs: what waits is what the ledger holds unanswered.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from floor.codec import Fact
from floor.commands import PaperOutcome
from floor.events import PaperEvent, PaperUnknown
from floor.refusals import Refusal
from kiosk.papers import Batch, BatchState, DoubtfulPaper, PrinterState
from kiosk.wiring.batches import Batches, BatchMemory
from kiosk.wiring.keeping_on import Alarms, KeepingOn
from kiosk.wiring.printer_queue import PrinterQueue, QueueMemory, answer_to, printer_of
from kiosk.wiring.sheets import SheetMaker
from printing.jobs import Job
from printing.printers import PrinterSetting

LOOKS_EVERY_S: Final = 0.5


class PaperMemory(QueueMemory, BatchMemory, Alarms, Protocol):
    """What the desk needs of the station's memory."""

    async def papers_in_doubt(self) -> list[Fact]:
        """Answers by which nobody knows whether paper was printed, and nobody looked since."""

    async def paper_answer(self, event_id: str) -> PaperEvent | None:
        """What a printer answered; None for nothing yet."""

    async def fact(self, event_id: str) -> Fact | None:
        """One event by its id."""


class PaperDesk:
    """Wakes the queue of each printer that something waits for; satisfies `kiosk.papers.Papers`."""

    def __init__(
        self,
        memory: PaperMemory,
        printers: tuple[PrinterSetting, ...],
        sheets: SheetMaker,
        new_intent: Callable[[], str],
    ) -> None:
        """`sheets` makes what is printed."""
        self._memory = memory
        self._printers = {printer.name: printer for printer in printers}
        self._sheets = sheets
        self._new_intent = new_intent
        self._queues: dict[str, PrinterQueue] = {}
        self._counts: Counter[str] = Counter()
        self._batches = Batches(memory)
        self._keeping_on = KeepingOn(memory)

    async def run(self) -> None:
        """Until cancelled. What waited when the program last stopped is printed now, or asked for."""
        try:
            while True:
                await self._keeping_on.does("the desk", self._look)
                await asyncio.sleep(LOOKS_EVERY_S)
        finally:
            await self._batches.close()
            await asyncio.gather(*[queue.close() for queue in self._queues.values()])

    async def _look(self) -> None:
        await self._batches.resume()
        await self._batches.look()
        waiting = await self._memory.papers_waiting()
        self._counts = Counter(map(printer_of, waiting))
        for name in self._counts:
            self._queue(name).wake()
        for name, queue in self._queues.items():
            if name not in self._counts:
                await queue.rest()

    def _queue(self, name: str) -> PrinterQueue:
        if name not in self._queues:
            printer = self._printers.get(name)
            self._queues[name] = PrinterQueue(
                name, printer, self._memory, self._job, self._new_intent, self._keeping_on
            )
        return self._queues[name]

    # What people ask

    def printers(self) -> Sequence[PrinterState]:
        """How the printers are that something waits for, those in trouble first."""
        states = [
            PrinterState(name, queue.trouble, self._counts[name])
            for name, queue in self._queues.items()
            if self._counts[name]
        ]
        return sorted(states, key=lambda state: state.trouble is None)

    async def waiting(self) -> list[Fact]:
        """What was asked for and not answered, oldest first."""
        return await self._memory.papers_waiting()

    async def doubtful(self) -> list[DoubtfulPaper]:
        """What nobody knows, and nobody has looked for since, oldest first."""
        found = []
        for answer in await self._memory.papers_in_doubt():
            said = answer.event
            asked = await self._memory.fact(said.paper) if isinstance(said, PaperUnknown) else None
            if asked:
                found.append(DoubtfulPaper(asked, answer))
        return found

    async def call_back(self, papers: Sequence[str], by: str) -> int:
        """Answer those that no printer has yet as surely not printed. How many these were.

        All are held back before the first answer is written: printers go on while the disk works.
        """
        wanted = set(papers)
        waiting = [fact for fact in await self._memory.papers_waiting() if fact.event_id in wanted]
        held = [fact for fact in waiting if self._queue(printer_of(fact)).call_back(fact.event_id)]
        answered: set[str] = set()
        try:
            for fact in held:
                if await self._answer(fact, by):
                    answered.add(fact.event_id)
        finally:
            for fact in held:
                if fact.event_id not in answered:
                    self._queue(printer_of(fact)).let_go(fact.event_id)
        return len(answered)

    async def begin(self, batch: Batch) -> None:
        """Slips for many orders, from now on."""
        await self._batches.begin(batch)

    def batch(self) -> BatchState | None:
        """The batch that goes on."""
        return self._batches.state()

    async def end_batch(self, by: str) -> int:
        """No more of it. How many papers were taken back."""
        return await self.call_back(await self._batches.end(), by)

    async def _answer(self, fact: Fact, by: str) -> bool:
        """Whether a paper that is held back was surely not printed, and the disk knows now."""
        if await self._memory.paper_answer(fact.event_id):
            return False
        handed = await self._memory.handed_over(printer_of(fact))
        if handed and handed.paper == fact.event_id:
            return False
        answer = answer_to(fact, self._new_intent(), by, PaperOutcome.FAILED, f"cancelled by {by}")
        return not isinstance(await self._memory.record(answer), Refusal)

    async def _job(self, fact: Fact, printer: PrinterSetting) -> Job:
        return Job(paper=fact.event_id, printer=printer, sheet=await self._sheets.sheet(fact, printer))

"""The paper desk: what was asked of the printers and not answered yet goes to the printing child, one by one.

Never keeps a list of jobs: what waits is what the ledger holds unanswered.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from floor.chain import HEAD_CHARS_SHOWN
from floor.codec import Fact
from floor.commands import AnswerPaper, Command, PaperOutcome
from floor.decide import Picture
from floor.events import SlipIssued, SlipReprinted, SlipSplit, Subjects
from floor.people import Person
from floor.plant import Plant
from floor.refusals import Refusal
from floor.station import Recorded
from floor.tags import copy_letter
from printing.child import PrintingChild
from printing.jobs import Answer, Job
from printing.printers import PrinterSetting
from printing.sheet import sheet_for
from sync.errors import SyncError

MS: Final = 1000
LOOKS_EVERY_S: Final = 0.5
STOPPED: Final = "The terminal was stopped while it printed. Look at the printer."
CANNOT_MAKE: Final = "The slip could not be made. Print it again; tell your supervisor."
NO_SUCH_PRINTER: Final = "No printer of this name is set at this station."


class PaperMemory(Protocol):
    """What the desk needs of the station's memory."""

    async def papers_waiting(self) -> list[Fact]:
        """Slips and copies asked for and not answered, oldest first."""

    async def picture(self, subjects: Subjects) -> Picture:
        """The order around a slip."""

    async def plant(self) -> Plant:
        """The plant as far as known."""

    async def people(self) -> Mapping[str, Person]:
        """Everyone of this area, by number."""

    async def head_at(self, fact: Fact) -> str:
        """The ledger's hash, in hex, where an own fact stands."""

    async def record(self, command: Command) -> Recorded | Refusal:
        """Append the printer's answer."""


class PaperDesk:
    """Feeds the child and records its answers."""

    def __init__(
        self,
        memory: PaperMemory,
        printers: tuple[PrinterSetting, ...],
        station: str,
        new_intent: Callable[[], str],
    ) -> None:
        """`station` is the name that the slip carries."""
        self._memory = memory
        self._printers = {printer.name: printer for printer in printers}
        self._station = station
        self._new_intent = new_intent
        self._child = PrintingChild()
        self._dealt_with: set[str] = set()
        """Of those that wait: printed here, even when that could not be recorded. Never twice by itself."""

    async def run(self) -> None:
        """Until cancelled. What was being printed when the program last stopped is unknown, and said so."""
        try:
            await self._until_it_can(self._give_up_what_waits)
            while True:
                await self._until_it_can(self._look)
                await asyncio.sleep(LOOKS_EVERY_S)
        finally:
            await self._child.stop()

    @staticmethod
    async def _until_it_can(work: Callable[[], Awaitable[None]]) -> None:
        """A ledger that cannot be read now may be read later: paper waits for it, and is not given up."""
        while True:
            try:
                await work()
            except SyncError:
                await asyncio.sleep(LOOKS_EVERY_S)
            else:
                return

    async def _give_up_what_waits(self) -> None:
        for fact in await self._memory.papers_waiting():
            await self._answer(fact, PaperOutcome.UNKNOWN, STOPPED)

    async def _look(self) -> None:
        """Print what waits; one paper that cannot be made stops no other."""
        waiting = await self._memory.papers_waiting()
        self._dealt_with &= {fact.event_id for fact in waiting}
        for fact in waiting:
            if fact.event_id in self._dealt_with:
                continue
            self._dealt_with.add(fact.event_id)
            try:
                await self._print(fact)
            except Exception as error:
                await self._answer(fact, PaperOutcome.FAILED, f"{CANNOT_MAKE} ({type(error).__name__})")

    async def _print(self, fact: Fact) -> None:
        asked = fact.event
        if not isinstance(asked, SlipIssued | SlipSplit | SlipReprinted):
            return
        printer = self._printers.get(asked.printer or "")
        if printer is None:
            await self._answer(fact, PaperOutcome.FAILED, NO_SUCH_PRINTER)
            return
        answer = await self._child.print(await self._job(fact, asked, printer))
        await self._record(fact, answer)

    async def _job(
        self, fact: Fact, asked: SlipIssued | SlipSplit | SlipReprinted, printer: PrinterSetting
    ) -> Job:
        picture = await self._memory.picture(Subjects(slip=asked.slip))
        people = await self._memory.people()
        plant = await self._memory.plant()
        at = datetime.fromtimestamp(asked.at.clamped_ms / MS, ZoneInfo(plant.time_zone))
        sheet = sheet_for(
            picture.order,
            asked.slip,
            asked.copy_letter if isinstance(asked, SlipReprinted) else copy_letter(1),
            (await self._memory.head_at(fact))[:HEAD_CHARS_SHOWN],
            self._station,
            plant,
            {number: person.name for number, person in people.items()},
            f"{at.day} {at:%B %Y %H:%M}",
        )
        return Job(paper=fact.event_id, printer=printer, sheet=sheet)

    async def _record(self, fact: Fact, answer: Answer) -> None:
        await self._answer(fact, PaperOutcome(answer.outcome), answer.reason, answer)

    async def _answer(
        self, fact: Fact, outcome: PaperOutcome, reason: str, told: Answer | None = None
    ) -> None:
        asked = fact.event
        if not isinstance(asked, SlipIssued | SlipSplit | SlipReprinted):
            return
        await self._memory.record(
            AnswerPaper(
                intent=self._new_intent(),
                by=None,
                slip=asked.slip,
                paper=fact.event_id,
                printer=asked.printer or "",
                outcome=outcome,
                readers=told.readers if told else (),
                proof=told.proof if told else None,
                reason=reason,
            )
        )

"""Slips for many orders: issued one order after the other beside everything else, and taken up after a stop.

Never a second list of what is printed: a batch is its intents; what was recorded of them is in the ledger.
"""

import asyncio
from functools import partial
from typing import Final, Protocol

from pydantic import TypeAdapter, ValidationError

from floor.codec import Fact
from floor.commands import Command, IssueSlips
from floor.events import SlipIssued
from floor.refusals import Refusal
from floor.station import Recorded
from kiosk.papers import Batch, BatchState
from kiosk.wiring.printer_queue import until_it_can
from sync.errors import NotSavedError

_KEPT: Final = TypeAdapter(Batch)


class BatchMemory(Protocol):
    """What a batch needs of the station's memory."""

    async def record(self, command: Command) -> Recorded | Refusal:
        """Append the slips of one order."""

    async def keep_batch(self, said: str | None) -> None:
        """Remember it. Raises SyncError."""

    async def kept_batch(self) -> str | None:
        """What was remembered."""

    async def papers_waiting(self) -> list[Fact]:
        """Asked for and not answered."""


class Batches:
    """One batch at a time."""

    def __init__(self, memory: BatchMemory) -> None:
        self._memory = memory
        self._batch: Batch | None = None
        self._issued = 0
        """Lines that are recorded, or refused."""
        self._counted = 0
        """Of these, those that were recorded when somebody last looked at what waits."""
        self._waiting = 0
        self._work: asyncio.Task[None] | None = None

    async def resume(self) -> None:
        """Take up what went on when the program last stopped. Raises SyncError."""
        said = await self._memory.kept_batch()
        if said is None or self._batch:
            return
        try:
            self._go(_KEPT.validate_json(said))
        except ValidationError:  # of another release: its slips that are issued are printed all the same
            await self._memory.keep_batch(None)

    async def begin(self, batch: Batch) -> None:
        """Written down first, so that it goes on after a stop. Raises SyncError."""
        await self._memory.keep_batch(_KEPT.dump_json(batch).decode())
        self._go(batch)

    def state(self) -> BatchState | None:
        """How far it is; None for none."""
        if self._batch is None:
            return None
        issued = sum(line.slips for line in self._batch.lines[: self._counted])
        slips = sum(line.slips for line in self._batch.lines)
        return BatchState(slips, issued, min(issued, self._waiting))

    async def look(self) -> None:
        """Note what waits of it; forget a batch of which nothing does. Raises SyncError."""
        if self._batch is None:
            return
        counted = self._issued  # before looking: what is issued meanwhile is counted the next time
        self._waiting = sum(map(self._asked, await self._memory.papers_waiting()))
        self._counted = counted
        if self._counted == len(self._batch.lines) and not self._waiting:
            await self._memory.keep_batch(None)
            self._batch = None

    async def end(self) -> list[str]:
        """Issue no more; the papers of it that wait. Raises SyncError."""
        await self.close()
        await self._memory.keep_batch(None)
        waiting = [fact.event_id for fact in await self._memory.papers_waiting() if self._asked(fact)]
        self._batch = None
        return waiting

    async def close(self) -> None:
        """Stop issuing; what is not ended goes on at the next start."""
        if self._work:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)

    def _go(self, batch: Batch) -> None:
        self._batch, self._issued, self._counted, self._waiting = batch, 0, 0, 0
        self._work = asyncio.create_task(self._issue(batch))

    async def _issue(self, batch: Batch) -> None:
        """Order by order, so that a report goes in between; what is recorded already stays as it is."""
        for line in batch.lines:
            command = IssueSlips(
                intent=line.intent,
                by=batch.by,
                order=line.order,
                quantity=line.quantity,
                lot=line.lot,
                printer=batch.printer,
            )
            await until_it_can(partial(self._record, command))
            self._issued += 1

    async def _record(self, command: IssueSlips) -> None:
        """An order that was closed meanwhile gets no slips; a disk that took nothing is tried again."""
        if await self._memory.record(command) is Refusal.NOT_SAVED:
            raise NotSavedError(Refusal.NOT_SAVED.sentence)

    def _asked(self, fact: Fact) -> bool:
        """Whether a paper that waits is of this batch."""
        event, batch = fact.event, self._batch
        if batch is None or not isinstance(event, SlipIssued) or event.printer != batch.printer:
            return False
        return event.by == batch.by and event.order in {line.order for line in batch.lines}

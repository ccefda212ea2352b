"""The memory as `kiosk print` opens it where no terminal runs: its own request waits, and nothing else.

Never takes a batch up, never lets a paper of before be printed by a command that was asked for another one.
"""

import asyncio
from typing import Final

from floor.codec import Fact
from floor.commands import Command
from floor.events import PaperAsked
from floor.refusals import Refusal
from floor.station import Recorded
from sync.memory import StationMemory

LOOKS_EVERY_S: Final = 0.2
FINISHES_S: Final = 60.0
"""So long a page that a printer has is waited for at the end; later it is asked for at the next start."""


class MemoryOfOneRequest(StationMemory):
    """What was recorded with it waits for a printer; what others asked for waits for the terminal."""

    _own: frozenset[str] = frozenset()

    async def record(self, command: Command) -> Recorded | Refusal:
        """As the station's; what it recorded may be printed."""
        recorded = await super().record(command)
        if isinstance(recorded, Recorded):
            self._own |= {fact.event_id for fact in recorded.facts}
        return recorded

    async def papers_waiting(self) -> list[Fact]:
        """Its own papers, and before them what their printers had when the terminal stopped.

        Those are asked for, never printed: the mark of the next page would take the place of theirs.
        """
        waiting = await super().papers_waiting()
        own = [fact.event for fact in waiting if fact.event_id in self._own]
        printers = {asked.printer for asked in own if isinstance(asked, PaperAsked) and asked.printer}
        marks = [await self.handed_over(printer) for printer in sorted(printers)]
        served = self._own.union(mark.paper for mark in marks if mark)
        return [fact for fact in waiting if fact.event_id in served]

    async def kept_batch(self) -> None:
        """None: a batch goes on at the terminal."""

    async def finish(self) -> None:
        """Wait, not for ever, until no printer has a paper of this request that it has not answered."""
        for _ in range(round(FINISHES_S / LOOKS_EVERY_S)):
            if not await self._in_a_printers_hands():
                return
            await asyncio.sleep(LOOKS_EVERY_S)

    async def _in_a_printers_hands(self) -> bool:
        for fact in await self.papers_waiting():
            asked = fact.event
            mark = await self.handed_over(asked.printer or "") if isinstance(asked, PaperAsked) else None
            if mark and mark.paper == fact.event_id:
                return True
        return False

"""What a station's memory knows of paper: what was asked for, what a printer has, what nobody knows.

Never a part of its own: `StationMemory` is this too, and asks the ledger in the writer's thread.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

from floor.codec import Fact
from floor.commands import Command
from floor.events import Moment, PaperEvent, PaperUnknown
from floor.refusals import Refusal
from sync import handing, marks
from sync.errors import SyncError
from sync.handing import HandedOver
from sync.incidents import Incident
from sync.ledger import PAPER_KINDS
from sync.opening import OpenMemory

T = TypeVar("T")

PAPER_FAULT: Final = "Paper is late: a mistake in this program. Tell your administrator."


class PaperMemory(ABC):
    """Questions about paper."""

    @abstractmethod
    async def _ask(self, work: Callable[[OpenMemory], T]) -> T:
        """Ask in the writer's thread."""

    @abstractmethod
    def moment(self) -> Moment:
        """Now, by every clock of the station."""

    @abstractmethod
    async def _look_back_for(self, kind: str) -> None:
        """Through years of facts in small pieces."""

    async def preview(self, command: Command) -> Fact | Refusal:
        """The first fact that a command would record now, in no stream; nothing is kept."""
        now = self.moment()
        return await self._ask(lambda memory: memory.ledger.preview(command, now))

    async def paper_answer(self, event_id: str) -> PaperEvent | None:
        """What the printer answered to an event that asked for paper; None for nothing yet."""
        return await self._ask(lambda memory: memory.ledger.paper_answer(event_id))

    async def papers_waiting(self) -> list[Fact]:
        """What this station asked a printer for, not answered yet, oldest first."""
        for kind in PAPER_KINDS:
            await self._look_back_for(kind)
        return await self._ask(lambda memory: memory.ledger.papers_waiting())

    async def papers_in_doubt(self) -> list[Fact]:
        """This station's answers by which nobody knows whether paper was printed, and nobody looked since."""
        await self._look_back_for(PaperUnknown.kind)
        return await self._ask(lambda memory: memory.ledger.papers_in_doubt())

    async def hand_over(self, printer: str, handed: HandedOver) -> None:
        """Write down what a printer gets, before it gets it. Raises NotSavedError."""

        def written(memory: OpenMemory) -> None:
            with memory.ledger.disk.transaction() as connection:
                handing.put(connection, printer, handed)

        await self._ask(written)

    async def take_back(self, printer: str) -> None:
        """Write down that a printer declined what it was given. Raises NotSavedError."""

        def written(memory: OpenMemory) -> None:
            with memory.ledger.disk.transaction() as connection:
                handing.forget(connection, printer)

        await self._ask(written)

    async def alarm_paper(self, error: Exception | None) -> None:
        """Tell what nobody foresaw while paper was printed; None when it is over. The work goes on."""

        def told(memory: OpenMemory) -> None:
            if error:
                memory.incidents.alarm(Incident.PAPER, PAPER_FAULT, error=repr(error))
            else:
                memory.incidents.clear(Incident.PAPER)

        with suppress(SyncError):  # a memory that is closed, or has too much to do, is told of by itself
            await self._ask(told)

    async def handed_over(self, printer: str) -> HandedOver | None:
        """What a printer got last; None for one that never had any."""
        return await self._ask(lambda memory: handing.last(memory.ledger.disk.connection, printer))

    async def keep_batch(self, said: str | None) -> None:
        """Remember a batch that goes on, as its desk wrote it; None forgets it. Raises NotSavedError."""

        def written(memory: OpenMemory) -> None:
            with memory.ledger.disk.transaction() as connection:
                marks.put(connection, marks.BATCH, said)

        await self._ask(written)

    async def kept_batch(self) -> str | None:
        """The batch that went on when the program last stopped."""
        return await self._ask(lambda memory: marks.get(memory.ledger.disk.connection, marks.BATCH))

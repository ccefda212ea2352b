"""Printers and what waits for them, as shapes without a body.

Never says how paper is printed, and never loads more than the standard library: the first frame waits for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol

from floor.codec import Fact
from floor.printers import PrinterTrouble


@dataclass(frozen=True, slots=True)
class PrinterState:
    """How one printer is, as far as it was asked."""

    name: str
    """As the settings call it."""
    trouble: PrinterTrouble | None
    """Why nothing comes out of it now; None when all is well, and when nothing waits for it."""
    waiting: int
    """How many papers were asked of it and not answered yet, with the one that it has now."""


@dataclass(frozen=True, slots=True)
class DoubtfulPaper:
    """A paper of which nobody knows whether it was printed."""

    asked: Fact
    """What asked for it."""
    answer: Fact
    """The PaperUnknown."""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """Slips of one order in a batch."""

    intent: str
    """The event id of the first of them: recorded again after a stop, it is the same."""
    order: str
    quantity: Decimal
    lot: Decimal | None
    """Quantity of each slip; None for one slip."""
    slips: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Slips for many orders, asked for with one word."""

    by: str
    printer: str | None
    lines: tuple[BatchLine, ...]


@dataclass(frozen=True, slots=True)
class BatchState:
    """How far a batch has come."""

    slips: int
    """In all of it."""
    issued: int
    waiting: int
    """Of those issued, not answered by the printer yet."""

    @property
    def answered(self) -> int:
        """Printed, or surely not: no longer waited for."""
        return self.issued - self.waiting


class Papers(Protocol):
    """The paper desk, as the conversation sees it."""

    def printers(self) -> Sequence[PrinterState]:
        """How the printers are that something waits for, those in trouble first."""

    async def waiting(self) -> list[Fact]:
        """What was asked for and not answered, oldest first."""

    async def doubtful(self) -> list[DoubtfulPaper]:
        """What nobody knows, and nobody has looked for since, oldest first."""

    async def call_back(self, papers: Sequence[str], by: str) -> int:
        """Take back what is not handed over yet: it will not be printed. How many these were."""

    async def begin(self, batch: Batch) -> None:
        """Issue and print them all beside everything else; goes on after a stop. Raises MemorySilentError."""

    def batch(self) -> BatchState | None:
        """The batch that goes on; None for none."""

    async def end_batch(self, by: str) -> int:
        """Issue no more of it, and take back what no printer has yet. How many papers these were."""


class NoPapers:
    """A terminal that nothing is printed from."""

    def printers(self) -> Sequence[PrinterState]:
        return ()

    async def waiting(self) -> list[Fact]:
        return []

    async def doubtful(self) -> list[DoubtfulPaper]:
        return []

    async def call_back(self, _papers: Sequence[str], _by: str) -> int:
        return 0

    async def begin(self, _batch: Batch) -> None:
        return

    def batch(self) -> BatchState | None:
        return None

    async def end_batch(self, _by: str) -> int:
        return 0


NO_PAPERS: Final[Papers] = NoPapers()

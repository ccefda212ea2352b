"""A page on its way into a printer: what is handed over, and what becomes of it.

Never guesses: what was not confirmed is unknown, so that a person looks before printing again.
"""

from dataclasses import dataclass
from typing import Final, Protocol

from floor.commands import PaperOutcome
from floor.printers import PrinterTrouble


@dataclass(frozen=True, slots=True)
class Printable:
    """Pages in the printer's language."""

    name: str
    """What the page is called: safe as a file's name, without suffix."""
    content: bytes
    width_mm: float
    height_mm: float
    media_type: str = "application/pdf"
    suffix: str = "pdf"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A printer's answer."""

    outcome: PaperOutcome | None
    """None: nothing was handed over, and it may be tried again."""
    reason: str = ""
    """Why not, for people; empty when printed."""
    trouble: PrinterTrouble | None = None
    """What is wrong with the printer, where that is why."""


class Watcher(Protocol):
    """Who wants to know how it goes, while it goes."""

    def held_up(self, trouble: PrinterTrouble | None, /) -> None:
        """The printer has the page, and waits for this; None when for nothing any more."""

    def taken(self, job: str, /) -> None:
        """The printer has the page, and calls it this: it can be asked for it even after a stop."""


class _Nobody:
    def held_up(self, _trouble: PrinterTrouble | None, /) -> None:
        pass

    def taken(self, _job: str, /) -> None:
        pass


UNWATCHED: Final[Watcher] = _Nobody()


def printed() -> Delivery:
    """It is on paper."""
    return Delivery(PaperOutcome.PRINTED)


def failed(reason: str) -> Delivery:
    """It is surely not on paper, and trying again by itself would not help."""
    return Delivery(PaperOutcome.FAILED, reason)


def unknown(reason: str, trouble: PrinterTrouble | None = None) -> Delivery:
    """It may be on paper."""
    said = f"{reason} {trouble.sentence}" if trouble else reason
    return Delivery(PaperOutcome.UNKNOWN, said, trouble)


def not_yet(trouble: PrinterTrouble) -> Delivery:
    """It is surely not on paper; it can be printed when somebody helped the printer."""
    return Delivery(None, trouble.sentence, trouble)

"""Which paper each printer was handed last, kept on the disk before the printer gets it.

Never a queue: what waits is what the ledger holds unanswered. One mark for each printer is enough, because a
printer's next paper is handed over only after the answer to its last one is in the ledger.
"""

import sqlite3
from dataclasses import dataclass

from sync import marks


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A paper that a printer has had since, or is about to have."""

    paper: str
    """The event that asked for it."""
    job: str
    """What the printer calls it; empty as long as it said nothing."""


def put(connection: sqlite3.Connection, printer: str, handed: HandedOver) -> None:
    """Remember within the open transaction."""
    marks.put(connection, marks.handed_over(printer), f"{handed.paper} {handed.job}")


def forget(connection: sqlite3.Connection, printer: str) -> None:
    """Remember within the open transaction that the printer has nothing."""
    marks.put(connection, marks.handed_over(printer), None)


def last(connection: sqlite3.Connection, printer: str) -> HandedOver | None:
    """The last one; None for a printer that never had any."""
    said = marks.get(connection, marks.handed_over(printer))
    if said is None:
        return None
    paper, _, job = said.partition(" ")
    return HandedOver(paper, job)

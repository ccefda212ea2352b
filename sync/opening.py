"""Everything that lives in the writer's thread, opened together.

Never used from another thread: SQLite itself refuses that.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final, Protocol, TypeVar

from floor.identity import NewId
from sync.directory import Directory
from sync.disk import Disk
from sync.drafts import Drafts
from sync.errors import CannotOpenError
from sync.incidents import Incidents
from sync.ledger import Ledger
from sync.outbox import Outbox
from sync.received import Received

LEDGER_NAME: Final = "ledger.db"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OpenMemory:
    """One open ledger and its neighbours."""

    ledger: Ledger
    outbox: Outbox
    received: Received
    directory: Directory
    drafts: Drafts
    incidents: Incidents


class Ask(Protocol):
    """How an open memory is asked from outside its thread."""

    async def __call__(self, work: Callable[[OpenMemory], T], /) -> T:
        """What the work answers."""


def open_memory(folder: Path, new_id: NewId, chance: Random, incidents: Incidents) -> OpenMemory:
    """Open or begin the ledger in `folder`. Raises CannotOpenError or NotSavedError."""
    disk = Disk(folder / LEDGER_NAME)
    try:
        ledger = Ledger(disk, new_id, chance, incidents)
        received = Received(ledger)
        received.reconsider()
        return OpenMemory(ledger, Outbox(ledger), received, Directory(disk), Drafts(disk), incidents)
    except sqlite3.Error as error:
        disk.close()
        raise CannotOpenError(f"The ledger's file cannot be read: {error}") from error
    except BaseException:
        disk.close()
        raise

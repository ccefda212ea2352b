"""Everything that lives in the writer's thread, opened together.

Never used from another thread: SQLite itself refuses that.
"""

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from floor.identity import NewId
from sync.directory import Directory
from sync.drafts import Drafts
from sync.incidents import Incidents
from sync.ledger import Ledger
from sync.outbox import Outbox
from sync.received import Received

LEDGER_NAME: Final = "ledger.db"


@dataclass(frozen=True, slots=True)
class OpenMemory:
    """One open ledger and its neighbours."""

    ledger: Ledger
    outbox: Outbox
    received: Received
    directory: Directory
    drafts: Drafts
    incidents: Incidents


def open_memory(folder: Path, new_id: NewId, chance: Random, incidents: Incidents) -> OpenMemory:
    """Open or begin the ledger in `folder`. Raises CannotOpenError or NotSavedError."""
    ledger = Ledger(folder / LEDGER_NAME, new_id, chance, incidents)
    received = Received(ledger)
    received.reconsider()
    return OpenMemory(
        ledger, Outbox(ledger), received, Directory(ledger.disk), Drafts(ledger.disk), incidents
    )

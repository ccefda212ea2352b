"""What operators had filled in: kept until the report is on the disk, offered again after a power cut.

Never opened: the dialogue wrote the slots and reads them.
"""

from typing import Final

from floor.station import Draft
from sync.disk import Disk

RECORDED: Final = "SELECT 1 FROM known WHERE event_id = ? LIMIT 1"
"""One by one: within the question for all drafts SQLite would read the whole ledger."""


class Drafts:
    """One row per intent; lives in the writer's thread."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._kept = {row[0] for row in disk.connection.execute("SELECT intent FROM draft")}

    def save(self, draft: Draft) -> None:
        """Keep what was filled in so far. Raises NotSavedError."""
        with self._disk.transaction() as connection:
            connection.execute(
                "INSERT INTO draft VALUES (?, ?) ON CONFLICT (intent) DO UPDATE SET slots = excluded.slots",
                (draft.intent, draft.slots),
            )
        self._kept.add(draft.intent)

    def drop(self, intent: str) -> None:
        """Recorded, or taken back; costs nothing where no draft was kept. Raises NotSavedError."""
        if intent not in self._kept:
            return
        with self._disk.transaction() as connection:
            connection.execute("DELETE FROM draft WHERE intent = ?", (intent,))
        self._kept.discard(intent)

    def all(self) -> list[Draft]:
        """What is kept, oldest first; a draft whose event is in the ledger counts already."""
        connection = self._disk.connection
        kept = connection.execute("SELECT intent, slots FROM draft ORDER BY rowid").fetchall()
        return [
            Draft(intent, slots, connection.execute(RECORDED, (intent,)).fetchone() is not None)
            for intent, slots in kept
        ]

"""Facts out of the tables: this station's own and those it received, by what they are about.

Never writes, and never counts: an event that cannot be read, or that central set aside, is left out and
named.
"""

from collections.abc import Callable, Iterable
from typing import Final

from floor.codec import CannotReadError, Fact, decode, in_order
from floor.events import EventQuarantined
from sync.disk import Disk

Row = tuple[str, int, str, str, int, bytes, str | None]
"""stream, seq, event_id, kind, v, body, station: the columns of every query here, in this order."""

BY_ORDER: Final = "SELECT stream, seq, event_id, kind, v, body, station FROM known WHERE order_number = ?"
BY_SLIP: Final = "SELECT stream, seq, event_id, kind, v, body, station FROM known WHERE slip = ?"
BY_ID: Final = "SELECT stream, seq, event_id, kind, v, body, station FROM known WHERE event_id = ?"
BY_KIND: Final = "SELECT stream, seq, event_id, kind, v, body, station FROM known WHERE kind = ?"
DECISIONS: Final = """
SELECT stream, seq, event_id, kind, v, body, station FROM known
WHERE order_number = ? AND kind GLOB 'order_*'
"""
BY_ANSWERED: Final = (
    "SELECT stream, seq, event_id, kind, v, body, station FROM known WHERE answers = ? AND kind = ?"
)
UNANSWERED: Final = """
SELECT stream, seq, event_id, kind, v, body, station FROM known AS asked WHERE kind = ?
AND NOT EXISTS (SELECT 1 FROM event WHERE event.answers = asked.event_id)
AND NOT EXISTS (
    SELECT 1 FROM received WHERE received.answers = asked.event_id AND received.counted = 1
    AND received.generation = (SELECT CAST(value AS INTEGER) FROM mark WHERE key = 'generation')
)
"""
OWN_LAST: Final = """
SELECT entry.stream, entry.seq, event.event_id, event.kind, event.v, event.body, NULL
FROM event JOIN entry ON entry.event_id = event.event_id AND entry.digest = event.digest
WHERE event.kind = ? ORDER BY event.rowid DESC LIMIT ?
"""
ISSUED_FOR: Final = """
SELECT order_number FROM known WHERE slip = ? AND kind = 'slip_issued'
ORDER BY stream DESC, seq DESC LIMIT 1
"""
NAMED_FOR: Final = """
SELECT order_number FROM known WHERE slip = ? AND order_number IS NOT NULL
ORDER BY stream DESC, seq DESC LIMIT 1
"""
ORDERS_DECIDED: Final = "SELECT DISTINCT order_number FROM known WHERE kind = 'order_confirmed'"


class Reading:
    """Reads on the open connection; lives in the writer's thread."""

    def __init__(self, disk: Disk, set_aside: Callable[[str, str], None]) -> None:
        """`set_aside(event_id, why)` hears of each event that this release cannot read."""
        self._disk = disk
        self._set_aside = set_aside
        self.quarantined: frozenset[str] = frozenset()
        """Ids that central stored and does not count; they are left out here too."""
        self.refresh_quarantined()

    def refresh_quarantined(self) -> None:
        """Read again what central set aside."""
        self.quarantined = frozenset()
        named = (fact.event for fact in self.facts(BY_KIND, EventQuarantined.kind))
        self.quarantined = frozenset(event.event_id for event in named if isinstance(event, EventQuarantined))

    def facts(self, query: str, *parameters: str | int) -> list[Fact]:
        """What a query of this module finds, each event once, sorted by (stream, seq)."""
        rows = self._disk.connection.execute(query, parameters)
        return in_order(self._read(row for row in rows if row[2] not in self.quarantined))

    def _read(self, rows: Iterable[Row]) -> list[Fact]:
        found = []
        for stream, seq, event_id, kind, version, body, station in rows:
            try:
                found.append(Fact(stream, seq, event_id, decode(kind, version, body), station))
            except CannotReadError as error:
                self._set_aside(event_id, str(error))
        return found

    def fact(self, event_id: str) -> Fact | None:
        """One event by its id, whether it counts or not."""
        return next(iter(self._read(self._disk.connection.execute(BY_ID, (event_id,)))), None)

    def own_last(self, kind: str, limit: int) -> list[Fact]:
        """What this station recorded last of a kind, newest first."""
        return self._read(self._disk.connection.execute(OWN_LAST, (kind, limit)))

    def of_order(self, order: str) -> list[Fact]:
        """All that names the order, and all about the slips that those name; `fold_order` takes its own."""
        found = self.facts(BY_ORDER, order)
        named = {fact.event.subjects().slip for fact in found}
        for slip in sorted(filter(None, named)):
            found += self.facts(BY_SLIP, slip)
        return in_order(found)

    def of_unissued(self, slip: str) -> list[Fact]:
        """The facts of a slip whose issue is not known here, and those of an order that one of them names."""
        named = self._first(NAMED_FOR, slip)
        return in_order([*self.facts(BY_SLIP, slip), *(self.of_order(named) if named else ())])

    def issued_for(self, slip: str) -> str | None:
        """The order that a slip was issued for; of several, that of the last in (stream, seq)."""
        return self._first(ISSUED_FOR, slip)

    def is_answered(self, event_id: str) -> bool:
        """Whether any event ends or answers this one."""
        return self._first("SELECT event_id FROM known WHERE answers = ? LIMIT 1", event_id) is not None

    def orders_decided(self) -> list[str]:
        """Every order that was ever confirmed, by number."""
        return sorted(str(row[0]) for row in self._disk.connection.execute(ORDERS_DECIDED))

    def _first(self, query: str, parameter: str) -> str | None:
        row = self._disk.connection.execute(query, (parameter,)).fetchone()
        return str(row[0]) if row and row[0] is not None else None

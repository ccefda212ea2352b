"""Facts out of the tables: this station's own and those it received, by what they are about.

Never writes, and never counts: an event that cannot be read, or that central set aside, is left out and
named.
"""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Final

from floor.belonging import orders_of_slips
from floor.codec import CannotReadError, Fact, decode, in_order
from floor.events import (
    EventQuarantined,
    OrderCancelled,
    OrderClosed,
    OrderCompleted,
    OrderConfirmed,
    OrderReopened,
)
from floor.moves import slips_of
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
    "SELECT stream, seq, event_id, kind, v, body, station FROM known WHERE answers = ? AND +kind = ?"
)
"""The plus keeps SQLite from reading every fact of the kind instead of the few that answer."""
OWN_ASKED: Final = """
SELECT asked.rowid, asked.event_id,
EXISTS (SELECT 1 FROM event AS answer WHERE answer.answers = asked.event_id) OR EXISTS (
    SELECT 1 FROM received AS answer WHERE answer.answers = asked.event_id AND answer.counted = 1
    AND answer.generation = (SELECT CAST(value AS INTEGER) FROM mark WHERE key = 'generation')
)
FROM event AS asked WHERE asked.kind = ? AND asked.rowid > ? ORDER BY asked.rowid LIMIT ?
"""
RECEIVED_ASKED: Final = """
SELECT asked.rowid, asked.event_id,
EXISTS (SELECT 1 FROM event AS answer WHERE answer.answers = asked.event_id) OR EXISTS (
    SELECT 1 FROM received AS answer WHERE answer.answers = asked.event_id AND answer.counted = 1
    AND answer.generation = (SELECT CAST(value AS INTEGER) FROM mark WHERE key = 'generation')
)
FROM received AS asked WHERE asked.kind = ? AND asked.rowid > ? ORDER BY asked.rowid LIMIT ?
"""
LAST_OF_STREAM: Final = """
SELECT stream, seq, event_id, kind, v, body, station FROM received
WHERE generation = (SELECT CAST(value AS INTEGER) FROM mark WHERE key = 'generation')
AND stream = ? AND counted = 1 ORDER BY seq DESC LIMIT 1
"""
OWN_LAST: Final = """
SELECT entry.stream, entry.seq, event.event_id, event.kind, event.v, event.body, NULL
FROM event JOIN entry ON entry.event_id = event.event_id AND entry.digest = event.digest
WHERE event.kind = ? ORDER BY event.rowid DESC LIMIT ?
"""
ISSUED_FOR: Final = """
SELECT order_number FROM known WHERE slip = ? AND +kind IN ('slip_issued', 'slip_split')
ORDER BY stream DESC, seq DESC LIMIT 1
"""
OWN_AFTER: Final = """
SELECT entry.stream, entry.seq, event.event_id, event.kind, event.v, event.body, NULL, event.rowid
FROM event JOIN entry ON entry.event_id = event.event_id AND entry.digest = event.digest
WHERE event.kind = ? AND event.rowid > ? ORDER BY event.rowid LIMIT ?
"""
ENDINGS: Final = (OrderCompleted.kind, OrderClosed.kind, OrderCancelled.kind)
ORDERS_NAMED: Final = "SELECT DISTINCT order_number FROM known WHERE kind = ?"


class Asked(Enum):
    """The tables that hold facts which wait for an answer."""

    OWN = OWN_ASKED
    RECEIVED = RECEIVED_ASKED


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

    def own_after(self, kind: str, behind: int, limit: int) -> list[tuple[int, Fact]]:
        """What this station recorded of a kind behind a row, oldest first, each with its row."""
        rows = self._disk.connection.execute(OWN_AFTER, (kind, behind, limit)).fetchall()
        return [(row[-1], fact) for row in rows for fact in self._read([row[:-1]])]

    def of_order(self, order: str) -> list[Fact]:
        """All that names the order, and all about the slips that those name; `fold_order` takes its own."""
        found = self.facts(BY_ORDER, order)
        for slip in sorted({slip for fact in found for slip in slips_of(fact.event)}):
            found += self.facts(BY_SLIP, slip)
        return in_order(found)

    def of_unissued(self, slip: str) -> list[Fact]:
        """The facts of a slip whose issue is not known here, and those of an order that one of them names."""
        own = self.facts(BY_SLIP, slip)
        named = orders_of_slips(own).get(slip)
        return in_order([*own, *(self.of_order(named) if named else ())])

    def issued_for(self, slip: str) -> str | None:
        """The order that a slip was issued for, or split off in; of several, the last in (stream, seq)."""
        return self._first(ISSUED_FOR, slip)

    def last_ms(self, stream: str) -> int | None:
        """When the last fact of another's stream that can be read happened, by its clamped clock."""
        found = self._read(self._disk.connection.execute(LAST_OF_STREAM, (stream,)))
        return found[0].event.at.clamped_ms if found else None

    def is_answered(self, event_id: str) -> bool:
        """Whether any event ends or answers this one."""
        return self._first("SELECT event_id FROM known WHERE answers = ? LIMIT 1", event_id) is not None

    def asked(self, table: Asked, kind: str, behind: int, limit: int) -> list[tuple[int, str, int]]:
        """Facts of a kind behind a row, oldest first: row, event id, and whether anything answers it."""
        return self._disk.connection.execute(table.value, (kind, behind, limit)).fetchall()

    def perhaps_open(self) -> set[str]:
        """Every confirmed order but those that ended and were not opened again."""
        ended = {order for ending in ENDINGS for order in self._orders_with(ending)}
        return self._orders_with(OrderConfirmed.kind) - (ended - self._orders_with(OrderReopened.kind))

    def _orders_with(self, decision: str) -> set[str]:
        return {str(row[0]) for row in self._disk.connection.execute(ORDERS_NAMED, (decision,))}

    def _first(self, query: str, parameter: str) -> str | None:
        row = self._disk.connection.execute(query, (parameter,)).fetchone()
        return str(row[0]) if row and row[0] is not None else None

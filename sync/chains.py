"""This station's own chains: where they come from, where they end, and whether they still verify.

Never appends (sync.ledger does) and never repairs: a difference is named by its place.
"""

import sqlite3
from dataclasses import dataclass
from typing import Final

from floor import chain
from floor.chain import Difference, Sealed, StreamHeader

VERIFIED_AT_OPEN: Final = 256
"""Entries at the end of each stream that are recomputed at every start."""

PLACES: Final = """
SELECT entry.seq, entry.event_id, entry.digest, entry.hash, event.kind, event.v, event.body
FROM entry JOIN event ON event.event_id = entry.event_id AND event.digest = entry.digest
WHERE entry.stream = ? AND entry.seq > ? ORDER BY entry.seq LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class OwnStream:
    """One chain of this station and its end."""

    header: StreamHeader
    closed: bool
    last_seq: int
    head: str
    """Hash of the last entry, or of the header when there is none."""

    @property
    def stream(self) -> str:
        """Its id."""
        return self.header.stream


@dataclass(frozen=True, slots=True)
class Placed:
    """One entry with the content of its event."""

    sealed: Sealed
    kind: str
    version: int
    body: bytes

    @property
    def intact(self) -> bool:
        """Whether the content is what was sealed."""
        return chain.digest(self.kind, self.version, self.body) == self.sealed.digest


def own_streams(connection: sqlite3.Connection) -> list[OwnStream]:
    """Every chain of this ledger, the closed ones too, in the order in which they were begun."""
    rows = connection.execute(
        "SELECT stream, parent, parent_seq, parent_hash, closed FROM stream ORDER BY rowid"
    ).fetchall()
    return [_own(connection, StreamHeader(*row[:4]), bool(row[4])) for row in rows]


def _own(connection: sqlite3.Connection, header: StreamHeader, closed: bool) -> OwnStream:
    row = connection.execute(
        "SELECT seq, hash FROM entry WHERE stream = ? ORDER BY seq DESC LIMIT 1", (header.stream,)
    ).fetchone()
    last_seq, head = row or (0, chain.first_hash(header))
    return OwnStream(header, closed, last_seq, head)


def hash_at(connection: sqlite3.Connection, header: StreamHeader, seq: int) -> str | None:
    """Our hash at a place; None beyond the end."""
    if seq == 0:
        return chain.first_hash(header)
    row = connection.execute(
        "SELECT hash FROM entry WHERE stream = ? AND seq = ?", (header.stream, seq)
    ).fetchone()
    return str(row[0]) if row else None


def places(connection: sqlite3.Connection, stream: str, after_seq: int, limit: int) -> list[Placed]:
    """Entries behind a place, with their content."""
    rows = connection.execute(PLACES, (stream, after_seq, limit))
    return [
        Placed(Sealed(seq, event_id, digest, entry_hash), kind, version, body)
        for seq, event_id, digest, entry_hash, kind, version, body in rows
    ]


def difference(
    connection: sqlite3.Connection, header: StreamHeader, after_seq: int, limit: int
) -> Difference | None:
    """The first of `limit` places behind `after_seq` that is not what was sealed; None when all are."""
    found = places(connection, header.stream, after_seq, limit)
    before = hash_at(connection, header, after_seq)
    if before is None:
        return Difference(after_seq, f"entry {after_seq} is absent")
    changed = next((place for place in found if not place.intact), None)
    broken = chain.verify(header.stream, after_seq, before, [place.sealed for place in found])
    if changed and (broken is None or changed.sealed.seq < broken.seq):
        return Difference(changed.sealed.seq, f"the content of entry {changed.sealed.seq} was changed")
    return broken

"""The one way into the ledger: contiguous entries of one stream, in a transaction that holds the feed lock.

Never refuses a single event, judges only after storing, never counts an event id twice (PROTOCOL section 4).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, select, update

from central.bulk import insert_all
from central.clock import new_id
from central.projection import Placed, SetAside, altered, project, record_alarms
from central.tables import ENTRY, EVENT, STREAM
from floor import chain, codec
from floor.events import Event, EventQuarantined, Moment
from floor.flags import Flag

RUNNING_CHARS: Final = 8
"""Of the feed's running hash, in a cursor."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One entry as it came."""

    seq: int
    event_id: str
    kind: str
    version: int
    body: bytes
    digest: str
    hash: str

    @property
    def sealed(self) -> chain.Sealed:
        """Its place in the chain."""
        return chain.Sealed(self.seq, self.event_id, self.digest, self.hash)


@dataclass(frozen=True, slots=True)
class Batch:
    """Contiguous entries of one stream."""

    stream: str
    station: str | None
    """None for central's own stream."""
    first_seq: int
    previous: str
    """Hash before the first entry."""
    arrivals: tuple[Arrival, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one event that was not plainly counted."""

    seq: int
    disposition: Literal["duplicate", "quarantined", "flagged"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """Where the stream stands now."""

    acked_through: int
    head: str
    outcomes: tuple[Outcome, ...] = ()


class NotTaken(Exception):
    """A batch that does not fit; nothing of it was stored."""


class ChainBroken(NotTaken):
    """The batch is not a chain in itself."""


@dataclass
class Gap(NotTaken):
    """The batch begins beyond what is known."""

    acked_through: int
    head: str


@dataclass
class Fork(NotTaken):
    """The batch tells another history than the one that is known."""

    acked_through: int
    head: str


def append(connection: Connection, batch: Batch, now: Moment) -> Taken:
    """Stores what is new of a batch and counts it. The stream is known (`streams.bind`). Raises NotTaken."""
    difference = chain.verify(
        batch.stream, batch.first_seq - 1, batch.previous, (arrival.sealed for arrival in batch.arrivals)
    )
    if difference:
        raise ChainBroken(difference.reason)
    stream = connection.execute(select(STREAM).where(STREAM.c.stream == batch.stream).with_for_update()).one()
    _compare_overlap(connection, stream, batch)
    fresh = [arrival for arrival in batch.arrivals if arrival.seq > stream.acked_through]
    outcomes = [
        Outcome(arrival.seq, "duplicate") for arrival in batch.arrivals[: len(batch.arrivals) - len(fresh)]
    ]
    if not fresh:
        return Taken(stream.acked_through, stream.head, tuple(outcomes))
    stored = _store(connection, batch, fresh)
    aside = [*stored.altered, *project(connection, stored.new)]
    record_alarms(connection, aside)
    last = fresh[-1]
    marks = {"acked_through": last.seq, "head": last.hash, "pushed_ms": now.wall_ms}
    connection.execute(update(STREAM).where(STREAM.c.stream == batch.stream).values(marks))
    _announce(connection, aside, now)
    outcomes += [Outcome(seq, "duplicate") for seq in stored.duplicates]
    outcomes += [_outcome(found) for found in aside]
    return Taken(last.seq, last.hash, tuple(sorted(outcomes, key=lambda outcome: outcome.seq)))


def _outcome(found: SetAside) -> Outcome:
    came_second = found.flag is Flag.ALTERED
    return Outcome(found.placed.seq, "flagged" if came_second else "quarantined", found.reason)


def _compare_overlap(connection: Connection, stream: Row[Any], batch: Batch) -> None:
    """What both sides have must be the same. Raises Gap or Fork."""
    acked: int = stream.acked_through
    if batch.first_seq > acked + 1:
        raise Gap(acked, stream.head)
    last_seq = batch.arrivals[-1].seq
    ours = select(ENTRY.c.seq, ENTRY.c.hash).where(
        ENTRY.c.stream == batch.stream, ENTRY.c.seq.between(batch.first_seq - 1, min(last_seq, acked))
    )
    known = {row.seq: row.hash for row in connection.execute(ours)}
    if batch.first_seq == 1:
        known[0] = chain.first_hash(
            chain.StreamHeader(batch.stream, stream.parent, stream.parent_seq, stream.parent_hash)
        )
    theirs = {
        batch.first_seq - 1: batch.previous,
        **{arrival.seq: arrival.hash for arrival in batch.arrivals},
    }
    if any(theirs[seq] != known_hash for seq, known_hash in known.items()):
        raise Fork(acked, stream.head)


@dataclass(frozen=True, slots=True)
class _Stored:
    """What a batch brought."""

    new: list[Placed] = field(default_factory=list)
    altered: list[SetAside] = field(default_factory=list)
    duplicates: list[int] = field(default_factory=list)


def _store(connection: Connection, batch: Batch, fresh: Sequence[Arrival]) -> _Stored:
    """One statement for the new contents, one for all places; then what each of them is."""
    ids = [arrival.event_id for arrival in fresh]
    contents: dict[str, set[str]] = {}
    for row in connection.execute(select(EVENT.c.event_id, EVENT.c.digest).where(EVENT.c.event_id.in_(ids))):
        contents.setdefault(row.event_id, set()).add(row.digest)
    stored = _Stored()
    event_rows, entry_rows = [], []
    for arrival, (position, running) in zip(fresh, _positions(connection, fresh), strict=True):
        placed = _placed(batch, arrival, position)
        entry_rows.append(_entry_row(placed, arrival.hash, running))
        known = contents.setdefault(arrival.event_id, set())
        if arrival.digest in known:
            stored.duplicates.append(arrival.seq)
            continue
        event_rows.append(_event_row(placed))
        if known:
            stored.altered.append(altered(placed))
        else:
            stored.new.append(placed)
        known.add(arrival.digest)
    insert_all(connection, EVENT, event_rows)
    insert_all(connection, ENTRY, entry_rows)
    return stored


def _placed(batch: Batch, arrival: Arrival, position: int) -> Placed:
    return Placed(
        stream=batch.stream,
        seq=arrival.seq,
        position=position,
        event_id=arrival.event_id,
        digest=arrival.digest,
        kind=arrival.kind,
        version=arrival.version,
        body=arrival.body,
        from_station=batch.station is not None,
    )


def _event_row(placed: Placed) -> dict[str, object]:
    return {
        "event_id": placed.event_id,
        "digest": placed.digest,
        "kind": placed.kind,
        "v": placed.version,
        "body": placed.body,
    }


def _entry_row(placed: Placed, entry_hash: str, running: str) -> dict[str, object]:
    return {
        "stream": placed.stream,
        "seq": placed.seq,
        "event_id": placed.event_id,
        "digest": placed.digest,
        "hash": entry_hash,
        "position": placed.position,
        "running": running,
    }


def _positions(connection: Connection, fresh: Iterable[Arrival]) -> Iterable[tuple[int, str]]:
    """The next positions of the feed with its running hash at each: safe, since we hold the feed lock."""
    position, running = feed_end(connection)
    for arrival in fresh:
        position += 1
        running = hashlib.sha256(bytes.fromhex(running) + bytes.fromhex(arrival.hash)).hexdigest()
        yield position, running


def feed_end(connection: Connection) -> tuple[int, str]:
    """Position and running hash of the feed's last entry."""
    last = select(ENTRY.c.position, ENTRY.c.running).order_by(ENTRY.c.position.desc()).limit(1)
    row = connection.execute(last).one_or_none()
    return (row.position, row.running) if row else (0, chain.NO_HASH)


# Central's own stream


def append_own(connection: Connection, events: Sequence[tuple[str, Event]], now: Moment) -> list[codec.Fact]:
    """Central's own facts, through the same gate. Raises RuntimeError for one that would not count."""
    own = connection.execute(select(STREAM).where(STREAM.c.station.is_(None)).with_for_update()).one()
    envelopes = [codec.encode(event_id, event) for event_id, event in events]
    places = chain.seal(own.stream, own.acked_through, own.head, [(e.event_id, e.digest) for e in envelopes])
    arrivals = tuple(
        Arrival(
            place.seq,
            envelope.event_id,
            envelope.kind,
            envelope.version,
            envelope.body,
            place.digest,
            place.hash,
        )
        for place, envelope in zip(places, envelopes, strict=True)
    )
    taken = append(connection, Batch(own.stream, None, own.acked_through + 1, own.head, arrivals), now)
    if taken.outcomes:
        raise RuntimeError(f"central's own event was not counted: {taken.outcomes[0]}")
    clamped = update(STREAM).where(STREAM.c.stream == own.stream).values(clamped_ms=now.clamped_ms)
    connection.execute(clamped)
    return [
        codec.Fact(own.stream, place.seq, event_id, event)
        for place, (event_id, event) in zip(places, events, strict=True)
    ]


def _announce(connection: Connection, aside: Sequence[SetAside], now: Moment) -> None:
    """What was quarantined is itself a fact of central's, so that every station learns it."""
    events = [
        (
            new_id(),
            EventQuarantined(
                at=now,
                event_id=found.placed.event_id,
                stream=found.placed.stream,
                seq=found.placed.seq,
                reason=found.reason,
            ),
        )
        for found in aside
        if found.flag is Flag.QUARANTINED and found.placed.from_station
    ]
    if events:
        append_own(connection, events, now)

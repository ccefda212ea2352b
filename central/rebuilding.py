"""Makes the read tables again from the ledger, as intake made them.

Never appends: what was said about quarantined events stays said, and they stay out, also when this release
could read them. Only a decision that every station hears may let them count.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, delete, func, select

from central import boards
from central.projection import Placed, SetAside, altered, project, record_alarms
from central.server import Central
from central.tables import ALARM, ENTRY, EVENT, FACT, READ_TABLES, STREAM
from floor.codec import decode
from floor.events import EventQuarantined

CHUNK: Final = 1000


def rebuild(central: Central) -> dict[str, int]:
    """Empties the read tables and fills them from the ledger; how much there is now."""
    with central.database.writing() as connection:
        for table in READ_TABLES:
            connection.execute(delete(table))
        quarantined = _quarantined(connection)
        for rows in _chunks(connection):
            aside = _altered(connection, rows)
            aside += project(connection, _new(connection, rows), quarantined)
            record_alarms(connection, aside)
    central.plant.forget()
    boards.refresh(central)
    with central.database.reading() as connection:
        return {
            "counted": connection.execute(select(func.count()).select_from(FACT)).scalar_one(),
            "set_aside": connection.execute(select(func.count()).select_from(ALARM)).scalar_one(),
        }


def _quarantined(connection: Connection) -> dict[str, str]:
    """What central's own stream says of events that do not count: why, by id; the first word stays."""
    said = connection.execute(
        select(EVENT.c.kind, EVENT.c.v, EVENT.c.body)
        .join(ENTRY, and_(ENTRY.c.event_id == EVENT.c.event_id, ENTRY.c.digest == EVENT.c.digest))
        .join(STREAM, STREAM.c.stream == ENTRY.c.stream)
        .where(EVENT.c.kind == EventQuarantined.kind, STREAM.c.station.is_(None))
        .order_by(ENTRY.c.seq)
    )
    found: dict[str, str] = {}
    for row in said:
        event = decode(row.kind, row.v, row.body)
        assert isinstance(event, EventQuarantined)
        found.setdefault(event.event_id, event.reason)
    return found


def _chunks(connection: Connection) -> Iterator[Sequence[Row[Any]]]:
    """The ledger in the order of arrival."""
    position = 0
    while True:
        rows = connection.execute(
            select(ENTRY, EVENT.c.kind, EVENT.c.v, EVENT.c.body, STREAM.c.station)
            .join(EVENT, and_(EVENT.c.event_id == ENTRY.c.event_id, EVENT.c.digest == ENTRY.c.digest))
            .join(STREAM, STREAM.c.stream == ENTRY.c.stream)
            .where(ENTRY.c.position > position)
            .order_by(ENTRY.c.position)
            .limit(CHUNK)
        ).all()
        if not rows:
            return
        yield rows
        position = rows[-1].position


def _first_places(connection: Connection, rows: Sequence[Row[Any]]) -> dict[str, int]:
    """Where each id was first seen: that content counts."""
    found = connection.execute(
        select(ENTRY.c.event_id, func.min(ENTRY.c.position).label("first"))
        .where(ENTRY.c.event_id.in_({row.event_id for row in rows}))
        .group_by(ENTRY.c.event_id)
    )
    return {row.event_id: row.first for row in found}


def _new(connection: Connection, rows: Sequence[Row[Any]]) -> list[Placed]:
    first = _first_places(connection, rows)
    return [_placed(row) for row in rows if row.position == first[row.event_id]]


def _altered(connection: Connection, rows: Sequence[Row[Any]]) -> list[SetAside]:
    """Contents that came second under an id, each at its own first place."""
    ids = {row.event_id for row in rows}
    first: dict[tuple[str, str], int] = {}
    counted: dict[str, str] = {}
    places = select(ENTRY.c.event_id, ENTRY.c.digest, ENTRY.c.position).where(ENTRY.c.event_id.in_(ids))
    for place in connection.execute(places.order_by(ENTRY.c.position)):
        first.setdefault((place.event_id, place.digest), place.position)
        counted.setdefault(place.event_id, place.digest)
    return [
        altered(_placed(row))
        for row in rows
        if row.digest != counted[row.event_id] and first[row.event_id, row.digest] == row.position
    ]


def _placed(row: Row[Any]) -> Placed:
    return Placed(
        stream=row.stream,
        seq=row.seq,
        position=row.position,
        event_id=row.event_id,
        digest=row.digest,
        kind=row.kind,
        version=row.v,
        body=row.body,
        from_station=row.station is not None,
    )

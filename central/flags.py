"""The doubts that stand at the plant: those of orders and slips, and single events that do not count.

Never settles any: `planning` does, by a command of a named person.
"""

from collections.abc import Iterable
from typing import Final

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, and_, select

from central import facts
from central.boards import FlagBoard, OrderBoard
from central.tables import ALARM, ENTRY, EVENT, STREAM
from floor.events import FlagSettled
from floor.flags import Flag

_FLAGS: Final = {flag.value: flag for flag in Flag}


class AlarmBoard(BaseModel):
    """A stored event that does not count."""

    model_config = ConfigDict(frozen=True)

    flag: str
    sentence: str
    settled_by: str
    event_id: str
    kind: str
    stream: str
    seq: int
    station: str | None
    reason: str


def of_orders(boards: Iterable[OrderBoard]) -> list[FlagBoard]:
    """Every standing flag of every board."""
    return [flag for board in boards for flag in board.flags]


def alarms(connection: Connection) -> list[AlarmBoard]:
    """Events that do not count and that nobody explained yet, in order of arrival."""
    settled = {
        (fact.event.flag, event_id)
        for fact in facts.of_kind(connection, FlagSettled.kind)
        if isinstance(fact.event, FlagSettled)
        for event_id in fact.event.facts
    }
    found = connection.execute(
        select(ALARM, EVENT.c.kind, ENTRY.c.stream, ENTRY.c.seq, STREAM.c.station)
        .join(EVENT, and_(EVENT.c.event_id == ALARM.c.event_id, EVENT.c.digest == ALARM.c.digest))
        .join(ENTRY, ENTRY.c.position == ALARM.c.position)
        .join(STREAM, STREAM.c.stream == ENTRY.c.stream)
        .order_by(ALARM.c.position)
    )
    return [
        AlarmBoard(
            flag=row.flag,
            sentence=_FLAGS[row.flag].sentence,
            settled_by=_FLAGS[row.flag].settled_by,
            event_id=row.event_id,
            kind=row.kind,
            stream=row.stream,
            seq=row.seq,
            station=row.station,
            reason=row.reason,
        )
        for row in found
        if (row.flag, row.event_id) not in settled
    ]

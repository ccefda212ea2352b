"""Reading counted facts back: of an order, of a slip, of the plant.

Never reads an event that does not count, and never keeps what an open transaction showed.
"""

import threading
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select

from central.tables import ALARM, ENTRY, EVENT, FACT, MATERIAL, STREAM
from floor.belonging import orders_of_slips
from floor.codec import Fact, decode
from floor.plant import PLANT_KINDS, Plant


def _counted(where: ColumnElement[bool]) -> Select[Any]:
    """Every place of counted events."""
    return (
        select(
            ENTRY.c.stream,
            ENTRY.c.seq,
            FACT.c.event_id,
            FACT.c.position,
            EVENT.c.kind,
            EVENT.c.v,
            EVENT.c.body,
            STREAM.c.station,
        )
        .select_from(FACT)
        .join(EVENT, and_(EVENT.c.event_id == FACT.c.event_id, EVENT.c.digest == FACT.c.digest))
        .join(ENTRY, and_(ENTRY.c.event_id == FACT.c.event_id, ENTRY.c.digest == FACT.c.digest))
        .join(STREAM, STREAM.c.stream == ENTRY.c.stream)
        .where(where)
    )


def _fact(row: Row[Any]) -> Fact:
    event = decode(row.kind, row.v, row.body)
    return Fact(row.stream, row.seq, row.event_id, event, row.station, row.position)


def _read(connection: Connection, where: ColumnElement[bool]) -> list[Fact]:
    return [_fact(row) for row in connection.execute(_counted(where))]


def slips_of(connection: Connection, order: str) -> list[str]:
    """The slips that any fact names together with an order."""
    named = select(FACT.c.slip).where(FACT.c.order_number == order, FACT.c.slip.is_not(None)).distinct()
    return sorted(connection.execute(named).scalars())


def orders_of(connection: Connection, slips: Iterable[str]) -> dict[str, set[str]]:
    """The orders that facts name with each slip: more than one is a doubt, none an unknown slip."""
    named = (
        select(FACT.c.slip, FACT.c.order_number)
        .where(FACT.c.slip.in_(sorted(slips)), FACT.c.order_number.is_not(None))
        .distinct()
    )
    found: dict[str, set[str]] = {}
    for row in connection.execute(named):
        found.setdefault(row.slip, set()).add(row.order_number)
    return found


def of_order(connection: Connection, order: str) -> list[Fact]:
    """All that may belong to the order, and what tells: everything about its slips, of other orders too.

    `floor.progress.fold_order` says what belongs to it.
    """
    named = _read(connection, FACT.c.order_number == order)
    slips = slips_of(connection, order)
    return named + (_read(connection, _others(slips, order)) if slips else [])


def _others(slips: Sequence[str], order: str) -> ColumnElement[bool]:
    return and_(FACT.c.slip.in_(slips), FACT.c.order_number.is_distinct_from(order))


def order_of(connection: Connection, slip: str) -> str | None:
    """The order that a slip belongs to where nothing else says so; None when nobody knows."""
    return orders_of_slips(of_slip(connection, slip)).get(slip)


def of_slip(connection: Connection, slip: str) -> list[Fact]:
    """All that names the slip."""
    return _read(connection, FACT.c.slip == slip)


def of_lot(connection: Connection, name: str) -> list[Fact]:
    """Every issue of a lot, or of a piece with this number."""
    named = select(MATERIAL.c.event_id).where(or_(MATERIAL.c.lot == name, MATERIAL.c.serial == name))
    return _read(connection, FACT.c.event_id.in_(named))


def is_known(connection: Connection, event_id: str) -> bool:
    """Whether an event with this id is in the ledger already."""
    return (
        connection.execute(select(EVENT.c.event_id).where(EVENT.c.event_id == event_id)).first() is not None
    )


class PlantReader:
    """The plant's fold, kept between requests and caught up with the ledger at each."""

    def __init__(self) -> None:
        """Knows nothing yet."""
        self._lock = threading.Lock()
        self._plant = Plant()
        self._position = 0

    def forget(self) -> None:
        """Begins anew: the read tables were rebuilt."""
        with self._lock:
            self._plant, self._position = Plant(), 0

    def read(self, connection: Connection) -> Plant:
        """The plant as committed. In a writing transaction: asked before anything is appended."""
        with self._lock:
            where = and_(FACT.c.kind.in_(sorted(PLANT_KINDS)), FACT.c.position > self._position)
            news = connection.execute(_counted(where).order_by(FACT.c.position)).all()
            if news:
                plant = self._plant.copy()
                for row in news:
                    plant.learn(_fact(row).event)
                self._plant, self._position = plant, news[-1].position
            return self._plant


def of_kind(connection: Connection, kind: str) -> list[Fact]:
    """All of one kind, in order of arrival."""
    rows = connection.execute(_counted(FACT.c.kind == kind).order_by(FACT.c.position))
    return [_fact(row) for row in rows]


def has_alarm(connection: Connection, event_id: str, flag: str) -> bool:
    """Whether a stored event was set aside under a flag, settled or not."""
    where = and_(ALARM.c.event_id == event_id, ALARM.c.flag == flag)
    return connection.execute(select(ALARM.c.event_id).where(where)).first() is not None

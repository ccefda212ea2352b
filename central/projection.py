"""Which stored events count, and what they are about: the first read tables behind the ledger.

Never decides whether an event is kept: it is already. What cannot be understood is set aside alone, by name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.exc import InterfaceError, OperationalError

from central.bulk import insert_all
from central.tables import ALARM, BOARD, FACT, MATERIAL, STALE
from floor.codec import BODY_BYTES_MAX, CannotReadError, decode
from floor.events import Event, EventQuarantined, FlagSettled, ItemDefined, MaterialIssued, OrderEvent
from floor.flags import Flag
from floor.identity import NAME_CHARS_MAX
from floor.plant import PLANT_KINDS


@dataclass(frozen=True, slots=True)
class Placed:
    """An event of the ledger at the place where it was first seen."""

    stream: str
    seq: int
    position: int
    event_id: str
    digest: str
    kind: str
    version: int
    body: bytes
    from_station: bool


@dataclass(frozen=True, slots=True)
class SetAside:
    """An event that is stored and does not count."""

    placed: Placed
    flag: Flag
    reason: str


def altered(placed: Placed) -> SetAside:
    """A content that came second under an id."""
    reason = f"entry {placed.seq} of stream {placed.stream[:8]} brings an id again with another content"
    return SetAside(placed, Flag.ALTERED, reason)


def project(
    connection: Connection, placed: Iterable[Placed], quarantined: Mapping[str, str] | None = None
) -> list[SetAside]:
    """Counts new events, all in one savepoint; if that fails, one by one. Returns those that do not count.

    `quarantined` says by id what the ledger tells of already, and why: stations leave it out, and so do we.
    """
    readable: list[tuple[Placed, Event]] = []
    aside: list[SetAside] = []
    for place in placed:
        if quarantined and place.event_id in quarantined:
            aside.append(SetAside(place, Flag.QUARANTINED, quarantined[place.event_id]))
            continue
        try:
            readable.append((place, _read(place)))
        except CannotReadError as error:
            aside.append(SetAside(place, Flag.QUARANTINED, _short(error)))
    if readable:
        aside.extend(_count_together(connection, readable))
    return aside


def record_alarms(connection: Connection, aside: Sequence[SetAside]) -> None:
    """Remembers what does not count, so that people see it."""
    rows = [
        {
            "event_id": found.placed.event_id,
            "digest": found.placed.digest,
            "flag": found.flag.value,
            "position": found.placed.position,
            "reason": found.reason,
        }
        for found in aside
    ]
    insert_all(connection, ALARM, rows)


def is_central_s_alone(event: Event) -> bool:
    """Whether only central's stream may say this: what the plant is, and what becomes of orders and flags."""
    return event.kind in PLANT_KINDS or isinstance(event, OrderEvent | FlagSettled | EventQuarantined)


def _read(place: Placed) -> Event:
    if len(place.body) > BODY_BYTES_MAX:
        raise CannotReadError(f"{len(place.body)} bytes; the limit is {BODY_BYTES_MAX}")
    event = decode(place.kind, place.version, place.body)
    if place.from_station and is_central_s_alone(event):
        raise CannotReadError(f"{place.kind} is for the server alone to say")
    return event


def _short(problem: Exception) -> str:
    """As a name may be: what came in may stand in it, and is not ours to trust."""
    said = (str(problem) or type(problem).__name__)[:NAME_CHARS_MAX]
    return "".join(character if character.isprintable() else "?" for character in said)


def _count_together(connection: Connection, events: Sequence[tuple[Placed, Event]]) -> list[SetAside]:
    try:
        with connection.begin_nested():
            count(connection, events)
    except (OperationalError, InterfaceError):
        raise  # the database's trouble, not the events'
    except Exception as problem:
        if len(events) == 1:
            return [SetAside(events[0][0], Flag.QUARANTINED, _short(problem))]
        return [aside for event in events for aside in _count_together(connection, [event])]
    return []


def count(connection: Connection, events: Sequence[tuple[Placed, Event]]) -> None:
    """One row per event in `fact`, and a mark on every board that it may change: an item on any."""
    rows = [_row(place, event) for place, event in events]
    insert_all(connection, FACT, rows)
    insert_all(connection, MATERIAL, list(_lots(events)))
    stale = {subject for row in rows for subject in _boards_of(row)}
    if any(isinstance(event, ItemDefined) for _, event in events):
        stale.update(connection.execute(select(BOARD.c.subject)).scalars())
    mark_stale(connection, stale)


def _lots(events: Sequence[tuple[Placed, Event]]) -> Iterator[dict[str, object]]:
    for place, event in events:
        if isinstance(event, MaterialIssued) and (event.lot or event.serial):
            yield {"event_id": place.event_id, "lot": event.lot, "serial": event.serial}


def mark_stale(connection: Connection, subjects: Iterable[str]) -> None:
    """Boards to be folded again before they are read."""
    insert_all(connection, STALE, [{"subject": subject} for subject in sorted(subjects)], or_ignore=True)


def order_subject(order: str) -> str:
    """How an order's board is called."""
    return f"order:{order}"


def slip_subject(slip: str) -> str:
    """How the board of a slip is called whose order nobody knows."""
    return f"slip:{slip}"


def _row(place: Placed, event: Event) -> dict[str, object]:
    subjects = event.subjects()
    return {
        "event_id": place.event_id,
        "digest": place.digest,
        "position": place.position,
        "kind": place.kind,
        "order_number": subjects.order,
        "slip": subjects.slip,
        "machine": subjects.machine,
        "answers": subjects.answers,
    }


def _boards_of(row: Mapping[str, object]) -> Iterable[str]:
    if row["order_number"]:
        yield order_subject(str(row["order_number"]))
    if row["slip"]:
        yield slip_subject(str(row["slip"]))

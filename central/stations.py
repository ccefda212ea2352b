"""Stations: the token of each, and what it last said about itself.

Never keeps a token, only its SHA-256; it is shown once, when it is made.
"""

import hashlib
import secrets
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from central import days, facts
from central.clock import new_id
from central.intake import append_own
from central.tables import STATION, STREAM
from floor.events import Moment, StationDefined, StationKeyMade
from floor.plant import Plant
from floor.wire import Hello

TOKEN_BYTES: Final = 32
DISK_BYTES_MAX: Final = 2**62


class StationUnknown(Exception):
    """The plant has no such station."""


class TokenExists(Exception):
    """The station has a token already; another one would shut it out."""


def sha256(token: str) -> str:
    """What the server keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def add(
    connection: Connection,
    plant: Plant,
    defined: StationDefined | None,
    wanted: str,
    replace: bool,
    now: Moment,
) -> tuple[str, str]:
    """Number and new token of a station, named by number or name. Raises StationUnknown, TokenExists."""
    if defined is not None and plant.stations.get(defined.station) is None:
        append_own(connection, [(new_id(), defined)], now)
        number = defined.station
    else:
        number = _number(plant, wanted)
    exists = connection.execute(select(STATION.c.station).where(STATION.c.station == number)).first()
    if exists and not replace:
        raise TokenExists(number)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    if exists:
        connection.execute(delete(STATION).where(STATION.c.station == number))
    connection.execute(insert(STATION), {"station": number, "token_sha256": sha256(token)})
    return number, token


def _number(plant: Plant, wanted: str) -> str:
    if wanted in plant.stations:
        return wanted
    named = [station.station for station in plant.stations.values() if station.name == wanted]
    if len(named) != 1:
        raise StationUnknown(wanted)
    return named[0]


def by_token_sha256(connection: Connection, token_sha256: str) -> str | None:
    """The station whose token has this hash; looking up hashes tells nobody a token by its time."""
    found = connection.execute(
        select(STATION.c.station).where(STATION.c.token_sha256 == token_sha256)
    ).scalar()
    return str(found) if found else None


def heard(connection: Connection, hello: Hello, now_ms: int) -> None:
    """Keeps what a station says about itself."""
    said: dict[str, Any] = {
        "hello_ms": now_ms,
        "clock_ahead_ms": _bounded(hello.clock.wall_ms - now_ms),
        "pending": _bounded(hello.pending),
        "oldest_pending_s": None if hello.oldest_pending_s is None else _bounded(hello.oldest_pending_s),
        "app_version": hello.app_version.replace("\0", "")[:80],
        "disk_free_bytes": _bounded(hello.disk_free_bytes),
    }
    connection.execute(update(STATION).where(STATION.c.station == hello.station).values(said))


def _bounded(count: int) -> int:
    return max(-DISK_BYTES_MAX, min(count, DISK_BYTES_MAX))


def ages(connection: Connection, plant: Plant, now_ms: int) -> list[dict[str, Any]]:
    """Every station of the plant: when it was last heard, what of it is safe here, what waits there."""
    said = {row.station: row for row in connection.execute(select(STATION))}
    theirs: dict[str, list[Any]] = {}
    bound = select(STREAM).where(STREAM.c.station.is_not(None)).order_by(STREAM.c.stream)
    for stream in connection.execute(bound):
        theirs.setdefault(stream.station, []).append(stream)
    found, keys = [], keys_of_streams(connection)
    closed = days.last_closed(connection)
    for number, station in sorted(plant.stations.items()):
        row = said.get(number)
        streams = theirs.get(number, [])
        pushed = max((stream.pushed_ms for stream in streams if stream.pushed_ms), default=None)
        found.append(
            {
                "station": number,
                "name": station.name,
                "work_centre": station.work_centre,
                "has_token": row is not None,
                "heard_s": _age_s(row.hello_ms if row else None, now_ms),
                "pushed_s": _age_s(pushed, now_ms),
                "safe": sum(stream.acked_through for stream in streams),
                "waiting": row.pending if row else None,
                "oldest_waiting_s": row.oldest_pending_s if row else None,
                "clock_ahead_ms": row.clock_ahead_ms if row else None,
                "disk_free_bytes": row.disk_free_bytes if row else None,
                "app_version": row.app_version if row else None,
                "day_closed": next((closed[s.stream] for s in streams[::-1] if s.stream in closed), None),
                "streams": [
                    {
                        "stream": s.stream,
                        "prefix": s.prefix,
                        "acked_through": s.acked_through,
                        "head": s.head,
                        "keys": keys.get(s.stream, []),
                    }
                    for s in streams
                ],
            }
        )
    return found


def keys_of_streams(connection: Connection) -> dict[str, list[str]]:
    """The public keys, in hex, that were told in each stream, oldest first."""
    found: dict[str, list[str]] = {}
    for fact in facts.of_kind(connection, StationKeyMade.kind):
        if isinstance(fact.event, StationKeyMade):
            found.setdefault(fact.stream, []).append(fact.event.public_key)
    return found


def _age_s(at_ms: int | None, now_ms: int) -> int | None:
    return None if at_ms is None else max(0, (now_ms - at_ms) // 1000)

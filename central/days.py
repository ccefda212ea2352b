"""The days that stations closed, as the ledger tells them: the same figures as on their sheets.

Never adds anything up again: a close says what it covers and what it came to.
"""

from typing import Any

from sqlalchemy import Connection, and_, func, select

from central.tables import ENTRY, EVENT, FACT
from floor.codec import CannotReadError, decode
from floor.events import DayClosed


def last_closed(connection: Connection) -> dict[str, dict[str, Any]]:
    """The last close of each stream: its day, its reports, and the entries of that stream that it covers."""
    newest = (
        select(func.max(FACT.c.position))
        .join(ENTRY, ENTRY.c.position == FACT.c.position)
        .where(FACT.c.kind == DayClosed.kind)
        .group_by(ENTRY.c.stream)
    )
    same = and_(EVENT.c.event_id == ENTRY.c.event_id, EVENT.c.digest == ENTRY.c.digest)
    rows = connection.execute(
        select(ENTRY.c.stream, EVENT.c.kind, EVENT.c.v, EVENT.c.body)
        .join(EVENT, same)
        .where(ENTRY.c.position.in_(newest))
    )
    found = {}
    for stream, kind, version, body in rows:
        try:
            closed = decode(kind, version, bytes(body))
        except CannotReadError:
            continue
        if isinstance(closed, DayClosed):
            entries = [(part.first_seq, part.last_seq) for part in closed.ranges if part.stream == stream]
            found[stream] = {"day": closed.day.isoformat(), "reports": closed.reports, "entries": entries}
    return found

"""What comes down: every entry of every stream, in the order of commit, a page at a time.

Never filters, and never goes on from a cursor of another history.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, and_, select

from central.identity import Identity
from central.intake import RUNNING_CHARS, feed_end
from central.tables import ENTRY, EVENT, STREAM
from floor import chain
from floor.wire import FEED_ITEMS_MAX, FeedAnswer, FeedItem

PAGE_BYTES_MAX: Final = 1024 * 1024
"""Of bodies in one page, which then stays below `ANSWER_BYTES_MAX`; a single larger one goes alone."""


class Reset(Exception):
    """The reader's cursor is not of this feed: it begins anew."""


def cursor_at(position: int, running: str) -> str:
    """A cursor: opaque to its reader."""
    return f"{position}.{running[:RUNNING_CHARS]}"


def read(
    connection: Connection, identity: Identity, epoch: str | None, cursor: str | None, limit: int
) -> FeedAnswer:
    """The page behind a cursor; without one, the first. Raises Reset."""
    if (epoch is not None and epoch != identity.feed_epoch) or (cursor is not None and epoch is None):
        raise Reset
    position, running = _position_of(connection, cursor)
    limit = max(1, min(limit, FEED_ITEMS_MAX))
    rows = connection.execute(_page(position, limit)).all()
    taken = _within(rows)
    if taken:
        position, running = taken[-1].position, taken[-1].running
    has_more = len(taken) < len(rows) or (len(rows) == limit and feed_end(connection)[0] > position)
    return FeedAnswer(
        epoch=identity.feed_epoch,
        items=[_item(row) for row in taken],
        cursor=cursor_at(position, running),
        has_more=has_more,
    )


def _position_of(connection: Connection, cursor: str | None) -> tuple[int, str]:
    if cursor is None:
        return 0, chain.NO_HASH
    said, _, _ = cursor.partition(".")
    if not (said.isascii() and said.isdigit() and len(said) < len(str(2**63))):
        raise Reset
    position, running = int(said), chain.NO_HASH
    if position:
        found = connection.execute(select(ENTRY.c.running).where(ENTRY.c.position == position)).scalar()
        if found is None:
            raise Reset
        running = found
    if cursor != cursor_at(position, running):
        raise Reset
    return position, running


def _page(position: int, limit: int) -> Select[Any]:
    return (
        select(ENTRY, EVENT.c.kind, EVENT.c.v, EVENT.c.body, STREAM.c.station)
        .join(EVENT, and_(EVENT.c.event_id == ENTRY.c.event_id, EVENT.c.digest == ENTRY.c.digest))
        .join(STREAM, STREAM.c.stream == ENTRY.c.stream)
        .where(ENTRY.c.position > position)
        .order_by(ENTRY.c.position)
        .limit(limit)
    )


def _within(rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """As many as fit a page, at least one."""
    size = 0
    for count, row in enumerate(rows):
        size += len(row.body)
        if count and size > PAGE_BYTES_MAX:
            return rows[:count]
    return rows


def _item(row: Row[Any]) -> FeedItem:
    return FeedItem.model_construct(
        position=row.position,
        stream=row.stream,
        seq=row.seq,
        event_id=row.event_id,
        kind=row.kind,
        v=row.v,
        digest=row.digest,
        body=row.body.decode(),
        station=row.station,
    )

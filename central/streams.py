"""Streams of stations: bound at first sight, given a prefix for their slips, compared with what stations say.

Never moves a stream from one station to another.
"""

from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select

from central.clock import new_id
from central.intake import append_own
from central.tables import ENTRY, STREAM
from floor import chain
from floor.events import Moment, StreamBound
from floor.tags import ALPHABET, STREAM_PREFIX_CHARS, count_to_letters
from floor.wire import Place, StreamClaim, StreamStanding

PREFIXES: Final = len(ALPHABET) ** STREAM_PREFIX_CHARS
HELLO_STREAMS_MAX: Final = 64
UNPUSHED_STREAMS_MAX: Final = 32
"""Streams of one station that brought nothing yet: no station's hellos use up everybody's prefixes."""
LOCATOR_MAX: Final = 160
"""Places in a locator: two for each doubling of the longest stream, and some."""


class ForeignStream(Exception):
    """The stream belongs to another station."""


class TooManyUnpushed(Exception):
    """The station announced many streams and pushed none of them: push those first."""


class PrefixesUsedUp(Exception):
    """No three letters are left for another stream."""


def header_of(stream: str, claim: StreamClaim | None) -> chain.StreamHeader:
    """Where a stream says it comes from."""
    if claim is None:
        return chain.StreamHeader(stream)
    return chain.StreamHeader(
        stream, claim.parent or chain.NO_STREAM, claim.parent_seq, claim.parent_hash or chain.NO_HASH
    )


def find(connection: Connection, stream: str) -> Row[Any] | None:
    """What is known of a stream."""
    return connection.execute(select(STREAM).where(STREAM.c.stream == stream)).one_or_none()


def known(connection: Connection, stream: str) -> Row[Any]:
    """The same of a stream that is surely known."""
    return connection.execute(select(STREAM).where(STREAM.c.stream == stream)).one()


def bind(connection: Connection, header: chain.StreamHeader, station: str, now: Moment) -> Row[Any]:
    """The stream's row, made and announced at first sight. Raises ForeignStream, PrefixesUsedUp."""
    row = find(connection, header.stream)
    if row is not None:
        if row.station != station:
            raise ForeignStream(header.stream)
        return row
    prefix = _free_prefix(connection, header.stream)
    connection.execute(
        insert(STREAM),
        {
            "stream": header.stream,
            "station": station,
            "prefix": prefix,
            "parent": header.parent,
            "parent_seq": header.parent_seq,
            "parent_hash": header.parent_hash,
            "acked_through": 0,
            "head": chain.first_hash(header),
            "clamped_ms": 0,
        },
    )
    bound = StreamBound(at=now, stream=header.stream, station=station, prefix=prefix)
    append_own(connection, [(new_id(), bound)], now)
    return known(connection, header.stream)


def announce(connection: Connection, header: chain.StreamHeader, station: str, now: Moment) -> Row[Any]:
    """As `bind`, for a stream that brings nothing yet. Raises TooManyUnpushed as well."""
    if find(connection, header.stream) is None:
        unpushed = select(func.count()).where(STREAM.c.station == station, STREAM.c.acked_through == 0)
        if connection.execute(unpushed).scalar_one() >= UNPUSHED_STREAMS_MAX:
            raise TooManyUnpushed(station)
    return bind(connection, header, station, now)


def _free_prefix(connection: Connection, stream: str) -> str:
    """From the stream's id: a server restored from a backup gives the same stream the same letters again."""
    taken = set(connection.execute(select(STREAM.c.prefix).where(STREAM.c.prefix.is_not(None))).scalars())
    start = int(stream[:8], 16)
    for offset in range(PREFIXES):
        prefix = count_to_letters((start + offset) % PREFIXES, STREAM_PREFIX_CHARS)
        if prefix not in taken:
            return prefix
    raise PrefixesUsedUp(f"all {PREFIXES} prefixes are given")


def standing(connection: Connection, row: Row[Any], claim: StreamClaim) -> StreamStanding:
    """Where server and station agree, and whether their histories differ."""
    acked: int = row.acked_through
    claimed = dict(claim.locator[:LOCATOR_MAX])
    ours = select(ENTRY.c.seq, ENTRY.c.hash).where(
        ENTRY.c.stream == row.stream, ENTRY.c.seq.in_([seq for seq in claimed if 0 < seq <= acked])
    )
    here = {found.seq: found.hash for found in connection.execute(ours)}
    here[0] = chain.first_hash(chain.StreamHeader(row.stream, row.parent, row.parent_seq, row.parent_hash))
    agreed = [seq for seq, claimed_hash in claimed.items() if here.get(seq) == claimed_hash]
    differs = any(seq in here and here[seq] != claimed_hash for seq, claimed_hash in claimed.items())
    common = max(agreed, default=0)
    return StreamStanding(
        stream=row.stream,
        prefix=row.prefix,
        acked_through=acked,
        head=row.head,
        common=Place(seq=common, hash=here[common]),
        status="fork" if differs or acked > claim.last_seq else "open",
    )

"""What was recorded here since the day was closed last: read in pieces, and on from there.

Never a second truth: it is counted again from the ledger whenever it is dropped. Runs in the writer's thread.
"""

import sqlite3
from dataclasses import dataclass, field
from typing import Final

from floor.chain import NO_STREAM
from floor.codec import CannotReadError, Fact, decode
from floor.days import COUNTED_KINDS, DayCount, LastClose, OpenDay
from floor.events import DayClosed, DaySheetAsked, LedgerRange
from sync import chains, marks
from sync.chains import OwnStream
from sync.reading import Reading

READ_MAX: Final = 1024
"""Entries of one piece: a few milliseconds, for which a report may have to wait."""
PLACES_OF: Final = "SELECT stream, seq FROM entry WHERE event_id = ?"
CLOSES_MAX: Final = 1_000_000
"""Of all the years of a station."""


@dataclass(slots=True)
class _Counted:
    """How far the count is."""

    day: DayCount = field(default_factory=DayCount)
    from_seq: dict[str, int] = field(default_factory=dict)
    """By stream, the last entry that an earlier day covers."""
    through_seq: dict[str, int] = field(default_factory=dict)
    """By stream, the last entry that was read."""


class Days:
    """The count of the day that goes on."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._counted: _Counted | None = None

    def forget(self) -> None:
        """Count anew: another day began, or another ledger is read."""
        self._counted = None

    def read_on(self, connection: sqlite3.Connection, streams: list[OwnStream]) -> bool:
        """Read one more piece; False when there is no more of it."""
        counted = self._begun()
        for own in streams:
            behind = counted.through_seq.get(own.stream, counted.from_seq.get(own.stream, 0))
            if behind < own.last_seq:
                counted.through_seq[own.stream] = _read(connection, counted, own, behind)
                return True
        return False

    def now(self, connection: sqlite3.Connection, streams: list[OwnStream]) -> OpenDay:
        """Everything since the last close, read to its end."""
        while self.read_on(connection, streams):
            pass
        counted = self._begun()
        ranges = (_range(connection, own, counted.from_seq.get(own.stream, 0)) for own in streams)
        return OpenDay(
            ranges=tuple(filter(None, ranges)),
            reports=counted.day.reports,
            corrected=counted.day.corrected,
            flagged=counted.day.flagged,
            totals=counted.day.totals(),
        )

    def last_close(self) -> LastClose | None:
        """The day that was closed last, and how often its sheet was asked for."""
        closes = self._reading.own_last(DayClosed.kind, 1)
        if not closes:
            return None
        closing = closes[0].event_id
        again = self._reading.own_last(DaySheetAsked.kind, CLOSES_MAX)
        asked = [
            fact for fact in again if isinstance(fact.event, DaySheetAsked) and fact.event.closing == closing
        ]
        return LastClose(closing, 1 + len(asked))

    def _begun(self) -> _Counted:
        if self._counted is None:
            self._counted = _Counted()
            for fact in self._reading.own_last(DayClosed.kind, CLOSES_MAX):
                for closed in fact.event.ranges if isinstance(fact.event, DayClosed) else ():
                    last = max(closed.last_seq, self._counted.from_seq.get(closed.stream, 0))
                    self._counted.from_seq[closed.stream] = last
        return self._counted


def _read(connection: sqlite3.Connection, counted: _Counted, own: OwnStream, behind: int) -> int:
    """Count a piece; answers its last entry. What this release cannot read is in the range, not counted."""
    found = chains.places(connection, own.stream, behind, READ_MAX)
    for place in found:
        event_id = place.sealed.event_id
        if place.kind not in COUNTED_KINDS or _counted_before(connection, counted, own, event_id):
            continue
        try:
            event = decode(place.kind, place.version, place.body)
        except CannotReadError:
            continue
        counted.day.learn(Fact(own.stream, place.sealed.seq, event_id, event))
    return found[-1].sealed.seq if found else own.last_seq


def _counted_before(connection: sqlite3.Connection, counted: _Counted, own: OwnStream, event_id: str) -> bool:
    """Whether an earlier day has this event: after a fork it stands in the new stream once more."""
    if own.header.parent == NO_STREAM:
        return False
    places = connection.execute(PLACES_OF, (event_id,)).fetchall()
    return any(seq <= counted.from_seq.get(stream, 0) for stream, seq in places)


def _range(connection: sqlite3.Connection, own: OwnStream, closed_through: int) -> LedgerRange | None:
    """What of a stream no earlier day covers; None when all of it is covered."""
    if own.last_seq <= closed_through:
        return None
    safe = marks.get_number(connection, marks.acked_through(own.stream))
    return LedgerRange(
        stream=own.stream,
        first_seq=closed_through + 1,
        last_seq=own.last_seq,
        head=own.head,
        safe_through=min(safe, own.last_seq),
    )

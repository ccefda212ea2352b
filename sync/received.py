"""What the feed brought: other stations' facts and central's, in tables that can be filled anew.

Never holds what this station recorded itself; never drops an item that it cannot read: that is set aside, and
looked at again by the next release. Runs in the writer's thread.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from floor import chain
from floor.codec import CannotReadError, Fact, decode
from floor.events import Subjects
from floor.wire import FeedAnswer, FeedItem, FeedMark
from sync import marks
from sync.incidents import Incident
from sync.ledger import Ledger
from sync.writer import PUMP_ROWS_MAX

INSERT: Final = "INSERT OR IGNORE INTO received VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
OWN_DIGESTS: Final = "SELECT digest FROM event WHERE event_id = ?"
RECEIVED_DIGESTS: Final = "SELECT digest FROM received WHERE event_id = ? AND generation = ? AND counted = 1"
SET_ASIDE: Final = """
SELECT position, stream, seq, event_id, kind, v, digest, body, station FROM received
WHERE counted = 0 AND generation = ?
"""
NOW_COUNTED: Final = """
UPDATE received SET counted = 1, order_number = ?, slip = ?, machine = ?, answers = ?
WHERE generation = ? AND stream = ? AND seq = ?
"""
SWEEP: Final = """
DELETE FROM received WHERE rowid IN (
    SELECT rowid FROM received WHERE generation < ?1 OR (generation > ?1 AND generation < ?2)
    OR generation > ?2 LIMIT ?3
)
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """One item, and the fact that it counts as; None when it is set aside."""

    item: FeedItem
    fact: Fact | None


class Received:
    """The writing side of the received tables."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def mark(self) -> FeedMark:
        """How far the feed was read."""
        connection = self._ledger.disk.connection
        return FeedMark(
            epoch=marks.get(connection, marks.FEED_EPOCH), cursor=marks.get(connection, marks.FEED_CURSOR)
        )

    def take(self, answer: FeedAnswer, asked: FeedMark) -> int:
        """Keep one page; gives the number of items. A page of an older question is passed over."""
        if asked != self.mark():
            return 0
        judged = self._judge_all(answer.items)
        for start in range(0, len(judged), PUMP_ROWS_MAX):
            self._keep(judged[start : start + PUMP_ROWS_MAX])
        with self._ledger.disk.transaction() as connection:
            marks.put(connection, marks.FEED_EPOCH, answer.epoch)
            marks.put(connection, marks.FEED_CURSOR, answer.cursor)
            complete = not answer.has_more and self._switch(connection)
        if complete:
            self._ledger.known.forget()
        return len(answer.items)

    def begin_generation(self) -> None:
        """Fill a new generation from the feed's start; the old one is read until the new one is whole."""
        with self._ledger.disk.transaction() as connection:
            loading = max(self._generation(marks.GENERATION), self._generation(marks.LOADING)) + 1
            marks.put(connection, marks.LOADING, loading)
            marks.put(connection, marks.FEED_EPOCH, None)
            marks.put(connection, marks.FEED_CURSOR, None)

    def sweep(self) -> int:
        """Delete some rows that no generation in use needs; gives how many, 0 when none are left."""
        generations = sorted((self._generation(marks.GENERATION), self._generation(marks.LOADING)))
        with self._ledger.disk.transaction() as connection:
            return connection.execute(SWEEP, (*generations, PUMP_ROWS_MAX)).rowcount

    def reconsider(self) -> None:
        """Look again at what was set aside: perhaps this release can read it."""
        generation = self._generation(marks.GENERATION)
        rows = self._ledger.disk.connection.execute(SET_ASIDE, (generation,)).fetchall()
        items = [_item(row) for row in rows]
        counted = [judged for judged in self._judge_all(items) if judged.fact]
        if not counted:
            return
        with self._ledger.disk.transaction() as connection:
            for judged in counted:
                place = (generation, judged.item.stream, judged.item.seq)
                connection.execute(NOW_COUNTED, (*_subjects(judged.fact), *place))
        self._ledger.known.forget()

    def _keep(self, judged: list[Judged]) -> None:
        generation = self._generation(marks.LOADING)
        with self._ledger.disk.transaction() as connection:
            connection.executemany(INSERT, (_row(generation, one) for one in judged))
        if generation == self._generation(marks.GENERATION):
            self._ledger.known.learn_received([one.fact for one in judged if one.fact])

    def _switch(self, connection: sqlite3.Connection) -> bool:
        """The generation that was loaded is whole: it is read from now on."""
        loading = self._generation(marks.LOADING)
        if loading == self._generation(marks.GENERATION):
            return False
        marks.put(connection, marks.GENERATION, loading)
        return True

    def _generation(self, key: str) -> int:
        return marks.get_number(self._ledger.disk.connection, key)

    # Judging

    def _judge_all(self, items: Iterable[FeedItem]) -> list[Judged]:
        """What becomes of each item that is not this station's own."""
        generation = self._generation(marks.LOADING)
        seen: dict[str, str] = {}
        judged = []
        for item in items:
            if self._is_own(item):
                continue
            known = seen.get(item.event_id) or self._digest_received(item.event_id, generation)
            same = known in (None, item.digest)
            fact = self._judge(item) if same else None
            if not same:
                self._alarm(item, "One event id came with two contents; the first one counts.")
            if fact:
                seen[item.event_id] = item.digest
            judged.append(Judged(item, fact))
        return judged

    def _is_own(self, item: FeedItem) -> bool:
        """Whether this station recorded it; the same id with another content is not its own."""
        digests = {row[0] for row in self._ledger.disk.connection.execute(OWN_DIGESTS, (item.event_id,))}
        return item.digest in digests

    def _digest_received(self, event_id: str, generation: int) -> str | None:
        connection = self._ledger.disk.connection
        own = connection.execute(OWN_DIGESTS, (event_id,)).fetchone()
        row = own or connection.execute(RECEIVED_DIGESTS, (event_id, generation)).fetchone()
        return str(row[0]) if row else None

    def _judge(self, item: FeedItem) -> Fact | None:
        body = item.body.encode()
        if chain.digest(item.kind, item.v, body) != item.digest:
            self._alarm(item, "A fact from the server is not what was sealed.")
            return None
        try:
            event = decode(item.kind, item.v, body)
        except CannotReadError as error:
            self._ledger.incidents.log(
                Incident.SET_ASIDE, event=item.event_id, kind=item.kind, why=str(error)
            )
            return None
        return Fact(item.stream, item.seq, item.event_id, event, item.station)

    def _alarm(self, item: FeedItem, sentence: str) -> None:
        place = f"{item.stream}:{item.seq}"
        self._ledger.incidents.alarm(Incident.ALTERED, sentence, event=item.event_id, place=place)


def _row(generation: int, judged: Judged) -> tuple[str | int | bytes | None, ...]:
    item = judged.item
    return (
        generation,
        item.stream,
        item.seq,
        item.position,
        item.station,
        item.event_id,
        item.digest,
        item.kind,
        item.v,
        item.body.encode(),
        int(judged.fact is not None),
        *_subjects(judged.fact),
    )


def _subjects(fact: Fact | None) -> Subjects:
    return fact.event.subjects() if fact else Subjects()


def _item(row: tuple[int, str, int, str, str, int, str, bytes, str | None]) -> FeedItem:
    position, stream, seq, event_id, kind, version, digest, body, station = row
    return FeedItem(
        position=position,
        stream=stream,
        seq=seq,
        event_id=event_id,
        kind=kind,
        v=version,
        digest=digest,
        body=body.decode(),
        station=station,
    )

"""What waits to be sent: everything in this station's chains above the server's number.

Never a second copy and never a "sent" column; the kept mark is shown to people and compared, not trusted.
Runs in the writer's thread.
"""

import gzip
from dataclasses import dataclass
from typing import Final, Literal

from floor import chain
from floor.codec import CannotReadError, decode
from floor.events import Moment
from floor.network import NetworkState
from floor.station import Standing
from floor.wire import PUSH_BYTES_MAX, PUSH_EVENTS_MAX, Push, PushedEvent, StreamClaim
from sync import chains, marks
from sync.chains import OwnStream, Placed
from sync.errors import BrokenChainError, UnknownStreamError
from sync.ledger import Ledger

ENVELOPE_BYTES: Final = 320
"""What a message adds around one body, at most."""
HEADER_BYTES: Final = 8 * 1024
"""What a message adds around the whole batch, with the claim of its stream."""
GZIP_LEVEL: Final = 3
MS_PER_S: Final = 1000


@dataclass(frozen=True, slots=True)
class Batch:
    """One push, ready to travel."""

    stream: str
    first_seq: int
    last_seq: int
    body: bytes
    """The message as JSON, gzipped."""

    @property
    def events(self) -> int:
        """How many events it carries."""
        return self.last_seq - self.first_seq + 1


Agreement = Literal["same", "lost", "fork"]
"""The server's number against our chain: one history; less than it once acknowledged; another history."""


class Outbox:
    """The part of the ledger that the server does not have yet."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # What to say

    def streams(self) -> list[str]:
        """The ids of this station's streams, the growing one last."""
        return [own.stream for own in self._ledger.streams]

    def claims(self) -> list[StreamClaim]:
        """All of this station's streams, each with places to compare."""
        return [self._claim(own) for own in self._ledger.streams]

    def _claim(self, own: OwnStream) -> StreamClaim:
        header = own.header
        places = [(seq, self._hash_at(own, seq)) for seq in chain.locator(own.last_seq)]
        return StreamClaim(
            stream=header.stream,
            parent=None if header.parent == chain.NO_STREAM else header.parent,
            parent_seq=header.parent_seq,
            parent_hash=None if header.parent_hash == chain.NO_HASH else header.parent_hash,
            last_seq=own.last_seq,
            head=own.head,
            closed=own.closed,
            locator=places,
        )

    def batch(self, stream: str, after_seq: int, events_max: int = PUSH_EVENTS_MAX) -> Batch | None:
        """The next push behind a place; None when nothing lies there. Raises BrokenChainError."""
        own = self._own(stream)
        found = _fitting(chains.places(self._ledger.disk.connection, stream, after_seq, events_max))
        if not found:
            return None
        before = self._hash_at(own, after_seq)
        broken = chain.verify(stream, after_seq, before, [place.sealed for place in found])
        changed = next((place.sealed.seq for place in found if not place.intact), broken and broken.seq)
        if changed:
            raise BrokenChainError(f"Entry {changed} of this ledger was changed; it is not sent.")
        push = Push(
            stream=stream,
            header=self._claim(own) if after_seq == 0 else None,
            first_seq=after_seq + 1,
            prev_hash=before,
            events=[_pushed(place) for place in found],
        )
        return Batch(
            stream,
            after_seq + 1,
            found[-1].sealed.seq,
            gzip.compress(push.model_dump_json().encode(), compresslevel=GZIP_LEVEL, mtime=0),
        )

    # What was answered

    def compare(self, stream: str, acked_through: int, head: str) -> Agreement:
        """How the server's number and hash stand to our chain and to what it once said."""
        ours = chains.hash_at(self._ledger.disk.connection, self._own(stream).header, acked_through)
        if ours != head:
            return "fork"
        return "lost" if acked_through < self.kept_mark(stream) else "same"

    def kept_mark(self, stream: str) -> int:
        """What the server said last; only compared and shown."""
        return marks.get_number(self._ledger.disk.connection, marks.acked_through(stream))

    def kept_receipt(self, stream: str) -> str | None:
        """The answer that proves the kept mark."""
        return marks.get(self._ledger.disk.connection, marks.receipt(stream))

    def keep(self, stream: str, acked_through: int, receipt: str | None) -> None:
        """Take the server's number, with its answer as proof when it was one to a push."""
        with self._ledger.disk.transaction() as connection:
            marks.put(connection, marks.acked_through(stream), acked_through)
            if receipt is not None:
                marks.put(connection, marks.receipt(stream), receipt)

    def belong(self, server: str, ledger_epoch: str) -> str | None:
        """Keep whose server this is; gives the epoch that was kept when it is another one now."""
        connection = self._ledger.disk.connection
        kept = marks.get(connection, marks.LEDGER_EPOCH)
        if kept != ledger_epoch or self.server != server:
            with self._ledger.disk.transaction():
                marks.put(connection, marks.SERVER, server)
                marks.put(connection, marks.LEDGER_EPOCH, ledger_epoch)
        return kept if kept not in (None, ledger_epoch) else None

    @property
    def server(self) -> str | None:
        """The server that this station belongs to; None before its first answer."""
        return marks.get(self._ledger.disk.connection, marks.SERVER)

    def salvage(self, stream: str, seq: int) -> bool:
        """Remember that an event goes out alone; False when it did before."""
        if marks.get_number(self._ledger.disk.connection, marks.salvaged(stream)) == seq:
            return False
        with self._ledger.disk.transaction() as connection:
            marks.put(connection, marks.salvaged(stream), seq)
        return True

    def keep_prefix(self, stream: str, prefix: str) -> None:
        """The letters with which this stream numbers its slips from now on."""
        if marks.get(self._ledger.disk.connection, marks.prefix(stream)) != prefix:
            with self._ledger.disk.transaction() as connection:
                marks.put(connection, marks.prefix(stream), prefix)

    # What to show

    def standing(self, now: Moment, network: NetworkState) -> Standing:
        """What the foot says now."""
        recorded = sum(own.last_seq for own in self._ledger.streams)
        safe = sum(min(own.last_seq, self.kept_mark(own.stream)) for own in self._ledger.streams)
        return Standing(recorded, safe, self._oldest_waiting_s(now), network, self._ledger.incidents.trouble)

    def _oldest_waiting_s(self, now: Moment) -> int | None:
        """Age of the oldest event that the server does not have; None when it has all."""
        ages = [
            self._age_s(own, now) for own in self._ledger.streams if own.last_seq > self.kept_mark(own.stream)
        ]
        return max(ages, default=None)

    def _age_s(self, own: OwnStream, now: Moment) -> int:
        """By the monotonic clock within one boot: a wall clock that jumped makes nothing old.

        0 for what is absent or cannot be read: its age is not known.
        """
        waiting = chains.places(self._ledger.disk.connection, own.stream, self.kept_mark(own.stream), 1)
        try:
            at = next(decode(place.kind, place.version, place.body).at for place in waiting)
        except (StopIteration, CannotReadError):
            return 0
        same_boot = at.boot_id == now.boot_id
        age_ms = now.monotonic_ms - at.monotonic_ms if same_boot else now.wall_ms - at.wall_ms
        return max(0, age_ms // MS_PER_S)

    def _own(self, stream: str) -> OwnStream:
        found = next((own for own in self._ledger.streams if own.stream == stream), None)
        if found is None:
            raise UnknownStreamError(f"Stream {stream} is none of this terminal's.")
        return found

    def _hash_at(self, own: OwnStream, seq: int) -> str:
        found = chains.hash_at(self._ledger.disk.connection, own.header, seq)
        if found is None:
            raise BrokenChainError(f"Entry {seq} of this ledger is absent.")
        return found


def _fitting(places: list[Placed]) -> list[Placed]:
    """As many as one push may hold, at least one."""
    size = HEADER_BYTES
    for count, place in enumerate(places):
        size += ENVELOPE_BYTES + _quoted_bytes(place.body)
        if size > PUSH_BYTES_MAX and count:
            return places[:count]
    return places


def _quoted_bytes(body: bytes) -> int:
    """Length of a body as a JSON string."""
    return len(body) + body.count(b'"') + body.count(b"\\")


def _pushed(place: Placed) -> PushedEvent:
    return PushedEvent(
        seq=place.sealed.seq,
        event_id=place.sealed.event_id,
        kind=place.kind,
        v=place.version,
        body=place.body.decode(),
        hash=place.sealed.hash,
    )

"""The messages between station and server, as PROTOCOL.md section 3 spells them.

Never opened here: a body travels as the string it was stored as. Signatures and receipts have their place and
are null until devices have keys.
"""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from floor.identity import EventId, Number, StreamId, StreamPrefix
from floor.people import Person

PROTOCOL: Final = 1
PUSH_EVENTS_MAX: Final = 256
PUSH_BYTES_MAX: Final = 1024 * 1024
"""Unpacked size of one push."""
ANSWER_BYTES_MAX: Final = 4 * 1024 * 1024
FEED_ITEMS_MAX: Final = 1000
SEQ_MAX: Final = 2**63 - 1

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Seq = Annotated[int, Field(ge=0, le=SEQ_MAX)]


class Message(BaseModel):
    """Base of all messages: unknown fields are passed over, so that a newer side may say more."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, defer_build=True)


class Place(Message):
    """A position in a stream and the hash there."""

    seq: Seq
    hash: Hash


class StreamClaim(Message):
    """What a station says about one of its streams."""

    stream: StreamId
    parent: StreamId | None = None
    parent_seq: Seq = 0
    parent_hash: Hash | None = None
    last_seq: Seq
    head: Hash
    closed: bool = False
    locator: list[tuple[Seq, Hash]]


class FeedMark(Message):
    """How far the station has read the feed; None before the first time."""

    epoch: str | None = None
    cursor: str | None = None


class ClockReading(Message):
    """The station's clocks at the moment of sending."""

    wall_ms: int
    boot_id: str
    monotonic_ms: int


class Hello(Message):
    """`POST /sync/hello`."""

    protocol: int = PROTOCOL
    app_version: str
    station: Number
    streams: list[StreamClaim]
    feed: FeedMark
    clock: ClockReading
    pending: int
    oldest_pending_s: int | None
    disk_free_bytes: int
    printers: list[str] = []


class StreamStanding(Message):
    """What the server knows of a stream."""

    stream: StreamId
    prefix: StreamPrefix
    acked_through: Seq
    head: Hash
    common: Place
    """The last place of the station's locator that the server has too."""
    backed_up_through: Seq = 0
    status: Literal["open", "fork"] = "open"
    """`fork` when the server holds another history at or beyond `common`."""


class FeedHead(Message):
    """Where the feed ends at the server."""

    epoch: str
    head: int


class DirectoryNotice(Message):
    """The people of the station's area, whole: it replaces what the station has."""

    notice: Literal["directory"] = "directory"
    version: str
    people: list[Person]


class HelloAnswer(Message):
    """Answer to `Hello`."""

    server: str
    ledger_epoch: str
    server_ms: int
    protocol_min: int = PROTOCOL
    protocol_max: int = PROTOCOL
    streams: list[StreamStanding]
    feed: FeedHead
    notices: list[DirectoryNotice] = []


class PushedEvent(Message):
    """One entry and its event."""

    seq: Annotated[int, Field(ge=1, le=SEQ_MAX)]
    event_id: EventId
    kind: Annotated[str, Field(max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")]
    v: Annotated[int, Field(ge=1, le=1_000_000)]
    body: str
    hash: Hash


class Push(Message):
    """`POST /sync/push`: a contiguous batch of one stream."""

    protocol: int = PROTOCOL
    stream: StreamId
    header: StreamClaim | None = None
    """Where the stream comes from; sent with its first batch."""
    first_seq: Annotated[int, Field(ge=1, le=SEQ_MAX)]
    prev_hash: Hash
    events: Annotated[list[PushedEvent], Field(min_length=1, max_length=PUSH_EVENTS_MAX)]
    signature: str | None = None


class PushResult(Message):
    """What became of one event, when it was not plainly counted."""

    seq: Seq
    disposition: Literal["duplicate", "quarantined", "flagged"]
    reason: str = ""


class PushAnswer(Message):
    """Answer to `Push`: the server's number is the truth."""

    server: str
    ledger_epoch: str
    request_id: str
    stream: StreamId
    acked_through: Seq
    head: Hash
    backed_up_through: Seq = 0
    server_ms: int
    results: list[PushResult] = []
    receipt: str | None = None


class Standing409(Message):
    """409: where the server stands, so that the station can go on from there."""

    error: Literal["gap", "fork", "epoch"]
    acked_through: Seq = 0
    head: Hash | None = None


class FeedItem(Message):
    """One entry as the feed hands it on."""

    position: int
    stream: StreamId
    seq: Seq
    event_id: EventId
    kind: str
    v: int
    digest: Hash
    body: str
    station: Number | None
    """None for central's own stream."""


class FeedAnswer(Message):
    """Answer to `GET /sync/feed`."""

    epoch: str
    items: list[FeedItem]
    cursor: str
    has_more: bool


class FeedReset(Message):
    """410: the station's cursor is not of this feed; it begins anew."""

    reset: Literal[True] = True
    snapshot_url: str | None = None

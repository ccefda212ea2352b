"""Stations: hello, push, feed, raw (PROTOCOL section 3).

Never refuses a single event of a push; what does not fit as a whole is named, so that the station can go on.
"""

import hashlib
import threading
from collections import deque
from typing import Annotated, Any, Final, TypeVar

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import BaseModel, ValidationError
from sqlalchemy import Connection, text

from central import directory, feed, intake, stations, streams
from central.api.access import API, Station
from central.api.answers import Unfit
from central.clock import moment
from central.intake import Arrival, Batch, Fork, Gap, NotTaken, Taken
from central.server import Central
from floor import chain
from floor.wire import (
    FEED_ITEMS_MAX,
    PROTOCOL,
    FeedAnswer,
    FeedHead,
    FeedReset,
    Hello,
    HelloAnswer,
    Push,
    PushAnswer,
    PushResult,
    Standing409,
    StreamClaim,
    StreamStanding,
)

RAW_A_MINUTE_MAX: Final = 12
MINUTE_MS: Final = 60_000
UNPUSHED: Final = (
    f"This station announced {streams.UNPUSHED_STREAMS_MAX} streams and pushed nothing of them; no more is "
    "taken until it does."
)

router = APIRouter(prefix=f"{API}/sync", tags=["stations"])

Said = TypeVar("Said", Hello, Push)


async def _body(request: Request) -> bytes:
    return await request.body()


Body = Annotated[bytes, Depends(_body)]


def _takes(model: type[BaseModel]) -> dict[str, Any]:
    """For OpenAPI: these bodies are read here, in a thread, by pydantic alone."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _read(model: type[Said], body: bytes) -> Said:
    """The message. Raises Unfit for a broken one, or one of another protocol."""
    try:
        message = model.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Unfit("envelope", f"{where}: {first['msg']}") from error
    if message.protocol != PROTOCOL:
        sentence = f"Protocol {message.protocol} is not spoken here, only {PROTOCOL}."
        raise Unfit("protocol", sentence, status=426)
    return message


def _json(answer: BaseModel, status: int = 200) -> Response:
    return Response(answer.model_dump_json(), status, media_type="application/json")


@router.post("/hello", response_model=HelloAnswer, openapi_extra=_takes(Hello))
def hello(request: Request, station: Station, body: Body) -> Response:
    """Where the server stands with each of a station's streams, and who is who."""
    central: Central = request.app.state.central
    message = _read(Hello, body)
    if message.station != station:
        raise Unfit("station", f"This token is not that of station {message.station}.", status=403)
    if len(message.streams) > streams.HELLO_STREAMS_MAX:
        raise Unfit("envelope", f"At most {streams.HELLO_STREAMS_MAX} streams at once.")
    with central.database.writing() as connection:
        asked = [_standing(connection, central, station, claim) for claim in message.streams]
        standings = [standing for standing in asked if standing]
        if asked and not standings:
            raise Unfit("streams", UNPUSHED, "Call your administrator.", status=429)
        stations.heard(connection, message, central.clock.wall_ms())
        answer = HelloAnswer(
            server=central.identity.server,
            ledger_epoch=central.identity.ledger_epoch,
            server_ms=central.clock.wall_ms(),
            streams=standings,
            feed=FeedHead(epoch=central.identity.feed_epoch, head=intake.feed_end(connection)[0]),
            notices=[directory.notice(connection)],
        )
    return _json(answer)


def _standing(
    connection: Connection, central: Central, station: str, claim: StreamClaim
) -> StreamStanding | None:
    """A stream of another station comes from a cloned disk: a fork, to be re-homed. None for one too many,
    whose turn comes when the others brought something."""
    header = streams.header_of(claim.stream, claim)
    try:
        row = streams.announce(connection, header, station, moment(connection, central.clock))
    except streams.TooManyUnpushed:
        return None
    except streams.ForeignStream:
        row = streams.known(connection, claim.stream)
        return streams.standing(connection, row, claim).model_copy(update={"status": "fork"})
    return streams.standing(connection, row, claim)


@router.post(
    "/push",
    response_model=PushAnswer,
    openapi_extra=_takes(Push),
    responses={409: {"model": Standing409, "description": "gap or fork: where the server stands"}},
)
def push(request: Request, station: Station, body: Body) -> Response:
    """A contiguous batch of one stream: stored whole, or named as not fitting."""
    central: Central = request.app.state.central
    message = _read(Push, body)
    if message.header is not None and message.header.stream != message.stream:
        raise Unfit("envelope", "The header is that of another stream.")
    batch = _batch(message, station)
    try:
        with central.database.writing() as connection:
            taken = _take(connection, central, message, batch)
    except streams.ForeignStream as error:
        raise Unfit("station", "This stream belongs to another station.", status=403) from error
    except Gap as gap:
        return _json(Standing409(error="gap", acked_through=gap.acked_through, head=gap.head), 409)
    except Fork as fork:
        return _json(Standing409(error="fork", acked_through=fork.acked_through, head=fork.head), 409)
    except NotTaken as broken:
        raise Unfit("chain", f"The batch is not a chain: {broken}.", status=400) from broken
    return _json(_answer(central, request, message, taken))


def _take(connection: Connection, central: Central, message: Push, batch: Batch) -> Taken:
    now = moment(connection, central.clock)
    row = streams.find(connection, message.stream)
    if row is None and message.first_seq > 1:
        header = streams.header_of(message.stream, message.header)
        raise Gap(0, chain.first_hash(header))
    streams.bind(connection, streams.header_of(message.stream, message.header), batch.station or "", now)
    return intake.append(connection, batch, moment(connection, central.clock))


def _batch(message: Push, station: str) -> Batch:
    arrivals = []
    for pushed in message.events:
        body = pushed.body.encode()
        digest = chain.digest(pushed.kind, pushed.v, body)
        arrivals.append(
            Arrival(pushed.seq, pushed.event_id, pushed.kind, pushed.v, body, digest, pushed.hash)
        )
    return Batch(message.stream, station, message.first_seq, message.prev_hash, tuple(arrivals))


def _answer(central: Central, request: Request, message: Push, taken: Taken) -> PushAnswer:
    results = [
        PushResult(seq=outcome.seq, disposition=outcome.disposition, reason=outcome.reason)
        for outcome in taken.outcomes
    ]
    return PushAnswer(
        server=central.identity.server,
        ledger_epoch=central.identity.ledger_epoch,
        request_id=request.state.request_id,
        stream=message.stream,
        acked_through=taken.acked_through,
        head=taken.head,
        server_ms=central.clock.wall_ms(),
        results=results,
    )


@router.get(
    "/feed",
    response_model=FeedAnswer,
    responses={410: {"model": FeedReset, "description": "the cursor is of another feed: begin anew"}},
)
def read_feed(
    request: Request, epoch: str | None = None, cursor: str | None = None, limit: int = FEED_ITEMS_MAX
) -> Response:
    """Every entry behind a cursor, in the order of commit."""
    central: Central = request.app.state.central
    try:
        with central.database.reading() as connection:
            answer = feed.read(connection, central.identity, epoch or None, cursor or None, limit)
    except feed.Reset:
        return _json(FeedReset(), 410)
    return _json(answer)


class RawKept(BaseModel):
    """Answer to a salvage: what was kept, by its SHA-256."""

    digest: str


class RawPace:
    """How often each station may send salvage."""

    def __init__(self) -> None:
        """Nobody sent anything yet."""
        self._lock = threading.Lock()
        self._sent: dict[str, deque[int]] = {}

    def may(self, station: str, now_ms: int) -> bool:
        """Whether one more is taken now."""
        with self._lock:
            sent = self._sent.setdefault(station, deque(maxlen=RAW_A_MINUTE_MAX))
            if len(sent) == RAW_A_MINUTE_MAX and now_ms - sent[0] < MINUTE_MS:
                return False
            sent.append(now_ms)
            return True


@router.post("/raw", response_model=RawKept)
def raw(request: Request, station: Station, body: Body) -> Response:
    """Salvage of what cannot be sent otherwise: stored blind, never counted, the same bytes once."""
    central: Central = request.app.state.central
    now_ms = central.clock.wall_ms()
    if not request.app.state.raw_pace.may(station, now_ms):
        content = '{"error":"pace","sentence":"Too much salvage at once.","hint":"Wait a minute."}'
        return Response(content, 429, {"Retry-After": "60"}, media_type="application/json")
    digest = hashlib.sha256(body).hexdigest()
    keep = text(
        "INSERT INTO raw (digest, station, received_ms, body) VALUES (:digest, :station, :now_ms, :body) "
        "ON CONFLICT (digest, station) DO NOTHING"
    )
    with central.database.writing() as connection:
        connection.execute(keep, {"digest": digest, "station": station, "now_ms": now_ms, "body": body})
    return _json(RawKept(digest=digest))

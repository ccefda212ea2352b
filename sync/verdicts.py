"""What the station does with an answer: the table of PROTOCOL section 5, as functions without a network.

Never takes a "200" for proof: an answer counts when it is JSON of the right shape, to our request, from our
server.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from floor.network import NetworkState
from floor.wire import FeedAnswer, HelloAnswer, PushAnswer, Standing409
from sync.reply import Reply

Message = TypeVar("Message", bound=BaseModel)


class Verdict(Enum):
    """What to do next. `network` is what the foot says meanwhile."""

    network: NetworkState

    def __new__(cls, name: str, network: NetworkState) -> "Verdict":
        """A member from its name and what people see of it."""
        member = object.__new__(cls)
        member._value_ = name
        member.network = network
        return member

    DURABLE = ("durable", NetworkState.ONLINE)
    """The server has it: go on from its number."""
    GAP = ("gap", NetworkState.ONLINE)
    """We ran ahead: go on from the server's number."""
    FORK = ("fork", NetworkState.ONLINE)
    """The server holds another history of this stream: alarm, keep recording, stop pushing the stream."""
    OTHER_EPOCH = ("other_epoch", NetworkState.ONLINE)
    """The server was replaced knowingly: a full hello, and the feed anew."""
    RESET = ("reset", NetworkState.ONLINE)
    """The cursor is not of this feed: a new generation from its start."""
    REBUILD = ("rebuild", NetworkState.ONLINE)
    """The envelope was broken: verify our chain, halve; a single event goes out by `/sync/raw`."""
    HALVE = ("halve", NetworkState.ONLINE)
    """Too large: halve."""
    BUSY = ("busy", NetworkState.ONLINE)
    """Wait as long as the server says."""
    REFUSED = ("refused", NetworkState.TOKEN_REFUSED)
    """The token is bad or the station revoked: keep recording."""
    OTHER_VERSION = ("other_version", NetworkState.WRONG_SERVER)
    """Wrong path or version: back off."""
    WRONG_SERVER = ("wrong_server", NetworkState.WRONG_SERVER)
    """Another server than the one this station belongs to: nothing more is sent."""
    BLOCKED = ("blocked", NetworkState.BLOCKED)
    """A login page or a proxy answered: as network down."""
    UNKNOWN = ("unknown", NetworkState.NO_NETWORK)
    """Nobody knows what the server did: hello first, then on from its number."""


BY_STATUS: Final[dict[int, Verdict]] = {
    HTTPStatus.BAD_REQUEST: Verdict.REBUILD,
    HTTPStatus.UNAUTHORIZED: Verdict.REFUSED,
    HTTPStatus.FORBIDDEN: Verdict.REFUSED,
    HTTPStatus.NOT_FOUND: Verdict.OTHER_VERSION,
    HTTPStatus.METHOD_NOT_ALLOWED: Verdict.OTHER_VERSION,
    HTTPStatus.GONE: Verdict.RESET,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Verdict.HALVE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: Verdict.REBUILD,
    HTTPStatus.UNPROCESSABLE_ENTITY: Verdict.REBUILD,
    HTTPStatus.UPGRADE_REQUIRED: Verdict.OTHER_VERSION,
    HTTPStatus.TOO_MANY_REQUESTS: Verdict.BUSY,
    HTTPStatus.SERVICE_UNAVAILABLE: Verdict.BUSY,
    HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED: Verdict.BLOCKED,
}

BY_STANDING: Final = {"gap": Verdict.GAP, "fork": Verdict.FORK, "epoch": Verdict.OTHER_EPOCH}


@dataclass(frozen=True, slots=True)
class Judged(Generic[Message]):
    """A verdict, and the message where the answer was one."""

    verdict: Verdict
    message: Message | None = None
    standing: Standing409 | None = None
    """Where the server says it stands, with a 409."""


def judge_hello(reply: Reply, pinned: str | None, streams: Collection[str]) -> Judged[HelloAnswer]:
    """Valid is an answer of the pinned server that names each of our streams once and no other.

    `pinned` is the server this station belongs to; None before its first answer.
    """
    judged = _judge(reply, HelloAnswer)
    if judged.message is None:
        return judged
    if pinned not in (None, judged.message.server):
        return Judged(Verdict.WRONG_SERVER)
    if sorted(standing.stream for standing in judged.message.streams) != sorted(streams):
        return Judged(Verdict.UNKNOWN)
    return judged


def judge_push(reply: Reply, pinned: str, stream: str) -> Judged[PushAnswer]:
    """Valid is an answer of the pinned server, to this request and about this stream."""
    judged = _judge(reply, PushAnswer)
    message = judged.message
    if message is None:
        return judged
    if message.server != pinned:
        return Judged(Verdict.WRONG_SERVER)
    if message.request_id != reply.request_id or message.stream != stream:
        return Judged(Verdict.BLOCKED)
    return judged


def judge_feed(reply: Reply) -> Judged[FeedAnswer]:
    """A page names no server: the hello before it did."""
    return _judge(reply, FeedAnswer)


def judge_raw(reply: Reply) -> Verdict:
    """Whether the salvage was kept."""
    return _judge(reply, _AnyObject).verdict


class _AnyObject(BaseModel):
    """An answer whose content does not matter."""


def _judge(reply: Reply, model: type[Message]) -> Judged[Message]:
    status = reply.status
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return Judged(Verdict.BLOCKED)
    if status != HTTPStatus.OK:
        return _judge_no(reply)
    is_json = reply.content_type.partition(";")[0].strip().lower() == "application/json"
    if not is_json or not reply.echoed:
        return Judged(Verdict.BLOCKED)
    message = _read(model, reply.body)
    return Judged(Verdict.DURABLE, message) if message else Judged(Verdict.UNKNOWN)


def _judge_no(reply: Reply) -> Judged[Any]:
    """A No that is not an answer to our request was said by somebody on the way."""
    verdict = BY_STATUS.get(reply.status, Verdict.UNKNOWN)
    if reply.status == HTTPStatus.CONFLICT:
        standing = _read(Standing409, reply.body)
        verdict = BY_STANDING[standing.error] if standing else Verdict.UNKNOWN
        return Judged(verdict if reply.echoed else Verdict.UNKNOWN, standing=standing)
    if verdict in (Verdict.RESET, Verdict.REBUILD) and not reply.echoed:
        return Judged(Verdict.UNKNOWN)
    return Judged(verdict)


def _read(model: type[Message], body: bytes) -> Message | None:
    try:
        return model.model_validate_json(body)
    except ValidationError:
        return None

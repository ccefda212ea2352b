"""Events to bytes and back, with versions.

Never serialises a stored body again: its bytes are the fact. An unknown kind or version is an error, not a
guess.
"""

from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from floor import chain
from floor.events import KINDS, Event, Subjects

BODY_BYTES_MAX: Final = 16 * 1024


class CannotReadError(ValueError):
    """A stored event that this release cannot understand: to be set aside, never dropped."""


class TooLargeError(ValueError):
    """An event beyond `BODY_BYTES_MAX`."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event as stored and sent: opaque bytes with what is needed to find and check them."""

    event_id: str
    kind: str
    version: int
    body: bytes
    digest: str
    subjects: Subjects


@dataclass(frozen=True, slots=True)
class Fact:
    """An event in its place: what folds read."""

    stream: str
    seq: int
    event_id: str
    event: Event
    station: str | None = None
    """Who recorded it; None for the reader's own stream and for central's."""
    position: int | None = None
    """Its place in the server's feed; None where that is not known."""


def encode(event_id: str, event: Event) -> Envelope:
    """The bytes of an event, written once. Raises TooLargeError."""
    body = event.model_dump_json().encode()
    if len(body) > BODY_BYTES_MAX:
        raise TooLargeError(f"{event.kind} of {len(body)} bytes; the limit is {BODY_BYTES_MAX}")
    event_digest = chain.digest(event.kind, event.version, body)
    return Envelope(event_id, event.kind, event.version, body, event_digest, event.subjects())


def decode(kind: str, version: int, body: bytes) -> Event:
    """The event that stored bytes say. Raises CannotReadError for what this release does not know.

    An older version lacks fields that have a default: they read as nobody having said anything.
    """
    event_type = KINDS.get(kind)
    if event_type is None or not 1 <= version <= event_type.version:
        raise CannotReadError(f"kind {kind!r} version {version} is not known to this release")
    try:
        return event_type.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CannotReadError(f"{kind}: {where}: {first['msg']}") from error


def in_order(facts: list[Fact]) -> list[Fact]:
    """Facts sorted by (stream, seq), each event once: at the first of its places."""
    seen: dict[str, Fact] = {}
    for fact in sorted(facts, key=lambda fact: (fact.stream, fact.seq)):
        seen.setdefault(fact.event_id, fact)
    return list(seen.values())

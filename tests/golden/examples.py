"""What the golden files are made of: every kind of event in full and at its barest, codes, a chain, messages.

Never read by the program. Whoever changes a value here changes what was promised for ever: add, do not alter.
"""

from itertools import chain as joined
from typing import Any, Final

from floor import chain
from floor.codec import encode
from floor.events import (
    Reported,
)
from floor.tags import ALPHABET, BODY_CHARS, TagKind
from floor.tags import encode as code_of
from floor.wire import FeedItem, Push, PushedEvent, StreamClaim
from tests.golden.bare import BARE
from tests.golden.full import FULL, ID, PARENT, STREAM

CHAINED: Final = (
    "c9aef99e354690363a274560f9ee1dafc8330d52983c886ba65ddcf102a804a0",
    "0fcc224cdca83bb70f7808e90e6580c0c59a9024359b8c9bf22aecf1688f963a",
    "5a39da68368383d201650cdddf6f06d428bb0c16711920cc9f38e6cf8911c083",
)
"""Digests of three bodies: what a chain seals."""


def events() -> list[dict[str, Any]]:
    """Every example with its bytes, digest and subjects."""
    return [
        {
            "kind": event.kind,
            "v": event.version,
            "body": encode(ID, event).body.decode(),
            "digest": encode(ID, event).digest,
            "subjects": encode(ID, event).subjects._asdict(),
        }
        for event in joined.from_iterable(zip(FULL, BARE, strict=True))
    ]


def codes() -> dict[str, str]:
    """One code of each type over the alphabet's first letters, and over its last."""
    bodies = [
        (kind, letters[: BODY_CHARS.get(kind)]) for kind in TagKind for letters in (ALPHABET, ALPHABET[::-1])
    ]
    return {f"{kind.name} {body}": code_of(kind, body) for kind, body in bodies}


def chains() -> dict[str, Any]:
    """A stream, and one that forked from it, each with three entries."""
    pairs = [(f"{number:032x}", digest) for number, digest in enumerate(CHAINED, 1)]
    origin = chain.StreamHeader(PARENT)
    first = chain.seal(PARENT, 0, chain.first_hash(origin), pairs)
    fork = chain.StreamHeader(STREAM, PARENT, first[1].seq, first[1].hash)
    return {
        "streams": [
            {
                "stream": header.stream,
                "parent": header.parent,
                "parent_seq": header.parent_seq,
                "parent_hash": header.parent_hash,
                "hash_0": chain.first_hash(header),
                "entries": [
                    {"seq": e.seq, "event_id": e.event_id, "digest": e.digest, "hash": e.hash}
                    for e in chain.seal(header.stream, 0, chain.first_hash(header), pairs)
                ],
            }
            for header in (origin, fork)
        ],
        "locators": {str(last): chain.locator(last) for last in (0, 1, 2, 5, 100, 1_000_000)},
    }


def messages() -> dict[str, Any]:
    """A push of one event and the feed's item for it, as they go over the wire."""
    reported = next(event for event in FULL if isinstance(event, Reported))
    envelope = encode(ID, reported)
    body = envelope.body.decode()
    before = chain.first_hash(chain.StreamHeader(STREAM))
    (sealed,) = chain.seal(STREAM, 0, before, [(ID, envelope.digest)])
    pushed = PushedEvent(
        seq=1, event_id=ID, kind=envelope.kind, v=envelope.version, body=body, hash=sealed.hash
    )
    header = StreamClaim(stream=STREAM, last_seq=1, head=sealed.hash, locator=[(1, sealed.hash), (0, before)])
    push = Push(stream=STREAM, header=header, first_seq=1, prev_hash=before, events=[pushed])
    item = FeedItem(
        position=12,
        stream=STREAM,
        seq=1,
        event_id=ID,
        kind=envelope.kind,
        v=envelope.version,
        digest=envelope.digest,
        body=body,
        station="ST1",
    )
    return {"push": push.model_dump(mode="json"), "feed_item": item.model_dump(mode="json")}

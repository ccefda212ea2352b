"""Events to bytes and back: what cannot be read is said so, and never guessed."""

import json
from decimal import Decimal

import pytest

from floor.codec import BODY_BYTES_MAX, CannotReadError, Fact, TooLargeError, decode, encode, in_order
from floor.events import Event, FlagSettled, OrderClosed, Reported
from tests.floor.shop import HERE, MOMENT, ORDER, THERE
from tests.golden.examples import BARE, FULL, ID

BODY = {"at": MOMENT.model_dump(), "by": None, "order": ORDER}
CLOSED = OrderClosed(at=MOMENT, order=ORDER)


@pytest.mark.parametrize("event", [*FULL, *BARE], ids=lambda event: event.kind)
def test_what_was_written_is_read(event: Event) -> None:
    envelope = encode(ID, event)
    assert decode(envelope.kind, envelope.version, envelope.body) == event


def test_amounts_are_written_in_their_one_spelling() -> None:
    reported = next(event for event in FULL if isinstance(event, Reported))
    body = json.loads(encode(ID, reported).body)
    assert (body["content"]["good"], body["proposed_good"]) == ("76.5", "80")
    assert reported.content.good == Decimal("76.5")


@pytest.mark.parametrize(
    ("kind", "version", "body"),
    [
        ("order_closed", 2, BODY),
        ("order_opened", 1, BODY),
        ("order_closed", 1, BODY | {"mood": "good"}),
        ("order_closed", 1, {"at": BODY["at"]}),
        ("order_closed", 1, BODY | {"order": 1001}),
        ("order_closed", 1, BODY | {"order": "\u001b[2J"}),
        ("order_closed", 1, BODY | {"order": "x" * 41}),
        ("order_closed", 1, BODY | {"order": "1001\n"}),
        ("order_closed", 1, []),
    ],
    ids=[
        "version",
        "kind",
        "field more",
        "field less",
        "type",
        "control characters",
        "long",
        "line end",
        "shape",
    ],
)
def test_what_this_release_does_not_know_is_an_error(kind: str, version: int, body: object) -> None:
    with pytest.raises(CannotReadError):
        decode(kind, version, json.dumps(body).encode())


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"null", b"[" * 50_000])
def test_bytes_that_are_no_event_are_an_error(body: bytes) -> None:
    with pytest.raises(CannotReadError):
        decode("order_closed", 1, body)


@pytest.mark.parametrize("good", ["1_000", "-1", "NaN", "1.50", "1e5", 5, 5.0])
def test_a_stored_quantity_is_as_strict_as_a_typed_one(good: object) -> None:
    body = json.loads(encode(ID, next(event for event in FULL if isinstance(event, Reported))).body)
    body["content"]["good"] = good
    with pytest.raises(CannotReadError, match="good"):
        decode("reported", 1, json.dumps(body).encode())


def test_an_event_beyond_the_limit_is_not_written() -> None:
    facts = tuple(f"{number:032x}" for number in range(500))
    huge = FlagSettled(at=MOMENT, flag="surplus", order=None, slip=None, step=None, facts=facts, reason="r")
    with pytest.raises(TooLargeError, match=str(BODY_BYTES_MAX)):
        encode(ID, huge)


def test_facts_stand_in_the_order_of_their_streams_each_once() -> None:
    first, second = Fact(HERE, 1, "1" * 32, CLOSED), Fact(HERE, 2, "2" * 32, CLOSED)
    rehomed = Fact(THERE, 1, "2" * 32, CLOSED)
    assert in_order([rehomed, second, first]) == [first, second]

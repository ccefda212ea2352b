"""What was promised for ever: chain, codes, event bodies, messages, byte for byte as in tests/golden.

Never made to pass by running `tests/golden/make.py` alone: an altered line means that yesterday's ledger
reads differently.
"""

import json
from typing import Any

import pytest

from floor import chain
from floor.codec import decode, encode
from floor.events import KINDS
from floor.tags import Tag, TagKind
from floor.tags import decode as read_code
from floor.wire import FeedItem, Push
from tests.golden import examples
from tests.golden.make import FOLDER, MAKERS, spelled

BEFORE: list[dict[str, Any]] = json.loads((FOLDER / "events_before.json").read_text(encoding="utf-8"))
EVENTS: list[dict[str, Any]] = json.loads((FOLDER / "events.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", MAKERS)
def test_what_is_written_today_is_what_was_promised(name: str) -> None:
    assert spelled(MAKERS[name]()) == (FOLDER / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("stored", EVENTS, ids=lambda stored: stored["kind"])
def test_a_stored_body_is_read_and_written_again_byte_for_byte(stored: dict[str, Any]) -> None:
    body = stored["body"].encode()
    event = decode(stored["kind"], stored["v"], body)
    assert encode(examples.ID, event).body == body
    assert chain.digest(stored["kind"], stored["v"], body) == stored["digest"]
    assert event.subjects()._asdict() == stored["subjects"]


@pytest.mark.parametrize("stored", BEFORE, ids=lambda stored: f"{stored['kind']} {stored['v']}")
def test_a_body_of_an_earlier_version_says_what_it_said(stored: dict[str, Any]) -> None:
    body = stored["body"].encode()
    event = decode(stored["kind"], stored["v"], body)
    assert stored["v"] < event.version
    assert chain.digest(stored["kind"], stored["v"], body) == stored["digest"]
    assert event.subjects()._asdict() == stored["subjects"]
    assert event.model_dump(mode="json", exclude_unset=True) == json.loads(body)


def test_every_kind_of_event_is_golden_in_full_and_bare() -> None:
    assert sorted(stored["kind"] for stored in EVENTS) == sorted([*KINDS, *KINDS])


def test_the_full_example_says_every_field() -> None:
    """Else a field could change its shape unseen."""
    unsaid = [
        (event.kind, name)
        for event in examples.FULL
        for name in type(event).model_fields
        if getattr(event, name) in (None, ())
    ]
    assert unsaid == []


def test_every_type_of_code_is_golden_and_read_back() -> None:
    codes = json.loads((FOLDER / "codes.json").read_text(encoding="utf-8"))
    read = [read_code(code) for code in codes.values()]
    assert [f"{tag.kind.name} {tag.body}" for tag in read if isinstance(tag, Tag)] == list(codes)
    assert {name.partition(" ")[0] for name in codes} == {kind.name for kind in TagKind}


def test_the_golden_chains_verify() -> None:
    for stream in json.loads((FOLDER / "chains.json").read_text(encoding="utf-8"))["streams"]:
        entries = [chain.Sealed(**entry) for entry in stream["entries"]]
        assert chain.verify(stream["stream"], 0, stream["hash_0"], entries) is None


def test_the_golden_messages_are_understood() -> None:
    messages = json.loads((FOLDER / "messages.json").read_text(encoding="utf-8"))
    push = Push.model_validate_json(json.dumps(messages["push"]))
    item = FeedItem.model_validate_json(json.dumps(messages["feed_item"]))
    (pushed,) = push.events
    assert chain.digest(pushed.kind, pushed.v, pushed.body.encode()) == item.digest
    assert decode(item.kind, item.v, item.body.encode()) == decode(
        pushed.kind, pushed.v, pushed.body.encode()
    )


def test_a_newer_side_may_say_more() -> None:
    messages = json.loads((FOLDER / "messages.json").read_text(encoding="utf-8"))
    later = messages["feed_item"] | {"receipt": "abc"}
    assert FeedItem.model_validate_json(json.dumps(later)).position == messages["feed_item"]["position"]

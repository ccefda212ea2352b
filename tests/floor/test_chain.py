"""The hash chain: nothing can be changed, left out, added or moved without being named."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floor.chain import (
    NO_HASH,
    Difference,
    Sealed,
    StreamHeader,
    digest,
    entry_hash,
    first_hash,
    locator,
    seal,
    verify,
)

STREAM = "a1" * 16
ORIGIN = first_hash(StreamHeader(STREAM))
EVENTS = [(f"{number:032x}", digest("reported", 1, b"%d" % number)) for number in range(1, 9)]


def chain() -> list[Sealed]:
    """Eight sealed entries."""
    return seal(STREAM, 0, ORIGIN, EVENTS)


def test_the_chain_is_what_the_protocol_says() -> None:
    """Written out once by hand, so that the code is not its own witness."""
    zero_stream, zero_hash = bytes(16), bytes(32)
    origin = hashlib.sha256(
        b"stream-1\0" + bytes.fromhex(STREAM) + zero_stream + bytes(8) + zero_hash
    ).digest()
    body = hashlib.sha256(b"reported\x001\x00{}").digest()
    event_id = bytes(15) + b"\1"
    entry = hashlib.sha256(b"entry-1\0" + bytes.fromhex(STREAM) + bytes(7) + b"\1" + origin + event_id + body)
    assert origin.hex() == ORIGIN
    assert digest("reported", 1, b"{}") == body.hex()
    assert entry_hash(STREAM, 1, ORIGIN, event_id.hex(), body.hex()) == entry.hexdigest()


def test_a_chain_sealed_in_two_goes_is_the_same_chain() -> None:
    first = seal(STREAM, 0, ORIGIN, EVENTS[:3])
    assert first + seal(STREAM, first[-1].seq, first[-1].hash, EVENTS[3:]) == chain()


def test_a_whole_chain_verifies() -> None:
    assert verify(STREAM, 0, ORIGIN, chain()) is None
    assert verify(STREAM, 0, ORIGIN, []) is None
    assert verify(STREAM, 3, chain()[2].hash, chain()[3:]) is None


@pytest.mark.parametrize("field", ["event_id", "digest", "hash"])
def test_the_first_changed_entry_is_named(field: str) -> None:
    entries = chain()
    entries[4] = replace(entries[4], **{field: "f" * len(getattr(entries[4], field))})
    difference = verify(STREAM, 0, ORIGIN, entries)
    assert isinstance(difference, Difference)
    assert difference.seq == 5
    assert "hash of entry 5" in difference.reason


def test_an_absent_entry_is_named() -> None:
    entries = chain()
    del entries[4]
    assert verify(STREAM, 0, ORIGIN, entries) == Difference(5, "entry 5 is absent, 6 came instead")


def test_a_doubled_entry_is_named() -> None:
    entries = chain()
    entries.insert(5, entries[4])
    assert verify(STREAM, 0, ORIGIN, entries) == Difference(6, "entry 6 is absent, 5 came instead")


def test_swapped_entries_with_mended_numbers_are_named() -> None:
    entries = chain()
    entries[2], entries[3] = replace(entries[3], seq=3), replace(entries[2], seq=4)
    difference = verify(STREAM, 0, ORIGIN, entries)
    assert difference is not None
    assert difference.seq == 3


def test_a_chain_of_another_stream_does_not_verify_here() -> None:
    other = "b2" * 16
    foreign = seal(other, 0, first_hash(StreamHeader(other)), EVENTS)
    difference = verify(STREAM, 0, ORIGIN, foreign)
    assert difference is not None
    assert difference.seq == 1


def test_a_stream_that_forked_starts_from_its_parent() -> None:
    parent = chain()[3]
    forked = StreamHeader("b2" * 16, STREAM, parent.seq, parent.hash)
    assert first_hash(forked) != first_hash(replace(forked, parent_seq=5))
    assert first_hash(forked) != first_hash(replace(forked, parent_hash=NO_HASH))
    assert first_hash(forked) != first_hash(StreamHeader(forked.stream))


@pytest.mark.parametrize(
    "other",
    [("reported", 2, b"{}"), ("reporte", 1, b"{}"), ("reported", 1, b"{ }"), ("reported\x001", 1, b"{}")],
)
def test_kind_version_and_body_all_count(other: tuple[str, int, bytes]) -> None:
    assert digest("reported", 1, b"{}") != digest(*other)


@pytest.mark.parametrize(
    ("last", "places"),
    [
        (0, [0]),
        (1, [1, 0]),
        (2, [2, 1, 0]),
        (3, [3, 2, 1, 0]),
        (10, [10, 9, 8, 6, 2, 1, 0]),
        (100, [100, 99, 98, 96, 92, 84, 68, 36, 1, 0]),
    ],
)
def test_a_locator_looks_back_in_doubling_steps(last: int, places: list[int]) -> None:
    assert locator(last) == places


@given(st.integers(0, 2**40))
def test_a_locator_is_short_and_reaches_the_beginning(last: int) -> None:
    places = locator(last)
    assert places == sorted(set(places), reverse=True)
    assert (places[0], places[-1]) == (last, 0)
    assert 1 in places or last == 0
    assert len(places) <= 45

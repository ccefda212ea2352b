"""The hash chain: sealing entries, verifying them, naming the first difference.

Never stores and never reads a body's meaning: bytes in, bytes out (PROTOCOL section 1).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

HASH_BYTES: Final = 32
ID_BYTES: Final = 16
SEQ_BYTES: Final = 8
HEAD_CHARS_SHOWN: Final = 8

NO_STREAM: Final = "0" * (2 * ID_BYTES)
NO_HASH: Final = "0" * (2 * HASH_BYTES)


@dataclass(frozen=True, slots=True)
class StreamHeader:
    """Where a stream comes from."""

    stream: str
    parent: str = NO_STREAM
    parent_seq: int = 0
    parent_hash: str = NO_HASH


@dataclass(frozen=True, slots=True)
class Sealed:
    """One entry: the place of an event in a stream."""

    seq: int
    event_id: str
    digest: str
    hash: str


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where a chain is not what it should be."""

    seq: int
    reason: str


def digest(kind: str, version: int, body: bytes) -> str:
    """Hex SHA-256 over kind, version and the body's bytes as stored."""
    return hashlib.sha256(kind.encode() + b"\0" + str(version).encode() + b"\0" + body).hexdigest()


def first_hash(header: StreamHeader) -> str:
    """`hash(0)` of a stream, in hex."""
    return hashlib.sha256(
        b"stream-1\0"
        + bytes.fromhex(header.stream)
        + bytes.fromhex(header.parent)
        + header.parent_seq.to_bytes(SEQ_BYTES, "big")
        + bytes.fromhex(header.parent_hash)
    ).hexdigest()


def entry_hash(stream: str, seq: int, previous: str, event_id: str, event_digest: str) -> str:
    """`hash(seq)` in hex, from the hash before it."""
    return hashlib.sha256(
        b"entry-1\0"
        + bytes.fromhex(stream)
        + seq.to_bytes(SEQ_BYTES, "big")
        + bytes.fromhex(previous)
        + bytes.fromhex(event_id)
        + bytes.fromhex(event_digest)
    ).hexdigest()


def seal(stream: str, after_seq: int, after_hash: str, events: Iterable[tuple[str, str]]) -> list[Sealed]:
    """Places for `(event_id, digest)` pairs behind the entry `after_seq`, in their order."""
    sealed = []
    for event_id, event_digest in events:
        after_seq += 1
        after_hash = entry_hash(stream, after_seq, after_hash, event_id, event_digest)
        sealed.append(Sealed(after_seq, event_id, event_digest, after_hash))
    return sealed


def verify(stream: str, after_seq: int, after_hash: str, entries: Iterable[Sealed]) -> Difference | None:
    """The first entry that does not follow from the one before it; None when all do."""
    for entry in entries:
        after_seq += 1
        if entry.seq != after_seq:
            return Difference(after_seq, f"entry {after_seq} is absent, {entry.seq} came instead")
        after_hash = entry_hash(stream, after_seq, after_hash, entry.event_id, entry.digest)
        if entry.hash != after_hash:
            return Difference(after_seq, f"the hash of entry {after_seq} does not follow from the one before")
    return None


def locator(last_seq: int) -> list[int]:
    """The seqs to compare, newest first: last, -1, -2, -4 ... 1, 0."""
    seqs, back = [last_seq], 1
    while last_seq - back > 1:
        seqs.append(last_seq - back)
        back *= 2
    seqs.extend(seq for seq in (1, 0) if seq < last_seq)
    return list(dict.fromkeys(seqs))

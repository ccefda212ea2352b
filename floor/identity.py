"""Names of things: who an event, stream, order, slip, machine or person is.

Never makes an id: whoever holds the operator's intent brings it (`NewId`), so that a repeat is the same
event.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Annotated, Final

from pydantic import Field, StringConstraints

NAME_CHARS_MAX: Final = 120
NUMBER_CHARS_MAX: Final = 40
GTIN_DIGITS: Final = 14

EventId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
"""A UUIDv7 in 32 lower-case hex letters, born with the intent."""

StreamId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
"""16 random bytes in hex: one ledger file's unbroken history."""

Number = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._/+:#-]*$", max_length=NUMBER_CHARS_MAX)
]
"""The plant's own number of an order, item, machine, work centre, person, reason or station."""

SlipNumber = Annotated[str, StringConstraints(pattern=r"^[BCDFGHJKLNPRSTVX]{8}$")]
"""Three letters of the issuing stream's prefix and five of its counter, in the alphabet of codes."""

StreamPrefix = Annotated[str, StringConstraints(pattern=r"^[BCDFGHJKLNPRSTVX]{3}$")]
"""What the server gives a stream, so that slips issued offline are never numbered twice."""

CopyLetter = Annotated[str, StringConstraints(pattern=r"^[BCDFGHJKLNPRSTVX]$")]
"""Which print of a slip this is: B the first, C the second, ... X the sixteenth and all later ones."""

CopyNumber = Annotated[int, Field(ge=1)]
"""Which print of a tag or a sheet this is: 1 for the first."""

Name = Annotated[str, StringConstraints(min_length=1, max_length=NAME_CHARS_MAX)]
"""A name people gave; may hold any printable character and is always shown literally."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A digest of bytes, in lower-case hex letters."""

Gtin = Annotated[str, StringConstraints(pattern=r"^[0-9]{14}$")]
"""A GS1 trade item number, filled with zeros at the left."""


def follow_up(intent: EventId, nth: int) -> EventId:
    """The id of the nth event that follows from an intent beside its first: a repeat makes the same ones.

    Keeps the time, the version and the variant of the intent's UUIDv7.
    """
    drawn = sha256(f"{intent}/{nth}".encode()).hexdigest()
    return intent[:13] + drawn[13:16] + intent[16] + drawn[17:32]


NewId = Callable[[], EventId]

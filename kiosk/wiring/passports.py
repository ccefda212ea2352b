"""The words of a slip, signed by this station, as the code that its paper carries.

Never a reason not to print: a slip without them is a slip.
"""

from typing import Protocol

from floor.events import Moment
from floor.passport import key_id
from floor.passport_code import write
from floor.passport_of import passport_of
from floor.progress import OrderProgress


class Key(Protocol):
    """What signs."""

    @property
    def public(self) -> str:
        """The public key, in hex."""

    def sign(self, said: bytes, /) -> bytes:
        """The signature, 64 bytes."""


class Vouches(Protocol):
    """Whoever has the key."""

    async def key(self) -> Key | None:
        """The key of this station; None where there is none."""


def signed_passport(
    key: Key | None, order: OrderProgress, slip: str, copy_letter: str, printed: Moment
) -> str | None:
    """The whole code; None without a key, and for a slip that nobody here can vouch for."""
    if key is None:
        return None
    passport = passport_of(order, slip, copy_letter, key_id(key.public), printed)
    return write(passport, key.sign) if passport else None

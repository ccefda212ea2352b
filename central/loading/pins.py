"""PINs to argon2id verifiers, slow on purpose and therefore before any transaction begins.

Never keeps a PIN, and never makes a new verifier for a PIN that is known.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from central.loading.sheets import PersonLine
from floor.people import Person

HASHER: Final = PasswordHasher()


def hashes(lines: Iterable[PersonLine], known: Mapping[str, Person]) -> dict[str, str]:
    """The verifier of each person's PIN: the known one when it is of the same PIN."""
    return {
        line.number: _verifier(line.pin, known.get(line.number)) for line in lines if line.pin is not None
    }


def _verifier(pin: str, before: Person | None) -> str:
    if before and before.pin_hash and _is_of(before.pin_hash, pin):
        return before.pin_hash
    return HASHER.hash(pin)


def _is_of(pin_hash: str, pin: str) -> bool:
    try:
        return HASHER.verify(pin_hash, pin)
    except VerifyMismatchError:
        return False

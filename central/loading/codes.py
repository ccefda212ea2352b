"""The letters on badges, machine tags and reason sheets, where the file gives none.

Never gives two things of one kind the same letters, and never changes letters that were given before.
"""

import hashlib
from collections.abc import Mapping
from typing import Final

from floor.tags import ALPHABET, BODY_CHARS, TagKind

CODE_CHARS: Final = BODY_CHARS[TagKind.PERSON]


def assigned(kind: TagKind, wanted: Mapping[str, str | None], known: Mapping[str, str]) -> dict[str, str]:
    """A code for each number in `wanted`: as the file says, else as known, else made from the number."""
    codes = {number: said or known.get(number) for number, said in wanted.items()}
    taken = {code for code in codes.values() if code} | set(known.values())
    settled: dict[str, str] = {}
    for number in sorted(wanted):
        letters = codes[number] or _free(kind, number, taken)
        taken.add(letters)
        settled[number] = letters
    return settled


def _free(kind: TagKind, number: str, taken: set[str]) -> str:
    attempt = 0
    while (letters := _letters(f"{kind.value}:{number}:{attempt}")) in taken:
        attempt += 1
    return letters


def _letters(text: str) -> str:
    octets = hashlib.sha256(text.encode()).digest()[:CODE_CHARS]
    return "".join(ALPHABET[octet % len(ALPHABET)] for octet in octets)

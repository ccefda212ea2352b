"""What a run of keys with times says: a number, a code or a label, both, the test code, or nothing readable.

Never keeps a key, and never waits for one: `scanner` collects them. Timing alone cannot tell a scan from
typing: the type letter, the length and the check character decide; a code can never land in a quantity.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from floor import self_test
from floor.layouts import meanings
from floor.refusals import Refusal
from floor.source import Source
from floor.tags import ALPHABET, CODE_CHARS_MIN, SEPARATOR, Tag, decode
from kiosk.inputs import Input, Label, Number, Scan, SelfTest, Unreadable

BURST_MS_MAX: Final = 35
"""Mean time between keys below which no hand typed."""

PAUSE_MS_MIN: Final = 300
"""A gap after which a broken-off scan and the next one are told apart."""

FOREIGN_DIGITS_MIN: Final = 6
"""So many digits in a burst are a foreign barcode, not a quantity."""

_NUMERIC: Final = frozenset("0123456789.,")
_QUANTITY_LIKE: Final = frozenset("-+_.,' eE")


@dataclass(frozen=True, slots=True)
class Key:
    """One character, and when it came."""

    character: str
    at_ms: float


def read(keys: list[Key], prefix: str) -> list[Input]:
    """What a run of keys says: a number, a code or a label, both, the test code, or nothing readable."""
    typing = self_test.read(text_of(keys))
    if typing:
        known = typing.before.upper() == prefix
        typing = replace(typing, before="") if known else typing
        return [SelfTest(typing, (keys[-1].at_ms - keys[0].at_ms) / (len(keys) - 1))]
    plain = without_separators(keys)
    if len(plain) < len(keys) and _is_burst(keys) and leading_digits(plain):
        return _with_label(keys, prefix) or [Unreadable(Refusal.NOT_A_CODE)]
    return _with_label(keys, prefix) or _without_label(plain, prefix)


def _without_label(keys: list[Key], prefix: str) -> list[Input]:
    whole = _interpret(keys, prefix)
    if not isinstance(whole[-1], Unreadable):
        return whole
    for start in _after_pauses(keys):
        later = _interpret(keys[start:], prefix)
        if _has_scan(later):
            return [Unreadable(Refusal.CODE_TOO_SHORT), *_number_before(keys[:start], later), *later]
    return whole


def _with_label(keys: list[Key], prefix: str) -> list[Input]:
    """A supplier's label that all of the keys are, perhaps behind a number typed by hand; else nothing."""
    from floor.gs1 import read_label  # the first frame does not wait for it

    for start in _label_starts(keys):
        text = text_of(keys[start:])
        says = read_label(text[len(prefix) :] if text.upper().startswith(prefix) else text)
        if says:
            before: list[Input] = [Number(text_of(without_separators(keys[:start])))] if start else []
            return [*before, Label(says, Source.SCAN if _is_burst(keys[start:]) else Source.KEYS)]
    return []


def _label_starts(keys: list[Key]) -> Iterator[int]:
    """Where a label may begin: with the keys, or behind digits where a faster hand goes on."""
    yield 0
    for at in range(1, min(leading_digits(keys) + 1, len(keys))):
        if keys[at].at_ms - keys[at - 1].at_ms > BURST_MS_MAX:
            yield at


def _interpret(keys: list[Key], prefix: str) -> list[Input]:
    """What the keys say if they are one number, one code, or a number and then a code."""
    digits = leading_digits(keys)
    number: list[Input] = [Number(text_of(keys[:digits]))] if digits else []
    code_keys = keys[digits:]
    if foreign_digits(keys[:digits]):
        return [Unreadable(Refusal.NOT_A_CODE)]
    if not code_keys:
        return number
    tag = _decode(text_of(code_keys), prefix)
    if isinstance(tag, Tag):
        return [*number, Scan(tag, Source.SCAN if _is_burst(code_keys) else Source.KEYS)]
    if not _is_burst(keys) and _is_burst(code_keys) and len(code_keys) >= CODE_CHARS_MIN:
        return [*number, Unreadable(tag)]
    if number and not _is_burst(keys) and len(code_keys) >= CODE_CHARS_MIN and text_of(code_keys).isalpha():
        return [*number, Unreadable(tag)]
    if any(key.character.isdigit() for key in keys) and not _is_burst(keys) and _like_a_quantity(keys):
        return [Unreadable(Refusal.NOT_A_QUANTITY)]
    return [Unreadable(tag)]


def _decode(text: str, prefix: str) -> Tag | Refusal:
    """The code's tag, whatever layout garbled it: exactly one code must come out."""
    tag = _decode_once(text.upper(), prefix)
    if isinstance(tag, Tag):
        return tag
    meant = {_decode_once(meaning, prefix) for meaning in meanings(text)}
    codes = [found for found in meant if isinstance(found, Tag)]
    return codes[0] if len(codes) == 1 else tag


def _decode_once(code: str, prefix: str) -> Tag | Refusal:
    """The code's tag; a code read twice in one breath counts once, two different ones are refused."""
    half = len(code) // 2
    if code[:half] == code[half:] and len(code) >= 2 * CODE_CHARS_MIN:
        doubled = decode(code[:half].removeprefix(prefix))
        if isinstance(doubled, Tag):
            return doubled
    code = code.removeprefix(prefix)
    if not set(code.replace(" ", "")) <= set(ALPHABET):
        return Refusal.NOT_A_CODE
    return decode(code)


def text_of(keys: list[Key]) -> str:
    """What they type."""
    return "".join(key.character for key in keys)


def without_separators(keys: list[Key]) -> list[Key]:
    """Without what only a label needs."""
    return [key for key in keys if key.character != SEPARATOR]


def is_scanned(found: Input) -> bool:
    """Whether it came from a scanner, whose Enter confirms nothing."""
    return isinstance(found, Scan | Label) and found.source is Source.SCAN


def _has_scan(found: list[Input]) -> bool:
    return any(isinstance(one, Scan) for one in found)


def leading_digits(keys: list[Key]) -> int:
    """How many of the first keys could be a quantity."""
    count = 0
    while count < len(keys) and keys[count].character in _NUMERIC:
        count += 1
    return count


def foreign_digits(keys: list[Key]) -> bool:
    """Whether more digits than any quantity has came faster than any hand types, wherever among the keys."""
    last = FOREIGN_DIGITS_MIN - 1
    return any(
        keys[at + last].at_ms - keys[at].at_ms <= last * BURST_MS_MAX
        and leading_digits(keys[at : at + last + 1]) > last
        for at in range(len(keys) - last)
    )


def _like_a_quantity(keys: list[Key]) -> bool:
    return all(key.character.isdigit() or key.character in _QUANTITY_LIKE for key in keys)


def _is_burst(keys: list[Key]) -> bool:
    gaps = len(keys) - 1
    return gaps > 0 and (keys[-1].at_ms - keys[0].at_ms) / gaps <= BURST_MS_MAX


def _after_pauses(keys: list[Key]) -> Iterator[int]:
    """Where the keys go on after each long gap."""
    for index in range(1, len(keys)):
        if keys[index].at_ms - keys[index - 1].at_ms >= PAUSE_MS_MIN:
            yield index


def _number_before(keys: list[Key], later: list[Input]) -> list[Input]:
    """The number typed before a broken-off scan: it goes with the whole scan that follows."""
    digits = leading_digits(keys)
    if not digits or isinstance(later[0], Number) or _is_burst(keys[: digits + 1]):
        return []
    return [Number(text_of(keys[:digits]))]

"""Keys with times in, scans and numbers out.

Never knows where the keys come from nor what a code names. Timing alone cannot tell a scan from typing: the
type letter, the length and the check character decide; a code can therefore never land in a quantity.
"""

from dataclasses import dataclass, replace
from typing import Final

from floor.events import Source
from floor.refusals import Refusal
from floor.tags import ALPHABET, CODE_CHARS_MIN, Tag, decode

SCAN_CHARS_MAX: Final = 1024
"""Longest input taken in one go; what follows is thrown away up to its end."""

BURST_MS_MAX: Final = 35
"""Mean time between keys below which no hand typed."""

PAUSE_MS_MIN: Final = 300
"""A gap after which a broken-off scan and the next one are told apart."""

SETTLE_MS: Final = 60
"""Silence after a whole valid code that stands for the Enter that some scanners do not send."""

FOREIGN_DIGITS_MIN: Final = 6
"""So many digits in a burst are a foreign barcode, not a quantity."""

ENTER: Final = "enter"
ESCAPE: Final = "escape"
BACKSPACE: Final = "backspace"

_NUMERIC: Final = frozenset("0123456789.,")
_ENDS: Final = {ENTER, "tab", "\r", "\n", "\t"}


@dataclass(frozen=True, slots=True)
class Scan:
    """A valid code."""

    tag: Tag
    source: Source
    """SCAN when it came in a burst, KEYS when it was typed."""


@dataclass(frozen=True, slots=True)
class Number:
    """Digits, with at most a point or comma; what they count is not known here."""

    text: str
    confirmed: bool = False
    """Ended with Enter: OK follows, unless the number is refused."""


@dataclass(frozen=True, slots=True)
class Press:
    """A key that is not text: `enter`, `escape`, `up`, `f2` ..."""

    key: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something came in that is no code: nothing was taken."""

    refusal: Refusal


Input = Scan | Number | Press | Unreadable


@dataclass(frozen=True, slots=True)
class _Key:
    character: str
    at_ms: float


class Scanner:
    """Collects keys up to an end and says what they were."""

    def __init__(self, prefix: str = "") -> None:
        """`prefix` is what the plant's scanners send before each code; it is cut off."""
        self._prefix = prefix.upper()
        self._keys: list[_Key] = []
        self._flooded = False
        self._last_ms = 0.0

    @property
    def pending(self) -> str:
        """What was typed and not yet taken."""
        return "".join(key.character for key in self._keys)

    def press(self, key: str, at_ms: float) -> list[Input]:
        """Take one key: a printable character, or a name such as `enter` or `f2`."""
        self._last_ms = at_ms
        if key in _ENDS:
            return self._end(key)
        if len(key) > 1:
            return self._named(key)
        if not key.isprintable():
            return []
        if self._flooded or len(self._keys) >= SCAN_CHARS_MAX:
            self._flooded = True
            self._keys.clear()
            return []
        self._keys.append(_Key(key, at_ms))
        return []

    def tick(self, at_ms: float) -> list[Input]:
        """Time passed: a whole valid code followed by silence is a scan without an end key."""
        if at_ms - self._last_ms < SETTLE_MS:
            return []
        if self._flooded:
            return self._end(ENTER)
        if not self._keys:
            return []
        read = _read(self._keys, self._prefix)
        if not any(isinstance(found, Scan) for found in read):
            return []
        self._keys.clear()
        return read

    def clear(self) -> None:
        """Forget what was typed."""
        self._keys.clear()

    def _named(self, key: str) -> list[Input]:
        if key == BACKSPACE and self._keys:
            self._keys.pop()
            return []
        if key == ESCAPE and (self._keys or self._flooded):
            self._keys.clear()
            self._flooded = False
            return []
        return [*self._take(), Press(key)]

    def _end(self, key: str) -> list[Input]:
        if self._flooded:
            self._flooded = False
            return [Unreadable(Refusal.SCAN_TOO_LONG)]
        taken = self._take()
        confirms = key in {ENTER, "\r", "\n"}
        if not taken:
            return [Press(ENTER)] if confirms else []
        if isinstance(taken[-1], Number):
            return [*taken[:-1], replace(taken[-1], confirmed=confirms)]
        return taken

    def _take(self) -> list[Input]:
        keys, self._keys = self._keys, []
        return _read(keys, self._prefix) if keys else []


def _read(keys: list[_Key], prefix: str) -> list[Input]:
    """What a run of keys says: a number, a code, both, or nothing readable."""
    whole = _interpret(keys, prefix)
    if not isinstance(whole[-1], Unreadable):
        return whole
    tail = _after_pause(keys)
    if tail:
        later = _interpret(tail, prefix)
        if not isinstance(later[-1], Unreadable):
            return [Unreadable(Refusal.CODE_TOO_SHORT), *later]
    return whole


def _interpret(keys: list[_Key], prefix: str) -> list[Input]:
    digits = 0
    while digits < len(keys) and keys[digits].character in _NUMERIC:
        digits += 1
    number = "".join(key.character for key in keys[:digits])
    burst = _is_burst(keys)
    if burst and digits >= FOREIGN_DIGITS_MIN:
        return [Unreadable(Refusal.NOT_A_CODE)]
    code = "".join(key.character for key in keys[digits:]).upper().removeprefix(prefix)
    found: list[Input] = [Number(number)] if number else []
    if code:
        tag = _decode_once(code)
        if isinstance(tag, Refusal):
            return [Unreadable(tag)] if burst else [*found, Unreadable(tag)]
        found.append(Scan(tag, Source.SCAN if _is_burst(keys[digits:]) else Source.KEYS))
    return found


def _decode_once(code: str) -> Tag | Refusal:
    """The code's tag; a code read twice in one breath counts once, two different ones are refused."""
    half = len(code) // 2
    if code[:half] == code[half:] and len(code) >= 2 * CODE_CHARS_MIN:
        doubled = decode(code[:half])
        if isinstance(doubled, Tag):
            return doubled
    if not set(code.replace(" ", "")) <= set(ALPHABET):
        return Refusal.NOT_A_CODE
    return decode(code)


def _is_burst(keys: list[_Key]) -> bool:
    gaps = len(keys) - 1
    return gaps > 0 and (keys[-1].at_ms - keys[0].at_ms) / gaps <= BURST_MS_MAX


def _after_pause(keys: list[_Key]) -> list[_Key]:
    """The keys after the last long gap; empty when there was none."""
    for index in range(len(keys) - 1, 0, -1):
        if keys[index].at_ms - keys[index - 1].at_ms >= PAUSE_MS_MIN:
            return keys[index:]
    return []

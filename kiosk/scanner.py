"""Keys with times in, scans and numbers out.

Never knows where the keys come from nor what a code names. Timing alone cannot tell a scan from typing: the
type letter, the length and the check character decide; a code can therefore never land in a quantity.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from floor import self_test
from floor.layouts import meanings
from floor.refusals import Refusal
from floor.self_test import Typing
from floor.source import Source
from floor.tags import ALPHABET, CODE_CHARS_MIN, SEPARATOR, Tag, decode

if TYPE_CHECKING:
    from floor.gs1 import MaterialLabel

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

TRAILING_MS: Final = 300
"""So long after a scan that silence ended, its own Enter may still come: it confirms nothing."""

ENTER: Final = "enter"
ESCAPE: Final = "escape"
BACKSPACE: Final = "backspace"
ARROWS: Final = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown")
NAMED: Final = frozenset(
    {ESCAPE, BACKSPACE, "delete", "insert", *ARROWS, *(f"f{number}" for number in range(1, 13))}
)
"""Keys that say something. Every other key that is no character (control, shift) says nothing at all."""

ENDS: Final = frozenset({ENTER, "tab", "\r", "\n", "\t"})
"""What scanners send after a code, one of them or two, and people after a number."""

SEPARATORS: Final = frozenset({SEPARATOR, "ctrl+right_square_bracket"})
"""The keys of a supplier's label that end one of its elements; anywhere else they say nothing."""

_CONFIRMING: Final = frozenset({ENTER, "\r", "\n"})
_NUMERIC: Final = frozenset("0123456789.,")
_QUANTITY_LIKE: Final = frozenset("-+_.,' eE")


@dataclass(frozen=True, slots=True)
class Scan:
    """A valid code."""

    tag: Tag
    source: Source
    """SCAN when it came in a burst, KEYS when it was typed."""


@dataclass(frozen=True, slots=True)
class Label:
    """A supplier's label, all of it."""

    says: "MaterialLabel"
    source: Source


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


@dataclass(frozen=True, slots=True)
class SelfTest:
    """The test code: how it was typed."""

    typing: Typing
    ms_per_key: float
    endings: tuple[str, ...] = ()
    """The keys that ended it; none where silence did."""


Input = Scan | Label | Number | Press | Unreadable | SelfTest


@dataclass(frozen=True, slots=True)
class _Key:
    character: str
    at_ms: float


class Scanner:
    """Collects keys up to an end and says what they were."""

    def __init__(self, prefix: str = "") -> None:
        """`prefix` is what the plant's scanners send before each code; it is cut off."""
        self.prefix: Final = prefix.upper()
        self._keys: list[_Key] = []
        self._flooded = False
        self._last_ms = 0.0
        self._last_key = ""
        self._settled_ms = -float(TRAILING_MS)
        self._scan_ended_ms = -float(TRAILING_MS)
        self._tested: SelfTest | None = None

    @property
    def last_ms(self) -> float:
        """When a key was pressed last."""
        return self._last_ms

    @property
    def pending(self) -> str:
        """What was typed and not yet taken."""
        return _text(_plain(self._keys))

    def settles(self, at_ms: float) -> bool:
        """Whether silence could still tell more about what was typed: whether a tick is worth its while."""
        return (self._flooded or bool(self._keys)) and at_ms - self._last_ms < SETTLE_MS

    def press(self, key: str, at_ms: float) -> list[Input]:
        """Take one key: a printable character, or a name such as `enter` or `f2`."""
        before, self._last_key = self._last_key, key
        if self._tested and key in ENDS and at_ms - self._scan_ended_ms <= TRAILING_MS:
            self._tested = replace(self._tested, endings=(*self._tested.endings, key))
            return [self._tested]
        self._tested = None
        if key == "\n" and before in {ENTER, "\r"}:
            return []
        if key in ENDS and not self._keys and at_ms - self._scan_ended_ms <= BURST_MS_MAX:
            return []  # the second end of a scanner that sends two
        since_settled_ms = at_ms - self._settled_ms
        self._settled_ms = -float(TRAILING_MS)
        if key in ENDS:
            trails = not self._keys and since_settled_ms < TRAILING_MS
            self._last_ms = at_ms
            return [] if trails else self._end(key)
        if key in SEPARATORS:
            self._separate(at_ms)
            return []
        if key not in NAMED and (len(key) > 1 or not key.isprintable()):
            return []
        self._last_ms = at_ms
        if len(key) > 1:
            return self._named(key)
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
            self._settled_ms = self._last_ms
            return self._end(ENTER)
        if not self._keys:
            return []
        read = _read(self._keys, self.prefix)
        if isinstance(read[-1], SelfTest):
            self._tested, self._scan_ended_ms = read[-1], self._last_ms
        elif not any(map(_is_scanned, read)) and not _foreign_digits(_plain(self._keys)):
            return []  # whoever types a code ends it with Enter, which must not confirm anything else
        self._keys.clear()
        self._settled_ms = self._last_ms
        return read

    def hand_over(self, at_ms: float) -> list[Input]:
        """The number that was typed here, as another device goes on; a code that is still coming stays."""
        if at_ms - self._last_ms < SETTLE_MS or _leading_digits(self._keys) < len(self._keys):
            return []
        return self._take()

    def _separate(self, at_ms: float) -> None:
        """Between two elements of a label; a key that nobody means to press, and that does nothing."""
        if self._keys and self._keys[-1].character != SEPARATOR and len(self._keys) < SCAN_CHARS_MAX:
            self._keys.append(_Key(SEPARATOR, at_ms))
            self._last_ms = at_ms

    def _named(self, key: str) -> list[Input]:
        if key == BACKSPACE:
            self._keys = _plain(self._keys)[:-1]
            return []  # with nothing to take away it is no answer to anything
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
        if taken and _is_scanned(taken[-1]):
            self._scan_ended_ms = self._last_ms
        confirms = key in _CONFIRMING
        if not taken:
            return [Press(ENTER)] if confirms else []
        if isinstance(taken[-1], Number):
            return [*taken[:-1], replace(taken[-1], confirmed=confirms)]
        if isinstance(taken[-1], SelfTest):
            self._tested, self._scan_ended_ms = replace(taken[-1], endings=(key,)), self._last_ms
            return [self._tested]
        return taken

    def _take(self) -> list[Input]:
        keys, self._keys = self._keys, []
        return _read(keys, self.prefix) if keys else []


def _read(keys: list[_Key], prefix: str) -> list[Input]:
    """What a run of keys says: a number, a code or a label, both, the test code, or nothing readable."""
    typing = self_test.read(_text(keys))
    if typing:
        known = typing.before.upper() == prefix
        typing = replace(typing, before="") if known else typing
        return [SelfTest(typing, (keys[-1].at_ms - keys[0].at_ms) / (len(keys) - 1))]
    plain = _plain(keys)
    if len(plain) < len(keys) and _is_burst(keys) and _leading_digits(plain):
        return _with_label(keys, prefix) or [Unreadable(Refusal.NOT_A_CODE)]
    return _with_label(keys, prefix) or _without_label(plain, prefix)


def _without_label(keys: list[_Key], prefix: str) -> list[Input]:
    whole = _interpret(keys, prefix)
    if not isinstance(whole[-1], Unreadable):
        return whole
    for start in _after_pauses(keys):
        later = _interpret(keys[start:], prefix)
        if _has_scan(later):
            return [Unreadable(Refusal.CODE_TOO_SHORT), *_number_before(keys[:start], later), *later]
    return whole


def _with_label(keys: list[_Key], prefix: str) -> list[Input]:
    """A supplier's label that all of the keys are, perhaps behind a number typed by hand; else nothing."""
    from floor.gs1 import read_label  # the first frame does not wait for it

    for start in _label_starts(keys):
        text = _text(keys[start:])
        says = read_label(text[len(prefix) :] if text.upper().startswith(prefix) else text)
        if says:
            before: list[Input] = [Number(_text(_plain(keys[:start])))] if start else []
            return [*before, Label(says, Source.SCAN if _is_burst(keys[start:]) else Source.KEYS)]
    return []


def _label_starts(keys: list[_Key]) -> Iterator[int]:
    """Where a label may begin: with the keys, or behind digits where a faster hand goes on."""
    yield 0
    for at in range(1, min(_leading_digits(keys) + 1, len(keys))):
        if keys[at].at_ms - keys[at - 1].at_ms > BURST_MS_MAX:
            yield at


def _interpret(keys: list[_Key], prefix: str) -> list[Input]:
    """What the keys say if they are one number, one code, or a number and then a code."""
    digits = _leading_digits(keys)
    number: list[Input] = [Number(_text(keys[:digits]))] if digits else []
    code_keys = keys[digits:]
    if _foreign_digits(keys[:digits]):
        return [Unreadable(Refusal.NOT_A_CODE)]
    if not code_keys:
        return number
    tag = _decode(_text(code_keys), prefix)
    if isinstance(tag, Tag):
        return [*number, Scan(tag, Source.SCAN if _is_burst(code_keys) else Source.KEYS)]
    if not _is_burst(keys) and _is_burst(code_keys) and len(code_keys) >= CODE_CHARS_MIN:
        return [*number, Unreadable(tag)]
    if number and not _is_burst(keys) and len(code_keys) >= CODE_CHARS_MIN and _text(code_keys).isalpha():
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


def _text(keys: list[_Key]) -> str:
    return "".join(key.character for key in keys)


def _plain(keys: list[_Key]) -> list[_Key]:
    """Without what only a label needs."""
    return [key for key in keys if key.character != SEPARATOR]


def _is_scanned(found: Input) -> bool:
    """Whether it came from a scanner, whose Enter confirms nothing."""
    return isinstance(found, Scan | Label) and found.source is Source.SCAN


def _has_scan(read: list[Input]) -> bool:
    return any(isinstance(found, Scan) for found in read)


def _leading_digits(keys: list[_Key]) -> int:
    count = 0
    while count < len(keys) and keys[count].character in _NUMERIC:
        count += 1
    return count


def _foreign_digits(keys: list[_Key]) -> bool:
    """Whether more digits than any quantity has came faster than any hand types, wherever among the keys."""
    last = FOREIGN_DIGITS_MIN - 1
    return any(
        keys[at + last].at_ms - keys[at].at_ms <= last * BURST_MS_MAX
        and _leading_digits(keys[at : at + last + 1]) > last
        for at in range(len(keys) - last)
    )


def _like_a_quantity(keys: list[_Key]) -> bool:
    return all(key.character.isdigit() or key.character in _QUANTITY_LIKE for key in keys)


def _is_burst(keys: list[_Key]) -> bool:
    gaps = len(keys) - 1
    return gaps > 0 and (keys[-1].at_ms - keys[0].at_ms) / gaps <= BURST_MS_MAX


def _after_pauses(keys: list[_Key]) -> Iterator[int]:
    """Where the keys go on after each long gap."""
    for index in range(1, len(keys)):
        if keys[index].at_ms - keys[index - 1].at_ms >= PAUSE_MS_MIN:
            yield index


def _number_before(keys: list[_Key], later: list[Input]) -> list[Input]:
    """The number typed before a broken-off scan: it goes with the whole scan that follows."""
    digits = _leading_digits(keys)
    if not digits or isinstance(later[0], Number) or _is_burst(keys[: digits + 1]):
        return []
    return [Number(_text(keys[:digits]))]

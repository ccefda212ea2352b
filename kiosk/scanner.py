"""Keys with times in, scans and numbers out.

Never knows where the keys come from nor what a code names: `bursts` reads the keys that are collected here.
"""

from dataclasses import replace
from typing import Final

from floor.refusals import Refusal
from floor.tags import SEPARATOR
from kiosk.bursts import (
    BURST_MS_MAX,
    Key,
    foreign_digits,
    is_scanned,
    leading_digits,
    read,
    text_of,
    without_separators,
)
from kiosk.inputs import Input, Number, Press, SelfTest, Unreadable

SCAN_CHARS_MAX: Final = 1024
"""Longest input taken in one go; what follows is thrown away up to its end."""

SETTLE_MS: Final = 60
"""Silence after a whole valid code that stands for the Enter that some scanners do not send."""

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


class Scanner:
    """Collects keys up to an end and says what they were."""

    def __init__(self, prefix: str = "") -> None:
        """`prefix` is what the plant's scanners send before each code; it is cut off."""
        self.prefix: Final = prefix.upper()
        self._keys: list[Key] = []
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
        return text_of(without_separators(self._keys))

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
        self._keys.append(Key(key, at_ms))
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
        found = read(self._keys, self.prefix)
        if isinstance(found[-1], SelfTest):
            self._tested, self._scan_ended_ms = found[-1], self._last_ms
        elif not any(map(is_scanned, found)) and not foreign_digits(without_separators(self._keys)):
            return []  # whoever types a code ends it with Enter, which must not confirm anything else
        self._keys.clear()
        self._settled_ms = self._last_ms
        return found

    def hand_over(self, at_ms: float) -> list[Input]:
        """The number that was typed here, as another device goes on; a code that is still coming stays."""
        if at_ms - self._last_ms < SETTLE_MS or leading_digits(self._keys) < len(self._keys):
            return []
        return self._take()

    def _separate(self, at_ms: float) -> None:
        """Between two elements of a label; a key that nobody means to press, and that does nothing."""
        if self._keys and self._keys[-1].character != SEPARATOR and len(self._keys) < SCAN_CHARS_MAX:
            self._keys.append(Key(SEPARATOR, at_ms))
            self._last_ms = at_ms

    def _named(self, key: str) -> list[Input]:
        if key == BACKSPACE:
            self._keys = without_separators(self._keys)[:-1]
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
        if taken and is_scanned(taken[-1]):
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
        return read(keys, self.prefix) if keys else []

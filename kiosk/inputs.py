"""What can come in at a terminal: a code, a label, a number, a key, the test code, or nothing readable.

Never says what it means: the conversation does.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from floor.refusals import Refusal
from floor.self_test import Typing
from floor.source import Source
from floor.tags import Tag

if TYPE_CHECKING:
    from floor.gs1 import MaterialLabel


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

"""The copies of one slip: which were asked for, which of them can be on paper, and which comes next.

Never counts a copy that was surely never on paper: the printer said so of every request for it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from floor.codec import Fact
from floor.events import PaperEvent, PaperFailed, SlipIssued, SlipReprinted, SlipSplit
from floor.identity import CopyLetter
from floor.tags import ALPHABET, copy_letter


@dataclass(frozen=True, slots=True)
class Copies:
    """The letters of one slip's copies, as far as known here."""

    asked: frozenset[CopyLetter]
    unprinted: frozenset[CopyLetter]
    """Those of them that were surely never on paper."""
    seen: frozenset[CopyLetter]
    """Of copies that somebody held in the hand."""

    @property
    def newest(self) -> CopyLetter:
        """The greatest that can be on paper; the first where none can."""
        return max(copy_letter(1), *self.seen, *(self.asked - self.unprinted))

    @property
    def following(self) -> CopyLetter:
        """What the next print is called: the greatest again where it was surely never on paper."""
        greatest = max(copy_letter(1), *self.asked, *self.seen)
        if greatest in self.unprinted and greatest not in self.seen:
            return greatest
        return copy_letter(copy_number(greatest) + 1)


def copy_number(letter: CopyLetter) -> int:
    """The copy that people call 2 where the tag says C."""
    return ALPHABET.index(letter) + 1


def copies_of(asking: Iterable[Fact], failed: Collection[str], seen: Iterable[CopyLetter]) -> Copies:
    """From what asked for paper of a slip, `surely_failed` and what was seen of it."""
    wanted = [(letter, fact.event_id) for fact in asking if (letter := _letter_asked(fact))]
    asked = frozenset(letter for letter, _ in wanted)
    perhaps = frozenset(letter for letter, event_id in wanted if event_id not in failed)
    return Copies(asked, asked - perhaps, frozenset(seen))


def surely_failed(facts: Iterable[Fact]) -> frozenset[str]:
    """Of all that asked for paper, what was answered, and only by "surely not printed"."""
    failed, perhaps = set[str](), set[str]()
    for fact in facts:
        if isinstance(fact.event, PaperEvent):
            (failed if isinstance(fact.event, PaperFailed) else perhaps).add(fact.event.paper)
    return frozenset(failed - perhaps)


def newest_requests(facts: Iterable[Fact], slip: str) -> tuple[CopyLetter, list[Fact]]:
    """The greatest letter that paper was asked for with, and all that asked for it; none for no paper."""
    wanted = [(letter, fact) for fact in facts if _is_of(fact, slip) and (letter := _letter_asked(fact))]
    greatest = max((letter for letter, _ in wanted), default=copy_letter(1))
    return greatest, [fact for letter, fact in wanted if letter == greatest]


def _is_of(fact: Fact, slip: str) -> bool:
    return fact.event.subjects().slip == slip


def _letter_asked(fact: Fact) -> CopyLetter | None:
    """Of the copy that a fact asks a printer for; None for another fact."""
    match fact.event:
        case SlipReprinted(copy_letter=letter):
            return letter
        case SlipIssued(printer=str()) | SlipSplit(printer=str()):
            return copy_letter(1)
        case _:
            return None

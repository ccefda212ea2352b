"""The page that takes a measure: a number, with a sign where the instrument shows one.

Never judges the measure.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from floor.tags import CommandWord
from kiosk.dialogue.pages import word_of
from kiosk.dialogue.view import Asking
from kiosk.inputs import Input, Number
from kiosk.words import _

SIGN_WORDS = frozenset({CommandWord.NEXT, CommandWord.PREVIOUS})
"""The arrow keys, or NEXT and PREVIOUS of the card."""


@dataclass(slots=True)
class MeasurePage:
    """One measure, asked."""

    name: str
    limits: str
    answer: Callable[[str, bool], Awaitable[None]]
    """Takes the digits, and whether the measure is below zero."""
    not_now: Callable[[], Awaitable[None]]
    text: str = ""
    below_zero: bool = False

    def body(self, typed: str, /) -> Asking:
        """The question with sign and digits."""
        sign = "-" if self.below_zero else ""
        keys = _("ENTER takes      UP DOWN below zero      ESC not now")
        question = _("{name}: what was measured?").format(name=self.name)
        return Asking(_("Check"), question, sign + (typed or self.text), (self.limits,), keys)

    async def take(self, taken: Input, /) -> bool:
        """Collect sign and digits; OK gives them."""
        word = word_of(taken)
        if isinstance(taken, Number):
            self.text = taken.text
        if word in SIGN_WORDS:
            self.below_zero = not self.below_zero
            return True
        if word is CommandWord.NOT_NOW:
            await self.not_now()
            return True
        if word is CommandWord.OK or (isinstance(taken, Number) and taken.confirmed):
            text, self.text = self.text, ""
            if text:
                await self.answer(text, self.below_zero)
            return True
        return isinstance(taken, Number)

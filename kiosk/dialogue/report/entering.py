"""Filling in a report: what a number, a reason or a mark does to its slots.

Never records: the conversation does, when it is told OK.
"""

from decimal import Decimal
from typing import Final

from floor.events import ReasonDefined, ReasonUse, RunKind
from floor.refusals import Refusal
from floor.tags import CommandWord
from kiosk.dialogue.amounts import read
from kiosk.dialogue.report import reporting
from kiosk.dialogue.report.reporting import Filling, no_run_here
from kiosk.dialogue.report.slots import is_full, with_reason
from kiosk.dialogue.talk import Talk

COUNT_WORDS: Final = frozenset(
    {CommandWord.GOOD, CommandWord.SCRAP, CommandWord.NO_REASON, CommandWord.REWORK, CommandWord.REVIEW}
)
"""Commands that say what the number before them counts."""

ENDS_NUMBER: Final = frozenset({CommandWord.DONE, CommandWord.PART, CommandWord.END})
"""Commands before which a number counts as it does before OK: as scrap after SCRAP alone, else as good."""


class Entering:
    """Numbers, reasons and marks."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    def number(self, text: str) -> bool:
        """A number that nobody explained yet; says why where it is none."""
        if self._talk.filling is None:
            self._talk.refuse(self._talk.comes_first)
            return False
        amount = read(text, self._talk.filling.unit)
        if isinstance(amount, Refusal):
            self._talk.refuse(amount)
            return False
        self._talk.number = amount
        return True

    async def reason(self, code: str) -> None:
        """A reason explains the number before it, else the line entered last."""
        talk = self._talk
        talk.plant = await talk.memory.plant()
        reason = talk.plant.reason_by_code(code)
        if reason is None:
            talk.refuse(Refusal.UNKNOWN_REASON)
        else:
            await self.explain(reason)

    async def explain(self, reason: ReasonDefined) -> None:
        """A known reason, scanned or picked."""
        talk = self._talk
        if talk.filling is None:
            talk.refuse(Refusal.SLIP_FIRST)
        elif talk.number is not None:
            if ReasonUse.SCRAP not in reason.uses:
                talk.refuse(Refusal.REASON_NOT_FOR_THIS)
                return
            await self._scrap(talk.number, reason.reason)
        else:
            slots = with_reason(talk.filling.slots, reason)
            if isinstance(slots, Refusal):
                talk.refuse(slots)
            else:
                await talk.fill(slots)

    async def _scrap(self, quantity: Decimal, reason: str | None) -> None:
        talk = self._talk
        if talk.filling is None or not self._takes_line(talk.filling, quantity):
            return
        talk.number = None
        await talk.fill(reporting.with_scrap(talk.filling, quantity, reason))

    def _takes_line(self, filling: Filling, quantity: Decimal) -> bool:
        """Whether another line with this quantity may be entered; says why not."""
        if quantity > 0 and not is_full(filling.slots):
            return True
        self._talk.number = None
        self._talk.refuse(Refusal.TOO_MANY_LINES if quantity > 0 else Refusal.QUANTITY_NOT_POSITIVE)
        return False

    async def mark(self, word: CommandWord, filling: Filling) -> None:
        """A command about the report that is being filled in."""
        talk, slots, number = self._talk, filling.slots, self._talk.number
        if number is not None and word in COUNT_WORDS:
            await self._count(word, filling, number)
            return
        if number is not None and word in ENDS_NUMBER:
            if talk.scrap_next and not self._takes_line(filling, number):
                return
            talk.number = None
            slots = reporting.with_number(filling, number, scraps=talk.scrap_next)
            await talk.fill(slots)
        match word:
            case CommandWord.DONE:
                await talk.fill(slots.model_copy(update={"done": slots.done is not True}))
            case CommandWord.PART:
                await talk.fill(slots.model_copy(update={"done": False}))
            case CommandWord.END if slots.run is None:
                talk.refuse(no_run_here(filling.picture.plant, filling.step))
            case CommandWord.END:
                await talk.fill(slots.model_copy(update={"ends_run": not slots.ends_run}))
            case CommandWord.SETUP:
                await talk.fill(slots.model_copy(update={"run_kind": RunKind.SETUP}))
            case CommandWord.REWORK:
                await talk.fill(slots.model_copy(update={"run_kind": RunKind.REWORK}))
            case CommandWord.GOOD | CommandWord.SCRAP:
                talk.scrap_next = word is CommandWord.SCRAP
            case CommandWord.NO_REASON | CommandWord.REVIEW:
                talk.refuse(Refusal.QUANTITY_FIRST)
            case _:
                pass

    async def _count(self, word: CommandWord, filling: Filling, number: Decimal) -> None:
        """A command that says what a number counts."""
        if word is CommandWord.GOOD:
            self._talk.number = None
            await self._talk.fill(filling.slots.model_copy(update={"good": number}))
        elif word in {CommandWord.NO_REASON, CommandWord.SCRAP}:
            await self._scrap(number, None)
        elif self._takes_line(filling, number):
            self._talk.number = None
            with_line = reporting.with_rework if word is CommandWord.REWORK else reporting.with_review
            await self._talk.fill(with_line(filling, number))

"""Counting on arrival: how many lie here when they are taken up.

Never holds anybody up: any scan goes on without a count.
"""

from decimal import Decimal

from floor.arrivals import arrivals, newest
from floor.commands import CountArrival
from floor.quantities import countable
from floor.refusals import Refusal
from kiosk.dialogue.amounts import read, show
from kiosk.dialogue.pages import AskPage
from kiosk.dialogue.report.reporting import Filling
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Tone
from kiosk.words import _


class Arriving:
    """COUNT, and the question at the scan where a step wants one."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    def ask_if_due(self) -> None:
        """Where the step wants a count and pieces came that nobody counted."""
        talk = self._talk
        filling = talk.filling
        if filling and talk.operator and not talk.pages and not filling.slots.says_result and is_due(filling):
            self._ask(filling)

    async def count(self) -> None:
        """COUNT: the number before it, or the question."""
        talk = self._talk
        filling = talk.at_step()
        if filling is None:
            return
        if talk.number is None:
            self._ask(filling)
        else:
            number, talk.number = talk.number, None
            await self._record(number)

    def _ask(self, filling: Filling) -> None:
        known = filling.line.unaccounted if filling.line else None

        async def answer(text: str) -> None:
            amount = read(text, filling.unit) if text or known is None else countable(known, filling.unit)
            if isinstance(amount, Refusal):
                self._talk.refuse(amount)
            else:
                self._talk.pages.clear()
                await self._record(amount)

        async def not_now() -> None:
            self._talk.pages.clear()

        passed_on = _("{number} were passed on.").format(number=show(known)) if known is not None else ""
        keys = _("ENTER as many as were passed on      ESC not now")
        question = _("How many arrived?")
        self._talk.pages.append(
            AskPage(_("Count what lies here"), question, answer, (passed_on,), keys=keys, not_now=not_now)
        )

    async def _record(self, quantity: Decimal) -> None:
        talk = self._talk
        filling = talk.filling
        if filling is None or talk.operator is None or filling.slots.step is None:
            return
        me = talk.operator.person
        command = CountArrival(
            intent=talk.new_intent(),
            by=me,
            slip=filling.slots.slip,
            step=filling.slots.step,
            quantity=quantity,
            unit=filling.unit.name,
            operators=(me,),
        )
        if not await talk.record(command):
            return
        await talk.look_again()
        talk.filling = talk.filling and talk.filling.with_slots(counted=quantity)
        told = filling.line.unaccounted if filling.line else quantity
        if told == quantity:
            talk.notice = Notice(Tone.TAKEN, _("{number} counted.").format(number=show(quantity)))
        else:
            title = _("{number} counted, {told} were passed on.")
            talk.notice = Notice(
                Tone.FLAGGED,
                title.format(number=show(quantity), told=show(told)),
                _("A flag stays until the difference is explained."),
            )


def is_due(filling: Filling) -> bool:
    """Whether the step wants a count, and more came than any count knows of."""
    step, line, slip = filling.step, filling.line, filling.slip
    if step is None or line is None or slip is None or not step.count_on_arrival or not line.still_here:
        return False
    last = newest(arrivals(slip, line, filling.picture.order.steps))
    return last is None or last.explained < line.arrived

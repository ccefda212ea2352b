"""What is asked once more before a report is recorded: an absurd number, and more than the step allows.

Never stops a report for good: yes, and not now, always record it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from floor.commands import Answer
from floor.events import ReasonUse
from floor.flags import Flag
from floor.people import Person
from floor.refusals import Refusal
from floor.routing import OverPolicy
from kiosk.dialogue.amounts import show
from kiosk.dialogue.desk.leading import ask_leader, later_row
from kiosk.dialogue.pages import ListPage
from kiosk.dialogue.report.reasons import most_used_first
from kiosk.dialogue.report.reporting import Filling
from kiosk.dialogue.sure import ask_sure
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Row
from kiosk.words import _

ABSURD_TIMES: Final = 10
ABSURD_ABOVE: Final = 100
ABSURD_DIGITS: Final = 2
"""So many digits more than the slip's quantity has were typed by a heavy hand."""

REPORT_REASONS: Final = frozenset({ReasonUse.SCRAP, ReasonUse.REWORK, ReasonUse.REVIEW})

Record = Callable[[Answer | None], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Counted:
    """One number of a report, with what it counts."""

    quantity: Decimal
    counts: str


def absurd(filling: Filling) -> Counted | None:
    """The first number of the report that nobody can have meant; None where all can be."""
    here, line = _usual(filling), filling.line
    if here is None:
        return None
    for one in _numbers(filling):
        amount = Fraction(one.quantity)
        times = amount >= ABSURD_TIMES * here and amount > ABSURD_ABOVE
        digits = len(str(int(amount))) >= len(str(int(here))) + ABSURD_DIGITS
        if (times or digits) and (line is None or amount > line.unaccounted):
            return one
    return None


def _usual(filling: Filling) -> Fraction | None:
    """What is here, else what the slip is for, in the step's unit; None where nobody knows."""
    line, slip = filling.line, filling.slip
    if line is None or slip is None or not slip.told:
        return None
    step = filling.picture.order.steps.get(line.step)
    return line.unaccounted or (step.ratio.to_step(slip.quantity) if step else slip.quantity)


def _numbers(filling: Filling) -> list[Counted]:
    slots = filling.slots
    return [
        Counted(filling.good, _("good")),
        *(Counted(line.quantity, _("scrap")) for line in slots.scrap),
        *(Counted(line.quantity, _("rework")) for line in slots.rework),
        *(Counted(line.quantity, _("review")) for line in slots.review),
    ]


async def make_sure(talk: Talk, filling: Filling | None, errand: Callable[[], Awaitable[None]]) -> None:
    """The errand; where a number of the report is absurd, only after somebody said that it is right."""
    strange = absurd(filling) if filling else None
    if strange is None:
        await errand()
        return
    number, counts = show(strange.quantity), strange.counts
    title = _("{number} {counts} - is that right?").format(number=number, counts=counts)
    yes = _("Yes, {number} {counts}").format(number=number, counts=counts)
    ask_sure(talk, title, _("No, back to the report"), yes, errand)


class Gates:
    """Between OK and the record: one question after the other, most often none."""

    def __init__(self, talk: Talk, record: Record) -> None:
        """`record` writes the report down, with the answer to what was asked."""
        self._talk = talk
        self._record = record

    async def pass_through(self) -> None:
        """Record the report on the screen, or ask first."""
        await make_sure(self._talk, self._talk.filling, self._ask_over)

    async def _ask_over(self) -> None:
        filling = self._talk.filling
        if filling is None:
            return
        if Flag.OVER_TOLERANCE not in filling.doubts:
            await self._record(None)
            return
        step = filling.picture.order.steps[filling.slots.step or 0]
        ask = self._ask_reason if step.over_policy is OverPolicy.ASK_REASON else self._ask_supervisor
        await ask(filling)

    async def _not_now(self) -> None:
        self._talk.pages.clear()
        await self._record(None)

    async def _answer(self, reason: str | None, approved_by: str | None) -> None:
        self._talk.pages.clear()
        await self._record(Answer(flag=Flag.OVER_TOLERANCE.value, reason=reason, approved_by=approved_by))

    async def _ask_reason(self, filling: Filling) -> None:
        talk = self._talk
        talk.plant = await talk.memory.plant()
        reasons = most_used_first(talk, filling, REPORT_REASONS)

        async def choose(index: int) -> None:
            if index < len(reasons):
                await self._answer(reasons[index].reason, None)
            else:
                await self._not_now()

        async def scan(code: str) -> None:
            reason = talk.plant.reason_by_code(code)
            if reason is None:
                talk.refuse(Refusal.UNKNOWN_REASON)
            else:
                await self._answer(reason.reason, None)

        rows = (*(Row((reason.name,)) for reason in reasons), later_row())
        title = _("More than the step allows. Why?")
        columns = (_("reason"),)
        talk.offer(ListPage(title, columns, rows, choose, reason=scan, not_now=self._not_now))

    async def _ask_supervisor(self, _filling: Filling) -> None:
        async def led(person: Person) -> None:
            await self._answer(None, person.person)

        title = _("More than the step allows: a supervisor's badge")
        ask_leader(self._talk, title, led, self._not_now)

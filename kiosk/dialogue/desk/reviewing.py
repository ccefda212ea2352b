"""Deciding about pieces in review: used as they are, scrapped, or reworked, a part at a time.

Never decides without a supervisor's badge and PIN, which are good for a minute and for the pieces of this one
step; more than were set aside is counted and flagged.
"""

from dataclasses import dataclass
from decimal import Decimal

from floor.commands import DecideReview
from floor.events import ReasonUse, ReviewFate
from floor.people import Person
from floor.progress import NOTHING
from floor.quantities import countable
from floor.refusals import Refusal
from floor.source import Source
from kiosk.dialogue.amounts import read, show
from kiosk.dialogue.desk.leading import PERMISSION_MS, ask_leader
from kiosk.dialogue.desk.tagging import with_tags
from kiosk.dialogue.pages import AskPage, ListPage
from kiosk.dialogue.report.reasons import most_used_first
from kiosk.dialogue.report.reporting import Filling
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Done, Row, Tone
from kiosk.words import _, mark

FATES = (
    (ReviewFate.GOOD, mark("Use as they are")),
    (ReviewFate.SCRAP, mark("Scrap")),
    (ReviewFate.REWORK, mark("Rework")),
)
DECIDED = {
    ReviewFate.GOOD: mark("{number} good"),
    ReviewFate.SCRAP: mark("{number} scrap"),
    ReviewFate.REWORK: mark("{number} rework"),
}


@dataclass(frozen=True, slots=True)
class _Leader:
    """Who decides, and until when the PIN is good for what is left, in ms of the monotonic clock."""

    person: str
    until_ms: float


@dataclass(frozen=True, slots=True)
class _Case:
    """A decision that is being made."""

    by: "_Leader"
    quantity: Decimal
    fate: ReviewFate = ReviewFate.GOOD
    reason: str | None = None
    at_step: int | None = None
    """For scrap the step that caused it, for rework where it is done."""


class Reviewing:
    """The tag on pieces that were set aside, and REVIEW alone."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    async def scanned(self, slip: str, step: int) -> None:
        """A hold tag: its slip and step, then the decision."""
        talk = self._talk
        if talk.unfinished:
            talk.refuse(Refusal.REPORT_UNFINISHED)
            return
        await talk.open_slip(slip, Source.SCAN, None, step)
        if talk.filling:
            self._begin(talk.filling)

    def asked(self) -> bool:
        """REVIEW alone, where pieces of the slip are in review: whether a decision is meant."""
        talk, filling = self._talk, self._talk.filling
        if filling is None or talk.number is not None or filling.slots.filled or filling.slip is None:
            return False
        lines = [line for line in filling.slip.lines.values() if line.review]
        here = next((line for line in lines if line.step == filling.slots.step), None)
        if not lines:
            return False
        if here is None:
            talk.choose_step(lines[0].step)
        self._begin(talk.filling or filling)
        return True

    def _begin(self, filling: Filling) -> None:
        async def led(person: Person) -> None:
            self._ask_quantity(_Leader(person.person, self._talk.monotonic_ms() + PERMISSION_MS))

        ask_leader(self._talk, _title(filling), led, None)

    def _ask_quantity(self, by: _Leader) -> None:
        filling = self._talk.filling
        if filling is None:
            return
        review = filling.line.review if filling.line else NOTHING

        async def answer(text: str) -> None:
            if self._talk.monotonic_ms() > by.until_ms:
                self._talk.pages.clear()
                self._begin(filling)
                self._talk.refuse(Refusal.PERMISSION_OVER, _("Nothing was decided. Badge and PIN again."))
                return
            amount = countable(review, filling.unit) if not text and review else read(text, filling.unit)
            if isinstance(amount, Refusal):
                self._talk.refuse(amount)
            elif amount <= 0:
                self._talk.refuse(Refusal.QUANTITY_NOT_POSITIVE)
            else:
                self._ask_fate(_Case(by, amount))

        keys = _("ENTER all of them      ESC back") if review else _("ENTER takes      ESC back")
        question = _("For how many is this decided?")
        self._talk.pages.append(AskPage(_title(filling), question, answer, keys=keys))

    def _ask_fate(self, case: _Case) -> None:
        async def choose(index: int) -> None:
            fate = FATES[index][0]
            chosen = _Case(case.by, case.quantity, fate)
            if fate is ReviewFate.GOOD:
                await self._record(chosen)
            else:
                await self._ask_reason(chosen)

        rows = tuple(Row((_(text),)) for _fate, text in FATES)
        title = _("What becomes of {number}?").format(number=show(case.quantity))
        self._talk.offer(ListPage(title, ("",), rows, choose))

    async def _ask_reason(self, case: _Case) -> None:
        talk = self._talk
        if talk.filling is None:
            return
        use = ReasonUse.SCRAP if case.fate is ReviewFate.SCRAP else ReasonUse.REWORK
        talk.plant = await talk.memory.plant()
        reasons = most_used_first(talk, talk.filling, frozenset({use}))

        async def choose(index: int) -> None:
            reason = reasons[index].reason if index < len(reasons) else None
            self._ask_step(_Case(case.by, case.quantity, case.fate, reason))

        async def scan(code: str) -> None:
            reason = talk.plant.reason_by_code(code)
            if reason is None:
                talk.refuse(Refusal.UNKNOWN_REASON)
            elif use not in reason.uses:
                talk.refuse(Refusal.REASON_NOT_FOR_THIS)
            else:
                self._ask_step(_Case(case.by, case.quantity, case.fate, reason.reason))

        rows = (*(Row((reason.name,)) for reason in reasons), Row((_("Reason not given"),), Tone.WAITING))
        talk.offer(ListPage(_("Why?"), (_("reason"),), rows, choose, reason=scan))

    def _ask_step(self, case: _Case) -> None:
        filling = self._talk.filling
        if filling is None:
            return
        here = filling.slots.step or 0
        known = [step for step in filling.picture.order.steps.values() if step.number <= here]
        rows = [(step.number, step.name) for step in known] or [(here, "")]
        scraps = case.fate is ReviewFate.SCRAP
        meant = filling.caused_at() if scraps else here

        async def choose(index: int) -> None:
            await self._record(_Case(case.by, case.quantity, case.fate, case.reason, rows[index][0]))

        title = _("Which step caused it?") if scraps else _("Rework at which step?")
        chosen = next((at for at, (number, _name) in enumerate(rows) if number == meant), 0)
        shown = tuple(Row((str(number), name)) for number, name in rows)
        self._talk.offer(ListPage(title, (_("step"), ""), shown, choose, chosen=chosen))

    async def _record(self, case: _Case) -> None:
        talk, filling = self._talk, self._talk.filling
        talk.pages.clear()
        if filling is None:
            return
        scraps = case.fate is ReviewFate.SCRAP
        command = DecideReview(
            intent=talk.new_intent(),
            by=case.by.person,
            slip=filling.slots.slip,
            step=filling.slots.step or 0,
            quantity=case.quantity,
            unit=filling.unit.name,
            fate=case.fate,
            reason=case.reason,
            caused_at=case.at_step if scraps else None,
            to_step=None if scraps else case.at_step,
            tag_printer=talk.place.tag_printer,
        )
        if recorded := await talk.record(command):
            set_aside = filling.line.review if filling.line else NOTHING
            await self._go_on(case)
            figures = _(DECIDED[case.fate]).format(number=show(case.quantity))
            doubts = (
                (_("More than were set aside: your supervisor will ask."),)
                if case.quantity > set_aside
                else ()
            )
            where = f"{filling.picture.order.number or ''}  " + _("step {step}").format(step=command.step)
            done = Done(Tone.FLAGGED if doubts else Tone.TAKEN, _("DECIDED"), figures, where, doubts)
            talk.show_done(with_tags(done, recorded))

    async def _go_on(self, case: _Case) -> None:
        """What is left in review here is decided next; with nothing left the slip is put away."""
        talk = self._talk
        await talk.look_again()
        if talk.filling and talk.filling.line and talk.filling.line.review:
            self._ask_quantity(_Leader(case.by.person, talk.monotonic_ms() + PERMISSION_MS))
        else:
            talk.close_slip()


def _title(filling: Filling) -> str:
    review = filling.line.review if filling.line else NOTHING
    return _("{number} in review at step {step}").format(number=show(review), step=filling.slots.step)

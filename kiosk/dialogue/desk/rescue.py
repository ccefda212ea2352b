"""FROM_PAPER: a supervisor keys what the slips of a dead terminal say, one step after the other.

Never asks for the time: a report has no place for what a watch said; it counts from when it was keyed. It
says that it came from paper, who keyed it, and who is named there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Final

from floor.commands import CorrectReport
from floor.events import ReasonUse, ReportContent, Reported, Scrap, Subjects
from floor.quantities import ZERO
from floor.refusals import Refusal
from floor.source import Source
from floor.tags import CommandWord, TagKind, slip_name
from kiosk.dialogue.amounts import read, show
from kiosk.dialogue.names import people_names
from kiosk.dialogue.pages import AskPage, ListPage, word_of
from kiosk.dialogue.report.gates import make_sure
from kiosk.dialogue.report.reasons import most_used_first
from kiosk.dialogue.report.reporting import Filling
from kiosk.dialogue.report.slots import Slots
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Asking, Done, Row, Tone
from kiosk.inputs import Input, Number, Scan
from kiosk.words import _, counted, mark

KEYED_WRONGLY: Final = mark("keyed wrongly")
KEYED_SHOWN: Final = 8
"""Lines of what was keyed last; a small screen shows fewer."""


class _Wanted(Enum):
    """What is asked next."""

    SLIP = "slip"
    WHO = "who"
    GOOD = "good"
    SCRAP = "scrap"
    REASON = "reason"


OF_SCRAP: Final = frozenset({_Wanted.SCRAP, _Wanted.REASON})
"""What was said to be good is not recorded yet."""


@dataclass(frozen=True, slots=True)
class _Keyed:
    """One report of this batch."""

    report: str
    slip: str
    text: str


@dataclass(slots=True)
class RescuePage:
    """The batch: it takes every input until it ends."""

    talk: Talk
    supervisor: str
    wanted: _Wanted = _Wanted.SLIP
    filling: Filling | None = None
    who: str = ""
    """Named on the step before: proposed again."""
    typed: str = ""
    """A number that waits for the reason that makes it scrap."""
    keyed: list[_Keyed] = field(default_factory=list)

    def body(self, typed: str, /) -> Asking:
        """The question, what ENTER takes, and what was keyed so far."""
        count = counted(
            "{count} report keyed from paper", "{count} reports keyed from paper", len(self.keyed)
        )
        last = tuple(line.text for line in self.keyed[::-1][:KEYED_SHOWN])
        keys = _("ENTER takes   UP DOWN other step   F9 undo   ESC back")
        return Asking(count, self._question(), self.typed or typed, (self._proposal(), *last), keys)

    async def take(self, taken: Input, /) -> bool:
        """A slip, a badge, a number, a reason, or ENTER for what is proposed."""
        if isinstance(taken, Scan):
            await self._scan(taken)
        elif isinstance(taken, Number):
            self.typed = taken.text
            if self.wanted is _Wanted.REASON:
                self.wanted = _Wanted.SCRAP
            if taken.confirmed:
                await self._answer()
            return True
        match word_of(taken):
            case CommandWord.OK:
                await self._answer()
            case CommandWord.BACK:
                self._back()
            case CommandWord.UNDO:
                await self._undo()
            case CommandWord.NO_REASON | CommandWord.PICK as word if self.wanted in OF_SCRAP:
                await self._explain(word)
            case CommandWord.NEXT | CommandWord.PREVIOUS as word:
                self._move(1 if word is CommandWord.NEXT else -1)
            case _:
                pass
        return True

    # Asking

    def _question(self) -> str:
        filling = self.filling
        if filling is None:
            return _("Scan a slip, or type its letters")
        step = filling.step
        at = _("step {step} {name}").format(step=filling.slots.step, name=step.name if step else "")
        order = filling.picture.order.number or slip_name(filling.slots.slip)
        question = {
            _Wanted.WHO: _("{order}, {at}: who? Badge or number"),
            _Wanted.GOOD: _("{order}, {at}: how many good?"),
            _Wanted.SCRAP: _("{order}, {at}: how many scrap? Then the reason"),
            _Wanted.REASON: _("Why are {number} scrap?"),
        }[self.wanted]
        return question.format(order=order, at=at, number=self.typed)

    def _proposal(self) -> str:
        if self.wanted is _Wanted.SLIP or self.filling is None:
            return _("ESC ends")
        if self.wanted is _Wanted.WHO:
            names = people_names(self.talk, [self.who]) if self.who else ""
            return _("ENTER: {who}").format(who=f"{names} {self.who}") if self.who else ""
        if self.wanted is _Wanted.REASON:
            return _("a reason, or F2 picks it; ENTER or F4: no reason")
        amount = self.filling.good if self.wanted is _Wanted.GOOD else ZERO
        return _("ENTER: {number}").format(number=show(amount))

    # Answering

    async def _scan(self, taken: Scan) -> None:
        tag = taken.tag
        if tag.kind in {TagKind.SLIP, TagKind.SLIP_STEP} and self.wanted in OF_SCRAP:
            self.talk.refuse(Refusal.REPORT_UNFINISHED)
        elif tag.kind in {TagKind.SLIP, TagKind.SLIP_STEP}:
            await self._open(tag.slip, tag.step_number if tag.kind is TagKind.SLIP_STEP else None)
        elif tag.kind is TagKind.PERSON and self.wanted is _Wanted.WHO:
            person = await self.talk.memory.person_by_badge(tag.body)
            self._named(person.person if person else "")
        elif tag.kind is TagKind.PERSON and self.wanted is _Wanted.SLIP:
            self.talk.refuse(Refusal.SLIP_FIRST)
        elif tag.kind is TagKind.REASON and self.wanted in OF_SCRAP:
            await self._reason(tag.body)
        elif tag.kind is not TagKind.COMMAND:
            self.talk.refuse(Refusal.CODE_NOT_USED_HERE)

    async def _answer(self) -> None:
        if self.wanted is _Wanted.WHO:
            number, self.typed = self.typed or self.who, ""
            self._named(number if number in self.talk.people else "")
        elif self.wanted is _Wanted.GOOD:
            self._good()
        elif self.wanted is _Wanted.SCRAP and self.typed and self._scrap:
            self.wanted = _Wanted.REASON
        elif self.wanted in OF_SCRAP:
            await self._scrapped(None)
        else:
            self.talk.refuse(Refusal.SLIP_FIRST)

    async def _open(self, slip: str, step: int | None) -> None:
        """The slip's scanned step, else the first one with pieces, else the first."""
        talk = self.talk
        talk.plant, talk.people = await talk.memory.plant(), await talk.memory.people()
        picture = await talk.memory.picture(Subjects(slip=slip))
        known = picture.slip(slip)
        numbers = list(picture.order.steps) if known and known.told else []
        waiting = [number for number in numbers if known and known.lines[number].still_here]
        at = step or next(iter([*waiting, *numbers]), None)
        if at is None:
            talk.refuse(Refusal.STEP_FIRST, _("Scan the code of the step on the slip."))
            return
        slots = Slots(intent=talk.new_intent(), slip=slip, source=Source.PAPER, step=at)
        self.filling = Filling(slots, picture, None, talk.people)
        self.wanted, self.typed = _Wanted.WHO, ""

    def _named(self, person: str) -> None:
        if not person:
            self.talk.refuse(Refusal.UNKNOWN_PERSON)
            return
        self.who, self.wanted, self.typed = person, _Wanted.GOOD, ""

    def _good(self) -> None:
        if self.filling is None:
            return
        amount: Decimal | Refusal = self.filling.good
        if self.typed:
            amount = read(self.typed, self.filling.unit)
        self.typed = ""
        if isinstance(amount, Refusal):
            self.talk.refuse(amount)
            return
        slots = self.filling.slots.model_copy(update={"good": amount, "operator": self.who})
        self.filling = replace(self.filling, slots=slots)
        self.wanted = _Wanted.SCRAP

    @property
    def _scrap(self) -> Decimal | Refusal:
        """What was typed as scrap."""
        return read(self.typed, self.filling.unit) if self.filling and self.typed else ZERO

    async def _reason(self, code: str) -> None:
        reason = self.talk.plant.reason_by_code(code)
        if reason is None:
            self.talk.refuse(Refusal.UNKNOWN_REASON)
        elif ReasonUse.SCRAP not in reason.uses:
            self.talk.refuse(Refusal.REASON_NOT_FOR_THIS)
        else:
            await self._scrapped(reason.reason)

    async def _explain(self, word: CommandWord) -> None:
        """The number typed is scrap without a reason, or for one of the list."""
        if not self.typed:
            self.talk.refuse(Refusal.QUANTITY_FIRST)
        elif word is CommandWord.NO_REASON:
            await self._scrapped(None)
        elif self.filling:
            reasons = most_used_first(self.talk, self.filling, frozenset({ReasonUse.SCRAP}))

            async def choose(index: int) -> None:
                self.talk.pages.remove(page)
                await self._scrapped(reasons[index].reason)

            title = _("Why are {number} scrap?").format(number=self.typed)
            page = ListPage(title, (_("reason"),), tuple(Row((one.name,)) for one in reasons), choose)
            self.talk.offer(page)

    async def _scrapped(self, reason: str | None) -> None:
        if self.filling is None:
            return
        amount, self.typed = self._scrap, ""
        if isinstance(amount, Refusal):
            self.talk.refuse(amount)
            return
        line = Scrap(quantity=amount, reason=reason, caused_at=self.filling.caused_at())
        slots = self.filling.slots.model_copy(update={"scrap": (line,) if amount else ()})
        filling = replace(self.filling, slots=slots)
        self.wanted = _Wanted.GOOD
        await make_sure(self.talk, filling, partial(self._record, filling))

    async def _record(self, filling: Filling) -> None:
        command = replace(filling.command(self.who), by=self.supervisor)
        recorded = await self.talk.record(command)
        if not recorded:
            return
        step = _("step {number}").format(number=filling.slots.step)
        about = f"{filling.picture.order.number or ''} {slip_name(filling.slots.slip)}".strip()
        text = f"{about}  {step}  {_figures(filling.content)}  {people_names(self.talk, [self.who])}"
        self.keyed.append(_Keyed(recorded.facts[0].event_id, filling.slots.slip, text))
        await self._go_on(filling)

    async def _go_on(self, filling: Filling) -> None:
        """To the next step of the same slip; after the last one to the next slip."""
        later = (number for number in filling.picture.order.steps if number > (filling.slots.step or 0))
        following = next(later, None)
        self.filling, self.wanted = None, _Wanted.SLIP
        if following is not None:
            await self._open(filling.slots.slip, following)

    def _move(self, by: int) -> None:
        """Another step of the slip, before anything of it was keyed."""
        if self.filling is None:
            return
        if self.wanted in OF_SCRAP:
            self.talk.refuse(Refusal.REPORT_UNFINISHED)
            return
        numbers = list(self.filling.picture.order.steps)
        if self.filling.slots.step in numbers:
            at = (numbers.index(self.filling.slots.step) + by) % len(numbers)
            slots = self.filling.slots.model_copy(
                update={"step": numbers[at], "good": None, "intent": self.talk.new_intent()}
            )
            self.filling = replace(self.filling, slots=slots)
            self.wanted, self.typed = _Wanted.WHO, ""

    def _back(self) -> None:
        """What was typed, then the slip, then the batch."""
        if self.typed:
            self.typed = ""
            self.wanted = _Wanted.SCRAP if self.wanted is _Wanted.REASON else self.wanted
        elif self.filling:
            self.filling, self.wanted = None, _Wanted.SLIP
        else:
            self.talk.pages.clear()
            said = counted("{count} report", "{count} reports", len(self.keyed))
            self.talk.show_done(Done(Tone.TAKEN, _("FROM PAPER"), said, _("keyed from paper")))

    async def _undo(self) -> None:
        """The last one of this batch is withdrawn."""
        if not self.keyed:
            self.talk.refuse(Refusal.NOTHING_TO_UNDO)
            return
        last = self.keyed[-1]
        command = CorrectReport(
            intent=self.talk.new_intent(),
            by=self.supervisor,
            slip=last.slip,
            report=last.report,
            content=None,
            reason=KEYED_WRONGLY,
            as_supervisor=True,
        )
        recorded = await self.talk.record(command)
        if recorded:
            report = next(iter(self._reports(last)), None)
            self.keyed.pop()
            self.typed = ""
            await self._open(last.slip, report.content.step if report else None)

    def _reports(self, keyed: _Keyed) -> Iterable[Reported]:
        """The report itself, as the list of this station's last ones holds it."""
        for last in self.talk.last:
            if last.fact.event_id == keyed.report and isinstance(last.fact.event, Reported):
                yield last.fact.event


def _figures(content: ReportContent) -> str:
    scrap = sum((line.quantity for line in content.scrap), ZERO)
    good = _("{number} good").format(number=show(content.good))
    return f"{good}, {_('{number} scrap').format(number=show(scrap))}" if scrap else good


class Rescue:
    """FROM_PAPER."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    async def open(self) -> None:
        """Ask the signed-on supervisor for the PIN."""
        person = self._talk.operator
        if person is None or not person.leads:
            self._talk.refuse(Refusal.SUPERVISOR_ONLY)
            return
        if self._talk.filling:
            self._talk.refuse(Refusal.REPORT_UNFINISHED)
            return
        number = person.person

        async def answer(pin: str) -> None:
            refusal = await self._talk.memory.check_pin(number, pin)
            if refusal:
                self._talk.refuse(refusal)
                return
            self._talk.plant, self._talk.people = (
                await self._talk.memory.plant(),
                await self._talk.memory.people(),
            )
            self._talk.pages[:] = [RescuePage(self._talk, number)]

        title = _("From paper")
        question = _("PIN of {name}").format(name=person.name)
        self._talk.pages.append(AskPage(title, question, answer, secret=True))

"""The conversation: takes one input after the other and says what each means where it comes.

Never paints, and never announces a hope: what it shows as recorded is on the disk.
"""

from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Final

from floor.events import (
    ReasonUse,
    RunKind,
)
from floor.quantities import parse_amount
from floor.refusals import Refusal
from floor.source import Source
from floor.tags import CommandWord, Tag, TagKind
from kiosk.dialogue import painting, reporting
from kiosk.dialogue.desk import Desk
from kiosk.dialogue.drafts import Drafts
from kiosk.dialogue.errands import Errands
from kiosk.dialogue.pages import HELP, word_of
from kiosk.dialogue.reporting import Filling
from kiosk.dialogue.talk import Place, Talk
from kiosk.dialogue.view import Notice, Tone, View
from kiosk.ports import Memory, NewIntent
from kiosk.scanner import Input, Number, Press, Scan, Unreadable

DIGITS_MAX: Final = 16
MS_PER_MINUTE: Final = 60_000

COUNT_WORDS: Final = frozenset({CommandWord.NO_REASON, CommandWord.REWORK, CommandWord.REVIEW})
"""Commands that say what the number before them counts."""

SAYS_GOOD: Final = frozenset({CommandWord.DONE, CommandWord.PART, CommandWord.END})
"""Commands before which a number that nobody explained is good, as it is before OK."""


class Conversation:
    """One terminal's conversation. Inputs must be taken one after the other."""

    def __init__(
        self, memory: Memory, place: Place, new_intent: NewIntent, monotonic_ms: Callable[[], float]
    ) -> None:
        """`memory` is open; `new_intent` makes event ids; `monotonic_ms` never runs backwards."""
        self._talk = Talk(memory, place, new_intent, monotonic_ms, machine=place.machine)
        self._errands = Errands(self._talk)
        self._desk = Desk(self._talk)
        self._digits = ""
        self._drafts = Drafts(self._talk)
        self._words: dict[CommandWord, Callable[[], Awaitable[None]]] = {
            CommandWord.OK: self._ok,
            CommandWord.BACK: self._back,
            CommandWord.CANCEL: self._cancel,
            CommandWord.HELP: self._help,
            CommandWord.SIGN_OFF: self._sign_off,
            CommandWord.SUPERVISOR: self._desk.open,
            CommandWord.UNDO: self._errands.undo,
            CommandWord.PICK: self._errands.pick,
            CommandWord.DOWN: self._errands.ask_why_down,
            CommandWord.UP: self._errands.machine_up,
        }
        """Commands that mean the same whether a report is being filled in or not."""

    @property
    def leaving(self) -> bool:
        """A supervisor ended the terminal."""
        return self._talk.leaving

    def view(self, typed: str) -> View:
        """The whole screen; `typed` is what the scanner holds and nobody took yet."""
        return painting.view(self._talk, typed or self._digits)

    async def start(self) -> None:
        """Gather what the screen shows, and offer what was begun when the program last stopped."""
        await self.refresh()
        self._talk.plant, self._talk.people = (
            await self._talk.memory.plant(),
            await self._talk.memory.people(),
        )
        self._talk.last = tuple(await self._talk.memory.last_reports())
        await self._drafts.gather()

    async def refresh(self) -> None:
        """Once a second: the foot, the sync marks, and whether everybody has left."""
        talk = self._talk
        talk.standing = await talk.memory.standing()
        talk.last = tuple(await talk.memory.last_reports())
        await self._desk.refresh()
        now_ms = talk.monotonic_ms()
        if talk.done and now_ms >= talk.done_until_ms:
            talk.done = None
        idle_ms = now_ms - talk.last_input_ms
        unfinished = talk.slots is not None and talk.slots.filled
        if talk.operator and not unfinished and idle_ms >= talk.place.sign_off_minutes * MS_PER_MINUTE:
            await self._sign_off()

    async def take(self, taken: Input) -> None:
        """Take one input, wholly, before the next."""
        talk = self._talk
        talk.last_input_ms = talk.monotonic_ms()
        talk.notice = None
        dismissed, talk.done = talk.done is not None, None
        digit = self._digit_of(taken)
        if digit is not None:
            self._digits = (self._digits + digit)[:DIGITS_MAX]
            return
        if self._digits:
            digits, self._digits = self._digits, ""
            confirmed = word_of(taken) is CommandWord.OK
            await self._route(Number(digits, confirmed))
            if confirmed:
                return
        if dismissed and isinstance(taken, Press) and word_of(taken) in {CommandWord.OK, CommandWord.BACK}:
            return
        await self._route(taken)

    def _digit_of(self, taken: Input) -> str | None:
        if not isinstance(taken, Scan):
            return None
        if taken.tag.kind is TagKind.NUMBER:
            return taken.tag.digit
        return "." if word_of(taken) is CommandWord.POINT else None

    async def _route(self, taken: Input) -> None:
        talk = self._talk
        if isinstance(taken, Unreadable):
            talk.refuse(taken.refusal)
            return
        while talk.pages:
            page = talk.pages[-1]
            if await page.take(taken):
                return
            talk.pages.remove(page)
            if isinstance(taken, Press) and word_of(taken) in {CommandWord.BACK, CommandWord.HELP}:
                return
        match taken:
            case Number():
                await self._number(taken)
            case Scan(tag=tag, source=source):
                await self._scan(tag, source)
            case Press(key="f11"):
                await self._errands.down_or_up()
            case Press():
                word = word_of(taken)
                if word:
                    await self._word(word)

    async def _number(self, number: Number) -> None:
        if self._talk.filling is None:
            self._talk.refuse(Refusal.SLIP_FIRST)
            return
        amount = parse_amount(number.text, self._talk.filling.unit)
        if isinstance(amount, Refusal):
            self._talk.refuse(amount)
            return
        self._talk.number = amount
        if number.confirmed:
            await self._ok()

    async def _scan(self, tag: Tag, source: Source) -> None:
        match tag.kind:
            case TagKind.PERSON:
                await self._badge(tag.body)
            case TagKind.SLIP:
                await self._slip(tag.slip, source, tag.copy, None)
            case TagKind.SLIP_STEP:
                await self._slip(tag.slip, source, None, tag.step_number)
            case TagKind.MACHINE:
                await self._machine(tag.body)
            case TagKind.REASON:
                await self._reason(tag.body)
            case TagKind.COMMAND:
                await self._command(tag)
            case _:
                self._talk.refuse(Refusal.CODE_NOT_USED_HERE)

    async def _command(self, tag: Tag) -> None:
        if tag.command is None:
            self._talk.refuse(Refusal.UNKNOWN_COMMAND)
        else:
            await self._word(tag.command)

    async def _badge(self, badge: str) -> None:
        talk = self._talk
        person = await talk.memory.person_by_badge(badge)
        if person is None:
            talk.refuse(Refusal.UNKNOWN_BADGE)
            return
        talk.operator = person
        await talk.look_again()

    async def _slip(self, slip: str, source: Source, copy_letter: str | None, step: int | None) -> None:
        talk = self._talk
        slots = talk.slots
        if slots and slots.slip == slip and step is not None:
            if slots.rework and slots.rework[-1].reason is None and step != slots.step:
                await talk.fill(reporting.with_rework_to(slots, step))
            elif not slots.filled or step == slots.step:
                talk.choose_step(step)
            else:
                talk.refuse(Refusal.REPORT_UNFINISHED)
            return
        if slots and (slots.filled or talk.number is not None):
            if slots.slip != slip:
                talk.refuse(Refusal.REPORT_UNFINISHED)
            return
        await talk.open_slip(slip, source, copy_letter, step)
        if talk.slots and talk.slots.step is None:
            self._errands.pick_step()

    async def _machine(self, code: str) -> None:
        talk = self._talk
        talk.plant = await talk.memory.plant()
        machine = talk.plant.machine_by_code(code)
        if machine is None:
            talk.refuse(Refusal.UNKNOWN_MACHINE)
            return
        talk.machine = machine.machine
        await talk.look_again()
        if talk.filling is None:
            talk.notice = Notice(
                Tone.PLAIN, f"Machine {machine.name}", "Reports are about this machine from now on."
            )

    async def _reason(self, code: str) -> None:
        talk = self._talk
        talk.plant = await talk.memory.plant()
        reason = talk.plant.reason_by_code(code)
        if reason is None:
            talk.refuse(Refusal.UNKNOWN_REASON)
        elif talk.filling is None:
            talk.refuse(Refusal.SLIP_FIRST)
        elif talk.number is not None:
            if ReasonUse.SCRAP not in reason.uses:
                talk.refuse(Refusal.REASON_NOT_FOR_THIS)
                return
            await self._scrap(talk.number, reason.reason)
        else:
            slots = reporting.with_reason(talk.filling.slots, reason)
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
        if quantity > 0 and not reporting.is_full(filling.slots):
            return True
        self._talk.number = None
        self._talk.refuse(Refusal.TOO_MANY_LINES if quantity > 0 else Refusal.QUANTITY_NOT_POSITIVE)
        return False

    async def _word(self, word: CommandWord) -> None:
        """What a command means when no page lies over the conversation."""
        errand = self._words.get(word)
        filling = self._talk.filling
        if word is CommandWord.END and filling is None:
            await self._errands.pick_run()
        elif errand:
            await errand()
        elif filling:
            await self._mark(word, filling)
        elif word not in {CommandWord.NEXT, CommandWord.PREVIOUS}:
            self._talk.refuse(Refusal.SLIP_FIRST)

    async def _mark(self, word: CommandWord, filling: Filling) -> None:
        """A command about the report that is being filled in."""
        talk, slots, number = self._talk, filling.slots, self._talk.number
        if number is not None and word in COUNT_WORDS:
            await self._count(word, filling, number)
            return
        if number is not None and word in SAYS_GOOD:
            talk.number = None
            slots = slots.model_copy(update={"good": number})
            filling = Filling(slots, filling.picture, filling.work_centre)
        match word:
            case CommandWord.DONE:
                await talk.fill(slots.model_copy(update={"done": slots.done is not True}))
            case CommandWord.PART:
                await talk.fill(slots.model_copy(update={"done": False}))
            case CommandWord.START:
                await self._errands.start_run()
            case CommandWord.END if slots.run is None:
                talk.refuse(Refusal.NO_OPEN_RUN)
            case CommandWord.END:
                await talk.fill(slots.model_copy(update={"ends_run": not slots.ends_run}))
            case CommandWord.SETUP:
                await talk.fill(slots.model_copy(update={"run_kind": RunKind.SETUP}))
            case CommandWord.REWORK:
                await talk.fill(slots.model_copy(update={"run_kind": RunKind.REWORK}))
            case CommandWord.NO_REASON | CommandWord.REVIEW:
                talk.refuse(Refusal.QUANTITY_FIRST)
            case _:
                pass

    async def _count(self, word: CommandWord, filling: Filling, number: Decimal) -> None:
        """A command that says what a number counts."""
        if word is CommandWord.NO_REASON:
            await self._scrap(number, None)
        elif self._takes_line(filling, number):
            self._talk.number = None
            with_line = reporting.with_rework if word is CommandWord.REWORK else reporting.with_review
            await self._talk.fill(with_line(filling, number))

    async def _ok(self) -> None:
        """Record: a number that nobody explained is good."""
        talk = self._talk
        if talk.filling is None:
            return
        if talk.operator is None:
            talk.refuse(Refusal.SIGN_ON_FIRST)
            return
        if talk.filling.slots.step is None:
            talk.refuse(Refusal.STEP_FIRST)
            return
        if talk.number is not None:
            number, talk.number = talk.number, None
            await talk.fill(talk.filling.slots.model_copy(update={"good": number}))
        filling = talk.filling
        if await talk.record(filling.command(talk.operator.person)):
            done = painting.done(filling)
            talk.close_slip()
            talk.show_done(done)
            await self._drafts.offer_next()

    async def _back(self) -> None:
        """Take the last entry back; with nothing entered, put the slip away."""
        talk = self._talk
        if talk.number is not None:
            talk.number = None
            return
        slots = talk.go_back()
        if slots is None:
            await self._cancel()
        elif slots.filled:
            await talk.keep_draft(slots)
        else:
            await talk.memory.drop_draft(slots.intent)

    async def _cancel(self) -> None:
        talk = self._talk
        if talk.filling:
            await talk.memory.drop_draft(talk.filling.slots.intent)
        talk.close_slip()
        await self._drafts.offer_next()

    async def _help(self) -> None:
        self._talk.pages.append(HELP)

    async def _sign_off(self) -> None:
        if self._talk.slots and self._talk.slots.filled:
            self._talk.refuse(Refusal.REPORT_UNFINISHED)
            return
        self._talk.operator, self._talk.machine = None, self._talk.place.machine
        self._talk.close_slip()
        self._talk.pages.clear()


__all__ = ["Conversation", "Place"]

"""The conversation: takes one input after the other and hands each to whoever knows what it means.

Never paints, and never announces a hope: what it shows as recorded is on the disk.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from floor.refusals import Refusal
from floor.source import Source
from floor.tags import CommandWord, Tag, TagKind
from kiosk.devices import Devices
from kiosk.dialogue import painting
from kiosk.dialogue.amounts import write_with
from kiosk.dialogue.desk.desk import Desk
from kiosk.dialogue.desk.rescue import Rescue
from kiosk.dialogue.desk.reviewing import Reviewing
from kiosk.dialogue.goods.arriving import Arriving
from kiosk.dialogue.goods.dispatch import Dispatch
from kiosk.dialogue.goods.material import Material
from kiosk.dialogue.goods.parting import Parting
from kiosk.dialogue.helping import open_help
from kiosk.dialogue.languages import Languages
from kiosk.dialogue.menu import Menu
from kiosk.dialogue.pages import AskPage, HelpPage, ListPage, word_of
from kiosk.dialogue.paper.doubts import PaperDoubts
from kiosk.dialogue.people import People
from kiosk.dialogue.report.checking import Checking
from kiosk.dialogue.report.correcting import Correcting
from kiosk.dialogue.report.drafts import Drafts
from kiosk.dialogue.report.entering import Entering
from kiosk.dialogue.report.finishing import Finishing
from kiosk.dialogue.report.instructing import Instructing
from kiosk.dialogue.report.passports import Passports, ask_for_it
from kiosk.dialogue.report.picking import Picking
from kiosk.dialogue.report.reasons import Reasons
from kiosk.dialogue.report.slots import with_rework_to
from kiosk.dialogue.station.devices import no_devices
from kiosk.dialogue.station.scanners import Scanners
from kiosk.dialogue.station.sheets import KeepRecord, Sheets
from kiosk.dialogue.station.training import Training
from kiosk.dialogue.talk import Place, Talk
from kiosk.dialogue.view import View
from kiosk.dialogue.wholly import unnoticed, wholly
from kiosk.dialogue.work.crew import Crew
from kiosk.dialogue.work.leaving import Leaving
from kiosk.dialogue.work.machines import Machines
from kiosk.dialogue.work.runs import Runs
from kiosk.inputs import Input, Label, Number, Press, Scan, SelfTest, Unreadable
from kiosk.papers import NO_PAPERS, Papers
from kiosk.ports import Memory, NewIntent
from kiosk.previews import NOTHING_SHOWN, Shows
from kiosk.words import speak

DIGITS_MAX: Final = 16


class Conversation:
    """One terminal's conversation. Inputs must be taken one after the other."""

    def __init__(
        self,
        memory: Memory,
        place: Place,
        new_intent: NewIntent,
        monotonic_ms: Callable[[], float],
        keep_record: KeepRecord | None = None,
        devices: Devices = no_devices,
        shows: Shows = NOTHING_SHOWN,
        papers: Papers = NO_PAPERS,
    ) -> None:
        """`memory` is open; `new_intent` makes event ids; `monotonic_ms` never runs backwards.

        `keep_record` writes down what a scanned sheet says; without it no sheet is taken.
        `shows` is what the terminal can show as pictures.
        """
        self._talk = Talk(memory, place, new_intent, monotonic_ms, devices, papers, machine=place.machine)
        self._drafts = Drafts(self._talk)
        self._people = People(self._talk, self._drafts)
        self._entering = Entering(self._talk)
        self._runs = Runs(self._talk)
        self._crew = Crew(self._talk, self._runs)
        self._leaving = Leaving(self._talk, self._people, self._runs)
        self._correcting = Correcting(self._talk, self._drafts)
        self._machines = Machines(self._talk)
        self._picking = Picking(
            self._talk,
            Reasons(self._talk, self._entering),
            Dispatch(self._talk, self._runs.start),
        )
        self._passports = Passports(self._talk, self._slip, self._picking.pick_step)
        self._material = Material(self._talk)
        self._parting = Parting(self._talk)
        self._finishing = Finishing(self._talk, self._drafts, self._entering, self._correcting, self._parting)
        self._arriving = Arriving(self._talk)
        self._reviewing = Reviewing(self._talk)
        self._desk = Desk(self._talk, shows.preview)
        self._scanners = Scanners(self._talk)
        self._training = Training(self._talk)
        self._sheets = Sheets(self._talk, keep_record)
        self._menu = Menu(self._talk, self._word)
        self._words: dict[CommandWord, Callable[[], Awaitable[None]]] = {
            CommandWord.OK: self._finishing.ok,
            CommandWord.BACK: self._finishing.back,
            CommandWord.CANCEL: self._finishing.cancel,
            CommandWord.HELP: self._help,
            CommandWord.LANGUAGE: Languages(self._talk).next,
            CommandWord.MENU: self._menu.open,
            CommandWord.SCANNERS: self._scanners.open,
            CommandWord.SIGN_OFF: self._sign_off,
            CommandWord.SUPERVISOR: self._desk.open,
            CommandWord.TRAINING: self._training.begin_or_end,
            CommandWord.UNDO: self._correcting.undo,
            CommandWord.CORRECT: self._correcting.correct,
            CommandWord.START: self._runs.start,
            CommandWord.PAUSE: self._runs.pause,
            CommandWord.CREW: self._crew.open,
            CommandWord.PICK: self._picking.pick,
            CommandWord.MATERIAL: self._material.open,
            CommandWord.SHORT: self._material.short,
            CommandWord.FROM_PAPER: Rescue(self._talk).open,
            CommandWord.SPLIT: self._parting.split,
            CommandWord.MERGE: self._parting.merge,
            CommandWord.COUNT: self._arriving.count,
            CommandWord.CHECK: Checking(self._talk).open,
            CommandWord.INSTRUCTIONS: Instructing(self._talk, shows.draw).open,
            CommandWord.DOWN: self._machines.ask_why_down,
            CommandWord.UP: self._machines.machine_up,
        }
        """Commands that mean the same whether a report is being filled in or not."""

    @property
    def leaving(self) -> bool:
        """A supervisor ended the terminal."""
        return self._talk.leaving

    def view(self, typed: str) -> View:
        """The whole screen; `typed` is what the scanner holds and nobody took yet."""
        return painting.view(self._talk, typed or self._talk.digits)

    async def start(self) -> None:
        """Gather what the screen shows, and offer what was begun when the program last stopped."""
        self._talk.last_input_ms = self._talk.monotonic_ms()
        await self.refresh()

    async def refresh(self) -> None:
        """Once a second: the foot, the sync marks, and whether everybody has left."""
        talk = self._talk
        if talk.done and talk.monotonic_ms() >= talk.done_until_ms:
            talk.done = None
        with unnoticed(talk):
            await self._leave_idle()
        with unnoticed(talk):
            await self._look()

    async def _look(self) -> None:
        """What the memory knows by now; it answers again, where it did not."""
        talk = self._talk
        talk.standing = await talk.memory.standing()
        talk.last = tuple(await talk.memory.last_reports())
        if not talk.gathered:
            talk.plant, talk.people = await talk.memory.plant(), await talk.memory.people()
            await self._drafts.gather()
            talk.gathered = True
        talk.open_work = await talk.memory.open_work() or talk.open_work
        talk.doubtful = tuple(await talk.papers.doubtful())
        await self._desk.refresh()
        PaperDoubts(talk).ask_if_free()
        talk.silent = False
        await talk.write_drafts()

    async def _leave_idle(self) -> None:
        """Whoever has been away has left; what was tried is over."""
        await self._training.end_when_idle()
        await self._people.sign_off_idle()

    async def take(self, taken: Input) -> None:
        """Take one input before the next, wholly or, where the memory does not answer, not at all.

        A machine that slept for days wakes up with a key: first it is seen that its operator has left.
        """
        with wholly(self._talk):
            await self._leave_idle()
            await self._take(taken)
            if not isinstance(taken, Number):
                self._talk.spelled = ""

    async def _take(self, taken: Input) -> None:
        talk = self._talk
        speak(talk.language)
        write_with(talk.plant.decimal_mark)
        talk.last_input_ms = talk.monotonic_ms()
        talk.notice = None
        dismissed, talk.done = talk.done is not None, None
        digit = self._digit_of(taken)
        if digit is not None:
            self._talk.digits = (self._talk.digits + digit)[:DIGITS_MAX]
            return
        if self._talk.digits:
            digits, self._talk.digits = self._talk.digits, ""
            confirmed = word_of(taken) is CommandWord.OK
            await self._route(Number(digits, confirmed))
            if confirmed:
                return
        if dismissed and word_of(taken) in {CommandWord.OK, CommandWord.BACK}:
            return
        await self._route(taken)

    def _digit_of(self, taken: Input) -> str | None:
        if not isinstance(taken, Scan):
            return None
        if taken.tag.kind is TagKind.NUMBER:
            return taken.tag.digit
        return self._talk.plant.decimal_mark if word_of(taken) is CommandWord.POINT else None

    async def _route(self, taken: Input) -> None:
        if isinstance(taken, Unreadable):
            self._talk.refuse(taken.refusal)
            return
        if isinstance(taken, SelfTest):
            await self._scanners.tested(taken)
            return
        if await self._goes_to_page(taken):
            return
        match taken:
            case Label():
                await self._material.label(taken)
            case Number():
                self._talk.spelled = taken.text
                if self._entering.number(taken.text) and taken.confirmed:
                    await self._finishing.ok()
            case Scan(tag=tag, source=source):
                await self._scan(tag, source)
            case Press(key="f11"):
                await self._machines.down_or_up()
            case Press():
                word = word_of(taken)
                if word:
                    await self._word(word)

    async def _goes_to_page(self, taken: Input) -> bool:
        """Whether what lies over the conversation took the input; pages that leave it are closed."""
        talk = self._talk
        explains = talk.pages and not isinstance(talk.pages[-1], HelpPage)
        if explains and word_of(taken) is CommandWord.HELP:
            open_help(talk)
            return True
        while talk.pages:
            page = talk.pages[-1]
            if word_of(taken) is CommandWord.MENU and isinstance(page, ListPage | AskPage):
                await self._menu.open_over(page)
                return True
            answer = await page.take(taken)
            if isinstance(answer, Refusal):
                talk.refuse(answer)
            if answer:
                return True
            talk.pages.remove(page)
            if word_of(taken) in {CommandWord.BACK, CommandWord.HELP}:
                return True
        return False

    async def _scan(self, tag: Tag, source: Source) -> None:
        match tag.kind:
            case TagKind.PERSON:
                await self._training.end_for(tag.body)
                await self._people.badge(tag.body)
                self._arriving.ask_if_due()
            case TagKind.SLIP:
                await self._slip(tag.slip, source, tag.copy, None)
            case TagKind.SLIP_STEP:
                await self._slip(tag.slip, source, None, tag.step_number)
            case TagKind.MACHINE:
                await self._machines.choose(tag.body)
            case TagKind.REASON:
                await self._entering.reason(tag.body)
            case TagKind.HOLD:
                await self._reviewing.scanned(tag.slip, tag.step_number)
            case TagKind.MATERIAL_LOT:
                await self._material.lot(tag, source)
            case TagKind.COMMAND:
                await self._command(tag)
            case TagKind.PASSPORT:
                await self._passports.scanned(tag.body, source)
            case TagKind.TERMINAL:
                await self._sheets.scanned(tag.body)
            case _:
                self._talk.refuse(Refusal.CODE_NOT_USED_HERE)

    async def _command(self, tag: Tag) -> None:
        if tag.command is None:
            self._talk.refuse(Refusal.UNKNOWN_COMMAND)
        else:
            await self._word(tag.command)

    async def _slip(self, slip: str, source: Source, copy_letter: str | None, step: int | None) -> None:
        talk = self._talk
        slots = talk.slots
        if slots and slots.slip == slip and step is not None:
            if slots.rework and slots.rework[-1].reason is None and step != slots.step:
                await talk.fill(with_rework_to(slots, step))
            elif not slots.says_result or step == slots.step:
                talk.choose_step(step)
            else:
                talk.refuse(Refusal.REPORT_UNFINISHED)
            return
        if slots and talk.unfinished:
            if slots.slip != slip:
                talk.refuse(Refusal.REPORT_UNFINISHED)
            return
        await talk.open_slip(slip, source, copy_letter, step)
        self._crew.go_on()
        if talk.slots and talk.slots.step is None:
            self._picking.pick_step()
        ask_for_it(talk)
        self._arriving.ask_if_due()

    async def _word(self, word: CommandWord) -> None:
        """What a command means when no page lies over the conversation."""
        errand = self._words.get(word)
        filling = self._talk.filling
        if word is CommandWord.END and filling is None:
            await self._runs.pick()
        elif errand:
            await errand()
        elif word is CommandWord.REVIEW and self._reviewing.asked():
            return
        elif filling:
            await self._entering.mark(word, filling)
        elif word not in {CommandWord.NEXT, CommandWord.PREVIOUS}:
            self._talk.refuse(self._talk.comes_first)

    async def _sign_off(self) -> None:
        """Leave one's place; what was only practised holds nobody back."""
        await self._training.end()
        await self._leaving.sign_off()

    async def _help(self) -> None:
        open_help(self._talk)


__all__ = ["Conversation", "Place"]

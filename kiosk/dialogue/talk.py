"""What was said so far at one terminal, and the ports that the conversation speaks through.

Never decides what an input means: `conversation`, `errands` and `desk` do; `painting` shows it.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Final, Self
from zoneinfo import ZoneInfo

from floor.commands import Command
from floor.corrections import content_of, without_report
from floor.decide import Picture
from floor.events import ReportContent, Subjects
from floor.network import NetworkState
from floor.people import Person
from floor.plant import Plant
from floor.refusals import Refusal
from floor.source import Source
from floor.station import (
    Draft,
    LastReport,
    MemorySilentError,
    OpenWork,
    Recorded,
    Standing,
)
from kiosk.devices import Devices
from kiosk.dialogue.amounts import read
from kiosk.dialogue.asides import Echo, Parted, Permission, Real
from kiosk.dialogue.pages import ListPage, Page
from kiosk.dialogue.report.reporting import Filling, step_here
from kiosk.dialogue.report.slots import Slots
from kiosk.dialogue.station.devices import no_devices
from kiosk.dialogue.view import Done, Notice, Tone
from kiosk.papers import NO_PAPERS, DoubtfulPaper, Papers
from kiosk.ports import Memory, NewIntent
from kiosk.words import ENGLISH, LANGUAGES, _

DONE_MS: Final = 1500
"""How long RECORDED fills the screen when nobody goes on."""
HINT_MS: Final = 10_000
"""The same, where it says what may be said besides going on."""


NOT_YET: Final = Standing(0, 0, None, NetworkState.STARTING)


@dataclass(frozen=True, slots=True)
class Place:
    """Where this terminal stands, from its settings."""

    name: str
    work_centre: str | None = None
    """None for a station that serves every work centre."""
    machine: str | None = None
    """The machine that reports are about unless another is scanned."""
    printers: tuple[str, ...] = ()
    lock_minutes: int = 3
    """Idle time after which an unfinished report is put aside for its owner and open pages are closed."""
    sign_off_minutes: int = 20
    """Idle time after which the operator is signed off."""
    language: str = ENGLISH
    """What is spoken to nobody in particular."""
    training: bool = True
    """Whether TRAINING may be used here."""
    languages: tuple[str, ...] = LANGUAGES
    """What this terminal can show; English stands for every other one."""
    tag_printer: str | None = None
    """Where tags for pieces set aside come from; None for none."""
    token_file: str = "station.token"
    """Where the station's token must lie, as whoever sets it up finds it."""


@dataclass(slots=True)
class Talk:
    """The state of the conversation: nothing that a screen shows lies anywhere else."""

    memory: Memory
    place: Place
    new_intent: NewIntent
    monotonic_ms: Callable[[], float]
    devices: Devices = no_devices
    papers: Papers = NO_PAPERS
    plant: Plant = field(default_factory=Plant)
    people: Mapping[str, Person] = field(default_factory=dict)
    operator: Person | None = None
    chosen_language: str | None = None
    """By LANGUAGE; None: the operator's own."""
    machine: str | None = None
    """The terminal's: reports that are begun now are about it."""
    filling: Filling | None = None
    before: list[Slots] = field(default_factory=list)
    """Earlier states of the slots: ESC goes back through them."""
    kept: list[Slots] = field(default_factory=list)
    """Reports that were begun and put aside; each waits for its operator."""
    digits: str = ""
    """Scanned from the number card one by one; the next other input takes them as a number."""
    number: Decimal | None = None
    """Typed, and not yet told what it counts."""
    spelled: str = ""
    """The number that came right before this input, as it was typed; empty where none did."""
    scrap_next: bool = False
    """SCRAP was said alone: the next number is scrap; otherwise it is good unless a reason follows."""
    pages: list[Page] = field(default_factory=list)
    notice: Notice | None = None
    done: Done | None = None
    done_until_ms: float = 0.0
    last_input_ms: float = 0.0
    last: tuple[LastReport, ...] = ()
    standing: Standing = NOT_YET
    heard: Mapping[str, int | None] = field(default_factory=dict)
    """How far the other stations are known: Unix time in ms of each one's last fact."""
    crew_wanted: bool = False
    """CREW was said, and the slip that is being scanned is the one that it asked for."""
    doubtful: tuple[DoubtfulPaper, ...] = ()
    """Papers of which nobody knows whether they were printed, as the last second saw it."""
    doubts_rest_until_ms: float = 0.0
    """Until then nobody is asked about them again."""
    open_work: OpenWork = field(default_factory=OpenWork)
    """What goes on and what stands still, as the last second saw it."""
    leaving: bool = False
    silent: bool = False
    """The memory did not answer when it was asked last."""
    gathered: bool = False
    """What was begun when the program last stopped has been looked for."""
    records: int = 0
    """How often something was recorded."""
    owed: dict[str, Draft | None] = field(default_factory=dict)
    """Drafts by their intent that the disk has not taken yet; None for one that is to be dropped."""

    permission: Permission | None = None
    as_said: ReportContent | None = None
    """What the report that is being corrected says, as it counts; None where none is."""
    parted: Parted | None = None
    echo: Echo | None = None
    still_running: Mapping[str, int] = field(default_factory=dict)
    """When somebody said so of a run whose shift is over, in ms: asked again when another one is."""
    real: Real | None = None
    """What training stands in front of; None when there is no training."""

    def as_it_is(self) -> Self:
        """The conversation as it is now, to go back to."""
        return replace(
            self, before=[*self.before], kept=[*self.kept], pages=[*self.pages], owed={**self.owed}
        )

    def back_to(self, earlier: Self) -> None:
        """As it was; but when somebody last did something is of now, and drafts follow the screen."""
        last_input_ms, owed = self.last_input_ms, self.owed
        for each in fields(self):
            setattr(self, each.name, getattr(earlier, each.name))
        self.last_input_ms, self.owed = last_input_ms, owed
        for slots in [*self.kept, *([self.slots] if self.slots else [])]:
            self.owed[slots.intent] = _draft(slots) if slots.filled else None

    @property
    def training(self) -> bool:
        """Whether everything is only practised."""
        return self.real is not None

    @property
    def zone(self) -> ZoneInfo:
        """The plant's time zone."""
        return ZoneInfo(self.plant.time_zone)

    @property
    def language(self) -> str:
        """What the terminal speaks now."""
        wanted = self.chosen_language or (self.operator.language if self.operator else self.place.language)
        return wanted if wanted in self.place.languages else ENGLISH

    @property
    def slots(self) -> Slots | None:
        """The slots of the report being filled in."""
        return self.filling.slots if self.filling else None

    @property
    def unfinished(self) -> bool:
        """Whether anything was entered that would be lost."""
        return self.says_result or (self.filling is not None and self.filling.slots.filled)

    @property
    def says_result(self) -> bool:
        """Whether anything was entered that only a report can say; a number nobody explained counts."""
        if self.filling is None:
            return False
        return self.filling.slots.says_result or self.entered is not None

    @property
    def entered(self) -> Decimal | None:
        """The number that nobody explained yet, or that scanned digits make so far; under an open page they
        answer the page."""
        if self.digits and not self.pages and self.filling:
            scanned = read(self.digits, self.filling.unit)
            return scanned if isinstance(scanned, Decimal) else None
        return self.number

    @property
    def comes_first(self) -> Refusal:
        """What is asked for where something was said about a report, and none is on the screen."""
        return Refusal.SLIP_FIRST if self.operator else Refusal.SIGN_ON_FIRST

    def refuse(self, refusal: Refusal, detail: str = "") -> None:
        """Say No by name; nothing is lost."""
        self.notice = Notice(Tone.REFUSED, _(refusal.sentence), detail or _(refusal.hint))

    def at_step(self) -> Filling | None:
        """The report on the screen with its step, where somebody is signed on; says what is wanting."""
        if self.filling is None:
            self.refuse(Refusal.SLIP_FIRST)
        elif self.operator is None:
            self.refuse(Refusal.SIGN_ON_FIRST)
        elif self.filling.slots.step is None:
            self.refuse(Refusal.STEP_FIRST)
        else:
            return self.filling
        return None

    def show_done(self, done: Done) -> None:
        """Fill the screen with what was recorded, for a moment; longer where something may be said to it."""
        shown_ms = HINT_MS if done.hint else DONE_MS
        self.done, self.done_until_ms = done, self.monotonic_ms() + shown_ms

    def offer(self, page: ListPage) -> None:
        """Lay a list over the conversation."""
        self.pages.append(page)

    async def record(self, command: Command) -> Recorded | None:
        """Record, and take note of the fact; a refusal is shown and gives None."""
        answer = await self.memory.record(command)
        if isinstance(answer, Refusal):
            self.refuse(answer)
            return None
        self.records += 1
        self.owed.pop(command.intent, None)
        with suppress(MemorySilentError):  # the fact is on the disk; the next second shows the rest
            self.last = tuple(await self.memory.last_reports())
            self.standing = await self.memory.standing()
        return answer

    @property
    def at_machine(self) -> str | None:
        """What the screen is about: the machine of the report that is open, else the terminal's."""
        return self.slots.machine if self.slots else self.machine

    def choose_machine(self, machine: str | None) -> None:
        """Reports are about it from now on, the open one too; only a correction stays with its own."""
        self.machine = machine
        if self.filling and not self.filling.slots.corrects:
            self.filling = self.filling.with_slots(machine=machine)

    async def open_slip(
        self, slip: str, source: Source, copy_letter: str | None, step: int | None, machine: str | None = None
    ) -> None:
        """Begin to fill in a report on a slip, at the step that is meant here.

        `machine` is where the work was begun; None for the terminal's.
        """
        self.plant, self.people = await self.memory.plant(), await self.memory.people()
        machine = machine or self.machine
        picture = await self.memory.picture(Subjects(slip=slip, machine=machine))
        self.heard = await self.memory.heard()
        slots = Slots(
            intent=self.new_intent(),
            slip=slip,
            source=source,
            copy_letter=copy_letter or None,
            step=step,
            machine=machine,
            operator=self.operator.person if self.operator else None,
        )
        self.before = []
        self.filling = self._fill(slots, picture)
        if step is None:
            self.choose_step(step_here(self.filling))

    def choose_step(self, step: int | None) -> None:
        """The report is about `step`; an open run of this operator there is taken up."""
        if self.filling is None:
            return
        if self.filling.slots.step is not None:
            self.before.append(self.filling.slots)
        self.filling = self._fill(
            self.filling.slots.model_copy(update={"step": step, "counted": None}), self.filling.picture
        )

    def _fill(self, slots: Slots, picture: Picture) -> Filling:
        filling = Filling(slots, picture, self.place.work_centre, self.people)
        run = filling.own_run()
        slots = slots.model_copy(update={"run": run, "ends_run": slots.ends_run and run is not None})
        return replace(filling, slots=slots)

    def _of_now(self, slots: Slots) -> Slots:
        """Slots of whoever is signed on, at the machine of the open report: ESC takes back neither.

        In a correction the machine is one more thing that is mended: ESC takes it back.
        """
        operator = self.operator.person if self.operator else None
        marks: dict[str, object] = {"operator": operator}
        if not slots.corrects:
            marks["machine"] = self.at_machine
        if operator != slots.operator:
            marks |= {"run": None, "ends_run": False, "run_kind": None, "crew": None}
        return slots.model_copy(update=marks)

    async def fill(self, slots: Slots) -> None:
        """Take a filled slot, remember how to go back, and keep a draft of what would be lost."""
        if self.filling is None:
            return
        self.before.append(self.filling.slots)
        self.scrap_next = False
        self.filling = replace(self.filling, slots=slots)
        if slots.filled:
            await self.keep_draft(slots)

    async def keep_draft(self, slots: Slots) -> None:
        """What is on the screen survives a power cut."""
        self.owed[slots.intent] = _draft(slots)
        await self.write_drafts()

    async def drop_draft(self, intent: str) -> None:
        """What was taken back is not offered again."""
        self.owed[intent] = None
        await self.write_drafts()

    async def write_drafts(self) -> None:
        """Bring to the disk what it is owed; where it does not answer, nobody is held up."""
        try:
            for intent, draft in list(self.owed.items()):
                await (self.memory.save_draft(draft) if draft else self.memory.drop_draft(intent))
                del self.owed[intent]
        except MemorySilentError:
            self.silent = True

    async def look_again(self) -> None:
        """Read the slip's facts anew, for the operator and the machine of now."""
        if self.filling is None:
            return
        slots = self._of_now(self.filling.slots)
        picture = await self.memory.picture(Subjects(slip=slots.slip, machine=slots.machine))
        if slots.corrects:
            self.as_said = content_of(picture.order, slots.corrects)
            picture = replace(picture, order=without_report(picture.order, slots.corrects))
        self.filling = self._fill(slots, picture)

    def go_back(self) -> Slots | None:
        """The slots as they were before the last entry; None when nothing was entered."""
        if self.filling is None or not self.before:
            return None
        slots = self._of_now(self.before.pop())
        self.filling = self._fill(slots, self.filling.picture)
        return self.filling.slots

    def close_slip(self) -> None:
        """Nothing is chosen any more."""
        self.filling, self.number, self.scrap_next, self.before = None, None, False, []
        self.as_said = None

    def forget_person(self) -> None:
        """What was allowed or offered to somebody is nobody else's."""
        self.permission, self.parted, self.echo, self.chosen_language = None, None, None, None


def _draft(slots: Slots) -> Draft:
    return Draft(slots.intent, slots.model_dump_json(), recorded=False)

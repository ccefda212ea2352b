"""The station's memory as the terminal sees it: one object, answered from the writer's thread.

Never decides and never waits for the network: a report is answered from this station's disk alone.
"""

import asyncio
import os
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, TypeVar

from floor.codec import Fact
from floor.commands import Command
from floor.days import LastClose, OpenDay
from floor.decide import Picture
from floor.dispatch import WaitingHere, waiting_here
from floor.events import (
    MachineWentDown,
    Moment,
    RunPaused,
    RunStarted,
    Subjects,
)
from floor.identity import NewId
from floor.network import NetworkState
from floor.passport import Signed, Vouched
from floor.people import Person
from floor.plant import Plant
from floor.progress import OrderProgress
from floor.refusals import Refusal
from floor.runs import Run, fold_runs
from floor.station import (
    Draft,
    LastReport,
    OpenWork,
    Recorded,
    Standing,
)
from sync import health
from sync.errors import BusyError, NotReadableError, NotSavedError, StoppedError
from sync.incidents import Incident, Incidents
from sync.opening import OpenMemory, open_memory
from sync.paper import PaperMemory
from sync.pins import check_pin
from sync.road import Road
from sync.vouching import CHECKED_EVERY_S, Vouching
from sync.writer import Writer

if TYPE_CHECKING:
    from sync.pump import Pump

T = TypeVar("T")

ROAD_TRIED_EVERY_S: Final = 30.0
ROAD_BEGUN_AFTER_S: Final = 0.5
"""What was scanned while the terminal started goes first: loading the road's libraries takes some time."""
NO_ROAD: Final = "The road to the server cannot be begun. Ask your administrator to look at its address."
HEALTH_NOT_TOLD: Final = "This terminal's health cannot be written down."
LOOKED_BACK_EVERY_S: Final = 60.0
"""Only after the feed began anew is there something to look for again."""
NOT_LOOKED_BACK: Final = "What waits for an answer at this terminal cannot be found."
NOT_CHECKED: Final = "What slips said of themselves cannot be checked."
NOTES_MAX: Final = 16
UNKNOWN_BADGE_SEEN: Final = "A badge that nobody here has was scanned: incidents.jsonl says which and when."
OPEN_KINDS: Final = (MachineWentDown.kind, RunStarted.kind, RunPaused.kind)
"""What wait for somebody to say that they are over."""
INCIDENTS_NAME: Final = "incidents.jsonl"


class StationMemory(PaperMemory):
    """Ledger, directory and the road to the server, together; satisfies `kiosk.ports.Memory`."""

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], Moment],
        new_id: NewId,
        chance: Random,
        road: Road | None = None,
    ) -> None:
        """`folder` holds the ledger and what stands beside it; no `road` means a station without a server."""
        self._folder = folder
        self._clock = clock
        self._new_id = new_id
        self._chance = chance
        self._road = road
        self._incidents = Incidents(folder / INCIDENTS_NAME, lambda: clock().wall_ms)
        self._writer = Writer(
            lambda error: self._incidents.alarm(Incident.FAULT, f"After a report: {error!r}")
        )
        self._opened: OpenMemory | None = None
        self._pump: Pump | None = None
        self._making = asyncio.Lock()
        self.vouching = Vouching(folder, self._ask, self.record, new_id, chance, self._incidents)
        self._tasks: list[asyncio.Task[None]] = []
        self._notes: list[str] = []

    # Life

    async def start(self) -> None:
        """Open the ledger, then take to the road. Raises CannotOpenError or NotSavedError."""
        await self.open()
        self._begin_task(self._tell_health, health.WRITTEN_EVERY_S, Incident.HEALTH, HEALTH_NOT_TOLD)
        self._begin_task(self._look_back, LOOKED_BACK_EVERY_S, Incident.FAULT, NOT_LOOKED_BACK)
        self._begin_task(self.vouching.look_after, CHECKED_EVERY_S, Incident.FAULT, NOT_CHECKED)
        if self._road:
            self._begin_task(self._travel, ROAD_TRIED_EVERY_S, Incident.NO_ROAD, NO_ROAD)

    async def open(self) -> None:
        """Open the ledger only: whoever drives the pump by hand asks for it with `pump`."""
        self._writer.start()
        try:
            self._opened = await self._writer.operator(self._begin)
        except BaseException:
            await self._writer.stop(lambda: None)
            raise

    async def stop(self) -> None:
        """Leave the road, finish what was asked, close the ledger."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        if self._pump:
            await self._pump.close()
        if self._opened:
            await self._writer.stop(self._opened.ledger.disk.close)

    async def pump(self) -> "Pump":
        """The pump of this memory, made when first asked for. Raises StoppedError where no server is set."""
        if self._road is None:
            raise StoppedError("No server is set.")
        async with self._making:
            if self._pump is None:
                self._pump = await asyncio.to_thread(self._make_pump, self._road)
        return self._pump

    def _make_pump(self, road: Road) -> "Pump":
        """In a thread, after the ledger is open: no report waits for httpx and its certificates."""
        from sync.pump import Pump

        return Pump(road, self._writer, self._memory, self._clock, self._new_id, self._chance)

    def _begin(self) -> OpenMemory:
        return open_memory(self._folder, self._new_id, self._chance, self._incidents)

    @property
    def _memory(self) -> OpenMemory:
        if self._opened is None:
            raise StoppedError("The ledger is not open.")
        return self._opened

    def _begin_task(
        self, work: Callable[[], Awaitable[None]], every_s: float, incident: Incident, sentence: str
    ) -> None:
        self._tasks.append(asyncio.create_task(self._repeat(work, every_s, incident, sentence)))

    async def _repeat(
        self, work: Callable[[], Awaitable[None]], every_s: float, incident: Incident, sentence: str
    ) -> None:
        """Until cancelled. Whatever goes wrong is told, and tried again."""
        while True:
            try:
                await work()
            except Exception as error:
                self._incidents.alarm(incident, sentence, error=repr(error))
            else:
                self._incidents.clear(incident)
            await asyncio.sleep(every_s)

    async def _travel(self) -> None:
        await asyncio.sleep(ROAD_BEGUN_AFTER_S)
        pump = await self.pump()
        self._incidents.clear(Incident.NO_ROAD)
        await pump.run()

    async def _tell_health(self) -> None:
        """A file that grows old tells that something is wrong, too."""
        standing = await self.standing()
        head = self._memory.ledger.own.head
        notes = tuple(self._notes)
        await asyncio.to_thread(health.write, self._folder, os.getpid(), standing, head, notes, self._clock())

    def note(self, sentence: str) -> None:
        """Something that hinders no work, for whoever reads the health file; told once."""
        if sentence not in self._notes and len(self._notes) < NOTES_MAX:
            self._notes.append(sentence)

    async def _look_back(self) -> None:
        """Before anybody asks, but not before what was scanned while the terminal started."""
        await asyncio.sleep(ROAD_BEGUN_AFTER_S)
        for kind in OPEN_KINDS:
            await self._look_back_for(kind)

    async def _ask(self, work: Callable[[OpenMemory], T]) -> T:
        """Ask in the writer's thread, a second time on a new connection when the first one failed."""
        memory = self._memory

        def guarded() -> T:
            if not memory.ledger.disk.left:
                with suppress(sqlite3.Error):
                    return work(memory)
            if not memory.ledger.open_again():
                raise NotReadableError("The ledger cannot be opened again.")
            try:
                return work(memory)
            except sqlite3.Error as error:
                raise NotReadableError(f"The ledger cannot be read: {error}") from error

        return await self._writer.operator(guarded)

    async def prove(self, signed: Signed) -> Vouched:
        """Whether a key that is known here signed what a slip says."""
        return await self.vouching.prove(signed)

    # Recording

    def moment(self) -> Moment:
        """Now, by every clock of the station."""
        return self._clock()

    async def record(self, command: Command) -> Recorded | Refusal:
        """Decide, append, commit; answers when the fact is on the disk."""
        memory = self._memory
        now = self._clock()
        try:
            answer = await self._writer.operator(
                lambda: memory.ledger.record(command, now), lambda: self._tidy(command)
            )
        except BusyError as error:
            self._incidents.alarm(Incident.BUSY, str(error))
            return Refusal.NOT_SAVED
        self._incidents.clear(Incident.BUSY)
        if self._pump and isinstance(answer, Recorded):
            self._pump.nudge()
        return answer

    def _tidy(self, command: Command) -> None:
        """After the answer was given: the head file, the draft that became a fact, the next screen's fold.

        The fold waits until the screen has what it asks for now.
        """
        memory = self._memory
        self._writer.later(lambda: memory.ledger.picture(command.subjects()))
        memory.ledger.write_head()
        with suppress(sqlite3.Error):  # whoever asks next tries again, on a new connection
            if memory.ledger.holds(command.intent):
                self._keep_draft(lambda: memory.drafts.drop(command.intent))

    def _keep_draft(self, work: Callable[[], None]) -> None:
        """A draft is a kindness, not a promise: a disk that does not take it is told and no more."""
        try:
            work()
        except NotSavedError as error:
            self._incidents.alarm(Incident.DRAFT_LOST, str(error))
        else:
            self._incidents.clear(Incident.DRAFT_LOST)

    async def save_draft(self, draft: Draft) -> None:
        """Keep what was filled in so far; replaces the draft of the same intent."""
        await self._ask(lambda memory: self._keep_draft(lambda: memory.drafts.save(draft)))

    async def drop_draft(self, intent: str) -> None:
        """The operator took it back."""
        await self._ask(lambda memory: self._keep_draft(lambda: memory.drafts.drop(intent)))

    async def drafts(self) -> list[Draft]:
        """What was left when the program last stopped."""
        return await self._ask(lambda memory: memory.drafts.all())

    # What is known

    async def picture(self, subjects: Subjects) -> Picture:
        """The state around an order, a slip or a machine."""
        return await self._ask(lambda memory: memory.ledger.picture(subjects))

    async def plant(self) -> Plant:
        """The plant as central described it, as far as known."""
        return await self._ask(lambda memory: memory.ledger.known.plant())

    async def knows(self, event_id: str) -> bool:
        """Whether a fact is in the ledger, recorded here or received."""
        return await self._ask(lambda memory: memory.ledger.holds(event_id))

    async def head_at(self, fact: Fact) -> str:
        """The ledger's hash where one of this station's own facts stands, in hex; empty for others' facts."""
        return await self._ask(lambda memory: memory.ledger.hash_at(fact.stream, fact.seq) or "")

    async def last_reports(self) -> list[LastReport]:
        """This station's last five, newest first."""
        return await self._ask(lambda memory: memory.ledger.last_reports())

    async def own_reports(self, person: str) -> list[LastReport]:
        """What this person reported at this station lately, newest first."""
        return await self._ask(lambda memory: memory.ledger.own_reports(person))

    async def open_runs(self) -> list[Run]:
        """Runs started and not ended, with the pauses that go on, as far as known here, oldest first."""
        for kind in (RunStarted.kind, RunPaused.kind):
            await self._look_back_for(kind)
        return await self._ask(_open_runs)

    async def open_day(self) -> OpenDay:
        """What was recorded here since the day was closed last; in pieces, so that a report goes in."""
        while await self._ask(lambda memory: memory.ledger.count_on()):
            pass
        return await self._ask(lambda memory: memory.ledger.open_day())

    async def last_close(self) -> LastClose | None:
        """The day that was closed here last, and how often its sheet was asked for."""
        return await self._ask(lambda memory: memory.ledger.last_close())

    async def fact(self, event_id: str) -> Fact | None:
        """One event by its id; None where it is not known here."""
        return await self._ask(lambda memory: memory.ledger.reading.fact(event_id))

    async def open_work(self) -> OpenWork | None:
        """Runs and downtimes that are open, without waiting; None while the past is still looked through."""
        return await self._ask(_open_work)

    async def _look_back_for(self, kind: str) -> None:
        """Through years of facts in small pieces, so that a report goes in between."""
        while await self._ask(lambda memory: memory.ledger.known.look_back(kind)):
            pass

    async def open_orders(self) -> list[OrderProgress]:
        """Orders that are confirmed, by number."""
        return await self._of_open_orders(lambda order: order)

    async def heard(self) -> Mapping[str, int | None]:
        """Every other station, with the Unix time in ms of its last fact known here; None for none yet."""
        return await self._ask(lambda memory: memory.ledger.heard())

    async def waiting_here(self, work_centre: str | None) -> list[WaitingHere]:
        """What a work centre can take up, and what comes to it next; None means every work centre."""
        now = (await self.plant()).local_time(self._clock().clamped_ms)
        found = await self._of_open_orders(lambda order: waiting_here([order], work_centre, now))
        return list(chain.from_iterable(found))

    async def _of_open_orders(self, question: Callable[[OrderProgress], T]) -> list[T]:
        """One question for each, so that a report goes in between."""
        numbers = await self._ask(lambda memory: memory.ledger.known.open_orders())
        return [await self._of_order(number, question) for number in numbers]

    async def _of_order(self, order: str, question: Callable[[OrderProgress], T]) -> T:
        return await self._ask(lambda memory: question(memory.ledger.known.progress(order, None)))

    async def standing(self) -> Standing:
        """What the foot says now."""
        now, network = self._clock(), self._network()
        return await self._ask(lambda memory: memory.outbox.standing(now, network))

    def _network(self) -> NetworkState:
        if self._road is None:
            return NetworkState.ALONE
        return self._pump.network if self._pump else NetworkState.STARTING

    # People

    async def person_by_badge(self, badge: str) -> Person | None:
        """Whom the six letters of a badge name; a scan that names nobody is written down."""
        person = self._memory.directory.by_badge(badge)
        if person is None:
            await asyncio.to_thread(self._incidents.log, Incident.UNKNOWN_BADGE, badge=badge)
            self.note(UNKNOWN_BADGE_SEEN)
        return person

    async def people(self) -> Mapping[str, Person]:
        """Everyone of this area, by number."""
        return self._memory.directory.people

    async def check_pin(self, person: str, pin: str) -> Refusal | None:
        """None when the PIN is right; failures are counted on the disk before the check."""
        try:
            return await check_pin(self._ask, person, pin, self._clock())
        except NotSavedError as error:
            self._incidents.alarm(Incident.NOT_SAVED, str(error))
            return Refusal.NOT_SAVED


def _open_work(memory: OpenMemory) -> OpenWork | None:
    known = memory.ledger.known
    if not all(map(known.has_looked_back, OPEN_KINDS)):
        return None
    return OpenWork(tuple(_open_runs(memory)), tuple(known.unanswered(MachineWentDown.kind)))


def _open_runs(memory: OpenMemory) -> list[Run]:
    known = memory.ledger.known
    runs = fold_runs([*known.unanswered(RunStarted.kind), *known.unanswered(RunPaused.kind)])
    return sorted(runs, key=lambda run: (run.began_ms, run.run))

"""The memory of the training mode: the plant as it is known, and practice facts that end with this object.

Never holds the ledger: it was given the questions that one may ask it, one by one, and no way to record, to
keep a draft or to print. What is practised is decided and folded by the same rules as everything else.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pydantic import ValidationError

from floor.codec import Fact
from floor.commands import Command
from floor.days import OpenDay
from floor.decide import Picture, decide
from floor.dispatch import WaitingHere, waiting_here
from floor.events import (
    Event,
    MachineCameUp,
    MachineWentDown,
    Moment,
    ReportCorrected,
    Reported,
    Subjects,
)
from floor.passport import Signed, Vouched
from floor.people import Person
from floor.plant import Plant
from floor.progress import OrderProgress, fold_order
from floor.refusals import Refusal
from floor.runs import Run, fold_runs
from floor.station import Draft, LastReport, OpenWork, Recorded, Standing, SyncMark
from floor.tags import SLIP_BODY_CHARS, STREAM_PREFIX_CHARS, count_to_letters
from kiosk.ports import Memory, NewIntent

PRACTICE_STREAM: Final = "f" * 32
"""Sorts behind every real stream, as what is practised comes after what is known."""
SLIP_PREFIX: Final = "XVX"
"""Begins the numbers of slips that are issued in training: never printed, gone when it ends."""
LAST_REPORTS: Final = 5
PRACTICE_HEAD: Final = ""


@dataclass(frozen=True, slots=True)
class Questions:
    """What may be asked of the real memory: bound one by one, so that nothing else can be reached."""

    moment: Callable[[], Moment]
    picture: Callable[[Subjects], Awaitable[Picture]]
    plant: Callable[[], Awaitable[Plant]]
    person_by_badge: Callable[[str], Awaitable[Person | None]]
    people: Callable[[], Awaitable[Mapping[str, Person]]]
    open_runs: Callable[[], Awaitable[list[Run]]]
    open_work: Callable[[], Awaitable[OpenWork | None]]
    open_orders: Callable[[], Awaitable[list[OrderProgress]]]
    standing: Callable[[], Awaitable[Standing]]
    heard: Callable[[], Awaitable[Mapping[str, int | None]]]
    prove: Callable[[Signed], Awaitable[Vouched]]


def questions_of(memory: Memory) -> Questions:
    """The questions of a memory, without its answers to commands."""
    return Questions(
        memory.moment,
        memory.picture,
        memory.plant,
        memory.person_by_badge,
        memory.people,
        memory.open_runs,
        memory.open_work,
        memory.open_orders,
        memory.standing,
        memory.heard,
        memory.prove,
    )


class PracticeMemory:
    """Satisfies `kiosk.ports.Memory` from RAM."""

    def __init__(self, known: Questions, new_id: NewIntent) -> None:
        """`known` answers what the plant knows; `new_id` makes ids that no ledger will ever see."""
        self._known = known
        self._new_id = new_id
        self._facts: list[Fact] = []
        self._slips = 0

    def moment(self) -> Moment:
        """Now, by every clock."""
        return self._known.moment()

    # Deciding, in RAM

    async def record(self, command: Command) -> Recorded | Refusal:
        """Decide as the ledger would, and keep the facts until the training ends."""
        repeated = tuple(fact for fact in self._facts if fact.event_id == command.intent)
        if repeated:
            return Recorded(repeated, PRACTICE_HEAD, repeated=True)
        picture = replace(await self.picture(command.subjects()), next_slip=self._next_slip)
        try:
            decided = decide(picture, command, self.moment(), self._new_id)
        except ValidationError:
            return Refusal.BEYOND_ONE_RECORD
        if isinstance(decided, Refusal):
            return decided
        return Recorded(tuple(self._keep(event_id, event) for event_id, event in decided), PRACTICE_HEAD)

    def _keep(self, event_id: str, event: Event) -> Fact:
        fact = Fact(PRACTICE_STREAM, len(self._facts) + 1, event_id, event)
        self._facts.append(fact)
        return fact

    def _next_slip(self) -> str:
        self._slips += 1
        return SLIP_PREFIX + count_to_letters(self._slips, SLIP_BODY_CHARS - STREAM_PREFIX_CHARS)

    # Looking: what is known, and what was practised on top of it

    async def picture(self, subjects: Subjects) -> Picture:
        """The state around an order, a slip or a machine."""
        asked = self._order_of(subjects)
        known = await self._known.picture(asked)
        order = self._with_practice(known.order, asked)
        return replace(known, order=order, downtimes=self._downtimes(known.downtimes, subjects.machine))

    def _order_of(self, subjects: Subjects) -> Subjects:
        """A slip that was issued in training is known to nobody else: its order is asked for."""
        if subjects.order or not subjects.slip:
            return subjects
        found = [fact.event.subjects() for fact in self._facts]
        order = next((said.order for said in found if said.slip == subjects.slip and said.order), None)
        return subjects._replace(order=order)

    def _with_practice(self, known: OrderProgress, subjects: Subjects) -> OrderProgress:
        number = known.number or subjects.order
        slips = {subjects.slip, *known.slips} - {None}
        said = [(fact, fact.event.subjects()) for fact in self._facts]
        mine = [fact for fact, (order, slip, *_) in said if (order and order == number) or slip in slips]
        return fold_order([*known.facts, *mine], number) if mine else known

    def _downtimes(self, known: tuple[Fact, ...], machine: str | None) -> tuple[Fact, ...]:
        ended = {fact.event.downtime for fact in self._facts if isinstance(fact.event, MachineCameUp)}
        down = [
            fact
            for fact in self._facts
            if isinstance(fact.event, MachineWentDown) and fact.event.machine == machine
        ]
        return tuple(fact for fact in (*known, *down) if fact.event_id not in ended)

    async def plant(self) -> Plant:
        """The plant as it is known."""
        return await self._known.plant()

    async def person_by_badge(self, badge: str) -> Person | None:
        """Whom the six letters of a badge name."""
        return await self._known.person_by_badge(badge)

    async def people(self) -> Mapping[str, Person]:
        """Everyone of this area, by number."""
        return await self._known.people()

    async def open_runs(self) -> list[Run]:
        """Runs that are open, as far as practice has not ended them."""
        return self._still_open(await self._known.open_runs())

    def _still_open(self, known: Iterable[Run]) -> list[Run]:
        facts = [fact for run in known for fact in (run.fact, *(pause.fact for pause in run.pauses))]
        return [run for run in fold_runs([*facts, *self._facts]) if run.open]

    async def open_work(self) -> OpenWork | None:
        """What is open, with what was practised on top of it."""
        known = await self._known.open_work()
        if known is None:
            return None
        ended = {fact.event.downtime for fact in self._facts if isinstance(fact.event, MachineCameUp)}
        down = [fact for fact in self._facts if isinstance(fact.event, MachineWentDown)]
        downtimes = [fact for fact in (*known.downtimes, *down) if fact.event_id not in ended]
        return OpenWork(tuple(self._still_open(known.runs)), tuple(downtimes))

    async def open_orders(self) -> list[OrderProgress]:
        """Orders that are confirmed, with what was practised on them."""
        orders = await self._known.open_orders()
        return [self._with_practice(order, Subjects(order=order.number)) for order in orders]

    async def heard(self) -> Mapping[str, int | None]:
        """How far the other stations are known."""
        return await self._known.heard()

    async def prove(self, signed: Signed) -> Vouched:
        """A forged slip is no good for practice either."""
        return await self._known.prove(signed)

    async def waiting_here(self, work_centre: str | None) -> list[WaitingHere]:
        """What would wait here if what was practised were true."""
        now = (await self.plant()).local_time(self.moment().clamped_ms)
        return waiting_here(await self.open_orders(), work_centre, now)

    async def last_reports(self) -> list[LastReport]:
        """What was practised last, newest first."""
        return self._reports()[:LAST_REPORTS]

    async def own_reports(self, person: str) -> list[LastReport]:
        """What this person practised, newest first."""
        reports = [(last, last.fact.event) for last in self._reports()]
        return [
            last for last, said in reports if isinstance(said, Reported) and person in said.content.operators
        ]

    def _reports(self) -> list[LastReport]:
        corrected = [fact.event for fact in self._facts if isinstance(fact.event, ReportCorrected)]
        newest = {correction.report: correction.content for correction in corrected}
        reports = [fact for fact in self._facts[::-1] if isinstance(fact.event, Reported)]
        return [
            LastReport(
                fact, newest.get(fact.event_id, ...) is None, SyncMark.PRACTICE, newest.get(fact.event_id)
            )
            for fact in reports
        ]

    async def standing(self) -> Standing:
        """What is safe goes on beside the training."""
        return await self._known.standing()

    # What training has not

    async def open_day(self) -> OpenDay:
        """A day is closed at a desk, and that is not open."""
        return OpenDay()

    async def check_pin(self, person: str, pin: str) -> Refusal | None:
        """A supervisor's desk is real, or it is not open: a PIN is never asked in play."""
        del person, pin
        return Refusal.NOT_IN_TRAINING

    async def save_draft(self, draft: Draft) -> None:
        """What is practised need not survive a power cut."""

    async def drop_draft(self, intent: str) -> None:
        """There is none."""

    async def drafts(self) -> list[Draft]:
        """There are none."""
        return []

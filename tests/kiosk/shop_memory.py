"""A station's memory for conversations: the small shop of the floor tests, with people and reasons.

Never fakes a rule: commands are decided and folded by floor. The real ledger is tested in tests/sync.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from floor.commands import Command
from floor.days import DayCount, OpenDay
from floor.decide import Picture, decide
from floor.dispatch import WaitingHere, waiting_here
from floor.events import (
    DayClosed,
    LedgerRange,
    MachineCameUp,
    MachineDefined,
    MachineWentDown,
    Moment,
    ReasonDefined,
    ReasonUse,
    ReportCorrected,
    Reported,
    Subjects,
)
from floor.network import NetworkState
from floor.passport import Signed, Vouched, prove
from floor.passport_code import signed_bytes
from floor.people import Person, Role
from floor.plant import Plant
from floor.progress import OrderProgress, fold_order
from floor.refusals import Refusal
from floor.runs import Run, fold_runs
from floor.station import (
    Draft,
    LastReport,
    OpenWork,
    Recorded,
    Standing,
    SyncMark,
)
from floor.tags import TagKind, encode
from kiosk.dialogue.conversation import Conversation, Place
from kiosk.dialogue.view import View
from kiosk.drawings import Draw
from kiosk.previews import Preview, Shows
from kiosk.scanner import Scanner
from sync.stationkey import is_genuine
from tests.floor.shop import HERE, MOMENT, Shop

JOHN = Person(person="4711", name="John Miller", badge="BCDFGH")
BOB = Person(person="4712", name="Bob [b]Stone[/b]", badge="BCDFGJ")
EVE = Person(person="9001", name="Eve", badge="BCDFGK", role=Role.SUPERVISOR)
PIN = "2468"
SPLIT = "JJJJJJ"
JAMMED = "KKKKKK"
SAW = "DDDDDD"

BADGE = encode(TagKind.PERSON, JOHN.badge)
REASON = encode(TagKind.REASON, SPLIT)
MACHINE = encode(TagKind.MACHINE, SAW)


@dataclass
class ShopMemory:
    """Satisfies `kiosk.ports.Memory`."""

    shop: Shop
    saved: dict[str, Draft] = field(default_factory=dict)
    cursor: str | None = None
    now: Moment = MOMENT
    stations_heard: dict[str, int | None] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    """Public keys of stations, in hex."""

    def moment(self) -> Moment:
        return self.now

    async def record(self, command: Command) -> Recorded | Refusal:
        known = [fact for fact in self.shop.facts if fact.event_id == command.intent]
        if known:
            return Recorded(tuple(known), "00", repeated=True)
        day = await self.open_day()
        picture = replace(self.shop.picture(), open_day=lambda: day)
        answer = decide(picture, command, self.now, self.shop.new_id)
        if isinstance(answer, Refusal):
            return answer
        self.saved.pop(command.intent, None)
        return Recorded(tuple(self.shop.append(HERE, event, event_id) for event_id, event in answer), "00")

    async def picture(self, subjects: Subjects) -> Picture:
        unknown = subjects.slip and subjects.slip not in self.shop.order.slips
        facts = [] if unknown else self.shop.facts
        ended = {fact.event.downtime for fact in self.shop.facts if isinstance(fact.event, MachineCameUp)}
        down = tuple(
            fact
            for fact in self.shop.facts
            if isinstance(fact.event, MachineWentDown)
            and fact.event.machine == subjects.machine
            and fact.event_id not in ended
        )
        return Picture(self.shop.plant, fold_order(facts), down, self.cursor)

    async def plant(self) -> Plant:
        return self.shop.plant

    async def person_by_badge(self, badge: str) -> Person | None:
        return next((person for person in (JOHN, BOB, EVE) if person.badge == badge), None)

    async def people(self) -> Mapping[str, Person]:
        return {person.person: person for person in (JOHN, BOB, EVE)}

    async def prove(self, signed: Signed) -> Vouched:
        return prove(signed, signed_bytes(signed.passport), self.keys, is_genuine)

    async def check_pin(self, person: str, pin: str) -> Refusal | None:
        return None if (person, pin) == (EVE.person, PIN) else Refusal.PIN_WRONG

    async def own_reports(self, person: str) -> list[LastReport]:
        reports = self._reports()
        return [last for last in reports if person in last.fact.event.content.operators]

    async def last_reports(self) -> list[LastReport]:
        return self._reports()[:5]

    def _reports(self) -> list[LastReport]:
        said = [fact.event for fact in self.shop.facts if isinstance(fact.event, ReportCorrected)]
        newest = {correction.report: correction.content for correction in said}
        reports = [
            fact for fact in self.shop.facts if isinstance(fact.event, Reported) and fact.stream == HERE
        ]
        return [
            LastReport(fact, newest.get(fact.event_id, ...) is None, SyncMark.HERE, newest.get(fact.event_id))
            for fact in reports[::-1]
        ]

    async def open_runs(self) -> list[Run]:
        return [run for run in fold_runs(self.shop.facts) if run.open]

    async def open_work(self) -> OpenWork | None:
        ended = {fact.event.downtime for fact in self.shop.facts if isinstance(fact.event, MachineCameUp)}
        down = [fact for fact in self.shop.facts if isinstance(fact.event, MachineWentDown)]
        downtimes = tuple(fact for fact in down if fact.event_id not in ended)
        return OpenWork(tuple(await self.open_runs()), downtimes)

    async def heard(self) -> Mapping[str, int | None]:
        return self.stations_heard

    async def waiting_here(self, work_centre: str | None) -> list[WaitingHere]:
        now = datetime.fromtimestamp(MOMENT.clamped_ms / 1000, UTC)
        return waiting_here([self.shop.order], work_centre, now)

    async def open_orders(self) -> list[OrderProgress]:
        return [self.shop.order]

    async def open_day(self) -> OpenDay:
        own = [fact for fact in self.shop.facts if fact.stream == HERE]
        closed = max((fact.seq for fact in own if isinstance(fact.event, DayClosed)), default=1) - 1
        fresh, count = [fact for fact in own if fact.seq > closed], DayCount()
        for fact in fresh:
            count.learn(fact)
        covered = {"stream": HERE, "first_seq": closed + 1, "head": "ab" * 32, "safe_through": 0}
        ranges = (LedgerRange(**covered, last_seq=own[-1].seq),) if fresh else ()
        return OpenDay(ranges, count.reports, count.corrected, count.flagged, count.totals())

    async def save_draft(self, draft: Draft) -> None:
        self.saved[draft.intent] = draft

    async def drop_draft(self, intent: str) -> None:
        self.saved.pop(intent, None)

    async def drafts(self) -> list[Draft]:
        return list(self.saved.values())

    async def standing(self) -> Standing:
        return Standing(len(self.shop.facts), 0, None, NetworkState.ALONE)


def with_reasons(shop: Shop) -> Shop:
    """The shop with a machine, a scrap reason and a reason for downtime."""
    for reason, code, use in (("split", SPLIT, ReasonUse.SCRAP), ("jammed", JAMMED, ReasonUse.DOWN)):
        shop.plant.learn(
            ReasonDefined(at=MOMENT, reason=reason, name=f"{reason} wood", uses=(use,), code=code)
        )
    shop.plant.learn(MachineDefined(at=MOMENT, machine="saw-1", name="Saw 1", work_centre="WC10", code=SAW))
    return shop


class Terminal:
    """A person at a terminal: scans and keys in, the view out."""

    def __init__(
        self,
        shop: Shop,
        work_centre: str | None = "WC10",
        printers: tuple[str, ...] = ("folder",),
        draw: Draw | None = None,
        tag_printer: str | None = None,
        preview: Preview | None = None,
    ) -> None:
        self.shop = shop
        self.memory = ShopMemory(shop)
        self.scanner = Scanner()
        self.now_ms = 0.0
        self.actions = 0
        self._draw = draw
        self._preview = preview
        self._place = Place("Cutting Line 1", work_centre, printers=printers, tag_printer=tag_printer)
        self.conversation = self.new_conversation(self.memory)

    def new_conversation(self, memory: ShopMemory) -> Conversation:
        """The program started anew on this memory."""
        return Conversation(
            memory,
            self._place,
            self.shop.new_id,
            lambda: self.now_ms,
            shows=Shows(self._draw, self._preview),
        )

    async def scan(self, code: str) -> None:
        """One scan: a burst of keys with Enter."""
        self.actions += 1
        self.now_ms += 500
        await self._keys([*code, "enter"], 0)

    async def keys(self, *keys: str) -> None:
        """Keys pressed by hand; each is one action."""
        self.actions += len(keys)
        await self._keys(list(keys), 150)

    async def _keys(self, keys: list[str], gap_ms: float) -> None:
        for key in keys:
            self.now_ms += gap_ms
            for taken in self.scanner.press(key, self.now_ms):
                await self.conversation.take(taken)

    @property
    def view(self) -> View:
        """What the screen shows now."""
        return self.conversation.view(self.scanner.pending)

    @property
    def reports(self) -> list[Reported]:
        """What was reported so far."""
        return [fact.event for fact in self.shop.facts if isinstance(fact.event, Reported)]

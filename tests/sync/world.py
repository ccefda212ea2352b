"""Stations to test with: a clock that ticks, ids in a row, a plant that came by the feed, commands.

Never fakes the ledger, the codec or a rule: what a test sees was decided, sealed and stored by the program.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

from floor.codec import encode
from floor.commands import IssueSlips, ReportWork, SplitSlip, StartRun
from floor.events import (
    Demand,
    Event,
    ItemDefined,
    MachineDefined,
    Moment,
    OrderConfirmed,
    OrderDrafted,
    ReportContent,
    RouteDefined,
    RunKind,
    SlipIssued,
    WorkCentreDefined,
)
from floor.items import Item
from floor.quantities import PIECES
from floor.refusals import Refusal
from floor.routing import Route, Step
from floor.station import Recorded
from floor.wire import FeedAnswer, FeedItem
from sync.disk import Disk
from sync.memory import StationMemory
from sync.opening import LEDGER_NAME, OpenMemory
from sync.road import Road

T = TypeVar("T")

START_MS: Final = 1_776_000_000_000
CENTRAL: Final = "c0" * 16
THERE: Final = "b2" * 16
"""The stream of another station."""
ORDER: Final = "1001"
ITEM: Final = "CHAIR"
ANNA: Final = "7"
MACHINE: Final = "SAW-1"
ROUTE: Final = Route(
    item=ITEM,
    version=1,
    steps=(
        Step(number=10, name="cut", work_centre="SAW"),
        Step(number=20, name="sand", work_centre="SAND"),
    ),
)


@dataclass
class Clock:
    """Every reading is a little later than the one before; a test may turn it."""

    wall_ms: int = START_MS
    monotonic_ms: int = 1_000
    boot_id: str = "boot-1"

    def __call__(self) -> Moment:
        self.pass_ms(7)
        return self.reading()

    def reading(self) -> Moment:
        return Moment(
            wall_ms=self.wall_ms,
            clamped_ms=self.wall_ms,
            boot_id=self.boot_id,
            monotonic_ms=self.monotonic_ms,
        )

    def pass_ms(self, passed_ms: int) -> None:
        self.wall_ms += passed_ms
        self.monotonic_ms += passed_ms


class Ids:
    """Event ids in a row; `family` keeps two stations' apart."""

    def __init__(self, family: int = 1) -> None:
        self._next = family << 64

    def __call__(self) -> str:
        self._next += 1
        return f"{self._next:032x}"


@dataclass
class Feed:
    """The feed of a plant, as pages for `Received.take`."""

    epoch: str = "epoch-1"
    items: list[FeedItem] = field(default_factory=list)
    ids: Ids = field(default_factory=lambda: Ids(900))
    heads: dict[str, int] = field(default_factory=dict)

    def add(
        self, event: Event, stream: str = CENTRAL, station: str | None = None, event_id: str = ""
    ) -> FeedItem:
        envelope = encode(event_id or self.ids(), event)
        self.heads[stream] = seq = self.heads.get(stream, 0) + 1
        item = FeedItem(
            position=len(self.items) + 1,
            stream=stream,
            seq=seq,
            event_id=envelope.event_id,
            kind=envelope.kind,
            v=envelope.version,
            digest=envelope.digest,
            body=envelope.body.decode(),
            station=station,
        )
        self.items.append(item)
        return item

    def page(self, after: int = 0, has_more: bool = False) -> FeedAnswer:
        items = self.items[after:]
        return FeedAnswer(epoch=self.epoch, items=items, cursor=f"{len(self.items)}.x", has_more=has_more)

    def describe(self, quantity: int = 100) -> None:
        """A plant with one order that is confirmed."""
        at = Clock().reading()
        demand = Demand(item=ITEM, quantity=Decimal(quantity))
        self.add(WorkCentreDefined(at=at, work_centre="SAW", name="Saw"))
        self.add(WorkCentreDefined(at=at, work_centre="SAND", name="Sanding"))
        self.add(MachineDefined(at=at, machine=MACHINE, name="Saw 1", work_centre="SAW", code="BBBBBB"))
        self.add(ItemDefined(at=at, item=Item(item=ITEM, name="Chair", unit=PIECES)))
        self.add(RouteDefined(at=at, route=ROUTE))
        self.confirm(ORDER, demand)

    def confirm(self, order: str, demand: Demand) -> None:
        at = Clock().reading()
        self.add(OrderDrafted(at=at, order=order, demand=demand))
        self.add(
            OrderConfirmed(
                at=at,
                order=order,
                demand=demand,
                item_name="Chair",
                unit=PIECES,
                boms=(),
                route=ROUTE,
                requirements=(),
            )
        )


@dataclass
class Station:
    """A memory with its clock and its hands."""

    memory: StationMemory
    clock: Clock
    ids: Ids

    @property
    def open(self) -> OpenMemory:
        return self.memory._memory

    async def inside(self, work: Callable[[OpenMemory], T]) -> T:
        """Something done in the writer's thread, where the open memory lives."""
        return await self.memory._writer.operator(lambda: work(self.open))

    async def take(self, feed: Feed, after: int = 0, has_more: bool = False) -> None:
        page = feed.page(after, has_more)
        await self.inside(lambda memory: memory.received.take(page, memory.received.mark()))

    def report(self, slip: str = "BBBBBBBB", good: int = 1, step: int = 10, **more: object) -> ReportWork:
        said: dict[str, Any] = {
            "content": content(good, step),
            "intent": self.ids(),
            "by": ANNA,
            "slip": slip,
        }
        return ReportWork(**(said | more))

    def issue(self, quantity: int = 10, lot: int | None = None, order: str = ORDER) -> IssueSlips:
        return IssueSlips(
            intent=self.ids(),
            by=ANNA,
            order=order,
            quantity=Decimal(quantity),
            lot=None if lot is None else Decimal(lot),
            printer="folder",
        )

    def split(self, slip: str, quantity: int, printer: str | None = None) -> SplitSlip:
        """A command to let a part of a slip go on alone at step 10."""
        return SplitSlip(
            intent=self.ids(), by=ANNA, slip=slip, step=10, quantity=Decimal(quantity), printer=printer
        )

    def start_run(self, slip: str, step: int = 10) -> StartRun:
        return StartRun(
            intent=self.ids(),
            by=ANNA,
            slip=slip,
            step=step,
            machine=MACHINE,
            operators=(ANNA,),
            run_kind=RunKind.PRODUCTION,
        )


def content(good: int = 1, step: int = 10, final: bool = False) -> ReportContent:
    return ReportContent(
        step=step, machine=None, operators=(ANNA,), final=final, unit="pcs", good=Decimal(good)
    )


def issued(slip: str, quantity: int = 10, order: str = ORDER) -> SlipIssued:
    return SlipIssued(at=Clock().reading(), by=ANNA, slip=slip, order=order, quantity=Decimal(quantity))


@cache
def empty_ledger() -> bytes:
    """Migrated once: alembic takes 0.2 s."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / LEDGER_NAME
        Disk(path).close()
        return path.read_bytes()


def _begin(folder: Path) -> None:
    if not (folder / LEDGER_NAME).exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / LEDGER_NAME).write_bytes(empty_ledger())


@asynccontextmanager
async def station(
    folder: Path, family: int = 1, road: Road | None = None, seed: int = 1
) -> AsyncIterator[Station]:
    """A station whose ledger is open; nothing runs by itself."""
    clock, ids = Clock(), Ids(family)
    _begin(folder)
    memory = StationMemory(folder, clock, ids, Random(seed), road)
    await memory.open()
    try:
        yield Station(memory, clock, ids)
    finally:
        await memory.stop()


def told(answer: Recorded | Refusal) -> Recorded:
    """A refusal here is a mistake of the test."""
    assert isinstance(answer, Recorded), answer
    return answer


async def described(here: Station, quantity: int = 100) -> Feed:
    """The feed that told this station the plant and one confirmed order."""
    feed = Feed()
    feed.describe(quantity)
    await here.take(feed)
    return feed


async def issue_slips(here: Station, quantity: int = 10, lot: int | None = None) -> list[str]:
    """Numbers of slips issued here."""
    facts = told(await here.memory.record(here.issue(quantity, lot))).facts
    return [fact.event.subjects().slip or "" for fact in facts]

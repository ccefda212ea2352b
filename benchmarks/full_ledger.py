"""The ledger of a station that has worked for years: filled in bulk, through the real codec and chain.

Never by another form: what is written here opens as what was recorded and received, and verifies.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random, SystemRandom
from typing import Final

import uuid_utils

from floor import chain
from floor.codec import Envelope, encode
from floor.events import (
    BomDefined,
    Demand,
    Event,
    ItemDefined,
    MachineCameUp,
    MachineDefined,
    MachineWentDown,
    Moment,
    OrderClosed,
    OrderCompleted,
    OrderConfirmed,
    OrderDrafted,
    PaperPrinted,
    PlantDescribed,
    ReasonDefined,
    ReasonUse,
    ReportContent,
    ReportCorrected,
    Reported,
    RouteDefined,
    RunKind,
    RunStarted,
    Scrap,
    SlipIssued,
    StationDefined,
    WorkCentreDefined,
)
from floor.items import Bom, BomLine, Item
from floor.people import Person
from floor.quantities import PIECES
from floor.routing import Route, Step
from floor.source import Source
from floor.tags import TagKind, count_to_letters
from floor.tags import encode as tag
from sync import received
from sync.incidents import Incidents
from sync.ledger import INSERT_ENTRY, INSERT_EVENT
from sync.opening import OpenMemory, open_memory

STEPS: Final = (10, 20, 30, 40, 50)
SLIPS: Final = 10
"""Of each order."""
LOT: Final = 80
OPEN_ORDERS: Final = 30
"""As many wait at once, however long the history is."""
CENTRAL: Final = "c0" * 16
OTHERS: Final = tuple(f"{number:02x}" * 16 for number in range(1, 9))
OPERATORS: Final = ("4711", "4712", "4713")
BADGE: Final = "BCDFGH"
"""Of the first operator."""
REASON_CODE: Final = "JJJJJJ"
ITEM: Final = "CHAIR"
ROWS_AT_ONCE: Final = 20_000
ROUTE: Final = Route(
    item=ITEM,
    version=1,
    steps=tuple(Step(number=n, name=f"Step {n}", work_centre=f"WC{n}") for n in STEPS),
)
BOM: Final = Bom(item=ITEM, version=1, lines=(BomLine(item="BOARD", quantity=Decimal(4), step=10),))
CORRECTED_EVERY: Final = 40
"""One report of so many was corrected."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written."""

    own: int
    received: int
    open_slips: tuple[str, ...]
    """Slips with pieces at the first step."""
    seconds: float


@dataclass(slots=True)
class _Writing:
    """Rows on their way into an open ledger, and where each stream ends."""

    memory: OpenMemory
    own: list[Envelope] = field(default_factory=list)
    rows: list[tuple[str | int | bytes | None, ...]] = field(default_factory=list)
    seqs: dict[str, int] = field(default_factory=dict)
    own_seq: int = 0
    own_hash: str = ""
    position: int = 0

    def here(self, event: Event, event_id: str = "") -> str:
        """A fact of this station."""
        envelope = encode(event_id or uuid_utils.uuid7().hex, event)
        self.own.append(envelope)
        if len(self.own) >= ROWS_AT_ONCE:
            self.flush()
        return envelope.event_id

    def there(self, stream: str, station: str | None, event: Event, event_id: str = "") -> None:
        """A fact that the feed brought."""
        found = encode(event_id or uuid_utils.uuid7().hex, event)
        self.position += 1
        self.seqs[stream] = seq = self.seqs.get(stream, 0) + 1
        place = (1, stream, seq, self.position, station, found.event_id, found.digest, found.kind)
        self.rows.append((*place, found.version, found.body, 1, *found.subjects))
        if len(self.rows) >= ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Put what was gathered into the tables."""
        ledger = self.memory.ledger
        stream = ledger.own.stream
        contents = [(envelope.event_id, envelope.digest) for envelope in self.own]
        sealed = chain.seal(stream, self.own_seq, self.own_hash or ledger.own.head, contents)
        with ledger.disk.transaction() as connection:
            connection.executemany(INSERT_EVENT, map(_event_row, self.own))
            connection.executemany(
                INSERT_ENTRY, [(stream, at.seq, at.event_id, at.digest, at.hash) for at in sealed]
            )
            connection.executemany(received.INSERT, self.rows)
        if sealed:
            self.own_seq, self.own_hash = sealed[-1].seq, sealed[-1].hash
        self.own.clear()
        self.rows.clear()


def fill(folder: Path, history: int, open_orders: int = OPEN_ORDERS) -> Filled:
    """A ledger with some `history` facts about orders that are over; its open orders are always the same."""
    begun = time.perf_counter()
    clock = _moments()
    incidents = Incidents(folder / "filling.jsonl", lambda: 0)
    memory = open_memory(folder, lambda: uuid_utils.uuid7().hex, Random(1), incidents)
    writing = _Writing(memory)
    _describe(writing, next(clock))
    number = 0
    while len(writing.own) + writing.own_seq + writing.position < history:
        _past_order(writing, number, clock)
        number += 1
    for open_number in range(open_orders):
        _open_order(writing, open_number, clock)
    writing.flush()
    memory.directory.replace("1", _people())
    own, came = writing.own_seq, writing.position
    memory.ledger.disk.close()
    return Filled(own, came, tuple(open_slips(open_orders)), time.perf_counter() - begun)


def fill_with_reports(folder: Path, reports: int) -> None:
    """A ledger of nothing but this station's own reports, none of them sent: weeks without a network."""
    incidents = Incidents(folder / "filling.jsonl", lambda: 0)
    memory = open_memory(folder, lambda: uuid_utils.uuid7().hex, SystemRandom(), incidents)
    writing, clock = _Writing(memory), _moments()
    for number in range(reports):
        content = ReportContent(
            step=STEPS[number % len(STEPS)],
            machine="SAW-1",
            operators=("4711",),
            unit=PIECES.name,
            good=Decimal(1),
        )
        slip = "XXX" + count_to_letters(number // len(STEPS), 5)
        writing.here(
            Reported(at=next(clock), by="4711", slip=slip, order=None, content=content, source=Source.SCAN)
        )
    writing.flush()
    memory.ledger.disk.close()


def _event_row(found: Envelope) -> tuple[str | int | bytes | None, ...]:
    return (found.event_id, found.digest, found.kind, found.version, found.body, *found.subjects)


def _moments() -> Iterator[Moment]:
    """Half a minute passes between two of them."""
    wall_ms = 1_700_000_000_000
    while True:
        wall_ms += 30_000
        yield Moment(wall_ms=wall_ms, clamped_ms=wall_ms, boot_id="before", monotonic_ms=wall_ms)


def _people() -> list[Person]:
    badges = (BADGE, "BCDFGJ", "BCDFGK")
    return [
        Person(person=number, name=f"Operator {number}", badge=badge)
        for number, badge in zip(OPERATORS, badges, strict=True)
    ]


def _describe(writing: _Writing, at: Moment) -> None:
    """The plant, as central says it."""
    events: list[Event] = [
        PlantDescribed(at=at, name="Plant", time_zone="UTC"),
        ItemDefined(at=at, item=Item(item=ITEM, name="Chair", unit=PIECES)),
        ItemDefined(at=at, item=Item(item="BOARD", name="Board", unit=PIECES)),
        BomDefined(at=at, bom=BOM),
        RouteDefined(at=at, route=ROUTE),
        ReasonDefined(at=at, reason="S01", name="crack", uses=(ReasonUse.SCRAP,), code=REASON_CODE),
        StationDefined(at=at, station="cutting-1", name="Cutting Line 1", work_centre="WC10"),
    ]
    for index, number in enumerate(STEPS):
        centre, code = f"WC{number}", "DDDDD" + "BCDFG"[index]
        events.append(WorkCentreDefined(at=at, work_centre=centre, name=f"Work centre {number}"))
        events.append(
            MachineDefined(
                at=at, machine=f"M{number}", name=f"Machine {number}", work_centre=centre, code=code
            )
        )
    for event in events:
        writing.there(CENTRAL, None, event)


def _confirmed(writing: _Writing, order: str, at: Moment) -> None:
    demand = Demand(item=ITEM, quantity=Decimal(SLIPS * LOT))
    writing.there(CENTRAL, None, OrderDrafted(at=at, order=order, demand=demand))
    confirmed = OrderConfirmed(
        at=at,
        order=order,
        demand=demand,
        item_name="Chair",
        unit=PIECES,
        boms=(BOM,),
        route=ROUTE,
        requirements=(),
    )
    writing.there(CENTRAL, None, confirmed)


def _issued(writing: _Writing, slip: str, order: str, at: Moment) -> None:
    """A slip, printed at this station."""
    asked = SlipIssued(at=at, by="4711", slip=slip, order=order, quantity=Decimal(LOT), printer="folder")
    paper = writing.here(asked)
    writing.here(
        PaperPrinted(at=at, paper=paper, slip=slip, order=order, printer="folder", readers=("zxing",))
    )


def _work(writing: _Writing, slip: str, order: str, step: int, number: int, at: Moment) -> None:
    """A run and its report: the first step is this station's, the others are done elsewhere."""
    run, report = uuid_utils.uuid7().hex, uuid_utils.uuid7().hex
    operator, machine = OPERATORS[number % len(OPERATORS)], f"M{step}"
    content = ReportContent(
        step=step,
        machine=machine,
        operators=(operator,),
        unit=PIECES.name,
        good=Decimal(LOT - 4),
        scrap=(Scrap(quantity=Decimal(4), reason="S01", caused_at=step),),
    )
    started = RunStarted(
        at=at,
        by=operator,
        slip=slip,
        order=order,
        step=step,
        machine=machine,
        operators=(operator,),
        run_kind=RunKind.PRODUCTION,
    )
    reported = Reported(
        at=at,
        by=operator,
        slip=slip,
        order=order,
        content=content,
        run=run,
        ends_run=True,
        source=Source.SCAN,
    )
    said: list[tuple[Event, str]] = [(started, run), (reported, report)]
    if number % CORRECTED_EVERY == 0:
        corrected = ReportCorrected(
            at=at, by=operator, report=report, slip=slip, order=order, content=content
        )
        said.append((corrected, ""))
    for event, event_id in said:
        if step == STEPS[0]:
            writing.here(event, event_id)
        else:
            place = number % len(OTHERS)
            writing.there(OTHERS[place], f"station-{place}", event, event_id)


def _past_order(writing: _Writing, number: int, clock: Iterator[Moment]) -> None:
    """An order from its draft to its end."""
    order, at = f"MO-{number:06}", next(clock)
    _confirmed(writing, order, at)
    for index in range(SLIPS):
        count, at = SLIPS * number + index, next(clock)
        slip = "BBB" + count_to_letters(count, 5)
        _issued(writing, slip, order, at)
        for step in STEPS:
            _work(writing, slip, order, step, count + step, at)
    down = writing.here(MachineWentDown(at=at, by="4711", machine="M10", reason=None, operators=("4711",)))
    writing.here(MachineCameUp(at=at, by="4711", machine="M10", downtime=down, operators=("4711",)))
    good = str(SLIPS * (LOT - 4))
    writing.there(CENTRAL, None, OrderCompleted(at=at, order=order, good=good, remains=(), counted=()))
    writing.there(CENTRAL, None, OrderClosed(at=at, order=order))


def _open_order(writing: _Writing, number: int, clock: Iterator[Moment]) -> None:
    """An order that waits for this station."""
    order, at = f"NEW-{number:03}", next(clock)
    _confirmed(writing, order, at)
    for index in range(SLIPS):
        slip = open_slip(SLIPS * number + index)
        _issued(writing, slip, order, at)


def badge() -> str:
    """The first operator's badge, as a scanner sends it."""
    return tag(TagKind.PERSON, BADGE)


def open_slips(orders: int = OPEN_ORDERS) -> list[str]:
    """The slips of so many open orders."""
    return [open_slip(index) for index in range(orders * SLIPS)]


def open_slip(index: int) -> str:
    """One of them."""
    return "BBC" + count_to_letters(index, 5)


def settings(folder: Path) -> Path:
    """The settings of a terminal on the ledger in `folder`, without a server."""
    found = folder / "config.toml"
    found.write_text(
        '[station]\nnumber = "cutting-1"\nname = "Cutting Line 1"\nwork_centre = "WC10"\n'
        '[data]\ndirectory = "."\n',
        encoding="utf-8",
    )
    return found

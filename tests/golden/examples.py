"""What the golden files are made of: every kind of event in full and at its barest, codes, a chain, messages.

Never read by the program. Whoever changes a value here changes what was promised for ever: add, do not alter.
"""

from datetime import date, time
from decimal import Decimal
from itertools import chain as joined
from typing import Any, Final

from floor import chain
from floor.codec import encode
from floor.events import (
    BomDefined,
    Demand,
    Event,
    EventQuarantined,
    Fate,
    FlagSettled,
    ItemDefined,
    MachineCameUp,
    MachineDefined,
    MachineWentDown,
    Moment,
    OrderCancelled,
    OrderClosed,
    OrderCompleted,
    OrderConfirmed,
    OrderDrafted,
    OrderHeld,
    OrderReopened,
    OrderResumed,
    OrderSuspended,
    PaperFailed,
    PaperPrinted,
    PaperUnknown,
    PlantDescribed,
    ReasonDefined,
    ReasonUse,
    Remain,
    ReportContent,
    ReportCorrected,
    Reported,
    Review,
    Rework,
    RouteDefined,
    RunKind,
    RunStarted,
    Scrap,
    ShiftDefined,
    SlipIssued,
    SlipReprinted,
    StationDefined,
    StreamBound,
    StreamMark,
    WorkCentreDefined,
)
from floor.items import Bom, BomLine, Item, Requirement
from floor.quantities import Ratio, Unit
from floor.routing import Counting, Route, Step, StepKind
from floor.source import Source
from floor.tags import ALPHABET, BODY_CHARS, TagKind
from floor.tags import encode as code_of
from floor.wire import FeedItem, Push, PushedEvent, StreamClaim

AT: Final = Moment(
    wall_ms=1_776_000_000_123, clamped_ms=1_776_000_000_124, boot_id="5f1c2a", monotonic_ms=86_400_000
)
ID: Final = "0196b3c2a1f07abc8def0123456789ab"
OTHER_ID: Final = "0196b3c2a1f07abc8def0123456789ac"
STREAM: Final = "a1" * 16
PARENT: Final = "b2" * 16
SLIP: Final = "BCDFGHJK"
KILOGRAMS: Final = Unit(name="kg", decimals=3)
LEGS: Final = Unit(name="leg")

BARE_STEP: Final = Step(number=10, name="Cut", work_centre="SAW")
FULL_STEP: Final = Step(
    number=20,
    name="Prüfen <b>[b]",
    work_centre="QA",
    kind=StepKind.INSPECTION,
    counting=Counting.SAMPLE,
    predecessors=(10,),
    unit=LEGS,
    ratio=Ratio(step=4, order=1),
    setup_minutes=Decimal("12.5"),
    piece_minutes=Decimal("0.75"),
    machine="QA-1",
    person="7",
)
BOM: Final = Bom(item="CHAIR", version=3, lines=(BomLine(item="LEG", quantity=Decimal("4.50"), step=10),))
BARE_DEMAND: Final = Demand(item="CHAIR", quantity=Decimal(100))
FULL_DEMAND: Final = Demand(
    item="CHAIR",
    quantity=Decimal("100.500"),
    due=date(2026, 4, 30),
    customer="Café “Zum Löwen”",
    sales_order="SO/26-114",
    note="two colours",
)
MARKS: Final = (StreamMark(stream=STREAM, seq=41), StreamMark(stream=PARENT, seq=7))
BARE_CONTENT: Final = ReportContent(step=10, machine=None, operators=("7",), unit="pcs")
FULL_CONTENT: Final = ReportContent(
    step=20,
    machine="M-01",
    operators=("7", "8"),
    run_kind=RunKind.REWORK,
    final=True,
    unit="kg",
    good=Decimal("76.500"),
    scrap=(
        Scrap(quantity=Decimal(4), reason="R1", caused_at=10),
        Scrap(quantity=Decimal("0.25"), reason=None, caused_at=20),
    ),
    rework=(
        Rework(quantity=Decimal(2), to_step=10, reason="R2"),
        Rework(quantity=Decimal(1), to_step=20, reason=None),
    ),
    review=(Review(quantity=Decimal(3), reason="R3"), Review(quantity=Decimal(1), reason=None)),
)

FULL: Final[tuple[Event, ...]] = (
    PlantDescribed(at=AT, by="P1", name="Werk Süd", time_zone="Europe/Berlin"),
    ItemDefined(at=AT, by="P1", item=Item(item="PAINT", name="Paint", unit=KILOGRAMS)),
    BomDefined(at=AT, by="P1", bom=BOM),
    RouteDefined(at=AT, by="P1", route=Route(item="CHAIR", version=2, steps=(BARE_STEP, FULL_STEP))),
    WorkCentreDefined(at=AT, by="P1", work_centre="SAW", name="Cutting line"),
    MachineDefined(at=AT, by="P1", machine="SAW-1", name="Saw 1", work_centre="SAW", code="BCDFGH"),
    ReasonDefined(at=AT, by="P1", reason="R1", name="Crack", uses=tuple(ReasonUse), code="BCDFGJ"),
    ShiftDefined(
        at=AT, by="P1", shift="N", name="Night", starts=time(22), ends=time(6, 30), weekdays=(1, 2, 3, 4, 5)
    ),
    StationDefined(at=AT, by="P1", station="ST1", name="Cutting", work_centre="SAW"),
    StreamBound(at=AT, by="P1", stream=STREAM, station="ST1", prefix="BCD"),
    OrderDrafted(at=AT, by="P1", order="1001", demand=FULL_DEMAND),
    OrderConfirmed(
        at=AT,
        by="P1",
        order="1001",
        demand=FULL_DEMAND,
        item_name="Chair",
        unit=KILOGRAMS,
        boms=(BOM,),
        route=Route(item="CHAIR", version=2, steps=(BARE_STEP, FULL_STEP)),
        requirements=(Requirement(item="LEG", quantity=Decimal("1234567890123.0000001230")),),
    ),
    OrderHeld(at=AT, by="P1", order="1001", reason="no material", counted=MARKS),
    OrderSuspended(at=AT, by="P1", order="1001", reason="customer waits", counted=MARKS),
    OrderResumed(at=AT, by="P1", order="1001"),
    OrderCancelled(at=AT, by="P1", order="1001", reason="withdrawn", counted=MARKS),
    OrderCompleted(
        at=AT,
        by="P1",
        order="1001",
        good="33 1/3",
        remains=(Remain(slip=SLIP, step=10, still_here="2", review="0", missing="1/3", fate=Fate.SCRAPPED),),
        counted=MARKS,
    ),
    OrderClosed(at=AT, by="P1", order="1001"),
    OrderReopened(at=AT, by="P1", order="1001", reason="two chairs came back"),
    SlipIssued(at=AT, by="7", slip=SLIP, order="1001", quantity=Decimal(30), make_up=True, printer="slips"),
    SlipReprinted(at=AT, by="7", slip=SLIP, order="1001", copy_letter="C", printer="slips"),
    PaperPrinted(
        at=AT, by="7", paper=ID, slip=SLIP, order="1001", printer="slips", readers=("zxing", "zbar")
    ),
    PaperFailed(at=AT, by="7", paper=ID, slip=SLIP, order="1001", printer="slips", reason="no paper"),
    PaperUnknown(at=AT, by="7", paper=ID, slip=SLIP, order="1001", printer="slips", reason="stopped"),
    RunStarted(
        at=AT,
        by="7",
        slip=SLIP,
        order="1001",
        step=20,
        machine="M-01",
        operators=("7", "8"),
        run_kind=RunKind.SETUP,
        warned=("wrong_machine",),
    ),
    Reported(
        at=AT,
        by="7",
        slip=SLIP,
        order="1001",
        content=FULL_CONTENT,
        run=OTHER_ID,
        ends_run=True,
        source=Source.PAPER,
        copy_letter="B",
        proposed_good=Decimal("80.0"),
        cursor="41:deadbeef",
        warned=("more_than_here", "machine_down"),
    ),
    ReportCorrected(
        at=AT, by="7", report=OTHER_ID, slip=SLIP, order="1001", content=FULL_CONTENT, reason="miscounted"
    ),
    MachineWentDown(at=AT, by="7", machine="M-01", reason="D1", operators=("7", "8")),
    MachineCameUp(at=AT, by="7", machine="M-01", downtime=OTHER_ID, operators=("7",)),
    FlagSettled(
        at=AT,
        by="P1",
        flag="missing",
        order="1001",
        slip=SLIP,
        step=20,
        facts=(ID, OTHER_ID),
        reason="in the bin",
    ),
    EventQuarantined(at=AT, by="P1", event_id=ID, stream=STREAM, seq=41, reason="kind is not known"),
)
"""Every kind with every field said."""

BARE: Final[tuple[Event, ...]] = (
    PlantDescribed(at=AT, name="P", time_zone="UTC"),
    ItemDefined(at=AT, item=Item(item="CHAIR", name="Chair")),
    BomDefined(at=AT, bom=Bom(item="CHAIR", version=1, lines=())),
    RouteDefined(at=AT, route=Route(item="CHAIR", version=1, steps=(BARE_STEP,))),
    WorkCentreDefined(at=AT, work_centre="SAW", name="S"),
    MachineDefined(at=AT, machine="SAW-1", name="S", work_centre="SAW", code="BCDFGH"),
    ReasonDefined(at=AT, reason="R1", name="C", uses=(), code="BCDFGJ"),
    ShiftDefined(at=AT, shift="E", name="E", starts=time(6), ends=time(14), weekdays=()),
    StationDefined(at=AT, station="ST1", name="C", work_centre="SAW"),
    StreamBound(at=AT, stream=STREAM, station="ST1", prefix="BCD"),
    OrderDrafted(at=AT, order="1001", demand=BARE_DEMAND),
    OrderConfirmed(
        at=AT,
        order="1001",
        demand=BARE_DEMAND,
        item_name="Chair",
        unit=Unit(name="pcs"),
        boms=(),
        route=Route(item="CHAIR", version=1, steps=(BARE_STEP,)),
        requirements=(),
    ),
    OrderHeld(at=AT, order="1001", reason="r", counted=()),
    OrderSuspended(at=AT, order="1001", reason="r", counted=()),
    OrderResumed(at=AT, order="1001"),
    OrderCancelled(at=AT, order="1001", reason="r", counted=()),
    OrderCompleted(at=AT, order="1001", good="0", remains=(), counted=()),
    OrderClosed(at=AT, order="1001"),
    OrderReopened(at=AT, order="1001", reason="r"),
    SlipIssued(at=AT, slip=SLIP, order="1001", quantity=Decimal(1)),
    SlipReprinted(at=AT, slip=SLIP, order=None, copy_letter="C", printer="p"),
    PaperPrinted(at=AT, paper=ID, slip=SLIP, printer="p", readers=()),
    PaperFailed(at=AT, paper=ID, slip=SLIP, printer="p", reason="r"),
    PaperUnknown(at=AT, paper=ID, slip=SLIP, printer="p", reason="r"),
    RunStarted(
        at=AT, slip=SLIP, order=None, step=10, machine=None, operators=("7",), run_kind=RunKind.PRODUCTION
    ),
    Reported(at=AT, slip=SLIP, order=None, content=BARE_CONTENT, source=Source.SCAN),
    ReportCorrected(at=AT, report=ID, slip=SLIP, order=None, content=None),
    MachineWentDown(at=AT, machine="M-01", reason=None, operators=("7",)),
    MachineCameUp(at=AT, machine="M-01", downtime=ID, operators=("7",)),
    FlagSettled(at=AT, flag="over_issued", order=None, slip=None, step=None, facts=(), reason="r"),
    EventQuarantined(at=AT, event_id=ID, stream=STREAM, seq=1, reason="r"),
)
"""Every kind with nothing said that can be left out."""


def events() -> list[dict[str, Any]]:
    """Every example with its bytes, digest and subjects."""
    return [
        {
            "kind": event.kind,
            "v": event.version,
            "body": encode(ID, event).body.decode(),
            "digest": encode(ID, event).digest,
            "subjects": encode(ID, event).subjects._asdict(),
        }
        for event in joined.from_iterable(zip(FULL, BARE, strict=True))
    ]


def codes() -> dict[str, str]:
    """One code of each type over the alphabet's first letters, and over its last."""
    bodies = [
        (kind, letters[: BODY_CHARS[kind]]) for kind in TagKind for letters in (ALPHABET, ALPHABET[::-1])
    ]
    return {f"{kind.name} {body}": code_of(kind, body) for kind, body in bodies}


def chains() -> dict[str, Any]:
    """A stream, and one that forked from it, each with three entries."""
    digests = [encode(ID, event).digest for event in FULL[:3]]
    pairs = [(f"{number:032x}", digest) for number, digest in enumerate(digests, 1)]
    origin = chain.StreamHeader(PARENT)
    first = chain.seal(PARENT, 0, chain.first_hash(origin), pairs)
    fork = chain.StreamHeader(STREAM, PARENT, first[1].seq, first[1].hash)
    return {
        "streams": [
            {
                "stream": header.stream,
                "parent": header.parent,
                "parent_seq": header.parent_seq,
                "parent_hash": header.parent_hash,
                "hash_0": chain.first_hash(header),
                "entries": [
                    {"seq": e.seq, "event_id": e.event_id, "digest": e.digest, "hash": e.hash}
                    for e in chain.seal(header.stream, 0, chain.first_hash(header), pairs)
                ],
            }
            for header in (origin, fork)
        ],
        "locators": {str(last): chain.locator(last) for last in (0, 1, 2, 5, 100, 1_000_000)},
    }


def messages() -> dict[str, Any]:
    """A push of one event and the feed's item for it, as they go over the wire."""
    reported = next(event for event in FULL if isinstance(event, Reported))
    envelope = encode(ID, reported)
    body = envelope.body.decode()
    before = chain.first_hash(chain.StreamHeader(STREAM))
    (sealed,) = chain.seal(STREAM, 0, before, [(ID, envelope.digest)])
    pushed = PushedEvent(
        seq=1, event_id=ID, kind=envelope.kind, v=envelope.version, body=body, hash=sealed.hash
    )
    header = StreamClaim(stream=STREAM, last_seq=1, head=sealed.hash, locator=[(1, sealed.hash), (0, before)])
    push = Push(stream=STREAM, header=header, first_seq=1, prev_hash=before, events=[pushed])
    item = FeedItem(
        position=12,
        stream=STREAM,
        seq=1,
        event_id=ID,
        kind=envelope.kind,
        v=envelope.version,
        digest=envelope.digest,
        body=body,
        station="ST1",
    )
    return {"push": push.model_dump(mode="json"), "feed_item": item.model_dump(mode="json")}

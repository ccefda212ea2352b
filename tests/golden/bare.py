"""Every kind of event with nothing said that can be left out.

Never altered, only added to: what stands here was promised for ever.
"""

from datetime import time
from decimal import Decimal
from typing import Final

from floor.events import (
    ArrivalCounted,
    AskAnswered,
    BomDefined,
    CheckMade,
    Event,
    EventQuarantined,
    FlagSettled,
    InstructionsDefined,
    ItemDefined,
    LotDefined,
    MachineCameUp,
    MachineDefined,
    MachineWentDown,
    MaterialIssued,
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
    ReportCorrected,
    Reported,
    ReviewDecided,
    ReviewFate,
    RouteDefined,
    RunClosed,
    RunKind,
    RunPaused,
    RunResumed,
    RunStarted,
    ShiftDefined,
    ShortageNoted,
    SlipIssued,
    SlipReprinted,
    SlipsMerged,
    SlipSplit,
    SlipVoided,
    StationDefined,
    StreamBound,
    WorkCentreDefined,
)
from floor.items import Bom, Item
from floor.quantities import Unit
from floor.routing import Route
from floor.source import Source
from tests.golden.full import AT, BARE_CONTENT, BARE_DEMAND, BARE_STEP, ID, SLIP, STREAM

BARE: Final[tuple[Event, ...]] = (
    PlantDescribed(at=AT, name="P", time_zone="UTC"),
    ItemDefined(at=AT, item=Item(item="CHAIR", name="Chair")),
    BomDefined(at=AT, bom=Bom(item="CHAIR", version=1, lines=())),
    RouteDefined(at=AT, route=Route(item="CHAIR", version=1, steps=(BARE_STEP,))),
    InstructionsDefined(at=AT, item="CHAIR", version_of_route=1, step=10, lines=()),
    LotDefined(at=AT, lot="L", item="PAINT", code="BCDFGH"),
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
    SlipSplit(at=AT, slip="BCDFGHJL", parent=SLIP, order="1001", step=10, quantity=Decimal(1), unit="pcs"),
    SlipsMerged(at=AT, slip="BCDFGHJL", into=SLIP, order="1001", step=10, quantity=Decimal(1), unit="pcs"),
    SlipVoided(at=AT, slip=SLIP, order=None, reason="r"),
    SlipReprinted(at=AT, slip=SLIP, order=None, copy_letter="C", printer="p"),
    PaperPrinted(at=AT, paper=ID, slip=SLIP, printer="p", readers=()),
    PaperFailed(at=AT, paper=ID, slip=SLIP, printer="p", reason="r"),
    PaperUnknown(at=AT, paper=ID, slip=SLIP, printer="p", reason="r"),
    RunStarted(
        at=AT, slip=SLIP, order=None, step=10, machine=None, operators=("7",), run_kind=RunKind.PRODUCTION
    ),
    RunPaused(at=AT, run=ID, slip=SLIP, order=None, machine=None, operators=("7",)),
    RunResumed(at=AT, run=ID, pause=ID, slip=SLIP, order=None, machine=None, operators=("7",)),
    RunClosed(at=AT, run=ID, slip=SLIP, order=None, machine=None, operators=("7",), ended_ms=None),
    Reported(at=AT, slip=SLIP, order=None, content=BARE_CONTENT, source=Source.SCAN),
    ReportCorrected(at=AT, report=ID, slip=SLIP, order=None, content=None),
    AskAnswered(at=AT, report=ID, slip=SLIP, order=None, flag="over_tolerance"),
    ArrivalCounted(at=AT, slip=SLIP, order=None, step=10, quantity=Decimal(1), unit="pcs", operators=("7",)),
    CheckMade(at=AT, slip=SLIP, order=None, step=10, check="1", machine=None, operators=("7",), passed=False),
    ReviewDecided(
        at=AT, slip=SLIP, order=None, step=10, quantity=Decimal(1), unit="pcs", fate=ReviewFate.GOOD
    ),
    MaterialIssued(at=AT, slip=SLIP, order=None, step=10, item=None, operators=("7",), source=Source.SCAN),
    ShortageNoted(at=AT, slip=SLIP, order=None, step=10, item="PAINT", operators=("7",)),
    MachineWentDown(at=AT, machine="M-01", reason=None, operators=("7",)),
    MachineCameUp(at=AT, machine="M-01", downtime=ID, operators=("7",)),
    FlagSettled(at=AT, flag="over_issued", order=None, slip=None, step=None, facts=(), reason="r"),
    EventQuarantined(at=AT, event_id=ID, stream=STREAM, seq=1, reason="r"),
)
"""Every kind with nothing said that can be left out."""

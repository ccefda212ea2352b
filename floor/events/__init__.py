"""Every fact that can be recorded, in its final shape; one module per subject.

An event says what happened, in the past tense. New knowledge about a kind becomes a new version in
`floor.codec`, never another meaning of an old field.
"""

from typing import Final

from floor.events.base import (
    Event,
    Moment,
    Subjects,
)
from floor.events.doubts import (
    EventQuarantined,
    FlagSettled,
)
from floor.events.orders import (
    Demand,
    Fate,
    OrderCancelled,
    OrderClosed,
    OrderCompleted,
    OrderConfirmed,
    OrderDrafted,
    OrderEvent,
    OrderHeld,
    OrderReopened,
    OrderResumed,
    OrderSuspended,
    Remain,
    StreamMark,
)
from floor.events.paper import (
    PaperEvent,
    PaperFailed,
    PaperPrinted,
    PaperUnknown,
    SlipIssued,
    SlipReprinted,
)
from floor.events.plant import (
    BomDefined,
    ItemDefined,
    MachineDefined,
    PlantDescribed,
    ReasonDefined,
    ReasonUse,
    RouteDefined,
    ShiftDefined,
    StationDefined,
    StreamBound,
    WorkCentreDefined,
)
from floor.events.work import (
    MachineCameUp,
    MachineWentDown,
    ReportContent,
    ReportCorrected,
    Reported,
    Review,
    Rework,
    RunKind,
    RunStarted,
    Scrap,
)

KINDS: Final[dict[str, type[Event]]] = {
    event.kind: event
    for event in (
        PlantDescribed,
        ItemDefined,
        BomDefined,
        RouteDefined,
        WorkCentreDefined,
        MachineDefined,
        ReasonDefined,
        ShiftDefined,
        StationDefined,
        StreamBound,
        OrderDrafted,
        OrderConfirmed,
        OrderHeld,
        OrderSuspended,
        OrderResumed,
        OrderCancelled,
        OrderCompleted,
        OrderClosed,
        OrderReopened,
        SlipIssued,
        SlipReprinted,
        PaperPrinted,
        PaperFailed,
        PaperUnknown,
        RunStarted,
        Reported,
        ReportCorrected,
        MachineWentDown,
        MachineCameUp,
        FlagSettled,
        EventQuarantined,
    )
}
"""Every kind of event by its name on the wire."""

__all__ = [
    "KINDS",
    "BomDefined",
    "Demand",
    "Event",
    "EventQuarantined",
    "Fate",
    "FlagSettled",
    "ItemDefined",
    "MachineCameUp",
    "MachineDefined",
    "MachineWentDown",
    "Moment",
    "OrderCancelled",
    "OrderClosed",
    "OrderCompleted",
    "OrderConfirmed",
    "OrderDrafted",
    "OrderEvent",
    "OrderHeld",
    "OrderReopened",
    "OrderResumed",
    "OrderSuspended",
    "PaperEvent",
    "PaperFailed",
    "PaperPrinted",
    "PaperUnknown",
    "PlantDescribed",
    "ReasonDefined",
    "ReasonUse",
    "Remain",
    "ReportContent",
    "ReportCorrected",
    "Reported",
    "Review",
    "Rework",
    "RouteDefined",
    "RunKind",
    "RunStarted",
    "Scrap",
    "ShiftDefined",
    "SlipIssued",
    "SlipReprinted",
    "StationDefined",
    "StreamBound",
    "StreamMark",
    "Subjects",
    "WorkCentreDefined",
]

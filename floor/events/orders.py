"""Decisions about production orders, all of them central's.

Never says *in progress*: that follows from the facts.
"""

from datetime import date
from enum import StrEnum

from floor.events.base import Event
from floor.identity import Name, Number, SlipNumber, StreamId
from floor.items import Bom, Requirement
from floor.quantities import Amount, Unit, Value
from floor.routing import Route


class Demand(Value):
    """What is wanted of an order."""

    item: Number
    quantity: Amount
    due: date | None = None
    customer: Name | None = None
    sales_order: Number | None = None
    note: Name | None = None


class StreamMark(Value):
    """Facts of one stream up to and with `seq`."""

    stream: StreamId
    seq: int


class OrderEvent(Event):
    """Base of an order's decisions."""

    order: Number


class OrderDrafted(OrderEvent):
    """An order was written down or rewritten; nothing is locked yet."""

    kind = "order_drafted"
    demand: Demand


class OrderConfirmed(OrderEvent):
    """The plant committed itself: BOM and route are locked in here, slips can be issued."""

    kind = "order_confirmed"
    version = 2
    demand: Demand
    item_name: Name
    unit: Unit
    boms: tuple[Bom, ...]
    """The item's BOM and those of all its sub-assemblies in their locked versions, by item number."""
    route: Route
    requirements: tuple[Requirement, ...]
    """Every component over the whole BOM tree."""


class OrderHeld(OrderEvent):
    """Stopped by a constraint."""

    kind = "order_held"
    reason: Name
    counted: tuple[StreamMark, ...]
    """The order's facts known when this was decided; what lies beyond came late."""


class OrderSuspended(OrderEvent):
    """Stopped by decision."""

    kind = "order_suspended"
    reason: Name
    counted: tuple[StreamMark, ...]


class OrderResumed(OrderEvent):
    """Work goes on after a hold or a suspension."""

    kind = "order_resumed"


class OrderCancelled(OrderEvent):
    """The commitment is withdrawn; facts that exist stay counted."""

    kind = "order_cancelled"
    reason: Name
    counted: tuple[StreamMark, ...]


class Fate(StrEnum):
    """What becomes of pieces that are left when an order is completed."""

    SCRAPPED = "scrapped"
    TO_STOCK = "to_stock"
    LOST = "lost"


class Remain(Value):
    """Pieces left at one step of one slip, and what becomes of them."""

    slip: SlipNumber
    step: int
    still_here: str
    """Exact, in the step's unit, as shown to the person who decided."""
    review: str
    missing: str
    fate: Fate


class OrderCompleted(OrderEvent):
    """The order no longer runs; its totals as counted at that moment."""

    kind = "order_completed"
    good: str
    """Exact output of the last step, in the order's unit."""
    remains: tuple[Remain, ...]
    counted: tuple[StreamMark, ...]


class OrderClosed(OrderEvent):
    """Reconciled: no more corrections."""

    kind = "order_closed"


class OrderReopened(OrderEvent):
    """A completed order runs again."""

    kind = "order_reopened"
    reason: Name

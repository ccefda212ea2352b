"""Which lots are in a slip or an order, and into which slips, orders and customers a lot went.

Never says how much of a lot is where: it says what was said.
"""

from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from central import facts
from central.times import TRACE_SHAPE, local_time
from floor import tags
from floor.codec import Fact
from floor.events import MaterialIssued
from floor.genealogy import Reached, WentIn, backwards, forwards
from floor.plant import Plant
from floor.progress import OrderProgress, fold_order
from floor.quantities import show
from floor.tags import Tag, TagKind


class _Shown(BaseModel):
    model_config = ConfigDict(frozen=True)


class LotInside(_Shown):
    """A lot, a numbered piece or another slip's pieces that went in."""

    depth: int
    """0 for what went into the slip itself, 1 for what is in an assembly that did."""
    item: str | None
    item_name: str
    """Empty for a label that names nothing known."""
    lot: str | None
    serial: str | None
    label: str | None
    quantity: str | None
    """As said; None when nobody did."""
    unit: str
    slip: str
    order: str | None
    step: int
    event_id: str


class SlipReached(_Shown):
    """A slip whose pieces may hold the lot."""

    depth: int
    slip: str
    order: str | None
    step: int
    through: str
    """The lot, or the slip that brought it."""
    item: str | None
    """What it was taken for; None for pieces that went on with other paper, or where nobody knew."""
    quantity: str | None
    unit: str
    at: str
    """Local time of the plant."""
    station: str


class OrderReached(_Shown):
    """An order with such slips."""

    order: str
    item_name: str
    customer: str | None
    sales_order: str | None
    state: str | None
    slips: tuple[str, ...]


class LotTrace(_Shown):
    """Where a lot went."""

    title: str
    time_zone: str
    slips: tuple[SlipReached, ...]
    orders: tuple[OrderReached, ...]


class Around:
    """The facts of each slip's order, read once."""

    def __init__(self, connection: Connection) -> None:
        """Reads in the transaction of `connection`."""
        self._connection = connection
        self._of_slip: dict[str, list[Fact]] = {}
        self._of_order: dict[str, list[Fact]] = {}

    def slip(self, slip: str) -> list[Fact]:
        """Everything about a slip and its order's slips."""
        if slip not in self._of_slip:
            order = facts.order_of(self._connection, slip)
            self._of_slip[slip] = self.order(order) if order else facts.of_slip(self._connection, slip)
        return self._of_slip[slip]

    def order(self, order: str) -> list[Fact]:
        """Everything about an order's slips."""
        if order not in self._of_order:
            self._of_order[order] = facts.of_order(self._connection, order)
        return self._of_order[order]

    def lot(self, name: str) -> list[Fact]:
        """Every issue of a lot or a numbered piece."""
        return facts.of_lot(self._connection, name)


def lots_in(connection: Connection, plant: Plant, slips: Iterable[str]) -> tuple[LotInside, ...]:
    """What is in the pieces of some slips, each issue once."""
    around = Around(connection)
    found: dict[str, WentIn] = {}
    for slip in slips:
        for went_in in backwards(slip, around.slip):
            found.setdefault(went_in.fact.event_id, went_in)
    return tuple(_inside(plant, went_in) for went_in in found.values())


def trace_lot(connection: Connection, plant: Plant, name: str) -> LotTrace | None:
    """Where a lot went, by its name or by the code on its label; None when nobody issued it."""
    around = Around(connection)
    number = _lot_number(plant, name)
    reached = forwards(number, around.lot, around.slip)
    if not reached:
        return None
    zone = ZoneInfo(plant.time_zone)
    return LotTrace(
        title=_title(plant, number, reached),
        time_zone=plant.time_zone,
        slips=tuple(_reached(plant, found, zone) for found in reached),
        orders=tuple(_orders(around, reached)),
    )


def _lot_number(plant: Plant, name: str) -> str:
    tag = tags.decode(name)
    lot = plant.lot_by_code(tag.body) if isinstance(tag, Tag) and tag.kind is TagKind.MATERIAL_LOT else None
    return lot.lot if lot else name


def _title(plant: Plant, name: str, reached: Sequence[Reached]) -> str:
    """The lot with what it was taken for; two suppliers may give two things one number."""
    issues = [found.fact.event for found in reached if found.through == name]
    items = sorted({event.item for event in issues if isinstance(event, MaterialIssued) and event.item})
    lot = plant.lots.get(name)
    told = (f"Lot {name}", *(_item_name(plant, item) for item in items), lot.supplier if lot else None)
    return ", ".join(filter(None, told))


def _item_name(plant: Plant, item: str | None) -> str:
    known = plant.items.get(item or "")
    return known.name if known else (item or "")


def _unit(plant: Plant, item: str | None) -> str:
    known = plant.items.get(item or "")
    return known.unit.name if known else ""


def _inside(plant: Plant, found: WentIn) -> LotInside:
    issue = found.issue
    return LotInside(
        depth=found.depth,
        item=issue.item,
        item_name=_item_name(plant, issue.item),
        lot=issue.lot,
        serial=issue.serial,
        label=issue.label,
        quantity=None if issue.quantity is None else show(issue.quantity),
        unit=_unit(plant, issue.item),
        slip=issue.slip,
        order=issue.order,
        step=issue.step,
        event_id=found.fact.event_id,
    )


def _reached(plant: Plant, found: Reached, zone: ZoneInfo) -> SlipReached:
    issue = found.fact.event if isinstance(found.fact.event, MaterialIssued) else None
    item = issue.item if issue else None
    return SlipReached(
        depth=found.depth,
        slip=found.slip,
        order=found.order,
        step=found.step,
        through=found.through,
        item=item,
        quantity=show(issue.quantity) if issue and issue.quantity is not None else None,
        unit=_unit(plant, item),
        at=local_time(found.fact.event.at.clamped_ms, zone, TRACE_SHAPE),
        station=found.fact.station or "",
    )


def _orders(around: Around, reached: Sequence[Reached]) -> Iterator[OrderReached]:
    for order in dict.fromkeys(found.order for found in reached if found.order):
        progress: OrderProgress = fold_order(around.order(order), order)
        demand, confirmed = progress.life.demand, progress.life.confirmed
        yield OrderReached(
            order=order,
            item_name=confirmed.item_name if confirmed else "",
            customer=demand.customer if demand else None,
            sales_order=demand.sales_order if demand else None,
            state=progress.life.state.value if progress.life.state else None,
            slips=tuple(dict.fromkeys(found.slip for found in reached if found.order == order)),
        )

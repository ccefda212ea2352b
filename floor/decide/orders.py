"""Rules for orders and for settling flags: the planner's decisions.

Never moves pieces; never bends the life that `floor.orders.LIFE` allows.
"""

from floor import orders
from floor.commands import CompleteOrder, DecideOrder, DraftOrder, SettleFlag
from floor.decide.parts import REMAINS_MAX, SETTLED_MAX, in_parts, with_ids
from floor.decide.picture import Decided, Picture
from floor.events import (
    Demand,
    Event,
    FlagSettled,
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
    StreamMark,
)
from floor.items import BomTooDeepError, locked_boms, requirements
from floor.orders import Decision
from floor.progress import OrderProgress, StepLine
from floor.quantities import is_too_fine, show
from floor.refusals import Refusal
from floor.standing import standing_flags


def draft(picture: Picture, command: DraftOrder, now: Moment) -> Decided | Refusal:
    """An order, written down; a draft may be rewritten as often as its planner likes."""
    following = orders.follow(picture.order.life.state, Decision.DRAFT, None)
    if isinstance(following, Refusal):
        return Refusal.ORDER_EXISTS
    refusal = _refuse_demand(picture, command.demand)
    if refusal:
        return refusal
    return [(command.intent, OrderDrafted(at=now, by=command.by, order=command.order, demand=command.demand))]


def _refuse_demand(picture: Picture, demand: Demand) -> Refusal | None:
    item = picture.plant.items.get(demand.item)
    if item is None:
        return Refusal.ITEM_UNKNOWN
    if demand.quantity <= 0:
        return Refusal.QUANTITY_NOT_POSITIVE
    if is_too_fine(demand.quantity, item.unit):
        return Refusal.TOO_MANY_DECIMALS
    return None


def follow_decision(picture: Picture, command: DecideOrder, now: Moment) -> Decided | Refusal:
    """What a decision makes of an order, when its life allows it."""
    following = orders.follow(picture.order.life.state, command.decision, command.reason)
    if isinstance(following, Refusal):
        return following
    if command.decision is Decision.CONFIRM:
        return _confirm(picture, command, now)
    return [(command.intent, _decided(picture.order, command, now))]


def _confirm(picture: Picture, command: DecideOrder, now: Moment) -> Decided | Refusal:
    demand = picture.order.life.demand
    item = picture.plant.items.get(demand.item) if demand else None
    if demand is None or item is None:
        return Refusal.ITEM_UNKNOWN
    route = picture.plant.routes.get(demand.item)
    if route is None:
        return Refusal.ROUTE_UNKNOWN
    try:
        needed = requirements(demand.item, demand.quantity, picture.plant.boms)
    except BomTooDeepError:
        return Refusal.BOM_ENDLESS
    confirmed = OrderConfirmed(
        at=now,
        by=command.by,
        order=command.order,
        demand=demand,
        item_name=item.name,
        unit=item.unit,
        boms=locked_boms(demand.item, picture.plant.boms),
        route=route,
        requirements=needed,
    )
    return [(command.intent, confirmed)]


def _decided(order: OrderProgress, command: DecideOrder, now: Moment) -> Event:
    reason = command.reason or ""
    number, by, counted = command.order, command.by, _counted(order)
    match command.decision:
        case Decision.HOLD:
            return OrderHeld(at=now, by=by, order=number, reason=reason, counted=counted)
        case Decision.SUSPEND:
            return OrderSuspended(at=now, by=by, order=number, reason=reason, counted=counted)
        case Decision.RESUME:
            return OrderResumed(at=now, by=by, order=number)
        case Decision.CANCEL:
            return OrderCancelled(at=now, by=by, order=number, reason=reason, counted=counted)
        case Decision.CLOSE:
            return OrderClosed(at=now, by=by, order=number)
        case Decision.REOPEN:
            return OrderReopened(at=now, by=by, order=number, reason=reason)
        case other:
            raise TypeError(f"{other} has a command of its own")


def _counted(order: OrderProgress) -> tuple[StreamMark, ...]:
    marks: dict[str, int] = {}
    for fact in order.facts:
        marks[fact.stream] = max(fact.seq, marks.get(fact.stream, 0))
    return tuple(StreamMark(stream=stream, seq=seq) for stream, seq in sorted(marks.items()))


def left_over(order: OrderProgress) -> dict[tuple[str, int], StepLine]:
    """Every (slip, step) with pieces still here, in review or missing."""
    return {
        (slip.slip, line.step): line
        for slip in order.slips.values()
        for line in slip.lines.values()
        if line.counts and (line.still_here or line.review or line.missing)
    }


def complete(picture: Picture, command: CompleteOrder, now: Moment) -> Decided | Refusal:
    """An order's end, with the fate of everything that is left on its way."""
    following = orders.follow(picture.order.life.state, Decision.COMPLETE, None)
    if isinstance(following, Refusal):
        return following
    left = [
        (slip, step, show(line.still_here), show(line.review), show(line.missing))
        for (slip, step), line in left_over(picture.order).items()
    ]
    said = [(line.slip, line.step, line.still_here, line.review, line.missing) for line in command.remains]
    if sorted(said) != sorted(left):
        return Refusal.REMAINS_UNEXPLAINED
    completed = [
        OrderCompleted(
            at=now,
            by=command.by,
            order=command.order,
            good=show(picture.order.output),
            remains=remains,
            counted=_counted(picture.order),
        )
        for remains in in_parts(command.remains, REMAINS_MAX)
    ]
    return with_ids(command.intent, completed)


def settle(picture: Picture, command: SettleFlag, now: Moment) -> Decided | Refusal:
    """An explanation for a flag that stands, covering the facts behind it as they are now."""
    if not command.reason.strip():
        return Refusal.REASON_NEEDED
    named = (command.flag, command.slip, command.step)
    found = [
        flag
        for flag in standing_flags(picture.order, picture.plant.items)
        if (flag.flag.value, flag.slip, flag.step) == named
    ]
    if not found:
        return Refusal.FLAG_NOT_STANDING
    settled = [
        FlagSettled(
            at=now,
            by=command.by,
            flag=command.flag,
            order=picture.order.number,
            slip=command.slip,
            step=command.step,
            facts=facts,
            reason=command.reason,
        )
        for facts in in_parts(found[0].facts, SETTLED_MAX)
    ]
    return with_ids(command.intent, settled)

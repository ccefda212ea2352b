"""Orders: planned, decided, shown; every No by its name.

Never writes the ledger: each decision is a command for `planning`.
"""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from central import boards, facts, planning
from central.api.access import API
from central.api.answers import REFUSES, Refused, Unfit
from central.boards import OrderBoard, StepBoard
from central.clock import new_id
from central.server import Central
from floor.commands import Command, CompleteOrder, DecideOrder, DraftOrder
from floor.decide.orders import left_over
from floor.events import Demand, Fate, Remain
from floor.identity import EventId, Name, Number, SlipNumber
from floor.orders import Decision
from floor.progress import OrderProgress, fold_order
from floor.quantities import DECIMALS_MAX, Unit, parse_amount, show
from floor.refusals import Refusal

router = APIRouter(prefix=f"{API}/orders", tags=["orders"])

OrderNumber = Annotated[Number, Path(description="The order's number.")]
_ANY_UNIT = Unit(name="", decimals=DECIMALS_MAX)


class Asked(BaseModel):
    """What every decision may say."""

    model_config = ConfigDict(extra="forbid")

    intent: EventId | None = None
    """The id of the event that follows, made by whoever asks: repeating it adds nothing."""
    by: Number | None = None
    """Who decides: a person's number."""


class NewOrder(Asked):
    """An order to be written down, or a draft to be rewritten."""

    order: Number
    item: Number
    quantity: Annotated[str, Field(max_length=20)]
    due: date | None = None
    customer: Name | None = None
    sales_order: Number | None = None
    note: Name | None = None


class Deciding(Asked):
    """A decision, with its reason where one is needed."""

    reason: Name | None = None


class RemainFate(BaseModel):
    """What becomes of what is left at one step of one slip, repeated as it was shown."""

    model_config = ConfigDict(extra="forbid")

    slip: SlipNumber
    step: int
    still_here: str
    review: str
    missing: str
    fate: Fate


class Completing(Asked):
    """The end of an order, with the fate of everything that is left."""

    remains: list[RemainFate] = []


class Decided(BaseModel):
    """What followed."""

    order: str
    state: str | None
    recorded: list[str]
    """Kinds of the events that were added."""
    repeated: bool
    """The intent was known: nothing was added."""


class SlipDetail(BaseModel):
    """One slip of an order."""

    slip: str
    quantity: str
    copies: int
    output: str
    steps: tuple[StepBoard, ...]


class LeftOver(BaseModel):
    """What completing would have to explain."""

    slip: str
    step: int
    still_here: str
    review: str
    missing: str


class OrderDetail(BaseModel):
    """An order with its slips."""

    board: OrderBoard
    slips: list[SlipDetail]
    left_over: list[LeftOver]


@router.get("")
def list_orders(request: Request) -> list[OrderBoard]:
    """Every order as its board shows it."""
    central: Central = request.app.state.central
    boards.refresh(central)
    with central.database.reading() as connection:
        known = boards.read(connection, central.plant.read(connection))
        return [board for board in known if board.order]


@router.post("", status_code=201, responses=REFUSES)
def draft_order(request: Request, body: NewOrder) -> Decided:
    """Writes an order down."""
    quantity = parse_amount(body.quantity, _ANY_UNIT)
    if isinstance(quantity, Refusal):
        raise Refused(quantity)
    demand = Demand(
        item=body.item,
        quantity=quantity,
        due=body.due,
        customer=body.customer,
        sales_order=body.sales_order,
        note=body.note,
    )
    command = DraftOrder(intent=body.intent or new_id(), by=body.by, order=body.order, demand=demand)
    return _execute(request, command, body.order)


@router.post("/{number:path}/complete", responses=REFUSES)
def complete_order(request: Request, number: OrderNumber, body: Completing) -> Decided:
    """Completes an order; what is left must be explained line by line."""
    remains = tuple(Remain.model_validate(remain.model_dump()) for remain in body.remains)
    command = CompleteOrder(intent=body.intent or new_id(), by=body.by, order=number, remains=remains)
    return _execute(request, command, number)


@router.post("/{number:path}/{decision}", responses=REFUSES)
def decide_order(request: Request, number: OrderNumber, decision: str, body: Deciding) -> Decided:
    """Confirms, holds, suspends, resumes, cancels, closes or reopens an order."""
    allowed = {known.value: known for known in Decision} | {"draft": None, "complete": None}
    named = allowed.get(decision)
    if named is None:
        raise Unfit("decision", f"There is no decision {decision[:40]!r} here.", status=404)
    command = DecideOrder(
        intent=body.intent or new_id(), by=body.by, order=number, decision=named, reason=body.reason
    )
    return _execute(request, command, number)


def _execute(request: Request, command: Command, number: str) -> Decided:
    central: Central = request.app.state.central
    answer = planning.execute(central, command)
    if isinstance(answer, Refusal):
        raise Refused(answer)
    with central.database.reading() as connection:
        state = fold_order(facts.of_order(connection, number), number).life.state
    return Decided(
        order=number,
        state=state.value if state else None,
        recorded=[fact.event.kind for fact in answer.facts],
        repeated=answer.repeated,
    )


@router.get("/{number:path}")
def show_order(request: Request, number: OrderNumber) -> OrderDetail:
    """One order with its slips, and what completing it would have to explain."""
    central: Central = request.app.state.central
    with central.database.reading() as connection:
        progress = fold_order(facts.of_order(connection, number), number)
        items = central.plant.read(connection).items
    if progress.life.state is None and not progress.facts:
        raise Unfit("order_unknown", Refusal.ORDER_UNKNOWN.sentence, Refusal.ORDER_UNKNOWN.hint, 404)
    return OrderDetail(
        board=boards.board_of(progress, number, items=items),
        slips=[_slip(progress, slip) for slip in progress.slips],
        left_over=[
            LeftOver(
                slip=slip,
                step=step,
                still_here=show(line.still_here),
                review=show(line.review),
                missing=show(line.missing),
            )
            for (slip, step), line in left_over(progress).items()
        ],
    )


def _slip(progress: OrderProgress, slip: str) -> SlipDetail:
    found = progress.slips[slip]
    alone = OrderProgress(progress.number, progress.life, progress.steps, {slip: found}, ())
    return SlipDetail(
        slip=slip,
        quantity=show(found.quantity),
        copies=found.copies,
        output=show(found.output),
        steps=boards.step_boards(alone, found.quantity),
    )

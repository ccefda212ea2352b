"""Boards: per order and step what was received, made, lost and is still here, folded when somebody looks.

Never the truth: each is made from the facts alone, without a clock, and can be made again (`rebuilding`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

import structlog
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, bindparam, delete, select

from central import facts
from central.bulk import insert_all
from central.projection import order_subject, slip_subject
from central.server import Central
from central.tables import BOARD, STALE
from floor.codec import Fact
from floor.events import Reported, RunStarted
from floor.items import Item
from floor.orders import OrderState
from floor.plant import Plant
from floor.progress import NOTHING, OrderProgress, StepLine, fold_order
from floor.quantities import Unit, show
from floor.routing import Counting, Step, StepKind
from floor.standing import NO_ITEMS, StandingFlag, standing_flags

FOLDS_A_TURN_MAX: Final = 100
"""Boards folded in one transaction: a push waits no longer than for these."""

NOT_ENDED: Final = frozenset({OrderState.DRAFT, OrderState.CONFIRMED, OrderState.HELD, OrderState.SUSPENDED})
"""Orders that can be late."""

_log = structlog.get_logger(__name__)


class Shown(BaseModel):
    """Base of what boards show: amounts are exact, as `floor.quantities.show` spells them."""

    model_config = ConfigDict(frozen=True)


class StepBoard(Shown):
    """One step of an order, over all its slips."""

    step: int
    name: str
    """Empty for a step that the order does not have."""
    work_centre: str
    kind: str
    counting: str
    unit: str
    wanted: str
    received: str
    rework_in: str
    good: str
    first_pass_good: str
    scrap: str
    rework: str
    review: str
    missing: str
    still_here: str
    surplus: str
    reports: int
    good_percent: int
    """Of what is wanted; for a bar."""
    scrap_percent: int
    here_percent: int


class FlagBoard(Shown):
    """A doubt that stands."""

    flag: str
    sentence: str
    settled_by: str
    order: str | None
    slip: str | None
    step: int | None
    amount: str | None
    facts: tuple[str, ...]


class OrderBoard(Shown):
    """One order, or one slip of no known order."""

    order: str | None
    slip: str | None = None
    """Only where no order is known."""
    state: str | None
    reason: str | None
    item: str | None
    item_name: str | None
    quantity: str
    unit: str
    due: date | None
    customer: str | None
    sales_order: str | None
    output: str
    output_percent: int
    issued: str
    unissued: str
    shortfall: str
    """What can no longer be reached without a make-up slip."""
    over_issued: str
    slips: int
    open_runs: int
    steps: tuple[StepBoard, ...]
    flags: tuple[FlagBoard, ...]
    warnings: dict[str, int]
    """What screens warned of, by flag."""
    last_report_ms: int | None
    last_report_station: str | None
    broken: str | None = None
    """Why this board could not be folded; None when all is well."""

    def is_late(self, today: date) -> bool:
        """Whether it is due and not ended."""
        return self.due is not None and self.due < today and self.state in NOT_ENDED


def refresh(central: Central) -> None:
    """Folds every board that is older than its facts."""
    with central.database.reading() as connection:
        is_stale = _is_any_stale(connection)
    while is_stale:
        with central.database.writing() as connection:
            refresh_some(connection, central.plant.read(connection).items)
            is_stale = _is_any_stale(connection)


def _is_any_stale(connection: Connection) -> bool:
    return connection.execute(select(STALE.c.subject).limit(1)).first() is not None


def refresh_some(connection: Connection, items: Mapping[str, Item]) -> None:
    """Folds some of them."""
    some = select(STALE.c.subject).order_by(STALE.c.subject).limit(FOLDS_A_TURN_MAX)
    subjects = connection.execute(some).scalars().all()
    slips = {subject.partition(":")[2] for subject in subjects if subject.startswith("slip:")}
    orders = {subject.partition(":")[2] for subject in subjects if subject.startswith("order:")}
    named = facts.orders_of(connection, slips)
    orders.update(order for found in named.values() for order in found)
    boards: dict[str, OrderBoard | None] = {}
    for order in sorted(orders):
        boards[order_subject(order)] = _fold(order, None, facts.of_order(connection, order), items)
    for slip in sorted(slips | _settled_with(connection, orders)):
        homeless = [] if slip not in slips or slip in named else facts.of_slip(connection, slip)
        boards[slip_subject(slip)] = _homeless(slip, homeless, items)
    _keep(connection, boards)
    done = [{"done": subject} for subject in {*subjects, *boards}]
    if done:
        connection.execute(delete(STALE).where(STALE.c.subject == bindparam("done")), done)


def _settled_with(connection: Connection, orders: set[str]) -> set[str]:
    """The slips whose every order is folded now, so that their marks are dealt with."""
    theirs = {slip for order in orders for slip in facts.slips_of(connection, order)}
    named = facts.orders_of(connection, theirs)
    return {slip for slip in theirs if named[slip] <= orders}


def _homeless(slip: str, found: list[Fact], items: Mapping[str, Item]) -> OrderBoard | None:
    """A board of its own for a slip of no known order."""
    return _fold(None, slip, found, items) if found else None


def _keep(connection: Connection, boards: dict[str, OrderBoard | None]) -> None:
    if not boards:
        return
    connection.execute(
        delete(BOARD).where(BOARD.c.subject == bindparam("old")), [{"old": subject} for subject in boards]
    )
    rows = [
        {"subject": subject, "body": board.model_dump_json()}
        for subject, board in boards.items()
        if board is not None
    ]
    insert_all(connection, BOARD, rows)


def read(connection: Connection, plant: Plant) -> list[OrderBoard]:
    """Every board as last folded: orders by number, then slips of no known order."""
    bodies = connection.execute(select(BOARD.c.body).order_by(BOARD.c.subject)).scalars()
    return [_named(OrderBoard.model_validate_json(body), plant) for body in bodies]


def _named(board: OrderBoard, plant: Plant) -> OrderBoard:
    """A draft follows the item's name as it is now; a confirmed order has locked it."""
    item = plant.items.get(board.item or "")
    return board if board.item_name or item is None else board.model_copy(update={"item_name": item.name})


def _fold(order: str | None, slip: str | None, found: list[Fact], items: Mapping[str, Item]) -> OrderBoard:
    """The board of these facts; one that cannot be folded says so, and stops no other."""
    try:
        return board_of(fold_order(found, order), order, slip, items)
    except Exception as problem:
        _log.error("board", order=order, slip=slip, trouble=repr(problem))
        return _broken(order, slip, repr(problem))


def board_of(
    progress: OrderProgress,
    order: str | None,
    slip: str | None = None,
    items: Mapping[str, Item] = NO_ITEMS,
) -> OrderBoard:
    """What a progress shows; the plant's `items` say of which material a lot is owed."""
    life, confirmed = progress.life, progress.locked
    demand = life.demand or (confirmed.demand if confirmed else None)
    unit = confirmed.unit.name if confirmed else ""
    last = _last_report(progress)
    return OrderBoard(
        order=order,
        slip=slip,
        state=life.state.value if life.state else None,
        reason=life.reason,
        item=demand.item if demand else None,
        item_name=confirmed.item_name if confirmed else None,
        quantity=show(progress.quantity),
        unit=unit,
        due=demand.due if demand else None,
        customer=demand.customer if demand else None,
        sales_order=demand.sales_order if demand else None,
        output=show(progress.output),
        output_percent=percent(progress.output, progress.quantity),
        issued=show(progress.issued),
        unissued=show(progress.unissued),
        shortfall=show(progress.shortfall),
        over_issued=show(progress.over_issued),
        slips=len(progress.slips),
        open_runs=sum(run.open for found in progress.slips.values() for run in found.runs),
        steps=step_boards(progress, progress.quantity),
        flags=tuple(flag_board(flag, order) for flag in standing_flags(progress, items)),
        warnings=dict(sorted(_warnings(progress.facts).items())),
        last_report_ms=last.event.at.clamped_ms if last else None,
        last_report_station=last.station if last else None,
    )


def _broken(order: str | None, slip: str | None, why: str) -> OrderBoard:
    return board_of(fold_order(()), order, slip).model_copy(update={"broken": why})


def _warnings(found: Iterable[Fact]) -> Counter[str]:
    said: Counter[str] = Counter()
    for fact in found:
        if isinstance(fact.event, Reported | RunStarted):
            said.update(fact.event.warned)
    return said


def _last_report(progress: OrderProgress) -> Fact | None:
    reports = [fact for fact in progress.facts if isinstance(fact.event, Reported)]
    return max(reports, key=lambda fact: (fact.event.at.clamped_ms, fact.stream, fact.seq), default=None)


def flag_board(flag: StandingFlag, order: str | None) -> FlagBoard:
    """A standing flag with its words."""
    return FlagBoard(
        flag=flag.flag.value,
        sentence=flag.flag.sentence,
        settled_by=flag.flag.settled_by,
        order=flag.order or order,
        slip=flag.slip,
        step=flag.step,
        amount=None if flag.amount is None else show(flag.amount),
        facts=flag.facts,
    )


def step_boards(progress: OrderProgress, quantity: Fraction) -> tuple[StepBoard, ...]:
    """Every step of the route, and those reported without being in it; `quantity` is what is wanted."""
    numbers = {*progress.steps, *(number for slip in progress.slips.values() for number in slip.lines)}
    confirmed = progress.locked
    unit = confirmed.unit if confirmed else Unit(name="")
    found = []
    for number in sorted(numbers):
        lines = [slip.lines[number] for slip in progress.slips.values() if number in slip.lines]
        step = progress.steps.get(number)
        wanted = step.ratio.to_step(quantity) if step else NOTHING
        found.append(_step_board(number, step, unit, wanted, lines))
    return tuple(found)


def _step_board(
    number: int, step: Step | None, unit: Unit, wanted: Fraction, lines: list[StepLine]
) -> StepBoard:
    def total(name: str) -> Fraction:
        return sum((getattr(line, name) for line in lines), NOTHING)

    return StepBoard(
        step=number,
        name=step.name if step else "",
        work_centre=step.work_centre if step else "",
        kind=(step.kind if step else StepKind.PRODUCTION).value,
        counting=(step.counting if step else Counting.COUNTS).value,
        unit=((step.unit if step else None) or unit).name,
        wanted=show(wanted),
        received=show(total("received")),
        rework_in=show(total("rework_in")),
        good=show(total("good")),
        first_pass_good=show(total("first_pass_good")),
        scrap=show(total("scrap")),
        rework=show(total("rework_out")),
        review=show(total("review")),
        missing=show(total("missing")),
        still_here=show(total("still_here")),
        surplus=show(total("surplus")),
        reports=sum(len(line.reports) for line in lines),
        good_percent=percent(total("good"), wanted),
        scrap_percent=percent(total("scrap") + total("missing"), wanted),
        here_percent=percent(total("still_here") + total("review") + total("rework_out"), wanted),
    )


def percent(part: Fraction, whole: Fraction) -> int:
    """Rounded down, so that 100 means all of it; at most 100."""
    return min(100, int(part * 100 / whole)) if whole > 0 else 0

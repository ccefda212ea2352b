"""What is going on: board, summary, flags, history.

Never folds more than what changed since somebody last looked.
"""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, func, select

from central import boards, flags, planning, rebuilding, stations
from central.api.access import API
from central.api.answers import REFUSES, Refused, Unfit
from central.boards import FlagBoard, OrderBoard
from central.clock import new_id
from central.flags import AlarmBoard
from central.server import Central
from central.tables import ALARM, ENTRY, FACT
from central.trace import Trace, trace
from floor.commands import SettleFlag
from floor.events import Reported
from floor.flags import Flag
from floor.identity import EventId, Name, Number
from floor.refusals import Refusal
from floor.tags import slip_number

router = APIRouter(prefix=API, tags=["boards"])


class ShownOrder(BaseModel):
    """A board with what depends on today."""

    late: bool
    board: OrderBoard


class PlantBoard(BaseModel):
    """The plant at a glance."""

    plant: str
    time_zone: str
    now_ms: int
    today: date
    """In the plant's time zone."""
    orders: list[ShownOrder]
    """Orders by number, then slips of no known order."""
    alarms: list[AlarmBoard]
    stations: list[dict[str, Any]]


class Summary(BaseModel):
    """How much there is, as counted here."""

    entries: int
    events: int
    """Those that count."""
    reports: int
    quarantined: int
    altered: int
    warnings: dict[str, int]
    """What screens warned of, by flag."""
    flags: dict[str, int]
    """What stands, by flag."""


class Flags(BaseModel):
    """The doubts that stand."""

    standing: list[FlagBoard]
    alarms: list[AlarmBoard]


class Settling(BaseModel):
    """An explanation for a doubt: of an order, slip or step, or of one event that does not count."""

    model_config = ConfigDict(extra="forbid")

    flag: str
    order: Number | None = None
    slip: Name | None = None
    """By its name, its number, or a code of it."""
    step: int | None = None
    event: EventId | None = None
    """For `quarantined` and `altered`."""
    reason: Name
    by: Number | None = None
    intent: EventId | None = None


class Settled(BaseModel):
    """What followed."""

    flag: str
    repeated: bool


def plant_board(central: Central) -> PlantBoard:
    """Everything, as of now."""
    boards.refresh(central)
    now_ms = central.clock.wall_ms()
    with central.database.reading() as connection:
        plant = central.plant.read(connection)
        today = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(ZoneInfo(plant.time_zone)).date()
        return PlantBoard(
            plant=plant.name,
            time_zone=plant.time_zone,
            now_ms=now_ms,
            today=today,
            orders=[
                ShownOrder(late=board.is_late(today), board=board) for board in boards.read(connection, plant)
            ],
            alarms=flags.alarms(connection),
            stations=stations.ages(connection, plant, now_ms),
        )


@router.get("/board")
def read_board(request: Request) -> PlantBoard:
    """Orders with their steps, alarms, stations."""
    return plant_board(request.app.state.central)


@router.post("/board/rebuild")
def rebuild_boards(request: Request) -> dict[str, int]:
    """Makes all read tables again from the ledger."""
    return rebuilding.rebuild(request.app.state.central)


@router.get("/summary")
def read_summary(request: Request) -> Summary:
    """Counts of everything."""
    central: Central = request.app.state.central
    boards.refresh(central)
    with central.database.reading() as connection:
        known = boards.read(connection, central.plant.read(connection))
        warnings: Counter[str] = Counter()
        for board in known:
            warnings.update(board.warnings)
        return Summary(
            entries=_count(connection, select(func.count()).select_from(ENTRY)),
            events=_count(connection, select(func.count()).select_from(FACT)),
            reports=_count(
                connection, select(func.count()).select_from(FACT).where(FACT.c.kind == Reported.kind)
            ),
            quarantined=_alarms(connection, Flag.QUARANTINED),
            altered=_alarms(connection, Flag.ALTERED),
            warnings=dict(sorted(warnings.items())),
            flags=dict(sorted(Counter(flag.flag for flag in flags.of_orders(known)).items())),
        )


def _count(connection: Connection, query: Any) -> int:
    return int(connection.execute(query).scalar_one())


def _alarms(connection: Connection, flag: Flag) -> int:
    return _count(connection, select(func.count()).select_from(ALARM).where(ALARM.c.flag == flag.value))


@router.get("/flags")
def read_flags(request: Request) -> Flags:
    """Every doubt that stands."""
    central: Central = request.app.state.central
    boards.refresh(central)
    with central.database.reading() as connection:
        known = boards.read(connection, central.plant.read(connection))
        return Flags(standing=flags.of_orders(known), alarms=flags.alarms(connection))


def _slip_meant(said: str | None) -> str | None:
    """The slip's number. Raises Refused for what names no slip."""
    slip = slip_number(said) if said else None
    if isinstance(slip, Refusal):
        raise Refused(slip)
    return slip


@router.post("/flags/settle", responses=REFUSES)
def settle_flag(request: Request, body: Settling) -> Settled:
    """Explains one doubt; it stands again when another fact joins it."""
    central: Central = request.app.state.central
    command = SettleFlag(
        intent=body.intent or new_id(),
        by=body.by,
        flag=body.flag,
        order=body.order,
        slip=_slip_meant(body.slip),
        step=body.step,
        reason=body.reason,
    )
    if body.flag in planning.ALARMS:
        answer = planning.settle_alarm(central, body.event or "", command)
    else:
        answer = planning.execute(central, command)
    if isinstance(answer, Refusal):
        raise Refused(answer)
    return Settled(flag=body.flag, repeated=answer.repeated)


@router.get("/trace/{number:path}", responses=REFUSES)
def read_trace(request: Request, number: str) -> Trace:
    """The whole history of an order or a slip."""
    central: Central = request.app.state.central
    if not number.isprintable():
        raise Unfit("unknown", "Nothing here has this number.", "Check the number.", 404)
    with central.database.reading() as connection:
        found = trace(connection, central.plant.read(connection), number)
    if isinstance(found, Refusal):
        raise Refused(found)
    if found is None:
        raise Unfit("unknown", "Nothing here has this number.", "Give an order's or a slip's number.", 404)
    return found

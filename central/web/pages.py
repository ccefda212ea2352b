"""The one page and its files.

Never takes a path from the request: files are picked from a list by name.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from central.api.answers import Unfit
from central.api.boards import PlantBoard, ShownOrder, plant_board
from central.boards import OrderBoard
from central.server import Central
from central.times import age, local_time
from floor.orders import OrderState
from floor.tags import slip_name

HERE: Final = Path(__file__).parent
ORDERS_MAX: Final = 60
FLAGS_MAX: Final = 100
REFRESH_S: Final = 15
SHAPE: Final = "%d %b %H:%M"
SILENT_S: Final = 300
"""A station that was not heard for longer is shown as silent."""

FILES: Final = {"board.css": "text/css; charset=utf-8", "mark.svg": "image/svg+xml"}

STATES: Final = (
    *(OrderState.CONFIRMED, OrderState.HELD, OrderState.SUSPENDED, OrderState.DRAFT),
    *(OrderState.COMPLETED, OrderState.CLOSED, OrderState.CANCELLED),
)
"""In the order in which the page shows them."""

router = APIRouter(include_in_schema=False)

_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["age"] = age
_templates.filters["slip_name"] = slip_name


@router.get("/", response_class=HTMLResponse)
def board_page(request: Request) -> HTMLResponse:
    """The plant at a glance."""
    central: Central = request.app.state.central
    return HTMLResponse(render(plant_board(central)))


@router.get("/static/{file}")
def static_file(file: str) -> Response:
    """One of the page's own files."""
    if file not in FILES:
        raise Unfit("unknown", "There is no such file.", status=404)
    return Response((HERE / "static" / file).read_bytes(), media_type=FILES[file])


@router.get("/health")
def health(request: Request) -> dict[str, str]:
    """Answers when the database does."""
    central: Central = request.app.state.central
    with central.database.reading() as connection:
        central.plant.read(connection)
    return {"status": "ok"}


def render(board: PlantBoard) -> str:
    """The page of a board."""
    zone = ZoneInfo(board.time_zone)
    orders = sorted((shown for shown in board.orders if shown.board.order), key=_precedence)
    flags = [flag for shown in board.orders for flag in shown.board.flags]
    return _templates.get_template("board.html").render(
        board=board,
        now=local_time(board.now_ms, zone, SHAPE),
        refresh_s=REFRESH_S,
        silent_s=SILENT_S,
        orders=[_order(shown, zone, board.today) for shown in orders[:ORDERS_MAX]],
        orders_left=max(0, len(orders) - ORDERS_MAX),
        homeless=[shown.board for shown in board.orders if not shown.board.order][:ORDERS_MAX],
        flags=flags[:FLAGS_MAX],
        flags_left=max(0, len(flags) - FLAGS_MAX),
        tiles=list(_tiles(board, len(flags))),
    )


def _precedence(shown: ShownOrder) -> tuple[int, int, date, str]:
    board = shown.board
    state = STATES.index(OrderState(board.state)) if board.state else len(STATES)
    return (0 if shown.late else 1, state, board.due or date.max, board.order or "")


def _order(shown: ShownOrder, zone: ZoneInfo, today: date) -> dict[str, Any]:
    board, last_ms = shown.board, shown.board.last_report_ms
    return {
        "board": board,
        "late_days": (today - board.due).days if shown.late and board.due else None,
        "in_progress": board.state == OrderState.CONFIRMED and last_ms is not None,
        "last_report": local_time(board.last_report_ms, zone, SHAPE)
        if board.last_report_ms is not None
        else None,
    }


def _tiles(board: PlantBoard, flags: int) -> Iterable[tuple[str, int, str]]:
    """Label, count, and the class that colours it."""
    boards: list[OrderBoard] = [shown.board for shown in board.orders if shown.board.order]
    late = sum(shown.late for shown in board.orders)
    waiting = sum(station["waiting"] or 0 for station in board.stations)
    yield "open orders", sum(found.state == OrderState.CONFIRMED for found in boards), ""
    yield "late", late, "bad" if late else "fine"
    yield "in doubt", flags + len(board.alarms), "warn" if flags or board.alarms else "fine"
    yield "waiting at stations", waiting, "warn" if waiting else "fine"

"""A machine shop's log as rows, actions in time, and the plant that it must have come from.

Never touches a station or a server: `replay` plays what is read here.
"""

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from typing import Final

from floor.tags import BODY_CHARS, TagKind, count_to_letters, encode

FIELDS: Final = (
    "order",
    "part",
    "order_quantity",
    "operation",
    "machine",
    "operator",
    "kind",
    "started_at",
    "ended_at",
    "good",
    "scrap",
    "review",
    "rework",
)
KINDS: Final = ("setup", "production", "breakdown")
COUNTED: Final = ("good", "scrap", "review")
"""What totals are compared."""
STEP_SPACING: Final = 10
SHOP: Final = "shop"


class BrokenLogError(ValueError):
    """The file is not such a log; the text names row and column."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line: a run of one operator, or a breakdown."""

    line: int
    """Line number in the file: the row's identity."""
    order: str
    part: str
    order_quantity: int
    operation: str
    machine: str
    operator: str
    kind: str
    started_at: datetime
    ended_at: datetime
    good: int
    scrap: int
    review: int
    rework: int


class Phase(IntEnum):
    """A row has two moments."""

    START = 0
    END = 1


@dataclass(frozen=True, slots=True, order=True)
class Action:
    """One moment of one row."""

    at: datetime
    line: int
    phase: Phase
    row: LogRow = field(compare=False)

    @property
    def event_id(self) -> str:
        """The same for the same line of the same log in any replay."""
        return hashlib.sha256(
            f"machine log, {self.row.order}, line {self.line}, {self.phase.name}".encode()
        ).hexdigest()[:32]


def slip_event_id(order: str) -> str:
    """The id under which an order's slip is issued, in any replay."""
    return hashlib.sha256(f"machine log, {order}, slip".encode()).hexdigest()[:32]


def read(path: Path) -> list[LogRow]:
    """Every row of the file. Raises BrokenLogError by row and column."""
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != FIELDS:
            raise BrokenLogError(f"row 1: the columns must be {','.join(FIELDS)}")
        return [_row(line, raw) for line, raw in enumerate(reader, start=2)]


def _row(line: int, raw: dict[str, str]) -> LogRow:
    def count(column: str) -> int:
        text = raw[column] or ""
        if not (text.isascii() and text.isdigit()):
            raise BrokenLogError(f"row {line}, column {column}: {text!r} is not a count")
        return int(text)

    def moment(column: str) -> datetime:
        try:
            return datetime.fromisoformat(raw[column]).replace(tzinfo=UTC)
        except (TypeError, ValueError) as error:
            raise BrokenLogError(f"row {line}, column {column}: {raw[column]!r} is not a time") from error

    if raw["kind"] not in KINDS:
        raise BrokenLogError(f"row {line}, column kind: {raw['kind']!r} is none of {', '.join(KINDS)}")
    names = {name: raw[name] for name in ("order", "part", "operation", "machine", "operator", "kind")}
    empty = next((name for name, value in names.items() if not value), None)
    if empty:
        raise BrokenLogError(f"row {line}, column {empty}: it is empty")
    return LogRow(
        line=line,
        order_quantity=count("order_quantity"),
        started_at=moment("started_at"),
        ended_at=moment("ended_at"),
        good=count("good"),
        scrap=count("scrap"),
        review=count("review"),
        rework=count("rework"),
        **names,
    )


def actions(rows: list[LogRow]) -> list[Action]:
    """Starts and ends of all rows, merged by time; ties by line, a row's start before its end."""
    return sorted(
        action
        for row in rows
        for action in (
            Action(row.started_at, row.line, Phase.START, row),
            Action(max(row.started_at, row.ended_at), row.line, Phase.END, row),
        )
    )


def routes(rows: list[LogRow]) -> dict[str, list[str]]:
    """Each order's operations by first start, ties by the file's order."""
    first: dict[str, dict[str, tuple[datetime, int]]] = defaultdict(dict)
    for row in rows:
        known = first[row.order].get(row.operation)
        here = (row.started_at, row.line)
        if known is None or here < known:
            first[row.order][row.operation] = here
    return {order: sorted(begun, key=lambda operation: begun[operation]) for order, begun in first.items()}


def step_number(route: list[str], operation: str) -> int:
    """10 for the first operation of the route, 20 for the second ..."""
    return STEP_SPACING * (route.index(operation) + 1)


def totals(rows: list[LogRow]) -> dict[str, dict[str, dict[str, int]]]:
    """What the file says: order -> operation -> good, scrap, review, rework."""
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    for row in rows:
        figures = found[row.order].setdefault(row.operation, dict.fromkeys(COUNTED, 0))
        if row.kind != "breakdown":
            for column in COUNTED:
                figures[column] += getattr(row, column)
    return dict(found)


def plant_files(rows: list[LogRow]) -> dict[str, str]:
    """The plant that the log must have come from, as files for `central load`.

    One item per order, because each order's route is its own; one work centre, because the log names none.
    """
    people = sorted({row.operator for row in rows})
    machines = sorted({row.machine for row in rows})
    order_rows = {row.order: row for row in rows}
    by_order = routes(rows)
    return {
        "plant.toml": 'name = "Machine shop"\ntime_zone = "UTC"\n',
        "work_centres.csv": _csv(("work_centre", "name"), [(SHOP, "Machine shop")]),
        "people.csv": _csv(
            ("person", "name", "role", "code"),
            [
                (person, person, "operator", code)
                for person, code in zip(people, letters(len(people)), strict=True)
            ],
        ),
        "machines.csv": _csv(
            ("machine", "name", "work_centre", "code"),
            [
                (machine, machine, SHOP, code)
                for machine, code in zip(machines, letters(len(machines)), strict=True)
            ],
        ),
        "items.csv": _csv(
            ("item", "name"), [(order, order_rows[order].part) for order in sorted(order_rows)]
        ),
        "routes.csv": _csv(
            ("item", "step", "name", "work_centre"),
            [
                (order, STEP_SPACING * at, operation, SHOP)
                for order in sorted(by_order)
                for at, operation in enumerate(by_order[order], start=1)
            ],
        ),
        "orders.csv": _csv(
            ("order", "item", "quantity", "state"),
            [(order, order, row.order_quantity, "confirmed") for order, row in sorted(order_rows.items())],
        ),
    }


def codes(rows: list[LogRow]) -> tuple[dict[str, str], dict[str, str]]:
    """Badge and machine codes as `plant_files` gives them, by operator and by machine."""
    people = sorted({row.operator for row in rows})
    machines = sorted({row.machine for row in rows})
    badges = {
        person: encode(TagKind.PERSON, code)
        for person, code in zip(people, letters(len(people)), strict=True)
    }
    tags = {
        machine: encode(TagKind.MACHINE, code)
        for machine, code in zip(machines, letters(len(machines)), strict=True)
    }
    return badges, tags


def letters(count: int) -> list[str]:
    """So many six-letter bodies, one after the other."""
    return [count_to_letters(number, BODY_CHARS[TagKind.PERSON]) for number in range(1, count + 1)]


def _csv(header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()

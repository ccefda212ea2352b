"""The files of a plant and their columns: rows to values of `floor`, each with its place.

Never compares with what the plant already has: `loading.checks` and `loading.changes` do.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Generic, TypeVar

from central.loading import cells
from central.loading.problems import BadCell, Problems
from central.loading.reading import Row, Sheet
from floor.events import Demand, ReasonUse
from floor.items import BomLine, Item, Tracking
from floor.people import LEADS, Role
from floor.quantities import DECIMALS_MAX, PIECES, ZERO, Ratio, Unit
from floor.routing import Counting, OverPolicy, RunUse, Step, StepKind
from floor.tags import SHEET_STEPS_MAX

Content = TypeVar("Content")

STEP_SIZE: Final = 10
PIN_CHARS_MIN: Final = 4
PIN_CHARS_MAX: Final = 12

SHEETS: Final = {
    sheet.file: sheet
    for sheet in (
        Sheet("items.csv", ("item", "name"), ("unit", "decimals", "tracking", "gtin")),
        Sheet("lots.csv", ("lot", "item"), ("supplier", "code")),
        Sheet("work_centres.csv", ("work_centre", "name")),
        Sheet("machines.csv", ("machine", "name", "work_centre"), ("code",)),
        Sheet("people.csv", ("person", "name"), ("role", "language", "code", "pin", "skills")),
        Sheet("reasons.csv", ("reason", "name", "uses"), ("code",)),
        Sheet("shifts.csv", ("shift", "name", "starts", "ends", "weekdays")),
        Sheet("stations.csv", ("station", "name", "work_centre")),
        Sheet("boms.csv", ("item", "component", "quantity", "step"), ("version",)),
        Sheet(
            "routes.csv",
            ("item", "step", "name", "work_centre"),
            (
                *("kind", "counting", "predecessors", "unit", "decimals", "ratio_step", "ratio_order"),
                *("setup_minutes", "piece_minutes", "machine", "person", "version", "runs", "skills"),
                *("over_percent", "over_policy", "count_on_arrival"),
            ),
        ),
        Sheet(
            "checks.csv",
            ("item", "step", "check", "name"),
            ("kind", "low", "high", "unit", "every", "version"),
        ),
        Sheet("instructions.csv", ("item", "step"), ("text", "document", "page")),
        Sheet(
            "orders.csv",
            ("order", "item", "quantity"),
            ("due", "customer", "sales_order", "note", "state"),
        ),
    )
}
"""Every CSV file by name."""


@dataclass(frozen=True, slots=True)
class Placed(Generic[Content]):
    """A value with the row that it came from."""

    row: Row
    value: Content


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with a number and a name."""

    number: str
    name: str
    work_centre: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as the file says, the PIN still in clear."""

    number: str
    name: str
    role: Role
    language: str
    code: str | None
    pin: str | None = field(repr=False)
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A reason as the file says."""

    number: str
    name: str
    uses: tuple[ReasonUse, ...]
    code: str | None


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A shift; the value is what the event takes."""

    number: str
    content: dict[str, object]


@dataclass(frozen=True, slots=True)
class Component:
    """One line of a BOM."""

    item: str
    version: int | None
    line: BomLine


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One step of a route."""

    item: str
    version: int | None
    step: Step


class Wanted(StrEnum):
    """How far an order is taken by loading it."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order as the file says."""

    number: str
    demand: Demand
    wanted: Wanted


def item(row: Row) -> Item:
    """A row of `items.csv`."""
    unit = cells.optional_name(row, "unit") or PIECES.name
    return Item(
        item=cells.number(row, "item"),
        name=cells.name(row),
        unit=Unit(name=unit, decimals=_decimals(row)),
        tracking=cells.choice(row, "tracking", Tracking, Tracking.NONE),
        gtin=cells.gtin(row, "gtin"),
    )


def work_centre(row: Row) -> Named:
    """A row of `work_centres.csv`."""
    return Named(cells.number(row, "work_centre"), cells.name(row))


def machine(row: Row) -> Named:
    """A row of `machines.csv`."""
    return Named(
        cells.number(row, "machine"), cells.name(row), cells.number(row, "work_centre"), cells.code(row)
    )


def station(row: Row) -> Named:
    """A row of `stations.csv`."""
    return Named(cells.number(row, "station"), cells.name(row), cells.number(row, "work_centre"))


def person(row: Row) -> PersonLine:
    """A row of `people.csv`."""
    role = cells.choice(row, "role", Role, Role.OPERATOR)
    pin = row.get("pin") or None
    if pin and role not in LEADS:
        raise BadCell("pin", f"an empty cell: only {' and '.join(sorted(LEADS))} have a PIN")
    if pin and not (pin.isascii() and pin.isdigit() and PIN_CHARS_MIN <= len(pin) <= PIN_CHARS_MAX):
        raise BadCell("pin", f"{PIN_CHARS_MIN} to {PIN_CHARS_MAX} digits")
    language = cells.optional_name(row, "language") or "en"
    skills = cells.numbers(row, "skills")
    return PersonLine(
        cells.number(row, "person"), cells.name(row), role, language, cells.code(row), pin, skills
    )


def reason(row: Row) -> ReasonLine:
    """A row of `reasons.csv`."""
    uses = cells.choices(row, "uses", ReasonUse)
    return ReasonLine(cells.number(row, "reason"), cells.name(row), uses, cells.code(row))


def shift(row: Row) -> ShiftLine:
    """A row of `shifts.csv`."""
    number = cells.number(row, "shift")
    content: dict[str, object] = {
        "shift": number,
        "name": cells.name(row),
        "starts": cells.clock_time(row, "starts"),
        "ends": cells.clock_time(row, "ends"),
        "weekdays": cells.weekdays(row, "weekdays"),
    }
    return ShiftLine(number, content)


def component(row: Row) -> Component:
    """A row of `boms.csv`."""
    line = BomLine(
        item=cells.number(row, "component"),
        quantity=cells.quantity(row, "quantity"),
        step=step_number(row),
    )
    return Component(cells.number(row, "item"), version_of(row), line)


def route_step(row: Row) -> RouteStep:
    """A row of `routes.csv`."""
    unit, decimals = cells.optional_name(row, "unit"), _decimals(row)
    ratio = Ratio(
        step=cells.integer(row, "ratio_step", default=1, least=1),
        order=cells.integer(row, "ratio_order", default=1, least=1),
    )
    step = Step(
        number=step_number(row),
        name=cells.name(row),
        work_centre=cells.number(row, "work_centre"),
        kind=cells.choice(row, "kind", StepKind, StepKind.PRODUCTION),
        counting=cells.choice(row, "counting", Counting, Counting.COUNTS),
        predecessors=_predecessors(row),
        unit=Unit(name=unit, decimals=decimals) if unit else None,
        ratio=ratio,
        setup_minutes=cells.optional_amount(row, "setup_minutes"),
        piece_minutes=cells.optional_amount(row, "piece_minutes"),
        machine=cells.optional_number(row, "machine"),
        person=cells.optional_number(row, "person"),
        runs=cells.choice(row, "runs", RunUse, None),
        skills=cells.numbers(row, "skills"),
        over_percent=cells.optional_amount(row, "over_percent") or ZERO,
        over_policy=cells.choice(row, "over_policy", OverPolicy, OverPolicy.WARN),
        count_on_arrival=cells.yes_or_no(row, "count_on_arrival"),
    )
    return RouteStep(cells.number(row, "item"), version_of(row), step)


def order(row: Row) -> OrderLine:
    """A row of `orders.csv`."""
    demand = Demand(
        item=cells.number(row, "item"),
        quantity=cells.quantity(row, "quantity"),
        due=cells.day(row, "due"),
        customer=cells.optional_name(row, "customer"),
        sales_order=cells.optional_number(row, "sales_order"),
        note=cells.optional_name(row, "note"),
    )
    wanted = cells.choice(row, "state", Wanted, Wanted.CONFIRMED)
    return OrderLine(cells.number(row, "order"), demand, wanted)


def step_number(row: Row) -> int:
    """10, 20, 30 ..., as far as a slip's codes reach."""
    number = cells.integer(row, "step")
    if number % STEP_SIZE or not STEP_SIZE <= number <= STEP_SIZE * SHEET_STEPS_MAX:
        raise BadCell("step", f"a multiple of {STEP_SIZE} from {STEP_SIZE} to {STEP_SIZE * SHEET_STEPS_MAX}")
    return number


def _decimals(row: Row) -> int:
    """Digits behind the point that a unit has; none unless told."""
    decimals = cells.integer(row, "decimals", default=0)
    if decimals > DECIMALS_MAX:
        raise BadCell("decimals", f"at most {DECIMALS_MAX}")
    return decimals


def _predecessors(row: Row) -> tuple[int, ...] | None:
    """Empty means the step before; `none` means that it starts from the slip's quantity."""
    found = cells.words(row, "predecessors")
    if not found:
        return None
    if found == ["none"]:
        return ()
    if not all(word.isascii() and word.isdigit() and len(word) <= len("2560") for word in found):
        raise BadCell("predecessors", "steps such as 10 20, or none, or an empty cell for the step before")
    return tuple(sorted({int(word) for word in found}))


def version_of(row: Row) -> int | None:
    return cells.integer(row, "version", least=1) if row.get("version") else None


Versioned = TypeVar("Versioned", RouteStep, Component)


def by_version(lines: Iterable[Placed[Versioned]]) -> dict[str, dict[int | None, list[Placed[Versioned]]]]:
    """Lines that make up a route or a BOM together: by item and version."""
    found: dict[str, dict[int | None, list[Placed[Versioned]]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        found[line.value.item][line.value.version].append(line)
    return found


def read_rows(
    rows: list[Row], convert: Callable[[Row], Content], key: Callable[[Content], object], problems: Problems
) -> list[Placed[Content]]:
    """Every row as a value; broken rows and repeated keys are noted."""
    found: list[Placed[Content]] = []
    first_at: dict[object, int] = {}
    for row in rows:
        with problems.of(row.file, row.line):
            value = convert(row)
            at = first_at.setdefault(key(value), row.line)
            if at != row.line:
                first_column = next(iter(row.cells))
                raise BadCell(first_column, f"each only once; this one stands in row {at} already")
            found.append(Placed(row, value))
    return found

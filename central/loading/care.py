"""The checks of steps from `checks.csv` and their instructions from `instructions.csv`: rows and events.

Never adds a step: what a row names stands in the route.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from central.loading import cells
from central.loading.problems import BadCell, Problems
from central.loading.reading import Row
from central.loading.sheets import Placed, RouteStep, step_number, version_of
from floor.events import InstructionsDefined, Moment
from floor.events.plant import INSTRUCTION_LINES_MAX
from floor.plant import Plant
from floor.routing import Check, CheckKind


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check of one step."""

    item: str
    version: int | None
    """Of the route; None for every version in the file."""
    step: int
    check: Check


@dataclass(frozen=True, slots=True)
class InstructionLine:
    """One line of a step's instructions, or the drawing that goes with them."""

    item: str
    step: int
    text: str | None
    document: str | None
    page: int | None


def check_line(row: Row) -> CheckLine:
    """A row of `checks.csv`."""
    kind = cells.choice(row, "kind", CheckKind, CheckKind.PASSED)
    low, high = cells.measure(row, "low"), cells.measure(row, "high")
    if kind is CheckKind.PASSED and (low is not None or high is not None):
        raise BadCell("kind", f"{CheckKind.MEASURED} where there are limits")
    if low is not None and high is not None and low > high:
        raise BadCell("high", f"not below {low}")
    check = Check(
        check=cells.number(row, "check"),
        name=cells.name(row),
        kind=kind,
        low=low,
        high=high,
        unit=cells.optional_name(row, "unit"),
        every=cells.quantity(row, "every") if row.get("every") else None,
    )
    return CheckLine(cells.number(row, "item"), version_of(row), step_number(row), check)


def instruction_line(row: Row) -> InstructionLine:
    """A row of `instructions.csv`."""
    text, document = cells.optional_name(row, "text"), cells.optional_name(row, "document")
    page = cells.integer(row, "page", least=1) if row.get("page") else None
    if text is None and document is None:
        raise BadCell("text", "a line of the instructions, or a document")
    if page is not None and document is None:
        raise BadCell("document", "the document that has this page")
    return InstructionLine(cells.number(row, "item"), step_number(row), text, document, page)


def with_checks(
    route_steps: list[Placed[RouteStep]], lines: Iterable[Placed[CheckLine]], problems: Problems
) -> list[Placed[RouteStep]]:
    """The steps with their checks in the order of the file; checks of no step here are noted."""
    checks: dict[tuple[str, int | None, int], list[Check]] = defaultdict(list)
    named = {(line.value.item, line.value.step.number) for line in route_steps}
    for line in lines:
        said = line.value
        with problems.of(line.row.file, line.row.line):
            if (said.item, said.step) not in named:
                raise BadCell("step", f"a step of {said.item} in routes.csv; there is no step {said.step}")
        checks[said.item, said.version, said.step].append(said.check)
    return [replace(line, value=_checked(line.value, checks)) for line in route_steps]


def _checked(line: RouteStep, checks: Mapping[tuple[str, int | None, int], list[Check]]) -> RouteStep:
    every_version = checks.get((line.item, None, line.step.number), [])
    this_version = checks.get((line.item, line.version, line.step.number), []) if line.version else []
    found = (*every_version, *this_version)
    return replace(line, step=line.step.model_copy(update={"checks": found})) if found else line


def instruction_changes(
    lines: Iterable[Placed[InstructionLine]],
    versions: Mapping[str, int],
    plant: Plant,
    now: Moment,
    problems: Problems,
) -> Iterator[tuple[Row, InstructionsDefined]]:
    """Instructions that are new or different, for the version of each route that this load leaves active."""
    together: dict[tuple[str, int], list[Placed[InstructionLine]]] = defaultdict(list)
    for line in lines:
        together[line.value.item, line.value.step].append(line)
    for (item, step), found in together.items():
        row = found[0].row
        with problems.of(row.file, row.line):
            defined = _instructions(item, step, found, versions, now)
            before = plant.instructions.get((item, defined.version_of_route, step))
            if before is None or before.model_copy(update={"at": now, "by": None}) != defined:
                yield row, defined


def _instructions(
    item: str, step: int, found: list[Placed[InstructionLine]], versions: Mapping[str, int], now: Moment
) -> InstructionsDefined:
    texts = tuple(line.value.text for line in found if line.value.text)
    documents = {(line.value.document, line.value.page) for line in found if line.value.document}
    if item not in versions:
        raise BadCell("item", f"an item with a route, not {item!r}")
    if len(texts) > INSTRUCTION_LINES_MAX:
        raise BadCell("text", f"at most {INSTRUCTION_LINES_MAX} lines for a step")
    if len(documents) > 1:
        raise BadCell("document", "one document and page for a step")
    document, page = next(iter(documents), (None, None))
    return InstructionsDefined(
        at=now,
        item=item,
        version_of_route=versions[item],
        step=step,
        lines=texts,
        document=document,
        page=page,
    )


def check_instructions(
    lines: Iterable[Placed[InstructionLine]], steps: Mapping[str, frozenset[int]], problems: Problems
) -> None:
    """Notes every line about a step that its route does not have."""
    for line in lines:
        with problems.of(line.row.file, line.row.line):
            if line.value.step not in steps.get(line.value.item, ()):
                where = f"a step of the route of {line.value.item}; there is no step {line.value.step}"
                raise BadCell("step", where)

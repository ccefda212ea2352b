"""Whether the files agree with each other and with the plant: what is named exists, nothing runs in circles.

Never changes anything: it notes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from central.loading.care import check_instructions
from central.loading.files import Files
from central.loading.lots import check_gtins, check_lots
from central.loading.problems import BadCell, Problems
from central.loading.sheets import Component, OrderLine, Placed, RouteStep, Versioned, by_version
from floor.items import BOM_DEPTH_MAX, Item
from floor.plant import Plant
from floor.quantities import is_too_fine
from floor.routing import Counting, Step


@dataclass(frozen=True, slots=True)
class World:
    """What may be named: what the plant has, and what the files bring."""

    items: Mapping[str, Item]
    work_centres: frozenset[str]
    machines: Mapping[str, str]
    """Machine -> work centre."""
    people: frozenset[str]
    steps: Mapping[str, frozenset[int]]
    """Item -> steps of its newest route."""
    components: Mapping[str, frozenset[str]]
    """Item -> components of its newest BOM."""


def world(files: Files, plant: Plant, people: Iterable[str]) -> World:
    """Plant and files together."""
    routes = newest(files.route_steps)
    boms = newest(files.components)
    return World(
        items={**plant.items, **{line.value.item: line.value for line in files.items}},
        work_centres=frozenset(plant.work_centres) | {line.value.number for line in files.work_centres},
        machines={
            **{number: machine.work_centre for number, machine in plant.machines.items()},
            **{line.value.number: line.value.work_centre or "" for line in files.machines},
        },
        people=frozenset(people) | {line.value.number for line in files.people},
        steps={
            **{item: frozenset(step.number for step in route.steps) for item, route in plant.routes.items()},
            **{item: frozenset(line.value.step.number for line in lines) for item, lines in routes.items()},
        },
        components={
            **{item: frozenset(line.item for line in bom.lines) for item, bom in plant.boms.items()},
            **{item: frozenset(line.value.line.item for line in lines) for item, lines in boms.items()},
        },
    )


def newest(lines: Iterable[Placed[Versioned]]) -> dict[str, list[Placed[Versioned]]]:
    """The lines of each item's highest version."""
    return {
        item: versions[max(versions, key=lambda version: version or 0)]
        for item, versions in by_version(lines).items()
    }


def check(files: Files, known: World, problems: Problems) -> None:
    """Notes everything that names what does not exist."""
    check_instructions(files.instructions, known.steps, problems)
    check_lots(((line.row, line.value) for line in files.lots), known.items, problems)
    check_gtins(((line.row, line.value) for line in files.items), known.items, problems)
    for machine in (*files.machines, *files.stations):
        with problems.of(machine.row.file, machine.row.line):
            _known("work_centre", machine.value.work_centre or "", known.work_centres, "work centre")
    for versions in by_version(files.route_steps).values():
        for route in versions.values():
            with problems.of(route[0].row.file, route[0].row.line):
                _check_counts(route)
            numbers = {line.value.step.number for line in route}
            for step in route:
                with problems.of(step.row.file, step.row.line):
                    _check_step(step.value, numbers, known)
    for component in files.components:
        with problems.of(component.row.file, component.row.line):
            _check_component(component.value, known)
    for order in files.orders:
        with problems.of(order.row.file, order.row.line):
            _check_order(order.value, known)


def _known(column: str, number: str, known: Iterable[str], what: str) -> None:
    if number not in known:
        raise BadCell(column, f"a known {what}, not {number!r}")


def _check_counts(route: Sequence[Placed[RouteStep]]) -> None:
    """Without a step that counts, no order over this route could ever have an output."""
    if all(line.value.step.counting is not Counting.COUNTS for line in route):
        raise BadCell("counting", f"{Counting.COUNTS} at one step of the route at least")


def _check_step(line: RouteStep, route: set[int], known: World) -> None:
    step = line.step
    _known("item", line.item, known.items, "item")
    _known("work_centre", step.work_centre, known.work_centres, "work centre")
    if step.machine is not None:
        _known("machine", step.machine, known.machines, "machine")
        if known.machines[step.machine] != step.work_centre:
            raise BadCell("machine", f"a machine of {step.work_centre}; {step.machine} stands elsewhere")
    if step.person is not None:
        _known("person", step.person, known.people, "person")
    _check_predecessors(step, route)


def _check_predecessors(step: Step, route: set[int]) -> None:
    """Only earlier steps may come before: so no route runs in a circle."""
    for before in step.predecessors or ():
        if before not in route:
            raise BadCell("predecessors", f"steps of the same route; there is no step {before}")
        if before >= step.number:
            raise BadCell("predecessors", f"steps before {step.number}, or the route runs in a circle")


def _check_component(line: Component, known: World) -> None:
    _known("item", line.item, known.items, "item")
    _known("component", line.line.item, known.items, "item")
    if line.line.step not in known.steps.get(line.item, ()):
        raise BadCell("step", f"a step of the route of {line.item}; there is no step {line.line.step}")
    circle = _circle(line.item, known)
    if circle:
        raise BadCell("component", f"a BOM that does not contain itself: {' > '.join(circle)}")


def _circle(item: str, known: World) -> list[str]:
    """The way from an item back to itself, or one that is too deep; empty when all is well."""

    def walk(way: list[str]) -> list[str]:
        if len(way) > BOM_DEPTH_MAX:
            return way
        for component in sorted(known.components.get(way[-1], ())):
            found = [*way, component] if component == item else walk([*way, component])
            if found:
                return found
        return []

    return walk([item])


def _check_order(line: OrderLine, known: World) -> None:
    demand = line.demand
    _known("item", demand.item, known.items, "item")
    _known("item", demand.item, known.steps, "item with a route")
    unit = known.items[demand.item].unit
    if is_too_fine(demand.quantity, unit):
        shape = f"at most {unit.decimals} digits behind the point" if unit.decimals else "a whole number"
        raise BadCell("quantity", f"{shape}: {demand.item} is counted in {unit.name}")

"""What loading adds: the difference between the files and the plant, as events of central's stream.

Never says again what the plant knows already, and never gives an old version another content.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from central.loading.care import instruction_changes
from central.loading.codes import assigned
from central.loading.files import Files
from central.loading.lots import lot_changes
from central.loading.problems import BadCell, Problems
from central.loading.reading import Row
from central.loading.sheets import Placed, Versioned, by_version
from floor.events import (
    BomDefined,
    Event,
    ItemDefined,
    MachineDefined,
    Moment,
    PlantDescribed,
    ReasonDefined,
    RouteDefined,
    ShiftDefined,
    StationDefined,
    WorkCentreDefined,
)
from floor.items import Bom
from floor.people import Person
from floor.plant import Plant
from floor.routing import Route
from floor.tags import TagKind

Change = tuple[Row | None, Event]
"""An event with the row that asks for it."""


def changes(files: Files, plant: Plant, now: Moment, problems: Problems) -> list[Change]:
    """Every event that follows from the files, in an order in which nothing is named before it exists."""
    routes = list(_routes(files, plant, now, problems))
    return [
        *_described(files, plant, now),
        *_simple(files, plant, now),
        *_machines(files, plant, now, problems),
        *_reasons(files, plant, now, problems),
        *routes,
        *_boms(files, plant, now, problems),
        *instruction_changes(files.instructions, _active(plant, routes), plant, now, problems),
        *lot_changes(((line.row, line.value) for line in files.lots), plant, now, problems),
    ]


def _active(plant: Plant, routes: list[Change]) -> dict[str, int]:
    """Which version of each item's route is the active one after this load."""
    known = {item: route.version for item, route in plant.routes.items()}
    new = {event.route.item: event.route.version for _, event in routes if isinstance(event, RouteDefined)}
    return known | new


def _described(files: Files, plant: Plant, now: Moment) -> Iterator[Change]:
    said = files.plant
    if said and any(getattr(plant, rule) != told for rule, told in asdict(said).items()):
        yield None, PlantDescribed(at=now, **asdict(said))


def _simple(files: Files, plant: Plant, now: Moment) -> Iterator[Change]:
    """What has neither code nor version."""
    for item in files.items:
        if plant.items.get(item.value.item) != item.value:
            yield item.row, ItemDefined(at=now, item=item.value)
    for line in files.work_centres:
        centre = WorkCentreDefined(at=now, work_centre=line.value.number, name=line.value.name)
        if _is_news(plant.work_centres.get(line.value.number), centre):
            yield line.row, centre
    for shift in files.shifts:
        defined = ShiftDefined.model_validate({"at": now, **shift.value.content})
        if _is_news(plant.shifts.get(shift.value.number), defined):
            yield shift.row, defined
    for line in files.stations:
        station = StationDefined(
            at=now, station=line.value.number, name=line.value.name, work_centre=line.value.work_centre or ""
        )
        if _is_news(plant.stations.get(line.value.number), station):
            yield line.row, station


def _is_news(known: Event | None, said: Event) -> bool:
    """Whether it says something else than what is known, the moment aside."""
    return known is None or known.model_copy(update={"at": said.at, "by": said.by}) != said


def _machines(files: Files, plant: Plant, now: Moment, problems: Problems) -> Iterator[Change]:
    wanted = {line.value.number: line.value.code for line in files.machines}
    codes = assigned(
        TagKind.MACHINE, wanted, {number: known.code for number, known in plant.machines.items()}
    )
    taken = {number: known.code for number, known in plant.machines.items()} | codes
    for line in files.machines:
        machine = MachineDefined(
            at=now,
            machine=line.value.number,
            name=line.value.name,
            work_centre=line.value.work_centre or "",
            code=codes[line.value.number],
        )
        with problems.of(line.row.file, line.row.line):
            _check_code(machine.code, line.value.number, taken)
        if _is_news(plant.machines.get(line.value.number), machine):
            yield line.row, machine


def _reasons(files: Files, plant: Plant, now: Moment, problems: Problems) -> Iterator[Change]:
    wanted = {line.value.number: line.value.code for line in files.reasons}
    codes = assigned(TagKind.REASON, wanted, {number: known.code for number, known in plant.reasons.items()})
    taken = {number: known.code for number, known in plant.reasons.items()} | codes
    for line in files.reasons:
        reason = ReasonDefined(
            at=now,
            reason=line.value.number,
            name=line.value.name,
            uses=line.value.uses,
            code=codes[line.value.number],
        )
        with problems.of(line.row.file, line.row.line):
            _check_code(reason.code, line.value.number, taken)
        if _is_news(plant.reasons.get(line.value.number), reason):
            yield line.row, reason


def _check_code(code: str, number: str, taken: dict[str, str]) -> None:
    others = [other for other, known in taken.items() if known == code and other != number]
    if others:
        raise BadCell("code", f"letters that nothing else has; {others[0]} has {code}")


def _routes(files: Files, plant: Plant, now: Moment, problems: Problems) -> Iterator[Change]:
    for item, versions in by_version(files.route_steps).items():
        for said, lines in _ascending(versions, problems):
            steps = sorted((line.value.step for line in lines), key=lambda step: step.number)
            active = plant.routes.get(item)
            row = lines[0].row
            with problems.of(row.file, row.line):
                same = active is not None and active.steps == tuple(steps)
                version = _next_version(said, active.version if active else 0, same)
                if version is not None:
                    route = Route(item=item, version=version, steps=tuple(steps))
                    yield row, RouteDefined(at=now, route=route)


def _boms(files: Files, plant: Plant, now: Moment, problems: Problems) -> Iterator[Change]:
    for item, versions in by_version(files.components).items():
        for said, lines in _ascending(versions, problems):
            components = sorted((line.value.line for line in lines), key=lambda line: (line.step, line.item))
            active = plant.boms.get(item)
            row = lines[0].row
            with problems.of(row.file, row.line):
                same = active is not None and active.lines == tuple(components)
                version = _next_version(said, active.version if active else 0, same)
                if version is not None:
                    yield (
                        row,
                        BomDefined(at=now, bom=Bom(item=item, version=version, lines=tuple(components))),
                    )


def _ascending(
    versions: Mapping[int | None, list[Placed[Versioned]]], problems: Problems
) -> Iterator[tuple[int | None, list[Placed[Versioned]]]]:
    """Versions in their order: the last one becomes the active one."""
    if None in versions and len(versions) > 1:
        row = versions[None][0].row
        problems.add(row.file, row.line, "version", "a version in all rows of an item, or in none")
        return
    yield from sorted(versions.items(), key=lambda found: found[0] or 0)


def _next_version(said: int | None, active: int, same: bool) -> int | None:
    """The version to define; None when the plant has it. Raises BadCell for new content in an old one."""
    if said is None:
        return None if same else active + 1
    if said < active or (said == active and same):
        return None
    if said == active:
        raise BadCell("version", f"{active + 1}: version {active} is known with another content")
    return said


def changed_people(
    files: Files, known: Mapping[str, Person], pins: Mapping[str, str], problems: Problems
) -> list[Person]:
    """Records that are new or different; `pins` as `pins.hashes` made them."""
    wanted = {line.value.number: line.value.code for line in files.people}
    badges = assigned(TagKind.PERSON, wanted, {number: person.badge for number, person in known.items()})
    taken = {number: person.badge for number, person in known.items()} | badges
    found = []
    for line in files.people:
        said = line.value
        with problems.of(line.row.file, line.row.line):
            _check_code(badges[said.number], said.number, taken)
        person = Person(
            person=said.number,
            name=said.name,
            badge=badges[said.number],
            role=said.role,
            language=said.language,
            skills=said.skills,
            pin_hash=pins.get(said.number),
        )
        if person != known.get(said.number):
            found.append(person)
    return found

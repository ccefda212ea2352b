"""All files of a plant's directory as values, before anything is compared or written.

Never raises for a broken file: it is noted, with its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from central.loading import care, lots, sheets
from central.loading.care import InstructionLine
from central.loading.lots import LotLine
from central.loading.plantfile import PLANT_FILE, PlantLine, plant
from central.loading.problems import Problems
from central.loading.reading import Row, read_csv, read_toml
from central.loading.sheets import (
    SHEETS,
    Component,
    Named,
    OrderLine,
    PersonLine,
    Placed,
    ReasonLine,
    RouteStep,
    ShiftLine,
)
from floor.items import Item


@dataclass(frozen=True, slots=True)
class Files:
    """What a directory says."""

    plant: PlantLine | None
    items: list[Placed[Item]]
    lots: list[Placed[LotLine]]
    work_centres: list[Placed[Named]]
    machines: list[Placed[Named]]
    people: list[Placed[PersonLine]]
    reasons: list[Placed[ReasonLine]]
    shifts: list[Placed[ShiftLine]]
    stations: list[Placed[Named]]
    components: list[Placed[Component]]
    route_steps: list[Placed[RouteStep]]
    """With their checks."""
    instructions: list[Placed[InstructionLine]]
    orders: list[Placed[OrderLine]]


def read_files(texts: Mapping[str, str], problems: Problems) -> Files:
    """The values of all files; a file that is not there says nothing."""
    known = {PLANT_FILE, *SHEETS}
    for file in sorted(set(texts) - known):
        problems.add(file[:80], None, None, f"a known file, one of: {', '.join(sorted(known))}")
    if not set(texts) & known:
        problems.add(PLANT_FILE, None, None, "this file, or one of the others; the directory has none")

    def rows(file: str) -> list[Row]:
        return read_csv(SHEETS[file], texts[file], problems) if file in texts else []

    read = sheets.read_rows
    checks = read(
        rows("checks.csv"),
        care.check_line,
        lambda line: (line.item, line.version, line.step, line.check.check),
        problems,
    )
    return Files(
        plant=_plant(texts, problems),
        items=read(rows("items.csv"), sheets.item, lambda item: item.item, problems),
        lots=read(rows("lots.csv"), lots.lot, lambda line: line.number, problems),
        work_centres=read(rows("work_centres.csv"), sheets.work_centre, lambda line: line.number, problems),
        machines=read(rows("machines.csv"), sheets.machine, lambda line: line.number, problems),
        people=read(rows("people.csv"), sheets.person, lambda line: line.number, problems),
        reasons=read(rows("reasons.csv"), sheets.reason, lambda line: line.number, problems),
        shifts=read(rows("shifts.csv"), sheets.shift, lambda line: line.number, problems),
        stations=read(rows("stations.csv"), sheets.station, lambda line: line.number, problems),
        components=read(
            rows("boms.csv"),
            sheets.component,
            lambda line: (line.item, line.version, line.line.item, line.line.step),
            problems,
        ),
        route_steps=care.with_checks(
            read(
                rows("routes.csv"),
                sheets.route_step,
                lambda line: (line.item, line.version, line.step.number),
                problems,
            ),
            checks,
            problems,
        ),
        instructions=read(
            rows("instructions.csv"),
            care.instruction_line,
            lambda line: (line.item, line.step, line.text, line.document),
            problems,
        ),
        orders=read(rows("orders.csv"), sheets.order, lambda line: line.number, problems),
    )


def _plant(texts: Mapping[str, str], problems: Problems) -> PlantLine | None:
    if PLANT_FILE not in texts:
        return None
    before = len(problems.found)
    table = read_toml(PLANT_FILE, texts[PLANT_FILE], problems)
    if len(problems.found) > before:
        return None
    with problems.of(PLANT_FILE, None):
        return plant(table)
    return None

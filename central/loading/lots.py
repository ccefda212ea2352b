"""Lots of material from `lots.csv`, and the numbers on suppliers' labels: their rows, checks and events.

Never says where a lot lies or how much of it is left.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from central.loading import cells
from central.loading.codes import assigned
from central.loading.problems import BadCell, Problems
from central.loading.reading import Row
from floor.events import LotDefined, Moment
from floor.items import Item
from floor.plant import Plant
from floor.tags import TagKind


@dataclass(frozen=True, slots=True)
class LotLine:
    """A lot as the file says."""

    number: str
    item: str
    supplier: str | None
    code: str | None


def lot(row: Row) -> LotLine:
    """A row of `lots.csv`."""
    return LotLine(
        cells.number(row, "lot"),
        cells.number(row, "item"),
        cells.optional_name(row, "supplier"),
        cells.code(row),
    )


def check_lots(lines: Iterable[tuple[Row, LotLine]], items: Mapping[str, Item], problems: Problems) -> None:
    """Notes every lot of an item that nobody knows."""
    for row, line in lines:
        with problems.of(row.file, row.line):
            if line.item not in items:
                raise BadCell("item", f"a known item, not {line.item!r}")


def check_gtins(lines: Iterable[tuple[Row, Item]], items: Mapping[str, Item], problems: Problems) -> None:
    """Notes every supplier's number that two items have: a label would name both."""
    for row, item in lines:
        others = [
            other.item for other in items.values() if other.gtin == item.gtin and other.item != item.item
        ]
        if item.gtin and others:
            with problems.of(row.file, row.line):
                raise BadCell("gtin", f"a number that nothing else has; {others[0]} has it")


def lot_changes(
    lines: Iterable[tuple[Row, LotLine]], plant: Plant, now: Moment, problems: Problems
) -> Iterator[tuple[Row, LotDefined]]:
    """Lots that are new or different, with the letters of their labels."""
    lines = list(lines)
    known = {number: lot.code for number, lot in plant.lots.items()}
    codes = assigned(TagKind.MATERIAL_LOT, {line.number: line.code for _, line in lines}, known)
    taken = known | codes
    for row, line in lines:
        defined = LotDefined(
            at=now, lot=line.number, item=line.item, supplier=line.supplier, code=codes[line.number]
        )
        others = [number for number, code in taken.items() if code == defined.code and number != line.number]
        if others:
            with problems.of(row.file, row.line):
                raise BadCell("code", f"letters that nothing else has; {others[0]} has {defined.code}")
        before = plant.lots.get(line.number)
        if before is None or before.model_copy(update={"at": now, "by": None}) != defined:
            yield row, defined

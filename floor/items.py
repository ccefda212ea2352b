"""Items and bills of material: what is made of what, and at which step it goes in.

Never knows stock: what lies on a shelf is a fold of its own.
"""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final

from floor.identity import Gtin, Name, Number
from floor.quantities import EXACT, PIECES, ZERO, Amount, Total, Unit, Value

BOM_DEPTH_MAX: Final = 12


class Tracking(StrEnum):
    """How exactly it is written down which of an item went into what."""

    NONE = "none"
    """Used up by norm: nobody scans it."""
    LOT = "lot"
    """By lot: its label is scanned when it is used."""
    SERIAL = "serial"
    """Piece by piece: each has a number of its own."""


class Item(Value):
    """A thing that can be made, bought or used up."""

    item: Number
    name: Name
    unit: Unit = PIECES
    tracking: Tracking = Tracking.NONE
    gtin: Gtin | None = None
    """Its number on suppliers' GS1 labels; None when none is known."""


class BomLine(Value):
    """One component of an item."""

    item: Number
    quantity: Amount
    """Needed for one unit of the parent, in the component's unit."""
    step: int
    """The step of the parent's route at which it goes in."""


class Bom(Value):
    """What one unit of an item is made of, in one version."""

    item: Number
    version: int
    lines: tuple[BomLine, ...]


class Requirement(Value):
    """How much of an item a whole order needs, over the whole BOM tree."""

    item: Number
    quantity: Total
    """Exact, in the component's unit."""


class BomTooDeepError(ValueError):
    """A BOM contains itself, or is deeper than `BOM_DEPTH_MAX`."""


def requirements(item: str, quantity: Decimal, boms: Mapping[str, Bom]) -> tuple[Requirement, ...]:
    """Every component of `quantity` units of `item`, at all depths, in order of item number.

    Raises BomTooDeepError for a BOM that contains itself.
    """
    needed: dict[str, Decimal] = defaultdict(lambda: ZERO)

    def walk(parent: str, amount: Decimal, depth: int) -> None:
        if depth > BOM_DEPTH_MAX:
            raise BomTooDeepError(
                f"the BOM of {item} contains itself or is deeper than {BOM_DEPTH_MAX} levels"
            )
        bom = boms.get(parent)
        for line in bom.lines if bom else ():
            part = EXACT.multiply(amount, line.quantity)
            needed[line.item] = EXACT.add(needed[line.item], part)
            walk(line.item, part, depth + 1)

    walk(item, quantity, 0)
    return tuple(Requirement(item=name, quantity=needed[name]) for name in sorted(needed))


def locked_boms(item: str, boms: Mapping[str, Bom]) -> tuple[Bom, ...]:
    """The BOM of `item` and of everything in it, each once, in order of item number."""
    found: dict[str, Bom] = {}
    waiting = [item]
    while waiting:
        bom = boms.get(waiting.pop())
        if bom is not None and bom.item not in found:
            found[bom.item] = bom
            waiting.extend(line.item for line in bom.lines)
    return tuple(found[name] for name in sorted(found))

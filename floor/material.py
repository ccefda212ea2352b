"""What a step needs of material and what went in: by the BOMs that the order locked, and by what was scanned.

Never a stock movement, and never a judgement of how much went in: more or less than the norm is no doubt.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from floor.codec import Fact
from floor.events import MaterialIssued, OrderConfirmed, ShortageNoted
from floor.items import BOM_DEPTH_MAX, Bom, BomLine, Item, Tracking
from floor.moves import passed
from floor.progress import NOTHING, OrderProgress
from floor.quantities import ONE_TO_ONE


@dataclass(frozen=True, slots=True)
class Need:
    """An item that goes in at a step, itself or within an assembly."""

    item: str
    per_unit: Fraction
    """Needed for one unit of the order, in the item's unit."""
    within: frozenset[str]
    """Assemblies of the same step that hold it: where one of them was issued, it is in there already."""


def needs(confirmed: OrderConfirmed | None, step: int) -> tuple[Need, ...]:
    """What one unit of the order needs at `step`, in the order of the BOM; empty where nothing is known.

    An assembly may be taken as a whole or be made at the step: it is named, and so is what it is made of.
    """
    if confirmed is None:
        return ()
    boms = {bom.item: bom for bom in confirmed.boms}
    own = boms.get(confirmed.demand.item)
    lines = [line for line in own.lines if line.step == step] if own else []
    found: dict[str, Need] = {}
    for need in _walk(lines, Fraction(1), boms, ()):
        known = found.get(need.item)
        if known is None:
            found[need.item] = need
        else:
            per_unit, within = known.per_unit + need.per_unit, known.within & need.within
            found[need.item] = Need(need.item, per_unit, within)
    return tuple(found.values())


def _walk(
    lines: Iterable[BomLine], amount: Fraction, boms: Mapping[str, Bom], within: tuple[str, ...]
) -> Iterator[Need]:
    for line in lines:
        part = amount * Fraction(line.quantity)
        yield Need(line.item, part, frozenset(within))
        bom = boms.get(line.item)
        if bom and line.item not in within and len(within) < BOM_DEPTH_MAX:
            yield from _walk(bom.lines, part, boms, (*within, line.item))


def units_made(progress: OrderProgress, slip: str, step: int) -> Fraction:
    """For how many of the order's units material is needed at a step: what was reported and what is here."""
    known = progress.slips.get(slip)
    line = known.lines.get(step) if known else None
    if line is None:
        return NOTHING
    ratio = progress.steps[step].ratio if step in progress.steps else ONE_TO_ONE
    return ratio.to_order(max(line.received, line.accounted))


@dataclass(slots=True)
class Said:
    """What was said about the material of one step of a slip."""

    issues: list[Fact] = field(default_factory=list)
    shortages: list[Fact] = field(default_factory=list)

    @property
    def facts(self) -> list[Fact]:
        """All of it."""
        return [*self.issues, *self.shortages]


def said_of_material(facts: Iterable[Fact]) -> dict[tuple[str, int], Said]:
    """Issues and shortages by slip and step, in the order of `facts`."""
    found: dict[tuple[str, int], Said] = defaultdict(Said)
    for fact in facts:
        match fact.event:
            case MaterialIssued(slip=slip, step=step):
                found[slip, step].issues.append(fact)
            case ShortageNoted(slip=slip, step=step):
                found[slip, step].shortages.append(fact)
            case _:
                pass
    return dict(found)


def told_at(
    progress: OrderProgress, said: Mapping[tuple[str, int], Said], slip: str, step: int
) -> list[Fact]:
    """Issues at a step of a slip, and those to the slips that its pieces were split off at it or later."""
    known = progress.slips.get(slip)
    found = list(said.get((slip, step), Said()).issues)
    for child, parent in pairwise(progress.lineage(known) if known else ()):
        if child.origin is None or step not in passed(child.origin.step, progress.steps):
            break
        found += said.get((parent.slip, step), Said()).issues
    return found


@dataclass(frozen=True, slots=True)
class Used:
    """A lot, a piece with a number or an untold part of an item that went in at a step."""

    item: str | None
    """None for a label that names no item."""
    lot: str | None
    serial: str | None
    label: str | None
    """Where nothing else is known."""
    quantity: Decimal | None
    """In the item's unit; None when nobody said how much."""
    times: int
    """How often it was issued."""


def used(issues: Iterable[Fact]) -> tuple[Used, ...]:
    """What went in by `issues`, each lot once, in the order in which they were first said."""
    found: dict[tuple[str | None, ...], Used] = {}
    for fact in issues:
        event = fact.event
        if not isinstance(event, MaterialIssued):
            continue
        label = None if event.item or event.lot or event.serial else event.label
        key = (event.item, event.lot, event.serial, label)
        before = found.get(key)
        told = [amount for amount in (before.quantity if before else None, event.quantity) if amount]
        quantity = sum(told, Decimal(0)) if told else None
        times = 1 + (before.times if before else 0)
        found[key] = Used(event.item, event.lot, event.serial, label, quantity, times)
    return tuple(found.values())


def owed(
    confirmed: OrderConfirmed | None, step: int, issues: Iterable[Fact], items: Mapping[str, Item]
) -> tuple[str, ...]:
    """Tracked items of a step of which no lot or serial number was said, nor of an assembly around them.

    `items` are the plant's; one that it does not have is not tracked.
    """
    told = {line.item for line in used(issues) if line.lot or line.serial}
    return tuple(
        need.item
        for need in needs(confirmed, step)
        if need.item in items
        and items[need.item].tracking is not Tracking.NONE
        and need.item not in told
        and not need.within & told
    )

"""The words and lines of what went in: of a step's material, of a lot, of a label.

Never asks and never records.
"""

from decimal import Decimal
from fractions import Fraction

from floor.events import LotDefined
from floor.items import Tracking
from floor.material import Need, Said, Used, needs, owed, said_of_material, told_at, units_made, used
from kiosk.dialogue.amounts import show
from kiosk.dialogue.report.reporting import Filling
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Row, Tone
from kiosk.words import _


def needs_of(filling: Filling) -> tuple[Need, ...]:
    """What the chosen step needs; what must be told by lot or piece stands first."""
    found = needs(filling.picture.order.life.confirmed, filling.slots.step or 0)
    items = filling.picture.plant.items
    return tuple(
        sorted(found, key=lambda need: need.item not in items or items[need.item].tracking is Tracking.NONE)
    )


def said_here(filling: Filling) -> Said:
    """What was said about the material of the chosen step."""
    said = said_of_material(filling.picture.order.facts)
    return said.get((filling.slots.slip, filling.slots.step or 0), Said())


def owed_here(filling: Filling) -> tuple[str, ...]:
    """Items of which no lot was said yet at the chosen step."""
    order, step = filling.picture.order, filling.slots.step or 0
    told = told_at(order, said_of_material(order.facts), filling.slots.slip, step)
    return owed(order.life.confirmed, step, told, filling.picture.plant.items)


def need_rows(talk: Talk, filling: Filling) -> list[tuple[str, Row]]:
    """(item, line) of everything that the step needs, and of what else went in."""
    lines = used(said_here(filling).issues)
    units = units_made(filling.picture.order, filling.slots.slip, filling.slots.step or 0)
    missing = owed_here(filling)
    rows = []
    wanted = {need.item: need.per_unit * units for need in needs_of(filling)}
    others = dict.fromkeys(line.item for line in lines if line.item and line.item not in wanted)
    for item in (*wanted, *others):
        amount = with_unit(talk, item, wanted[item]) if item in wanted else "-"
        went_in = ", ".join(_with_amount(talk, line) for line in lines if line.item == item)
        tone = Tone.FLAGGED if item in missing else Tone.PLAIN
        told = went_in or (_("no lot yet") if item in missing else "-")
        rows.append((item, Row((item_name(talk, item), _tracking(talk, item), amount, told), tone)))
    return rows


def unknown_rows(filling: Filling) -> list[Row]:
    """Lines of labels that name nothing known here."""
    lines = used(said_here(filling).issues)
    return [
        Row((name_of(line), _("not known"), "-", "-"), Tone.FLAGGED) for line in lines if line.item is None
    ]


def lot_row(lot: LotDefined | None) -> Row:
    """A lot to choose; None for a lot that nobody knows."""
    return Row((lot.lot, lot.supplier or "-")) if lot else Row((_("lot not known"), _("only how much")))


def marks(talk: Talk, filling: Filling) -> tuple[str, ...]:
    """What a report's screen says of its material, what is wanting first."""
    said = said_here(filling)
    names = dict.fromkeys(name_of(line) for line in used(said.issues) if line.lot or line.serial)
    missing = owed_here(filling)
    found = []
    if missing:
        found.append(_("no lot yet: {item}").format(item=item_name(talk, missing[0])))
    if said.shortages:
        found.append(_("material short"))
    if names:
        found.append(_("lots {names}").format(names=", ".join(names)))
    return tuple(found)


def name_of(line: Used) -> str:
    """A lot's or a piece's number; else the label; else that nobody said."""
    return line.serial or line.lot or line.label or _("lot not said")


def item_name(talk: Talk, item: str | None) -> str:
    """The item's name; its number where the plant has not told more."""
    known = talk.plant.items.get(item or "")
    return known.name if known else (item or _("not known here"))


def unit_name(talk: Talk, item: str | None) -> str:
    """What the item is counted in; empty where nobody knows."""
    known = talk.plant.items.get(item or "")
    return known.unit.name if known else ""


def with_unit(talk: Talk, item: str | None, amount: Decimal | Fraction) -> str:
    """`12.5 m2`."""
    return f"{show(amount)} {unit_name(talk, item)}".rstrip()


def _with_amount(talk: Talk, line: Used) -> str:
    return f"{name_of(line)} {with_unit(talk, line.item, line.quantity)}" if line.quantity else name_of(line)


def _tracking(talk: Talk, item: str) -> str:
    known = talk.plant.items.get(item)
    if known is None or known.tracking is Tracking.NONE:
        return ""
    return _("by lot") if known.tracking is Tracking.LOT else _("piece by piece")

"""Rules for material: what went in at a step, and what was wanting.

Never refuses more than a step needs, a lot of another item or a label that nobody knows: that is counted.
"""

from decimal import Decimal

from floor.commands import IssueMaterial, NoteShortage
from floor.decide.picture import Decided, Picture
from floor.events import MaterialIssued, Moment, ShortageNoted
from floor.quantities import is_too_fine
from floor.refusals import Refusal


def decide(picture: Picture, command: IssueMaterial | NoteShortage, now: Moment) -> Decided | Refusal:
    """An issue or a shortage, unless nobody says so, or it has no meaning."""
    if not command.operators:
        return Refusal.NO_OPERATOR
    refusal = _refuse_quantity(picture, command.item, command.quantity)
    if refusal:
        return refusal
    if isinstance(command, NoteShortage):
        return [(command.intent, _shortage(picture, command, now))]
    if not (command.item or command.lot or command.serial or command.label):
        return Refusal.MATERIAL_UNNAMED
    return [(command.intent, _issued(picture, command, now))]


def _refuse_quantity(picture: Picture, item: str | None, quantity: Decimal | None) -> Refusal | None:
    if quantity is None:
        return None
    if quantity <= 0:
        return Refusal.QUANTITY_NOT_POSITIVE
    known = picture.plant.items.get(item or "")
    if known and is_too_fine(quantity, known.unit):
        return Refusal.TOO_MANY_DECIMALS
    return None


def _issued(picture: Picture, command: IssueMaterial, now: Moment) -> MaterialIssued:
    return MaterialIssued(
        at=now,
        by=command.by,
        slip=command.slip,
        order=picture.order_of(command.slip),
        step=command.step,
        item=command.item,
        lot=command.lot,
        serial=command.serial,
        label=command.label,
        quantity=command.quantity,
        operators=command.operators,
        source=command.source,
    )


def _shortage(picture: Picture, command: NoteShortage, now: Moment) -> ShortageNoted:
    return ShortageNoted(
        at=now,
        by=command.by,
        slip=command.slip,
        order=picture.order_of(command.slip),
        step=command.step,
        item=command.item,
        quantity=command.quantity,
        operators=command.operators,
    )

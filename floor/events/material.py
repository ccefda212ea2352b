"""Which material went into which pieces.

Never a stock movement: what lies on a shelf is central's to fold.
"""

from floor.events.base import Event
from floor.events.work import Operators
from floor.identity import Name, Number, SlipNumber
from floor.quantities import Amount
from floor.source import Source


class MaterialIssued(Event):
    """Material of a lot, or a piece with a number of its own, is used at a step of a slip."""

    kind = "material_issued"
    slip: SlipNumber
    order: Number | None
    step: int
    item: Number | None
    """None for a label that names no item known here."""
    lot: Name | None = None
    """As on the label: the plant's own number, or the supplier's."""
    serial: Name | None = None
    label: Name | None = None
    """What the label said, as far as it fits; None for a lot that was picked."""
    quantity: Amount | None = None
    """In the item's unit; None when nobody said how much."""
    operators: Operators
    source: Source


class ShortageNoted(Event):
    """Less material was there than a step needs; work goes on, and the rest is explained later."""

    kind = "shortage_noted"
    slip: SlipNumber
    order: Number | None
    step: int
    item: Number
    quantity: Amount | None = None
    """What is wanting, in the item's unit; None when nobody counted."""
    operators: Operators

"""Amounts as people of this plant write and read them: with its decimal mark.

Never rounds, and never takes a mark for a thousand's: what could be read in two ways is refused.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from floor import quantities
from floor.quantities import Unit, parse_amount
from floor.refusals import Refusal

MARKS: Final = (".", ",")
THOUSAND_PLACES: Final = 3


class _Hand:
    """One terminal writes with one mark at a time."""

    mark: str = "."


_HAND: Final = _Hand()


def write_with(mark: str) -> None:
    """From now on with this decimal mark."""
    _HAND.mark = mark


def show(amount: Fraction | Decimal | int) -> str:
    """An amount for people: `76`, `2.5` or `2,5`, `33 1/3` where no decimal says it exactly."""
    return quantities.show(amount).replace(".", _HAND.mark)


def read(text: str, unit: Unit) -> Decimal | Refusal:
    """What a person typed or scanned as a quantity of `unit`; both marks are read.

    `1.000` in a plant that writes `1,5` is perhaps a thousand: nobody guesses.
    """
    amount = parse_amount(text, unit)
    if isinstance(amount, Refusal):
        return amount
    foreign = next(mark for mark in MARKS if mark != _HAND.mark)
    if len(text.partition(foreign)[2]) == THOUSAND_PLACES:
        return Refusal.PERHAPS_A_THOUSAND
    return amount

"""Amounts as people of this plant write and read them: with its decimal mark.

Never rounds, and never takes a mark for a thousand's: what could be read in two ways is refused.
"""

from contextvars import ContextVar
from decimal import Decimal
from fractions import Fraction
from typing import Final

from floor import quantities
from floor.quantities import Unit, parse_amount
from floor.refusals import Refusal

MARKS: Final = (".", ",")
THOUSAND_PLACES: Final = 3


_MARK: Final = ContextVar("decimal_mark", default=".")
"""Each conversation has its own, and says it before it shows or reads anything."""


def write_with(mark: str) -> None:
    """From now on, in this conversation, with this decimal mark."""
    _MARK.set(mark)


def show(amount: Fraction | Decimal | int) -> str:
    """An amount for people: `76`, `2.5` or `2,5`, `33 1/3` where no decimal says it exactly."""
    return quantities.show(amount).replace(".", _MARK.get())


def read(text: str, unit: Unit) -> Decimal | Refusal:
    """What a person typed or scanned as a quantity of `unit`; both marks are read.

    `1.000` in a plant that writes `1,5` is perhaps a thousand: nobody guesses.
    """
    amount = parse_amount(text, unit)
    if isinstance(amount, Refusal):
        return amount
    foreign = next(mark for mark in MARKS if mark != _MARK.get())
    if len(text.partition(foreign)[2]) == THOUSAND_PLACES:
        return Refusal.PERHAPS_A_THOUSAND
    return amount

"""Quantities: exact amounts with a unit, and exact ratios between units.

Never a float; never rounds: what a person typed is a Decimal, what follows from it by ratio is a Fraction.
"""

import re
from decimal import Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, PositiveInt

from floor.refusals import Refusal

INTEGER_DIGITS_MAX: Final = 9
DECIMALS_MAX: Final = 6
AMOUNT_MAX: Final = Decimal(10) ** INTEGER_DIGITS_MAX - 1
"""No report says more of anything."""

_TYPED = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,6}))?", re.ASCII)
_CANONICAL = re.compile(r"(0|[1-9][0-9]{0,8})(\.[0-9]{0,5}[1-9])?", re.ASCII)
_TOTAL = re.compile(r"(0|[1-9][0-9]{0,199})(\.[0-9]{0,199}[1-9])?", re.ASCII)


class Value(BaseModel):
    """Base of all values: frozen, closed against unknown fields, strict about types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


def canonical(amount: Decimal) -> str:
    """The one spelling of an amount, without exponent or trailing zero. `Decimal("76.50")` gives `"76.5"`."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _read_canonical(raw: Any) -> Decimal:
    if isinstance(raw, Decimal):
        raw = canonical(raw) if raw.is_finite() else "not a number"
    if not isinstance(raw, str) or _CANONICAL.fullmatch(raw) is None:
        raise ValueError(f"not an amount in canonical spelling: {raw!r}")
    return Decimal(raw)


Amount = Annotated[Decimal, BeforeValidator(_read_canonical), PlainSerializer(canonical, return_type=str)]
"""A finite Decimal >= 0, at most nine digits before and six after the point; a canonical string in JSON."""

EXACT: Final = Context(prec=400, traps=[Inexact, InvalidOperation])
"""Arithmetic for products over a whole BOM tree: raises before it would round."""


def _read_total(raw: Any) -> Decimal:
    if isinstance(raw, str) and _TOTAL.fullmatch(raw):
        return Decimal(raw)
    if isinstance(raw, Decimal) and raw.is_finite() and raw >= 0:
        return Decimal(canonical(raw))
    raise ValueError(f"not a total in canonical spelling: {raw!r}")


Total = Annotated[Decimal, BeforeValidator(_read_total), PlainSerializer(canonical, return_type=str)]
"""What follows from amounts by multiplying and adding: like an Amount, with as many digits as it needs."""

_MEASURED: Final = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{0,5}[1-9])?", re.ASCII)


def _read_measure(raw: Any) -> Decimal:
    if isinstance(raw, Decimal):
        raw = canonical(raw) if raw.is_finite() else "not a number"
    if not isinstance(raw, str) or _MEASURED.fullmatch(raw) is None or raw == "-0":
        raise ValueError(f"not a measure in canonical spelling: {raw!r}")
    return Decimal(raw)


Measure = Annotated[Decimal, BeforeValidator(_read_measure), PlainSerializer(canonical, return_type=str)]
"""What an instrument shows: like an Amount, and may be below zero."""

Count = Annotated[int, Field(ge=0)]
"""How many there are; 0 for none."""

ZERO: Final = Decimal(0)


class Unit(Value):
    """What is counted."""

    name: str
    """As printed: `pcs`, `set`, `kg`."""
    decimals: int = 0
    """How many digits after the point make sense: 0 for pieces."""


PIECES: Final = Unit(name="pcs")


class Ratio(Value):
    """How many of a step's unit make up the order's: 4 legs = 1 set is `Ratio(step=4, order=1)`."""

    step: PositiveInt = 1
    """Amount in the step's unit."""
    order: PositiveInt = 1
    """The same amount in the order's unit."""

    def to_order(self, amount: Fraction) -> Fraction:
        """Step units in, order units out; exact."""
        return amount * self.order / self.step

    def to_step(self, amount: Fraction) -> Fraction:
        """Order units in, step units out; exact."""
        return amount * self.step / self.order


ONE_TO_ONE: Final = Ratio()


def parse_amount(text: str, unit: Unit) -> Decimal | Refusal:
    """Read what a person typed or scanned as a quantity of `unit`.

    ASCII digits and one point or comma: `int()` and `Decimal()` would take `1_000`, `NaN`, Arabic digits.
    """
    match = _TYPED.fullmatch(text)
    if match is None:
        return Refusal.NOT_A_QUANTITY
    whole, places = match.groups()
    if len(places or "") > unit.decimals:
        return Refusal.TOO_MANY_DECIMALS
    return Decimal(f"{int(whole)}.{places}") if places else Decimal(int(whole))


def is_too_fine(amount: Decimal, unit: Unit | None) -> bool:
    """Whether an amount has more digits after the point than make sense; False where no unit is known."""
    return unit is not None and -int(amount.as_tuple().exponent) > unit.decimals


def _most(unit: Unit) -> Decimal:
    """The largest amount of `unit` that anybody can type."""
    return Decimal(10**INTEGER_DIGITS_MAX) - Decimal(1).scaleb(-unit.decimals)


def countable(amount: Fraction, unit: Unit) -> Decimal:
    """The largest amount of `unit` that can be counted, and typed, and is not above `amount`; exact."""
    parts = min(amount, Fraction(_most(unit))) * 10**unit.decimals
    return Decimal(parts.numerator // parts.denominator).scaleb(-unit.decimals)


def countable_up(amount: Fraction, unit: Unit) -> Decimal:
    """The smallest amount of `unit` that can be counted and is not below `amount`; else the largest."""
    most = Fraction(_most(unit))
    if amount >= most:
        return _most(unit)
    below = countable(amount, unit)
    return below if below == amount else below + Decimal(1).scaleb(-unit.decimals)


def show(amount: Fraction | Decimal | int) -> str:
    """An amount for people: `76`, `2.5`, `33 1/3` where no decimal says it exactly."""
    exact = Fraction(amount)
    if exact.denominator == 1:
        return str(exact.numerator)
    scaled = exact * 10**DECIMALS_MAX
    if scaled.denominator == 1:
        return canonical(Decimal(scaled.numerator).scaleb(-DECIMALS_MAX))
    whole, rest = divmod(exact, 1)
    return f"{whole} {rest.numerator}/{rest.denominator}" if whole else f"{rest.numerator}/{rest.denominator}"

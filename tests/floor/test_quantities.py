"""Amounts as people type them, as events carry them, as screens show them."""

import json
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from floor.quantities import (
    PIECES,
    Amount,
    Ratio,
    Total,
    Unit,
    canonical,
    countable,
    countable_up,
    parse_amount,
    show,
)
from floor.refusals import Refusal

KILOGRAMS = Unit(name="kg", decimals=3)
AMOUNT = TypeAdapter(Amount)
TOTAL = TypeAdapter(Total)
amounts = st.decimals(0, 999_999_999, places=6)


@pytest.mark.parametrize(
    ("typed", "unit", "meant"),
    [
        ("76", PIECES, "76"),
        ("0", PIECES, "0"),
        ("007", PIECES, "7"),
        ("999999999", PIECES, "999999999"),
        ("1,5", KILOGRAMS, "1.5"),
        ("1.5", KILOGRAMS, "1.5"),
        ("1.500", KILOGRAMS, "1.5"),
        ("0.001", KILOGRAMS, "0.001"),
    ],
)
def test_what_a_person_means_is_taken(typed: str, unit: Unit, meant: str) -> None:
    assert parse_amount(typed, unit) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "unit", "refusal"),
    [
        ("", PIECES, Refusal.NOT_A_QUANTITY),
        (" 5", PIECES, Refusal.NOT_A_QUANTITY),
        ("5 ", PIECES, Refusal.NOT_A_QUANTITY),
        ("5\n", PIECES, Refusal.NOT_A_QUANTITY),
        ("1_000", PIECES, Refusal.NOT_A_QUANTITY),
        ("１２", PIECES, Refusal.NOT_A_QUANTITY),
        ("٣", PIECES, Refusal.NOT_A_QUANTITY),
        ("²", PIECES, Refusal.NOT_A_QUANTITY),
        ("-1", PIECES, Refusal.NOT_A_QUANTITY),
        ("+1", PIECES, Refusal.NOT_A_QUANTITY),
        ("NaN", PIECES, Refusal.NOT_A_QUANTITY),
        ("Infinity", PIECES, Refusal.NOT_A_QUANTITY),
        ("1e5", PIECES, Refusal.NOT_A_QUANTITY),
        ("0x10", PIECES, Refusal.NOT_A_QUANTITY),
        ("1,000.5", KILOGRAMS, Refusal.NOT_A_QUANTITY),
        (".5", KILOGRAMS, Refusal.NOT_A_QUANTITY),
        ("5.", KILOGRAMS, Refusal.NOT_A_QUANTITY),
        ("1000000000", PIECES, Refusal.NOT_A_QUANTITY),
        ("1,5", PIECES, Refusal.TOO_MANY_DECIMALS),
        ("1.0", PIECES, Refusal.TOO_MANY_DECIMALS),
        ("1.0001", KILOGRAMS, Refusal.TOO_MANY_DECIMALS),
        ("1.0000001", Unit(name="g", decimals=6), Refusal.NOT_A_QUANTITY),
    ],
)
def test_e11_e12_e13_what_is_not_a_quantity_is_refused_by_name(
    typed: str, unit: Unit, refusal: Refusal
) -> None:
    assert parse_amount(typed, unit) is refusal


@pytest.mark.parametrize("flood", ["9" * 10_000_000, "9" * 5_000_000 + "." + "9" * 5_000_000])
def test_e13_ten_megabytes_of_digits_are_refused_at_once(flood: str) -> None:
    began = time.perf_counter()
    assert parse_amount(flood, PIECES) is Refusal.NOT_A_QUANTITY
    assert time.perf_counter() - began < 0.1


@given(st.text(max_size=12))
def test_whatever_is_typed_is_an_amount_or_a_named_refusal(typed: str) -> None:
    read = parse_amount(typed, KILOGRAMS)
    assert isinstance(read, Refusal) or read >= 0


@pytest.mark.parametrize(
    ("amount", "spelling"),
    [
        ("76.50", "76.5"),
        ("76.0", "76"),
        ("0.0", "0"),
        ("0", "0"),
        ("100", "100"),
        ("1E+2", "100"),
        ("0.10", "0.1"),
    ],
)
def test_every_amount_has_one_spelling(amount: str, spelling: str) -> None:
    assert canonical(Decimal(amount)) == spelling


@given(amounts)
def test_an_amount_survives_its_bytes(amount: Decimal) -> None:
    spelled = AMOUNT.dump_json(amount)
    assert AMOUNT.validate_json(spelled) == amount
    assert AMOUNT.dump_json(AMOUNT.validate_json(spelled)) == spelled
    assert AMOUNT.dump_json(AMOUNT.validate_python(amount + Decimal("0.0000000"))) == spelled


@pytest.mark.parametrize(
    "spelling",
    [
        "",
        "-1",
        "-0",
        "+1",
        "01",
        "1.0",
        "1.50",
        ".5",
        "5.",
        "1e5",
        "NaN",
        "1_0",
        "１",
        "1000000000",
        "0.0000001",
        " 1",
    ],
)
@pytest.mark.parametrize("kind", [AMOUNT, TOTAL], ids=["amount", "total"])
def test_another_spelling_is_not_an_amount(spelling: str, kind: TypeAdapter[Decimal]) -> None:
    if kind is TOTAL and spelling in {"1000000000", "0.0000001"}:
        assert kind.validate_json(json.dumps(spelling)) == Decimal(spelling)
        return
    with pytest.raises(ValidationError):
        kind.validate_json(json.dumps(spelling))


@pytest.mark.parametrize(
    "raw", [5, 5.0, True, None, Decimal("NaN"), Decimal("-1"), Decimal("Infinity"), b"5"]
)
@pytest.mark.parametrize("kind", [AMOUNT, TOTAL], ids=["amount", "total"])
def test_a_float_or_anything_else_is_not_an_amount(raw: object, kind: TypeAdapter[Decimal]) -> None:
    with pytest.raises(ValidationError):
        kind.validate_python(raw)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (76, "76"),
        (0, "0"),
        (Decimal("2.50"), "2.5"),
        (Fraction(5, 2), "2.5"),
        (Fraction(1, 1_000_000), "0.000001"),
        (Fraction(100, 3), "33 1/3"),
        (Fraction(1, 3), "1/3"),
        (Fraction(999_999_999_999_999, 1_000_000), "999999999.999999"),
    ],
)
def test_amounts_are_shown_exactly(amount: Fraction | Decimal | int, shown: str) -> None:
    assert show(amount) == shown


@given(st.integers(1, 50), st.integers(1, 50), amounts)
def test_a_ratio_there_and_back_changes_nothing(at_step: int, in_order: int, amount: Decimal) -> None:
    ratio = Ratio(step=at_step, order=in_order)
    assert ratio.to_step(ratio.to_order(Fraction(amount))) == Fraction(amount)


@pytest.mark.parametrize(
    ("amount", "unit", "counted"),
    [
        (Fraction(7, 2), PIECES, "3"),
        (Fraction(7, 2), KILOGRAMS, "3.5"),
        (Fraction(1_000_000_032), PIECES, "999999999"),
        (Fraction(1_000_000_032), KILOGRAMS, "999999999.999"),
    ],
)
def test_what_can_be_counted_can_be_typed(amount: Fraction, unit: Unit, counted: str) -> None:
    assert countable(amount, unit) == Decimal(counted)
    assert parse_amount(counted, unit) == AMOUNT.validate_python(countable(amount, unit))


@given(st.fractions(0, 999_999_999), st.integers(0, 6))
def test_what_can_be_counted_lies_close_around_an_amount(amount: Fraction, decimals: int) -> None:
    unit = Unit(name="u", decimals=decimals)
    below, above = countable(amount, unit), countable_up(amount, unit)
    smallest = Fraction(1, 10**decimals)
    assert amount - smallest < Fraction(below) <= amount
    assert amount <= Fraction(above) < amount + smallest
    assert countable_up(amount + 10**9, unit) == countable(amount + 10**9, unit)
    assert AMOUNT.validate_python(above) == above


def test_four_legs_are_one_set() -> None:
    legs = Ratio(step=4, order=1)
    assert legs.to_order(Fraction(80)) == 20
    assert legs.to_step(Fraction(20)) == 80


@pytest.mark.parametrize("bad", [{"step": 0}, {"order": 0}, {"step": -4}])
def test_a_ratio_of_nothing_does_not_exist(bad: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Ratio(**bad)

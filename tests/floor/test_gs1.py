"""Suppliers' labels: read as a whole or not at all, whatever a scanner makes of FNC1."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floor.gs1 import SYMBOLOGIES, read_label
from floor.quantities import PIECES, Unit
from floor.tags import SEPARATOR, TagKind, encode, slip_code

GTIN: Final = "09501101530003"
OTHER: Final = "04012345000016"
LOT_CHARS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/.+_"
KILO: Final = Unit(name="kg", decimals=3)

SPELLINGS: Final = {
    "plain": f"01{GTIN}10AB-7{SEPARATOR}21S9",
    "behind the lot a date": f"01{GTIN}1727043010AB-7{SEPARATOR}21S9",
    "GS1-128": f"]C101{GTIN}10AB-7{SEPARATOR}21S9",
    "Data Matrix": f"]d201{GTIN}10AB-7{SEPARATOR}21S9",
    "QR": f"]Q301{GTIN}10AB-7{SEPARATOR}21S9",
    "the first FNC1 too": f"{SEPARATOR}01{GTIN}10AB-7{SEPARATOR}21S9",
    "after the symbology too": f"]d2{SEPARATOR}01{GTIN}10AB-7{SEPARATOR}21S9",
    "a separator where none is needed": f"01{GTIN}{SEPARATOR}10AB-7{SEPARATOR}21S9{SEPARATOR}",
    "another order": f"]C110AB-7{SEPARATOR}21S9{SEPARATOR}01{GTIN}",
    "as printed": f"(01){GTIN}(10)AB-7(21)S9",
    "as printed, with blanks": f"(01) {GTIN} (10) AB-7 (21) S9",
    "in the box": f"02{GTIN}3712{SEPARATOR}10AB-7{SEPARATOR}21S9",
    "read twice": f"01{GTIN}10AB-7{SEPARATOR}21S9" * 2,
}


@pytest.mark.parametrize("text", SPELLINGS.values(), ids=SPELLINGS)
def test_every_spelling_of_a_label_says_the_same(text: str) -> None:
    label = read_label(text)
    assert label
    assert (label.gtin, label.lot, label.serial) == (GTIN, "AB-7", "S9")


NO_LABELS: Final = {
    "nothing": "",
    "only where it came from": "]C1",
    "an EAN": "9501101530003",
    "a wrong check digit": "0109501101530004",
    "no trade item": "10AB-7",
    "a pallet": "00012345678905000000",
    "half a trade item": f"01{GTIN[:10]}",
    "a lot without an end": f"01{GTIN}10{'A' * 21}",
    "a lot that runs into the next element": f"01{GTIN}10{'A' * 20}3012",
    "no such element": f"01{GTIN}05AB",
    "an element of nothing": f"01{GTIN}10",
    "rubbish behind it": f"01{GTIN}??",
    "no such day": f"01{GTIN}17271332",
    "Arabic digits": "01٠٩٥٠١١٠١٥٣٠٠٠٣",
    "brackets in the lot": f"(01){GTIN}(10)AB(C)",
    "a bracket left open": f"(01){GTIN}(10",
    "two labels": f"01{GTIN}10A01{OTHER}10B",
    "two trade items": f"01{GTIN}01{OTHER}",
    "the box and what is in it": f"01{GTIN}02{OTHER}",
    "two lots": f"01{GTIN}10A{SEPARATOR}10B",
    "a slip glued to it": f"01{GTIN}10A{slip_code('BCDFGHJK', 'B')}",
    "a reason glued to it": f"01{GTIN}10A{encode(TagKind.REASON, 'BCDFGH')}",
    "far too long": f"01{GTIN}10A{SEPARATOR}" + f"99{'X' * 80}{SEPARATOR}" * 4,
}


@pytest.mark.parametrize("text", NO_LABELS.values(), ids=NO_LABELS)
def test_what_is_not_wholly_a_label_is_none(text: str) -> None:
    assert read_label(text) is None


@pytest.mark.parametrize(
    ("element", "unit", "amount"),
    [
        (f"3012{SEPARATOR}", PIECES, "12"),
        (f"3712{SEPARATOR}", PIECES, "12"),
        ("3103012500", KILO, "12.5"),
        ("3100000025", KILO, "25"),
        ("3112000150", Unit(name="m", decimals=3), "1.5"),
        ("3142000150", Unit(name="m2", decimals=2), "1.5"),
        ("3152000150", Unit(name="l", decimals=1), "1.5"),
        ("3103012500", PIECES, None),
        (f"3012{SEPARATOR}", KILO, None),
        ("3103012501", Unit(name="kg", decimals=1), None),
        ("3103000000", KILO, None),
    ],
)
def test_a_label_says_how_much_in_the_items_unit_or_not_at_all(
    element: str, unit: Unit, amount: str | None
) -> None:
    label = read_label(f"01{GTIN}{element}")
    assert label
    found = label.quantity(unit)
    assert (None if found is None else str(found)) == amount


def test_a_label_tells_its_dates() -> None:
    label = read_label(f"01{GTIN}1127010317270430")
    assert label
    assert label.dates == (("expires", "2027-04-30"), ("made", "2027-01-03"))
    month = read_label(f"01{GTIN}15270400")
    assert month
    assert month.dates == (("best before", "2027-04"),)


@given(
    st.sampled_from(["", *SYMBOLOGIES]),
    st.text(LOT_CHARS, min_size=1, max_size=20),
    st.text(LOT_CHARS, min_size=1, max_size=20),
    st.booleans(),
)
def test_any_lot_and_serial_number_come_out_as_they_went_in(
    symbology: str, lot: str, serial: str, trailing: bool
) -> None:
    text = f"{symbology}01{GTIN}10{lot}{SEPARATOR}21{serial}{SEPARATOR if trailing else ''}"
    label = read_label(text)
    if label is None:  # only where chance made a code of ours, or the beginning of a label
        assert len(lot) > 7 or len(serial) > 7
        return
    assert (label.gtin, label.lot, label.serial) == (GTIN, lot, serial)
    assert label == read_label(label.text)


@given(st.text(st.sampled_from([*"0123456789()ABCx]Qd31 ", SEPARATOR]), max_size=60) | st.text(max_size=40))
def test_whatever_comes_is_a_label_with_a_trade_item_or_none(text: str) -> None:
    label = read_label(text)
    assert label is None or len(label.gtin) == 14

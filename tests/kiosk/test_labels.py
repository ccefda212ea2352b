"""Suppliers' labels at the scanner: taken whole, refused whole, and never a number."""

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floor.gs1 import SYMBOLOGIES
from floor.refusals import Refusal
from floor.source import Source
from floor.tags import SEPARATOR, encode, slip_code
from kiosk.inputs import Input, Label, Number, Press, Scan, Unreadable
from tests.kiosk.test_scanner import EAN, Bench

GTIN: Final = "09501101530003"
LABEL: Final = f"01{GTIN}10AB-7{SEPARATOR}3012"
SLIP: Final = slip_code("BCDFGHJK", "B")
ctrl: Final = "ctrl+right_square_bracket"


def lots(read: list[Input]) -> list[str | None]:
    return [found.says.lot for found in read if isinstance(found, Label)]


def keys_of(text: str) -> list[str]:
    """A keyboard wedge: the separator is a key with a name."""
    return [ctrl if character == SEPARATOR else character for character in text]


@pytest.mark.parametrize("symbology", ["", *SYMBOLOGIES, SEPARATOR])
@pytest.mark.parametrize("gap_ms", [0.0, 30.0])
def test_a_label_is_one_input_and_its_enter_confirms_nothing(symbology: str, gap_ms: float) -> None:
    bench = Bench().keys(*keys_of(symbology + LABEL), "enter", "enter", gap_ms=gap_ms)
    [label] = bench.read
    assert isinstance(label, Label)
    assert (label.says.gtin, label.says.lot, label.source) == (GTIN, "AB-7", Source.SCAN)


def test_a_label_without_an_end_is_ended_by_silence_and_a_late_enter_confirms_nothing() -> None:
    bench = Bench().keys(*keys_of(LABEL)).silence(80)
    assert lots(bench.read) == ["AB-7"]
    assert lots(bench.keys("enter").read) == ["AB-7"]
    assert len(bench.read) == 1


def test_a_label_typed_as_it_is_printed_waits_for_enter_and_confirms_nothing() -> None:
    bench = Bench().typed(f"(01){GTIN}(10)AB-7").silence(1000)
    assert bench.read == []
    [label] = bench.keys("enter", gap_ms=150).read
    assert isinstance(label, Label)
    assert label.source is Source.KEYS


def test_a_number_typed_before_a_label_goes_with_it() -> None:
    bench = Bench().typed("2.5").keys(*keys_of(LABEL), "enter", gap_ms=1).read
    bench = Bench().typed("2.5")
    bench.now_ms += 400
    read = bench.keys(*keys_of(LABEL), "enter").read
    assert read[0] == Number("2.5")
    assert lots(read) == ["AB-7"]


def test_a_slip_after_a_label_and_a_label_after_a_slip() -> None:
    bench = Bench().keys(*keys_of(LABEL), "enter").burst(SLIP).keys("enter").keys(*keys_of(LABEL), "enter")
    kinds = [type(found) for found in bench.read]
    assert kinds == [Label, Scan, Label]


def test_the_plants_prefix_is_cut_off_a_label_too() -> None:
    assert lots(Bench("XY").keys(*keys_of("xy" + LABEL), "enter").read) == ["AB-7"]


@pytest.mark.parametrize(
    "text", [f"3012{SEPARATOR}", EAN, f"01{GTIN[:-1]}4", f"01{GTIN}10{'A' * 21}", f"]C1{EAN}", f"({EAN})"]
)
def test_e2_a_foreign_code_that_is_no_whole_label_is_refused_as_ever(text: str) -> None:
    assert Bench().burst(text).keys("enter").read == [Unreadable(Refusal.NOT_A_CODE)]


def test_the_separator_alone_is_no_key_at_all() -> None:
    assert Bench().keys(ctrl, ctrl).keys("enter").read == [Press("enter")]
    assert Bench().typed("7").keys(ctrl).typed("6").keys("enter", gap_ms=150).read == [Number("76", True)]
    assert Bench().keys(*SLIP[:5], ctrl, *SLIP[5:], "enter").read == Bench().burst(SLIP).keys("enter").read
    bench = Bench().typed("7").keys(ctrl, "backspace").typed("6")
    assert bench.scanner.pending == "6"
    assert Bench().typed("76").keys(ctrl).scanner.pending == "76"


elements = st.one_of(
    st.just(f"01{GTIN}"),
    st.text("0123456789", min_size=14, max_size=14).map(lambda digits: f"01{digits}"),
    st.text("ABC-/0123456789", min_size=0, max_size=22).map(lambda lot: f"10{lot}"),
    st.text("0123456789", min_size=1, max_size=9).map(lambda count: f"30{count}"),
    st.text("0123456789", min_size=6, max_size=6).map(lambda date: f"17{date}"),
    st.text("0123456789", min_size=6, max_size=6).map(lambda weight: f"3103{weight}"),
    st.text("0123456789ABCx", max_size=12),
    st.just(SLIP),
)


@settings(max_examples=400)
@given(
    st.sampled_from(["", "]", "]C", *SYMBOLOGIES, SEPARATOR, "("]),
    st.lists(st.tuples(elements, st.sampled_from(["", SEPARATOR, SEPARATOR * 2, ")", "]C1"])), max_size=5),
    st.sampled_from([0.0, 10.0, 35.0]),
    st.booleans(),
)
def test_no_part_of_a_scanned_label_ever_lands_in_a_number(
    begins: str, parts: list[tuple[str, str]], gap_ms: float, ticked: bool
) -> None:
    text = begins + "".join(part + behind for part, behind in parts)
    bench = Bench().keys(*keys_of(text), gap_ms=gap_ms)
    if ticked:
        bench.silence(80)
    bench.keys("enter", gap_ms=gap_ms)
    digits = [found.text for found in bench.read if isinstance(found, Number)]
    assert all(len(found) < 6 and text.replace(SEPARATOR, "").startswith(found) for found in digits), digits
    if any(isinstance(found, Label) for found in bench.read):
        assert digits == []
    for found in bench.read:
        if isinstance(found, Scan):
            assert encode(found.tag.kind, found.tag.body) in text

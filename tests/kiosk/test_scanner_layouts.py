"""Scanners that type through a foreign keyboard layout, and the test code that tells how they type."""

import random

import pytest

from floor.layouts import LAYOUTS, meanings
from floor.refusals import Refusal
from floor.self_test import SELF_TEST
from floor.tags import ALPHABET, Tag, TagKind, decode, encode
from kiosk.inputs import Number, Press, SelfTest
from tests.kiosk.test_scanner import REASON, SLIP, STEP, Bench, no, scan


def through(layout: str, text: str) -> str:
    """What comes when a scanner types through this layout."""
    [found] = [one for one in LAYOUTS if one.name == layout]
    return "".join(found.typed[character] for character in text)


@pytest.mark.parametrize("layout", ["Russian", "Greek", "Hebrew", "Arabic", "Georgian", "Dvorak", "Neo"])
@pytest.mark.parametrize("prefix", ["", "Z", "QW"])
def test_g8_a_scan_through_a_foreign_layout_is_undone(layout: str, prefix: str) -> None:
    for code in (SLIP, STEP, REASON):
        came = through(layout, (prefix + code).lower())
        assert Bench(prefix).typed("4").burst(came).keys("enter").read == [Number("4"), scan(code)]
        assert Bench(prefix).burst(came).silence(70).read == [scan(code)]


def test_a_garbled_code_read_twice_in_one_breath_counts_once() -> None:
    assert Bench().burst(through("Russian", SLIP) * 2).keys("enter").read == [scan(SLIP)]


def undone(text: str) -> set[Tag]:
    return {tag for meaning in meanings(text) if isinstance(tag := decode(meaning), Tag)}


def test_a_scan_that_two_layouts_would_undo_to_two_codes_is_refused() -> None:
    chance = random.Random(1)
    tags = (encode(TagKind.MACHINE, "".join(chance.choices(ALPHABET, k=6))) for _ in range(20_000))
    came = next(text for tag in tags if len(undone(text := through("Ukrainian", tag))) > 1)
    assert Bench().burst(came).keys("enter").read == [no(Refusal.NOT_A_CODE)]


@pytest.mark.parametrize(
    ("keys", "endings"),
    [
        (("enter",), ("enter",)),
        (("\r", "\n"), ("\r", "\n")),
        (("\t",), ("\t",)),
        (("enter", "enter"), ("enter", "enter")),
        ((), ()),
    ],
)
@pytest.mark.parametrize("layout", ["US", "German", "French", "Russian", "Czech"])
def test_the_test_code_tells_layout_and_endings(
    layout: str, keys: tuple[str, ...], endings: tuple[str, ...]
) -> None:
    bench = Bench().burst(through(layout, SELF_TEST), 2.0).keys(*keys).silence()
    assert all(isinstance(found, SelfTest) for found in bench.read), bench.read
    last = bench.read[-1]
    assert isinstance(last, SelfTest)
    assert layout in last.typing.layouts
    assert last.endings == endings
    assert last.ms_per_key == pytest.approx(2.0)
    assert bench.burst(SLIP).keys("enter").read[-1] == scan(SLIP)


def test_the_enter_of_a_person_after_the_test_code_is_a_key_again() -> None:
    bench = Bench().burst(SELF_TEST).keys("enter").silence(400).keys("enter")
    assert bench.read[-1] == Press("enter")

"""What keys with times say: every kind of scanner, typing hands, and everything that is neither.

Never a real device: those come to the same place (test_terminal.py).
"""

import time
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floor.refusals import Refusal
from floor.source import Source
from floor.tags import (
    ALPHABET,
    BODY_CHARS,
    CommandWord,
    Tag,
    TagKind,
    decode,
    encode,
    grouped,
    slip_code,
    step_code,
)
from kiosk.inputs import Input, Number, Press, Scan, Unreadable
from kiosk.scanner import SCAN_CHARS_MAX, Scanner

SLIP: Final = slip_code("BCDFGHJK", "B")
OTHER: Final = slip_code("BCDFGHJL", "B")
STEP: Final = step_code("BCDFGHJK", 20)
REASON: Final = encode(TagKind.REASON, "BCDFGH")
EAN: Final = "4006381333931"
HAND_MS: Final = 150

codes = st.sampled_from(list(BODY_CHARS)).flatmap(
    lambda kind: st.text(ALPHABET, min_size=BODY_CHARS[kind], max_size=BODY_CHARS[kind]).map(
        lambda body: encode(kind, body)
    )
)


class Bench:
    """A scanner with a clock; sources write on it."""

    def __init__(self, prefix: str = "") -> None:
        self.scanner = Scanner(prefix)
        self.now_ms = 1000.0
        self.read: list[Input] = []

    def keys(self, *keys: str, gap_ms: float = 0.0) -> "Bench":
        for key in keys:
            self.now_ms += gap_ms
            self.read += self.scanner.press(key, self.now_ms)
        return self

    def burst(self, text: str, gap_ms: float = 0.0) -> "Bench":
        return self.keys(*text, gap_ms=gap_ms)

    def typed(self, text: str, gap_ms: float = HAND_MS) -> "Bench":
        return self.keys(*text, gap_ms=gap_ms)

    def silence(self, ms: float = 1000.0) -> "Bench":
        self.now_ms += ms
        self.read += self.scanner.tick(self.now_ms)
        return self


def scan(code: str, source: Source = Source.SCAN) -> Scan:
    tag = decode(code)
    assert isinstance(tag, Tag)
    return Scan(tag, source)


def no(refusal: Refusal) -> Unreadable:
    return Unreadable(refusal)


@settings(max_examples=25)
@given(st.lists(codes, min_size=200, max_size=200), st.sampled_from(["enter", "\r", "\n", "tab"]))
def test_two_hundred_scans_without_a_pause_are_two_hundred_scans(scans: list[str], end: str) -> None:
    bench = Bench()
    for code in scans:
        bench.burst(code).keys(end)
    assert bench.read == [scan(code) for code in scans]


@settings(max_examples=25)
@given(st.lists(codes, min_size=20, max_size=20), st.sampled_from([0.0, 5.0, 30.0]))
def test_a_scanner_without_enter_is_ended_by_silence(scans: list[str], gap_ms: float) -> None:
    bench = Bench()
    for code in scans:
        bench.burst(code, gap_ms).silence(70)
    assert bench.read == [scan(code) for code in scans]


@given(codes, st.sampled_from(["\r\n", "\n", "\r", "\t", "\t\r", "\r\r", "\n\r"]))
def test_any_ending_of_a_scan_confirms_nothing(code: str, ending: str) -> None:
    assert Bench().burst(code).keys(*ending).read == [scan(code)]


@given(codes, st.sampled_from(["\r\n", "\n", "\r"]), st.integers(61, 299))
def test_an_enter_that_comes_late_still_belongs_to_its_scan(code: str, ending: str, late_ms: int) -> None:
    bench = Bench().burst(code).silence(late_ms).keys(*ending)
    assert bench.read == [scan(code)], "or a slow scanner would record by itself"


def test_the_enter_of_a_person_confirms_after_a_scan() -> None:
    assert Bench().burst(SLIP).silence(70).silence(400).keys("enter").read == [scan(SLIP), Press("enter")]
    assert Bench().burst(SLIP).keys("enter", "enter", gap_ms=150).read == [scan(SLIP), Press("enter")]


@given(codes)
def test_case_and_groups_do_not_matter(code: str) -> None:
    assert Bench().burst(code.lower()).keys("enter").read == [scan(code)]
    assert Bench().typed(grouped(code)).keys("enter").read == [scan(code, Source.KEYS)]


@given(codes)
def test_a_code_read_twice_in_one_breath_counts_once(code: str) -> None:
    assert Bench().burst(code + code).keys("enter").read == [scan(code)]
    assert Bench("]C1").burst(f"]C1{code}]C1{code}").keys("enter").read == [scan(code)]


@given(codes, codes)
def test_e4_two_codes_glued_are_refused(first: str, second: str) -> None:
    read = Bench().burst(first + second).keys("enter").read
    assert read == ([scan(first)] if first == second else [no(Refusal.CODE_TOO_LONG)])


@given(codes, st.data())
def test_e3_half_a_code_is_refused_and_the_whole_one_after_it_is_taken(
    code: str, data: st.DataObject
) -> None:
    half = code[: data.draw(st.integers(1, len(code) - 1))]
    ended = Bench().burst(half).keys("enter").burst(code).keys("enter")
    assert ended.read[-1] == scan(code)
    assert not any(isinstance(found, Number) for found in ended.read)
    broken_off = Bench().burst(half).silence(400).burst(code).keys("enter").read
    if isinstance(decode(half), Refusal) and half + code != code:
        assert broken_off == [no(Refusal.CODE_TOO_SHORT), scan(code)]


def test_a_number_typed_before_a_broken_off_scan_goes_with_the_whole_one() -> None:
    bench = Bench().typed("4").silence(400).burst(REASON[:5]).silence(400).burst(REASON).keys("enter")
    assert bench.read == [no(Refusal.CODE_TOO_SHORT), Number("4"), scan(REASON)]


def test_a_number_typed_after_a_broken_off_scan_goes_with_the_whole_one() -> None:
    bench = Bench().burst(REASON[:5]).silence(400).typed("4").silence(400).burst(REASON).keys("enter")
    assert bench.read == [no(Refusal.CODE_TOO_SHORT), Number("4"), scan(REASON)]


def test_digits_after_a_broken_off_scan_are_no_quantity() -> None:
    assert Bench().burst("TBCD").silence(400).burst("12").keys("enter").read == [no(Refusal.NOT_A_CODE)]


@pytest.mark.parametrize("gap_ms", [0.0, 10.0, HAND_MS, 2000.0])
def test_a_number_and_a_reason_right_behind_it(gap_ms: float) -> None:
    bench = Bench().typed("4", gap_ms)
    bench.now_ms += gap_ms
    assert bench.burst(REASON).keys("enter").read == [Number("4"), scan(REASON)]


def test_a_number_waits_while_its_reason_is_misread() -> None:
    bench = Bench().typed("4").silence(500).burst(REASON[:-1] + "K").keys("enter")
    assert bench.read == [Number("4"), no(Refusal.CODE_CHECK_WRONG)]


@pytest.mark.parametrize("digits", [EAN, "40063813", "123456", EAN * 3, "0123456789012345678"])
@pytest.mark.parametrize("gap_ms", [0.0, 5.0, 20.0])
def test_e18_a_foreign_barcode_of_digits_is_never_a_number(digits: str, gap_ms: float) -> None:
    foreign = [no(Refusal.NOT_A_CODE)]
    assert Bench().burst(digits, gap_ms).keys("enter").read == foreign
    assert Bench().burst(digits, gap_ms).silence(70).read == foreign
    assert Bench().burst(digits, gap_ms).silence(70).keys("enter").read == foreign, "its own late Enter"
    bench = Bench().typed("76").silence(500).burst(digits, gap_ms).keys("enter")
    assert bench.read == foreign
    bench = Bench().burst(digits, gap_ms)
    bench.now_ms += 2000
    assert bench.typed("4").keys("enter").read == foreign


@given(st.text("0123456789", min_size=1, max_size=9))
def test_a_typed_number_is_a_number(digits: str) -> None:
    assert Bench().typed(digits).keys("enter").read == [Number(digits, confirmed=True)]
    assert Bench().typed(digits).keys("tab").read == [Number(digits)]
    assert Bench().typed(digits).silence().read == []


@pytest.mark.parametrize(
    "text", ["1_000", "\uff11\uff12", "-1", "+5", "1e5", "1'000", "5-", "\u0665", "1 000"]
)
def test_e11_what_looks_like_a_quantity_and_is_none_is_refused_whole(text: str) -> None:
    assert Bench().typed(text).keys("enter").read == [no(Refusal.NOT_A_QUANTITY)]


@pytest.mark.parametrize(
    "text", ["NaN", "Infinity", "hello", "76x", "[b]x[/b]", "[@click=app.quit]", "=1+1", "%41"]
)
@pytest.mark.parametrize("gap_ms", [0.0, HAND_MS])
def test_what_is_no_code_is_refused_whole(text: str, gap_ms: float) -> None:
    assert Bench().typed(text, gap_ms).keys("enter").read == [no(Refusal.NOT_A_CODE)]


def test_a_decimal_number_is_handed_on_as_it_is() -> None:
    assert Bench().typed("1,5").keys("enter").read == [Number("1,5", confirmed=True)]


@given(
    codes, st.lists(st.integers(0, 31).map(chr) | st.just("\x7f") | st.just("\x9b"), max_size=8), st.data()
)
def test_e5_control_characters_are_nothing(code: str, controls: list[str], data: st.DataObject) -> None:
    text = list(code)
    for control in controls:
        if control not in "\r\n\t":
            text.insert(data.draw(st.integers(0, len(text))), control)
    assert Bench().keys(*text, "enter").read == [scan(code)]


@pytest.mark.parametrize(
    "key",
    ["ctrl+c", "ctrl+q", "ctrl+z", "ctrl+p", "ctrl+backslash", "left_shift", "alt+x", "shift+tab", "print"],
)
def test_a_key_that_says_nothing_does_not_break_a_scan(key: str) -> None:
    assert Bench().keys(*SLIP[:5], key, *SLIP[5:], "enter").read == [scan(SLIP)]


@given(codes)
def test_a_typed_code_says_that_it_was_typed(code: str) -> None:
    assert Bench().typed(code, 400).keys("enter").read == [scan(code, Source.KEYS)]


@given(codes, st.integers(61, 5000))
def test_the_enter_after_a_typed_code_ends_it_and_confirms_nothing(code: str, pause_ms: int) -> None:
    bench = Bench().typed(code).silence(pause_ms)
    assert bench.read == []
    assert bench.keys("enter").read == [scan(code, Source.KEYS)]


@pytest.mark.parametrize("prefix", ["]C1", "*", "QQ", "\u00a7"])
@given(code=codes)
def test_the_plants_prefix_is_cut_off(prefix: str, code: str) -> None:
    assert Bench(prefix).burst(prefix.lower() + code).keys("enter").read == [scan(code)]
    assert Bench(prefix).burst(code).keys("enter").read == [scan(code)]
    assert Bench(prefix).typed("4").burst(prefix + code).keys("enter").read == [Number("4"), scan(code)]


def test_the_keys_of_a_person() -> None:
    assert Bench().keys("enter").read == [Press("enter")]
    assert Bench().keys("tab").read == []
    assert Bench().typed("12").keys("f4").read == [Number("12"), Press("f4")]
    assert Bench().typed("12").keys("backspace", "enter").read == [Number("1", confirmed=True)]
    assert Bench().typed("12").keys("escape").read == []
    assert Bench().typed("12").keys("escape", "escape").read == [Press("escape")]
    assert Bench().keys("up", "down", "f1").read == [Press("up"), Press("down"), Press("f1")]


def test_megabytes_of_keys_are_one_refusal_and_the_next_scan_is_taken() -> None:
    bench = Bench()
    started = time.perf_counter()
    for _ in range(1_000_000):
        bench.scanner.press("B", bench.now_ms)
    assert time.perf_counter() - started < 10
    assert bench.scanner.pending == ""
    assert bench.keys("enter").burst(SLIP).keys("enter").read == [no(Refusal.SCAN_TOO_LONG), scan(SLIP)]


def test_e6_a_flood_without_an_end_is_ended_by_silence() -> None:
    bench = Bench().burst("B" * (SCAN_CHARS_MAX + 1)).silence(70).keys("enter").burst(SLIP).keys("enter")
    assert bench.read == [no(Refusal.SCAN_TOO_LONG), scan(SLIP)]


def test_escape_ends_a_flood() -> None:
    assert Bench().burst("B" * 2000).keys("escape").burst(SLIP).keys("enter").read == [scan(SLIP)]


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*ALPHABET, *"0123456789.,-_ [x", "enter", "tab", "escape", "up", "\n"])
            | st.characters(),
            st.sampled_from([0.0, 20.0, 70.0, 150.0, 400.0]),
            st.booleans(),
        ),
        max_size=60,
    )
)
def test_whatever_comes_no_letter_ever_lands_in_a_number(stream: list[tuple[str, float, bool]]) -> None:
    bench = Bench()
    for key, gap_ms, ticked in stream:
        bench.keys(key, gap_ms=gap_ms)
        if ticked:
            bench.silence(80)
    for found in bench.read:
        if isinstance(found, Number):
            assert set(found.text) <= set("0123456789.,")
        if isinstance(found, Scan):
            assert decode(encode(found.tag.kind, found.tag.body)) == found.tag


@given(codes, st.data())
def test_one_wrong_letter_is_never_another_code(code: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(code) - 1))
    wrong = data.draw(st.sampled_from([letter for letter in ALPHABET if letter != code[at]]))
    assert Bench().burst(code[:at] + wrong + code[at + 1 :]).keys("enter").read == [
        no(Refusal.CODE_CHECK_WRONG)
    ]


def test_every_command_card_is_read() -> None:
    for word in CommandWord:
        read = Bench().burst(encode(TagKind.COMMAND, word.value)).keys("enter").read
        assert isinstance(read[0], Scan)
        assert read[0].tag.command is word


def test_silence_is_only_asked_for_while_it_could_say_something() -> None:
    bench = Bench()
    assert not bench.scanner.settles(bench.now_ms)
    bench.burst("4")
    assert bench.scanner.settles(bench.now_ms)
    assert not bench.scanner.settles(bench.now_ms + 61)


def test_a_number_outlives_the_misread_code_behind_it() -> None:
    bench = Bench().typed("7").typed(REASON[:-1]).keys("enter", gap_ms=150)
    assert bench.read == [Number("7"), Unreadable(Refusal.CODE_TOO_SHORT)], (
        "or ENTER would record what was proposed"
    )

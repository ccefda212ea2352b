"""A page of settings as one long code: it comes back whole, or is refused; half of it is never taken."""

import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floor.letters import CONTENT_BYTES_MAX, pack, unpack
from floor.refusals import Refusal
from floor.tags import ALPHABET, LONG_BODY_CHARS_MAX, LONG_CODE_CHARS_MAX, Tag, TagKind, decode, encode
from kiosk.inputs import Scan, Unreadable
from kiosk.scanner import SCAN_CHARS_MAX, Scanner

PAGE = b'{"station":{"number":"cutting-1","name":"Cutting Line 1","machines":["saw-1","saw-2"]}}'
LARGEST = "B" * LONG_BODY_CHARS_MAX


@given(st.binary(max_size=400))
def test_what_was_packed_comes_back(content: bytes) -> None:
    assert unpack(pack(content)) == content


@given(st.binary(max_size=200))
def test_a_long_code_is_read_as_it_was_written(content: bytes) -> None:
    code = encode(TagKind.TERMINAL, pack(content))
    assert decode(code.lower()) == Tag(TagKind.TERMINAL, pack(content))


def test_letters_of_an_old_sheet_are_understood() -> None:
    letters = "BCCPBBVHXXKRDDKFKGJCKGJNJXJVDDFPKRDDJVJCJTJHDDFPDDHFJCKKDDKTKTHHNJSHSPJBDR"
    assert unpack(letters) == b'{"station":{"name":"Saw"}}'


def test_any_part_of_a_long_code_is_too_short() -> None:
    code = encode(TagKind.TERMINAL, pack(PAGE))
    assert {decode(code[:length]) for length in range(1, len(code))} == {Refusal.CODE_TOO_SHORT}
    assert decode(code + "B") is Refusal.CODE_TOO_LONG


def test_every_single_wrong_letter_of_a_long_code_is_refused() -> None:
    code = encode(TagKind.TERMINAL, pack(PAGE))
    chance = random.Random(3)
    for at in range(len(code)):
        wrong = chance.choice([letter for letter in ALPHABET if letter != code[at]])
        assert isinstance(decode(code[:at] + wrong + code[at + 1 :]), Refusal)


def test_letters_in_another_order_are_refused_by_the_check_of_the_content() -> None:
    letters = pack(PAGE)
    chance = random.Random(4)
    for _ in range(500):
        first, second = sorted(chance.sample(range(len(letters)), 2))
        if letters[first] == letters[second]:
            continue
        swapped = list(letters)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        assert unpack("".join(swapped)) is Refusal.CODE_CHECK_WRONG


@pytest.mark.parametrize("letters", ["", "B", "BBB", "BBBBBBBBBBBB", "AAAAAAAAAAAAAAAA", "bbbbbbbbbbbbbbbb"])
def test_what_is_no_packed_content_is_refused(letters: str) -> None:
    assert isinstance(unpack(letters), Refusal)


def test_a_bomb_is_refused_and_costs_no_memory() -> None:
    from floor import letters as packing

    squeezer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    squeezed = squeezer.compress(b"\0" * 300_000) + squeezer.flush()
    bomb = (squeezed + packing._check(squeezed)).hex().translate(packing._TO_LETTERS)
    assert len(bomb) <= LONG_BODY_CHARS_MAX
    assert unpack(bomb) is Refusal.NOT_A_CODE


def test_more_than_one_code_holds_is_said_before_it_is_printed() -> None:
    with pytest.raises(ValueError, match="letters are more"):
        pack(random.Random(5).randbytes(600))
    with pytest.raises(ValueError, match="bytes are more"):
        pack(b"\0" * (CONTENT_BYTES_MAX + 1))
    with pytest.raises(ValueError, match="letters"):
        encode(TagKind.TERMINAL, LARGEST + "B")
    with pytest.raises(ValueError, match="letters"):
        encode(TagKind.TERMINAL, "")


def keyed(code: str, gap_ms: float) -> list[object]:
    """What a scanner makes of these keys."""
    scanner = Scanner()
    found: list[object] = []
    for index, key in enumerate([*code, "enter"]):
        found += scanner.press(key, 1000 + index * gap_ms)
    return found


@pytest.mark.parametrize("gap_ms", [0.0, 4.0, 20.0])
def test_the_longest_code_is_one_scan_and_its_half_is_none(gap_ms: float) -> None:
    code = encode(TagKind.TERMINAL, LARGEST)
    assert len(code) == LONG_CODE_CHARS_MAX == SCAN_CHARS_MAX
    (whole,) = keyed(code, gap_ms)
    assert isinstance(whole, Scan)
    assert whole.tag == Tag(TagKind.TERMINAL, LARGEST)
    assert keyed(code[: len(code) // 2], gap_ms) == [Unreadable(Refusal.CODE_TOO_SHORT)]
    assert keyed(code[len(code) // 2 :], gap_ms) == [Unreadable(Refusal.NOT_A_CODE)]

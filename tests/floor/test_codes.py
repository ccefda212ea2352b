"""Codes on paper: what was written is what is read, and what was misread is refused."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floor.refusals import Refusal
from floor.tags import (
    ALPHABET,
    BODY_CHARS,
    CODE_CHARS_MAX,
    CODE_CHARS_MIN,
    CommandWord,
    Tag,
    TagKind,
    copy_letter,
    count_to_letters,
    decode,
    encode,
    grouped,
    hold_code,
    letters_to_count,
    slip_code,
    slip_name,
    slip_number,
    step_code,
)

letters = st.sampled_from(ALPHABET)
kinds = st.sampled_from(list(BODY_CHARS))
tags = kinds.flatmap(
    lambda kind: st.text(letters, min_size=BODY_CHARS[kind], max_size=BODY_CHARS[kind]).map(
        lambda body: Tag(kind, body)
    )
)


def samples(per_kind: int) -> list[str]:
    """Some codes of every type, the same in every run."""
    chance = random.Random(1)
    return [
        encode(kind, "".join(chance.choices(ALPHABET, k=BODY_CHARS[kind])))
        for kind in BODY_CHARS
        for _ in range(per_kind)
    ]


@given(tags)
def test_what_was_written_is_read(tag: Tag) -> None:
    assert decode(encode(tag.kind, tag.body)) == tag


@given(tags)
def test_case_and_the_blanks_between_groups_do_not_matter(tag: Tag) -> None:
    code = encode(tag.kind, tag.body)
    assert decode(code.lower()) == tag
    assert decode(grouped(code)) == tag
    assert decode(f" {code} ") == tag


@pytest.mark.parametrize("code", samples(20))
def test_one_wrong_letter_is_refused(code: str) -> None:
    misread = [
        code[:at] + other + code[at + 1 :]
        for at in range(len(code))
        for other in ALPHABET
        if other != code[at]
    ]
    assert [wrong for wrong in misread if isinstance(decode(wrong), Tag)] == []


def test_two_swapped_neighbours_slip_through_at_most_once_in_a_hundred() -> None:
    """The check of ISO 7064 finds every wrong letter and nearly every swap; people swap, scanners do not."""
    swapped = [
        code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        for code in samples(200)
        for at in range(1, len(code) - 1)
        if code[at] != code[at + 1]
    ]
    taken = [wrong for wrong in swapped if isinstance(decode(wrong), Tag)]
    assert len(taken) <= len(swapped) / 100


def test_a_code_never_reads_as_another_type() -> None:
    for code in samples(5):
        others = [kind + code[1:] for kind in TagKind if kind != code[0]]
        assert not [wrong for wrong in others if isinstance(decode(wrong), Tag)]


@pytest.mark.parametrize("code", samples(3))
def test_e3_part_of_a_code_is_too_short(code: str) -> None:
    for length in range(1, len(code)):
        assert decode(code[:length]) is Refusal.CODE_TOO_SHORT


def test_two_codes_glued_are_too_long() -> None:
    for first, second in itertools.product(samples(1), repeat=2):
        assert decode(first + second) is Refusal.CODE_TOO_LONG


@pytest.mark.parametrize(
    "noise",
    [
        "",
        " ",
        "A",
        "123",
        "TBCDFGHJKLA",
        "T-BCDFGHJKLN",
        "ßBCDFGHJKLN",
        "ſBCDFGHJ",
        "BBCDFGHJKLN",
        "\x11",
        "T\n",
        "X" * 12,
    ],
)
def test_what_never_was_a_code_is_called_so(noise: str) -> None:
    assert decode(noise) is Refusal.NOT_A_CODE


def test_a_letter_that_only_looks_like_ours_in_capitals_is_not_ours() -> None:
    code = encode(TagKind.REASON, "BCDFGH")
    assert isinstance(decode(code), Tag)
    assert decode("ſ" + code[1:]) is Refusal.NOT_A_CODE, "the long s becomes S in capitals"


@given(st.text(max_size=30))
def test_whatever_is_scanned_is_a_tag_or_a_named_refusal(noise: str) -> None:
    assert isinstance(decode(noise), Tag | Refusal)


def test_ten_megabytes_are_not_a_code() -> None:
    assert decode("T" * 10_000_000) is Refusal.CODE_TOO_LONG


def test_every_step_number_has_a_code() -> None:
    for number in range(10, 2561, 10):
        tag = decode(step_code("BBBCCCCC", number))
        assert isinstance(tag, Tag)
        assert (tag.kind, tag.slip, tag.step_number) == (TagKind.SLIP_STEP, "BBBCCCCC", number)


@pytest.mark.parametrize("number", [0, 5, 15, -10, 2570])
def test_other_step_numbers_have_none(number: int) -> None:
    with pytest.raises(ValueError, match="no code for step"):
        step_code("BBBCCCCC", number)


def test_a_slip_is_the_same_slip_on_every_copy() -> None:
    first, second = decode(slip_code("BBBCCCCC", "B")), decode(slip_code("BBBCCCCC", "C"))
    assert isinstance(first, Tag)
    assert isinstance(second, Tag)
    assert first.slip == second.slip == "BBBCCCCC"
    assert (first.copy, second.copy) == ("B", "C")


def test_copies_are_lettered_and_the_last_letter_is_shared() -> None:
    assert "".join(copy_letter(count) for count in range(1, 17)) == ALPHABET
    assert copy_letter(17) == copy_letter(100) == "X"


def test_later_copies_have_greater_letters() -> None:
    assert sorted(ALPHABET) == list(ALPHABET)


@pytest.mark.parametrize(
    ("kind", "body"),
    [(TagKind.SLIP, "BBB"), (TagKind.NUMBER, "BB"), (TagKind.PERSON, "BBBBBA"), (TagKind.COMMAND, "bb")],
)
def test_a_body_of_another_length_or_alphabet_is_no_code(kind: TagKind, body: str) -> None:
    with pytest.raises(ValueError, match="code has"):
        encode(kind, body)


@given(st.integers(0, 16**5 - 1))
def test_counters_in_letters_are_counted_back(count: int) -> None:
    assert letters_to_count(count_to_letters(count, 5)) == count


@pytest.mark.parametrize("count", [16**5, -1])
def test_a_used_up_counter_says_so(count: int) -> None:
    with pytest.raises(ValueError, match="used up"):
        count_to_letters(count, 5)


def test_a_number_card_says_its_digit() -> None:
    said = [Tag(TagKind.NUMBER, letter).digit for letter in ALPHABET]
    assert said == [*"0123456789", *[None] * 6]


def test_a_command_card_says_its_command() -> None:
    assert [Tag(TagKind.COMMAND, word.value).command for word in CommandWord] == list(CommandWord)
    assert Tag(TagKind.COMMAND, "XX").command is None


def test_every_command_can_be_printed() -> None:
    for word in CommandWord:
        assert isinstance(decode(encode(TagKind.COMMAND, word.value)), Tag)


def test_the_limits_of_a_code_are_those_of_its_types() -> None:
    assert {len(code) for code in samples(1)} == {length + 2 for length in BODY_CHARS.values()}
    assert (CODE_CHARS_MIN, CODE_CHARS_MAX) == (3, 15)


slips = st.text(letters, min_size=8, max_size=8)


@given(slips, letters)
def test_a_slip_is_called_by_the_letters_that_every_copy_begins_with(slip: str, copy: str) -> None:
    assert grouped(slip_code(slip, copy)).startswith(slip_name(slip))
    assert slip_name("DPKBBBBC") == "TDPK BBBB C"


@given(slips, letters, st.integers(1, 256))
def test_a_slip_is_known_by_its_name_its_number_and_its_codes(slip: str, copy: str, step: int) -> None:
    of_step = (step_code(slip, 10 * step), hold_code(slip, 10 * step))
    said = (slip, slip_name(slip), slip_code(slip, copy), *of_step)
    for text in said:
        for way in (text, grouped(text.replace(" ", "")), text.replace(" ", "").lower(), f" {text} "):
            assert slip_number(way) == slip


def test_what_names_no_slip_is_refused_by_name() -> None:
    code = slip_code("DPKBBBBC", "B")
    wrong = code[:-1] + ("B" if code[-1] != "B" else "C")
    assert slip_number(wrong) is Refusal.CODE_CHECK_WRONG
    assert slip_number(code[:-1]) is Refusal.CODE_TOO_SHORT
    assert slip_number(f"{code}B") is Refusal.CODE_TOO_LONG
    assert slip_number(encode(TagKind.NUMBER, "B")) is Refusal.NOT_A_CODE
    for text in ("", "MO-1042", "T", "DPKBBBB\u0421"):
        assert slip_number(text) is Refusal.NOT_A_CODE or slip_number(text) is Refusal.CODE_TOO_SHORT

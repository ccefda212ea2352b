"""What keyboard layouts make of our codes, and what can be told and undone."""

import random
from typing import Final

import pytest

from floor.layouts import LAYOUTS, NOTHING, Layout, meanings
from floor.self_test import SELF_TEST, read
from floor.tags import ALPHABET, BODY_CHARS, Tag, TagKind, decode, encode

NAMED: Final = {layout.name: layout for layout in LAYOUTS}
GARBLING: Final = [layout for layout in LAYOUTS if layout.garbles]


def typed(layout: Layout, text: str) -> str:
    return "".join(layout.typed[character] for character in text)


def codes(kind: TagKind, count: int = 200) -> list[str]:
    chance = random.Random(str(kind))
    length = BODY_CHARS[kind]
    return [encode(kind, "".join(chance.choice(ALPHABET) for _ in range(length))) for _ in range(count)]


def decoded(text: str) -> set[Tag]:
    return {tag for meaning in meanings(text) if isinstance(tag := decode(meaning), Tag)}


def test_our_letters_survive_every_latin_layout_that_is_delivered_with_keyboards() -> None:
    harmless = {layout.name for layout in LAYOUTS} - {layout.name for layout in GARBLING}
    assert {"US", "German", "French", "Belgian", "Czech", "Turkish", "Spanish", "Swedish"} <= harmless
    assert {layout.name for layout in GARBLING if layout.is_latin} == {
        *("Dvorak", "Colemak", "Bépo", "Neo", "Turkish F"),
    }
    assert {"Russian", "Ukrainian", "Greek", "Hebrew", "Arabic", "Persian"} <= {
        layout.name for layout in GARBLING
    }


@pytest.mark.parametrize("layout", [one for one in GARBLING if not one.is_latin], ids=lambda one: one.name)
@pytest.mark.parametrize(
    "kind", [TagKind.SLIP, TagKind.SLIP_STEP, TagKind.PERSON, TagKind.COMMAND, TagKind.NUMBER]
)
def test_g8_a_garbled_code_is_undone_or_refused_and_never_another_one(layout: Layout, kind: TagKind) -> None:
    found = [(code, decoded(typed(layout, code.lower()))) for code in codes(kind)]
    right = [code for code, tags in found if tags == {decode(code)}]
    assert len(right) >= 0.98 * len(found)
    assert all(decode(code) in tags for code, tags in found)


def test_where_two_layouts_give_two_codes_both_are_seen() -> None:
    both = [
        tags
        for kind in (TagKind.SLIP, TagKind.PERSON, TagKind.MACHINE)
        for code in codes(kind, 3000)
        if len(tags := decoded(typed(NAMED["Ukrainian"], code))) > 1
    ]
    assert both, "then a scan of it is refused: test_scanner.py"


def test_a_code_that_was_misread_is_no_other_code_in_another_layout() -> None:
    for code in codes(TagKind.SLIP):
        assert not meanings(code[:-1] + ("B" if code[-1] != "B" else "C"))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
@pytest.mark.parametrize("caps_lock", [False, True])
@pytest.mark.parametrize(("before", "behind"), [("", ""), ("C1", ""), ("00", "\u00a7x")])
def test_the_test_code_names_the_layout_the_caps_lock_and_what_stands_around(
    layout: Layout, caps_lock: bool, before: str, behind: str
) -> None:
    typing = read(
        typed(layout, before) + typed(layout, SELF_TEST.swapcase() if caps_lock else SELF_TEST) + behind
    )
    assert typing is not None
    assert layout.name in typing.layouts
    assert len(typing.layouts) <= 3
    assert (typing.caps_lock, typing.behind) == (caps_lock, behind)
    assert typing.before == (before if layout.garbles else typed(layout, before))
    assert typing.garbles is typing.is_undone is layout.garbles


def test_a_layout_that_nobody_knows_is_told_as_unknown() -> None:
    shifted = "".join(chr(ord(character) + 0x1000) for character in SELF_TEST)
    typing = read(shifted)
    assert typing is not None
    assert (typing.layouts, typing.garbles, typing.is_undone) == ((), True, False)
    harmless = read(SELF_TEST.replace("z", "\u017e").replace("-", "\u2010"))
    assert harmless is not None
    assert (harmless.layouts, harmless.garbles) == ((), False)


@pytest.mark.parametrize(
    "text",
    ["", SELF_TEST[:-1], SELF_TEST[1:], "t" * 44, "txt" * 15, f"txt{'b' * 29}txt", "txt" + "0" * 500 + "txt"],
)
def test_nothing_else_is_taken_for_the_test_code(text: str) -> None:
    assert read(text) is None


def test_every_layout_types_something_for_each_of_our_letters() -> None:
    for layout in LAYOUTS:
        assert len(layout.plain) == len(layout.shifted) == len(LAYOUTS[0].plain)
        assert not {typed(layout, letter) for letter in ALPHABET + ALPHABET.lower()} & {
            NOTHING,
            *"0123456789",
        }


def test_a_scanner_that_makes_all_letters_capital_is_no_garbling_one() -> None:
    typing = read(SELF_TEST.upper())
    assert typing is not None
    assert (typing.layouts, typing.garbles) == ((), False)


def test_no_key_of_the_test_code_types_nothing_or_something_that_a_scanner_drops() -> None:
    for layout in LAYOUTS:
        came = typed(layout, SELF_TEST)
        assert NOTHING not in came, layout.name
        assert came.isprintable(), layout.name

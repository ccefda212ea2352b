"""What a slip says of itself: it comes back as it was written, or is refused; it says what it left out."""

import random
import time
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floor import passport_code
from floor.codec import BODY_BYTES_MAX
from floor.letters import seal
from floor.packing import NotPackedError, Packer, Unpacker
from floor.passport import (
    LETTERS_MAX,
    LETTERS_NARROW_MAX,
    RATIO_MAX,
    SIGNATURE_BYTES,
    STEP_NUMBER_MAX,
    STEPS_MAX,
    Part,
    Passport,
    PassportStep,
    Vouched,
    key_id,
    prove,
)
from floor.passport_code import read, signed_bytes, write
from floor.quantities import Ratio, Unit
from floor.refusals import Refusal
from floor.routing import Counting, StepKind
from floor.tags import ALPHABET, LONG_BODY_CHARS_MAX, Tag, decode

KEY: Final = "5d" * 32
SIGNATURE: Final = bytes(range(SIGNATURE_BYTES))

WORK: Final = (
    *(("CUT", "Cut to length"), ("EDGE", "Glue the edges"), ("DRILL", "Drill the holes")),
    *(("SAND", "Sand both sides"), ("SPRAY", "First coat"), ("DRY", "Dry overnight"), ("SAND", "Sand again")),
    *(("SPRAY", "Second coat"), ("FIT", "Fit the hinges"), ("TEST", "Look it over")),
    *(("PACK", "Pack in cartons"), ("SHIP", "Stack on pallets")),
)


def sign(_said: bytes) -> bytes:
    return SIGNATURE


def passport(first: int = 3, **more: Any) -> Passport:
    """Twelve usual steps, or the first of them."""
    said: dict[str, Any] = {
        "slip": "BBCBBBBD",
        "copy_letter": "B",
        "order": "MO-1042",
        "item": "CAB-600-W",
        "item_name": "Wall cabinet 600, white",
        "quantity": Decimal(80),
        "order_quantity": Decimal(240),
        "unit": Unit(name="pcs"),
        "due": date(2026, 12, 24),
        "version_of_route": 3,
        "version_of_bom": 2,
        "key": key_id(KEY),
        "minute": 29_920_000,
        "steps": tuple(
            PassportStep(number=10 * number, name=name, work_centre=work_centre)
            for number, (work_centre, name) in enumerate(WORK[:first], 1)
        ),
    }
    return Passport.model_validate(said | more)


def code_of(said: Passport, letters_max: int = LETTERS_MAX) -> str:
    code = write(said, sign, letters_max)
    assert code is not None
    return code


def back(code: str) -> Passport:
    tag = decode(code)
    assert isinstance(tag, Tag)
    signed = read(tag.body)
    assert not isinstance(signed, Refusal)
    assert signed.signature == SIGNATURE.hex()
    return signed.passport


letters = st.sampled_from(ALPHABET)
slips = st.text(letters, min_size=8, max_size=8)
numbers = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 ._/+:#-]{0,39}", fullmatch=True)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
amounts = st.decimals(0, 999_999_999, places=3).map(lambda amount: amount.normalize() + 0)
units = st.builds(Unit, name=st.sampled_from(["pcs", "legs", "箱", "m²"]), decimals=st.integers(0, 6))


@st.composite
def routes(draw: st.DrawFn) -> tuple[PassportStep, ...]:
    places = sorted(draw(st.sets(st.integers(0, STEP_NUMBER_MAX), max_size=6)))
    return tuple(
        PassportStep(
            number=number,
            name=draw(st.none() | names),
            work_centre=draw(numbers),
            machine=draw(st.none() | numbers),
            kind=draw(st.sampled_from(StepKind)),
            counting=draw(st.sampled_from(Counting)),
            predecessors=draw(st.none() | st.just(tuple(places[:at]))),
            unit=draw(st.none() | units),
            ratio=Ratio(step=draw(st.integers(1, RATIO_MAX)), order=draw(st.integers(1, 9))),
        )
        for at, number in enumerate(places)
    )


passports = st.builds(
    Passport,
    slip=slips,
    copy_letter=letters,
    order=numbers,
    item=numbers,
    item_name=st.none() | names,
    quantity=amounts,
    order_quantity=amounts,
    unit=units,
    due=st.none() | st.dates(),
    version_of_route=st.integers(0, 10**9),
    version_of_bom=st.none() | st.integers(0, 10**9),
    make_up=st.booleans(),
    part=st.none() | st.builds(Part, parent=slips, step=st.integers(0, STEP_NUMBER_MAX)),
    steps=routes(),
    steps_dropped=st.integers(0, 200),
    key=st.from_regex(r"[0-9a-f]{8}", fullmatch=True),
    minute=st.integers(0, 2**27 - 1),
)


@given(passports)
@settings(max_examples=150)
def test_what_a_slip_says_comes_back_word_for_word(said: Passport) -> None:
    assert passport_code._unpack(passport_code._pack(said)) == said


@given(passports, st.integers(150, LETTERS_MAX))
@settings(max_examples=100)
def test_a_passport_is_never_longer_than_its_limit_and_says_what_it_left_out(
    said: Passport, letters_max: int
) -> None:
    code = write(said, sign, letters_max)
    if code is None:
        return
    read_back = back(code)
    assert len(code) <= letters_max
    assert read_back.steps_dropped - said.steps_dropped == len(said.steps) - len(read_back.steps)
    wanted = [step.model_copy(update={"name": None}) for step in said.steps[: len(read_back.steps)]]
    assert [step.model_copy(update={"name": None}) for step in read_back.steps] == wanted
    if read_back.steps_dropped > said.steps_dropped:
        assert all(step.name is None for step in read_back.steps), "names go before steps"


def test_twelve_steps_fit_with_their_names_and_in_half_the_room_without() -> None:
    assert back(code_of(passport(12))) == passport(12)
    narrow = back(code_of(passport(12), LETTERS_NARROW_MAX))
    assert (len(narrow.steps), narrow.steps_dropped, narrow.names_dropped) == (12, 0, True)
    assert narrow.steps[3].as_step.name == "SAND", "the work centre stands for the name"


def test_letters_of_an_old_slip_are_understood() -> None:
    code = (
        "JCFSBCLNRBVCNDSRFHBXCTJDSVJKDLXNPKFDGHCFPKHCKRJHSSGCVRGFDVCKBLGPFCTLLVHNLPCKPSVBLXFRJJRCKGTJJCPPS"
        "FFDTJGDJPRHKKRFGVVLNTSRGHRFFPVPPJCDGFBKPBCSSVDJHXJTCLNCDPFCSLLRBBKFPDCBCHBBBCBBBBDCBBBCBDBFBGBHBJ"
        "BKBLBNBPBRBSBTBVBXCBCCCDCFCGCHCJCKCLCNCPCRCSCTCVCXDBDCDDDFDGDHDJDKDLDNDPDRDSDTDVDXFBFCFDFFFGFHFJF"
        "KFLFNFPFRFSFTFVFXVXJKCTSLBGBXT"
    )
    assert back(code) == passport(2)
    assert code_of(passport(2)) == code


def test_names_go_first_and_then_steps_from_the_end() -> None:
    states = list[tuple[int, bool, bool]]()
    for letters_max in range(LETTERS_MAX, 260, -4):
        said = back(code_of(passport(12), letters_max))
        states.append((len(said.steps), said.steps[0].name is not None, said.item_name is not None))
    seen = list(dict.fromkeys(states))
    assert seen[:3] == [(12, True, True), (12, False, True), (12, False, False)]
    kept = [steps for steps, *_ in seen[3:]]
    assert seen[3:] == [(steps, False, False) for steps in kept]
    assert kept == sorted(kept, reverse=True)
    assert kept[-1] < 8


def test_a_slip_that_says_too_much_for_any_passport_has_none() -> None:
    assert write(passport(), sign, 100) is None
    assert write(passport(unit=Unit(name="x" * 200)), sign) is None


def test_every_single_wrong_letter_is_refused() -> None:
    code = code_of(passport(12))
    for at in range(len(code)):
        for wrong in ALPHABET.replace(code[at], ""):
            assert isinstance(decode(code[:at] + wrong + code[at + 1 :]), Refusal)


def test_two_wrong_letters_are_refused_too() -> None:
    code = code_of(passport(12))
    chance = random.Random(7)
    for _ in range(3000):
        first, second = chance.sample(range(4, len(code) - 1), 2)
        wrong = list(code)
        wrong[first], wrong[second] = chance.choice(ALPHABET), chance.choice(ALPHABET)
        tag = decode("".join(wrong))
        if "".join(wrong) != code and isinstance(tag, Tag):
            assert isinstance(read(tag.body), Refusal)


@given(st.binary(max_size=(LONG_BODY_CHARS_MAX - 12) // 2))
@settings(max_examples=500)
def test_hostile_bytes_never_raise_and_never_cost_much(content: bytes) -> None:
    begins = time.process_time()
    answer = read(seal(content))
    assert time.process_time() - begins < 0.1
    assert isinstance(answer, Refusal) or answer.passport


@given(st.binary(min_size=30, max_size=400), st.integers(0, 200), st.integers(0, 255))
def test_altered_contents_never_raise(noise: bytes, at: int, byte: int) -> None:
    whole = bytearray(signed_bytes(passport(12)).removeprefix(b"passport-1\0"))
    whole[at % len(whole)] ^= byte
    for content in (bytes(whole) + SIGNATURE, bytes(whole) + noise, noise + bytes(whole)):
        answer = read(seal(content))
        assert isinstance(answer, Refusal) or answer.passport


@pytest.mark.parametrize("body", ["", "B", "X" * 700, "B" * LONG_BODY_CHARS_MAX])
def test_what_is_no_passport_is_refused(body: str) -> None:
    assert isinstance(read(body), Refusal)


def test_one_passport_is_written_in_one_way_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else what was signed could not be made again from what it says."""

    def longer(self: Packer, value: int) -> None:
        """A count with a digit more, which says the same."""
        count(self, value)
        kind, of = self._taken.pop()
        self._taken += [(kind + 16, of), (0, of)]

    count = Packer.count
    monkeypatch.setattr(Packer, "count", longer)
    content = signed_bytes(passport()).removeprefix(b"passport-1\0")
    monkeypatch.undo()
    assert read(seal(content + SIGNATURE)) is Refusal.PASSPORT_UNUSABLE


def test_what_is_signed_is_a_passport_and_nothing_else() -> None:
    assert signed_bytes(passport()).startswith(b"passport-1\0")


def test_a_passport_of_another_release_is_refused_by_name() -> None:
    packer = Packer()
    packer.choice(7, 16)
    assert read(seal(packer.packed() + SIGNATURE)) is Refusal.PASSPORT_UNUSABLE


def test_the_largest_passport_fits_into_an_event() -> None:
    long = "W" * 40
    steps = tuple(
        PassportStep(
            number=STEP_NUMBER_MAX - 2 * STEPS_MAX + number,
            work_centre=long,
            machine=long,
            kind=StepKind.PRODUCTION,
            counting=Counting.PASSES_THROUGH,
            predecessors=tuple(STEP_NUMBER_MAX - 2 * STEPS_MAX + before for before in range(number)),
            unit=Unit(name="x" * 20, decimals=6),
            ratio=Ratio(step=RATIO_MAX, order=RATIO_MAX),
        )
        for number in range(STEPS_MAX)
    )
    assert len(passport(steps=steps).model_dump_json()) < BODY_BYTES_MAX - 1024


# The packing under it


@given(st.lists(st.tuples(st.integers(0, 2**40), st.integers(1, 2**40))))
def test_choices_come_back_in_their_row(rows: list[tuple[int, int]]) -> None:
    packer = Packer()
    for value, of in rows:
        packer.choice(value % of, of)
    unpacker = Unpacker(packer.packed())
    assert [unpacker.choice(of) for _, of in rows] == [value % of for value, of in rows]
    unpacker.end()


@given(st.integers(0, 2**64 - 1))
def test_a_count_comes_back(value: int) -> None:
    packer = Packer()
    packer.count(value)
    assert Unpacker(packer.packed()).count() == value


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_words_come_back_in_every_script(words: str) -> None:
    packer = Packer()
    packer.words(words, "abc", 20)
    assert Unpacker(packer.packed()).words("abc", 20) == words


def test_more_than_was_packed_and_less_are_refused() -> None:
    with pytest.raises(NotPackedError):
        Unpacker(b"\1").choice(2)
    with pytest.raises(NotPackedError):
        Unpacker(b"\7").end()
    with pytest.raises(NotPackedError):
        Unpacker(b"\xff" * 40).count()
    with pytest.raises(NotPackedError):
        Packer().count(2**64)


# Who signed it


def test_a_signature_proves_forges_or_waits_for_its_key() -> None:
    tag = decode(code_of(passport()))
    assert isinstance(tag, Tag)
    signed = read(tag.body)
    assert not isinstance(signed, Refusal)
    said = signed_bytes(signed.passport)
    asked: list[tuple[bytes, bytes, bytes]] = []

    def verify(key: bytes, signature: bytes, what: bytes) -> bool:
        asked.append((key, signature, what))
        return True

    assert prove(signed, said, ["77" * 32], verify) is Vouched.UNPROVEN
    assert asked == [], "no other key is asked"
    assert prove(signed, said, ["77" * 32, KEY], verify) is Vouched.PROVEN
    assert asked == [(bytes.fromhex(KEY), SIGNATURE, said)]
    assert prove(signed, said, [KEY], lambda *_: False) is Vouched.FORGED

"""Anything that can happen at a terminal: deeds, and sequences of them.

Never knows a feature: words come from `CommandWord`, keys from the scanner; what is new is played, too.
"""

from dataclasses import dataclass
from typing import Final

from hypothesis import strategies as st

from floor.orders import Decision
from floor.tags import ALPHABET, CommandWord, TagKind, encode, slip_code, step_code
from kiosk.dialogue.pages import KEY_WORDS
from kiosk.scanner import NAMED
from tests.kiosk.shop_memory import (
    BOB,
    EVE,
    JAMMED,
    JOHN,
    PIN,
    SAW,
    SPLIT,
)

STEPS: Final = (10, 20, 30)
UNKNOWN_SLIP: Final = "XXXBBBBB"
HAND_MS: Final = 150.0
MINUTE_MS: Final = 60_000.0


# What can happen


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys that come with the same gap between them: a scanner's burst or a hand's typing."""

    keys: tuple[str, ...]
    gap_ms: float
    then_ms: float = 500.0
    """How long nothing comes after them."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Nobody does anything; once a second the program looks at the clock."""

    ms: float


@dataclass(frozen=True, slots=True)
class PowerCut:
    """The program starts anew with what was saved."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another station or the office records something."""

    slip: int
    step: int
    good: int
    decision: Decision | None = None


Deed = Keys | Wait | PowerCut | Elsewhere


def scan(code: str, end: tuple[str, ...] = ("enter",)) -> Keys:
    """A scanner's burst."""
    return Keys((*code, *end), 0.0)


def typed(text: str, *end: str) -> Keys:
    """A hand's typing."""
    return Keys((*text, *end), HAND_MS)


def word(said: CommandWord) -> str:
    """A word of the command card."""
    return encode(TagKind.COMMAND, said.value)


SLIPS: Final = ("BBCBBBBB", "BBCBBBBC", UNKNOWN_SLIP)
BADGES: Final = tuple(encode(TagKind.PERSON, person.badge) for person in (JOHN, BOB, EVE))
REASONS: Final = tuple(encode(TagKind.REASON, code) for code in (SPLIT, JAMMED))
DIGITS: Final = tuple(encode(TagKind.NUMBER, letter) for letter in ALPHABET)
WORDS: Final = tuple(map(word, CommandWord))
STEP_CODES: Final = tuple(step_code(slip, step) for slip in SLIPS for step in (*STEPS, 40))
CODES: Final = (
    *BADGES,
    encode(TagKind.PERSON, "XXXXXX"),
    *(slip_code(slip, letter) for slip in SLIPS for letter in "BC"),
    *STEP_CODES,
    encode(TagKind.MACHINE, SAW),
    encode(TagKind.MACHINE, "XXXXXX"),
    *REASONS,
    encode(TagKind.REASON, "XXXXXX"),
    encode(TagKind.MATERIAL_LOT, "BCDFGH"),
    encode(TagKind.HOLD, SLIPS[0] + "BB"),
    encode(TagKind.ENROLMENT, "BCDFGHJKLNPRS"),
    encode(TagKind.COMMAND, "XX"),
    *DIGITS,
    *WORDS,
)
FOREIGN: Final = (
    "4006381333931",
    "0100888888000012171411201010A1",
    "https://example.com/?q=1",
    "WIFI:S:plant;T:WPA;P:secret;;",
    "\x11\x1b[2J",
    "１２３",
    "%E4%B8%AD",
    "T" * 40,
    "7" * 1100,
)
ENDS: Final = (("enter",), ("\r", "\n"), ("tab",), ("enter", "enter"), ())
NUMBERS: Final = (
    "0",
    "1",
    "4",
    "12",
    "76",
    "80",
    "007",
    "1.5",
    "1,5",
    "1.2.3",
    "-3",
    "1e3",
    "999999999",
    PIN,
)
ODD_KEYS: Final = ("ctrl+q", "ctrl+c", "shift+tab", "f13", "alt+f4", "é", " ")

OFFICE: Final = (Decision.HOLD, Decision.SUSPEND, Decision.RESUME, Decision.CANCEL)

codes = st.sampled_from(CODES)
numbers = st.sampled_from(NUMBERS)
steps = st.sampled_from(STEP_CODES)
words = st.sampled_from(WORDS)
ends = st.sampled_from(ENDS)
KEYS: Final = tuple(sorted(NAMED | KEY_WORDS.keys() | set(ODD_KEYS)))


def with_a_wrong_letter(code: str, at: int, letter: str) -> str:
    """One letter misread."""
    return code[: at % len(code)] + letter + code[at % len(code) + 1 :]


single = st.one_of(
    st.builds(scan, codes, ends),
    st.builds(scan, steps),
    st.builds(scan, words),
    st.builds(
        scan,
        st.builds(with_a_wrong_letter, codes, st.integers(0, 15), st.sampled_from(sorted(ALPHABET + "AZ09"))),
        ends,
    ),
    st.builds(lambda code, chars: scan(code[:chars]), codes, st.integers(1, 12)),
    st.builds(lambda one, other, end: scan(one + other, end), codes, codes, ends),
    st.builds(lambda code: scan(code + code), codes),
    st.builds(scan, st.sampled_from(FOREIGN), ends),
    st.builds(lambda code: typed(code, "enter"), codes),
    st.builds(lambda number, end: typed(number, *end), numbers, ends),
    st.builds(lambda number, code: Keys((*number, *code, "enter"), 0.0), st.sampled_from(NUMBERS), codes),
    st.builds(lambda key: typed("", key), st.sampled_from(KEYS)),
    st.builds(Wait, st.sampled_from((40.0, 100.0, 400.0, 1_600.0, 4 * MINUTE_MS, 25 * MINUTE_MS))),
    st.just(Wait(3 * 24 * 60 * MINUTE_MS)),
    st.just(PowerCut()),
    st.builds(
        Elsewhere,
        st.integers(0, 2),
        st.sampled_from(STEPS),
        st.integers(0, 50),
        st.sampled_from((None, None, None, *OFFICE)),
    ),
)
"""One deed, with no regard for what came before."""


def taken_up(badge: str, step: str) -> list[Deed]:
    """Somebody signs on and scans a step."""
    return [scan(badge), scan(step)]


def reported(badge: str, step: str, number: str, said: str) -> list[Deed]:
    """A whole report, unless something stands in its way."""
    return [*taken_up(badge, step), typed(number), scan(said), typed("", "enter")]


def scrapped(number: str, reason: str) -> list[Deed]:
    """A number and why."""
    return [typed(number), scan(reason)]


def by_scans(digits: list[str], said: str) -> list[Deed]:
    """A number from the number card, and what it counts."""
    return [*map(scan, digits), scan(said)]


def from_the_menu(downs: int) -> list[Deed]:
    """An entry of the list of everything else."""
    return [typed("", "insert"), typed("", *["down"] * downs), typed("", "enter")]


def at_the_desk(row: str) -> list[Deed]:
    """What a supervisor does with the first order."""
    return [scan(BADGES[2]), typed("", "f10"), typed(PIN, "enter"), typed("", "enter"), typed(row, "enter")]


meaningful = st.one_of(
    st.builds(reported, st.sampled_from(BADGES), steps, numbers, words),
    st.builds(taken_up, st.sampled_from(BADGES), steps),
    st.builds(scrapped, numbers, st.sampled_from(REASONS)),
    st.builds(by_scans, st.lists(st.sampled_from(DIGITS[:10]), min_size=1, max_size=3), words),
    st.builds(lambda number: [typed(number, "enter")], numbers),
    st.builds(from_the_menu, st.integers(0, 20)),
    st.builds(at_the_desk, st.sampled_from("1234567")),
    st.just([typed("", "enter")]),
)
"""A few deeds that follow from each other, so that what lies deeper is reached too."""


def in_a_row(parts: list[list[Deed]]) -> list[Deed]:
    """All of them, one after the other."""
    return [deed for part in parts for deed in part]


sequences = st.lists(
    st.one_of(meaningful, meaningful, single.map(lambda deed: [deed])), min_size=8, max_size=30
).map(in_a_row)

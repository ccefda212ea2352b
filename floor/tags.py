"""Codes on paper: what each one names, written and read back with a check character.

Never asks whether the named thing exists: that is the directory's and the ledger's to say.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from stdnum.iso7064 import mod_37_36

from floor.refusals import Refusal

ALPHABET: Final = "BCDFGHJKLNPRSTVX"
"""Sixteen letters that no Latin keyboard layout garbles; no vowels, no look-alikes."""

SEPARATOR: Final = "\x1d"
"""What a scanner sends for the FNC1 that ends an element of a supplier's label; no code of ours has it."""

GROUP_CHARS: Final = 4
DIGITS: Final = 10
SLIP_BODY_CHARS: Final = 8
STREAM_PREFIX_CHARS: Final = 3
STEP_INDEX_CHARS: Final = 2
SHEET_STEPS_MAX: Final = len(ALPHABET) ** STEP_INDEX_CHARS
CHECKS_REMEMBERED_MAX: Final = 4096


class TagKind(StrEnum):
    """The type letter that opens a code."""

    SLIP = "T"
    SLIP_STEP = "L"
    PERSON = "P"
    MACHINE = "R"
    REASON = "S"
    COMMAND = "C"
    NUMBER = "N"
    MATERIAL_LOT = "K"
    HOLD = "H"
    ENROLMENT = "V"
    TERMINAL = "D"
    PASSPORT = "J"


BODY_CHARS: Final[dict[TagKind, int]] = {
    TagKind.SLIP: SLIP_BODY_CHARS + 1,
    TagKind.SLIP_STEP: SLIP_BODY_CHARS + STEP_INDEX_CHARS,
    TagKind.PERSON: 6,
    TagKind.MACHINE: 6,
    TagKind.REASON: 6,
    TagKind.COMMAND: 2,
    TagKind.NUMBER: 1,
    TagKind.MATERIAL_LOT: 6,
    TagKind.HOLD: SLIP_BODY_CHARS + STEP_INDEX_CHARS,
    TagKind.ENROLMENT: 13,
}
"""Letters between type and check, by type. An enrolment code holds 52 random bits."""

SLIP_KINDS: Final = frozenset({TagKind.SLIP, TagKind.SLIP_STEP, TagKind.HOLD})
"""Types whose body begins with a slip's number."""
LONG_KINDS: Final = frozenset({TagKind.TERMINAL, TagKind.PASSPORT})
"""Types whose body is a content of its own, packed by `floor.letters`: type, count, body, check."""
COUNT_CHARS: Final = 3
LONG_CODE_CHARS_MAX: Final = 1024
LONG_BODY_CHARS_MAX: Final = LONG_CODE_CHARS_MAX - COUNT_CHARS - 2

CODE_CHARS_MAX: Final = max(BODY_CHARS.values()) + 2
CODE_CHARS_MIN: Final = min(BODY_CHARS.values()) + 2


class CommandWord(StrEnum):
    """What a command card can say; the value is the two-letter body of its code."""

    OK = "BB"
    BACK = "BC"
    CANCEL = "BD"
    START = "BF"
    END = "BG"
    DOWN = "BH"
    UP = "BJ"
    UNDO = "BK"
    REWORK = "BL"
    REVIEW = "BN"
    PART = "BP"
    DONE = "BR"
    SETUP = "BS"
    NO_REASON = "BT"
    SUPERVISOR = "BV"
    SIGN_OFF = "BX"
    HELP = "CB"
    PICK = "CC"
    NEXT = "CF"
    PREVIOUS = "CD"
    POINT = "CG"
    GOOD = "CH"
    SCRAP = "CJ"
    PAUSE = "CK"
    CREW = "CL"
    SPLIT = "CN"
    MERGE = "CP"
    LANGUAGE = "CR"
    CHECK = "CS"
    MATERIAL = "CT"
    SHORT = "CV"
    INSTRUCTIONS = "CX"
    COUNT = "DB"
    CORRECT = "DC"
    NOT_NOW = "DD"
    TRAINING = "DF"
    FROM_PAPER = "DG"
    MENU = "DH"
    SCANNERS = "DJ"


@dataclass(frozen=True, slots=True)
class Tag:
    """One code, understood: its type and the letters between type and check."""

    kind: TagKind
    body: str

    @property
    def slip(self) -> str:
        """The slip number that the code of a slip, a step or a hold tag names."""
        return self.body[:SLIP_BODY_CHARS]

    @property
    def copy(self) -> str:
        """The copy letter of a slip's code; not part of the slip's identity."""
        return self.body[SLIP_BODY_CHARS:]

    @property
    def step_number(self) -> int:
        """The step that the code of a step or a hold tag names: 10, 20, 30 ..."""
        return 10 * (letters_to_count(self.body[SLIP_BODY_CHARS:]) + 1)

    @property
    def command(self) -> CommandWord | None:
        """The command that a command card's code says; None if this release does not know it."""
        return CommandWord(self.body) if self.body in set(CommandWord) else None

    @property
    def digit(self) -> str | None:
        """`"0"` to `"9"` of a number card; None for the six unused letters."""
        index = ALPHABET.index(self.body)
        return str(index) if index < DIGITS else None


@lru_cache(maxsize=CHECKS_REMEMBERED_MAX)
def _check(text: str) -> str:
    return str(mod_37_36.calc_check_digit(text, alphabet=ALPHABET))


def encode(kind: TagKind, body: str) -> str:
    """The whole code: type, body, check. Raises ValueError for a body of another length or alphabet."""
    if kind in LONG_KINDS:
        if not 1 <= len(body) <= LONG_BODY_CHARS_MAX or not set(body) <= set(ALPHABET):
            raise ValueError(f"a {kind.name} code has 1 to {LONG_BODY_CHARS_MAX} letters of {ALPHABET}")
        body = count_to_letters(len(body), COUNT_CHARS) + body
    elif len(body) != BODY_CHARS[kind] or not set(body) <= set(ALPHABET):
        raise ValueError(f"a {kind.name} code has {BODY_CHARS[kind]} letters of {ALPHABET}, not {body!r}")
    return f"{kind}{body}{_check(kind.value + body)}"


def decode(code: str) -> Tag | Refusal:
    """Read a code as scanned or typed: any case, blanks between groups allowed."""
    letters = code.replace(" ", "").upper()
    if (
        not code.isascii()
        or not letters
        or letters[0] not in set(TagKind)
        or not set(letters) <= set(ALPHABET)
    ):
        return Refusal.NOT_A_CODE
    kind = TagKind(letters[0])
    begins = 1 + COUNT_CHARS if kind in LONG_KINDS else 1
    length = begins + (BODY_CHARS.get(kind) or letters_to_count(letters[1:begins])) + 1
    if len(letters) < length:
        return Refusal.CODE_TOO_SHORT
    if len(letters) > length:
        return Refusal.CODE_TOO_LONG
    if _check(letters[:-1]) != letters[-1]:
        return Refusal.CODE_CHECK_WRONG
    return Tag(kind, letters[begins:-1])


def grouped(code: str) -> str:
    """A code as people read it: `TBCD FGHJ KX`."""
    return " ".join(code[at : at + GROUP_CHARS] for at in range(0, len(code), GROUP_CHARS))


def slip_name(slip: str) -> str:
    """What people call a slip: the letters that its code on every copy begins with, `TDPK BBBB C`."""
    return grouped(TagKind.SLIP + slip)


def slip_number(text: str) -> str | Refusal:
    """The slip that a person means by its name, its number, or a whole code of slip, step or hold tag."""
    letters = text.replace(" ", "").upper()
    if letters.startswith(TagKind.SLIP) and len(letters) == len(TagKind.SLIP) + SLIP_BODY_CHARS:
        letters = letters.removeprefix(TagKind.SLIP)
    if len(letters) == SLIP_BODY_CHARS and set(letters) <= set(ALPHABET):
        return letters
    tag = decode(letters)
    if isinstance(tag, Refusal):
        return tag
    return tag.slip if tag.kind in SLIP_KINDS else Refusal.NOT_A_CODE


def slip_code(slip: str, copy: str) -> str:
    """The code of one printed copy of a slip."""
    return encode(TagKind.SLIP, slip + copy)


def step_code(slip: str, step_number: int) -> str:
    """The code of one step of a slip; step numbers are multiples of ten from 10 to 2560."""
    return encode(TagKind.SLIP_STEP, slip + step_letters(step_number))


def step_letters(step_number: int) -> str:
    """The two letters of a step. Raises ValueError for a number that has none."""
    index, rest = divmod(step_number, 10)
    if rest or not 1 <= index <= SHEET_STEPS_MAX:
        raise ValueError(f"no code for step {step_number}")
    return count_to_letters(index - 1, STEP_INDEX_CHARS)


def hold_code(slip: str, step_number: int) -> str:
    """The code of the tag on pieces that were set aside at one step of a slip."""
    return encode(TagKind.HOLD, slip + step_letters(step_number))


def copy_letter(copy_count: int) -> str:
    """The letter of the nth print (1 is the first); the sixteenth and later share the last letter."""
    return ALPHABET[min(copy_count, len(ALPHABET)) - 1]


def count_to_letters(count: int, width: int) -> str:
    """A count in base 16 of the alphabet, left-filled. Raises ValueError when it does not fit."""
    letters = ""
    for _ in range(width):
        count, digit = divmod(count, len(ALPHABET))
        letters = ALPHABET[digit] + letters
    if count:
        raise ValueError("the counter of this stream is used up")
    return letters


def letters_to_count(letters: str) -> int:
    """Inverse of `count_to_letters`."""
    count = 0
    for letter in letters:
        count = count * len(ALPHABET) + ALPHABET.index(letter)
    return count

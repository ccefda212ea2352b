"""One cell to one value, or a sentence that says what was expected.

Never guesses: what is not spelled as expected is refused with its place.
"""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from stdnum import ean

from central.loading.problems import BadCell
from central.loading.reading import Row
from floor.identity import GTIN_DIGITS, NAME_CHARS_MAX, NUMBER_CHARS_MAX, Number
from floor.quantities import DECIMALS_MAX, Unit, parse_amount
from floor.refusals import Refusal
from floor.tags import ALPHABET, BODY_CHARS, TagKind

Choice = TypeVar("Choice", bound=StrEnum)
Otherwise = TypeVar("Otherwise")

_NUMBER: TypeAdapter[str] = TypeAdapter(Number)
_CODE_CHARS = BODY_CHARS[TagKind.PERSON]
_INTEGER_MAX = 1_000_000
_DIGITS_MAX = len(str(_INTEGER_MAX))


def number(row: Row, column: str) -> str:
    """A number of the plant's own: required."""
    found = optional_number(row, column)
    if found is None:
        raise BadCell(column, "a number, not an empty cell")
    return found


def optional_number(row: Row, column: str) -> str | None:
    """A number of the plant's own, or nothing."""
    text = row.get(column)
    return _number(column, text) if text else None


def _number(column: str, text: str) -> str:
    try:
        return _NUMBER.validate_python(text)
    except ValidationError as error:
        raise BadCell(
            column, f"at most {NUMBER_CHARS_MAX} letters, digits or . _ / + : # - , not {text[:40]!r}"
        ) from error


def name(row: Row, column: str = "name") -> str:
    """A name as people write it: required."""
    found = optional_name(row, column)
    if found is None:
        raise BadCell(column, "a name, not an empty cell")
    return found


def optional_name(row: Row, column: str) -> str | None:
    """A name as people write it, or nothing."""
    text = row.get(column)
    if len(text) > NAME_CHARS_MAX:
        raise BadCell(column, f"at most {NAME_CHARS_MAX} characters")
    return text or None


def quantity(row: Row, column: str, decimals: int = DECIMALS_MAX) -> Decimal:
    """An amount above zero."""
    found = optional_amount(row, column, decimals)
    if not found:
        raise BadCell(column, "a number above zero")
    return found


def optional_amount(row: Row, column: str, decimals: int = DECIMALS_MAX) -> Decimal | None:
    """An amount, or nothing."""
    text = row.get(column)
    if not text:
        return None
    found = parse_amount(text, Unit(name=column, decimals=decimals))
    if isinstance(found, Refusal):
        shape = (
            "a whole number" if decimals == 0 else f"a number with at most {decimals} digits behind the point"
        )
        raise BadCell(column, f"{shape}, not {text[:40]!r}")
    return found


def integer(row: Row, column: str, default: int | None = None, least: int = 0) -> int:
    """A whole number; required where there is no default."""
    text = row.get(column)
    if not text and default is not None:
        return default
    if not (
        text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX and least <= int(text) <= _INTEGER_MAX
    ):
        raise BadCell(column, f"a whole number from {least} to {_INTEGER_MAX}, not {text[:40]!r}")
    return int(text)


def choice(row: Row, column: str, choices: type[Choice], default: Otherwise) -> Choice | Otherwise:
    """One of a few words."""
    text = row.get(column).lower()
    if not text:
        return default
    if text not in set(choices):
        raise BadCell(column, f"one of {', '.join(choices)}, not {text[:40]!r}")
    return choices(text)


def words(row: Row, column: str) -> list[str]:
    """Several words, by blanks or semicolons."""
    return row.get(column).replace(";", " ").split()


def numbers(row: Row, column: str) -> tuple[str, ...]:
    """Several numbers of the plant's own, each once, or none."""
    return tuple(sorted({_number(column, word) for word in words(row, column)}))


def choices(row: Row, column: str, allowed: type[Choice]) -> tuple[Choice, ...]:
    """Several of a few words, at least one."""
    found = words(row, column)
    if not found or not {word.lower() for word in found} <= set(allowed):
        raise BadCell(column, f"one or more of {', '.join(allowed)}, with blanks between")
    return tuple(allowed(word.lower()) for word in found)


def day(row: Row, column: str) -> date | None:
    """A date as 2027-04-30, or nothing."""
    text = row.get(column)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadCell(column, f"a date like 2027-04-30, not {text[:40]!r}") from error


def clock_time(row: Row, column: str) -> time:
    """A time of day as 06:00."""
    text = row.get(column)
    try:
        found = time.fromisoformat(text)
    except ValueError as error:
        raise BadCell(column, f"a time like 06:00, not {text[:40]!r}") from error
    if found.tzinfo is not None:
        raise BadCell(column, "a time of the plant, without a zone")
    return found


def weekdays(row: Row, column: str) -> tuple[int, ...]:
    """Days as `1 2 3 4 5` or `1-5`; 1 is Monday."""
    found: set[int] = set()
    for word in words(row, column):
        first, _, last = word.partition("-")
        if not ({first, last or first} <= set("1234567")) or int(last or first) < int(first):
            raise BadCell(column, f"days such as 1-5 or 1 2 3, where 1 is Monday, not {word[:40]!r}")
        found.update(range(int(first), int(last or first) + 1))
    if not found:
        raise BadCell(column, "at least one day")
    return tuple(sorted(found))


def yes_or_no(row: Row, column: str) -> bool:
    """`yes` or `no`; an empty cell is no."""
    text = row.get(column).lower()
    if text not in ("", "yes", "no"):
        raise BadCell(column, f"yes or no, not {text[:40]!r}")
    return text == "yes"


def measure(row: Row, column: str) -> Decimal | None:
    """What an instrument may show, below zero too, or nothing."""
    text = row.get(column)
    if not text:
        return None
    found = parse_amount(text.removeprefix("-"), Unit(name=column, decimals=DECIMALS_MAX))
    if isinstance(found, Refusal):
        raise BadCell(
            column, f"a number with at most {DECIMALS_MAX} digits behind the point, not {text[:40]!r}"
        )
    return -found if text.startswith("-") and found else found


def gtin(row: Row, column: str) -> str | None:
    """A GS1 trade item number of 8, 12, 13 or 14 digits, filled to 14, or nothing."""
    digits = row.get(column).replace(" ", "")
    if digits and not (digits.isascii() and digits.isdigit() and ean.is_valid(digits)):
        raise BadCell(column, f"8, 12, 13 or 14 digits with a right check digit, not {digits[:40]!r}")
    return digits.zfill(GTIN_DIGITS) if digits else None


def code(row: Row, column: str = "code") -> str | None:
    """The six letters of a code, or nothing: then central chooses."""
    letters = row.get(column).upper().replace(" ", "")
    if letters and (len(letters) != _CODE_CHARS or not set(letters) <= set(ALPHABET)):
        raise BadCell(column, f"{_CODE_CHARS} letters of {ALPHABET}, not {letters[:40]!r}")
    return letters or None


def one_of(row: Row, column: str, known: Iterable[str], what: str) -> str:
    """A number that must be known."""
    found = number(row, column)
    if found not in known:
        raise BadCell(column, f"a known {what}, not {found!r}")
    return found

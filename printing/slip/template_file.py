"""A template's file: TOML in, a template out, or the line that is wrong and why.

Never opens a file and never guesses: one wrong key refuses the whole template.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from printing.slip.template import COMPULSORY, Block, Detail, Labels, Template

TEMPLATE_BYTES_MAX: Final = 16 * 1024
TEMPLATE_LINES_MAX: Final = 400
TEMPLATES_REMEMBERED: Final = 8
LABEL_CHARS_MAX: Final = 60
PLATE_CHARS_MAX: Final = 10
ON_PLATES: Final = frozenset({"copy", "make_up", "part", "void", "page", "of"})
"""Labels that are never cut, and are short therefore."""
LINE_CHARS_MAX: Final = 200
LINES_MAX: Final = 6
NOTES_ROWS_MAX: Final = 6
LOGO_HEIGHT_MM: Final = (4.0, 20.0)
"""Least and most."""
SHOWN_CHARS_MAX: Final = 20
WORDS_CHARS_MAX: Final = 80
DAYS_OF_WEEK: Final = 7
MONTHS_OF_YEAR: Final = 12

_FILE_NAME: Final = re.compile(r"[\w][\w .-]{0,59}\.(png|PNG)", re.ASCII)
_AT_LINE: Final = re.compile(r" \(at line (\d+), column \d+\)$")
_AT_END: Final = " (at end of document)"

Path = tuple[str | int, ...]
"""Keys, and a place in a list, that lead to a value."""


@dataclass(frozen=True, slots=True)
class TemplateRefused:
    """Why a template cannot be used."""

    line: int
    """In its file; 1 is the first, 0 where no single line is to blame."""
    reason: str

    def __str__(self) -> str:
        where = f"template line {self.line}" if self.line else "template"
        return f"{where}: {self.reason}"


class _WrongError(ValueError):
    """A value that cannot be used, and the way to it."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


@lru_cache(maxsize=TEMPLATES_REMEMBERED)
def read_template(content: bytes) -> Template | TemplateRefused:
    """The template that a file says."""
    if len(content) > TEMPLATE_BYTES_MAX:
        return TemplateRefused(0, f"larger than {TEMPLATE_BYTES_MAX} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return TemplateRefused(1 + content.count(b"\n", 0, error.start), "not UTF-8 text")
    if text.count("\n") > TEMPLATE_LINES_MAX:
        return TemplateRefused(TEMPLATE_LINES_MAX + 1, f"more than {TEMPLATE_LINES_MAX} lines")
    try:
        return _template(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        return _not_toml(str(error), text)
    except _WrongError as error:
        return TemplateRefused(_line_of(error.path, text), error.reason)
    except RecursionError:
        return TemplateRefused(0, "brackets in brackets without end")


def _template(said: dict[str, Any]) -> Template:
    unknown = [key for key in said if key not in _CHECKS]
    if unknown:
        raise _WrongError((unknown[0],), _no_such("key", unknown[0], _CHECKS))
    return Template(**{key: _CHECKS[key]((key,), value) for key, value in said.items()})


def _not_toml(said: str, text: str) -> TemplateRefused:
    """tomllib names the line at the end of its sentence."""
    found = _AT_LINE.search(said)
    line = int(found[1]) if found else len(text.split("\n"))
    reason = _AT_LINE.sub("", said).removesuffix(_AT_END)
    return TemplateRefused(line, f"not TOML: {reason}")


# One check for each key


def _words(path: Path, value: Any, chars_max: int) -> str:
    if not isinstance(value, str):
        raise _WrongError(path, f'{_named(path)} must be words in "quotes"')
    if not value.strip() or not value.isprintable():
        raise _WrongError(path, f"{_named(path)} must be words on one line, and not empty")
    if len(value) > chars_max:
        raise _WrongError(path, f"{_named(path)} is longer than {chars_max} characters")
    return value


def _list(path: Path, value: Any, of: Callable[[Path, Any], Any]) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _WrongError(path, f"{_named(path)} must be a list in [brackets]")
    return tuple(of((*path, at), one) for at, one in enumerate(value))


def _one_of(path: Path, value: Any, words: type[StrEnum]) -> Any:
    if not isinstance(value, str) or value not in set(words):
        raise _WrongError(path, _no_such(words.__name__.lower(), value, words))
    return words(value)


def _each_once(path: Path, value: Any, words: type[StrEnum]) -> tuple[Any, ...]:
    found = _list(path, value, lambda at, one: _one_of(at, one, words))
    for at, one in enumerate(found):
        if one in found[:at]:
            raise _WrongError((*path, at), f"{_named(path)} names {one} twice")
    return found


def _blocks(path: Path, value: Any) -> tuple[Block, ...]:
    found = _each_once(path, value, Block)
    for block in COMPULSORY:
        if block not in found:
            raise _WrongError(path, f"blocks must name {block}: no slip goes without it")
    return found


def _lines(path: Path, value: Any) -> tuple[str, ...]:
    found = _list(path, value, lambda at, one: _words(at, one, LINE_CHARS_MAX))
    if len(found) > LINES_MAX:
        raise _WrongError((*path, LINES_MAX), f"lines has room for {LINES_MAX}")
    return found


def _names(path: Path, value: Any, count: int) -> tuple[str, ...]:
    found = _list(path, value, lambda at, one: _words(at, one, LABEL_CHARS_MAX // 4))
    if len(found) != count:
        raise _WrongError(path, f"{_named(path)} must name all {count}")
    return found


def _logo(path: Path, value: Any) -> str:
    if not isinstance(value, str) or not _FILE_NAME.fullmatch(value):
        raise _WrongError(path, "logo must be the name of a .png beside the template, without folders")
    return value


def _logo_height(path: Path, value: Any) -> float:
    least, most = LOGO_HEIGHT_MM
    if type(value) not in (int, float) or not least <= value <= most:
        raise _WrongError(path, f"logo_height_mm must be a number from {least:g} to {most:g}")
    return float(value)


def _notes_rows(path: Path, value: Any) -> int:
    if type(value) is not int or not 0 <= value <= NOTES_ROWS_MAX:
        raise _WrongError(path, f"notes_rows must be a whole number from 0 to {NOTES_ROWS_MAX}")
    return int(value)


def _labels(path: Path, value: Any) -> Labels:
    if not isinstance(value, dict):
        raise _WrongError(path, "labels must be a table, [labels]")
    known = [label.name for label in fields(Labels)]
    for key in value:
        if key not in known:
            raise _WrongError((*path, key), _no_such("label", key, known))
    return Labels(**{key: _label((*path, key), key, one) for key, one in value.items()})


def _label(path: Path, key: str, value: Any) -> str:
    return _words(path, value, PLATE_CHARS_MAX if key in ON_PLATES else LABEL_CHARS_MAX)


_CHECKS: Final[dict[str, Callable[[Path, Any], Any]]] = {
    "logo": _logo,
    "logo_height_mm": _logo_height,
    "blocks": _blocks,
    "details": lambda path, value: _each_once(path, value, Detail),
    "lines": _lines,
    "notes_rows": _notes_rows,
    "labels": _labels,
    "days": lambda path, value: _names(path, value, DAYS_OF_WEEK),
    "months": lambda path, value: _names(path, value, MONTHS_OF_YEAR),
}
"""Every key of a template."""


def _named(path: Path) -> str:
    """The key as people read it; a place in a list goes by its list."""
    return ".".join(str(part) for part in path if isinstance(part, str))


def _no_such(kind: str, value: Any, known: Iterable[str]) -> str:
    """The word that was perhaps meant; else all, where a reason has room for them."""
    near = get_close_matches(str(value), list(known), 1)
    all_of_them = ", ".join(known)
    meant = near[0] if near else all_of_them if len(all_of_them) <= WORDS_CHARS_MAX else "see slips.md"
    return f"there is no {kind} {repr(value)[:SHOWN_CHARS_MAX]}: {meant}"


# Where a value stands


def line_of_key(key: str, content: bytes) -> int:
    """The line on which a key of a template stands that was read."""
    return _line_of((key,), content.decode("utf-8-sig"))


def _line_of(path: Path, text: str) -> int:
    """The line on which a value begins.

    The parser keeps no places, so the beginnings of the file are parsed, each a line longer: the first that
    holds the value ends with it. A list is cut after each of its lines.
    """
    keys = tuple(part for part in path if isinstance(part, str))
    before = 0
    for count, beginning in _beginnings(text):
        if _at(beginning, keys) is not None:
            break
        before = count
    if isinstance(path[-1], int):
        return _line_in_list(path, text, before + 1)
    return before + 1


def _line_in_list(path: Path, text: str, first: int) -> int:
    lines = text.split("\n")
    for count in range(first, len(lines) + 1):
        cut = _parsed([*lines[:count], "]"]) or _parsed(lines[:count])
        if cut is not None and _at(cut, path) is not None:
            return count
    return first


def _beginnings(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    lines = text.split("\n")
    for count in range(1, len(lines) + 1):
        parsed = _parsed(lines[:count])
        if parsed is not None:
            yield count, parsed


def _parsed(lines: list[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads("\n".join(lines) + "\n")
    except tomllib.TOMLDecodeError:
        return None


def _at(said: Any, path: Path) -> Any:
    """The value at the end of a way; None where the way ends before."""
    for part in path:
        if isinstance(part, int):
            if not isinstance(said, list) or len(said) <= part:
                return None
        elif not isinstance(said, dict) or part not in said:
            return None
        said = said[part]
    return said

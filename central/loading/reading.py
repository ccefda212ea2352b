"""Files to rows: sizes bounded, text checked, every cell with its place.

Never gives a cell meaning: `sheets` does.
"""

import csv
import io
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from central.loading.problems import BadCell, Problems

FILE_CHARS_MAX: Final = 4 * 1024 * 1024
ROWS_MAX: Final = 50_000
CELL_CHARS_MAX: Final = 2000
_TOML_PLACE: Final = re.compile(r"at line ([0-9]+)", re.ASCII)
BIDI_CONTROLS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They would show one text and mean another."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of one file."""

    file: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All that may stand in the header."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file; absent and empty cells are the same."""

    file: str
    line: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """The cell's text, trimmed and composed; empty when there is none. Raises BadCell."""
        return clean(column, self.cells.get(column, ""))


def clean(column: str | None, text: str) -> str:
    """Text as it may be stored: markup is text like any other, control characters are not. Raises BadCell."""
    if len(text) > CELL_CHARS_MAX:
        raise BadCell(column, f"at most {CELL_CHARS_MAX} characters")
    trimmed = unicodedata.normalize("NFC", text).strip()
    for character in trimmed:
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in BIDI_CONTROLS:
            raise BadCell(column, f"printable characters only, not U+{ord(character):04X}")
    return trimmed


def read_csv(sheet: Sheet, text: str, problems: Problems) -> list[Row]:
    """The rows below the header; what is broken is noted."""
    if len(text) > FILE_CHARS_MAX:
        problems.add(sheet.file, None, None, f"at most {FILE_CHARS_MAX} characters")
        return []
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    rows: list[Row] = []
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            if header is None:
                header = [cell.strip() for cell in cells]
                if not _is_header(sheet, header, problems):
                    return []
            elif any(cell.strip() for cell in cells):
                rows.extend(_row(sheet, line, header, cells, problems))
            line = reader.line_num + 1
    except csv.Error as error:
        problems.add(sheet.file, line, None, f"a line of comma-separated values ({error})")
    if header is None:
        problems.add(sheet.file, 1, None, f"a header: {','.join(sheet.columns)}")
    if len(rows) > ROWS_MAX:
        problems.add(sheet.file, None, None, f"at most {ROWS_MAX} rows")
    return rows


def _is_header(sheet: Sheet, header: list[str], problems: Problems) -> bool:
    unknown = [name for name in header if name not in sheet.columns]
    missing = [name for name in sheet.required if name not in header]
    doubled = sorted({name for name in header if header.count(name) > 1})
    for name in unknown[:1]:
        problems.add(sheet.file, 1, name[:40], f"a known column, one of: {', '.join(sheet.columns)}")
    for name in missing:
        problems.add(sheet.file, 1, name, "this column, which is missing")
    for name in doubled:
        problems.add(sheet.file, 1, name, "this column once only")
    return not (unknown or missing or doubled)


def _row(sheet: Sheet, line: int, header: list[str], cells: list[str], problems: Problems) -> Iterator[Row]:
    if len(cells) == len(header):
        yield Row(sheet.file, line, dict(zip(header, cells, strict=True)))
        return
    column = header[len(cells)] if len(cells) < len(header) else None
    problems.add(sheet.file, line, column, f"{len(header)} cells, not {len(cells)}")


def read_toml(file: str, text: str, problems: Problems) -> dict[str, Any]:
    """The tables of a TOML file; what is broken is noted."""
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        row = int(place[1]) if place else len(text.splitlines())
        problems.add(file, row, None, f"TOML ({error})")
        return {}

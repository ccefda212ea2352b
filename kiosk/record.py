"""The terminal record: a terminal's settings as one code on a sheet, as words to read, and as the file.

Never reads or writes a file, and never takes a setting that the file would not take: one rule judges both.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Final

from floor.letters import pack, unpack
from floor.refusals import Refusal
from floor.tags import TagKind, encode
from kiosk.config import SECTIONS, TEXT_CHARS_MAX, KioskConfig, from_tables

TOKEN: Final = "token"
USUAL: Final = KioskConfig()
HEAD: Final = "# Written from the sheet of this terminal. config.example.toml explains every key.\n"


@dataclass(frozen=True, slots=True)
class Record:
    """What a sheet says."""

    config: KioskConfig
    token: str | None = None
    """The station's token, where the sheet was printed with it."""


class RecordError(ValueError):
    """The settings are more than one sheet can say; the text says so."""


def code(record: Record) -> str:
    """The code of the sheet. Raises RecordError when the settings are too many for one."""
    said: dict[str, Any] = _tables(record.config)
    if record.token:
        said[TOKEN] = record.token
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    try:
        return encode(TagKind.TERMINAL, pack(text.encode()))
    except ValueError as error:
        raise RecordError(f"These settings are more than one sheet can say: {error}.") from error


def read(body: str) -> Record | Refusal:
    """What the body of a scanned sheet says; refused whole where one setting cannot be used here."""
    content = unpack(body)
    if isinstance(content, Refusal):
        return content
    try:
        said = json.loads(content.decode())
        if not isinstance(said, dict):
            return Refusal.SHEET_UNUSABLE
        token = said.pop(TOKEN, None)
        config = from_tables(said)
    except (ValueError, RecursionError):  # ConfigError, broken JSON and broken UTF-8 are all ValueErrors
        return Refusal.SHEET_UNUSABLE
    return Record(config, token) if _is_token(token) else Refusal.SHEET_UNUSABLE


def _is_token(token: object) -> bool:
    if token is None:
        return True
    return isinstance(token, str) and token.isascii() and token.isprintable() and len(token) <= TEXT_CHARS_MAX


def toml(record: Record) -> str:
    """The settings file that this sheet stands for."""
    return HEAD + "".join(_toml_lines(_tables(record.config)))


def _toml_lines(tables: dict[str, Any]) -> Iterator[str]:
    yield from (f"\n{name} = []\n" for name, table in tables.items() if table == [])
    for name, table in tables.items():
        for one in table if isinstance(table, list) else [table]:
            yield f"\n[[{name}]]\n" if isinstance(table, list) else f"\n[{name}]\n"
            # JSON writes text, numbers, switches and lists of text as TOML does.
            yield from (f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in one.items())


def in_words(record: Record) -> tuple[tuple[str, str], ...]:
    """(what, how it is set) of everything that this sheet sets, to be read before it is taken."""
    said = list(_said(_tables(record.config)))
    if record.token:
        said.append(("token", "on this sheet: keep it as a key"))
    return tuple(said)


def _said(tables: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, table in tables.items():
        for one in table if isinstance(table, list) else [table]:
            for key, value in one.items():
                yield f"{name} {key}".replace("_", " "), _shown(value)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)


def _tables(config: KioskConfig) -> dict[str, Any]:
    """What differs from the defaults, by table; number and name of the station always."""
    found: dict[str, Any] = {}
    for name in SECTIONS:
        here = getattr(config, name)
        if isinstance(here, tuple):
            if here != getattr(USUAL, name):
                found[name] = [_differing(one, frozenset({"name", "kind", "target"})) for one in here]
            continue
        differing = _differing(here, frozenset({"number", "name"}) if name == "station" else frozenset())
        if differing:
            found[name] = differing
    return found


def _differing(section: Any, always: frozenset[str]) -> dict[str, Any]:
    said = {key.name: (getattr(section, key.name), key.default) for key in fields(section)}
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, (value, default) in said.items()
        if key in always or value != default
    }

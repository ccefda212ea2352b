"""The demo plant's codes, and settings for its terminals.

Never a second plant: codes are read from the files that the server loads.
"""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from floor.tags import CommandWord, TagKind, encode, grouped

ASSETS: Final = Path(__file__).parents[2] / "assets" / "demo"
PIN: Final = "2468"
"""The supervisor's PIN, as `people.csv` gives it."""

_SHEETS: Final = {
    TagKind.PERSON: ("people.csv", "person"),
    TagKind.MACHINE: ("machines.csv", "machine"),
    TagKind.REASON: ("reasons.csv", "reason"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A person, machine or reason of the demo plant."""

    number: str
    name: str
    code: str
    """The whole code, as a scanner sends it."""


def named(kind: TagKind) -> dict[str, Named]:
    """Everything of one kind that has a code, by number."""
    file, column = _SHEETS[kind]
    with (ASSETS / file).open(newline="", encoding="utf-8") as sheet:
        rows = list(csv.DictReader(sheet))
    return {row[column]: Named(row[column], row["name"], encode(kind, row["code"])) for row in rows}


def command(word: CommandWord) -> str:
    """A word of the command card, as a scanner sends it."""
    return encode(TagKind.COMMAND, word.value)


def write_settings(folder: Path, station: str, name: str, work_centre: str, url: str, token: str) -> Path:
    """A terminal's folder with its settings and its token; the settings file."""
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    (data / "station.token").write_text(token, encoding="ascii")
    settings = folder / "config.toml"
    settings.write_text(
        f'[station]\nnumber = "{station}"\nname = "{name}"\nwork_centre = "{work_centre}"\n'
        f'[server]\nurl = "{url}"\n[data]\ndirectory = "data"\n'
        '[[printer]]\nname = "folder"\nkind = "folder"\ntarget = "slips"\n',
        encoding="utf-8",
    )
    return settings


def code_sheet() -> str:
    """What to scan or type, for people who try the demo."""
    lines = []
    for title, kind in (
        ("Badges", TagKind.PERSON),
        ("Machines", TagKind.MACHINE),
        ("Reasons", TagKind.REASON),
    ):
        lines.append(title)
        lines += [
            f"  {grouped(found.code):12} {found.name} ({found.number})" for found in named(kind).values()
        ]
    return "\n".join(lines)

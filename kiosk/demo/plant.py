"""The demo plant's codes, and settings for its terminals.

Never a second plant: codes are read from the files that the server loads.
"""

import csv
import shutil
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

from floor.tags import ALPHABET, CommandWord, TagKind, encode, grouped, step_code
from kiosk.demo.server import PlantServer

ASSETS: Final = Path(__file__).parents[2] / "assets" / "demo"
DRAWINGS: Final = "drawings"
"""The folder of them, among the assets and beside a terminal's settings."""
SUPERVISOR: Final = "4801"
PIN: Final = "2468"
"""The supervisor's PIN, as `people.csv` gives it."""
CUTTER: Final = "4711"
SANDER: Final = "4712"
CRACK: Final = "S01"
FIRST_STEP: Final = 10
BOARD_LOTS: Final = ("L-2611", "L-2612")
GLUE_LABEL: Final = "]d2010401234500001610G-1207\x1d3103002500"
"""What a scanner sends of the label on a can of glue: the trade item, the supplier's lot, 2.5 kg."""

_SHEETS: Final = {
    TagKind.PERSON: ("people.csv", "person"),
    TagKind.MACHINE: ("machines.csv", "machine"),
    TagKind.REASON: ("reasons.csv", "reason"),
    TagKind.MATERIAL_LOT: ("lots.csv", "lot"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A person, machine, reason or lot of the demo plant."""

    number: str
    name: str
    code: str
    """The whole code, as a scanner sends it."""


def named(kind: TagKind) -> dict[str, Named]:
    """Everything of one kind that has a code, by number."""
    file, column = _SHEETS[kind]
    with (ASSETS / file).open(newline="", encoding="utf-8") as sheet:
        rows = list(csv.DictReader(sheet))
    return {
        row[column]: Named(row[column], row.get("name") or row["item"], encode(kind, row["code"]))
        for row in rows
    }


def command(word: CommandWord) -> str:
    """A word of the command card, as a scanner sends it."""
    return encode(TagKind.COMMAND, word.value)


def write_settings(folder: Path, station: str, name: str, work_centre: str, url: str, token: str) -> Path:
    """A terminal's folder with its settings, its token and the drawings; the settings file."""
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    (data / "station.token").write_text(token, encoding="ascii")
    shutil.copytree(ASSETS.parent / DRAWINGS, folder / DRAWINGS, dirs_exist_ok=True)
    settings = folder / "config.toml"
    settings.write_text(
        f'[station]\nnumber = "{station}"\nname = "{name}"\nwork_centre = "{work_centre}"\n'
        f'[server]\nurl = "{url}"\n[data]\ndirectory = "data"\n'
        '[[printer]]\nname = "folder"\nkind = "folder"\ntarget = "slips"\n',
        encoding="utf-8",
    )
    return settings


TERMINALS: Final = {"cutting-1": ("Cutting Line 1", "CUT"), "sanding-1": ("Sanding 1", "SAND")}
"""Name and work centre of the stations that the demo starts."""


def terminal_settings(folder: Path, server: PlantServer, station: str) -> Path:
    """Settings of one of the demo's terminals, with a new token from the server."""
    name, work_centre = TERMINALS[station]
    token = server.add_station(station)
    return write_settings(folder / "terminals" / station, station, name, work_centre, server.url, token)


SHEET_COLUMNS: Final = (
    (22, (("Badges", TagKind.PERSON), ("Lots of material", TagKind.MATERIAL_LOT))),
    (27, (("Machines", TagKind.MACHINE),)),
    (29, (("Reasons", TagKind.REASON),)),
)
"""How wide each column is on 80, and what stands in it."""


def code_sheet(slips: list[str]) -> str:
    """What to scan or type, for people who try the demo."""
    columns = [
        [f"{line[:width]:{width}}" for title, kind in parts for line in (title, *_lines(kind))]
        for width, parts in SHEET_COLUMNS
    ]
    lines = ["Codes to scan, or to type followed by ENTER (blanks do not matter):"]
    blanks = [" " * width for width, _parts in SHEET_COLUMNS]
    lines += [
        " ".join(cell or blank for cell, blank in zip(row, blanks, strict=True)).rstrip()
        for row in zip_longest(*columns, fillvalue="")
    ]
    lines += [f"Slip of MO-1042, its step 10: {grouped(step_code(slip, FIRST_STEP))}" for slip in slips]
    return "\n".join(lines) + "\n"


def every_code(slips: list[str]) -> str:
    """The same with whole names, and with the words and digits of the cards: for a file, however wide."""
    parts = [part for _width, column in SHEET_COLUMNS for part in column]
    lines = [code_sheet(slips).splitlines()[0]]
    for title, kind in parts:
        lines += ["", title, *_lines(kind)]
    words = [f"{grouped(command(word))} {word.name.replace('_', ' ')}" for word in CommandWord]
    digits = [f"{grouped(encode(TagKind.NUMBER, ALPHABET[number]))} {number}" for number in range(10)]
    lines += ["", "Command card", *words, "", "Number card", *digits, ""]
    lines += [f"Slip of MO-1042, its step 10: {grouped(step_code(slip, FIRST_STEP))}" for slip in slips]
    return "\n".join(lines) + "\n"


def _lines(kind: TagKind) -> list[str]:
    return [f"{grouped(found.code)} {found.name}" for found in named(kind).values()]

"""The terminal record: what a sheet says is what the settings file says, and nothing half."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from floor.letters import pack
from floor.refusals import Refusal
from floor.tags import Tag, decode
from kiosk.config import KioskConfig, PrinterSection, ScreenSection, StationSection, load
from kiosk.record import Record, RecordError, code, in_words, read, toml
from kiosk.settings_file import token_path, write
from tests.tidy.tree import ROOT

CUTTING = KioskConfig(
    station=StationSection(
        number="cutting-1", name='Cutting "Line" 1 \\ Säge', machines=("saw-1", "saw-2"), training=False
    ),
    screen=ScreenSection(lock_minutes=5),
    printer=(PrinterSection(name="slips", kind="lp", target="label"), PrinterSection(name="copies")),
)

numbers = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 ._/+:#-]{0,19}", fullmatch=True)
words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=40).filter(
    str.isprintable
)
configs = st.builds(
    KioskConfig,
    station=st.builds(
        StationSection,
        number=numbers,
        name=words,
        work_centre=st.none() | numbers,
        machines=st.lists(numbers, max_size=4).map(tuple),
        training=st.booleans(),
    ),
    screen=st.builds(ScreenSection, lock_minutes=st.integers(1, 720)),
    printer=st.lists(
        st.builds(PrinterSection, name=words.filter(bool), target=words.filter(bool)),
        max_size=2,
        unique_by=lambda printer: printer.name,
    ).map(tuple),
)


def body(record: Record) -> str:
    tag = decode(code(record))
    assert isinstance(tag, Tag)
    return tag.body


@given(configs, st.none() | st.text("abcXYZ0189-_", min_size=1, max_size=60))
def test_what_the_sheet_says_is_what_was_set(config: KioskConfig, token: str | None) -> None:
    assert read(body(Record(config, token))) == Record(config, token)


@given(configs)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_file_that_is_written_says_the_same(tmp_path: Path, config: KioskConfig) -> None:
    path = tmp_path / "config.toml"
    write(path, Record(config), replacing=True)
    assert load(path) == config


def test_every_setting_of_the_example_travels() -> None:
    whole = load(ROOT / "config.example.toml")
    odd: dict[str, Any] = {
        "machines": ("a", "b"),
        "language": "de",
        "theme": "ansi",
        "how": "off",
        "training": False,
        "printed": False,
        "touch": True,
    }
    odd |= {
        "url": "http://10.0.0.5:8080",
        "kind": "lp",
        "printer.language": "zpl",
        "tags.printer": "other-name",
        "lock_minutes": 7,
        "sign_off_minutes": 9,
        "prefix": "]C",
        "dots_per_inch": 300,
        "paper": "80mm",
        "full_read_every": 25,
    }

    def changed_key(section: str, key: str) -> object:
        return odd.get(f"{section}.{key}", odd.get(key, f"other-{key}"))

    changed = {}
    for section in fields(whole):
        here = getattr(whole, section.name)
        parts = here if isinstance(here, tuple) else (here,)
        made = tuple(
            replace(part, **{key.name: changed_key(section.name, key.name) for key in fields(part)})
            for part in parts
        )
        changed[section.name] = made if isinstance(here, tuple) else made[0]
    config = KioskConfig(**changed)
    assert read(body(Record(config))) == Record(config)


def test_settings_are_told_in_words() -> None:
    said = dict(in_words(Record(CUTTING, "secret")))
    assert said["station machines"] == "saw-1, saw-2"
    assert said["station training"] == "no"
    assert said["screen lock minutes"] == "5"
    assert "secret" not in "".join(said.values())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"\xff",
        b'{"station":{"number":7}}',
        b'{"stattion":{}}',
        b'{"token":7}',
        b'{"token":"a\\nb"}',
        b"[" * 3000,
    ],
)
def test_a_sheet_of_anything_else_is_refused_whole(content: bytes) -> None:
    assert read(pack(content)) is Refusal.SHEET_UNUSABLE


def test_more_settings_than_a_sheet_holds_are_said_when_it_is_made() -> None:
    many = tuple(PrinterSection(name=f"{number}", target=f"{number * 7919:x}" * 9) for number in range(60))
    with pytest.raises(RecordError, match="more than one sheet"):
        code(Record(KioskConfig(printer=many)))


def test_settings_are_never_written_over_unasked(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        write(path, Record(CUTTING, "secret"), replacing=False)
    assert path.read_text() == "mine"
    assert [file.name for file in tmp_path.iterdir()] == ["config.toml"], "no token either"


def test_settings_that_are_replaced_stay_beside_the_new_ones(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("mine")
    write(path, Record(CUTTING, "secret"), replacing=True)
    assert load(path) == CUTTING
    assert (tmp_path / "config.toml.before").read_text() == "mine"
    token = token_path(path, CUTTING)
    assert token.read_text() == "secret"
    assert token.stat().st_mode & 0o077 == 0, "only its owner reads the token"


def test_a_settings_file_says_nothing_that_is_usual() -> None:
    said = toml(Record(KioskConfig())).splitlines()
    assert said[1:] == ["", "[station]", 'number = "station-1"', 'name = "Station 1"']


def test_a_settings_file_says_where_it_came_from() -> None:
    assert toml(Record(CUTTING)).startswith("# Written from the sheet")

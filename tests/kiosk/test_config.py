from dataclasses import fields
from pathlib import Path

import pytest

from kiosk.config import SECTIONS, ConfigError, KioskConfig, load

ROOT = Path(__file__).parents[2]


def test_the_example_says_the_defaults() -> None:
    assert load(ROOT / "config.example.toml") == KioskConfig()


def test_the_example_names_every_key() -> None:
    text = (ROOT / "config.example.toml").read_text()
    for name, section in SECTIONS.items():
        assert f"[{name}]" in text
        for key in fields(section):
            assert f"{key.name} = " in text, f"{name}.{key.name}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[station]\nnumber = "a"\nnmae = "b"', "station.nmae"),
        ("[station]\nnumber = 7", "station.number"),
        ('[station]\nmachines = "saw-1"', "station.machines: it must be a list"),
        ('[station]\nmachines = ["saw-1", "saw\\t2"]', "station.machines.1"),
        ("[station]\ntraining = 1", "station.training: it must be true or false"),
        ('[sound]\nhow = "loud"', "sound.how: it must be auto, bell or off"),
        ("[station", "not TOML"),
        ("[stattion]", "stattion"),
        ("station = 3", "station: it must be a table"),
        ("[printer]", r"printer: write it as \[\[printer\]\]"),
        ("[screen]\nsign_off_minutes = true", "screen.sign_off_minutes"),
        ('[station]\nname = "a\\tb"', "station.name"),
        ('[server]\nurl = "plant:80"', "server.url"),
        ("[screen]\nsign_off_minutes = 0", "screen.sign_off_minutes"),
        ('[[printer]]\nname = "a"\nkind = "fax"\ntarget = "b"', "printer.0.kind"),
    ],
)
def test_broken_settings_are_refused_by_key(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=says):
        load(path)


def test_missing_settings_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"Copy config\.example\.toml"):
        load(tmp_path / "none.toml")


def test_settings_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        load(path)
    path.write_bytes(b"#" * 300_000)
    with pytest.raises(ConfigError, match="larger"):
        load(path)

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


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("ipp", "ipp://host:abc/ipp/print"),
        ("ipp", "ipp://host:70000/ipp/print"),
        ("ipp", "ipps://host/ipp/print"),
        ("ipp", "http://host/ipp/print"),
        ("ipp", "ipp:///ipp/print"),
        ("ipp", "ipp://user@host/ipp/print"),
        ("ipp", "slips"),
        ("socket", "printer:"),
        ("socket", "printer:0"),
        ("socket", "printer:65536"),
        ("socket", "printer:raw"),
        ("socket", "tcp://printer:9100"),
        ("lp", "-d"),
        ("lp", "office a6"),
        ("lp", ""),
        ("folder", ""),
    ],
)
def test_a_target_that_its_printer_cannot_have_is_refused_at_the_start(
    tmp_path: Path, kind: str, target: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[[printer]]\nname = "a"\n[[printer]]\nname = "b"\nkind = "{kind}"\ntarget = "{target}"')
    with pytest.raises(ConfigError, match=r"printer\.1\.target: .* must be ") as refused:
        load(path)
    assert repr(target) in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("ipp", "ipp://printer/ipp/print"),
        ("ipp", "ipp://10.0.0.31:8631/ipp/print"),
        ("ipp", "ipp://[fd00::31]:631/ipp/print"),
        ("ipp", "ipp://printer"),
        ("socket", "printer"),
        ("socket", "10.0.0.40:9100"),
        ("socket", "[fd00::40]:9100"),
        ("lp", "office-a6"),
        ("folder", "a share/slips of today"),
    ],
)
def test_a_target_that_its_printer_can_have_is_taken(tmp_path: Path, kind: str, target: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[[printer]]\nkind = "{kind}"\ntarget = "{target}"')
    assert load(path).printer[0].target == target


def test_tags_go_to_a_printer_that_is_set_and_no_two_printers_have_one_name(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[[printer]]\nname = "a"\n[tags]\nprinter = "b"')
    with pytest.raises(ConfigError, match=r"tags\.printer: 'b' must be the name of a printer set here: a"):
        load(path)
    path.write_text('[[printer]]\nname = "a"\n[[printer]]\nname = "a"')
    with pytest.raises(ConfigError, match=r"printer\.1\.name: each printer must have a name of its own"):
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

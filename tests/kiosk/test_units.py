"""The systemd units: started for ever, watched, with no login and no shell beside or behind the terminal."""

import configparser
import re
from typing import Final

import pytest

from tests.tidy.tree import ROOT

FOLDER: Final = ROOT / "assets" / "systemd"
UNITS: Final = ("kiosk-console.service", "kiosk-cage.service")


def unit(name: str) -> configparser.RawConfigParser:
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str  # systemd's keys have capitals
    read.read(FOLDER / name, encoding="utf-8")
    return read


@pytest.mark.parametrize("name", UNITS)
def test_h13_a_terminal_that_ends_is_started_again_for_ever(name: str) -> None:
    service = unit(name)["Service"]
    assert service["Restart"] == "always"
    assert unit(name)["Unit"]["StartLimitIntervalSec"] == "0"
    assert int(service["WatchdogSec"]) >= 10
    assert service["Type"] == "notify"
    assert service["NotifyAccess"] == "all"
    assert 2 < int(service["TimeoutStopSec"]) <= 10


@pytest.mark.parametrize("name", UNITS)
def test_h13_there_is_no_shell_and_no_login(name: str) -> None:
    read = unit(name)
    started = read["Service"]["ExecStart"]
    assert not re.search(r"\b(ba|da|z)?sh\b|-c\b|agetty|login", started)
    assert read["Unit"]["Conflicts"] == "getty@tty1.service"
    assert read["Service"]["User"] == "kiosk"
    assert "ExecStartPre" not in read["Service"]


def test_h13_cage_lets_nobody_change_to_another_console_and_foot_opens_no_shell() -> None:
    words = unit("kiosk-cage.service")["Service"]["ExecStart"].split()
    assert words[0].endswith("cage")
    assert "-s" not in words[: words.index("--")]
    foot = configparser.RawConfigParser()
    foot.read(FOLDER / "foot.ini", encoding="utf-8")
    bound = dict(foot["key-bindings"])
    assert {"spawn-terminal", "unicode-input", "clipboard-paste", "show-urls-launch"} <= set(bound)
    assert set(bound.values()) == {"none"}


def test_every_file_of_the_units_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "operating" / "station.md").read_text(encoding="utf-8")
    assert [file.name for file in sorted(FOLDER.iterdir()) if file.name not in guide] == []

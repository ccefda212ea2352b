"""`kiosk health` and `kiosk config check`, in processes of their own beside the terminal."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.commands import health
from kiosk.commands.health import Health, complain
from kiosk.demo.plant import write_settings
from kiosk.demo.screen import Screen
from sync.health import FILE_NAME
from tests.tidy.tree import ROOT

WELL: Final[dict[str, Any]] = {
    "written_ms": 0,
    "recorded": 12,
    "safe": 12,
    "oldest_waiting_s": None,
    "network": "connecting",
    "trouble": None,
}


def kiosk(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *words], cwd=ROOT, check=False, capture_output=True, text=True
    )


def settings(folder: Path) -> Path:
    return write_settings(folder, "cutting-1", "Cutting Line 1", "cutting", "", "none")


def asked_health(path: Path) -> tuple[int, dict[str, Any]]:
    answer = kiosk("health", "--config", str(path))
    return answer.returncode, json.loads(answer.stdout)


def written(folder: Path, **said: Any) -> None:
    now_ms = time.time_ns() // 1_000_000
    (folder / "data" / FILE_NAME).write_text(json.dumps({**WELL, "written_ms": now_ms, **said}))


def test_a_running_terminal_is_healthy_and_one_that_was_killed_becomes_sick(tmp_path: Path) -> None:
    path = settings(tmp_path)
    screen = Screen([sys.executable, "-m", "kiosk", "--config", str(path)], directory=ROOT)
    screen.wait("or a slip to see")
    code, said = asked_health(path)
    assert code == Health.HEALTHY, said
    assert said["state"] == "healthy"
    assert said["network"] == "no server set"
    assert said["disk_free_bytes"] > 0
    assert abs(said["age_s"]) < 10
    screen.kill()
    written(tmp_path, written_ms=said["written_ms"] - 60_000)
    code, said = asked_health(path)
    assert code == Health.SICK
    assert "has not said anything" in said["complaints"][0]


@pytest.mark.parametrize("network", ["no network", "connecting", "connected", "no server set"])
def test_a_station_alone_is_well(tmp_path: Path, network: str) -> None:
    assert not list(complain({**WELL, "network": network, "age_s": 3.0, "disk_free_bytes": 10**12}))


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"age_s": 21.0}, "not said anything for 21.0 s"),
        ({"age_s": -3600.0}, "not said anything"),
        ({"trouble": "The disk is full."}, "The disk is full."),
        ({"network": "station not accepted by the server"}, "not accepted"),
        ({"network": "wrong server"}, "wrong server"),
        ({"network": "network blocked by a login page"}, "login page"),
        ({"disk_free_bytes": 999_999_999}, "Only 999 MB"),
    ],
)
def test_each_sickness_is_one_sentence(said: dict[str, Any], complaint: str) -> None:
    (sentence,) = complain({**WELL, "age_s": 3.0, "disk_free_bytes": 10**12, **said})
    assert complaint in sentence


def test_health_is_told_in_the_file_that_the_terminal_writes() -> None:
    assert health.FILE_NAME == FILE_NAME


@pytest.mark.parametrize("content", [None, "", "[]", '{"process": 1}', "{"])
def test_where_nothing_can_be_read_it_cannot_say(tmp_path: Path, content: str | None) -> None:
    path = settings(tmp_path)
    if content is not None:
        (tmp_path / "data" / FILE_NAME).write_text(content)
    code, said = asked_health(path)
    assert code == Health.CANNOT_SAY
    assert said["state"] == "cannot say"
    assert said["complaints"][0]


def test_health_of_broken_settings_cannot_be_said(tmp_path: Path) -> None:
    code, said = asked_health(tmp_path / "none.toml")
    assert code == Health.CANNOT_SAY
    assert "cannot be read" in said["complaints"][0]


def test_good_settings_are_ok(tmp_path: Path) -> None:
    answer = kiosk("config", "check", str(settings(tmp_path)))
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("OK: ")


def test_broken_settings_are_one_sentence_and_an_exit_code(tmp_path: Path) -> None:
    path = settings(tmp_path)
    path.write_text(path.read_text().replace("[server]", "[sever]"))
    answer = kiosk("config", "check", str(path))
    assert (answer.returncode, answer.stdout) == (1, "")
    (sentence,) = answer.stderr.splitlines()
    assert "sever: there is no such table" in sentence


def test_the_settings_may_stand_before_the_command(tmp_path: Path) -> None:
    path = settings(tmp_path)
    assert kiosk("--config", str(path), "config", "check").returncode == 0
    assert kiosk("--config", str(path), "health").returncode == Health.CANNOT_SAY


def test_a_slip_s_template_that_cannot_be_used_is_named_with_printer_line_and_reason(tmp_path: Path) -> None:
    path = settings(tmp_path)
    text = path.read_text(encoding="utf-8")
    assert "[[printer]]" in text
    path.write_text(text.replace("[[printer]]", '[[printer]]\nslip_template = "slip.toml"'))
    missing = kiosk("config", "check", str(path))
    assert (missing.returncode, "slip.toml cannot be read" in missing.stderr) == (1, True)
    (tmp_path / "slip.toml").write_text('\n\nblocks = ["head", "rout"]\n', encoding="utf-8")
    wrong = kiosk("config", "check", str(path))
    assert wrong.returncode == 1
    assert "cannot use slip.toml: template line 3: there is no block 'rout': route" in wrong.stderr
    (tmp_path / "slip.toml").write_text('notes_rows = 2\nlogo = "logo.png"\n', encoding="utf-8")
    (tmp_path / "logo.png").write_bytes((ROOT / "assets" / "templates" / "oakfield.png").read_bytes()[:300])
    assert "template line 2: logo.png: " in kiosk("config", "check", str(path)).stderr
    (tmp_path / "slip.toml").write_text("notes_rows = 2\n", encoding="utf-8")
    assert kiosk("config", "check", str(path)).returncode == 0

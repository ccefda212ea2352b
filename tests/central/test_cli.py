"""The command itself, in processes of its own, against a server of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from floor.tags import slip_name
from tests.central.support import DEMO, ROOT, TOKEN, Plant, wait_until

CENTRAL: Final = (sys.executable, "-m", "central")


class Central:
    """`central serve` on a free port, and every other command against it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("FLOOR_")
        } | {"FLOOR_DATA_DIR": str(folder / "data"), "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
        self.server: subprocess.Popen[str] | None = None
        self.address = ""

    def start(self) -> None:
        self.server = subprocess.Popen(
            [*CENTRAL, "serve", "--port", "0"],
            env=self.environment,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.server.stdout is not None
        line = self.server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:[0-9]+", line)
        assert found, line
        self.address = found[0]
        wait_until(lambda: self.run("flags").returncode == 0, 30)

    def stop(self) -> int:
        assert self.server is not None
        self.server.terminate()
        assert self.server.stdout is not None
        self.server.stdout.close()
        return self.server.wait(20)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*CENTRAL, *arguments],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def says(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refuses(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert done.returncode == 1, done.stdout
        assert "Traceback" not in done.stderr
        return done.stderr


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    found = Central(tmp_path)
    found.start()
    yield found
    if found.server is not None and found.server.poll() is None:
        found.stop()


def test_from_an_empty_directory_to_a_completed_order(central: Central) -> None:
    assert "order confirmed" in central.says("load", str(DEMO))
    assert central.says("load", str(DEMO)) == "Nothing to add: the plant knows all of this.\n"
    token = central.says("station", "add", "cutting-1")
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}\n", token)
    assert "token already" in central.refuses("station", "add", "cutting-1")
    assert central.says("station", "add", "Terminal at packing", "--replace") != token
    assert "MO-5 is draft" in central.says(
        *("order", "draft", "MO-5", "CH-OAK", "10", "--due", "2027-01-31", "--by", "4802")
    )
    assert "MO-5 is confirmed" in central.says("order", "confirm", "MO-5")
    assert "does not allow" in central.refuses("order", "confirm", "MO-5")
    assert "needs a reason" in central.refuses("order", "cancel", "MO-5")
    assert "0 of 10 pcs, confirmed" in central.says("order", "show", "MO-5")
    assert "MO-5 is completed" in central.says("order", "complete", "MO-5")
    listed = central.says("order", "list")
    assert re.search(r"MO-5 +completed +CH-OAK +Chair, oak +10", listed)
    trace = central.says("trace", "MO-5")
    assert "4802 Tom Becker  drafted: 10 of CH-OAK, due 2027-01-31" in trace
    board = central.says("board")
    assert "Sand and polish" in board
    assert re.search(r"cutting-1 +Terminal at the cutting line +CUT +never", board)
    assert central.says("flags") == "Nothing is in doubt.\n"
    assert "does not stand" in central.refuses("settle", "missing", "--order", "MO-5", "--reason", "x")
    assert "events count" in central.says("rebuild")


def test_commands_find_their_server_by_its_data_directory_whichever_port_it_took(central: Central) -> None:
    (address,) = (central.folder / "data" / "address").read_text(encoding="ascii").split()
    assert address == central.address
    assert "FLOOR_SERVER" not in central.environment
    assert central.says("flags") == "Nothing is in doubt.\n"
    central.environment["FLOOR_SERVER"] = "http://127.0.0.1:9"
    assert "No server answers at http://127.0.0.1:9" in central.refuses("flags")


def test_a_broken_directory_is_refused_by_row_and_column(central: Central) -> None:
    folder = central.folder / "plant"
    folder.mkdir()
    assert "has none" in central.refuses("load", str(folder))
    (folder / "items.csv").write_text("item,name\nA,Alpha\nB,\n", encoding="utf-8")
    said = central.refuses("load", str(folder))
    assert "items.csv, row 3, column name: expected a name" in said
    assert "nothing was changed" in said
    (folder / "items.csv").write_bytes(b"item,name\nA,Alpha\nB,\xff\n")
    assert "items.csv, row 3: expected UTF-8" in central.refuses("load", str(folder))
    (folder / "items.csv").write_bytes(b"x" * (5 * 1024 * 1024))
    assert "larger" in central.refuses("load", str(folder))
    assert "not a directory" in central.refuses("load", str(folder / "none"))


def test_without_a_server_a_sentence_says_what_to_do(central: Central, tmp_path: Path) -> None:
    assert central.stop() in (0, -15)
    said = central.refuses("board")
    assert "No server answers at http://127.0.0.1" in said
    assert "central serve" in said
    central.environment["FLOOR_DATA_DIR"] = str(tmp_path / "elsewhere")
    assert "`central serve` makes it" in central.refuses("board")


def test_a_wrong_token_is_told_so(central: Central) -> None:
    central.environment["FLOOR_ADMIN_TOKEN"] = "wrong"
    assert "token" in central.refuses("board")


def test_what_hinders_the_server_is_a_sentence(central: Central) -> None:
    assert "Another program has central.db open" in central.refuses("serve", "--port", "0")
    taken = central.address.rpartition(":")[2]
    other = ("serve", "--data-dir", str(central.folder / "other"), "--port")
    assert "Cannot listen" in central.refuses(*other, taken)
    assert "port" in central.refuses(*other, "99999")
    assert "not a database URL" in central.refuses(*other, "0", "--database", "nonsense")


def test_completing_by_command_says_what_is_left_and_asks_for_its_fate(demo: Plant, tmp_path: Path) -> None:
    station = demo.station("cutting-1")
    slip = station.issue("MO-1042", 100)
    station.report(slip, "MO-1042", 28, final=True)
    station.record_raw("teleported", "{}")
    station.pushed()
    central = Central(tmp_path)
    central.environment |= {"FLOOR_SERVER": demo.address, "FLOOR_ADMIN_TOKEN": TOKEN}
    said = central.run("order", "complete", "MO-1042")
    assert re.search(rf"{slip_name(slip)} +10 +0 +0 +72", said.stdout)
    assert "--fate" in said.stderr
    assert said.returncode == 1
    assert "missing slip" in central.says("flags")
    assert "quarantined: event" in central.says("board")
    assert f"slip {slip_name(slip)} issued for 100" in central.says("trace", slip)
    assert "completed" in central.says("order", "complete", "MO-1042", "--fate", "lost")

"""A real process on a real terminal: bytes in, what it read written down, and the terminal sane afterwards.

Never through Textual's pilot, which skips the driver.
"""

import os
import random
import re
import signal
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from floor.tags import TagKind, encode, slip_code
from kiosk.demo.screen import Screen
from tests.tidy.tree import ROOT

SLIP: Final = slip_code("BCDFGHJK", "B")
LETTERS: Final = "BCDFGHJKLNPRSTVX"
CODES: Final = [encode(TagKind.MACHINE, f"BCDF{a}{b}") for a in LETTERS for b in LETTERS][:200]


class Station:
    """The app on a pseudo-terminal, and what it wrote down."""

    def __init__(self, folder: Path, term: str = "xterm-256color") -> None:
        self.file, self.log = folder / "inputs.txt", folder / "crash.log"
        self.file.touch()
        program = [sys.executable, "-m", "tests.kiosk.still_terminal", str(self.file), str(self.log)]
        colours = {} if term.startswith("xterm") else {"COLORTERM": ""}
        self.screen = Screen(program, environment={"TERM": term, **colours}, directory=ROOT)
        self.screen.wait("STILL HERE")

    @property
    def inputs(self) -> list[str]:
        return self.file.read_text(encoding="utf-8").splitlines()

    @property
    def terminal(self) -> int:
        return self.screen._master

    def send(self, data: bytes) -> None:
        """Write all of it, however slowly it is read; what is painted meanwhile is read."""
        writer = threading.Thread(target=self._write, args=(data,))
        writer.start()
        while writer.is_alive():
            self.screen.read(0.01)
        writer.join()

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self.terminal, data[:65536]) :]

    def wait_for(self, *last: str, within_s: float = 10.0) -> None:
        until = time.monotonic() + within_s
        while self.inputs[-len(last) :] != list(last):
            assert time.monotonic() < until, self.inputs[-5:]
            assert self.screen.read(0.02), "it has ended"

    def end(self, within_s: float) -> int:
        """Wait for the end; the exit code."""
        until = time.monotonic() + within_s
        while self.screen.process.poll() is None:
            assert time.monotonic() < until, "it does not end"
            self.screen.read(0.01)
        while self.screen.read(0.05):
            if not self._more():
                break
        return self.screen.process.returncode

    def _more(self) -> bool:
        before = self.screen.text
        self.screen.read(0.1)
        return before != self.screen.text


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    made = Station(tmp_path)
    yield made
    if made.screen.process.poll() is None:
        made.screen.kill()


def sane(station: Station) -> bool:
    """Whether the terminal shows its cursor, echoes, edits lines and sends signals again."""
    if station.screen._screen.cursor.hidden:
        return False
    flags = termios.tcgetattr(station.terminal)[3]
    return all(flags & bit for bit in (termios.ECHO, termios.ICANON, termios.ISIG))


def test_two_hundred_scans_in_one_write(station: Station) -> None:
    station.send("".join(f"{code}\r" for code in CODES).encode())
    station.wait_for(f"scan {CODES[-1]}")
    assert station.inputs == [f"scan {code}" for code in CODES]


@pytest.mark.parametrize("ending", [b"\r", b"\n", b"\r\n", b"\t", b""])
def test_every_ending_of_a_scanner(station: Station, ending: bytes) -> None:
    station.send(SLIP.encode() + ending)
    station.wait_for(f"scan {SLIP}")
    time.sleep(0.4)
    station.send(b"\x1bOP")
    station.wait_for(f"scan {SLIP}", "press f1")
    assert station.inputs == [f"scan {SLIP}", "press f1"]


@pytest.mark.parametrize("symbology", [b"]C1", b"", b"]d2\x1d"])
def test_a_suppliers_label_with_its_separators(station: Station, symbology: bytes) -> None:
    station.send(symbology + b"010950110153000310AB-7\x1d3012\r\x1d" + SLIP.encode() + b"\r")
    station.wait_for("label (01)09501101530003(10)AB-7(30)12", f"scan {SLIP}")
    assert len(station.inputs) == 2


def test_an_enter_from_a_slow_scanner_records_nothing(station: Station) -> None:
    station.send(SLIP.encode())
    time.sleep(0.15)
    station.send(b"\r")
    station.send(b"\x1bOP")
    station.wait_for("press f1")
    assert station.inputs == [f"scan {SLIP}", "press f1"]


def test_e6_ten_megabytes_of_keys_are_refused_and_the_next_scan_is_taken(station: Station) -> None:
    started = time.monotonic()
    station.send(b"B" * 10_000_000 + b"\r" + SLIP.encode() + b"\r")
    station.wait_for(f"scan {SLIP}", within_s=30)
    assert time.monotonic() - started < 30
    *refused, scanned = station.inputs
    assert scanned == f"scan {SLIP}"
    assert refused
    assert set(refused) <= {"refused scan_too_long", "refused code_too_long", "refused not_a_code"}, (
        "a machine that falters in the middle may refuse a flood in pieces"
    )


def test_ten_megabytes_of_paste_are_refused_and_the_next_scan_is_taken(station: Station) -> None:
    station.send(b"\x1b[200~" + b"TBCD 1234 " * 1_000_000 + b"\x1b[201~" + SLIP.encode() + b"\r")
    station.wait_for(f"scan {SLIP}", within_s=30)
    assert station.inputs[0].startswith("refused")
    assert f"scan {SLIP}" in station.inputs
    assert not any(line.startswith(("number", "press")) for line in station.inputs)


def test_a_thousand_lines_wait_for_the_conversation_and_none_is_lost(station: Station) -> None:
    station.send("".join(f"{code}\r" for code in CODES * 10).encode())
    station.wait_for(f"scan {CODES[-1]}", within_s=30)
    until = time.monotonic() + 30
    while len(station.inputs) < 2000 and time.monotonic() < until:
        station.screen.read(0.05)
    assert station.inputs == [f"scan {code}" for code in CODES] * 10


@pytest.mark.parametrize(
    "hostile",
    [
        b"\x03\x11\x1a\x1c\x10\x13\x14\x0f\x16\x04",
        b"\x1b[99999999999999999999u",
        b"\x1b[55555555555;5;99999999999u",
        b"\x1b[48;1;1;1;1t",
        b"\x1b[48;30000;30000;1;1t",
        b"\x1b[?2048;1$y",
        b"\x1b[<0;5;5M\x1b[<0;5;5m",
        b"\x1b[M !!",
        b"\xff\xfe\x80\xc3(\x00",
        b"\x1b]52;c;AAAA\x07",
        b"\x1b[I\x1b[O",
        b"\x1b[1;1R",
        b"\x1b" * 100,
        bytes(range(1, 9)) + bytes(range(14, 32)),
        random.Random(7).randbytes(300).translate(None, b"\x1b\r\n"),
    ],
    ids=range(15),
)
def test_e5_hostile_bytes_neither_stop_it_nor_lead_out(station: Station, hostile: bytes) -> None:
    station.send(hostile)
    time.sleep(0.3)
    station.send(b"\x1b")
    time.sleep(0.3)
    station.send(b"\x1b")
    time.sleep(0.3)
    station.send(SLIP.encode() + b"\r")
    station.wait_for(f"scan {SLIP}")
    station.screen.wait("STILL HERE")
    assert len(station.screen.lines) == 24
    assert "press enter" not in station.inputs


def test_a_paste_that_is_opened_and_never_closed_ends_in_silence(station: Station) -> None:
    station.send(b"\x1b[200~" + SLIP.encode())
    time.sleep(1.5)
    station.send(SLIP.encode() + b"\r")
    station.wait_for(f"scan {SLIP}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_cleanly(station: Station, number: signal.Signals) -> None:
    station.screen.process.send_signal(number)
    assert station.end(2.0) == 0
    assert sane(station)


def test_it_does_not_let_itself_be_suspended(station: Station) -> None:
    station.screen.process.send_signal(signal.SIGTSTP)
    station.send(SLIP.encode() + b"\r")
    station.wait_for(f"scan {SLIP}")


def test_a_crash_leaves_a_sane_terminal_a_log_and_an_exit_code(station: Station) -> None:
    station.send(b"\x1b[20~")
    assert station.end(5.0) == 1
    assert sane(station)
    assert "ZeroDivisionError" in station.log.read_text(encoding="utf-8")
    assert "stopped because of a fault" in re.sub(r"\s+", " ", station.screen.text)


def test_a_terminal_that_goes_away_ends_it(station: Station) -> None:
    os.close(station.terminal)
    try:
        station.screen.process.wait(3.0)
    except subprocess.TimeoutExpired:
        station.screen.process.kill()
        raise


def test_the_bare_console_gets_its_sixteen_colours_only(tmp_path: Path) -> None:
    station = Station(tmp_path, term="linux")
    try:
        painted = station.screen._screen.buffer
        names = {cell.fg for row in painted.values() for cell in row.values()}
        names |= {cell.bg for row in painted.values() for cell in row.values()}
        assert not {name for name in names if re.fullmatch(r"[0-9a-f]{6}", name)}
    finally:
        station.screen.kill()

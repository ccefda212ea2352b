"""The bare Linux console: no desktop, no mouse, other bytes for the same keys, and scanners all the same."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from floor.layouts import LAYOUTS
from floor.self_test import SELF_TEST
from tests.kiosk.test_terminal import CODES, SLIP, Station, sane

KEYS = {
    "f1": b"\x1b[[A",
    "f2": b"\x1b[[B",
    "f3": b"\x1b[[C",
    "f4": b"\x1b[[D",
    "f5": b"\x1b[[E",
    "f6": b"\x1b[17~",
    "f7": b"\x1b[18~",
    "f8": b"\x1b[19~",
    "f10": b"\x1b[21~",
    "f11": b"\x1b[23~",
    "f12": b"\x1b[24~",
    "home": b"\x1b[1~",
    "insert": b"\x1b[2~",
    "delete": b"\x1b[3~",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
}
"""What the console sends; f9 is left out: on it this test's conversation falls over."""


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Station]:
    made = Station(tmp_path, term="linux")
    yield made
    if made.screen.process.poll() is None:
        made.screen.kill()


def test_two_hundred_scans_in_one_write(console: Station) -> None:
    console.send("".join(f"{code}\r" for code in CODES).encode())
    console.wait_for(f"scan {CODES[-1]}")
    assert console.inputs == [f"scan {code}" for code in CODES]


@pytest.mark.parametrize("ending", [b"\r", b"\n", b"\r\n", b"\t", b""])
def test_every_ending_of_a_scanner(console: Station, ending: bytes) -> None:
    console.send(SLIP.encode() + ending)
    console.wait_for(f"scan {SLIP}")
    time.sleep(0.4)
    console.send(KEYS["f1"])
    console.wait_for(f"scan {SLIP}", "press f1")
    assert console.inputs == [f"scan {SLIP}", "press f1"]


def test_every_key_that_has_a_meaning_comes_through(console: Station) -> None:
    for name, sent in KEYS.items():
        console.send(sent)
        console.wait_for(f"press {name}")
    assert console.inputs == [f"press {name}" for name in KEYS]


def test_a_key_between_two_scans_stays_between_them(console: Station) -> None:
    console.send(SLIP.encode() + b"\r" + KEYS["f3"] + b"76" + KEYS["f4"] + SLIP.encode() + b"\r")
    expected = [f"scan {SLIP}", "press f3", "number 76", "press f4", f"scan {SLIP}"]
    console.wait_for(*expected)
    assert console.inputs == expected


def test_a_console_with_a_russian_layout_is_named_and_undone(console: Station) -> None:
    [russian] = [layout for layout in LAYOUTS if layout.name == "Russian"]
    console.send("".join(russian.typed[character] for character in SELF_TEST).encode() + b"\r")
    console.wait_for("test Russian")
    console.send("".join(russian.typed[character] for character in SLIP).encode() + b"\r")
    console.wait_for("test Russian", f"scan {SLIP}")


def test_the_console_is_itself_again_afterwards(console: Station) -> None:
    console.screen.process.terminate()
    assert console.end(2.0) == 0
    assert sane(console)

"""Faults of groups A and H at the real terminal, named after their rows: a clear word, a clean end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from floor.refusals import Refusal
from floor.tags import TagKind, encode, step_code
from kiosk import stopwatch
from kiosk.demo.plant import write_settings
from kiosk.demo.screen import NotShownError, Screen
from kiosk.dialogue.view import Waiting
from sync.opening import LEDGER_NAME
from tests.floor.shop import a_shop
from tests.kiosk.shop_memory import BADGE, BOB, REASON, Terminal, with_reasons
from tests.tidy.tree import ROOT

READY: Final = "or a slip to see"
UNWRITABLE: Final = "/proc/sys"
"""A folder in which nobody, root neither, makes a file: so looks a disk that was remounted read-only."""
DAYS_3_MS: Final = 3 * 24 * 3_600_000


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return write_settings(tmp_path, "cutting-1", "Cutting Line 1", "cutting", "", "none")


def start(settings: Path) -> Screen:
    return Screen([sys.executable, "-m", "kiosk", "--config", str(settings)], directory=ROOT)


@pytest.fixture
def screen(settings: Path) -> Iterator[Screen]:
    made = start(settings)
    made.wait(READY, 30)
    yield made
    if made.process.poll() is None:
        made.kill()


def ended(screen: Screen, within_s: float) -> int:
    until = time.monotonic() + within_s
    while screen.process.poll() is None:
        assert time.monotonic() < until, f"it does not end:\n{screen.text}"
        screen.read(0.02)
    return screen.process.returncode


@pytest.mark.parametrize("folder", [UNWRITABLE, f"{UNWRITABLE}/station-data"])
def test_a10_a_folder_that_can_only_be_read_is_told_and_nothing_is_ticked(
    settings: Path, folder: str
) -> None:
    settings.write_text(settings.read_text().replace('directory = "data"', f'directory = "{folder}"'))
    screen = start(settings)
    code = ended(screen, 20)
    while screen.read(0.2) and UNWRITABLE not in screen.text:
        pass
    assert code == 2
    assert UNWRITABLE in screen.text
    assert "Traceback" not in screen.text


def test_a12_a_second_terminal_on_the_same_ledger_is_refused_and_the_first_goes_on(
    screen: Screen, settings: Path
) -> None:
    second = start(settings)
    code = ended(second, 20)
    while second.read(0.2) and "already running" not in second.text:
        pass
    assert code == 2
    assert "A terminal is already running on this ledger." in second.text
    screen.scan(encode(TagKind.PERSON, "BCDFGH"))
    screen.wait(Refusal.NOBODY_KNOWN_YET.sentence)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a22_a_signal_ends_it_within_two_seconds_and_the_ledger_is_closed(
    screen: Screen, settings: Path, number: signal.Signals
) -> None:
    screen.process.send_signal(number)
    assert ended(screen, 2.0) == 0
    assert not (settings.parent / "data" / f"{LEDGER_NAME}-wal").exists(), "a clean end leaves no log behind"


def test_a22_a_console_that_goes_away_ends_it_within_two_seconds(screen: Screen, settings: Path) -> None:
    os.close(screen._master)
    try:
        screen.process.wait(2.0)
    except subprocess.TimeoutExpired:
        screen.process.kill()
        raise
    again = start(settings)
    again.wait(READY, 30)
    assert again.stop() == 0


@pytest.mark.parametrize(
    "keys",
    [b"\x03", b"\x1a", b"\x1c", b"\x04", b"\x10", b"\x11", b"\x1b[1;5C", b"\x1b:!sh\r", b"\x1b[20~\x1b"],
)
def test_h13_no_key_leads_out_of_the_terminal(screen: Screen, keys: bytes) -> None:
    os.write(screen._master, keys)
    time.sleep(0.3)
    screen.press("escape")
    screen.settle()
    with pytest.raises(NotShownError):
        screen.wait("$", 0.3)
    screen.scan(encode(TagKind.PERSON, "BCDFGH"))
    screen.wait(Refusal.NOBODY_KNOWN_YET.sentence)
    assert screen.process.poll() is None


# A24: the machine sleeps for three days in the middle of a report


async def begun() -> tuple[Terminal, str]:
    terminal = Terminal(with_reasons(a_shop()))
    (slip,) = terminal.shop.issue(80)
    await terminal.scan(BADGE)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4")
    await terminal.scan(REASON)
    return terminal, slip


async def test_a24_after_three_days_of_sleep_the_report_waits_for_its_owner() -> None:
    terminal, _ = await begun()
    terminal.now_ms += DAYS_3_MS
    await terminal.conversation.refresh()
    assert isinstance(terminal.view.body, Waiting)
    assert terminal.view.header.operator == ""
    assert [draft.recorded for draft in terminal.memory.saved.values()] == [False]
    await terminal.scan(BADGE)
    await terminal.keys("enter")
    assert [(report.by, report.content.scrap[0].quantity) for report in terminal.reports] == [("4711", 4)]


@pytest.mark.parametrize("key", ["enter", "f3", "f12", "7"])
async def test_a24_the_key_that_wakes_it_records_nothing_for_whoever_has_left(key: str) -> None:
    terminal, _ = await begun()
    terminal.now_ms += DAYS_3_MS
    await terminal.keys(key)
    assert terminal.reports == []
    await terminal.conversation.refresh()
    assert terminal.view.header.operator == ""
    await terminal.scan(BADGE)
    await terminal.keys("enter")
    assert [report.content.scrap[0].quantity for report in terminal.reports] == [4]


async def test_a24_the_badge_that_wakes_it_is_signed_on_and_gets_nobody_elses_report() -> None:
    terminal, _ = await begun()
    terminal.now_ms += DAYS_3_MS
    await terminal.scan(encode(TagKind.PERSON, BOB.badge))
    assert terminal.view.header.operator.endswith(BOB.person)
    assert isinstance(terminal.view.body, Waiting)
    await terminal.keys("enter")
    assert terminal.reports == []


def test_a24_the_stopwatch_runs_while_the_machine_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def clock(which: int) -> int:
        asked.append(which)
        return 5_000_000

    monkeypatch.setattr(stopwatch.time, "clock_gettime_ns", clock)
    assert stopwatch.monotonic_ms() == 5.0
    assert asked == [time.CLOCK_BOOTTIME]

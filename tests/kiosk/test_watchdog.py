"""systemd hears that the terminal is up and that its loop turns; a loop that is blocked says nothing."""

import asyncio
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import watchdog
from kiosk.demo.plant import write_settings
from kiosk.demo.screen import Screen
from tests.tidy.tree import ROOT

INTERVAL_S = 0.6


class Systemd:
    """Its end of the notify socket."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.line.bind(str(path))
        self.line.setblocking(False)

    @property
    def environment(self) -> dict[str, str]:
        return {watchdog.SOCKET: str(self.path), watchdog.INTERVAL_US: str(round(INTERVAL_S * 1e6))}

    def heard(self) -> list[str]:
        """Everything since it was asked last."""
        found = []
        while True:
            try:
                found.append(self.line.recv(4096).decode())
            except BlockingIOError:
                return found


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[Systemd]:
    made = Systemd(tmp_path / "notify")
    yield made
    made.line.close()


def block(seconds: float) -> None:
    """What no program of ours may do in its loop."""
    time.sleep(seconds)


async def test_it_says_that_it_is_up_and_then_feeds_often_enough(systemd: Systemd) -> None:
    watch = asyncio.create_task(watchdog.keep(systemd.environment))
    await asyncio.sleep(2 * INTERVAL_S)
    watch.cancel()
    ready, *fed = systemd.heard()
    assert ready == "READY=1"
    assert set(fed) == {"WATCHDOG=1"}
    assert 4 <= len(fed) <= 8


async def test_a_blocked_loop_starves_it(systemd: Systemd) -> None:
    watch = asyncio.create_task(watchdog.keep(systemd.environment))
    await asyncio.sleep(0.05)
    systemd.heard()
    block(2 * INTERVAL_S)
    assert systemd.heard() == []
    await asyncio.sleep(0.05)
    assert systemd.heard() == ["WATCHDOG=1"]
    watch.cancel()


@pytest.mark.parametrize("said", ["", "soon", "-5", "0"])
async def test_a_systemd_that_does_not_watch_is_told_once_that_it_is_up(systemd: Systemd, said: str) -> None:
    await asyncio.wait_for(watchdog.keep({**systemd.environment, watchdog.INTERVAL_US: said}), 1)
    assert systemd.heard() == ["READY=1"]


async def test_without_systemd_nothing_is_said() -> None:
    await asyncio.wait_for(watchdog.keep({}), 1)


async def test_a_systemd_that_is_gone_is_no_trouble(systemd: Systemd) -> None:
    systemd.path.unlink()
    watch = asyncio.create_task(watchdog.keep(systemd.environment))
    await asyncio.sleep(INTERVAL_S)
    assert not watch.done()
    watch.cancel()


async def test_an_abstract_address_is_understood() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind("\0kiosk-watchdog-test")
        line.settimeout(2)
        await watchdog.keep({watchdog.SOCKET: "@kiosk-watchdog-test"})
        assert line.recv(100) == b"READY=1"


def test_the_real_terminal_is_watched_from_its_first_second_and_while_it_waits_for_its_sheet(
    systemd: Systemd, tmp_path: Path
) -> None:
    for settings in (
        write_settings(tmp_path / "terminal", "cutting-1", "Cutting Line 1", "cutting", "", "none"),
        tmp_path / "none.toml",
    ):
        screen = Screen(
            [sys.executable, "-m", "kiosk", "--config", str(settings)],
            directory=ROOT,
            environment=systemd.environment,
        )
        screen.wait(lambda text: "or a slip to see" in text or "SHEET" in text, 30)
        until = time.monotonic() + 2 * INTERVAL_S
        while time.monotonic() < until:
            screen.read(0.05)
        ready, *fed = systemd.heard()
        assert ready == "READY=1"
        assert len(fed) >= 3
        screen.stop()
        systemd.heard()

"""How long the terminal at worst could not have taken a key, while the machine behind it is busy.

    python -m benchmarks.loop_blocked [--events N] [--history N] [--seconds N]

The real program in a pseudo-terminal with somebody reporting at it all the time, and a heart beating in its
event loop: first while a backlog drains to a real server and as many facts of another station come in, then
while a printer takes a page and does not answer, then on a ledger with years of history. Time for which other
programs had the processors is shown and not counted: the kernel says how long the loop stood in line for one.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

import uuid_utils

from benchmarks import full_ledger, heartbeat
from benchmarks.heartbeat import Late
from floor.tags import TagKind, step_code
from kiosk.demo import plant
from kiosk.demo.screen import Screen
from kiosk.demo.server import PlantServer
from kiosk.wiring.clock import moment
from sync.memory import StationMemory
from sync.road import Road

BLOCKED_MS_MAX: Final = 50.0
DRAIN_S_MAX: Final = 300.0
REPORT_EVERY_S: Final = 0.4
QUIET_S: Final = 0.5
FEW: Final = 5
"""So many wait while somebody reports all the time."""
HERE, THERE = "cutting-1", "sanding-1"
HANGING_LP: Final = "#!/bin/sh\nexec sleep 600\n"
BADGE: Final = plant.named(TagKind.PERSON)[plant.CUTTER].code


@dataclass(frozen=True, slots=True)
class Phase:
    """What the machine was busy with, and when, by its monotonic clock."""

    name: str
    begun_s: float
    ended_s: float


@dataclass(frozen=True, slots=True)
class Found:
    """How long the loop was blocked in one phase."""

    phase: Phase
    count: int
    worst_ms: float
    """By our own doing."""
    with_others_ms: float
    """With the time for which other programs had the processors."""


class Watched:
    """A terminal under somebody's hands, with its heart."""

    def __init__(self, folder: Path, settings: Path, more_path: Path | None = None) -> None:
        """Start it, and wait until it can be used; `more_path` is searched for programs first."""
        self._late = folder / "late.jsonl"
        program = [sys.executable, "-m", "benchmarks.heartbeat"]
        path = os.pathsep.join(filter(None, [str(more_path or ""), os.environ["PATH"]]))
        self.screen = Screen([*program, str(self._late), str(settings)], environment={"PATH": path})
        self.screen.wait("or a slip to see where it is", 30)
        self.phases: list[Phase] = []

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """What the machine is busy with; what began in it ends before the terminal is told to leave."""
        begun = time.monotonic()
        yield
        self.phases.append(Phase(name, begun, time.monotonic()))
        time.sleep(QUIET_S)

    def report(self, step: str) -> None:
        """One report: badge, step, a digit, OK; then whoever reported looks at the screen for a moment."""
        self.screen.scan(BADGE)
        self.screen.scan(step)
        self.screen.press("1", "enter")
        until = time.monotonic() + REPORT_EVERY_S
        while time.monotonic() < until:
            self.screen.read(0.05)

    def stop(self) -> None:
        """End it."""
        self.screen.stop()

    @property
    def found(self) -> list[Found]:
        """What was found of each phase."""
        late = heartbeat.read(self._late)
        return [found(phase, late) for phase in self.phases]


@contextmanager
def watched(folder: Path, settings: Path, more_path: Path | None = None) -> Iterator[Watched]:
    """A watched terminal that is ended, whatever happens."""
    terminal = Watched(folder, settings, more_path)
    try:
        yield terminal
    finally:
        terminal.stop()


def found(phase: Phase, late: list[Late]) -> Found:
    """What was late in a phase."""
    here = [one for one in late if phase.begun_s <= one.begun_s < phase.ended_s]
    own = [1000 * one.own_s for one in here]
    return Found(
        phase, len(here), max(own, default=0.0), max((1000 * one.seconds for one in here), default=0.0)
    )


# What the machine is busy with


def drained_elsewhere(folder: Path, server: PlantServer, events: int) -> None:
    """Another station's facts, at the server before ours comes: its feed brings them."""
    full_ledger.fill_with_reports(folder, events)

    async def drain() -> None:
        road = Road(THERE, server.url, server.add_station(THERE), "benchmark")
        memory = StationMemory(folder, moment, lambda: uuid_utils.uuid7().hex, Random(1), road)
        await memory.open()
        pump = await memory.pump()
        while (await memory.standing()).safe < events:
            await pump.step()
        await memory.stop()

    asyncio.run(drain())


def settings_for(folder: Path, server: PlantServer) -> Path:
    """A terminal of the demo plant whose printer takes pages and never answers."""
    (folder / "bin").mkdir()
    lp = folder / "bin" / "lp"
    lp.write_text(HANGING_LP, encoding="ascii")
    lp.chmod(0o755)
    settings = plant.terminal_settings(folder, server, HERE)
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('kind = "folder"', 'kind = "lp"'), encoding="utf-8")
    return settings


def busy_with_server_and_printer(folder: Path, events: int, seconds: float) -> list[Found]:
    """20,000 events up and as many down; then a page that hangs."""
    with PlantServer.started(folder / "central") as server:
        server.load(plant.ASSETS)
        (folder / "there").mkdir()
        drained_elsewhere(folder / "there", server, events)
        settings = settings_for(folder, server)
        full_ledger.fill_with_reports(settings.parent / "data", events)
        with watched(folder, settings, folder / "bin") as terminal:
            with terminal.phase(f"{events:,} events go up and come down"):
                until = time.monotonic() + DRAIN_S_MAX
                while waiting(settings) and time.monotonic() < until:
                    terminal.report(step_code("XXXXXXXX", 10))
            with terminal.phase("a printer hangs"):
                issue(terminal.screen)
                until = time.monotonic() + seconds
                while time.monotonic() < until:
                    terminal.report(step_code("XXXXXXXX", 10))
    return terminal.found


def waiting(settings: Path) -> bool:
    """Whether anything is not at the server yet, as the terminal itself says."""
    health = settings.parent / "data" / "health.json"
    if not health.exists():
        return True
    said = json.loads(health.read_text(encoding="utf-8"))
    return bool(said["recorded"] - said["safe"] > FEW)


def issue(screen: Screen) -> None:
    """The supervisor issues the order's slips, each on paper."""
    supervisor = plant.named(TagKind.PERSON)[plant.SUPERVISOR]
    screen.scan(supervisor.code)
    screen.wait(supervisor.name)
    screen.press("f10")
    screen.wait("PIN")
    screen.press(*plant.PIN, "enter")
    screen.wait("Open orders")
    screen.press("enter")
    screen.wait("In lots")
    screen.press("2", "enter")
    screen.wait("How many")
    screen.press("2", "0", "enter")
    screen.wait("issued")
    screen.press("escape")
    screen.wait("Open orders")
    screen.press("escape")
    screen.wait(lambda text: "Open orders" not in text)


def busy_with_history(folder: Path, events: int, seconds: float) -> list[Found]:
    """Years of facts in the ledger, slip after slip reported, and a look at what waits here."""
    full_ledger.fill(folder, events)
    slips = full_ledger.open_slips()
    with (
        watched(folder, full_ledger.settings(folder)) as terminal,
        terminal.phase(f"a ledger of {events:,} events"),
    ):
        until = time.monotonic() + seconds
        for number in range(10_000):
            terminal.report(step_code(slips[7 * number % len(slips)], full_ledger.STEPS[0]))
            if number % 10 == 0:
                look_what_waits(terminal.screen)
            if time.monotonic() >= until:
                break
    return terminal.found


def look_what_waits(screen: Screen) -> None:
    """The list of what waits here, and back."""
    screen.press("f2")
    screen.read(0.5)
    screen.press("escape")
    screen.read(0.1)


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--history", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=30.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / "busy", Path(name) / "old"]
        for folder in folders:
            folder.mkdir()
        results = busy_with_server_and_printer(folders[0], given.events, given.seconds)
        results += busy_with_history(folders[1], given.history, given.seconds)
    print(f"{'':40}{'seconds':>9}{'late':>7}{'worst ms':>10}{'with others':>13}")
    for one in results:
        seconds = one.phase.ended_s - one.phase.begun_s
        print(
            f"{one.phase.name:40}{seconds:9.0f}{one.count:7}{one.worst_ms:10.1f}{one.with_others_ms:13.1f}"
            f"{'' if one.worst_ms <= BLOCKED_MS_MAX else '   MISSED'}"
        )
    print(f"at most {BLOCKED_MS_MAX:g} ms")
    return 0 if all(one.worst_ms <= BLOCKED_MS_MAX for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())

"""How long a terminal takes from its start to a screen that takes scans, and to its first report.

    python benchmarks/cold_start.py [--starts N]

Measured from outside, in a pseudo-terminal, against the smallest app of the same Textual, with everything
compiled as a set-up leaves it.
"""

import argparse
import compileall
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from floor.tags import TagKind, step_code
from kiosk.demo import plant
from kiosk.demo.screen import Screen
from kiosk.demo.server import PlantServer

PAINTED_RATIO_MAX: Final = 2.0
READY_RATIO_MAX: Final = 3.0
ROOT: Final = Path(__file__).parent.parent
PACKAGES: Final = ("floor", "kiosk", "printing", "sync")

EMPTY_APP: Final = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("EMPTY APP")

Empty().run()
"""
BADGE: Final = plant.named(TagKind.PERSON)[plant.CUTTER].code
SLIP_STEP: Final = step_code("BCDFGHJK", plant.FIRST_STEP)
RECORDED: Final = "RECORDED"


def seconds_until_shown(command: Sequence[str], text: str) -> float:
    """Seconds from the start of a process until its screen shows a text."""
    begun = time.perf_counter()
    screen = Screen(command)
    screen.wait(lambda shown: text.upper() in shown.upper(), 30)
    seconds = time.perf_counter() - begun
    screen.kill()
    return seconds


def seconds_until_recorded(command: Sequence[str], name: str) -> tuple[float, float]:
    """Seconds until the first frame is there, and until a report scanned right then is recorded."""
    begun = time.perf_counter()
    screen = Screen(command)
    screen.wait(lambda shown: name.upper() in shown.upper(), 30)
    painted = time.perf_counter() - begun
    screen.scan(BADGE)
    screen.scan(SLIP_STEP)
    screen.press("7", "enter")
    screen.wait(RECORDED, 30)
    recorded = time.perf_counter() - begun
    screen.kill()
    return painted, recorded


def known_plant(folder: Path) -> list[str]:
    """The command of a terminal that has learnt the demo plant and works without its server."""
    with PlantServer.started(folder / "central") as server:
        server.load(plant.ASSETS)
        settings = plant.terminal_settings(folder, server, "cutting-1")
        kiosk = [sys.executable, "-m", "kiosk", "--config", str(settings)]
        screen = Screen(kiosk)
        screen.wait("connected", 30)
        screen.scan(BADGE)
        screen.wait("John Miller", 30)
        screen.stop()
    return kiosk


def compile_programs() -> None:
    """As scripts/demo does: Textual comes compiled, and we are measured against it."""
    for package in PACKAGES:
        if not compileall.compile_dir(ROOT / package, quiet=2):
            raise SystemExit(f"{package} cannot be compiled")


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--starts", type=int, default=7)
    given = parser.parse_args()
    compile_programs()
    empty, painted, ready = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        kiosk = known_plant(Path(folder))
        for _ in range(given.starts + 1):
            empty.append(seconds_until_shown([sys.executable, "-c", EMPTY_APP], "EMPTY APP"))
            first, second = seconds_until_recorded(kiosk, plant.TERMINALS["cutting-1"][0])
            painted.append(first)
            ready.append(second)
    rows = {
        "empty Textual app": empty,
        "first screen, takes scans": painted,
        "first report recorded": ready,
    }
    base = statistics.median(empty[1:])
    print(f"{'':32}{'median s':>10}{'ratio':>8}")
    for name, seconds in rows.items():
        median = statistics.median(seconds[1:])
        print(f"{name:32}{median:10.2f}{median / base:8.2f}")
    good = statistics.median(painted[1:]) <= PAINTED_RATIO_MAX * base
    good = good and statistics.median(ready[1:]) <= READY_RATIO_MAX * base
    print(f"at most {PAINTED_RATIO_MAX:g} and {READY_RATIO_MAX:g}: {'held' if good else 'MISSED'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

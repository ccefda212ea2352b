"""How long a terminal takes from its start to a screen that takes scans, and to its first report.

    python benchmarks/cold_start.py [--starts N]

Measured from outside, in a pseudo-terminal, against the smallest app of the same Textual.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from kiosk.demo.screen import Screen

PAINTED_RATIO_MAX: Final = 2.0
READY_RATIO_MAX: Final = 3.0

EMPTY_APP: Final = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("EMPTY APP")

Empty().run()
"""
SETTINGS: Final = '[station]\nname = "Cutting Line 1"\n'


def seconds_until(command: Sequence[str], shows: Sequence[Callable[[str], bool]]) -> list[float]:
    """Seconds from the start of a process until its screen shows each thing, in this order."""
    begun = time.perf_counter()
    screen = Screen(command)
    found = []
    for fits in shows:
        screen.wait(fits, 30)
        found.append(time.perf_counter() - begun)
    screen.kill()
    return found


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--starts", type=int, default=7)
    given = parser.parse_args()
    empty, painted, ready = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "config.toml"
        settings.write_text(SETTINGS, encoding="utf-8")
        kiosk = [sys.executable, "-m", "kiosk", "--config", str(settings)]
        for _ in range(given.starts + 1):
            empty += seconds_until([sys.executable, "-c", EMPTY_APP], [lambda text: "EMPTY APP" in text])
            first, second = seconds_until(
                kiosk,
                [lambda text: "Cutting Line 1" in text.title(), lambda text: "or a slip to see" in text],
            )
            painted.append(first)
            ready.append(second)
    rows = {
        "empty Textual app": empty,
        "first screen, takes scans": painted,
        "first report can be recorded": ready,
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

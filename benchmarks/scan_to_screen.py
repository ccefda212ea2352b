"""How long the terminal takes from the last key of a scan to the new screen, and what it keeps of a burst.

    python benchmarks/scan_to_screen.py [--scans N]

The real program in a pseudo-terminal, on the demo plant with a server, slips known. The burst is 200 scans
with 0 ms between keys: 50 reports of badge, step, digit and OK, read back from the ledger one by one.
"""

import argparse
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from floor.tags import ALPHABET, CommandWord, TagKind, copy_letter, encode, grouped, slip_code, step_code
from kiosk.demo import plant, shift
from kiosk.demo.screen import NotShownError
from kiosk.demo.server import PlantServer

P99_MS_MAX: Final = 50.0
BURST_REPORTS: Final = 50
BURST_S_MAX: Final = 30
LOT: Final = 10
STEPS: Final = (10, 20, 30, 40)
"""Those whose pieces are not counted on arrival: nothing is asked between two scans."""

Entered = tuple[str, int, str, str]
"""Slip, step, operator and good of one report."""


def scan_ms(terminal: shift.Terminal, slips: list[str], scans: int) -> list[float]:
    """Milliseconds from the last key of each scan to the screen that names its slip."""
    found = []
    for slip in islice(cycle(slips), scans):
        shown = grouped(slip_code(slip, copy_letter(1)))
        terminal.screen.press(*step_code(slip, 10))
        begun = time.perf_counter()
        terminal.screen.press("enter")
        terminal.screen.wait(shown)
        found.append(1000 * (time.perf_counter() - begun))
    terminal.screen.press("escape")
    return found


def burst(terminal: shift.Terminal, slips: list[str]) -> list[Entered]:
    """Scan 50 reports without a pause; what was entered."""
    people = [plant.named(TagKind.PERSON)[number] for number in (plant.CUTTER, plant.SANDER)]
    entered, keys = [], []
    for number in range(BURST_REPORTS):
        slip, step = slips[number % len(slips)], STEPS[number // len(slips) % len(STEPS)]
        person, good = people[number % 2], str(1 + number % 9)
        digit = encode(TagKind.NUMBER, ALPHABET[int(good)])
        for code in (person.code, step_code(slip, step), digit, plant.command(CommandWord.OK)):
            keys += [*code, "enter"]
        entered.append((slip, step, person.number, good))
    terminal.screen.press(*keys)
    return entered


def reports_in(ledger: Path) -> list[Entered]:
    """Every report of a station's ledger, in order."""
    with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True) as connection:
        rows = connection.execute(
            "SELECT body FROM entry JOIN event USING (event_id, digest) WHERE kind = 'reported' ORDER BY seq"
        ).fetchall()
    found = []
    for (body,) in rows:
        said = json.loads(body)
        content = said["content"]
        found.append((said["slip"], content["step"], content["operators"][0], content["good"]))
    return found


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scans", type=int, default=200)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        PlantServer.started(Path(name) / "central") as server,
    ):
        folder = Path(name)
        server.load(plant.ASSETS)
        settings = plant.terminal_settings(folder, server, "cutting-1")
        terminal = shift.Terminal("Cutting Line 1", settings, folder / "screens")
        terminal.start()
        slips = shift.issue_slips(terminal, LOT)
        terminal.sign_on(plant.CUTTER)
        milliseconds = scan_ms(terminal, slips, given.scans)
        entered = burst(terminal, slips)
        with suppress(NotShownError):  # then fewer were kept, which the ledger shows
            terminal.screen.wait(f" {1 + 2 * len(slips) + BURST_REPORTS} recorded", BURST_S_MAX)
        terminal.stop()
        kept = reports_in(settings.parent / "data" / "ledger.db")
    p99 = statistics.quantiles(milliseconds, n=100)[98]
    print(f"{'scans':40}{len(milliseconds):>8}")
    print(f"{'last key to new screen, p50 ms':40}{statistics.median(milliseconds):>8.1f}")
    print(f"{'last key to new screen, p99 ms':40}{p99:>8.1f}   (at most {P99_MS_MAX:g})")
    print(f"{'burst of 200 scans, reports kept':40}{len(kept):>8}   of {len(entered)}")
    print(f"{'kept as entered':40}{'yes' if kept == entered else 'NO':>8}")
    return 0 if p99 <= P99_MS_MAX and kept == entered else 1


if __name__ == "__main__":
    sys.exit(main())

"""What a terminal holds in memory after 100,000 reports, against what it held after 10,000.

    python -m benchmarks.memory [--reports N]

Scanner, conversation and ledger of the real program in one process: a badge, then step after step, a digit
and OK, each on a slip that was not reported before, and a look at the clock after every tenth report.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

import uuid_utils

from benchmarks import full_ledger
from floor.tags import step_code
from kiosk import rubbish
from kiosk.dialogue.conversation import Conversation, Place
from kiosk.scanner import Scanner
from kiosk.stopwatch import monotonic_ms
from kiosk.wiring.clock import moment
from sync.memory import StationMemory

GROWTH_MAX: Final = 1.1
WARM_SHARE: Final = 10
"""After a tenth of the reports everything that is kept within limits has reached them."""
LOOKS_EVERY: Final = 10
STATUS: Final = Path("/proc/self/status")
KIB_PER_MIB: Final = 1024


def new_id() -> str:
    """An event id."""
    return uuid_utils.uuid7().hex


def resident_mib() -> float:
    """What the kernel says this process has in memory."""
    line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / KIB_PER_MIB


class Hands:
    """Somebody who reports all day."""

    def __init__(self, memory: StationMemory) -> None:
        """At a terminal of the first work centre."""
        self._scanner = Scanner()
        place = Place("Cutting Line 1", "WC10")
        self.conversation = Conversation(memory, place, new_id, monotonic_ms)

    async def scan(self, code: str) -> None:
        """A burst of keys with Enter."""
        at_ms = monotonic_ms()
        for key in (*code, "enter"):
            for taken in self._scanner.press(key, at_ms):
                await self.conversation.take(taken)

    async def report(self, slip: str) -> None:
        """One good at the first step."""
        await self.scan(step_code(slip, full_ledger.STEPS[0]))
        await self.scan("1")


async def measured(folder: Path, slips: Sequence[str]) -> dict[int, float]:
    """MiB after so many reports."""
    memory = StationMemory(folder, moment, new_id, Random(1))
    await memory.start()
    hands, found, seen = Hands(memory), dict[int, float](), 0
    await hands.conversation.start()
    await hands.scan(full_ledger.badge())
    rubbish.begin()
    before = (await memory.standing()).recorded
    for number, slip in enumerate(slips, 1):
        await hands.report(slip)
        if number % LOOKS_EVERY == 0:
            await hands.conversation.refresh()
            hands.conversation.view("")
            seen = rubbish.take_out(seen)
        if number % (len(slips) // WARM_SHARE) == 0:
            found[number] = resident_mib()
            print(f"{number:10,}{found[number]:10.1f} MiB", file=sys.stderr, flush=True)
    recorded = (await memory.standing()).recorded - before
    await memory.stop()
    if recorded != len(slips):
        raise SystemExit(f"{recorded} reports of {len(slips)} were recorded")
    return found


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        filled = full_ledger.fill(Path(name), 0, -(-given.reports // full_ledger.SLIPS))
        begun = time.perf_counter()
        found = asyncio.run(measured(Path(name), filled.open_slips[: given.reports]))
        seconds = time.perf_counter() - begun
    (first, early), (last, late) = min(found.items()), max(found.items())
    print(f"{f'after {first:,} reports, MiB':36}{early:10.1f}")
    print(f"{f'after {last:,} reports, MiB':36}{late:10.1f}")
    print(f"{'growth':36}{late / early:10.2f}   (at most {GROWTH_MAX:g})")
    print(f"{'reports a second':36}{last / seconds:10.0f}")
    return 0 if late <= GROWTH_MAX * early else 1


if __name__ == "__main__":
    sys.exit(main())

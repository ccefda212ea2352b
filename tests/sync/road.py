"""A station on its road to the real server: what the tests of the pump share.

Never sleeps: every step is taken by hand.
"""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from floor.station import Recorded
from sync.pump import Pump
from tests.sync.server import Server, Weather
from tests.sync.world import Station, station


@asynccontextmanager
async def connected(
    folder: Path,
    server: Server,
    number: str = "station-1",
    family: int = 1,
    read_token: Callable[[], str] | None = None,
) -> AsyncIterator[tuple[Station, Pump, Weather]]:
    weather = Weather(server)
    if number not in server.tokens:
        server.enrol(number)
    road = replace(weather.road(number), read_token=read_token)
    async with station(folder / number, family, road, seed=family) as here:
        yield here, await here.memory.pump(), weather


async def record(here: Station, count: int = 1, slip: str = "BBBBBBBB") -> list[str]:
    ids = []
    for _ in range(count):
        answer = await here.memory.record(here.report(slip))
        assert isinstance(answer, Recorded)
        ids.append(answer.facts[0].event_id)
    return ids


async def settle(pump: Pump, steps_max: int = 30) -> None:
    """Steps until all is said, however often the road turns back."""
    for _ in range(steps_max):
        pause = await pump.step()
        if pause.went_well and pause.seconds:
            return
    raise AssertionError(f"not settled: {pause}")


def incident_names(folder: Path, number: str = "station-1") -> list[str]:
    path = folder / number / "incidents.jsonl"
    lines = path.read_text().splitlines() if path.exists() else []
    return [json.loads(line)["incident"] for line in lines]

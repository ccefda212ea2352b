"""A fleet in bad weather, by seed: three stations, lost and repeated answers, a server that is restored.

Never waits for real time: every step is taken by hand, and chance comes from the seed alone.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

import pytest

from floor.events import Subjects
from floor.station import Recorded
from sync.pump import Pump
from tests.sync.server import (
    Fault,
    Server,
    Weather,
    login_page,
    lost_answer,
    lost_request,
    not_echoed,
    sent_twice,
    status,
    timed_out,
    truncated,
)
from tests.sync.world import ORDER, Station, station

SEEDS: Final = range(8)
STATIONS: Final = ("station-1", "station-2", "station-3")
ROUNDS: Final = 60
SETTLING_STEPS_MAX: Final = 60
FAULTS: Final[tuple[Fault, ...]] = (
    lost_request,
    lost_answer,
    lost_answer,
    sent_twice,
    timed_out,
    login_page,
    not_echoed,
    truncated,
    status(500),
    status(503, Retry_After="1"),
)


@dataclass
class Terminal:
    """One station of the fleet, with what it was told is recorded."""

    here: Station
    pump: Pump
    weather: Weather
    slip: str = ""
    ticked: list[str] = field(default_factory=list)
    good: int = 0

    async def report(self, good: int) -> None:
        answer = await self.here.memory.record(self.here.report(self.slip, good))
        assert isinstance(answer, Recorded)
        self.ticked.append(answer.facts[0].event_id)
        self.good += good

    async def settle(self) -> None:
        """Fair weather until all is said. A minute passes, so that a silent restore is noticed."""
        self.weather.faults.clear()
        self.here.clock.pass_ms(60_000)
        for _ in range(SETTLING_STEPS_MAX):
            pause = await self.pump.step()
            if pause.went_well and pause.seconds:
                return
        raise AssertionError("does not settle")


@asynccontextmanager
async def fleet(folder: Path, server: Server) -> AsyncIterator[list[Terminal]]:
    """Three stations that each issued a slip."""
    async with AsyncExitStack() as stack:
        terminals = []
        for family, number in enumerate(STATIONS, 1):
            server.enrol(number)
            weather = Weather(server)
            here = await stack.enter_async_context(
                station(folder / number, family, weather.road(number), family)
            )
            terminal = Terminal(here, await here.memory.pump(), weather)
            await terminal.settle()
            answer = await here.memory.record(here.issue(500))
            assert isinstance(answer, Recorded)
            terminal.slip = answer.facts[0].event.subjects().slip or ""
            terminal.ticked.append(answer.facts[0].event_id)
            terminals.append(terminal)
        yield terminals


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_fleet_in_bad_weather_counts_every_tick_exactly_once(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    server = Server(tmp_path)
    server.describe()
    async with fleet(tmp_path, server) as terminals:
        server.back_up()
        for _ in range(ROUNDS):
            terminal = chance.choice(terminals)
            match chance.randrange(10):
                case 0 if chance.random() < 0.3:
                    server.restore()
                case 1 if chance.random() < 0.3:
                    server.back_up()
                case 2 | 3 | 4 | 5:
                    for _ in range(chance.randrange(1, 5)):
                        await terminal.report(chance.randrange(1, 9))
                case _:
                    terminal.weather.faults.extend(
                        chance.choice((None, chance.choice(FAULTS))) for _ in range(4)
                    )
                    terminal.here.clock.pass_ms(chance.randrange(90_000))
                    await terminal.pump.step()
        for _ in range(2):
            for terminal in terminals:
                await terminal.settle()
        counted = server.counted()
        for terminal in terminals:
            assert {event: counted[event] for event in terminal.ticked} == dict.fromkeys(terminal.ticked, 1)
            standing = await terminal.here.memory.standing()
            assert (standing.safe, standing.oldest_waiting_s) == (standing.recorded, None)
        shown = [
            {slip: int(found.lines[10].good) for slip, found in order.slips.items()}
            for order in [
                (await terminal.here.memory.picture(Subjects(order=ORDER))).order for terminal in terminals
            ]
        ]
    server.stop()
    assert shown == [{terminal.slip: terminal.good for terminal in terminals}] * 3

"""The memory as the terminal holds it: running by itself, told from outside, stopped in time."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from floor.events import Subjects
from floor.network import NetworkState
from floor.refusals import Refusal
from floor.station import (
    Recorded,
)
from kiosk.ports import Memory
from sync.errors import CannotOpenError, NotSavedError, StoppedError
from sync.incidents import Incident
from sync.memory import StationMemory
from sync.writer import OPERATOR_JOBS_MAX, Writer
from tests.sync.road import incident_names
from tests.sync.server import Server, Weather
from tests.sync.world import ORDER, Clock, Ids, Station, station


async def _until(true: Callable[[], object], seconds_max: float = 10.0) -> None:
    """Waiting, in one place."""
    deadline = time.monotonic() + seconds_max
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.01)


def test_the_terminal_can_hold_it(tmp_path: Path) -> None:
    memory: Memory = StationMemory(tmp_path, Clock(), Ids(), Random(1))
    wanted = {name for name in vars(Memory) if not name.startswith("_")}
    assert wanted <= set(dir(memory))


async def test_what_is_recorded_travels_by_itself_and_health_is_told(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.describe()
    server.enrol("station-1")
    weather = Weather(server)
    clock, ids = Clock(), Ids()
    memory = StationMemory(tmp_path / "here", clock, ids, Random(1), weather.road("station-1"))
    await memory.start()
    here = Station(memory, clock, ids)
    pump = await memory.pump()
    await _until(lambda: pump.network is NetworkState.ONLINE)
    await _until(lambda: weather.seen and weather.seen[-1] == "feed")
    answer = await memory.record(here.report())
    assert isinstance(answer, Recorded)
    await _until(lambda: server.counted()[answer.facts[0].event_id] == 1)
    await _until((tmp_path / "here/health.json").exists)
    health = json.loads((tmp_path / "here/health.json").read_text())
    assert [order.number for order in await memory.open_orders()] == [ORDER]
    began = time.monotonic()
    await memory.stop()
    assert time.monotonic() - began < 2
    server.stop()
    assert set(health) >= {"recorded", "safe", "network", "trouble", "oldest_waiting_s", "written_ms", "head"}


async def _trouble(memory: StationMemory) -> str:
    return (await memory.standing()).trouble or ""


async def test_a_road_that_cannot_be_begun_is_told_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.memory.ROAD_TRIED_EVERY_S", 0.01)
    server = Server(tmp_path)
    server.enrol("station-1")
    good = Weather(server).road("station-1")
    clock, ids = Clock(), Ids()
    memory = StationMemory(
        tmp_path / "here", clock, ids, Random(1), replace(good, url="http://server:eighty")
    )
    await memory.start()
    try:
        await _until(lambda: Incident.NO_ROAD.value in incident_names(tmp_path, "here"))
        assert "road to the server cannot be begun" in await _trouble(memory)
        assert isinstance(await memory.record(Station(memory, clock, ids).report()), Recorded)
        monkeypatch.setattr(memory, "_road", good)
        await _until(lambda: memory._network() is NetworkState.ONLINE)
        assert await _trouble(memory) == ""
        assert incident_names(tmp_path, "here") == [Incident.NO_ROAD.value]
    finally:
        await memory.stop()
        server.stop()


async def test_health_that_cannot_be_told_is_told_as_trouble_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.health.WRITTEN_EVERY_S", 0.01)
    memory = StationMemory(tmp_path, Clock(), Ids(), Random(1))

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as mistaken:
        mistaken.setattr("sync.health.write", broken)
        await memory.start()
        await _until(lambda: Incident.HEALTH.value in incident_names(tmp_path, "."))
        assert "health" in await _trouble(memory)
    await _until((tmp_path / "health.json").exists)
    await _until(lambda: memory._incidents.trouble is None)
    await memory.stop()


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TRIGGER event_never_update; UPDATE event SET kind = 'reborted'",
        "DROP TRIGGER event_never_delete; DELETE FROM event",
    ],
    ids=["cannot be read", "is absent"],
)
async def test_the_foot_still_speaks_when_the_oldest_that_waits_is_damaged(
    tmp_path: Path, damage: str
) -> None:
    async with station(tmp_path) as here:
        await here.memory.record(here.report())
        await here.inside(lambda memory: memory.ledger.disk.connection.executescript(damage))
        standing = await here.memory.standing()
    assert (standing.recorded, standing.safe, standing.oldest_waiting_s) == (1, 0, 0)


async def test_a_mistake_in_the_pump_does_not_end_the_road(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server(tmp_path)
    server.enrol("station-1")
    async with station(tmp_path / "here", road=Weather(server).road("station-1")) as here:
        pump = await here.memory.pump()
        steps = 0

        async def broken() -> None:
            nonlocal steps
            steps += 1
            raise ZeroDivisionError

        monkeypatch.setattr(pump, "step", broken)
        monkeypatch.setattr("sync.pace.backoff_s", lambda failures, chance: 0.0)
        running = asyncio.create_task(pump.run())
        await _until(lambda: steps > 2)
        running.cancel()
        assert "fault" in ((await here.memory.standing()).trouble or "")
        assert isinstance(await here.memory.record(here.report()), Recorded)
    server.stop()


async def test_a_station_without_a_server_says_so(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        assert (await here.memory.standing()).network is NetworkState.ALONE
        with pytest.raises(StoppedError):
            await here.memory.pump()


async def test_a_closed_memory_answers_nothing(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        pass
    with pytest.raises(StoppedError):
        await here.memory.record(here.report())
    with pytest.raises(StoppedError):
        await here.memory.picture(Subjects(order=ORDER))


# The writer's thread


async def test_the_operator_goes_before_the_pump() -> None:
    done: list[str] = []
    writer = Writer(done.append)
    writer.start()
    gate = asyncio.Event()
    loop = asyncio.get_running_loop()

    def wait_for_the_gate() -> None:
        asyncio.run_coroutine_threadsafe(gate.wait(), loop).result()

    first = asyncio.create_task(writer.pump(wait_for_the_gate))
    await asyncio.sleep(0.02)
    pumped = [asyncio.create_task(writer.pump(lambda: done.append("pump"))) for _ in range(3)]
    await asyncio.sleep(0)
    operated = [asyncio.create_task(writer.operator(lambda: done.append("operator"))) for _ in range(3)]
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(first, *pumped, *operated)
    await writer.stop(lambda: done.append("last"))
    assert done == ["operator"] * 3 + ["pump"] * 3 + ["last"]


async def test_a_queue_that_is_full_says_so_and_a_report_is_not_promised(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        gate = asyncio.Event()
        loop = asyncio.get_running_loop()
        blocked = asyncio.create_task(
            here.inside(lambda _: asyncio.run_coroutine_threadsafe(gate.wait(), loop).result())
        )
        await asyncio.sleep(0.02)
        waiting = [asyncio.create_task(here.memory.open_runs()) for _ in range(OPERATOR_JOBS_MAX)]
        await asyncio.sleep(0)
        assert await here.memory.record(here.report()) is Refusal.NOT_SAVED
        gate.set()
        await asyncio.gather(blocked, *waiting)
        assert isinstance(await here.memory.record(here.report()), Recorded)


async def test_what_goes_wrong_after_an_answer_is_told_and_the_thread_lives() -> None:
    faults: list[Exception] = []
    writer = Writer(faults.append)
    writer.start()

    def fail() -> None:
        raise ZeroDivisionError

    assert await writer.operator(lambda: 7, fail) == 7
    with pytest.raises(ZeroDivisionError):
        await writer.operator(fail)
    assert await writer.operator(lambda: 8) == 8
    await writer.stop(lambda: None)
    assert [type(fault) for fault in faults] == [ZeroDivisionError]


async def test_a_question_that_nobody_waits_for_any_more_is_not_asked() -> None:
    writer = Writer(lambda error: None)
    writer.start()
    asked: list[int] = []
    gate = asyncio.Event()
    loop = asyncio.get_running_loop()
    first = asyncio.create_task(
        writer.operator(lambda: asyncio.run_coroutine_threadsafe(gate.wait(), loop).result())
    )
    await asyncio.sleep(0.02)
    second = asyncio.create_task(writer.operator(lambda: asked.append(1)))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    gate.set()
    await first
    await writer.stop(lambda: None)
    assert asked == []


async def test_a_damaged_ledger_is_told_by_name_and_can_be_tried_again(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        for _ in range(20):
            await here.memory.record(here.report())
    whole = (tmp_path / "ledger.db").read_bytes()
    page_bytes = 4096
    (tmp_path / "ledger.db").write_bytes(whole[:page_bytes] + b"\xff" * (len(whole) - page_bytes))
    for _ in range(2):
        with pytest.raises((CannotOpenError, NotSavedError)):
            async with station(tmp_path):
                pass
    (tmp_path / "ledger.db").write_bytes(whole)
    async with station(tmp_path) as here:
        assert (await here.memory.standing()).recorded == 20

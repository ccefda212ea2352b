"""The road to the real server, in every weather."""

import json
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from floor.chain import first_hash
from floor.events import Subjects
from floor.network import NetworkState
from floor.people import Person
from floor.refusals import Refusal
from floor.station import (
    Recorded,
    SyncMark,
)
from sync.pump import Pump
from sync.verdicts import Verdict
from tests.sync.server import (
    Fault,
    Server,
    Weather,
    login_page,
    lost_answer,
    lost_request,
    not_echoed,
    redirect,
    sent_twice,
    status,
    timed_out,
    truncated,
)
from tests.sync.world import ORDER, Station, station


@asynccontextmanager
async def _connected(
    folder: Path, server: Server, number: str = "station-1", family: int = 1
) -> AsyncIterator[tuple[Station, Pump, Weather]]:
    weather = Weather(server)
    if number not in server.tokens:
        server.enrol(number)
    async with station(folder / number, family, weather.road(number), seed=family) as here:
        yield here, await here.memory.pump(), weather


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A server's files with a plant in them, made once."""
    folder = tmp_path_factory.mktemp("described")
    made = Server(folder)
    made.describe()
    made.stop()
    return folder / "central"


@pytest.fixture
def server(tmp_path: Path, described: Path) -> Iterator[Server]:
    shutil.copytree(described, tmp_path / "central")
    made = Server(tmp_path)
    yield made
    made.stop()


async def _record(here: Station, count: int = 1, slip: str = "BBBBBBBB") -> list[str]:
    ids = []
    for _ in range(count):
        answer = await here.memory.record(here.report(slip))
        assert isinstance(answer, Recorded)
        ids.append(answer.facts[0].event_id)
    return ids


async def _settle(pump: Pump, steps_max: int = 30) -> None:
    """Steps until all is said, however often the road turns back."""
    for _ in range(steps_max):
        pause = await pump.step()
        if pause.went_well and pause.seconds:
            return
    raise AssertionError(f"not settled: {pause}")


def _incidents(folder: Path, number: str = "station-1") -> list[str]:
    path = folder / number / "incidents.jsonl"
    lines = path.read_text().splitlines() if path.exists() else []
    return [json.loads(line)["incident"] for line in lines]


async def test_what_is_recorded_reaches_the_server_once_and_is_shown_as_safe(
    tmp_path: Path, server: Server
) -> None:
    async with _connected(tmp_path, server) as (here, pump, weather):
        ids = await _record(here, 3)
        assert (await here.memory.standing()).network is NetworkState.STARTING
        await _settle(pump)
        standing = await here.memory.standing()
        last = await here.memory.last_reports()
    assert (standing.recorded, standing.safe, standing.network) == (3, 3, NetworkState.ONLINE)
    assert {report.mark for report in last} == {SyncMark.SAFE}
    assert {event: server.counted()[event] for event in ids} == dict.fromkeys(ids, 1)
    assert weather.seen[:3] == ["hello", "push", "feed"]


async def test_the_plant_people_prefix_and_other_stations_facts_come_down(
    tmp_path: Path, server: Server
) -> None:
    server.employ(Person(person="7", name="Anna", badge="BCDFGH"))
    async with (
        _connected(tmp_path, server) as (here, pump, _),
        _connected(tmp_path, server, "station-2", 2) as (there, their_pump, _),
    ):
        await _settle(pump)
        assert [order.number for order in await here.memory.open_orders()] == [ORDER]
        assert await here.memory.person_by_badge("BCDFGH") == Person(person="7", name="Anna", badge="BCDFGH")
        answer = await here.memory.record(here.issue(10))
        assert isinstance(answer, Recorded)
        slip = answer.facts[0].event.subjects().slip or ""
        await _record(here, 4, slip)
        await _settle(pump)
        await _settle(their_pump)
        seen = (await there.memory.picture(Subjects(slip=slip))).order.slips[slip]
        assert seen.lines[10].good == 4
        stream = answer.facts[0].stream
        with server.central.database.reading() as connection:
            assert server.central.plant.read(connection).streams[stream].prefix == slip[:3]


async def test_many_waiting_facts_go_out_in_batches_of_256(tmp_path: Path, server: Server) -> None:
    async with _connected(tmp_path, server) as (here, pump, weather):
        await here.inside(
            lambda memory: [memory.ledger.record(here.report(), here.clock()) for _ in range(700)]
        )
        await _settle(pump)
        assert (await here.memory.standing()).safe == 700
        assert weather.seen.count("push") == 3


@pytest.mark.parametrize(
    "fault",
    [
        lost_request,
        lost_answer,
        sent_twice,
        timed_out,
        login_page,
        redirect,
        not_echoed,
        truncated,
        status(500),
    ],
    ids=lambda fault: fault.__name__,
)
@pytest.mark.parametrize("at", [0, 1, 2], ids=["hello", "push", "feed"])
async def test_each_fault_at_each_request_heals_and_everything_counts_once(
    tmp_path: Path, server: Server, fault: Fault, at: int
) -> None:
    async with _connected(tmp_path, server) as (here, pump, weather):
        ids = await _record(here, 5)
        weather.faults.extend([None] * at + [fault])
        first = await pump.step()
        ids += await _record(here, 2)
        if not first.went_well:
            assert (await here.memory.standing()).network is first.verdict.network
            assert 1 <= first.seconds <= 60
            weather.seen.clear()
        await _settle(pump)
        if not first.went_well:
            assert weather.seen[0] == "hello"
        assert (await here.memory.standing()).safe == 7
    assert {event: server.counted()[event] for event in ids} == dict.fromkeys(ids, 1)


async def test_a_login_page_is_named_and_nothing_is_taken_for_acknowledged(
    tmp_path: Path, server: Server
) -> None:
    async with _connected(tmp_path, server) as (here, pump, weather):
        await _record(here, 3)
        weather.faults.extend([login_page, redirect, None, login_page])
        for _ in range(3):
            assert (await pump.step()).verdict is Verdict.BLOCKED
            standing = await here.memory.standing()
            assert (standing.safe, standing.network.value) == (0, "network blocked by a login page")


async def test_a_busy_server_is_left_alone_for_as_long_as_it_asks_within_limits(
    tmp_path: Path, server: Server
) -> None:
    async with _connected(tmp_path, server) as (here, pump, weather):
        await _record(here)
        weather.faults.extend([status(503, Retry_After="40"), status(429, Retry_After="86400"), status(503)])
        assert 40 <= (await pump.step()).seconds <= 44
        assert 300 <= (await pump.step()).seconds <= 330
        assert 1 <= (await pump.step()).seconds <= 60


async def test_a_station_that_is_not_accepted_goes_on_recording(tmp_path: Path, server: Server) -> None:
    async with _connected(tmp_path, server) as (here, pump, _):
        await _record(here)
        server.enrol("station-1")
        assert (await pump.step()).verdict is Verdict.REFUSED
        await _record(here)
        standing = await here.memory.standing()
    assert (standing.recorded, standing.safe, standing.network) == (2, 0, NetworkState.TOKEN_REFUSED)


async def test_another_server_gets_nothing_though_it_takes_the_token(tmp_path: Path, server: Server) -> None:
    other = Server(tmp_path / "test-server")
    other.enrol("station-1")
    async with _connected(tmp_path, server) as (here, pump, weather):
        await _settle(pump)
        await _record(here)
        other.accept("station-1", server.tokens["station-1"])
        weather.server = other
        weather.seen.clear()
        here.clock.pass_ms(60_000)
        assert (await pump.step()).verdict is Verdict.WRONG_SERVER
        assert weather.seen == ["hello"]
        weather.server = server
        await _settle(pump)
        assert (await here.memory.standing()).safe == 1
    other.stop()


# The server's number


async def test_a_gap_is_closed_from_the_servers_number_at_once(tmp_path: Path, server: Server) -> None:
    async with _connected(tmp_path, server) as (here, pump, weather):
        ids = await _record(here, 6)
        await pump._hello()
        [stream] = pump._acked
        pump._acked[stream] = 4
        assert (await pump.step()).went_well
        assert weather.seen == ["hello", "push", "push", "feed"]
        assert (await here.memory.standing()).safe == 6
    assert {event: server.counted()[event] for event in ids} == dict.fromkeys(ids, 1)


async def test_a_server_that_is_ahead_or_elsewhere_holds_another_history(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        await _record(here, 3)
        own = await here.inside(lambda memory: memory.ledger.own)
        await here.inside(lambda memory: memory.outbox.keep(own.stream, 3, None))

        async def compared(acked_through: int, head: str) -> str:
            return await here.inside(lambda memory: memory.outbox.compare(own.stream, acked_through, head))

        assert await compared(3, own.head) == "same"
        assert await compared(4, own.head) == "fork"
        assert await compared(2, own.head) == "fork"
        assert await compared(3, "0" * 64) == "fork"
        assert await compared(0, first_hash(own.header)) == "lost"


async def test_a_server_restored_knowingly_is_greeted_anew_and_read_anew(
    tmp_path: Path, server: Server
) -> None:
    async with _connected(tmp_path, server) as (here, pump, weather):
        ids = await _record(here, 3)
        await _settle(pump)
        server.restore_knowingly()
        here.clock.pass_ms(60_000)
        await _settle(pump)
        assert (await here.memory.standing()).trouble == "The server was restored."
        assert [order.number for order in await here.memory.open_orders()] == [ORDER]
        ids += await _record(here, 1)
        weather.faults.append(status(409, b'{"error": "epoch"}'))
        before = await here.inside(lambda memory: memory.received.mark())
        assert (await pump.step()).verdict is Verdict.OTHER_EPOCH
        assert before.cursor
        assert (await here.inside(lambda memory: memory.received.mark())).cursor is None
        await _settle(pump)
        assert [order.number for order in await here.memory.open_orders()] == [ORDER]
    assert {event: server.counted()[event] for event in ids} == dict.fromkeys(ids, 1)


async def test_what_the_server_has_already_is_known_again_by_its_hash(tmp_path: Path, server: Server) -> None:
    async with _connected(tmp_path, server) as (here, pump, _):
        ids = await _record(here, 6)
        await _settle(pump)
        [stream] = pump._acked
        pump._acked[stream] = 2
        ids += await _record(here, 2)
        await _settle(pump)
        assert (await here.memory.standing()).safe == 8
        assert server.entries(stream) == 8
    assert {event: server.counted()[event] for event in ids} == dict.fromkeys(ids, 1)


async def test_a_server_that_was_restored_gets_everything_again_and_people_are_told(
    tmp_path: Path, server: Server
) -> None:
    async with _connected(tmp_path, server) as (here, pump, _):
        ids = await _record(here, 3)
        await _settle(pump)
        server.back_up()
        ids += await _record(here, 5)
        await _settle(pump)
        assert (await here.memory.standing()).safe == 8
        server.restore()
        assert sum(server.counted()[event] for event in ids) == 3
        here.clock.pass_ms(60_000)
        await _settle(pump)
        assert (await here.memory.standing()).safe == 8
        receipts = [
            json.loads(line)
            for line in (tmp_path / "station-1/incidents.jsonl").read_text().splitlines()
            if json.loads(line)["incident"] == "server_lost"
        ]
    assert {event: server.counted()[event] for event in ids} == dict.fromkeys(ids, 1)
    assert (receipts[0]["kept"], receipts[0]["acked_through"]) == (8, 3)
    assert json.loads(receipts[0]["receipt"])["acked_through"] == 8


async def test_a_station_restarted_after_the_servers_restore_does_not_trust_its_own_mark(
    tmp_path: Path, server: Server
) -> None:
    server.enrol("station-1")
    server.back_up()
    async with _connected(tmp_path, server) as (here, pump, _):
        ids = await _record(here, 5)
        await _settle(pump)
    server.restore()
    async with _connected(tmp_path, server, family=2) as (here, pump, _):
        ids += await _record(here, 1)
        await _settle(pump)
        assert (await here.memory.standing()).safe == 6
    assert {event: server.counted()[event] for event in ids} == dict.fromkeys(ids, 1)


async def test_a_feed_of_another_history_is_read_anew(tmp_path: Path, server: Server) -> None:
    async with (
        _connected(tmp_path, server) as (here, pump, _),
        _connected(tmp_path, server, "station-2", 2) as (there, their_pump, _),
    ):
        await _settle(pump)
        answer = await here.memory.record(here.issue(10))
        assert isinstance(answer, Recorded)
        slip = answer.facts[0].event.subjects().slip or ""
        await _settle(pump)
        server.back_up()
        await _record(there, 3, slip)
        await _settle(their_pump)
        await _settle(pump)
        assert await _good(here, slip) == 3
        server.restore()
        await _record(here, 2, slip)
        for clock in (here.clock, there.clock):
            clock.pass_ms(60_000)
        await _settle(pump)
        assert await _good(here, slip) == 2
        await _settle(their_pump)
        await _settle(pump)
        assert await _good(here, slip) == await _good(there, slip) == 5
    assert "feed_reset" in _incidents(tmp_path)


async def _good(here: Station, slip: str) -> int:
    return int((await here.memory.picture(Subjects(slip=slip))).order.slips[slip].lines[10].good)


async def test_a_cloned_disk_raises_the_alarm_and_goes_on_recording(tmp_path: Path, server: Server) -> None:
    async with _connected(tmp_path, server) as (here, pump, _):
        await _record(here, 2)
    clone = (tmp_path / "station-1/ledger.db").read_bytes()
    async with _connected(tmp_path, server, family=2) as (here, pump, _):
        ids = await _record(here, 3)
        await _settle(pump)
    (tmp_path / "station-1/ledger.db").write_bytes(clone)
    (tmp_path / "station-1/ledger.db.head").unlink()
    async with _connected(tmp_path, server, family=3) as (here, pump, weather):
        await _record(here, 4)
        await _settle(pump)
        standing = await here.memory.standing()
        assert "another history" in (standing.trouble or "")
        assert "push" not in weather.seen
        assert isinstance(await here.memory.record(here.report()), Recorded)
        assert standing.recorded == 6
    assert {event: server.counted()[event] for event in ids} == dict.fromkeys(ids, 1)
    assert _incidents(tmp_path).count("fork") == 1


# What does not fit


async def test_a_batch_that_is_too_large_is_halved_until_it_goes_through(
    tmp_path: Path, server: Server
) -> None:
    async with _connected(tmp_path, server) as (here, pump, weather):
        await _record(here, 40)
        weather.faults.extend([None, status(413), status(422), status(400)])
        await _settle(pump)
        assert (await here.memory.standing()).safe == 40
        assert weather.seen.count("push") > 4


async def test_large_events_are_cut_to_a_mebibyte_a_batch(tmp_path: Path, server: Server) -> None:
    async with _connected(tmp_path, server) as (here, pump, weather):
        for _ in range(100):
            answer = await here.memory.record(here.report(warned=('"' * 7_000,)))
            assert isinstance(answer, Recorded)
        await _settle(pump)
        assert (await here.memory.standing()).safe == 100
        assert weather.seen.count("push") >= 2


async def test_a_silent_road_is_tried_with_smaller_batches(tmp_path: Path, server: Server) -> None:
    async with _connected(tmp_path, server) as (here, pump, weather):
        await _record(here, 20)
        weather.faults.extend([None, timed_out, None, timed_out])
        await pump.step()
        await pump.step()
        assert pump._push_events_max == 64
        await _settle(pump)
        assert (await here.memory.standing()).safe == 20


async def test_one_event_that_the_server_cannot_take_is_salvaged_once_and_kept(
    tmp_path: Path, server: Server
) -> None:
    async with _connected(tmp_path, server) as (here, pump, weather):
        await _record(here, 1)
        weather.faults.extend([None, status(422), None, None, status(422)])
        for _ in range(2):
            assert (await pump.step()).verdict is Verdict.REBUILD
        assert weather.seen == ["hello", "push", "raw", "hello", "push"]
        standing = await here.memory.standing()
        assert "cannot take fact 1" in (standing.trouble or "")
        assert (standing.recorded, standing.safe) == (1, 0)
        await _settle(pump)
        assert (await here.memory.standing()).safe == 1


async def test_a_history_that_was_changed_on_the_disk_is_not_sent(tmp_path: Path, server: Server) -> None:
    async with _connected(tmp_path, server) as (here, pump, weather):
        await _record(here, 3)
        await here.inside(
            lambda memory: memory.ledger.disk.connection.executescript(
                "DROP TRIGGER event_never_update; UPDATE event SET kind = 'reborted' WHERE rowid = 2"
            )
        )
        await _settle(pump)
        standing = await here.memory.standing()
        assert "Entry 2" in (standing.trouble or "")
        assert (standing.safe, weather.seen.count("push")) == (0, 0)


async def test_a_recorded_fact_wakes_the_road_and_a_failure_does_not_let_it_hurry(
    tmp_path: Path, server: Server
) -> None:
    async with _connected(tmp_path, server) as (here, pump, _):
        await _settle(pump)
        assert not pump._nudged.is_set()
        await _record(here)
        assert pump._nudged.is_set()
        assert await here.memory.record(here.report(good=0)) is Refusal.EMPTY_REPORT

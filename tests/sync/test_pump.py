"""The road to the real server, in every weather."""

import json
from pathlib import Path

import httpx
import pytest

from floor.events import Subjects
from floor.people import Person
from floor.refusals import Refusal
from floor.station import NetworkState, Recorded, SyncMark
from sync.errors import UnknownStreamError
from sync.verdicts import Verdict
from tests.sync.road import connected, record, settle
from tests.sync.server import (
    Fault,
    Server,
    Weather,
    answer,
    fair,
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
from tests.sync.world import ORDER


async def test_what_is_recorded_reaches_the_server_once_and_is_shown_as_safe(
    tmp_path: Path, server: Server
) -> None:
    async with connected(tmp_path, server) as (here, pump, weather):
        ids = await record(here, 3)
        assert (await here.memory.standing()).network is NetworkState.STARTING
        await settle(pump)
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
        connected(tmp_path, server) as (here, pump, _),
        connected(tmp_path, server, "station-2", 2) as (there, their_pump, _),
    ):
        await settle(pump)
        assert [order.number for order in await here.memory.open_orders()] == [ORDER]
        assert await here.memory.person_by_badge("BCDFGH") == Person(person="7", name="Anna", badge="BCDFGH")
        answer = await here.memory.record(here.issue(10))
        assert isinstance(answer, Recorded)
        slip = answer.facts[0].event.subjects().slip or ""
        await record(here, 4, slip)
        await settle(pump)
        await settle(their_pump)
        seen = (await there.memory.picture(Subjects(slip=slip))).order.slips[slip]
        assert seen.lines[10].good == 4
        stream = answer.facts[0].stream
        with server.central.database.reading() as connection:
            assert server.central.plant.read(connection).streams[stream].prefix == slip[:3]


async def test_many_waiting_facts_go_out_in_batches_of_256(tmp_path: Path, server: Server) -> None:
    async with connected(tmp_path, server) as (here, pump, weather):
        await here.inside(
            lambda memory: [memory.ledger.record(here.report(), here.clock()) for _ in range(700)]
        )
        await settle(pump)
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
    async with connected(tmp_path, server) as (here, pump, weather):
        ids = await record(here, 5)
        weather.faults.extend([None] * at + [fault])
        first = await pump.step()
        ids += await record(here, 2)
        if not first.went_well:
            assert (await here.memory.standing()).network is first.verdict.network
            assert 1 <= first.seconds <= 60
            weather.seen.clear()
        await settle(pump)
        if not first.went_well:
            assert weather.seen[0] == "hello"
        assert (await here.memory.standing()).safe == 7
    assert {event: server.counted()[event] for event in ids} == dict.fromkeys(ids, 1)


async def test_a_login_page_is_named_and_nothing_is_taken_for_acknowledged(
    tmp_path: Path, server: Server
) -> None:
    async with connected(tmp_path, server) as (here, pump, weather):
        await record(here, 3)
        weather.faults.extend([login_page, redirect, None, login_page])
        for _ in range(3):
            assert (await pump.step()).verdict is Verdict.BLOCKED
            standing = await here.memory.standing()
            assert (standing.safe, standing.network.value) == (0, "network blocked by a login page")


async def test_a_busy_server_is_left_alone_for_as_long_as_it_asks_within_limits(
    tmp_path: Path, server: Server
) -> None:
    async with connected(tmp_path, server) as (here, pump, weather):
        await record(here)
        weather.faults.extend([status(503, Retry_After="40"), status(429, Retry_After="86400"), status(503)])
        assert 40 <= (await pump.step()).seconds <= 44
        assert 300 <= (await pump.step()).seconds <= 330
        assert 1 <= (await pump.step()).seconds <= 60


async def test_a_station_that_is_not_accepted_goes_on_recording(tmp_path: Path, server: Server) -> None:
    async with connected(tmp_path, server) as (here, pump, _):
        await record(here)
        server.enrol("station-1")
        assert (await pump.step()).verdict is Verdict.REFUSED
        await record(here)
        standing = await here.memory.standing()
    assert (standing.recorded, standing.safe, standing.network) == (2, 0, NetworkState.TOKEN_REFUSED)


async def test_a_token_that_is_replaced_or_put_there_is_taken_without_a_new_start(
    tmp_path: Path, server: Server
) -> None:
    lies_there = [""]
    async with connected(tmp_path, server, read_token=lambda: lies_there[0]) as (here, pump, _):
        await record(here)
        server.enrol("station-1")
        assert (await pump.step()).verdict is Verdict.REFUSED
        assert (await here.memory.standing()).network is NetworkState.NO_TOKEN
        lies_there[0] = server.tokens["station-1"]
        await pump.step()
        await settle(pump)
        standing = await here.memory.standing()
        assert (standing.safe, standing.network) == (1, NetworkState.ONLINE)
        server.enrol("station-1")
        assert (await pump.step()).verdict is Verdict.REFUSED
        assert (await here.memory.standing()).network is NetworkState.TOKEN_REFUSED
        lies_there[0] = server.tokens["station-1"]
        await pump.step()
        assert (await pump.step()).went_well


async def test_another_server_gets_nothing_though_it_takes_the_token(tmp_path: Path, server: Server) -> None:
    other = Server(tmp_path / "test-server")
    other.enrol("station-1")
    async with connected(tmp_path, server) as (here, pump, weather):
        await settle(pump)
        await record(here)
        other.accept("station-1", server.tokens["station-1"])
        weather.server = other
        weather.seen.clear()
        here.clock.pass_ms(60_000)
        assert (await pump.step()).verdict is Verdict.WRONG_SERVER
        assert weather.seen == ["hello"]
        weather.server = server
        await settle(pump)
        assert (await here.memory.standing()).safe == 1
    other.stop()


@pytest.mark.parametrize("code", [413, 422, 429, 500, 503])
async def test_what_cannot_go_up_does_not_keep_down_what_others_have_for_us(
    tmp_path: Path, server: Server, code: int
) -> None:
    server.employ(Person(person="7", name="Anna", badge="BCDFGH"))
    async with connected(tmp_path, server) as (here, pump, weather):
        await record(here)
        weather.faults.extend([None, status(code, Retry_After="40")])
        pause = await pump.step()
        assert not pause.went_well
        assert 1 <= pause.seconds <= 60
        assert [order.number for order in await here.memory.open_orders()] == [ORDER]
        assert (await here.memory.standing()).network is pause.verdict.network
        await settle(pump)
        assert (await here.memory.standing()).safe == 1


async def test_of_two_that_turn_back_the_longer_pause_counts(tmp_path: Path, server: Server) -> None:
    async with connected(tmp_path, server) as (here, pump, weather):
        for push_s, feed_s in ((40, 200), (200, 40)):
            await record(here)
            weather.faults.extend([None, status(503, Retry_After=f"{push_s}")])
            weather.faults.append(status(503, Retry_After=f"{feed_s}"))
            assert 200 <= (await pump.step()).seconds <= 220


@pytest.mark.parametrize("fault", [lost_request, timed_out, login_page], ids=lambda fault: fault.__name__)
async def test_a_server_that_is_not_there_is_not_asked_twice(
    tmp_path: Path, server: Server, fault: Fault
) -> None:
    async with connected(tmp_path, server) as (here, pump, weather):
        await record(here)
        weather.faults.extend([None, fault])
        await pump.step()
        assert weather.seen == ["hello", "push"]


async def test_a_server_that_does_not_name_our_stream_is_not_online(tmp_path: Path, server: Server) -> None:
    async with connected(tmp_path, server) as (here, pump, weather):
        await record(here)
        weather.faults.append(_names("ef" * 16))
        assert (await pump.step()).verdict is Verdict.UNKNOWN
        assert (await here.memory.standing()).network is NetworkState.NO_NETWORK
        assert weather.seen == ["hello"]
        with pytest.raises(UnknownStreamError):
            await here.inside(lambda memory: memory.outbox.compare("ef" * 16, 0, "0" * 64))
        await settle(pump)
        assert (await here.memory.standing()).safe == 1


def _names(stream: str) -> Fault:
    """An answer to hello about another stream than was claimed."""

    async def answered(request: httpx.Request, weather: Weather) -> httpx.Response:
        response = await fair(request, weather)
        said = json.loads(await response.aread())
        said["streams"][0]["stream"] = stream
        headers = {"X-Request-Id": request.headers["X-Request-Id"]}
        return answer(200, json.dumps(said).encode(), headers)

    return answered


# What does not fit


async def test_a_batch_that_is_too_large_is_halved_until_it_goes_through(
    tmp_path: Path, server: Server
) -> None:
    async with connected(tmp_path, server) as (here, pump, weather):
        await record(here, 40)
        weather.faults.extend([None, status(413), status(422), status(400)])
        await settle(pump)
        assert (await here.memory.standing()).safe == 40
        assert weather.seen.count("push") > 4


async def test_large_events_are_cut_to_a_mebibyte_a_batch(tmp_path: Path, server: Server) -> None:
    async with connected(tmp_path, server) as (here, pump, weather):
        for _ in range(100):
            answer = await here.memory.record(here.report(warned=('"' * 7_000,)))
            assert isinstance(answer, Recorded)
        await settle(pump)
        assert (await here.memory.standing()).safe == 100
        assert weather.seen.count("push") >= 2


async def test_a_silent_road_is_tried_with_smaller_batches(tmp_path: Path, server: Server) -> None:
    async with connected(tmp_path, server) as (here, pump, weather):
        await record(here, 20)
        weather.faults.extend([None, timed_out, None, timed_out])
        await pump.step()
        await pump.step()
        assert pump._push_events_max == 64
        await settle(pump)
        assert (await here.memory.standing()).safe == 20


async def test_one_event_that_the_server_cannot_take_is_salvaged_once_and_kept(
    tmp_path: Path, server: Server
) -> None:
    async with connected(tmp_path, server) as (here, pump, weather):
        await record(here, 1)
        weather.faults.extend([None, status(422), None, None, None, status(422)])
        for _ in range(2):
            assert (await pump.step()).verdict is Verdict.REBUILD
        assert weather.seen == ["hello", "push", "raw", "feed", "hello", "push", "feed"]
        standing = await here.memory.standing()
        assert "cannot take fact 1" in (standing.trouble or "")
        assert (standing.recorded, standing.safe) == (1, 0)
        await settle(pump)
        assert (await here.memory.standing()).safe == 1


async def test_a_history_that_was_changed_on_the_disk_is_not_sent(tmp_path: Path, server: Server) -> None:
    async with connected(tmp_path, server) as (here, pump, weather):
        await record(here, 3)
        await here.inside(
            lambda memory: memory.ledger.disk.connection.executescript(
                "DROP TRIGGER event_never_update; UPDATE event SET kind = 'reborted' WHERE rowid = 2"
            )
        )
        await settle(pump)
        standing = await here.memory.standing()
        assert "Entry 2" in (standing.trouble or "")
        assert (standing.safe, weather.seen.count("push")) == (0, 0)


async def test_a_recorded_fact_wakes_the_road_and_a_failure_does_not_let_it_hurry(
    tmp_path: Path, server: Server
) -> None:
    async with connected(tmp_path, server) as (here, pump, _):
        await settle(pump)
        assert not pump._nudged.is_set()
        await record(here)
        assert pump._nudged.is_set()
        assert await here.memory.record(here.report(good=0)) is Refusal.EMPTY_REPORT

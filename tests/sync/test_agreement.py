"""The server's number is the truth: gaps, overlaps, restores and clones."""

import json
from pathlib import Path

from floor.chain import first_hash
from floor.events import Subjects
from floor.station import Recorded
from sync.verdicts import Verdict
from tests.sync.road import connected, incident_names, record, settle
from tests.sync.server import (
    Server,
    status,
)
from tests.sync.world import ORDER, Station, station

# The server's number


async def test_a_gap_is_closed_from_the_servers_number_at_once(tmp_path: Path, server: Server) -> None:
    async with connected(tmp_path, server) as (here, pump, weather):
        ids = await record(here, 6)
        await pump._hello()
        [stream] = pump._acked
        pump._acked[stream] = 4
        assert (await pump.step()).went_well
        assert weather.seen == ["hello", "push", "push", "feed"]
        assert (await here.memory.standing()).safe == 6
    assert {event: server.counted()[event] for event in ids} == dict.fromkeys(ids, 1)


async def test_a_server_that_is_ahead_or_elsewhere_holds_another_history(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        await record(here, 3)
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
    async with connected(tmp_path, server) as (here, pump, weather):
        ids = await record(here, 3)
        await settle(pump)
        server.restore_knowingly()
        here.clock.pass_ms(60_000)
        await settle(pump)
        assert (await here.memory.standing()).trouble == "The server was restored."
        assert [order.number for order in await here.memory.open_orders()] == [ORDER]
        ids += await record(here, 1)
        weather.faults.append(status(409, b'{"error": "epoch"}'))
        before = await here.inside(lambda memory: memory.received.mark())
        assert (await pump.step()).verdict is Verdict.OTHER_EPOCH
        assert before.cursor
        assert (await here.inside(lambda memory: memory.received.mark())).cursor is None
        await settle(pump)
        assert [order.number for order in await here.memory.open_orders()] == [ORDER]
    assert {event: server.counted()[event] for event in ids} == dict.fromkeys(ids, 1)


async def test_what_the_server_has_already_is_known_again_by_its_hash(tmp_path: Path, server: Server) -> None:
    async with connected(tmp_path, server) as (here, pump, _):
        ids = await record(here, 6)
        await settle(pump)
        [stream] = pump._acked
        pump._acked[stream] = 2
        ids += await record(here, 2)
        await settle(pump)
        assert (await here.memory.standing()).safe == 8
        assert server.entries(stream) == 8
    assert {event: server.counted()[event] for event in ids} == dict.fromkeys(ids, 1)


async def test_a_server_that_was_restored_gets_everything_again_and_people_are_told(
    tmp_path: Path, server: Server
) -> None:
    async with connected(tmp_path, server) as (here, pump, _):
        ids = await record(here, 3)
        await settle(pump)
        server.back_up()
        ids += await record(here, 5)
        await settle(pump)
        assert (await here.memory.standing()).safe == 8
        server.restore()
        assert sum(server.counted()[event] for event in ids) == 3
        here.clock.pass_ms(60_000)
        await settle(pump)
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
    async with connected(tmp_path, server) as (here, pump, _):
        ids = await record(here, 5)
        await settle(pump)
    server.restore()
    async with connected(tmp_path, server, family=2) as (here, pump, _):
        ids += await record(here, 1)
        await settle(pump)
        assert (await here.memory.standing()).safe == 6
    assert {event: server.counted()[event] for event in ids} == dict.fromkeys(ids, 1)


async def test_a_feed_of_another_history_is_read_anew(tmp_path: Path, server: Server) -> None:
    async with (
        connected(tmp_path, server) as (here, pump, _),
        connected(tmp_path, server, "station-2", 2) as (there, their_pump, _),
    ):
        await settle(pump)
        answer = await here.memory.record(here.issue(10))
        assert isinstance(answer, Recorded)
        slip = answer.facts[0].event.subjects().slip or ""
        await settle(pump)
        server.back_up()
        await record(there, 3, slip)
        await settle(their_pump)
        await settle(pump)
        assert await _good(here, slip) == 3
        server.restore()
        await record(here, 2, slip)
        for clock in (here.clock, there.clock):
            clock.pass_ms(60_000)
        await settle(pump)
        assert await _good(here, slip) == 2
        await settle(their_pump)
        await settle(pump)
        assert await _good(here, slip) == await _good(there, slip) == 5
    assert "feed_reset" in incident_names(tmp_path)


async def _good(here: Station, slip: str) -> int:
    return int((await here.memory.picture(Subjects(slip=slip))).order.slips[slip].lines[10].good)


async def test_a_cloned_disk_raises_the_alarm_and_goes_on_recording(tmp_path: Path, server: Server) -> None:
    async with connected(tmp_path, server) as (here, pump, _):
        await record(here, 2)
    clone = (tmp_path / "station-1/ledger.db").read_bytes()
    async with connected(tmp_path, server, family=2) as (here, pump, _):
        ids = await record(here, 3)
        await settle(pump)
    (tmp_path / "station-1/ledger.db").write_bytes(clone)
    (tmp_path / "station-1/ledger.db.head").unlink()
    async with connected(tmp_path, server, family=3) as (here, pump, weather):
        await record(here, 4)
        await settle(pump)
        standing = await here.memory.standing()
        assert "another history" in (standing.trouble or "")
        assert "push" not in weather.seen
        assert isinstance(await here.memory.record(here.report()), Recorded)
        assert standing.recorded == 6
    assert {event: server.counted()[event] for event in ids} == dict.fromkeys(ids, 1)
    assert incident_names(tmp_path).count("fork") == 1

"""What the feed brings: kept once, judged, and filled anew when the server is another one."""

from decimal import Decimal
from pathlib import Path

import pytest

from floor.events import (
    KINDS,
    Demand,
    Reported,
    Subjects,
)
from floor.source import Source
from floor.station import Recorded
from tests.sync.world import ANNA, ITEM, ORDER, THERE, Clock, Feed, Ids, Station, content, issued, station


def _reported(good: int = 1) -> Reported:
    return Reported(
        at=Clock().reading(),
        by=ANNA,
        slip="XXXXXXXX",
        order=ORDER,
        content=content(good),
        source=Source.SCAN,
    )


async def _good(here: Station) -> Decimal | int:
    slips = (await here.memory.picture(Subjects(order=ORDER))).order.slips
    return sum((slip.lines[10].good for slip in slips.values()), 0)


async def _rows(here: Station) -> int:
    count = "SELECT count(*) FROM received"
    return int(await here.inside(lambda memory: memory.ledger.disk.connection.execute(count).fetchone()[0]))


def _shop() -> Feed:
    feed = Feed()
    feed.describe()
    feed.add(issued("XXXXXXXX"), THERE, "station-2")
    return feed


async def test_others_facts_count_here_once_however_often_the_page_comes(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        feed = _shop()
        feed.add(_reported(4), THERE, "station-2")
        await here.take(feed)
        await here.take(feed)
        assert await _good(here) == 4
        assert await _rows(here) == len(feed.items)


async def test_the_stations_own_facts_are_not_kept_a_second_time(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        feed = _shop()
        await here.take(feed)
        recorded = await here.memory.record(here.report("XXXXXXXX", good=4))
        assert isinstance(recorded, Recorded)
        rows = await _rows(here)
        own = recorded.facts[0]
        seen = len(feed.items)
        feed.add(own.event, own.stream, "station-1", own.event_id)
        await here.take(feed, seen)
        assert (await _good(here), await _rows(here)) == (4, rows)


async def test_an_id_with_two_contents_counts_as_it_came_first_and_is_told(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        feed = _shop()
        ids = Ids(5)
        one = ids()
        feed.add(_reported(4), THERE, "station-2", one)
        feed.add(_reported(9), "d3" * 16, "station-3", one)
        await here.take(feed)
        assert await _good(here) == 4
        assert await _rows(here) == len(feed.items)
        assert "two contents" in ((await here.memory.standing()).trouble or "")


async def test_a_re_homed_event_has_two_places_and_counts_once(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        feed = _shop()
        one = Ids(5)()
        feed.add(_reported(4), THERE, "station-2", one)
        feed.add(_reported(4), "d3" * 16, "station-2", one)
        await here.take(feed)
        assert await _good(here) == 4


async def test_an_item_that_is_not_what_was_sealed_is_kept_aside_and_the_rest_counts(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        feed = _shop()
        feed.items.append(feed.add(_reported(4), THERE, "station-2").model_copy(update={"digest": "0" * 64}))
        del feed.items[-2]
        feed.add(_reported(3), THERE, "station-2")
        await here.take(feed)
        assert await _good(here) == 3
        assert "not what was sealed" in ((await here.memory.standing()).trouble or "")


async def test_e22_a_kind_that_this_release_does_not_know_waits_for_one_that_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = _shop()
    feed.add(_reported(4), THERE, "station-2")
    with monkeypatch.context() as older:
        older.delitem(KINDS, "reported")
        async with station(tmp_path) as here:
            await here.take(feed)
            assert await _good(here) == 0
            assert await _rows(here) == len(feed.items)
    async with station(tmp_path) as here:
        assert await _good(here) == 4


async def test_a_page_for_an_older_question_is_passed_over(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        feed = _shop()
        page = feed.page()
        asked = await here.inside(lambda memory: memory.received.mark())
        await here.take(feed)
        assert await here.inside(lambda memory: memory.received.take(page, asked)) == 0


async def test_e23_a_new_generation_is_read_only_when_it_is_whole(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        feed = _shop()
        feed.add(_reported(4), THERE, "station-2")
        await here.take(feed)
        await here.inside(lambda memory: memory.received.begin_generation())
        other = Feed(epoch="epoch-2")
        other.describe()
        other.add(issued("XXXXXXXX"), THERE, "station-2")
        await here.take(other, has_more=True)
        assert await _good(here) == 4
        seen = len(other.items)
        other.add(_reported(1), THERE, "station-2")
        await here.take(other, seen)
        assert await _good(here) == 1
        while await here.inside(lambda memory: memory.received.sweep()):
            pass
        assert await _rows(here) == len(other.items)


async def test_a_generation_that_was_cut_off_begins_anew_after_a_restart(tmp_path: Path) -> None:
    feed = _shop()
    feed.add(_reported(4), THERE, "station-2")
    async with station(tmp_path) as here:
        await here.take(feed)
        await here.inside(lambda memory: memory.received.begin_generation())
        await here.take(Feed(epoch="epoch-2"), has_more=True)
        await here.inside(lambda memory: memory.received.begin_generation())
    async with station(tmp_path) as here:
        assert await _good(here) == 4
        await here.take(feed)
        assert await _good(here) == 4


async def test_a_page_larger_than_one_transaction_is_cut(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        feed = _shop()
        for number in range(600):
            feed.confirm(f"M{number}", Demand(item=ITEM, quantity=Decimal(1)))
        await here.take(feed)
        assert await _rows(here) == len(feed.items)
        assert len(await here.memory.open_orders()) == 601

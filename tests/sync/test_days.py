"""A station's day: what it covers, how it is counted, through a restart and after a fork."""

from datetime import date
from pathlib import Path

import pytest

from floor.chain import StreamHeader, first_hash, seal
from floor.commands import AskDaySheet, CloseDay, CorrectReport
from floor.events import DayClosed, DaySheetAsked
from floor.refusals import Refusal
from sync import chains, days
from sync.ledger import INSERT_ENTRY, INSERT_STREAM
from sync.opening import OpenMemory
from tests.sync.world import ANNA, Station, content, station, told

SLIP = "BBBBBBBB"
DAY = date(2026, 4, 30)


async def close(here: Station) -> DayClosed:
    """The day, closed."""
    closing = CloseDay(intent=here.ids(), by="9001", day=DAY, printer="p")
    closed = told(await here.memory.record(closing)).facts[0].event
    assert isinstance(closed, DayClosed)
    return closed


def re_home(memory: OpenMemory, common: int) -> None:
    """What a station does after a fork: a new stream behind `common`, with the later events once more."""
    ledger, connection = memory.ledger, memory.ledger.disk.connection
    old = ledger.own
    places = chains.places(connection, old.stream, common, 100)
    header = StreamHeader("ef" * 16, old.stream, common, ledger.hash_at(old.stream, common) or "")
    contents = [(place.sealed.event_id, place.sealed.digest) for place in places]
    sealed = seal(header.stream, 0, first_hash(header), contents)
    with ledger.disk.transaction():
        connection.execute("UPDATE stream SET closed = 1")
        connection.execute(
            INSERT_STREAM, (header.stream, header.parent, header.parent_seq, header.parent_hash)
        )
        rows = [(header.stream, place.seq, place.event_id, place.digest, place.hash) for place in sealed]
        connection.executemany(INSERT_ENTRY, rows)
    assert ledger.open_again()


async def test_each_close_covers_what_came_since_the_last_one_and_nothing_twice(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        for good in (1, 2, 3):
            told(await here.memory.record(here.report(good=good)))
        first = await close(here)
        told(await here.memory.record(here.report(good=40)))
        second = await close(here)
    ((one,), (two,)) = first.ranges, second.ranges
    assert (one.first_seq, one.last_seq) == (1, 3)
    assert (two.first_seq, two.last_seq) == (4, 5), "the close itself belongs to what comes after it"
    assert [(first.reports, first.totals[0].good), (second.reports, second.totals[0].good)] == [
        (3, 6),
        (1, 40),
    ]


async def test_a_close_names_the_hash_that_vouches_for_it_and_what_the_server_has(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        recorded = told(await here.memory.record(here.report(good=1)))
        last = told(await here.memory.record(here.report(good=2)))
        stream = recorded.facts[0].stream
        await here.inside(lambda memory: memory.outbox.keep(stream, 1, None))
        day = await here.memory.open_day()
        closed = await close(here)
    assert day.ranges == closed.ranges, "what was shown is what was recorded"
    assert (closed.ranges[0].head, closed.ranges[0].safe_through) == (last.head, 1)
    assert (day.entries, day.unsafe) == (2, 1)


async def test_a_day_is_counted_again_after_a_restart_in_pieces_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days, "READ_MAX", 2)
    async with station(tmp_path) as here:
        first = here.report(good=5)
        told(await here.memory.record(first))
        for good in (6, 7, 8):
            told(await here.memory.record(here.report(good=good)))
        correcting = CorrectReport(
            intent=here.ids(), by=ANNA, slip=SLIP, report=first.intent, content=content(9)
        )
        told(await here.memory.record(correcting))
        before = await here.memory.open_day()
    async with station(tmp_path, family=2) as here:
        again = await here.memory.open_day()
        told(await here.memory.record(here.report(good=1)))
        grown = await here.memory.open_day()
    assert before == again
    assert (again.reports, again.corrected, again.totals[0].good) == (4, 1, 30)
    assert (grown.reports, grown.totals[0].good) == (5, 31)


async def test_an_empty_ledger_has_no_day_to_close(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        assert (await here.memory.open_day()).ranges == ()
        closing = CloseDay(intent=here.ids(), by="9001", day=DAY)
        assert await here.memory.record(closing) is Refusal.NOTHING_TO_CLOSE


async def test_the_sheet_waits_for_its_printer_and_can_be_asked_for_again(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        told(await here.memory.record(here.report(good=1)))
        await close(here)
        (waiting,) = await here.memory.papers_waiting()
        assert isinstance(waiting.event, DayClosed)
        again = AskDaySheet(intent=here.ids(), by="9001", printer="p")
        asked = told(await here.memory.record(again)).facts[0].event
        assert isinstance(asked, DaySheetAsked)
        assert (asked.closing, asked.copy_number) == (waiting.event_id, 2)
        assert len(await here.memory.papers_waiting()) == 2
        assert await here.memory.fact(asked.closing) == waiting


async def test_after_a_fork_no_report_of_a_closed_day_is_counted_again(tmp_path: Path) -> None:
    """Its reports stand in the new stream once more; the day that goes on has only what is new."""
    async with station(tmp_path) as here:
        for good in (1, 2, 3):
            told(await here.memory.record(here.report(good=good)))
        await close(here)
        told(await here.memory.record(here.report(good=40)))
        await here.inside(lambda memory: re_home(memory, 1))
        day = await here.memory.open_day()
    assert (day.reports, day.totals[0].good) == (1, 40)
    assert len(day.ranges) == 2

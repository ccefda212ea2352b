"""What is kept folded is what a fold of everything would show."""

from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final

import pytest

from floor.codec import Fact
from floor.commands import CorrectReport, MergeSlips
from floor.events import (
    Reported,
    SlipSplit,
    StreamBound,
    Subjects,
)
from floor.progress import OrderProgress, fold_order
from floor.source import Source
from floor.station import Recorded
from sync.opening import OpenMemory
from tests.sync.world import (
    ANNA,
    CENTRAL,
    ORDER,
    THERE,
    Clock,
    Feed,
    Station,
    content,
    described,
    issue_slips,
    issued,
    station,
    told,
)

SLIPS: Final = ("XXXXXXXB", "XXXXXXXC", "XXXXXXXD")


def _everything(memory: OpenMemory, order: str | None, slip: str | None) -> OrderProgress:
    """The fold without anything kept."""
    reading = memory.ledger.reading
    order = order or reading.issued_for(slip or "")
    return fold_order(reading.of_order(order) if order else reading.of_unissued(slip or ""))


async def _same(here: Station, order: str | None, slip: str | None) -> None:
    kept = (await here.memory.picture(Subjects(order=order, slip=slip))).order
    assert kept == await here.inside(lambda memory: _everything(memory, order, slip))


def _theirs(chance: Random, slip: str) -> Reported:
    return Reported(
        at=Clock().reading(),
        by=ANNA,
        slip=slip,
        order=chance.choice((None, ORDER)),
        content=content(chance.randrange(1, 9)),
        source=Source.SCAN,
    )


@pytest.mark.parametrize("seed", range(6))
async def test_kept_folds_equal_whole_folds_whatever_is_recorded_and_received(
    tmp_path: Path, seed: int
) -> None:
    chance = Random(seed)
    async with station(tmp_path) as here:
        feed = Feed()
        feed.describe()
        await here.take(feed)
        mine: list[Fact] = []
        for _ in range(40):
            slip = chance.choice(SLIPS)
            match chance.randrange(6):
                case 0:
                    seen = len(feed.items)
                    feed.add(_theirs(chance, slip), THERE, "station-2")
                    await here.take(feed, seen)
                case 1 if chance.random() < 0.4:
                    seen = len(feed.items)
                    feed.add(issued(slip), THERE, "station-2")
                    await here.take(feed, seen)
                case 2:
                    await here.memory.record(here.start_run(slip))
                case 3 if mine:
                    named = chance.choice(mine)
                    undo = CorrectReport(
                        intent=here.ids(),
                        by=ANNA,
                        slip=named.event.subjects().slip or "",
                        report=named.event_id,
                        content=chance.choice((None, content(2))),
                    )
                    await here.memory.record(undo)
                case 4:
                    await here.memory.record(here.issue(5))
                case _:
                    answer = await here.memory.record(here.report(slip, good=chance.randrange(1, 9)))
                    assert isinstance(answer, Recorded)
                    mine.append(answer.facts[0])
            await _same(here, ORDER, None)
            await _same(here, None, chance.choice(SLIPS))
        kept = await here.memory.open_runs()
        await here.inside(lambda memory: memory.ledger.known.forget())
        assert kept == await here.memory.open_runs()
        assert all(run.open for run in kept)


async def test_kept_orders_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.known.ORDERS_KEPT_MAX", 3)
    async with station(tmp_path) as here:
        for number in range(9):
            await here.memory.picture(Subjects(order=f"{number}"))
        kept = await here.inside(lambda memory: list(memory.ledger.known._orders))
    assert kept == [("6", None), ("7", None), ("8", None)]


@pytest.mark.parametrize("seed", range(4))
async def test_kept_folds_equal_whole_folds_when_slips_part_and_join(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    async with station(tmp_path) as here:
        await described(here)
        slips = await issue_slips(here, 60, 20)
        for _ in range(30):
            slip, into = chance.choice(slips), chance.choice(slips)
            command = chance.choice(
                (
                    here.report(slip, good=chance.randrange(1, 5), step=chance.choice((10, 20))),
                    here.split(slip, chance.randrange(1, 4)),
                    MergeSlips(intent=here.ids(), by=ANNA, slip=slip, into=into, step=10),
                )
            )
            answer = await here.memory.record(command)
            if isinstance(answer, Recorded):
                slips += [fact.event.slip for fact in answer.facts if isinstance(fact.event, SlipSplit)]
            await _same(here, ORDER, None)
            await _same(here, None, chance.choice(slips))
        numbers = [slip for slip in slips if (await here.memory.picture(Subjects(slip=slip))).slip(slip)]
        assert len(set(numbers)) == len(slips), "every child is found by its number, and has its own"


async def test_a_split_that_arrives_is_found_from_both_its_slips(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        feed = await described(here)
        (parent,) = await issue_slips(here, 20)
        await _same(here, None, parent)
        seen = len(feed.items)
        split = SlipSplit(
            at=Clock().reading(),
            by=ANNA,
            slip="XXXXXXXB",
            parent=parent,
            order=ORDER,
            step=10,
            quantity=Decimal(8),
            unit="pcs",
        )
        feed.add(split, THERE, "station-2")
        await here.take(feed, seen)
        for slip, waits in ((parent, 12), ("XXXXXXXB", 8)):
            progress = (await here.memory.picture(Subjects(slip=slip))).slip(slip)
            assert progress
            assert progress.lines[10].still_here == waits
            assert (
                await here.inside(lambda memory, slip=slip: memory.ledger.reading.issued_for(slip)) == ORDER
            )


async def test_the_paper_of_a_part_is_asked_for_and_one_without_printer_is_not(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        await described(here)
        (parent,) = await issue_slips(here, 20)
        await here.memory.record(here.split(parent, 3))
        asked = told(await here.memory.record(here.split(parent, 4, printer="slips"))).facts
        assert tuple(await here.memory.papers_waiting())[1:] == asked, "after that of the slip itself"


async def test_every_other_station_is_known_up_to_its_last_fact(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        feed = await described(here)
        for name, stream in (("station-2", THERE), ("station-3", "d4" * 16)):
            at = Clock().reading()
            feed.add(StreamBound(at=at, stream=stream, station=name, prefix="BBF"), CENTRAL, None)
        feed.add(_theirs(Random(1), "XXXXXXXB"), THERE, "station-2")
        later = Clock()
        later.pass_ms(60_000)
        last = _theirs(Random(2), "XXXXXXXC").model_copy(update={"at": later.reading()})
        feed.add(last, THERE, "station-2")
        await here.take(feed, 0)
        assert await here.memory.heard() == {"station-2": last.at.clamped_ms, "station-3": None}

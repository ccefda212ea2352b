"""Numbers for slips, with and without a network."""

from pathlib import Path

from floor.refusals import Refusal
from sync import marks
from tests.sync.world import THERE, described, issue_slips, issued, station

# Slip numbers


async def test_slips_are_numbered_by_the_streams_prefix_and_never_twice(tmp_path: Path) -> None:
    numbers: list[str] = []
    for start in range(3):
        async with station(tmp_path, family=start + 1) as here:
            if start == 0:
                await described(here)
            await here.inside(lambda memory: memory.outbox.keep_prefix(memory.ledger.own.stream, "BCD"))
            numbers += await issue_slips(here, 20, 10)
    assert numbers == ["BCDBBBBB", "BCDBBBBC", "BCDBBBBD", "BCDBBBBF", "BCDBBBBG", "BCDBBBBH"]


async def test_before_a_prefix_is_known_slips_get_random_numbers(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        await described(here)
        numbers = await issue_slips(here, 100, 1)
    assert len(set(numbers)) == 100
    assert len({number[:3] for number in numbers}) > 10


async def test_a_number_that_came_back_from_the_server_is_passed_over(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        feed = await described(here)
        await here.inside(lambda memory: memory.outbox.keep_prefix(memory.ledger.own.stream, "BCD"))
        seen = len(feed.items)
        feed.add(issued("BCDBBBBB"), THERE, "station-1")
        feed.add(issued("BCDBBBBC"), THERE, "station-1")
        await here.take(feed, seen)
        assert await issue_slips(here) == ["BCDBBBBD"]


async def test_a_refused_issue_uses_up_no_number(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        await described(here)
        await here.inside(lambda memory: memory.outbox.keep_prefix(memory.ledger.own.stream, "BCD"))
        assert await here.memory.record(here.issue(0)) is Refusal.QUANTITY_NOT_POSITIVE
        assert await issue_slips(here) == ["BCDBBBBB"]


async def test_the_prefix_of_slips_is_kept_with_its_stream(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        stream = await here.inside(lambda memory: memory.ledger.own.stream)
        await here.inside(lambda memory: memory.outbox.keep_prefix(stream, "BCD"))
        kept = await here.inside(
            lambda memory: marks.get(memory.ledger.disk.connection, marks.prefix(stream))
        )
    assert kept == "BCD"

"""Whether the ledger is the one that was here before."""

from pathlib import Path

import pytest

from floor.station import Recorded
from sync import headfile
from sync.opening import OpenMemory
from tests.sync.world import station

# The ledger that was here before


async def test_the_head_file_shows_that_an_older_copy_was_put_back(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        await here.memory.record(here.report())
    old = (tmp_path / "ledger.db").read_bytes()
    async with station(tmp_path, family=2) as here:
        await here.memory.record(here.report())
        await here.memory.record(here.report())
    (tmp_path / "ledger.db").write_bytes(old)
    async with station(tmp_path, family=3) as here:
        assert "2 entries are missing" in ((await here.memory.standing()).trouble or "")
        assert isinstance(await here.memory.record(here.report()), Recorded)
    assert "history_exchanged" in (tmp_path / "incidents.jsonl").read_text()


@pytest.mark.parametrize("head", ["", "garbage", f"{'0' * 32} nine {'0' * 64}"])
async def test_a_broken_head_file_proves_nothing(tmp_path: Path, head: str) -> None:
    async with station(tmp_path) as here:
        await here.memory.record(here.report())
    headfile.path_beside(tmp_path / "ledger.db").write_text(head)
    async with station(tmp_path, family=2) as here:
        assert (await here.memory.standing()).trouble is None


async def test_another_ledger_in_this_ones_place_is_told(tmp_path: Path) -> None:
    async with station(tmp_path / "a") as here:
        await here.memory.record(here.report())
    async with station(tmp_path / "b", seed=2) as here:
        await here.memory.record(here.report())
    (tmp_path / "a/ledger.db").write_bytes((tmp_path / "b/ledger.db").read_bytes())
    async with station(tmp_path / "a", family=2) as here:
        assert "Another ledger" in ((await here.memory.standing()).trouble or "")


async def test_a_history_that_was_changed_is_found_at_the_start(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        for _ in range(3):
            await here.memory.record(here.report(good=3))
        await here.inside(_falsify)
    async with station(tmp_path, family=2) as here:
        assert "content of entry 2 was changed" in ((await here.memory.standing()).trouble or "")


def _falsify(memory: OpenMemory) -> None:
    connection = memory.ledger.disk.connection
    connection.execute("DROP TRIGGER event_never_update")
    connection.execute(
        'UPDATE event SET body = CAST(replace(CAST(body AS TEXT), \'"good":"3"\', \'"good":"9"\') AS BLOB) '
        "WHERE rowid = 2"
    )

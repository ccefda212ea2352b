"""A real process, really killed: what showed a tick is there, and nothing is there twice."""

import subprocess
import sys
import time
from pathlib import Path
from random import Random

from floor import chain
from sync import chains
from sync.chains import OwnStream, Placed
from sync.opening import OpenMemory
from tests.sync.world import station
from tests.tidy.tree import ROOT

KILLS = 6


def _report_until_killed(folder: Path, family: int, after_s: float) -> tuple[list[str], list[str]]:
    """Ids whose draft was saved, and ids whose tick was shown, before SIGKILL."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.sync.reporter", str(folder), str(family)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "open\n"
    time.sleep(after_s)
    process.kill()
    lines = [line.split() for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    process.wait()
    process.stdout.close()
    return [line[1] for line in lines if line[0] == "draft"], [line[1] for line in lines if line[0] == "tick"]


def _all(memory: OpenMemory) -> tuple[OwnStream, list[Placed]]:
    own = memory.ledger.own
    return own, chains.places(memory.ledger.disk.connection, own.stream, 0, own.last_seq)


async def test_a_process_killed_at_any_moment_loses_no_report_that_was_answered(tmp_path: Path) -> None:
    chance = Random(20)
    drafted: list[str] = []
    ticked: list[str] = []
    async with station(tmp_path):
        pass
    for family in range(1, KILLS + 1):
        drafts, ticks = _report_until_killed(tmp_path, family, chance.uniform(0.01, 0.25))
        drafted, ticked = drafted + drafts, ticked + ticks
        async with station(tmp_path, family=99) as here:
            own, places = await here.inside(_all)
            offered = {draft.intent for draft in await here.memory.drafts()}
            assert (await here.memory.standing()).trouble is None
        recorded = [place.sealed.event_id for place in places]
        assert set(ticked) <= set(recorded)
        assert len(recorded) == len(set(recorded))
        assert set(drafted) <= set(recorded) | offered
        first = chain.first_hash(own.header)
        assert chain.verify(own.stream, 0, first, [place.sealed for place in places]) is None
        assert all(place.intact for place in places)
    assert len(ticked) > KILLS

"""A terminal without a screen: records for ever, and says each tick. Made to be killed."""

import asyncio
import sys
from itertools import count
from pathlib import Path
from random import Random

from floor.station import Draft, Recorded
from sync.memory import StationMemory
from tests.sync.world import Clock, Ids, Station


async def main(folder: Path, family: int) -> None:
    """Save a draft, record it, print its id: the print is the tick."""
    clock, ids = Clock(), Ids(family)
    memory = StationMemory(folder, clock, ids, Random(family))
    await memory.open()
    here = Station(memory, clock, ids)
    print("open", flush=True)
    for good in count(1):
        command = here.report(good=good)
        await memory.save_draft(Draft(command.intent, f"{good}", recorded=False))
        print("draft", command.intent, flush=True)
        assert isinstance(await memory.record(command), Recorded)
        print("tick", command.intent, flush=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))

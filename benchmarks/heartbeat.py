"""A terminal whose event loop is watched: when it could not have taken a key is written down.

python -m benchmarks.heartbeat LATE.jsonl CONFIG.toml
"""

import asyncio
import gc
import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from kiosk.commands.terminal import CRASH_LOG, run_terminal
from kiosk.config import load

BEAT_S: Final = 0.001
WRITTEN_FROM_S: Final = 0.005
"""A beat that is less late than that is on time."""
STANDING_IN_LINE: Final = Path("/proc/thread-self/schedstat")
NICE: Final = -10
"""A terminal has its machine for itself: where we may, other work on it waits."""


@dataclass(frozen=True, slots=True)
class Late:
    """A time in which the loop did nothing else, by the machine's monotonic clock."""

    begun_s: float
    seconds: float
    in_line_s: float
    """Of these, how long other programs had the processors that the loop wanted to run on."""

    @property
    def ended_s(self) -> float:
        """When the loop went on."""
        return self.begun_s + self.seconds

    @property
    def own_s(self) -> float:
        """How long it was our own doing."""
        return max(0.0, self.seconds - self.in_line_s)


async def beat(file: TextIO, line: BinaryIO) -> None:
    """Until cancelled; `line` is what the kernel says of this thread."""
    while True:
        begun, in_line_s = time.monotonic(), stood_in_line_s(line)
        await asyncio.sleep(BEAT_S)
        late_s = time.monotonic() - begun - BEAT_S
        if late_s >= WRITTEN_FROM_S:
            file.write(json.dumps([begun, late_s, stood_in_line_s(line) - in_line_s]) + "\n")


def stood_in_line_s(line: BinaryIO) -> float:
    """For how long this thread wanted to run since its start, and others had the processors."""
    line.seek(0)
    return int(line.read().split()[1]) / 1_000_000_000


def read(path: Path) -> list[Late]:
    """What was written so far, in order."""
    return [Late(*json.loads(line)) for line in path.read_text(encoding="ascii").splitlines()]


async def watched(file: TextIO, line: BinaryIO, settings: Path) -> int:
    """The real terminal on these settings, with a heart; the exit code."""
    heart = asyncio.create_task(beat(file, line))
    try:
        return await run_terminal(load(settings), settings, settings.with_name(CRASH_LOG))
    finally:
        heart.cancel()


def main() -> int:
    """Run until told to leave."""
    with suppress(OSError):
        os.nice(NICE)
    gc.disable()  # as the terminal does, until it is up
    path, settings = map(Path, sys.argv[1:])
    with path.open("a", encoding="ascii", buffering=1) as file, STANDING_IN_LINE.open("rb", 0) as line:
        return asyncio.run(watched(file, line, settings))


if __name__ == "__main__":
    sys.exit(main())

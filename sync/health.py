"""What this station would tell somebody who looks from beside it: one small file.

Never read back: it is written for people and their tools.
"""

import json
from pathlib import Path
from typing import Final

from floor.events import Moment
from floor.station import Standing
from sync.disk import replace_file

WRITTEN_EVERY_S: Final = 5.0
FILE_NAME: Final = "health.json"


def write(
    folder: Path, process: int, standing: Standing, head: str, notes: tuple[str, ...], now: Moment
) -> None:
    """Renamed into place, so that a reader never sees half of it."""
    said = {
        "written_ms": now.wall_ms,
        "process": process,
        "recorded": standing.recorded,
        "safe": standing.safe,
        "oldest_waiting_s": standing.oldest_waiting_s,
        "network": standing.network.value,
        "trouble": standing.trouble,
        "notes": notes,
        "head": head,
    }
    replace_file(folder / FILE_NAME, json.dumps(said) + "\n")

"""The station's clocks, read together.

Never corrects them: the raw reading is kept, and the ledger sees to it that its time never runs backwards.
"""

import time
from pathlib import Path
from typing import Final

from floor.events import Moment

BOOT_ID_FILE: Final = Path("/proc/sys/kernel/random/boot_id")
NS_PER_MS: Final = 1_000_000


def boot_id() -> str:
    """Changes with each start of the machine; `unknown` where the system does not say."""
    try:
        return BOOT_ID_FILE.read_text().strip().replace("-", "")
    except OSError:
        return "unknown"


_BOOT_ID: Final = boot_id()


def moment() -> Moment:
    """Now, by every clock."""
    wall_ms = time.time_ns() // NS_PER_MS
    return Moment(
        wall_ms=wall_ms,
        clamped_ms=wall_ms,
        boot_id=_BOOT_ID,
        monotonic_ms=time.monotonic_ns() // NS_PER_MS,
    )

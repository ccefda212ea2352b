"""Time for what is measured, never for what is recorded.

Never the wall clock: that one jumps. Never one that stands still while the machine sleeps: whoever left
before that has left.
"""

import sys
import time
from typing import Final

NS_PER_MS: Final = 1_000_000


def monotonic_ms() -> float:
    """Milliseconds that never run backwards, sleep of the machine included."""
    if sys.platform == "linux":
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) / NS_PER_MS
    return time.monotonic_ns() / NS_PER_MS

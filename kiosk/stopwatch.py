"""Time for what is measured, never for what is recorded.

Never the wall clock: that one jumps.
"""

import time
from typing import Final

NS_PER_MS: Final = 1_000_000


def monotonic_ms() -> float:
    """Milliseconds that never run backwards."""
    return time.monotonic_ns() / NS_PER_MS

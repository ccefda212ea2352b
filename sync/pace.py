"""How long to wait before the next try.

Never waits itself, and never trusts a wait that somebody else proposes beyond a limit.
"""

from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Final

PAUSE_S_MIN: Final = 1.0
PAUSE_S_MAX: Final = 60.0
DOUBLINGS_MAX: Final = 6
RETRY_AFTER_S_MIN: Final = 1.0
RETRY_AFTER_S_MAX: Final = 300.0
JITTER: Final = 0.1
"""Part of a proposed wait that is added by chance, so that stations do not come back together."""

Chance = Callable[[], float]
"""A number from 0 to 1."""


def backoff_s(failures: int, chance: Chance) -> float:
    """1 to 60 s with full jitter; `failures` in a row, 1 for the first."""
    highest = min(PAUSE_S_MAX, 2.0 ** min(failures, DOUBLINGS_MAX))
    return PAUSE_S_MIN + chance() * (highest - PAUSE_S_MIN)


def retry_after_s(header: str | None, wall_ms: int, chance: Chance) -> float | None:
    """What `Retry-After` asks for (seconds or a date), within 1 to 300 s and jittered; None for garbage."""
    asked = _asked_s(header, wall_ms)
    if asked is None:
        return None
    return min(max(asked, RETRY_AFTER_S_MIN), RETRY_AFTER_S_MAX) * (1.0 + JITTER * chance())


def _asked_s(header: str | None, wall_ms: int) -> float | None:
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return parsedate_to_datetime(text).timestamp() - wall_ms / 1000
    except (ValueError, TypeError, OverflowError):
        return None

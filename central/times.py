"""Moments and ages in words, for people.

Never compares clocks: a moment is shown as the plant's clock on the wall would.
"""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

_SIZES: Final = ((86_400, "d"), (3_600, "h"), (60, "min"))


def age(seconds: int | None) -> str:
    """As people say it: `3 min ago`, `never`."""
    if seconds is None:
        return "never"
    for size, name in _SIZES:
        if seconds >= size:
            return f"{seconds // size} {name} ago"
    return f"{seconds} s ago"


TRACE_SHAPE: Final = "%Y-%m-%d %H:%M:%S"
DAY_SHAPE: Final = "%Y-%m-%d"


def local_time(at_ms: int, zone: ZoneInfo, shape: str) -> str:
    """A moment in `strftime`'s shape; of an impossible one, its number."""
    try:
        return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(zone).strftime(shape)
    except (OverflowError, ValueError, OSError):
        return f"{at_ms} ms"

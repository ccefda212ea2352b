"""The server's clocks and ids: the one place where central looks at the time and draws chance.

Never asked by the rules: they get what was read here as a parameter.
"""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection, select
from uuid_utils import uuid7

from central.tables import STREAM
from floor.events import Moment

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")


def new_id() -> str:
    """A fresh event id."""
    return uuid7().hex


def _boot_id() -> str:
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return uuid4().hex  # no such file here: each start of the server counts as one of the machine


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is here."""

    boot_id: str = field(default_factory=_boot_id)

    def wall_ms(self) -> int:
        """Unix time in ms."""
        return time.time_ns() // 1_000_000

    def moment(self, clamped_ms: int) -> Moment:
        """Now, by every clock, not before `clamped_ms`."""
        wall_ms = self.wall_ms()
        return Moment(
            wall_ms=wall_ms,
            clamped_ms=max(wall_ms, clamped_ms),
            boot_id=self.boot_id,
            monotonic_ms=time.monotonic_ns() // 1_000_000,
        )


def moment(connection: Connection, clock: Clock) -> Moment:
    """Now, not before the last moment in central's own stream."""
    own = select(STREAM.c.clamped_ms).where(STREAM.c.station.is_(None))
    return clock.moment(connection.execute(own).scalar_one())

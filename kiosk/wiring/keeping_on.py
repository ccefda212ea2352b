"""Work on paper that goes on whatever goes wrong in it.

Never hides a mistake: what nobody foresaw stands as an alarm until the work that failed succeeds again.
"""

from collections.abc import Awaitable, Callable
from typing import Protocol

from sync.errors import SyncError


class Alarms(Protocol):
    """Where mistakes are told."""

    async def alarm_paper(self, error: Exception | None) -> None:
        """What nobody foresaw; None when it is over."""


class KeepingOn:
    """What of the work goes wrong now."""

    def __init__(self, alarms: Alarms) -> None:
        self._alarms = alarms
        self._failing: set[str] = set()

    async def does(self, what: str, work: Callable[[], Awaitable[None]]) -> bool:
        """Whether it was done. A disk that cannot now is waited for; anything else is told, too."""
        try:
            await work()
        except SyncError:
            return False
        except Exception as error:
            self._failing.add(what)
            await self._alarms.alarm_paper(error)
            return False
        if what in self._failing:
            self._failing.discard(what)
            if not self._failing:
                await self._alarms.alarm_paper(None)
        return True

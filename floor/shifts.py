"""The plant's calendar: in which shift a moment lies, when that one is over, and where minutes are cut.

Never looks for a time zone: it comes in. A shift is as long as its night is: on the days on which clocks
change it has an hour less, or more.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final

from floor.events import ShiftDefined

MS: Final = 1000
DAY_MS: Final = 24 * 60 * 60 * MS
AHEAD_MS: Final = 8 * DAY_MS
"""So far ahead the next shift is sought: a week, and a day for the clocks."""
SHIFT_MS_MAX: Final = DAY_MS + 60 * 60 * MS
"""No shift is longer than a day on which the clocks go back."""


@dataclass(frozen=True, slots=True)
class Span:
    """A part of time in one shift, or between shifts. Unix times in ms; the end is not part of it."""

    shift: str | None
    began_ms: int
    ended_ms: int


class Calendar:
    """The shifts as they lie in real time."""

    def __init__(self, shifts: Iterable[ShiftDefined], zone: tzinfo) -> None:
        """`zone` is the plant's time zone."""
        self._shifts = sorted(shifts, key=lambda shift: shift.shift)
        self._zone = zone

    def cut(self, began_ms: int, ended_ms: int) -> list[Span]:
        """A part of time, cut wherever a shift begins or ends."""
        if ended_ms <= began_ms:
            return []
        shifts = self._between(began_ms, ended_ms)
        begins = [shift.began_ms for shift in shifts]
        inside = {border for shift in shifts for border in (shift.began_ms, shift.ended_ms)}
        borders = sorted({began_ms, ended_ms, *(border for border in inside if began_ms < border < ended_ms)})
        return [Span(_shift_at(shifts, begins, began), began, ended) for began, ended in pairwise(borders)]

    def over_ms(self, at_ms: int) -> int | None:
        """When the shift of a moment is over; between shifts: when the next begins. None without any."""
        shifts = self._between(at_ms, at_ms + AHEAD_MS)
        now = [shift.ended_ms for shift in shifts if shift.began_ms <= at_ms < shift.ended_ms]
        coming = [shift.began_ms for shift in shifts if shift.began_ms > at_ms]
        return max(now) if now else min(coming, default=None)

    def _between(self, began_ms: int, ended_ms: int) -> list[Span]:
        """Every shift that touches a part of time, by its beginning."""
        found = [
            shift
            for shift in self._near(began_ms, ended_ms)
            if shift.began_ms < ended_ms and shift.ended_ms > began_ms
        ]
        return sorted(found, key=lambda shift: (shift.began_ms, shift.shift or ""))

    def _near(self, began_ms: int, ended_ms: int) -> Iterator[Span]:
        day = datetime.fromtimestamp(began_ms / MS, self._zone).date() - timedelta(days=1)
        last = datetime.fromtimestamp(ended_ms / MS, self._zone).date()
        while day <= last:
            for shift in self._shifts:
                if day.isoweekday() in shift.weekdays:
                    over_midnight = timedelta(days=int(shift.ends <= shift.starts))
                    began = datetime.combine(day, shift.starts, self._zone)
                    ended = datetime.combine(day + over_midnight, shift.ends, self._zone)
                    yield Span(shift.shift, round(began.timestamp() * MS), round(ended.timestamp() * MS))
            day += timedelta(days=1)


def _shift_at(shifts: list[Span], begins: list[int], at_ms: int) -> str | None:
    """The shift at a moment; of several, the one that began last."""
    for shift in reversed(shifts[: bisect_right(begins, at_ms)]):
        if at_ms - shift.began_ms > SHIFT_MS_MAX:
            return None
        if at_ms < shift.ended_ms:
            return shift.shift
    return None

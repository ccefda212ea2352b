"""Moments as people at the terminal read them, in the plant's time.

Never the terminal's own time zone.
"""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from floor.codec import Fact
from kiosk.words import MONTHS, _

MS: Final = 1000
MONTH_CHARS: Final = 3


def clock(zone: ZoneInfo, fact: Fact) -> str:
    """`14:02`, local time of the plant."""
    return datetime.fromtimestamp(fact.event.at.clamped_ms / MS, zone).strftime("%H:%M")


def day_in_words(day: date) -> str:
    """`24 November`."""
    return _("{day} {month}").format(day=day.day, month=_(MONTHS[day.month - 1]))


def short_day(day: date) -> str:
    """`24 Nov`."""
    return _("{day} {month}").format(day=day.day, month=_(MONTHS[day.month - 1])[:MONTH_CHARS])


def day_and_clock(zone: ZoneInfo, fact: Fact) -> str:
    """`24 Nov 13:10`: a run or a downtime may be days old."""
    at = datetime.fromtimestamp(fact.event.at.clamped_ms / MS, zone)
    return f"{short_day(at)} {at:%H:%M}"

"""Words on paper beside those of slips: English here, in the plant's language by whoever has its catalogue.

Never knows a language: `say` comes in, and texts that it is given are collected from the source.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

Say = Callable[[str], str]
"""The text in the plant's language; texts with values are filled by `str.format` afterwards."""


def english(text: str) -> str:
    """For a plant that speaks English, and for whoever has no catalogue."""
    return text


def mark(text: str) -> str:
    """The text itself: it stands in a table, and whoever shows it says it."""
    return text


MONTHS: Final = (
    *(mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June")),
    *(mark("July"), mark("August"), mark("September"), mark("October"), mark("November"), mark("December")),
)


def day_in_words(day: date, say: Say) -> str:
    """`30 April 2026`: no plant mistakes the month for the day."""
    return f"{day.day} {say(MONTHS[day.month - 1])} {day.year}"


def moment_in_words(at: datetime, say: Say) -> str:
    """`30 April 2026 14:02`."""
    return f"{day_in_words(at.date(), say)} {at:%H:%M}"

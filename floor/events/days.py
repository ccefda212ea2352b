"""A station's day, counted and closed like a cash register.

Never says when the day was: it covers ranges of the ledger and names its day, and no clock decides what is in
it.
"""

from datetime import date
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from floor.events.base import Event
from floor.identity import CopyNumber, EventId, Name, StreamId
from floor.quantities import Count, Total, Value

RANGES_MAX: Final = 64

EntryHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""The hash of a ledger's entry: what vouches for all before it."""


class LedgerRange(Value):
    """Entries of one stream without a hole."""

    stream: StreamId
    first_seq: int
    last_seq: int
    """The last one that is covered."""
    head: EntryHash
    """The hash of the last one."""
    safe_through: Count
    """How far the server had this stream when the day was closed, as the station knew it."""


class DayTotal(Value):
    """What a station reported in one unit."""

    unit: Name
    good: Total
    scrap: Total
    rework: Total
    review: Total


class DayClosed(Event):
    """A station's day ends: everything recorded since the last close, in numbers; may ask for its sheet."""

    kind = "day_closed"
    day: date
    ranges: Annotated[tuple[LedgerRange, ...], Field(min_length=1, max_length=RANGES_MAX)]
    """What it covers, stream by stream; the next close begins behind it."""
    reports: Count
    """How many reports are in it."""
    corrected: Count
    """How many corrections are in it, of these reports or of earlier ones."""
    flagged: Count
    """How many of the reports were taken with a warning on the screen."""
    totals: tuple[DayTotal, ...]
    """What its reports say, each as its last correction in these ranges leaves it; by unit."""
    printer: Name | None = None
    """Where the sheet is asked for; None for no paper."""


class DaySheetAsked(Event):
    """The sheet of a day that was closed is asked for again."""

    kind = "day_sheet_asked"
    closing: EventId
    """The DayClosed."""
    copy_number: CopyNumber
    printer: Name
    user: Name | None = None
    """The system's user who asked on the command line, without a badge; None where a person did."""

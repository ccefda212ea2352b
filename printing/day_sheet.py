"""The sheet of a station's day that was closed: what it covers, what it came to, and room to sign.

Never places anything and loads no library that draws; never adds anything up that the event does not say.
"""

from collections.abc import Mapping
from typing import Final, Literal

from floor.chain import HEAD_CHARS_SHOWN
from floor.events import DayClosed
from floor.plant import Plant
from floor.quantities import Value, show
from printing.words import Say, day_in_words, english, moment_in_words

STREAM_CHARS_SHOWN: Final = 8


class DaySheet(Value):
    """One copy of one day's sheet."""

    kind: Literal["day"] = "day"
    title: str
    station: str
    plant: str
    day: str
    figures: tuple[tuple[str, str], ...]
    """(what, how many): the largest words."""
    total_columns: tuple[str, ...]
    totals: tuple[tuple[str, ...], ...]
    """A line for each unit."""
    range_columns: tuple[str, ...]
    ranges: tuple[tuple[str, ...], ...]
    """A line for each stream of the ledger."""
    sentences: tuple[str, ...]
    """What is to be known about these figures."""
    signs: tuple[str, ...]
    """Who signs."""
    copy_mark: str
    again: bool
    """Not the first sheet of this day."""
    foot: str

    @property
    def codes(self) -> frozenset[str]:
        """It has none: nobody reports with it."""
        return frozenset()


def day_sheet(
    closed: DayClosed,
    copy_number: int,
    plant: Plant,
    names: Mapping[str, str],
    station: str,
    say: Say = english,
) -> DaySheet:
    """The sheet of a close, as the copy that it is. `names` holds the names of people by their number."""
    who = names.get(closed.by or "", closed.by or "–")
    when = moment_in_words(plant.local_time(closed.at.clamped_ms), say)
    closed_by = say("Closed by {name}, {when}").format(name=who, when=when)
    return DaySheet(
        title=f"{closed.day.isoformat()} {station} day-close copy-{copy_number}",
        station=station,
        plant=plant.name,
        day=day_in_words(closed.day, say),
        figures=(
            (say("reports"), str(closed.reports)),
            (say("corrections"), str(closed.corrected)),
            (say("with a warning"), str(closed.flagged)),
            (say("not yet at the server"), str(_unsafe(closed))),
        ),
        total_columns=("", say("good"), say("scrap"), say("rework"), say("review")),
        totals=tuple(
            (total.unit, *map(show, (total.good, total.scrap, total.rework, total.review)))
            for total in closed.totals
        ),
        range_columns=(say("ledger"), say("first"), say("last"), say("at the server up to"), say("head")),
        ranges=tuple(
            (
                found.stream[:STREAM_CHARS_SHOWN],
                str(found.first_seq),
                str(found.last_seq),
                str(found.safe_through),
                found.head[:HEAD_CHARS_SHOWN],
            )
            for found in closed.ranges
        ),
        sentences=(
            closed_by,
            say("The figures are what was reported at this terminal, as it was corrected here."),
            say("The server shows the same figures as soon as it has these entries."),
        ),
        signs=(say("Shift leader"), say("Received by")),
        copy_mark=say("COPY {number}").format(number=copy_number),
        again=copy_number > 1,
        foot=f"{plant.name}  ·  {station}",
    )


def _unsafe(closed: DayClosed) -> int:
    """Entries that the server did not have when the day was closed."""
    return sum(
        found.last_seq - max(found.first_seq - 1, min(found.safe_through, found.last_seq))
        for found in closed.ranges
    )

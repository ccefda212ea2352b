"""Who worked how long on an order or a slip: minutes per person, day and shift, for its trace.

Never counts what is still open, and never looks at other orders: a minute in which somebody had a run of
another one open, too, is shown whole in both.
"""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from central.telling import Telling
from central.times import DAY_SHAPE, local_time
from floor.labour import labour
from floor.runs import Run
from floor.shifts import Calendar


class LabourLine(BaseModel):
    """What one person worked on it in one shift."""

    model_config = ConfigDict(frozen=True)

    who: str
    """Number and name."""
    day: str
    """On which the shift, or the work between shifts, began: local date of the plant."""
    shift: str
    """Empty between shifts."""
    minutes: int
    """To the nearest; a crew's hour counts by the plant's rule."""


def labour_lines(runs: Iterable[Run], telling: Telling) -> tuple[LabourLine, ...]:
    """Every person's minutes in these runs, by person, day and shift."""
    plant = telling.plant
    zone = ZoneInfo(plant.time_zone)
    minutes: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    for share in labour(runs, plant.crew_time, Calendar(plant.shifts.values(), zone)):
        day = local_time(share.began_ms, zone, DAY_SHAPE)
        minutes[share.person, day, share.shift or ""] += share.minutes
    return tuple(
        LabourLine(who=telling.person(person), day=day, shift=shift, minutes=round(worked))
        for (person, day, shift), worked in sorted(minutes.items())
    )

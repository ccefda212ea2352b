"""How fresh what is known of others' work is: up to when their stations have been heard.

Never says that nothing happened since: only that nothing later is known here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from floor.plant import Plant
from floor.routing import Step, feeders


@dataclass(frozen=True, slots=True)
class KnownUpTo:
    """A step before this one, and the station there that has been silent longest."""

    step: int
    station: str
    """Its name."""
    heard_ms: int | None
    """Unix time in ms of its last fact that is known here; None when it was never heard."""


def known_up_to(
    plant: Plant, steps: Mapping[int, Step], number: int, heard: Mapping[str, int | None]
) -> KnownUpTo | None:
    """What to say beside a doubt about the steps before `number`; None where nobody else reports on them.

    `heard` holds every other station, with the time of its last known fact.
    """
    found = [
        KnownUpTo(feeder, plant.stations[station].name, heard[station])
        for feeder in (feeders(steps, number) if number in steps else ())
        for station in sorted(heard)
        if station in plant.stations and plant.stations[station].work_centre == steps[feeder].work_centre
    ]
    return min(found, key=lambda known: (known.heard_ms or 0, known.step, known.station), default=None)

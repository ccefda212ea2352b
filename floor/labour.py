"""Worked minutes: of runs without their pauses, per person and shift.

Never guesses: a run that is open, or whose end nobody knows, has no minutes yet. A minute in which somebody
had several runs open is shared between them; what is shared adds up to the minute again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from floor.events import CrewTime
from floor.runs import Run
from floor.shifts import Calendar

MS_PER_MINUTE: Final = 60_000

Stretch = tuple[int, int]
"""Unix times in ms; the end is not part of it."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one person worked in one run during one shift."""

    run: Run
    person: str
    shift: str | None
    """None between shifts."""
    began_ms: int
    """When this part of the shift began."""
    minutes: Fraction


def worked(run: Run) -> list[Stretch]:
    """When a run went on: from its start to its end without its pauses; empty where no end is known."""
    if run.ended_ms is None:
        return []
    stretches, since = [], run.began_ms
    for pause in sorted(run.pauses, key=lambda pause: pause.began_ms):
        stretches.append((since, min(pause.began_ms, run.ended_ms)))
        resumed_ms = run.ended_ms if pause.resumed_ms is None else pause.resumed_ms
        since = max(since, pause.began_ms, resumed_ms)  # the clock of who resumed it may be behind
    stretches.append((since, run.ended_ms))
    return [(began, ended) for began, ended in stretches if began < ended]


def wall_minutes(run: Run) -> Fraction:
    """How long a run went on, whoever worked on it."""
    return _minutes(sum(ended - began for began, ended in worked(run)))


def labour(runs: Iterable[Run], crew_time: CrewTime, calendar: Calendar) -> list[Share]:
    """Every person's minutes in every run, cut at shift borders; ordered by person, moment and run."""
    of_person: dict[str, list[tuple[Run, list[Stretch]]]] = defaultdict(list)
    for run in runs:
        for person in dict.fromkeys(run.started.operators):
            of_person[person].append((run, worked(run)))
    return [
        share
        for person, mine in sorted(of_person.items())
        for share in _shares(person, mine, crew_time, calendar)
    ]


def _shares(
    person: str, mine: Sequence[tuple[Run, list[Stretch]]], crew_time: CrewTime, calendar: Calendar
) -> Iterator[Share]:
    borders = sorted({border for _, stretches in mine for stretch in stretches for border in stretch})
    for began, ended in pairwise(borders):
        going_on = [
            run for run, stretches in mine if any(since <= began < until for since, until in stretches)
        ]
        for span in calendar.cut(began, ended) if going_on else ():
            for run in sorted(going_on, key=lambda run: run.run):
                among = len(going_on) * (_crew(run) if crew_time is CrewTime.SHARED else 1)
                minutes = _minutes(span.ended_ms - span.began_ms) / among
                yield Share(run, person, span.shift, span.began_ms, minutes)


def _crew(run: Run) -> int:
    return len(set(run.started.operators))


def _minutes(duration_ms: int) -> Fraction:
    return Fraction(duration_ms, MS_PER_MINUTE)

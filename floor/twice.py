"""The same pieces reported at two stations that did not know of each other.

Never guesses who knew what: where the place of a report in the server's feed is not known, nothing is said.
"""

from itertools import combinations

from floor.codec import Fact
from floor.events import Reported
from floor.lines import StandingReport, StepLine, accounted


def reported_twice(line: StepLine) -> list[Fact]:
    """The reports of a step with a surplus whose stations could not know of each other."""
    if not line.surplus:
        return []
    counted = [report for report in line.reports if report.content and accounted(report.content)]
    found: dict[str, Fact] = {}
    for one, other in combinations(counted, 2):
        if _apart(one, other) and not _knew(one, other) and not _knew(other, one):
            found |= {report.fact.event_id: report.fact for report in (one, other)}
    return list(found.values())


def _apart(one: StandingReport, other: StandingReport) -> bool:
    """Whether two stations reported: a station may have several streams."""
    return (one.fact.station or one.fact.stream) != (other.fact.station or other.fact.stream)


def _knew(report: StandingReport, of: StandingReport) -> bool:
    """Whether the station of `report` had read about the other one; True where nobody can tell."""
    if of.fact.position is None:
        return True
    read = read_up_to(report.reported)
    return read is None or read >= of.fact.position


def read_up_to(report: Reported) -> int | None:
    """Up to which place in the feed the reporting station had read; None for a mark of another kind."""
    if report.cursor is None:
        return 0
    place = report.cursor.partition(".")[0]
    return int(place) if place.isascii() and place.isdigit() else None

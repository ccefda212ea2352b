"""Pieces counted on arrival, against what was passed on.

Never takes a count for wrong that some order of the facts explains: who counted may not have seen what
another stream reported, and what was passed on later was not there to be counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from floor.codec import Fact
from floor.events import ArrivalCounted
from floor.lines import NOTHING, StandingReport, StepLine, accounted
from floor.progress import SlipProgress
from floor.quantities import Ratio


@dataclass(frozen=True, slots=True)
class Arrival:
    """One stream's last count at a step, in the light of all that is known now."""

    fact: Fact
    counted: Fraction
    """What was said to lie here then, in the step's unit."""
    explained: Fraction
    """So much of what was received by now it was about: more may have come since."""
    difference: Fraction
    """Counted beyond that; below zero what was wanting; zero where all is well."""


def arrivals(slip: SlipProgress, line: StepLine, ratios: dict[int, Ratio]) -> list[Arrival]:
    """The last count of each stream at a step; `ratios` are those of the route's steps."""
    if not line.counts:
        return []
    last: dict[str, Fact] = {}
    for fact in slip.care:
        if isinstance(fact.event, ArrivalCounted) and fact.event.step == line.step:
            last[fact.stream] = fact
    reached = sorted({line.received, *_on_the_way(line, ratios)})
    return [_compared(fact, line, reached) for _, fact in sorted(last.items())]


def newest(found: list[Arrival]) -> Arrival | None:
    """The count that a screen goes by."""
    return max(found, key=lambda one: (one.fact.event.at.clamped_ms, one.fact.event_id), default=None)


def _compared(fact: Fact, line: StepLine, reached: list[Fraction]) -> Arrival:
    event = fact.event
    assert isinstance(event, ArrivalCounted)
    counted = Fraction(event.quantity)
    before = _accounted(report for report in line.reports if _is_before(report, fact))
    perhaps = _accounted(report for report in line.reports if report.fact.stream != fact.stream)
    low, high = counted + before, counted + before + perhaps
    explained = min(reached, key=lambda received: (max(low - received, received - high, NOTHING), -received))
    if explained < low:
        return Arrival(fact, counted, explained, low - explained)
    return Arrival(fact, counted, explained, min(NOTHING, high - explained))


def _is_before(report: StandingReport, count: Fact) -> bool:
    return report.fact.stream == count.stream and report.fact.seq < count.seq


def _accounted(reports: Iterator[StandingReport]) -> Fraction:
    return sum((accounted(report.content) for report in reports if report.content), NOTHING)


def _on_the_way(line: StepLine, ratios: dict[int, Ratio]) -> Iterator[Fraction]:
    """What had been received after each report that passed something on; only the end is known at a join."""
    feeders = {(report.content or report.reported.content).step for report in line.brought_by}
    if line.first or len(feeders) > 1:
        return
    received = NOTHING
    for report in line.brought_by:
        yield received
        content = report.content
        if content is not None and content.step in ratios and line.step in ratios:
            in_order_unit = ratios[content.step].to_order(Fraction(content.good))
            received += ratios[line.step].to_step(in_order_unit)

"""Pieces counted on arrival, against what came.

Never takes a count for wrong that some order of the facts explains: who counted may not have seen what
another stream reported, and what came or went later was not, or still, there to be counted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Final

from floor.codec import Fact
from floor.events import ArrivalCounted, ReviewDecided, ReviewFate, SlipsMerged, SlipSplit
from floor.lines import NOTHING, StepLine, accounted
from floor.progress import SlipProgress
from floor.routing import Step, feeders
from floor.stepfold import ratio_of, sent_by_decision, sent_to_rework

REACHED_MAX: Final = 4096
"""Beyond so many amounts that may have been here at some moment, any up to the last is taken for possible."""

Moved = tuple[Fact, Fraction]
"""Pieces that came or went by a fact, in the step's unit."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One stream's last count at a step, in the light of all that is known now."""

    fact: Fact
    counted: Fraction
    """What was said to lie here then, in the step's unit."""
    explained: Fraction
    """So much of what arrived by now it was about: more may have come since."""
    difference: Fraction
    """Counted beyond that; below zero what was wanting; zero where all is well."""


def arrivals(slip: SlipProgress, line: StepLine, steps: Mapping[int, Step]) -> list[Arrival]:
    """The last count of each stream at a step of a slip; `steps` are the route's."""
    if not line.counts:
        return []
    last: dict[str, Fact] = {}
    for fact in slip.care:
        if isinstance(fact.event, ArrivalCounted) and fact.event.step == line.step:
            last[fact.stream] = fact
    reached = _reached(slip, line, steps) if last else None
    gone = [*_reported(line), *_went(slip.slip, line)] if last else []
    return [_compared(fact, line.arrived, reached, gone) for _, fact in sorted(last.items())]


def newest(found: list[Arrival]) -> Arrival | None:
    """The count that a screen goes by."""
    return max(found, key=lambda one: (one.fact.event.at.clamped_ms, one.fact.event_id), default=None)


def _compared(
    fact: Fact, arrived: Fraction, reached: Collection[Fraction] | None, gone: Iterable[Moved]
) -> Arrival:
    event = fact.event
    assert isinstance(event, ArrivalCounted)
    counted = Fraction(event.quantity)
    before, perhaps = NOTHING, NOTHING
    for other, amount in gone:
        if other.stream != fact.stream:
            perhaps += amount
        elif other.seq < fact.seq:
            before += amount
    low, high = counted + before, counted + before + perhaps
    explained = _nearest(reached, low, high) if reached else min(low, arrived)
    if explained < low:
        return Arrival(fact, counted, explained, low - explained)
    return Arrival(fact, counted, explained, min(NOTHING, high - explained))


def _nearest(reached: Iterable[Fraction], low: Fraction, high: Fraction) -> Fraction:
    """The amount that lies between two others, or misses them least; of several the greatest."""
    return min(reached, key=lambda amount: (max(low - amount, amount - high, NOTHING), -amount))


def _reached(slip: SlipProgress, line: StepLine, steps: Mapping[int, Step]) -> Collection[Fraction] | None:
    """What may have arrived here by some moment; None where it may have been any amount."""
    passed_on = _passed_on(slip, line, steps)
    besides = _sums([*_sent_back(line, steps), *_came(slip.slip, line)])
    if passed_on is None or besides is None or len(passed_on) * len(besides) > REACHED_MAX:
        return None
    return {line.arrived, *(one + other for one in passed_on for other in besides)}


def _passed_on(slip: SlipProgress, line: StepLine, steps: Mapping[int, Step]) -> Collection[Fraction] | None:
    """What the steps before may have passed on by some moment: at a join as little as any of them."""
    if line.first:
        return {ratio_of(steps, line.step).to_step(slip.issued)}
    fed_by = feeders(steps, line.step) if line.step in steps else ()
    if len(fed_by) > 1 and any(other.came for other in slip.lines.values()):
        return None
    found = {NOTHING}
    for feeder in fed_by:
        sums = _sums(_given(slip.lines[feeder]))
        if sums is None:
            return None
        in_order_unit = (ratio_of(steps, feeder).to_order(amount) for amount in sums)
        found |= {ratio_of(steps, line.step).to_step(amount) for amount in in_order_unit}
    return {amount for amount in found if amount <= line.arrived}


def _sums(moved: Iterable[Moved]) -> Collection[Fraction] | None:
    """What may have moved by some moment: of each stream its first facts. None where that is too much."""
    of_stream: dict[str, list[Moved]] = defaultdict(list)
    for one in moved:
        of_stream[one[0].stream].append(one)
    found = {NOTHING}
    for facts in of_stream.values():
        in_turn = sorted(facts, key=lambda one: one[0].seq)
        first = set(accumulate((amount for _, amount in in_turn), initial=NOTHING))
        if len(found) * len(first) > REACHED_MAX:
            return None
        found = {one + other for one in found for other in first}
    return found


def _reported(line: StepLine) -> Iterator[Moved]:
    return ((report.fact, accounted(report.content)) for report in line.reports if report.content)


def _given(line: StepLine) -> Iterator[Moved]:
    """Each time that a step passed on."""
    for report in line.reports:
        if report.content:
            yield report.fact, Fraction(report.content.good)
    for fact in line.decided:
        if isinstance(fact.event, ReviewDecided) and fact.event.fate is ReviewFate.GOOD:
            yield fact, Fraction(fact.event.quantity)


def _sent_back(line: StepLine, steps: Mapping[int, Step]) -> Iterator[Moved]:
    """Each time that pieces were sent here to be made good."""
    for report in dict.fromkeys(line.brought_by):
        yield from ((report.fact, amount) for to, amount in sent_to_rework(report, steps) if to == line.step)
    for fact in dict.fromkeys(line.brought_by_decision):
        yield from ((fact, amount) for to, amount in sent_by_decision(fact, steps) if to == line.step)


def _came(slip: str, line: StepLine) -> Iterator[Moved]:
    """Each time that pieces came with other paper."""
    for fact in line.moves:
        match fact.event:
            case SlipSplit(slip=to, quantity=quantity) | SlipsMerged(into=to, quantity=quantity):
                if to == slip:
                    yield fact, Fraction(quantity)


def _went(slip: str, line: StepLine) -> Iterator[Moved]:
    """Each time that pieces went on with other paper."""
    for fact in line.moves:
        match fact.event:
            case SlipSplit(parent=out_of, quantity=quantity) | SlipsMerged(slip=out_of, quantity=quantity):
                if out_of == slip:
                    yield fact, Fraction(quantity)

"""From what was said about one slip to the figures of its steps.

Never looks beyond the slip: the order's figures are `progress`'s.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from floor.codec import Fact
from floor.events import ReviewDecided, ReviewFate, RunKind
from floor.lines import NOTHING, StandingReport, StepLine, accounted
from floor.moves import Moves, least
from floor.quantities import ONE_TO_ONE, Ratio
from floor.reviews import NONE_MADE, Decisions
from floor.routing import Counting, Step, feeders, landing


def ratio_of(steps: Mapping[int, Step], number: int) -> Ratio:
    return steps[number].ratio if number in steps else ONE_TO_ONE


@dataclass(slots=True)
class _Said:
    """What is said about one step of one slip, here and by those who send pieces here."""

    reports: list[StandingReport] = field(default_factory=list)
    decisions: Decisions = NONE_MADE
    rework_in: Fraction = NOTHING
    senders: list[StandingReport] = field(default_factory=list)
    deciders: list[Fact] = field(default_factory=list)


def _said(
    reports: list[StandingReport], decisions: Mapping[int, Decisions], steps: Mapping[int, Step]
) -> dict[int, _Said]:
    said: dict[int, _Said] = defaultdict(_Said)
    for report in reports:
        said[(report.content or report.reported.content).step].reports.append(report)
        for to_step, amount in sent_to_rework(report, steps):
            said[to_step].rework_in += amount
            said[to_step].senders.append(report)
    for number, made in decisions.items():
        said[number].decisions = made
        for fact in made.facts:
            for to_step, amount in sent_by_decision(fact, steps):
                said[to_step].rework_in += amount
                said[to_step].deciders.append(fact)
    return said


def step_lines(
    quantity: Fraction,
    reports: list[StandingReport],
    decisions: Mapping[int, Decisions],
    moves: Moves,
    steps: Mapping[int, Step],
) -> dict[int, StepLine]:
    said = _said(reports, decisions, steps)
    lines: dict[int, StepLine] = {}

    def passed_on(feeder: int) -> Fraction:
        return ratio_of(steps, feeder).to_order(lines[feeder].good)

    for number in sorted({*steps, *said, *moves.facts}):
        fed_by = feeders(steps, number) if number in steps else ()
        first = number in steps and not fed_by
        planned = quantity if first else least(fed_by, passed_on, moves, steps) or NOTHING
        here = said[number]
        for feeder in fed_by:
            here.senders[:0] = said[feeder].reports
            here.deciders[:0] = said[feeder].decisions.facts
        line = _line(number, first, _counts(steps, number), ratio_of(steps, number).to_step(planned), here)
        lines[number] = _moved(line, moves)
    return lines


def _moved(line: StepLine, moves: Moves) -> StepLine:
    """The line after what came and went with other paper: more than was here cannot be taken from it."""
    came, went = moves.came.get(line.step, NOTHING), moves.went.get(line.step, NOTHING)
    there = line.received + came
    return replace(
        line,
        received=max(NOTHING, there - went),
        came=came,
        went=went,
        gone_over=max(NOTHING, went - there) if line.counts else NOTHING,
        moves=moves.facts.get(line.step, ()),
    )


def _counts(steps: Mapping[int, Step], number: int) -> bool:
    """Whether a step's figures move pieces; those of a step that the route does not have do."""
    return number not in steps or steps[number].counting is Counting.COUNTS


def sent_to_rework(report: StandingReport, steps: Mapping[int, Step]) -> Iterator[tuple[int, Fraction]]:
    """Where a report's rework arrives, in that step's unit."""
    content = report.content
    for rework in content.rework if content else ():
        yield from _landed(content.step if content else 0, rework.to_step, Fraction(rework.quantity), steps)


def sent_by_decision(fact: Fact, steps: Mapping[int, Step]) -> Iterator[tuple[int, Fraction]]:
    """Where pieces arrive that a decision sends to rework, in that step's unit."""
    event = fact.event
    if isinstance(event, ReviewDecided) and event.fate is ReviewFate.REWORK:
        to_step = event.step if event.to_step is None else event.to_step
        yield from _landed(event.step, to_step, Fraction(event.quantity), steps)


def _landed(
    step: int, to_step: int, quantity: Fraction, steps: Mapping[int, Step]
) -> Iterator[tuple[int, Fraction]]:
    """Where pieces sent from `step` to `to_step` are counted; a step that moves nothing sends none."""
    if not _counts(steps, step):
        return
    in_order_unit = ratio_of(steps, step).to_order(quantity)
    for lands in landing(steps, to_step):
        yield lands, ratio_of(steps, lands).to_step(in_order_unit)


def _line(number: int, first: bool, counts: bool, passed_on: Fraction, said: _Said) -> StepLine:
    contents = [report.content for report in said.reports if report.content is not None]
    rework_runs = [content for content in contents if content.run_kind is RunKind.REWORK]
    reported = sum((Fraction(content.good) for content in contents), NOTHING)
    set_aside = sum((Fraction(line.quantity) for content in contents for line in content.review), NOTHING)
    scrap = sum((Fraction(line.quantity) for content in contents for line in content.scrap), NOTHING)
    rework_out = sum((Fraction(line.quantity) for content in contents for line in content.rework), NOTHING)
    decided = said.decisions
    return StepLine(
        step=number,
        first=first,
        counts=counts,
        received=passed_on + said.rework_in,
        rework_in=said.rework_in,
        good=reported + decided.good,
        first_pass_good=reported - sum((Fraction(content.good) for content in rework_runs), NOTHING),
        scrap=scrap + decided.scrap,
        rework_out=rework_out + decided.rework,
        review=max(NOTHING, set_aside - decided.total),
        overdrawn=max(NOTHING, decided.total - set_aside),
        reworked=sum(map(accounted, rework_runs), NOTHING),
        final=any(content.final for content in contents if content.run_kind is not RunKind.REWORK),
        rework_final=any(content.final for content in rework_runs),
        reports=tuple(said.reports),
        brought_by=tuple(said.senders),
        decided=decided.facts,
        brought_by_decision=tuple(said.deciders),
    )

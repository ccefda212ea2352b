"""What each slip and order has: a fold over the order's own events.

Never looks at a clock or at who asks. The same set of facts gives the same progress in whatever order it
arrived. At each counting step of each slip:

    received + surplus = good + scrap + rework out + in review + missing + still here
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from floor.codec import Fact, in_order
from floor.events import (
    OrderEvent,
    ReportContent,
    ReportCorrected,
    Reported,
    RunKind,
    RunStarted,
    SlipIssued,
    SlipReprinted,
)
from floor.life import Life, fold_life
from floor.quantities import ONE_TO_ONE, Ratio
from floor.routing import Counting, Step, by_number, feeders, landing, last_steps
from floor.tags import copy_letter

NOTHING: Final = Fraction(0)


@dataclass(frozen=True, slots=True)
class StandingReport:
    """A report as it counts now."""

    fact: Fact
    reported: Reported
    content: ReportContent | None
    """After corrections; None when withdrawn."""
    corrections: tuple[Fact, ...]
    """All that name it, in order; the last of the greatest stream counts."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of one slip. Amounts are exact, in the step's unit."""

    step: int
    first: bool
    """Fed by the slip's own quantity, not by another step."""
    counts: bool
    received: Fraction
    rework_in: Fraction
    """Part of `received`."""
    good: Fraction
    first_pass_good: Fraction
    """`good` without what rework gave."""
    scrap: Fraction
    rework_out: Fraction
    review: Fraction
    reworked: Fraction
    """Part of `accounted` that rework runs reported."""
    final: bool
    """A report says that the step is done; rework that comes back later is not part of it."""
    rework_final: bool
    """A rework run's report says that the rework is done."""
    reports: tuple[StandingReport, ...]
    """What was said at this step."""
    brought_by: tuple[StandingReport, ...]
    """What was said elsewhere that decides what is received here."""

    @property
    def accounted(self) -> Fraction:
        """What reports say became of the pieces."""
        return self.good + self.scrap + self.rework_out + self.review

    @property
    def surplus(self) -> Fraction:
        """Counted though nobody passed it on; at a first step it is called *made over*."""
        return max(NOTHING, self.accounted - self.received) if self.counts else NOTHING

    @property
    def unaccounted(self) -> Fraction:
        """Received, and not yet said what became of it."""
        return max(NOTHING, self.received - self.accounted) if self.counts else NOTHING

    @property
    def missing(self) -> Fraction:
        """What final reports leave unaccounted: of what was passed on, and of what came back as rework."""
        first_pass = (
            self.received - self.rework_in - (self.accounted - self.reworked) if self.final else NOTHING
        )
        rework = self.rework_in - self.reworked if self.rework_final else NOTHING
        return min(self.unaccounted, max(NOTHING, first_pass) + max(NOTHING, rework))

    @property
    def still_here(self) -> Fraction:
        """What waits at this step."""
        return self.unaccounted - self.missing


@dataclass(frozen=True, slots=True)
class SlipProgress:
    """One slip with all that happened on it."""

    slip: str
    order: str | None
    issues: tuple[Fact, ...]
    """The SlipIssued facts of this order; none for a slip unknown here, two when two stations differ."""
    rivals: tuple[Fact, ...]
    """The SlipIssued facts of the same number for other orders, whose pieces are not counted here."""
    quantity: Fraction
    """In the order's unit."""
    copies: int
    """How many copies were asked for, as far as known here."""
    newest_copy: str
    """The greatest copy letter asked for; two copies made offline may share it."""
    lines: Mapping[int, StepLine]
    runs: tuple[Fact, ...]
    """Runs started and not ended."""
    output: Fraction
    """Good of the last step, in the order's unit."""
    potential: Fraction
    """What can still become good at the last step, in the order's unit."""

    @property
    def known(self) -> bool:
        """Whether its issue is known here."""
        return bool(self.issues)


@dataclass(frozen=True, slots=True)
class OrderProgress:
    """One order, or the slips of no known order."""

    number: str | None
    life: Life
    steps: Mapping[int, Step]
    """The locked route; empty before confirmation."""
    slips: Mapping[str, SlipProgress]
    facts: tuple[Fact, ...]
    """All of the order's own, in order."""

    @property
    def quantity(self) -> Fraction:
        """What is wanted, in the order's unit."""
        return Fraction(self.life.demand.quantity) if self.life.demand else NOTHING

    @property
    def issued(self) -> Fraction:
        """What all slips together ask for."""
        return sum((slip.quantity for slip in self.slips.values()), NOTHING)

    @property
    def output(self) -> Fraction:
        """Good of the last step over all slips."""
        return sum((slip.output for slip in self.slips.values()), NOTHING)

    @property
    def lost(self) -> Fraction:
        """What the slips ask for and can no longer give."""
        return sum((max(NOTHING, slip.quantity - slip.potential) for slip in self.slips.values()), NOTHING)

    @property
    def unissued(self) -> Fraction:
        """What no slip asks for yet, leaving losses aside."""
        planned = sum((slip.quantity for slip in self.slips.values() if not _makes_up(slip)), NOTHING)
        return max(NOTHING, self.quantity - planned)

    @property
    def shortfall(self) -> Fraction:
        """By how much all slips, at their best, miss the order, beyond what is merely not issued yet."""
        potential = sum((slip.potential for slip in self.slips.values()), NOTHING)
        return max(NOTHING, self.quantity - potential - self.unissued)

    @property
    def over_issued(self) -> Fraction:
        """What slips ask for beyond the order and its losses."""
        return max(NOTHING, self.issued - self.lost - self.quantity)


def _makes_up(slip: SlipProgress) -> bool:
    event = slip.issues[0].event if slip.issues else None
    return isinstance(event, SlipIssued) and event.make_up


@dataclass(slots=True)
class _Gathered:
    """The facts of one slip, sorted by what they are."""

    issues: list[Fact] = field(default_factory=list)
    rivals: list[Fact] = field(default_factory=list)
    reprints: list[str] = field(default_factory=list)
    reports: list[Fact] = field(default_factory=list)
    corrections: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    runs: list[Fact] = field(default_factory=list)
    ended: set[str] = field(default_factory=set)


def orders_of_slips(facts: Iterable[Fact]) -> dict[str, str]:
    """The order of each slip, for facts that name none: of its last issue, else the last named with it."""
    named, issued = dict[str, str](), dict[str, str]()
    for fact in in_order(list(facts)):
        order, slip = fact.event.subjects()[:2]
        if order and slip:
            (issued if isinstance(fact.event, SlipIssued) else named)[slip] = order
    return named | issued


def fold_order(facts: Iterable[Fact], number: str | None = None) -> OrderProgress:
    """The progress of order `number`; without one, of the order that the facts decide about or name first.

    A slip number may stand for two contents, but each fact counts in one order: the one that it names (a
    correction: its report's), else its slip's. What belongs to none is shown when no number is asked for.
    """
    everything = in_order(list(facts))
    meant = number or _order_meant(everything)
    own = {meant} if number else {meant, None}
    ordered = [fact for fact, order in _with_orders(everything) if order in own]
    life = fold_life(ordered)
    steps = by_number(life.confirmed.route.steps) if life.confirmed else {}
    gathered: dict[str, _Gathered] = defaultdict(_Gathered)
    for fact in ordered:
        _gather(fact, gathered)
    for fact in everything:
        if isinstance(fact.event, SlipIssued) and fact.event.slip in gathered and fact.event.order not in own:
            gathered[fact.event.slip].rivals.append(fact)
    slips = {slip: _fold_slip(slip, found, steps) for slip, found in sorted(gathered.items())}
    return OrderProgress(meant, life, steps, slips, tuple(ordered))


def _order_meant(ordered: Sequence[Fact]) -> str | None:
    decided = (fact.event.order for fact in ordered if isinstance(fact.event, OrderEvent))
    return next(decided, None) or next(filter(None, (fact.event.subjects().order for fact in ordered)), None)


def _with_orders(ordered: Sequence[Fact]) -> Iterator[tuple[Fact, str | None]]:
    """Each fact with the one order that it belongs to; None when nobody knows."""
    of_slip = orders_of_slips(ordered)

    def named(fact: Fact) -> str | None:
        order, slip = fact.event.subjects()[:2]
        return order or of_slip.get(slip or "")

    reports = {fact.event_id: fact for fact in ordered if isinstance(fact.event, Reported)}
    for fact in ordered:
        report = fact.event.report if isinstance(fact.event, ReportCorrected) else None
        yield fact, named(reports.get(report or "", fact))


def _gather(fact: Fact, gathered: dict[str, _Gathered]) -> None:
    match fact.event:
        case SlipIssued(slip=slip):
            gathered[slip].issues.append(fact)
        case SlipReprinted(slip=slip, copy_letter=letter):
            gathered[slip].reprints.append(letter)
        case Reported(slip=slip) as reported:
            gathered[slip].reports.append(fact)
            if reported.ends_run and reported.run:
                gathered[slip].ended.add(reported.run)
        case ReportCorrected(slip=slip, report=report):
            gathered[slip].corrections[report].append(fact)
        case RunStarted(slip=slip):
            gathered[slip].runs.append(fact)
        case _:
            pass


def _fold_slip(slip: str, found: _Gathered, steps: Mapping[int, Step]) -> SlipProgress:
    issue = found.issues[0].event if found.issues else None
    quantity = Fraction(issue.quantity) if isinstance(issue, SlipIssued) else NOTHING
    orders = [fact.event.subjects().order for fact in (*found.issues, *found.reports, *found.runs)]
    reports = [_standing(fact, found.corrections) for fact in found.reports]
    lines = _lines(quantity, reports, steps)
    lasts = last_steps(steps)
    return SlipProgress(
        slip=slip,
        order=next((order for order in orders if order), None),
        issues=tuple(found.issues),
        rivals=tuple(found.rivals),
        quantity=quantity,
        copies=min(1, len(found.issues)) + len(found.reprints),
        newest_copy=max([copy_letter(1), *found.reprints]),
        lines=lines,
        runs=tuple(fact for fact in found.runs if fact.event_id not in found.ended),
        output=min((steps[last].ratio.to_order(lines[last].good) for last in lasts), default=NOTHING),
        potential=_potential(quantity, lines, steps),
    )


def _standing(fact: Fact, corrections: Mapping[str, list[Fact]]) -> StandingReport:
    """The report after the last correction of the greatest stream: no order of arrival changes that."""
    assert isinstance(fact.event, Reported)
    named = tuple(corrections.get(fact.event_id, ()))
    last = named[-1].event if named else None
    content = last.content if isinstance(last, ReportCorrected) else fact.event.content
    return StandingReport(fact, fact.event, content, named)


def _ratio(steps: Mapping[int, Step], number: int) -> Ratio:
    return steps[number].ratio if number in steps else ONE_TO_ONE


def _lines(
    quantity: Fraction, reports: list[StandingReport], steps: Mapping[int, Step]
) -> dict[int, StepLine]:
    by_step: dict[int, list[StandingReport]] = defaultdict(list)
    rework_in: dict[int, Fraction] = defaultdict(lambda: NOTHING)
    senders: dict[int, list[StandingReport]] = defaultdict(list)
    for report in reports:
        by_step[(report.content or report.reported.content).step].append(report)
        for to_step, amount in _sent_to_rework(report, steps):
            rework_in[to_step] += amount
            senders[to_step].append(report)
    lines: dict[int, StepLine] = {}
    for number in sorted({*steps, *by_step, *rework_in}):
        fed_by = feeders(steps, number) if number in steps else ()
        first = number in steps and not fed_by
        passed_on = min(
            (_ratio(steps, feeder).to_order(lines[feeder].good) for feeder in fed_by), default=NOTHING
        )
        planned = _ratio(steps, number).to_step(quantity if first else passed_on)
        brought = [report for feeder in fed_by for report in by_step[feeder]] + senders[number]
        lines[number] = _line(
            number, first, _counts(steps, number), planned, rework_in[number], by_step[number], brought
        )
    return lines


def _counts(steps: Mapping[int, Step], number: int) -> bool:
    """Whether a step's figures move pieces; those of a step that the route does not have do."""
    return number not in steps or steps[number].counting is Counting.COUNTS


def _sent_to_rework(report: StandingReport, steps: Mapping[int, Step]) -> Iterator[tuple[int, Fraction]]:
    """Where a report's rework arrives, in that step's unit; a step that moves nothing sends none."""
    content = report.content
    if content is None or not _counts(steps, content.step):
        return
    for rework in content.rework:
        in_order_unit = _ratio(steps, content.step).to_order(Fraction(rework.quantity))
        for to_step in landing(steps, rework.to_step):
            yield to_step, _ratio(steps, to_step).to_step(in_order_unit)


def _line(
    number: int,
    first: bool,
    counts: bool,
    passed_on: Fraction,
    rework_in: Fraction,
    reports: list[StandingReport],
    brought: list[StandingReport],
) -> StepLine:
    contents = [report.content for report in reports if report.content is not None]
    rework_runs = [content for content in contents if content.run_kind is RunKind.REWORK]
    good = sum((Fraction(content.good) for content in contents), NOTHING)
    return StepLine(
        step=number,
        first=first,
        counts=counts,
        received=passed_on + rework_in,
        rework_in=rework_in,
        good=good,
        first_pass_good=good - sum((Fraction(content.good) for content in rework_runs), NOTHING),
        scrap=sum((Fraction(line.quantity) for content in contents for line in content.scrap), NOTHING),
        rework_out=sum((Fraction(line.quantity) for content in contents for line in content.rework), NOTHING),
        review=sum((Fraction(line.quantity) for content in contents for line in content.review), NOTHING),
        reworked=sum(map(accounted, rework_runs), NOTHING),
        final=any(content.final for content in contents if content.run_kind is not RunKind.REWORK),
        rework_final=any(content.final for content in rework_runs),
        reports=tuple(reports),
        brought_by=tuple(brought),
    )


def accounted(content: ReportContent) -> Fraction:
    """Everything a report says became of pieces."""
    scrap = sum((Fraction(line.quantity) for line in content.scrap), NOTHING)
    rework = sum((Fraction(line.quantity) for line in content.rework), NOTHING)
    review = sum((Fraction(line.quantity) for line in content.review), NOTHING)
    return Fraction(content.good) + scrap + rework + review


def _potential(quantity: Fraction, lines: Mapping[int, StepLine], steps: Mapping[int, Step]) -> Fraction:
    """The most that the last step can still give: everything not lost on the way becomes good."""
    best: dict[int, Fraction] = {}
    for number, step in steps.items():
        if step.counting is not Counting.COUNTS:
            continue
        line = lines[number]
        fed_by = feeders(steps, number)
        planned = min((best[feeder] for feeder in fed_by), default=quantity)
        coming = max(step.ratio.to_step(planned) + line.rework_in, line.accounted)
        best[number] = step.ratio.to_order(coming - line.scrap - line.rework_out - line.missing)
    return min((best[last] for last in last_steps(steps)), default=quantity)

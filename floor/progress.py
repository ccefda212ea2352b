"""What each slip and order has: a fold over the order's own events.

Never looks at a clock or at who asks. The same set of facts gives the same progress in whatever order it
arrived. At each counting step of each slip:

    received + surplus = good + scrap + rework out + in review + missing + still here
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from floor.codec import Fact, in_order
from floor.events import (
    ArrivalCounted,
    AskAnswered,
    CheckMade,
    OrderEvent,
    ReportCorrected,
    Reported,
    ReviewDecided,
    ReviewFate,
    RunClosed,
    RunKind,
    RunPaused,
    RunResumed,
    RunStarted,
    SlipIssued,
    SlipReprinted,
)
from floor.life import Life, fold_life
from floor.lines import NOTHING, StandingReport, StepLine, accounted
from floor.quantities import ONE_TO_ONE, Ratio
from floor.reviews import NONE_MADE, Decisions, decisions_by_step
from floor.routing import Counting, Step, by_number, feeders, landing, last_steps
from floor.runs import Run, fold_runs
from floor.tags import copy_letter


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
    runs: tuple[Run, ...]
    """All of them, in order."""
    output: Fraction
    """Good of the last step, in the order's unit."""
    potential: Fraction
    """What can still become good at the last step, in the order's unit."""
    care: tuple[Fact, ...] = ()
    """Counted on arrival, checked, decided in review, asked and answered: in order."""

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
    care: list[Fact] = field(default_factory=list)


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
        case Reported(slip=slip):
            gathered[slip].reports.append(fact)
            gathered[slip].runs.append(fact)
        case ReportCorrected(slip=slip, report=report):
            gathered[slip].corrections[report].append(fact)
        case RunStarted() | RunPaused() | RunResumed() | RunClosed() as of_run:
            gathered[of_run.slip].runs.append(fact)
        case (
            ArrivalCounted(slip=slip)
            | AskAnswered(slip=slip)
            | CheckMade(slip=slip)
            | ReviewDecided(slip=slip)
        ):
            gathered[slip].care.append(fact)
        case _:
            pass


def _fold_slip(slip: str, found: _Gathered, steps: Mapping[int, Step]) -> SlipProgress:
    issue = found.issues[0].event if found.issues else None
    quantity = Fraction(issue.quantity) if isinstance(issue, SlipIssued) else NOTHING
    named_by = (*found.issues, *found.reports, *found.runs, *found.care)
    orders = [fact.event.subjects().order for fact in named_by]
    reports = [_standing(fact, found.corrections) for fact in found.reports]
    lines = _lines(quantity, reports, decisions_by_step(found.care), steps)
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
        runs=fold_runs(found.runs),
        output=min((steps[last].ratio.to_order(lines[last].good) for last in lasts), default=NOTHING),
        potential=_potential(quantity, lines, steps),
        care=tuple(found.care),
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
        for to_step, amount in _sent_to_rework(report, steps):
            said[to_step].rework_in += amount
            said[to_step].senders.append(report)
    for number, made in decisions.items():
        said[number].decisions = made
        for fact in made.facts:
            for to_step, amount in _sent_by_decision(fact, steps):
                said[to_step].rework_in += amount
                said[to_step].deciders.append(fact)
    return said


def _lines(
    quantity: Fraction,
    reports: list[StandingReport],
    decisions: Mapping[int, Decisions],
    steps: Mapping[int, Step],
) -> dict[int, StepLine]:
    said = _said(reports, decisions, steps)
    lines: dict[int, StepLine] = {}
    for number in sorted({*steps, *said}):
        fed_by = feeders(steps, number) if number in steps else ()
        first = number in steps and not fed_by
        passed_on = min(
            (_ratio(steps, feeder).to_order(lines[feeder].good) for feeder in fed_by), default=NOTHING
        )
        planned = _ratio(steps, number).to_step(quantity if first else passed_on)
        here = said[number]
        for feeder in fed_by:
            here.senders[:0] = said[feeder].reports
            here.deciders[:0] = said[feeder].decisions.facts
        lines[number] = _line(number, first, _counts(steps, number), planned, here)
    return lines


def _counts(steps: Mapping[int, Step], number: int) -> bool:
    """Whether a step's figures move pieces; those of a step that the route does not have do."""
    return number not in steps or steps[number].counting is Counting.COUNTS


def _sent_to_rework(report: StandingReport, steps: Mapping[int, Step]) -> Iterator[tuple[int, Fraction]]:
    """Where a report's rework arrives, in that step's unit."""
    content = report.content
    for rework in content.rework if content else ():
        yield from _landed(content.step if content else 0, rework.to_step, Fraction(rework.quantity), steps)


def _sent_by_decision(fact: Fact, steps: Mapping[int, Step]) -> Iterator[tuple[int, Fraction]]:
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
    in_order_unit = _ratio(steps, step).to_order(quantity)
    for lands in landing(steps, to_step):
        yield lands, _ratio(steps, lands).to_step(in_order_unit)


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


__all__ = [
    "NOTHING",
    "OrderProgress",
    "SlipProgress",
    "StandingReport",
    "StepLine",
    "accounted",
    "fold_order",
    "orders_of_slips",
]

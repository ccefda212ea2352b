"""Standing doubts about care: what was asked and not answered, checked and failed, counted and not found.

Never settles one: the facts do, or a person.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from floor.arrivals import arrivals
from floor.checking import check_states, open_failures
from floor.codec import Fact
from floor.events import AskAnswered, CheckMade, ReviewDecided, ReviewFate
from floor.flags import Flag
from floor.lines import StandingReport, StepLine
from floor.progress import OrderProgress, SlipProgress
from floor.routing import Step
from floor.tolerance import ASKS, beyond_tolerance
from floor.twice import reported_twice

Doubt = tuple[Flag, Iterable[Fact], Fraction | None]
"""What is doubtful, the facts behind it, and how much."""


def care_doubts(progress: OrderProgress, slip: SlipProgress, line: StepLine) -> Iterator[Doubt]:
    """Everything of this kind that stands at one step of a known slip."""
    step = progress.steps.get(line.step)
    owing = _unanswered(slip, line, step)
    if owing:
        yield Flag.OVER_TOLERANCE, owing, line.surplus
    if step:
        yield from _checks(slip, line, step)
    yield from _arrivals(progress, slip, line)
    if line.overdrawn:
        yield (
            Flag.REVIEW_OVERDRAWN,
            [*line.decided, *(report.fact for report in line.reports)],
            line.overdrawn,
        )
    twice = reported_twice(line)
    if twice:
        yield Flag.REPORTED_TWICE, twice, line.surplus


def _unanswered(slip: SlipProgress, line: StepLine, step: Step | None) -> list[Fact]:
    """The reports that a policy asked about and nobody answered; all where no screen could know."""
    if step is None or step.over_policy not in ASKS or not beyond_tolerance(line, step):
        return []
    standing = [report for report in line.reports if report.content]
    asked = [report for report in standing if Flag.OVER_TOLERANCE.value in report.reported.warned]
    answered = {
        fact.event.report
        for fact in slip.care
        if isinstance(fact.event, AskAnswered) and fact.event.flag == Flag.OVER_TOLERANCE.value
    }
    return [report.fact for report in asked or standing if report.fact.event_id not in answered]


def _checks(slip: SlipProgress, line: StepLine, step: Step) -> Iterator[Doubt]:
    states = check_states(step, line.accounted, slip.care)
    owed = [state for state in states if state.owed]
    if owed:
        facts = [*_facts(line.reports), *(fact for state in owed for fact in state.made)]
        yield Flag.CHECK_OWED, facts, Fraction(sum(state.owed for state in owed))
    made: dict[str, list[Fact]] = {}
    for fact in slip.care:
        if isinstance(fact.event, CheckMade) and fact.event.step == line.step:
            made.setdefault(fact.event.check, []).append(fact)
    failed = [fact for of_check in made.values() for fact in open_failures(of_check)]
    if failed:
        yield Flag.CHECK_FAILED, failed, None


def _arrivals(progress: OrderProgress, slip: SlipProgress, line: StepLine) -> Iterator[Doubt]:
    differ = [arrival for arrival in arrivals(slip, line, progress.steps) if arrival.difference]
    if differ:
        counts = [arrival.fact for arrival in differ]
        behind = [*counts, *_facts(line.brought_by), *line.brought_by_decision, *line.moves]
        behind += _facts(line.reports)
        yield Flag.ARRIVAL_DIFFERS, behind, max(abs(arrival.difference) for arrival in differ)


def decided_without_reason(line: StepLine) -> list[Fact]:
    """Decisions for scrap or rework that say no reason."""
    return [
        fact
        for fact in line.decided
        if isinstance(fact.event, ReviewDecided)
        and fact.event.fate is not ReviewFate.GOOD
        and fact.event.reason is None
    ]


def _facts(reports: Iterable[StandingReport]) -> list[Fact]:
    return [fact for report in reports for fact in (report.fact, *report.corrections)]

"""What each slip and order has: a fold over the order's own events.

Never looks at a clock or at who asks. The same set of facts gives the same progress in whatever order it
arrived. At each counting step of each slip:

    received + surplus = good + scrap + rework out + in review + missing + still here
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from floor.belonging import order_meant, with_orders
from floor.codec import Fact, in_order
from floor.copies import copies_of, surely_failed
from floor.events import (
    ArrivalCounted,
    AskAnswered,
    CheckMade,
    Event,
    OrderConfirmed,
    PassportChecked,
    PassportRead,
    ReportCorrected,
    Reported,
    ReviewDecided,
    RunClosed,
    RunPaused,
    RunResumed,
    RunStarted,
    SlipIssued,
    SlipReprinted,
    SlipsMerged,
    SlipSplit,
    SlipVoided,
)
from floor.life import Life, fold_life
from floor.lines import NOTHING, StandingReport, StepLine, accounted
from floor.moves import begins_slip, in_order_unit, moves_of
from floor.onpaper import NOTHING_READ, Words, confirmed_on_paper, contradicts, said_by
from floor.outlook import output, potential
from floor.reviews import decisions_by_step
from floor.routing import Step, by_number
from floor.runs import Run, fold_runs
from floor.stepfold import ratio_of, step_lines

OF_ANY_ORDER: Final = (SlipIssued, SlipSplit, PassportRead, PassportChecked)
"""What is shown at a slip of one order though it names another one."""


@dataclass(frozen=True, slots=True)
class SlipProgress:
    """One slip with all that happened on it."""

    slip: str
    order: str | None
    issues: tuple[Fact, ...]
    """By which it exists in this order, issued or split off; none for a slip unknown here, two when two
    stations differ."""
    rivals: tuple[Fact, ...]
    """By which the same number exists in other orders, whose pieces are not counted here."""
    quantity: Fraction
    """What its paper says, in the order's unit."""
    issued: Fraction
    """What it was issued for, in the order's unit; nothing for one that was split off."""
    share: Fraction
    """What was issued less what went on with other paper, and with what came: no piece is in two shares."""
    copies: int
    """How many copies were asked for, as far as known here."""
    newest_copy: str
    """The greatest copy letter that can be on paper; two copies made offline may share it."""
    next_copy: str
    """The copy letter of the next print."""
    lines: Mapping[int, StepLine]
    runs: tuple[Run, ...]
    """All of them, in order."""
    output: Fraction
    """Good of the last step, in the order's unit."""
    potential: Fraction
    """What can still become good at the last step, in the order's unit."""
    care: tuple[Fact, ...] = ()
    """Counted on arrival, checked, decided in review, asked and answered: in order."""
    moves: tuple[Fact, ...] = ()
    """Splits off it, the one that made it, and merges, in order."""
    voided: tuple[Fact, ...] = ()
    """By which its paper is worth nothing any more: it asks for no more than it gave."""
    words: Words = NOTHING_READ
    """What its paper says of itself, where that was read."""

    @property
    def known(self) -> bool:
        """Whether its issue is known here."""
        return bool(self.issues)

    @property
    def on_paper(self) -> bool:
        """Whether its issue is not known here, and its paper tells what it is for."""
        return not (self.issues or self.rivals) and self.words.read is not None

    @property
    def told(self) -> bool:
        """Whether its issue is known here, if only from its paper."""
        return self.known or self.on_paper

    @property
    def begun(self) -> Event | None:
        """The issue, or the split, by which it exists; as its paper says it where no other is known."""
        return _begun(self.issues, self.rivals, self.words)

    @property
    def origin(self) -> SlipSplit | None:
        """The split that made it; None for a slip that was issued."""
        event = self.begun
        return event if isinstance(event, SlipSplit) else None

    @property
    def released(self) -> Fraction:
        """What a voided slip does not ask for any more."""
        return max(NOTHING, self.share - self.output) if self.voided else NOTHING


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
    on_paper: OrderConfirmed | None = None
    """What its slips say was confirmed, where the confirmation itself is not known here."""

    @property
    def locked(self) -> OrderConfirmed | None:
        """What was locked at confirmation, if only as its slips say it."""
        return self.life.confirmed or self.on_paper

    @property
    def quantity(self) -> Fraction:
        """What is wanted, in the order's unit."""
        demand = self.life.demand or (self.on_paper.demand if self.on_paper else None)
        return Fraction(demand.quantity) if demand else NOTHING

    @property
    def issued(self) -> Fraction:
        """What all slips together ask for; a slip that was split off asks for nothing more."""
        return sum((slip.issued - slip.released for slip in self.slips.values()), NOTHING)

    @property
    def output(self) -> Fraction:
        """Good of the last step over all slips."""
        return sum((slip.output for slip in self.slips.values()), NOTHING)

    @property
    def lost(self) -> Fraction:
        """What the slips ask for and can no longer give."""
        kept = ((slip, slip.share - slip.released) for slip in self.slips.values())
        return sum((max(NOTHING, share - slip.potential) for slip, share in kept), NOTHING)

    @property
    def unissued(self) -> Fraction:
        """What no slip asks for yet, leaving losses aside."""
        first = (slip for slip in self.slips.values() if not self._makes_up(slip))
        return max(NOTHING, self.quantity - sum((slip.issued - slip.released for slip in first), NOTHING))

    @property
    def shortfall(self) -> Fraction:
        """By how much all slips, at their best, miss the order, beyond what is merely not issued yet."""
        potential = sum((slip.potential for slip in self.slips.values()), NOTHING)
        return max(NOTHING, self.quantity - potential - self.unissued)

    @property
    def over_issued(self) -> Fraction:
        """What slips ask for beyond the order and its losses."""
        return max(NOTHING, self.issued - self.lost - self.quantity)

    def lineage(self, slip: SlipProgress) -> list[SlipProgress]:
        """The slip, the one that it was split off, and so on, as far as known here."""
        found = [slip]
        while (origin := found[-1].origin) and origin.parent in self.slips:
            parent = self.slips[origin.parent]
            if parent in found:  # only a broken station says that a slip descends from itself
                break
            found.append(parent)
        return found

    def _makes_up(self, slip: SlipProgress) -> bool:
        """Whether it was issued for losses, or split off one that was."""
        first = self.lineage(slip)[-1]
        return isinstance(first.begun, SlipIssued) and first.begun.make_up


@dataclass(slots=True)
class _Gathered:
    """The facts of one slip, sorted by what they are."""

    issues: list[Fact] = field(default_factory=list)
    rivals: list[Fact] = field(default_factory=list)
    reprints: list[Fact] = field(default_factory=list)
    reports: list[Fact] = field(default_factory=list)
    corrections: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    runs: list[Fact] = field(default_factory=list)
    care: list[Fact] = field(default_factory=list)
    moves: list[Fact] = field(default_factory=list)
    voided: list[Fact] = field(default_factory=list)
    reads: list[Fact] = field(default_factory=list)
    checks: list[Fact] = field(default_factory=list)


def fold_order(facts: Iterable[Fact], number: str | None = None) -> OrderProgress:
    """The progress of order `number`; without one, of the order that the facts decide about or name first.

    A slip number may stand for two contents, but each fact counts in one order. What belongs to none is shown
    when no number is asked for.
    """
    everything = in_order(list(facts))
    meant = number or order_meant(everything)
    own = {meant} if number else {meant, None}
    ordered = [fact for fact, order in with_orders(everything) if order in own]
    life = fold_life(ordered)
    gathered: dict[str, _Gathered] = defaultdict(_Gathered)
    for fact in ordered:
        _gather(fact, gathered)
    for fact in everything:
        if not isinstance(fact.event, OF_ANY_ORDER):
            continue
        order, slip = fact.event.subjects()[:2]
        if slip in gathered and order not in own:
            _gather_foreign(fact, gathered[slip])
    words = {slip: Words(meant, tuple(found.reads), tuple(found.checks)) for slip, found in gathered.items()}
    on_paper = None if life.confirmed else confirmed_on_paper(words.values())
    steps = by_number(locked.route.steps) if (locked := life.confirmed or on_paper) else {}
    _gather_parts(words, gathered)
    failed = surely_failed(everything)
    slips = {slip: _fold_slip(slip, found, steps, words, failed) for slip, found in sorted(gathered.items())}
    return OrderProgress(meant, life, steps, slips, tuple(ordered), on_paper)


def _gather_foreign(fact: Fact, found: _Gathered) -> None:
    """What is said of a slip of this order in the name of another one."""
    if begins_slip(fact.event):
        found.rivals.append(fact)
    elif isinstance(fact.event, PassportRead):
        found.reads.append(fact)
    elif isinstance(fact.event, PassportChecked):
        found.checks.append(fact)


def _gather_parts(words: Mapping[str, Words], gathered: dict[str, _Gathered]) -> None:
    """A part that only its paper tells of came from its parent all the same."""
    for slip, said in words.items():
        found, issue = gathered[slip], said.issue
        if found.issues or found.rivals or issue is None or not isinstance(issue.event, SlipSplit):
            continue
        for concerned in (slip, issue.event.parent):
            moves = gathered[concerned].moves
            moves.append(issue)
            moves.sort(key=lambda fact: (fact.stream, fact.seq))


def differing(order: OrderProgress, slip: SlipProgress) -> tuple[Fact, ...]:
    """What was read of a slip's paper and is contradicted by facts that are known here."""
    issues = (*slip.issues, *slip.rivals)
    return tuple(
        fact for fact in slip.words.reads if contradicts(said_by(fact), issues, order.life.confirmed)
    )


def _begun(issues: Sequence[Fact], rivals: Sequence[Fact], words: Words) -> Event | None:
    if issues or rivals:
        return issues[0].event if issues else None
    return words.issue.event if words.issue else None


def _gather(fact: Fact, gathered: dict[str, _Gathered]) -> None:
    match fact.event:
        case SlipIssued(slip=slip):
            gathered[slip].issues.append(fact)
        case SlipSplit(slip=slip, parent=parent):
            gathered[slip].issues.append(fact)
            gathered[slip].moves.append(fact)
            gathered[parent].moves.append(fact)
        case SlipsMerged(slip=slip, into=into):
            gathered[slip].moves.append(fact)
            gathered[into].moves.append(fact)
        case SlipVoided(slip=slip):
            gathered[slip].voided.append(fact)
        case SlipReprinted(slip=slip):
            gathered[slip].reprints.append(fact)
        case PassportRead(passport=passport):
            gathered[passport.slip].reads.append(fact)
        case PassportChecked(slip=slip):
            gathered[slip].checks.append(fact)
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


def _fold_slip(
    slip: str,
    found: _Gathered,
    steps: Mapping[int, Step],
    read: Mapping[str, Words],
    failed: Collection[str],
) -> SlipProgress:
    words = read.get(slip, NOTHING_READ)
    seen = words.copies_seen if not found.issues else ()
    copies = copies_of((*found.issues, *found.reprints), failed, seen)
    issue = _begun(found.issues, found.rivals, words)
    issued = Fraction(issue.quantity) if isinstance(issue, SlipIssued) else NOTHING
    moves = moves_of(slip, found.moves)
    came, went = (in_order_unit(moved, moved, steps) for moved in (moves.came, moves.went))
    named_by = (
        *found.issues,
        *found.reports,
        *found.runs,
        *found.care,
        *found.moves,
        *found.voided,
        *found.reads,
    )
    orders = [fact.event.subjects().order for fact in named_by]
    reports = [_standing(fact, found.corrections) for fact in found.reports]
    lines = step_lines(issued, reports, decisions_by_step(found.care), moves, steps)
    gives = output(lines, moves, steps)
    return SlipProgress(
        slip=slip,
        order=next((order for order in orders if order), None),
        issues=tuple(found.issues),
        rivals=tuple(found.rivals),
        quantity=_on_paper(issue, steps),
        issued=issued,
        share=issued + came - went,
        copies=min(1, len(found.issues)) + len(found.reprints),
        newest_copy=copies.newest,
        next_copy=copies.following,
        lines=lines,
        runs=fold_runs(found.runs),
        output=gives,
        potential=gives if found.voided else potential(issued, lines, moves, steps),
        care=tuple(found.care),
        moves=tuple(found.moves),
        voided=tuple(found.voided),
        words=words,
    )


def _on_paper(issue: Event | None, steps: Mapping[int, Step]) -> Fraction:
    match issue:
        case SlipIssued(quantity=quantity):
            return Fraction(quantity)
        case SlipSplit(step=step, quantity=quantity):
            return ratio_of(steps, step).to_order(Fraction(quantity))
        case _:
            return NOTHING


def _standing(fact: Fact, corrections: Mapping[str, list[Fact]]) -> StandingReport:
    """The report after the last correction of the greatest stream: no order of arrival changes that."""
    assert isinstance(fact.event, Reported)
    named = tuple(corrections.get(fact.event_id, ()))
    last = named[-1].event if named else None
    content = last.content if isinstance(last, ReportCorrected) else fact.event.content
    return StandingReport(fact, fact.event, content, named)


__all__ = [
    "NOTHING",
    "OrderProgress",
    "SlipProgress",
    "StandingReport",
    "StepLine",
    "accounted",
    "differing",
    "fold_order",
]

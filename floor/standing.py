"""Standing flags: the doubts that the facts themselves show, coming and going with them.

Never stored, never decided: a settlement is a fact too, and a new fact raises the flag again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from floor.caring import care_doubts, decided_without_reason
from floor.codec import Fact
from floor.events import (
    ArrivalCounted,
    CheckMade,
    FlagSettled,
    MaterialIssued,
    ReportContent,
    ReportCorrected,
    Reported,
    ReviewDecided,
    RunStarted,
    ShortageNoted,
    SlipIssued,
    SlipsMerged,
    SlipSplit,
)
from floor.flags import Flag
from floor.items import Item
from floor.material import Said, owed, said_of_material, told_at
from floor.progress import OrderProgress, SlipProgress, StepLine, differing
from floor.tolerance import beyond_tolerance

WORK: Final = (
    *(Reported, ReportCorrected, RunStarted, SlipIssued, SlipSplit, SlipsMerged),
    *(MaterialIssued, ShortageNoted, ArrivalCounted, CheckMade, ReviewDecided),
)
"""What somebody does with a slip: it says that the slip is there, and comes late at an order not open."""


@dataclass(frozen=True, slots=True)
class StandingFlag:
    """One doubt about a slip's step, a slip or an order, with every fact behind it."""

    flag: Flag
    order: str | None
    slip: str | None
    step: int | None
    facts: tuple[str, ...]
    """Event ids, sorted."""
    amount: Fraction | None = None
    """How much is doubtful, in the step's unit (an order's flags: in the order's); None without an amount."""


NO_ITEMS: Final[Mapping[str, Item]] = MappingProxyType({})


def standing_flags(progress: OrderProgress, items: Mapping[str, Item] = NO_ITEMS) -> list[StandingFlag]:
    """Every doubt that stands, settled ones left out; ordered by slip, step and precedence.

    `items` are the plant's: they say of which material a lot is owed.
    """
    raised = [*_order_flags(progress), *_material_flags(progress, items)]
    for slip in progress.slips.values():
        raised.extend(_slip_flags(progress, slip))
        for line in slip.lines.values():
            raised.extend(_line_flags(progress, slip, line))
    covered = _settled(progress.facts)
    precedence = list(Flag)
    standing = [flag for flag in raised if not set(flag.facts) <= covered.get(_key(flag), set())]
    return sorted(standing, key=lambda flag: (flag.slip or "", flag.step or 0, precedence.index(flag.flag)))


def _key(flag: StandingFlag) -> tuple[str, str | None, int | None]:
    return (flag.flag.value, flag.slip, flag.step)


def _settled(facts: Iterable[Fact]) -> dict[tuple[str, str | None, int | None], set[str]]:
    covered: dict[tuple[str, str | None, int | None], set[str]] = {}
    for fact in facts:
        if isinstance(fact.event, FlagSettled):
            key = (fact.event.flag, fact.event.slip, fact.event.step)
            covered.setdefault(key, set()).update(fact.event.facts)
    return covered


def _ids(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(sorted({fact.event_id for fact in facts}))


def _order_flags(progress: OrderProgress) -> Iterator[StandingFlag]:
    if progress.over_issued and progress.life.confirmed:
        issues = [fact for slip in progress.slips.values() for fact in slip.issues]
        yield StandingFlag(Flag.OVER_ISSUED, progress.number, None, None, _ids(issues), progress.over_issued)


def _slip_flags(progress: OrderProgress, slip: SlipProgress) -> Iterator[StandingFlag]:
    work = [fact for fact in progress.facts if isinstance(fact.event, WORK) and fact.event.slip == slip.slip]
    if not slip.told and work:
        yield StandingFlag(Flag.UNKNOWN_SLIP, slip.order, slip.slip, None, _ids(work))
    yield from _paper_flags(progress, slip)
    issues = (*slip.issues, *slip.rivals)
    contents = {
        (fact.event.order, fact.event.quantity, getattr(fact.event, "parent", None))
        for fact in issues
        if isinstance(fact.event, SlipIssued | SlipSplit)
    }
    if len(contents) > 1:
        yield StandingFlag(Flag.SLIP_CONTENTS_DIFFER, slip.order, slip.slip, None, _ids(issues))
    on_void = [fact for fact in work if _is_on_void(slip, fact)]
    if on_void:
        yield StandingFlag(Flag.VOIDED_SLIP, slip.order, slip.slip, None, _ids((*slip.voided, *on_void)))
    late = [fact for fact in work if slip.known and progress.life.came_late(fact)]
    if late:
        yield StandingFlag(Flag.ORDER_NOT_OPEN, slip.order, slip.slip, None, _ids(late))
    forgotten = [run for run in slip.runs if run.forgotten]
    for step in sorted({run.started.step for run in forgotten}):
        facts = [fact for run in forgotten if run.started.step == step for fact in (run.fact, *run.ends)]
        yield StandingFlag(Flag.RUN_FORGOTTEN, slip.order, slip.slip, step, _ids(facts))


def _paper_flags(progress: OrderProgress, slip: SlipProgress) -> Iterator[StandingFlag]:
    """What is doubtful about what a slip says of itself."""
    differ = differing(progress, slip)
    unproven = slip.words.unproven if slip.on_paper else ()
    for kind, facts in (
        (Flag.PASSPORT_FORGED, (*slip.words.forged, *slip.words.checks) if slip.words.forged else ()),
        (Flag.PASSPORT_DIFFERS, (*differ, *slip.issues, *slip.rivals) if differ else ()),
        (Flag.PASSPORT_UNPROVEN, () if slip.words.proven else unproven),
    ):
        if facts:
            yield StandingFlag(kind, slip.order, slip.slip, None, _ids(facts))


def _material_flags(progress: OrderProgress, items: Mapping[str, Item]) -> Iterator[StandingFlag]:
    said = said_of_material(progress.facts)
    made = {
        (slip.slip, line.step): [
            report.fact for report in line.reports if report.content and report.content.good
        ]
        for slip in progress.slips.values()
        for line in slip.lines.values()
    }
    for slip in sorted({slip for slip, _ in said} - set(progress.slips)):
        strange = [fact for (named, _), about in said.items() if named == slip for fact in about.facts]
        yield StandingFlag(Flag.UNKNOWN_SLIP, progress.number, slip, None, _ids(strange))
    for slip, step in sorted({*said, *made}):
        about = said.get((slip, step), Said())
        reports = made.get((slip, step), [])
        unknown = [
            fact
            for fact in about.issues
            if isinstance(fact.event, MaterialIssued) and fact.event.item is None
        ]
        told = told_at(progress, said, slip, step)
        owing = reports if owed(progress.life.confirmed, step, told, items) else []
        for kind, facts in (
            (Flag.MATERIAL_OWED, owing),
            (Flag.MATERIAL_SHORT, about.shortages),
            (Flag.MATERIAL_UNKNOWN, unknown),
        ):
            if facts:
                yield StandingFlag(kind, progress.number, slip, step, _ids(facts))


def _is_on_void(slip: SlipProgress, fact: Fact) -> bool:
    """Whether work was surely done after its slip was voided: the screen said so, or the stream does."""
    warned = getattr(fact.event, "warned", ())
    after = (void for void in slip.voided if void.stream == fact.stream and void.seq < fact.seq)
    return Flag.VOIDED_SLIP.value in warned or any(after)


def _line_flags(progress: OrderProgress, slip: SlipProgress, line: StepLine) -> Iterator[StandingFlag]:
    def flag(kind: Flag, facts: Iterable[Fact], amount: Fraction | None = None) -> StandingFlag:
        return StandingFlag(kind, slip.order, slip.slip, line.step, _ids(facts), amount)

    about = [
        *(
            fact
            for report in (*line.reports, *line.brought_by)
            for fact in (report.fact, *report.corrections)
        ),
        *line.decided,
        *line.brought_by_decision,
    ]
    if progress.life.confirmed and slip.known and line.step not in progress.steps:
        yield flag(Flag.UNKNOWN_STEP, about)
    about += line.moves
    if slip.told and line.step in progress.steps:
        beyond = beyond_tolerance(line, progress.steps[line.step]) + line.gone_over
        if beyond:
            own = line.first and not (line.gone_over or slip.origin)
            yield flag(Flag.MADE_OVER if own else Flag.SURPLUS, about, beyond)
        yield from (flag(*doubt) for doubt in care_doubts(progress, slip, line))
    if line.missing:
        yield flag(Flag.MISSING, about, line.missing)
    owing = [report.fact for report in line.reports if report.content and owes_reason(report.content)]
    owing += decided_without_reason(line)
    if owing:
        yield flag(Flag.REASON_OWED, owing)
    competing = [report for report in line.reports if len({fact.stream for fact in report.corrections}) > 1]
    if competing:
        yield flag(Flag.CORRECTIONS_COMPETE, [fact for report in competing for fact in report.corrections])


def owes_reason(content: ReportContent) -> bool:
    """Scrap and rework carry a reason; pieces in review get theirs with the decision."""
    return any(line.reason is None for lines in (content.scrap, content.rework) for line in lines)

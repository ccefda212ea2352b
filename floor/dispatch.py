"""What next: the steps that a work centre can take up now, and those that come to it next.

Never decides: it sorts, and whoever works chooses.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from floor.codec import Fact
from floor.lines import NOTHING, StepLine
from floor.progress import OrderProgress, SlipProgress
from floor.routing import Counting, feeders

MS: Final = 1000


@dataclass(frozen=True, slots=True)
class WaitingHere:
    """A step of a slip with pieces that this work centre could take up, or that come to it next."""

    slip: str
    order: str
    item_name: str
    step: int
    step_name: str
    still_here: Fraction
    """In the step's unit; of a step that comes next: what the steps before it still have."""
    unit: str
    due: date | None = None
    late: bool = False
    """The order's due day has passed."""
    machine: str | None = None
    """The planned one; None where none is planned."""
    since: datetime | None = None
    """Local time since when the pieces lie here untouched; None for those that come next."""
    today: bool = False
    """They came, or were touched, today."""
    running: bool = False
    """Somebody began here."""

    @property
    def coming(self) -> bool:
        """Whether the pieces are not here yet."""
        return self.since is None


def waiting_here(
    orders: Iterable[OrderProgress], work_centre: str | None, now: datetime
) -> list[WaitingHere]:
    """Every step at `work_centre` (None: at any) with pieces here or coming next, by order, slip and step.

    `now` is the plant's local time, with its zone.
    """
    found: list[WaitingHere] = []
    for order in orders:
        if order.life.confirmed and order.life.open:
            for slip in order.slips.values():
                found += [] if slip.voided else _of_slip(order, slip, work_centre, now)
    return found


def in_turn(waiting: Iterable[WaitingHere], machine: str | None) -> list[WaitingHere]:
    """What lies here before what comes; by due day; what is planned on this machine before others."""

    def turn(line: WaitingHere) -> tuple[bool, date, int, str, str, int]:
        here, somewhere = line.machine == machine, line.machine is not None
        planned = 1 if not (machine and somewhere) else 0 if here else 2
        return (line.coming, line.due or date.max, planned, line.order, line.slip, line.step)

    return sorted(waiting, key=turn)


def _of_slip(
    order: OrderProgress, slip: SlipProgress, work_centre: str | None, now: datetime
) -> Iterator[WaitingHere]:
    confirmed = order.life.confirmed
    if confirmed is None:
        return
    due = confirmed.demand.due
    for number, step in order.steps.items():
        line = slip.lines[number]
        amount = line.still_here or _coming(order, slip, number)
        since = _since(slip, line, now) if line.still_here else None
        if amount and work_centre in (None, step.work_centre):
            yield WaitingHere(
                slip=slip.slip,
                order=confirmed.order,
                item_name=confirmed.item_name,
                step=number,
                step_name=step.name,
                still_here=amount,
                unit=(step.unit or confirmed.unit).name,
                due=due,
                late=due is not None and due < now.date(),
                machine=step.machine,
                since=since,
                today=since is not None and since.date() == now.date(),
                running=any(run.open and run.started.step == number for run in slip.runs),
            )


def _coming(order: OrderProgress, slip: SlipProgress, number: int) -> Fraction:
    """What the steps right before this one still have, as far as it can be taken up together."""
    steps, fed_by = order.steps, feeders(order.steps, number)
    if not fed_by or slip.lines[number].final or steps[number].counting is not Counting.COUNTS:
        return NOTHING

    def passed_on(at_best: bool) -> Fraction:
        return min(
            steps[feeder].ratio.to_order(
                slip.lines[feeder].good + (slip.lines[feeder].still_here if at_best else NOTHING)
            )
            for feeder in fed_by
        )

    return steps[number].ratio.to_step(passed_on(at_best=True) - passed_on(at_best=False))


def _since(slip: SlipProgress, line: StepLine, now: datetime) -> datetime:
    """Since the last report on them; untouched ones since the first of them came."""
    if line.reports:
        touched_ms = max(report.fact.event.at.clamped_ms for report in line.reports)
        return datetime.fromtimestamp(touched_ms / MS, now.tzinfo)
    came: list[Fact] = [*(report.fact for report in line.brought_by), *line.brought_by_decision, *line.moves]
    came_ms = min((fact.event.at.clamped_ms for fact in came or slip.issues), default=0)
    return datetime.fromtimestamp(came_ms / MS, now.tzinfo)

"""A report that is being filled in: its slots, what they propose, and what they come to.

Never asks and never records; every function returns new slots or a figure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from floor.arrivals import arrivals, newest
from floor.commands import Answer, ReportWork
from floor.decide import Picture
from floor.decide.runs import run_use
from floor.doubts import (
    OF_QUANTITIES,
    doubts_about_others,
    doubts_about_people,
    doubts_about_run,
    doubts_at_scan,
    doubts_of_report,
    doubts_of_start,
    left_after,
    nothing_more_comes,
)
from floor.events import (
    ReasonUse,
    ReportContent,
    Review,
    Rework,
    RunKind,
    Scrap,
)
from floor.flags import Flag
from floor.moves import steps_ahead
from floor.people import Person
from floor.plant import Plant
from floor.progress import NOTHING, SlipProgress, StepLine
from floor.quantities import AMOUNT_MAX, PIECES, ZERO, Unit, countable
from floor.refusals import Refusal
from floor.routing import RunUse, Step, StepKind, feeders
from floor.runs import Run
from kiosk.dialogue.report.slots import Slots, is_full


@dataclass(frozen=True, slots=True)
class Filling:
    """Slots in the light of what is known about their slip."""

    slots: Slots
    picture: Picture
    work_centre: str | None
    """The station's; None for a station that serves all."""
    people: Mapping[str, Person] = field(default_factory=dict)
    """Everyone of this area, by number."""

    @property
    def slip(self) -> SlipProgress | None:
        """The slip, as far as known here."""
        return self.picture.slip(self.slots.slip)

    @property
    def line(self) -> StepLine | None:
        """The chosen step's figures before this report; None where nothing is known."""
        slip = self.slip
        return slip.lines.get(self.slots.step) if slip and self.slots.step is not None else None

    @property
    def step(self) -> Step | None:
        """The chosen step; None where none is chosen or the route has none such."""
        return self.picture.order.steps.get(self.slots.step or 0)

    @property
    def steps(self) -> dict[int, Step]:
        """Those that this slip goes through: a part that was split off begins at the step of its split."""
        origin = self.slip.origin if self.slip else None
        return steps_ahead(origin.step if origin else None, self.picture.order.steps)

    @property
    def operators(self) -> tuple[str, ...]:
        """Who does it: the operator first, then the crew; empty as long as nobody is signed on."""
        operator = self.slots.operator
        if self.slots.corrects:
            return self.slots.crew or ()
        if operator is None:
            return ()
        proposed = self.run.started.operators if self.run else ()
        crew = proposed if self.slots.crew is None else self.slots.crew
        return (operator, *(number for number in crew if number != operator))

    def with_slots(self, **changed: object) -> "Filling":
        """The same with other slots."""
        return replace(self, slots=self.slots.model_copy(update=changed))

    @property
    def unit(self) -> Unit:
        """What is counted at the chosen step."""
        confirmed = self.picture.order.locked
        step = self.step
        if confirmed is None:
            return PIECES
        return (step.unit if step else None) or confirmed.unit

    @property
    def proposed_good(self) -> Decimal | None:
        """What is here less what was just entered; None where nothing, or too much, would be proposed."""
        line, here = self.line, self.lies_here
        if line is None or not line.counts or not here or self.run_kind is RunKind.SETUP:
            return None
        rest = here - _others(self.slots)
        return countable(max(NOTHING, rest), self.unit) if rest <= AMOUNT_MAX else None

    @property
    def lies_here(self) -> Fraction:
        """What waits at the chosen step: as counted on arrival, else as the reports say."""
        if self.slots.counted is not None:
            return Fraction(self.slots.counted)
        if self.line is None or self.slip is None:
            return NOTHING
        last = newest(arrivals(self.slip, self.line, self.picture.order.steps))
        return max(NOTHING, self.line.still_here + (last.difference if last else NOTHING))

    @property
    def good(self) -> Decimal:
        """As typed, else as proposed."""
        if self.slots.good is not None:
            return self.slots.good
        return self.proposed_good or ZERO

    @property
    def run_kind(self) -> RunKind:
        """As marked, else as the run began; where only rework waits at a step that is done, rework."""
        if self.slots.run_kind or self.run:
            return self.slots.run_kind or (self.run.started.run_kind if self.run else RunKind.PRODUCTION)
        came_back = self.line is not None and self.line.final and bool(self.line.still_here)
        return RunKind.REWORK if came_back else RunKind.PRODUCTION

    @property
    def content(self) -> ReportContent:
        """What the report would say if it were recorded now, however much that is: `decide` knows limits."""
        slots = self.slots
        return ReportContent.model_construct(
            step=slots.step or 0,
            machine=slots.machine,
            operators=self.operators,
            run_kind=self.run_kind,
            final=self.final,
            unit=self.unit.name,
            good=self.good,
            scrap=slots.scrap,
            rework=slots.rework,
            review=slots.review,
        )

    @property
    def run(self) -> Run | None:
        """The open run that the report belongs to."""
        runs = self.slip.runs if self.slip else ()
        return next((run for run in runs if run.open and run.run == self.slots.run), None)

    @property
    def left(self) -> Fraction:
        """What would be still here, or missing when the step is said to be done."""
        return (
            max(NOTHING, self.line.unaccounted - Fraction(self.good) - _others(self.slots))
            if self.line
            else NOTHING
        )

    @property
    def final(self) -> bool:
        """Whether the report says that the step is done."""
        if self.slots.done is not None:
            return self.slots.done
        accounted = self.good or self.slots.scrap or self.slots.rework or self.slots.review
        return bool(accounted) and not self.left and self._nothing_more_comes()

    def _nothing_more_comes(self) -> bool:
        slip, step = self.slip, self.slots.step
        if slip is None or step is None or step not in self.picture.order.steps:
            return False
        return nothing_more_comes(self.picture, slip, step)

    @property
    def doubts(self) -> tuple[Flag, ...]:
        """Everything the screen warns of now."""
        slots = self.slots
        found = doubts_at_scan(
            self.picture, slots.slip, slots.step, slots.machine, self.work_centre, slots.copy_letter
        )
        of_report = doubts_of_report(self.slip, self.step, self.content)
        of_people = doubts_about_people(self.step, self.operators, self.people)
        of_run = doubts_about_run(self.picture.plant, self.step, slots.run or slots.corrects)
        of_others = () if slots.corrects else doubts_about_others(self.slip, slots.step, self.operators)
        every = {*found, *of_report, *of_people, *of_run, *of_others}
        return tuple(flag for flag in Flag if flag in every)

    @property
    def doubts_of_start(self) -> tuple[Flag, ...]:
        """What is warned of where work begins: not what only a report's numbers show."""
        every = {*self.doubts, *doubts_of_start(self.line, self.run_kind)} - OF_QUANTITIES
        return tuple(flag for flag in Flag if flag in every)

    @property
    def missing(self) -> Fraction:
        """What a final report would leave missing."""
        return left_after(self.line, self.content) if self.final else NOTHING

    def command(self, operator: str, answer: Answer | None = None) -> ReportWork:
        """The intent that OK records for `operator`, who is signed on, with what a policy asked."""
        slots = self.slots
        warned = tuple(flag.value for flag in (*self.doubts, *((Flag.MISSING,) if self.missing else ())))
        return ReportWork(
            intent=slots.intent,
            by=operator,
            slip=slots.slip,
            content=self.content.model_copy(update={"operators": self.operators or (operator,)}),
            run=slots.run,
            ends_run=slots.run is not None and (slots.ends_run or self.final),
            source=slots.source,
            copy_letter=slots.copy_letter,
            proposed_good=self.proposed_good,
            cursor=self.picture.cursor,
            warned=warned,
            answer=answer,
        )

    def caused_at(self) -> int:
        """The step that is taken to have caused scrap: this one; at an inspection the one before."""
        step = self.slots.step or 0
        here = self.picture.order.steps.get(step)
        if here is None or here.kind is not StepKind.INSPECTION:
            return step
        return max(feeders(self.picture.order.steps, step), default=step)

    def own_run(self) -> str | None:
        """The run that was chosen, else the operator's newest open run on this step of this slip."""
        if self.slip is None or self.slots.corrects:
            return None
        if self.slots.ends_run and self.run:
            return self.slots.run
        mine = [
            run.run
            for run in self.slip.runs
            if run.open
            and run.started.step == self.slots.step
            and self.slots.operator in run.started.operators
        ]
        return mine[-1] if mine else None


def no_run_here(plant: Plant, step: Step | None) -> Refusal:
    """Why there is no run to end or to pause."""
    return Refusal.RUNS_NOT_USED if run_use(plant, step) is RunUse.OFF else Refusal.NO_OPEN_RUN


def _others(slots: Slots) -> Fraction:
    """What was entered besides good."""
    lines: tuple[Scrap | Rework | Review, ...] = (*slots.scrap, *slots.rework, *slots.review)
    return sum((Fraction(line.quantity) for line in lines), NOTHING)


def with_scrap(filling: Filling, quantity: Decimal, reason: str | None) -> Slots:
    """One more scrap line."""
    line = Scrap(quantity=quantity, reason=reason, caused_at=filling.caused_at())
    return filling.slots.model_copy(update={"scrap": (*filling.slots.scrap, line), "newest": ReasonUse.SCRAP})


def with_number(filling: Filling, quantity: Decimal, *, scraps: bool) -> Slots:
    """A number that nobody explained: one more scrap line where SCRAP was said before it, else good."""
    if not scraps:
        return filling.slots.model_copy(update={"good": quantity})
    takes_line = quantity > 0 and not is_full(filling.slots)
    return with_scrap(filling, quantity, None) if takes_line else filling.slots


def with_rework(filling: Filling, quantity: Decimal) -> Slots:
    """One more rework line, sent to the step before unless a step is scanned next."""
    step = filling.slots.step or 0
    route = filling.picture.order.steps
    before = [number for number in feeders(route, step) if number in filling.steps] if step in route else []
    line = Rework(quantity=quantity, to_step=max(before, default=step), reason=None)
    lines = (*filling.slots.rework, line)
    return filling.slots.model_copy(update={"rework": lines, "newest": ReasonUse.REWORK})


def with_review(filling: Filling, quantity: Decimal) -> Slots:
    """One more line of pieces set aside."""
    line = Review(quantity=quantity, reason=None)
    lines = (*filling.slots.review, line)
    return filling.slots.model_copy(update={"review": lines, "newest": ReasonUse.REVIEW})


def step_here(filling: Filling) -> int | None:
    """The step meant by a slip scanned at this work centre: the only one, else the first with pieces here."""
    slip = filling.slip
    steps = filling.steps
    machine = filling.picture.plant.machines.get(filling.slots.machine or "")
    work_centre = machine.work_centre if machine else filling.work_centre
    ours = [number for number, step in steps.items() if step.work_centre == work_centre]
    if len(ours) == 1:
        return ours[0]
    waiting = [number for number in ours if slip and slip.lines[number].still_here]
    return waiting[0] if waiting else None

"""What a screen warns of at the scan, before the work is done: the doubts that are *said*.

Never stops anybody: the warning is recorded with the report.
"""

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Final

from floor.checking import check_states
from floor.decide.picture import Picture
from floor.decide.runs import run_use
from floor.events import ReportContent, RunKind
from floor.flags import Flag
from floor.moves import passed
from floor.orders import OrderState
from floor.people import Person
from floor.plant import Plant
from floor.progress import NOTHING, OrderProgress, SlipProgress, StepLine, accounted, differing
from floor.routing import RunUse, Step, feeders
from floor.runs import Run
from floor.tolerance import over_doubt

OF_QUANTITIES: Final = frozenset({Flag.MORE_THAN_HERE, Flag.OVER_TOLERANCE, Flag.CHECK_OWED, Flag.NO_RUN})
"""What is said of a report, and not of the beginning of work."""


def doubts_at_scan(
    picture: Picture,
    slip: str,
    step: int | None,
    machine: str | None,
    work_centre: str | None,
    copy_letter: str | None,
) -> tuple[Flag, ...]:
    """Every doubt about working on `step` of `slip` here, in order of precedence.

    `work_centre` is the station's; None means that the station serves all.
    """
    progress = picture.slip(slip)
    if progress is None or not progress.told:
        return (Flag.UNKNOWN_SLIP, *_machine_doubts(picture, machine))
    found: set[Flag] = set(paper_doubts(picture.order, progress))
    if not (picture.order.life.open or _was_confirmed_later(picture.order)):
        found.add(Flag.ORDER_NOT_OPEN)
    if progress.voided:
        found.add(Flag.VOIDED_SLIP)
    if copy_letter and copy_letter < progress.newest_copy:
        found.add(Flag.NEWER_COPY)
    if step is not None:
        found.update(_step_doubts(picture, progress, step, machine, work_centre))
    found.update(_machine_doubts(picture, machine))
    return tuple(flag for flag in Flag if flag in found)


def _was_confirmed_later(order: OrderProgress) -> bool:
    """Whether a slip says that the order was confirmed, and nothing known here says otherwise."""
    return order.on_paper is not None and order.life.state in {None, OrderState.DRAFT}


def paper_doubts(order: OrderProgress, slip: SlipProgress) -> list[Flag]:
    """Every doubt about what a slip says of itself."""
    found = []
    if slip.words.forged:
        found.append(Flag.PASSPORT_FORGED)
    if differing(order, slip):
        found.append(Flag.PASSPORT_DIFFERS)
    if slip.on_paper and not slip.words.proven:
        found.append(Flag.PASSPORT_UNPROVEN)
    return found


def _machine_doubts(picture: Picture, machine: str | None) -> tuple[Flag, ...]:
    return (Flag.MACHINE_DOWN,) if machine and picture.downtimes else ()


def _step_doubts(
    picture: Picture, slip: SlipProgress, number: int, machine: str | None, work_centre: str | None
) -> set[Flag]:
    step = picture.order.steps.get(number)
    if step is None:
        return {Flag.UNKNOWN_STEP} if picture.order.life.confirmed else set()
    found: set[Flag] = set()
    machine_at = (
        picture.plant.machines[machine].work_centre if machine in picture.plant.machines else work_centre
    )
    if machine_at is not None and machine_at != step.work_centre:
        found.add(Flag.WRONG_WORK_CENTRE)
    if machine and step.machine and machine != step.machine:
        found.add(Flag.WRONG_MACHINE)
    line = slip.lines[number]
    if line.final and not line.still_here:
        found.add(Flag.ALREADY_DONE)
    fed_by = feeders(picture.order.steps, number)
    if (fed_by or slip.origin) and not line.received:
        skipped = any(_is_skipped(slip, feeder, picture) for feeder in fed_by)
        found.add(Flag.STEP_SKIPPED if skipped else Flag.NOTHING_HERE)
    return found


def doubts_of_report(
    slip: SlipProgress | None, step: Step | None, content: ReportContent
) -> tuple[Flag, ...]:
    """What to say of a report before it is recorded: too much for its step, a check of it not made."""
    if slip is None or not slip.told:
        return ()
    line = slip.lines.get(content.step)
    over = over_doubt(line, content, step)
    pieces = (line.accounted if line else NOTHING) + accounted(content)
    owed = step is not None and any(check.owed for check in check_states(step, pieces, slip.care))
    return (*([over] if over else []), *([Flag.CHECK_OWED] if owed else []))


def doubts_of_start(line: StepLine | None, run_kind: RunKind) -> tuple[Flag, ...]:
    """What to say where work begins on a step at which nothing lies; a set-up needs no pieces yet."""
    if line is None or not line.counts or line.final or run_kind is RunKind.SETUP:
        return ()
    return () if line.unaccounted else (Flag.NOTHING_HERE,)


def doubts_about_people(
    step: Step | None, operators: Collection[str], people: Mapping[str, Person]
) -> tuple[Flag, ...]:
    """Every doubt about who works on a step: nobody of them is qualified, or another one was planned."""
    if step is None or not operators:
        return ()
    skilled = [people[number].skills for number in operators if number in people]
    found = []
    if step.skills and not any(set(step.skills) <= set(skills) for skills in skilled):
        found.append(Flag.NOT_QUALIFIED)
    if step.person is not None and step.person not in operators:
        found.append(Flag.OTHER_PERSON)
    return tuple(found)


def doubts_about_others(
    slip: SlipProgress | None, step: int | None, operators: Collection[str]
) -> tuple[Flag, ...]:
    """Whether others have work open at this step of the slip, and none of the operators is of their crew."""
    return (Flag.OTHERS_RUN,) if others_runs(slip, step, operators) else ()


def others_runs(slip: SlipProgress | None, step: int | None, operators: Collection[str]) -> tuple[Run, ...]:
    """The open runs at this step of the slip in which none of the operators takes part."""
    return tuple(
        run
        for run in (slip.runs if slip else ())
        if run.open and run.started.step == step and not set(run.started.operators) & set(operators)
    )


def doubts_about_run(plant: Plant, step: Step | None, run: str | None) -> tuple[Flag, ...]:
    """Whether START should have been scanned for this work, and was not."""
    wanted = run is None and run_use(plant, step) is RunUse.WANTED
    return (Flag.NO_RUN,) if wanted else ()


def _is_skipped(slip: SlipProgress, feeder: int, picture: Picture) -> bool:
    """Whether the slip's pieces were surely at a step where nobody reported; a child's since its split."""
    if slip.origin and slip.origin.step not in passed(feeder, picture.order.steps):
        return False
    return not slip.lines[feeder].reports


def nothing_more_comes(picture: Picture, slip: SlipProgress, number: int) -> bool:
    """Whether all that this slip will ever have at a step of the route has been passed on to it."""
    steps = picture.order.steps
    apart = slip.origin.step if slip.origin else None
    return all(
        slip.lines[feeder].final or (apart is not None and apart not in passed(feeder, steps))
        for feeder in feeders(steps, number)
    )


def left_after(line: StepLine | None, content: ReportContent) -> Fraction:
    """What a report would leave still here, or missing when it is final."""
    return max(NOTHING, line.unaccounted - accounted(content)) if line else NOTHING

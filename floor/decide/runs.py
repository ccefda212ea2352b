"""Rules for runs between their start and their report.

Never ends a run with figures: its report does. Never refuses a start because of a doubt.
"""

from typing import TypedDict

from floor.commands import CloseRun, PauseRun, ResumeRun, StartRun
from floor.decide.parts import with_ids
from floor.decide.picture import Decided, Picture
from floor.events import Moment, RunClosed, RunPaused, RunResumed, RunStarted
from floor.plant import Plant
from floor.refusals import Refusal
from floor.routing import RunUse, Step
from floor.runs import Run

RunCommand = StartRun | PauseRun | ResumeRun | CloseRun


def run_use(plant: Plant, step: Step | None) -> RunUse:
    """Whether START and END are scanned at a step: as it says, else as the plant does it."""
    return (step.runs if step else None) or plant.runs


def decide(picture: Picture, command: RunCommand, now: Moment) -> Decided | Refusal:
    """What becomes of a run."""
    if isinstance(command, StartRun):
        return _start(picture, command, now)
    run = _known(picture, command)
    if run is None or not (run.open or (run.forgotten and isinstance(command, CloseRun))):
        return Refusal.NO_OPEN_RUN
    match command:
        case PauseRun():
            return _pause(run, command, now)
        case ResumeRun():
            return _resume(run, command, now)
        case CloseRun():
            return _close(run, command, now)


def _start(picture: Picture, command: StartRun, now: Moment) -> Decided | Refusal:
    """A run; several may be open at once for one operator and one machine."""
    if run_use(picture.plant, picture.order.steps.get(command.step)) is RunUse.OFF:
        return Refusal.RUNS_NOT_USED
    if not command.operators:
        return Refusal.NO_OPERATOR
    started = RunStarted(
        at=now,
        by=command.by,
        slip=command.slip,
        order=picture.order_of(command.slip),
        step=command.step,
        machine=command.machine,
        operators=command.operators,
        run_kind=command.run_kind,
        warned=command.warned,
    )
    return [(command.intent, started)]


def _known(picture: Picture, command: PauseRun | ResumeRun | CloseRun) -> Run | None:
    slip = picture.slip(command.slip)
    return next((run for run in slip.runs if run.run == command.run), None) if slip else None


def _pause(run: Run, command: PauseRun, now: Moment) -> Decided | Refusal:
    if run.paused:
        return Refusal.RUN_PAUSED
    return [(command.intent, RunPaused(at=now, by=command.by, **_of(run)))]


def _resume(run: Run, command: ResumeRun, now: Moment) -> Decided | Refusal:
    """Every pause that is known here is over: two stations may have stopped the same run."""
    resumed = [
        RunResumed(at=now, by=command.by, pause=pause.fact.event_id, **_of(run)) for pause in run.open_pauses
    ]
    return with_ids(command.intent, resumed) if resumed else Refusal.RUN_GOES_ON


def _close(run: Run, command: CloseRun, now: Moment) -> Decided | Refusal:
    """The end of a run that is open, or of one that is over since nobody knows when."""
    if command.ended_ms is not None and not run.began_ms <= command.ended_ms <= now.clamped_ms:
        return Refusal.NOT_THEN
    return [(command.intent, RunClosed(at=now, by=command.by, ended_ms=command.ended_ms, **_of(run)))]


class _AboutRun(TypedDict):
    """What every word about a run says of it."""

    run: str
    slip: str
    order: str | None
    machine: str | None
    operators: tuple[str, ...]


def _of(run: Run) -> _AboutRun:
    started = run.started
    return {
        "run": run.run,
        "slip": started.slip,
        "order": started.order,
        "machine": started.machine,
        "operators": started.operators,
    }

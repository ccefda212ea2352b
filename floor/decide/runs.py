"""Rules for runs between their start and their report.

Never ends a run with figures: its report does. Never refuses a start because of a doubt.
"""

from floor.commands import CloseRun, PauseRun, ResumeRun, StartRun
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
    match command:
        case StartRun():
            return _start(picture, command, now)
        case PauseRun():
            return _pause(picture, command, now)
        case ResumeRun():
            return _resume(picture, command, now)
        case CloseRun():
            return _close(picture, command, now)


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


def _pause(picture: Picture, command: PauseRun, now: Moment) -> Decided | Refusal:
    run = _known(picture, command)
    if run is None or not run.open:
        return Refusal.NO_OPEN_RUN
    if run.paused:
        return Refusal.RUN_PAUSED
    started = run.started
    paused = RunPaused(
        at=now,
        by=command.by,
        run=run.run,
        slip=command.slip,
        order=started.order,
        machine=started.machine,
        operators=started.operators,
    )
    return [(command.intent, paused)]


def _resume(picture: Picture, command: ResumeRun, now: Moment) -> Decided | Refusal:
    run = _known(picture, command)
    if run is None or not run.open:
        return Refusal.NO_OPEN_RUN
    if run.paused is None:
        return Refusal.RUN_GOES_ON
    started = run.started
    resumed = RunResumed(
        at=now,
        by=command.by,
        run=run.run,
        pause=run.paused.fact.event_id,
        slip=command.slip,
        order=started.order,
        machine=started.machine,
        operators=started.operators,
    )
    return [(command.intent, resumed)]


def _close(picture: Picture, command: CloseRun, now: Moment) -> Decided | Refusal:
    """The end of a run that is open, or of one that is over since nobody knows when."""
    run = _known(picture, command)
    if run is None or not (run.open or run.forgotten):
        return Refusal.NO_OPEN_RUN
    if command.ended_ms is not None and not run.began_ms <= command.ended_ms <= now.clamped_ms:
        return Refusal.NOT_THEN
    started = run.started
    closed = RunClosed(
        at=now,
        by=command.by,
        run=run.run,
        slip=command.slip,
        order=started.order,
        machine=started.machine,
        operators=started.operators,
        ended_ms=command.ended_ms,
    )
    return [(command.intent, closed)]

"""Rules for reports, corrections and downtimes.

Never refuses a fact because it is doubtful: doubts are flags. Only what has no meaning is refused.
"""

from collections.abc import Iterator
from decimal import Decimal

from floor.commands import BringMachineUp, CorrectReport, ReportWork, TakeMachineDown
from floor.corrections import too_late
from floor.decide.limits import within_limits
from floor.decide.picture import Decided, Picture
from floor.decide.sheets import tags_of_report
from floor.events import (
    AskAnswered,
    MachineCameUp,
    MachineWentDown,
    Moment,
    ReportContent,
    ReportCorrected,
    Reported,
)
from floor.identity import follow_up
from floor.orders import OrderState
from floor.quantities import Unit, is_too_fine
from floor.refusals import Refusal


def report(picture: Picture, command: ReportWork, now: Moment) -> Decided | Refusal:
    """A report, unless it says nothing or counts parts of a whole piece."""
    content = within_limits(command.content)
    if isinstance(content, Refusal):
        return content
    ends_run = command.ends_run and command.run is not None
    if not any(_quantities(content)) and not ends_run and not content.final:
        return Refusal.EMPTY_REPORT
    refusal = _refuse_content(picture, content)
    if refusal:
        return refusal
    reported = Reported(
        at=now,
        by=command.by,
        slip=command.slip,
        order=picture.order_of(command.slip),
        content=content,
        run=command.run,
        ends_run=ends_run,
        source=command.source,
        copy_letter=command.copy_letter,
        proposed_good=command.proposed_good,
        cursor=command.cursor,
        warned=command.warned,
    )
    return [(command.intent, reported), *_answered(command, reported), *tags_of_report(command, reported)]


def _answered(command: ReportWork, reported: Reported) -> Decided:
    """What a policy asked of the report, in the same transaction."""
    answer = command.answer
    if answer is None:
        return []
    answered = AskAnswered(
        at=reported.at,
        by=command.by,
        report=command.intent,
        slip=command.slip,
        order=reported.order,
        flag=answer.flag,
        reason=answer.reason,
        approved_by=answer.approved_by,
    )
    return [(follow_up(command.intent, 1), answered)]


def correct(picture: Picture, command: CorrectReport, now: Moment) -> Decided | Refusal:
    """A correction of one's own report in time, or of any by a supervisor; none once the order is closed."""
    slip = picture.slip(command.slip)
    reports = [found for line in slip.lines.values() for found in line.reports] if slip else []
    named = next((found for found in reports if found.fact.event_id == command.report), None)
    if named is None:
        return Refusal.REPORT_UNKNOWN
    if picture.order.life.state is OrderState.CLOSED:
        return Refusal.ORDER_NOT_OPEN
    if command.by not in named.reported.content.operators and not command.as_supervisor:
        return Refusal.NOT_YOUR_REPORT
    if not command.as_supervisor and too_late(picture.plant.undo_minutes, named.reported.at, now):
        return Refusal.TOO_LATE_TO_CORRECT
    content = within_limits(command.content) if command.content else None
    if isinstance(content, Refusal):
        return content
    refusal = _refuse_content(picture, content) if content else None
    if refusal:
        return refusal
    corrected = ReportCorrected(
        at=now,
        by=command.by,
        report=command.report,
        slip=command.slip,
        order=named.reported.order,
        content=content,
        reason=command.reason or None,
    )
    return [(command.intent, corrected)]


def machine(command: TakeMachineDown | BringMachineUp, now: Moment) -> Decided | Refusal:
    """A machine goes down, or is up again."""
    match command:
        case TakeMachineDown():
            return machine_down(command, now)
        case BringMachineUp():
            return machine_up(command, now)


def machine_down(command: TakeMachineDown, now: Moment) -> Decided | Refusal:
    """A downtime; a machine may be reported down by several people at once."""
    if not command.operators:
        return Refusal.NO_OPERATOR
    down = MachineWentDown(
        at=now, by=command.by, machine=command.machine, reason=command.reason, operators=command.operators
    )
    return [(command.intent, down)]


def machine_up(command: BringMachineUp, now: Moment) -> Decided | Refusal:
    """The end of a downtime, even of one that nobody here knows."""
    if not command.operators:
        return Refusal.NO_OPERATOR
    up = MachineCameUp(
        at=now, by=command.by, machine=command.machine, downtime=command.downtime, operators=command.operators
    )
    return [(command.intent, up)]


def _quantities(content: ReportContent) -> Iterator[Decimal]:
    yield content.good
    yield from _parts(content)


def _parts(content: ReportContent) -> Iterator[Decimal]:
    for lines in (content.scrap, content.rework, content.review):
        yield from (line.quantity for line in lines)


def _refuse_content(picture: Picture, content: ReportContent) -> Refusal | None:
    if any(part == 0 for part in _parts(content)):
        return Refusal.QUANTITY_NOT_POSITIVE
    unit = unit_of(picture, content.step)
    if any(is_too_fine(amount, unit) for amount in _quantities(content)):
        return Refusal.TOO_MANY_DECIMALS
    return None


def unit_of(picture: Picture, step_number: int) -> Unit | None:
    """What the step counts in; None where no route is known."""
    confirmed = picture.order.locked
    step = picture.order.steps.get(step_number)
    return (step.unit or confirmed.unit) if confirmed and step else None

"""Rules for what is said about pieces besides reports: counted on arrival, checked, decided in review.

Never refuses a count or a check that surprises: what differs or fails is a flag.
"""

from floor.commands import CountArrival, DecideReview, MakeCheck
from floor.decide.picture import Decided, Picture
from floor.decide.sheets import tag_of_decision
from floor.decide.work import unit_of
from floor.events import ArrivalCounted, CheckMade, Moment, ReviewDecided, ReviewFate
from floor.quantities import is_too_fine
from floor.refusals import Refusal


def decide_care(
    picture: Picture, command: CountArrival | MakeCheck | DecideReview, now: Moment
) -> Decided | Refusal:
    """What is said about pieces at a station, besides reports."""
    match command:
        case CountArrival():
            return count_arrival(picture, command, now)
        case MakeCheck():
            return make_check(picture, command, now)
        case DecideReview():
            return decide_review(picture, command, now)


def count_arrival(picture: Picture, command: CountArrival, now: Moment) -> Decided | Refusal:
    """How many lie at a step; none is a number too."""
    if not command.operators:
        return Refusal.NO_OPERATOR
    if is_too_fine(command.quantity, unit_of(picture, command.step)):
        return Refusal.TOO_MANY_DECIMALS
    counted = ArrivalCounted(
        at=now,
        by=command.by,
        slip=command.slip,
        order=picture.order_of(command.slip),
        step=command.step,
        quantity=command.quantity,
        unit=command.unit,
        operators=command.operators,
    )
    return [(command.intent, counted)]


def make_check(picture: Picture, command: MakeCheck, now: Moment) -> Decided | Refusal:
    """What a check gave, even one that this route does not have."""
    if not command.operators:
        return Refusal.NO_OPERATOR
    made = CheckMade(
        at=now,
        by=command.by,
        slip=command.slip,
        order=picture.order_of(command.slip),
        step=command.step,
        check=command.check,
        machine=command.machine,
        operators=command.operators,
        value=command.value,
        passed=command.passed,
        report=command.report,
    )
    return [(command.intent, made)]


def decide_review(picture: Picture, command: DecideReview, now: Moment) -> Decided | Refusal:
    """What becomes of pieces in review; more than were set aside is counted and flagged."""
    if command.quantity <= 0:
        return Refusal.QUANTITY_NOT_POSITIVE
    if is_too_fine(command.quantity, unit_of(picture, command.step)):
        return Refusal.TOO_MANY_DECIMALS
    if command.fate is ReviewFate.REWORK and command.to_step is None:
        return Refusal.STEP_FIRST
    scraps, reworks = command.fate is ReviewFate.SCRAP, command.fate is ReviewFate.REWORK
    decided = ReviewDecided(
        at=now,
        by=command.by,
        slip=command.slip,
        order=picture.order_of(command.slip),
        step=command.step,
        quantity=command.quantity,
        unit=command.unit,
        fate=command.fate,
        reason=command.reason,
        caused_at=(command.step if command.caused_at is None else command.caused_at) if scraps else None,
        to_step=command.to_step if reworks else None,
    )
    return [(command.intent, decided), *tag_of_decision(command, decided)]

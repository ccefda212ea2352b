"""Rules for slips that part, join and end: split, merge, void.

Never refuses a part because it is more than is here: the pieces exist, and the doubt is flagged.
"""

from decimal import Decimal

from floor.commands import MergeSlips, SplitSlip, VoidSlip
from floor.decide.picture import Decided, Picture
from floor.events import Moment, SlipsMerged, SlipSplit, SlipVoided
from floor.progress import SlipProgress
from floor.quantities import Unit, countable, is_too_fine
from floor.refusals import Refusal
from floor.routing import Counting


def decide(picture: Picture, command: SplitSlip | MergeSlips | VoidSlip, now: Moment) -> Decided | Refusal:
    """What becomes of slips."""
    match command:
        case SplitSlip():
            return split(picture, command, now)
        case MergeSlips():
            return merge(picture, command, now)
        case VoidSlip():
            return void(picture, command, now)


def split(picture: Picture, command: SplitSlip, now: Moment) -> Decided | Refusal:
    """A child with a number of this stream, for a part of what is here at one step."""
    unit = _unit(picture, picture.slip(command.slip), command.step)
    if isinstance(unit, Refusal):
        return unit
    if command.quantity <= 0:
        return Refusal.QUANTITY_NOT_POSITIVE
    if is_too_fine(command.quantity, unit):
        return Refusal.TOO_MANY_DECIMALS
    child = SlipSplit(
        at=now,
        by=command.by,
        slip=picture.next_slip(),
        parent=command.slip,
        order=picture.order_of(command.slip) or "",
        step=command.step,
        quantity=command.quantity,
        unit=unit.name,
        printer=command.printer,
    )
    return [(command.intent, child)]


def merge(picture: Picture, command: MergeSlips, now: Moment) -> Decided | Refusal:
    """All that is still here of one slip at one step goes on with another slip of the order."""
    if command.slip == command.into:
        return Refusal.SAME_SLIP
    unit = _unit(picture, picture.slip(command.slip), command.step)
    if isinstance(unit, Refusal):
        return unit
    into = picture.slip(command.into)
    if into is None or not into.known:
        return Refusal.OTHER_ORDER
    there = into.lines.get(command.step)
    if there is not None and there.final:
        return Refusal.STEP_IS_DONE
    quantity = still_here(picture, command.slip, command.step, unit)
    if not quantity:
        return Refusal.NOTHING_LIES_HERE
    merged = SlipsMerged(
        at=now,
        by=command.by,
        slip=command.slip,
        into=command.into,
        order=picture.order_of(command.slip) or "",
        step=command.step,
        quantity=quantity,
        unit=unit.name,
    )
    return [(command.intent, merged)]


def void(picture: Picture, command: VoidSlip, now: Moment) -> Decided | Refusal:
    """The end of a slip's paper; of one that nobody here knows, too."""
    slip = picture.slip(command.slip)
    if slip and slip.voided:
        return Refusal.ALREADY_VOID
    if not command.reason.strip():
        return Refusal.REASON_NEEDED
    voided = SlipVoided(
        at=now,
        by=command.by,
        slip=command.slip,
        order=picture.order_of(command.slip),
        reason=command.reason.strip(),
    )
    return [(command.intent, voided)]


def still_here(picture: Picture, slip: str, step: int, unit: Unit) -> Decimal:
    """What of a slip waits at a step, as far as it can be counted in the step's unit."""
    progress = picture.slip(slip)
    line = progress.lines.get(step) if progress else None
    return countable(line.still_here, unit) if line else Decimal(0)


def _unit(picture: Picture, slip: SlipProgress | None, number: int) -> Unit | Refusal:
    """What is counted where pieces are to part or to join."""
    confirmed = picture.order.life.confirmed
    if slip is None or not slip.known or confirmed is None:
        return Refusal.SLIP_NOT_ISSUED_HERE
    step = picture.order.steps.get(number)
    if step is None or step.counting is not Counting.COUNTS:
        return Refusal.NOTHING_LIES_HERE
    return step.unit or confirmed.unit

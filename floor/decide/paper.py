"""Rules for slips and their paper.

Never waits for a printer: asking for paper is one fact, the printer's answer another.
"""

from decimal import Decimal
from typing import Final

from floor.commands import AnswerPaper, IssueSlips, PaperOutcome, ReprintSlip
from floor.decide.picture import Decided, Picture
from floor.events import (
    Event,
    Moment,
    PaperFailed,
    PaperPrinted,
    PaperSettled,
    PaperUnknown,
    SlipIssued,
    SlipReprinted,
)
from floor.identity import NAME_CHARS_MAX, NewId
from floor.paper_commands import SettlePaper
from floor.quantities import is_too_fine
from floor.refusals import Refusal

SLIPS_AT_ONCE_MAX: Final = 100


def lots(quantity: Decimal, lot: Decimal | None) -> list[Decimal]:
    """How a quantity is cut: full lots, and the rest last. `lots(100, 30)` gives 30, 30, 30, 10."""
    if lot is None or lot >= quantity:
        return [quantity]
    full, rest = divmod(quantity, lot)
    return [lot] * int(full) + ([rest] if rest else [])


def issue(picture: Picture, command: IssueSlips, now: Moment, new_id: NewId) -> Decided | Refusal:
    """Slips for a quantity of an open order. More than the order needs is issued too, and flagged."""
    confirmed = picture.order.life.confirmed
    if not picture.order.life.state:
        return Refusal.ORDER_UNKNOWN
    if not confirmed or not picture.order.life.open:
        return Refusal.ORDER_NOT_OPEN
    if command.quantity <= 0 or (command.lot is not None and command.lot <= 0):
        return Refusal.QUANTITY_NOT_POSITIVE
    if command.lot is not None and command.quantity > command.lot * SLIPS_AT_ONCE_MAX:
        return Refusal.TOO_MANY_SLIPS
    cut = lots(command.quantity, command.lot)
    if any(is_too_fine(amount, confirmed.unit) for amount in cut):
        return Refusal.TOO_MANY_DECIMALS
    ids = [command.intent, *(new_id() for _ in cut[1:])]
    return [
        (
            event_id,
            SlipIssued(
                at=now,
                by=command.by,
                slip=picture.next_slip(),
                order=command.order,
                quantity=amount,
                make_up=command.make_up,
                printer=command.printer,
            ),
        )
        for event_id, amount in zip(ids, cut, strict=True)
    ]


def reprint(picture: Picture, command: ReprintSlip, now: Moment) -> Decided | Refusal:
    """The next copy of a slip that is known here; the last one again where surely it was never on paper."""
    slip = picture.slip(command.slip)
    if slip is None or not slip.known:
        return Refusal.SLIP_UNKNOWN
    if slip.voided:
        return Refusal.ALREADY_VOID
    reprinted = SlipReprinted(
        at=now,
        by=command.by,
        slip=command.slip,
        order=slip.order,
        copy_letter=slip.next_copy,
        printer=command.printer,
        user=command.user,
    )
    return [(command.intent, reprinted)]


def settle(picture: Picture, command: SettlePaper, now: Moment) -> Decided:
    """What somebody found."""
    settled = PaperSettled(
        at=now,
        by=command.by,
        paper=command.paper,
        slip=command.slip,
        order=picture.order_of(command.slip) if command.slip else None,
        printer=command.printer,
        unknown=command.unknown,
        found=command.found,
    )
    return [(command.intent, settled)]


def answer(picture: Picture, command: AnswerPaper, now: Moment) -> Decided:
    """What the printer said."""
    order = picture.order_of(command.slip) if command.slip else None
    event: Event
    match command.outcome:
        case PaperOutcome.PRINTED:
            event = PaperPrinted(
                at=now,
                by=command.by,
                paper=command.paper,
                slip=command.slip,
                order=order,
                printer=command.printer,
                readers=command.readers,
                proof=command.proof,
            )
        case PaperOutcome.FAILED | PaperOutcome.UNKNOWN as outcome:
            said = PaperFailed if outcome is PaperOutcome.FAILED else PaperUnknown
            event = said(
                at=now,
                by=command.by,
                paper=command.paper,
                slip=command.slip,
                order=order,
                printer=command.printer,
                reason=command.reason[:NAME_CHARS_MAX] or "no reason given",
            )
    return [(command.intent, event)]

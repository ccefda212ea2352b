"""Rows of the supervisor's lists: orders and slips as cells.

Never chooses which rows there are: the desk does.
"""

from floor.codec import Fact
from floor.copies import copy_number, newest_requests
from floor.events import Event, PaperEvent, PaperFailed, PaperPrinted, PaperSettled, PaperUnknown
from floor.progress import OrderProgress, SlipProgress
from floor.tags import slip_name
from kiosk.dialogue.amounts import show
from kiosk.dialogue.moments import short_day
from kiosk.dialogue.view import Row, Tone
from kiosk.words import _


def order_row(order: OrderProgress) -> Row:
    """Order, item, due, wanted, issued, good, and by how much it falls short."""
    confirmed = order.life.confirmed
    due = confirmed.demand.due if confirmed else None
    cells = (
        order.number or "",
        confirmed.item_name if confirmed else "",
        short_day(due) if due else "",
        show(order.quantity),
        show(order.issued),
        show(order.output),
        show(order.shortfall) if order.shortfall else "",
    )
    return Row(cells, Tone.FLAGGED if order.shortfall else Tone.PLAIN)


def order_title(order: OrderProgress) -> str:
    """What the order's page is about."""
    confirmed = order.life.confirmed
    item = confirmed.item_name if confirmed else ""
    figures = _("wanted {wanted}, issued {issued}").format(
        wanted=show(order.quantity), issued=show(order.issued)
    )
    return f"{order.number}   {item}   {figures}"


def slip_row(order: OrderProgress, slip: SlipProgress) -> Row:
    """Reprint, with the slip's code, quantity, good, missing and what became of its paper.

    A void slip has its place in the list, and says that it is void.
    """
    missing = sum(line.missing for line in slip.lines.values())
    cells = (
        _("void") if slip.voided else _("Print again"),
        slip_name(slip.slip),
        show(slip.quantity),
        show(slip.output),
        show(missing) if missing else "",
        _paper(order, slip),
    )
    return Row(cells, Tone.WAITING if slip.voided else Tone.FLAGGED if missing else Tone.PLAIN)


def _paper(order: OrderProgress, slip: SlipProgress) -> str:
    """What became of the slip's newest paper."""
    if slip.voided:
        return _("VOID: {reason}").format(reason=_(getattr(slip.voided[-1].event, "reason", "")))
    letter, requests = newest_requests(order.facts, slip.slip)
    if not requests:
        return _("not printed")
    words = [_last_word(order, request) for request in requests]
    match min(words, key=_rank):
        case PaperPrinted() | PaperSettled(found=True):
            return _("copy {number} printed").format(number=copy_number(letter))
        case PaperFailed(reason=reason):
            return _("NOT printed: {reason}").format(reason=_(reason))
        case PaperUnknown():
            return _("perhaps printed: look")
        case PaperSettled(found=False):
            return _("looked for, NOT there")
        case PaperSettled():
            return _("perhaps printed: nobody knows")
    return _("printing")


def _last_word(order: OrderProgress, request: Fact) -> Event | None:
    """What was said last about paper that was asked for; None for nothing yet."""
    said = [fact.event for fact in order.facts if isinstance(fact.event, PaperEvent)]
    return next((event for event in said[::-1] if event.paper == request.event_id), None)


def _rank(word: Event | None) -> int:
    """Of several requests for one copy, the one whose word comes first here tells what became of it."""
    match word:
        case PaperPrinted() | PaperSettled(found=True):
            return 0
        case None:
            return 1
        case PaperUnknown():
            return 2
        case PaperSettled(found=None):
            return 3
        case PaperSettled():
            return 4
        case _:
            return 5

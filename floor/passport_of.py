"""The passport of a slip, from what is known of its order.

Never of a slip that is only known from its own paper: nobody vouches for hearsay.
"""

from typing import Final

from pydantic import ValidationError

from floor.events import Moment, OrderConfirmed, SlipIssued, SlipSplit
from floor.onpaper import on_passport
from floor.passport import STEPS_MAX, Part, Passport
from floor.progress import OrderProgress

MS_PER_MINUTE: Final = 60_000


def passport_of(
    order: OrderProgress, slip: str, copy_letter: str, key: str, printed: Moment
) -> Passport | None:
    """What a copy of `slip` says, signed by the key that is called `key`.

    None where the slip's issue or its order's confirmation is not known, or no passport can say it.
    """
    confirmed, known = order.life.confirmed, order.slips.get(slip)
    issue = known.issues[0].event if known and known.issues else None
    if confirmed is None or not isinstance(issue, SlipIssued | SlipSplit):
        return None
    try:
        return _passport(order, confirmed, issue, copy_letter, key, printed)
    except ValidationError:
        return None


def _passport(
    order: OrderProgress,
    confirmed: OrderConfirmed,
    issue: SlipIssued | SlipSplit,
    copy_letter: str,
    key: str,
    printed: Moment,
) -> Passport:
    steps = on_passport(order.steps)
    bom = next((bom.version for bom in confirmed.boms if bom.item == confirmed.demand.item), None)
    return Passport(
        slip=issue.slip,
        copy_letter=copy_letter,
        order=confirmed.order,
        item=confirmed.demand.item,
        item_name=confirmed.item_name,
        quantity=issue.quantity,
        order_quantity=confirmed.demand.quantity,
        unit=confirmed.unit,
        due=confirmed.demand.due,
        version_of_route=confirmed.route.version,
        version_of_bom=bom,
        make_up=isinstance(issue, SlipIssued) and issue.make_up,
        part=Part(parent=issue.parent, step=issue.step) if isinstance(issue, SlipSplit) else None,
        steps=steps[:STEPS_MAX],
        steps_dropped=max(0, len(steps) - STEPS_MAX),
        key=key,
        minute=max(0, printed.clamped_ms // MS_PER_MINUTE),
    )

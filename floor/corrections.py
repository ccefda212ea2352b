"""Corrections: how long an operator may correct alone, and what would be if a report had not been made.

Never changes a report: a correction is a fact of its own that names it.
"""

from typing import Final

from floor.events import Moment, ReportContent, ReportCorrected
from floor.progress import OrderProgress, fold_order

MS_PER_MINUTE: Final = 60_000


def too_late(undo_minutes: int, said: Moment, now: Moment) -> bool:
    """Whether a report said at `said` is a supervisor's to correct.

    Within one start of a machine its steady clock decides, which nobody can turn; else the clamped one.
    """
    same_start = said.boot_id == now.boot_id
    passed_ms = now.monotonic_ms - said.monotonic_ms if same_start else now.clamped_ms - said.clamped_ms
    return passed_ms > undo_minutes * MS_PER_MINUTE


def without_report(order: OrderProgress, report: str) -> OrderProgress:
    """The order as if nobody had made this report: what its new content is compared with."""
    left = [
        fact
        for fact in order.facts
        if fact.event_id != report
        and not (isinstance(fact.event, ReportCorrected) and fact.event.report == report)
    ]
    return fold_order(left, order.number)


def content_of(order: OrderProgress, report: str) -> ReportContent | None:
    """What a report says as it counts now; None where it is not known, or was taken back."""
    lines = (line for slip in order.slips.values() for line in slip.lines.values())
    found = (one for line in lines for one in line.reports if one.fact.event_id == report)
    return next((one.content for one in found), None)

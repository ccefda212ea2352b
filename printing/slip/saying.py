"""What a slip says, in the plant's words: the day, the copy, the details, the foot.

Never places anything and never leaves out which copy it is.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from floor.quantities import show
from floor.tags import ALPHABET, slip_name
from printing.sheet import SheetStep, SlipSheet
from printing.slip.side import Side
from printing.slip.template import Detail, Template

COPIES_MAX: Final = len(ALPHABET)
"""The copy letter that all later copies share."""
UNKNOWN: Final = "–"
BETWEEN: Final = "  ·  "


def day(due: date | None, template: Template) -> str:
    """`Thu 30 Apr 2026`: no plant mistakes the month for the day."""
    if due is None:
        return UNKNOWN
    return f"{template.days[due.weekday()]} {due.day} {template.months[due.month - 1]} {due.year}"


def amount(sheet: SlipSheet) -> str:
    """The quantity without its unit."""
    return UNKNOWN if sheet.quantity is None else show(sheet.quantity)


def plates(side: Side) -> Iterator[tuple[str, bool]]:
    """(word, whether it is to be noticed) of what sets this paper apart, the rightmost first."""
    sheet, labels = side.sheet, side.labels
    more = "+" if sheet.copy_number == COPIES_MAX else ""
    yield f"{labels.copy} {sheet.copy_number}{more}", sheet.copy_number > 1
    if sheet.make_up:
        yield labels.make_up, True
    if sheet.part_of:
        yield labels.part, True


def details(side: Side) -> str:
    """What is good to know and small, on one line."""
    sheet, labels = side.sheet, side.labels
    said = {
        Detail.ITEM: sheet.item and f"{labels.item} {sheet.item}",
        Detail.CUSTOMER: sheet.customer and f"{labels.customer} {sheet.customer}",
        Detail.SALES_ORDER: sheet.sales_order and f"{labels.sales_order} {sheet.sales_order}",
    }
    chosen = (said.get(detail) for detail in side.style.template.details)
    superseded = labels.superseded if sheet.copy_number > 1 else None
    return BETWEEN.join(filter(None, [sheet.part_of, superseded, *chosen]))


def note(side: Side) -> str:
    """The order's note, where the plant wants it."""
    if not side.sheet.note or Detail.NOTE not in side.style.template.details:
        return ""
    return f"{side.labels.note} {side.sheet.note}"


def name_and_rest(side: Side) -> tuple[str, str]:
    """The slip's name, and the letters of copy and check that make it the code of this copy."""
    name = slip_name(side.sheet.slip)
    return name, side.code[len(name.replace(" ", "")) :]


def where_and_who(step: SheetStep) -> str:
    """Work centre, planned machine, planned person."""
    return " · ".join(filter(None, [step.work_centre, step.machine, step.person]))


def foot(side: Side) -> str:
    """What vouches for the disk that the slip was recorded on, when and where it was printed."""
    sheet = side.sheet
    return BETWEEN.join([f"{side.labels.ledger} {sheet.ledger_head}", sheet.printed_at, sheet.station])


def page(side: Side) -> str:
    """`page 1 of 2`."""
    return f"{side.labels.page} {side.number} {side.labels.of} {side.count}"

"""The transfer slip on A6: order and quantity large, the route with a code and room to sign for each step.

Never more than twelve steps on a page, never a step cut in two; every page carries the slip's code.
"""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final

from floor.quantities import show
from floor.tags import ALPHABET, grouped
from printing.fitting import Room
from printing.page import LINE_MM, MODULE_MM, Page, Typeface, quiet_bars, quiet_square
from printing.pen import Pen
from printing.sheet import SheetStep, SlipSheet
from printing.symbols import QR_MODULES, bars_modules

WIDTH: Final = 105
HEIGHT: Final = 148
STEPS_MAX: Final = 12
"""On one page."""
STEPS_ROOMY_MAX: Final = 10
"""Up to so many on a page, its head has more air and second lines."""
COPIES_MAX: Final = len(ALPHABET)
"""The copy letter that all later copies share."""
STEPS_WITH_BARS_MAX: Final = 4
"""Up to so many, each step has a Code 128 beside its QR, for scanners that read bars only."""

BARS_HEIGHT: Final = 12
STEP_BARS_HEIGHT: Final = 8.5
QUIET_BARS: Final = quiet_bars()
QUIET_QR: Final = quiet_square()
QR_SIZE: Final = QR_MODULES * MODULE_MM

MARGIN: Final = 4
LEFT: Final = MARGIN
RIGHT: Final = WIDTH - MARGIN
FOOT: Final = HEIGHT - MARGIN
ROUTE_END: Final = FOOT - 3.5
CODES_X: Final = RIGHT - 2 * QR_SIZE - QUIET_QR
"""Step codes stand in two columns by turns: a reader that looks at one does not see the next."""
RULES_END: Final = CODES_X - QUIET_QR
"""No line comes near a code."""

ROW_MIN: Final = 8
ROW_MAX: Final = 13
ROW_TALL: Final = 10.5
"""Room for three lines of words."""
ROW_WITH_BARS: Final = 21
NOTES_MIN: Final = 8
NOTES_LINE: Final = 9
THICK: Final = 0.5

STEP_WIDTH: Final = 8
SIGN_COLUMNS: Final = (("GOOD", 9.5), ("SCRAP", 9.5), ("SIGN", 14))
SIGN_X: Final = RULES_END - sum(width for _, width in SIGN_COLUMNS)
OPERATION_X: Final = LEFT + STEP_WIDTH
OPERATION_WIDTH: Final = SIGN_X - OPERATION_X - 1

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LABEL: Final = Room(20, size=5.5, size_min=5.5, bold=True)
_UNKNOWN: Final = "–"


@dataclass(frozen=True, slots=True)
class _Place:
    """One page among all of a slip."""

    number: int
    count: int
    steps: tuple[SheetStep, ...]


def lay_out_slip(sheet: SlipSheet, typeface: Typeface) -> tuple[Page, ...]:
    """The pages of a slip, their steps shared out evenly."""
    count = max(1, ceil(len(sheet.steps) / STEPS_MAX))
    each = ceil(len(sheet.steps) / count)
    places = [
        _Place(number + 1, count, sheet.steps[number * each : (number + 1) * each]) for number in range(count)
    ]
    return tuple(_page(sheet, place, typeface) for place in places)


def _page(sheet: SlipSheet, place: _Place, typeface: Typeface) -> Page:
    pen = Pen(typeface)
    roomy = len(place.steps) <= STEPS_ROOMY_MAX
    _top_line(pen, sheet)
    below = _order_and_quantity(pen, sheet, MARGIN + (12.4 if roomy else 10.9))
    below = _item_and_due(pen, sheet, below + (5.8 if roomy else 5))
    below = _details(pen, sheet, below + (4.2 if roomy else 3.4), roomy)
    below = _slip_code(pen, sheet, below + (2.8 if roomy else 2.2))
    below = _route(pen, place.steps, below + (2 if roomy else 0.9))
    _notes(pen, below)
    _foot(pen, sheet, place)
    return Page(WIDTH, HEIGHT, tuple(pen.marks))


def _top_line(pen: Pen, sheet: SlipSheet) -> None:
    height = 4.2
    copy = f"COPY {sheet.copy_number}{'+' if sheet.copy_number == COPIES_MAX else ''}"
    left = pen.plate(RIGHT, MARGIN, height, copy, inverse=sheet.copy_number > 1)
    if sheet.make_up:
        left = pen.plate(left - 1.5, MARGIN, height, "MAKE-UP", inverse=True)
    if sheet.part_of:
        left = pen.plate(left - 1.5, MARGIN, height, "PART", inverse=True)
    baseline = MARGIN + 3
    title = "TRANSFER SLIP"
    pen.write(LEFT, baseline, title, Room(40, 7, 7, bold=True))
    beside = LEFT + pen.width(title, 7, bold=True) + 2
    pen.write(beside, baseline, sheet.plant, Room(left - beside - 2, 7, 5.5))


def _order_and_quantity(pen: Pen, sheet: SlipSheet, baseline: float) -> float:
    """The largest words of the page; answers their baseline."""
    unit = Room(16, 10, 6, bold=True)
    unit_left = RIGHT - pen.extent(sheet.unit, unit)
    pen.write(RIGHT, baseline, sheet.unit, unit, "right")
    amount = show(sheet.quantity) if sheet.quantity is not None else _UNKNOWN
    amount_room = Room(40, 24, 12, bold=True)
    amount_end = unit_left - 1.2
    pen.write(amount_end, baseline, amount, amount_room, "right")
    order_width = amount_end - pen.extent(amount, amount_room) - 3 - LEFT
    order = sheet.order or "order not known here"
    pen.write_upwards(LEFT, baseline, order, Room(order_width, 20, 9, lines_max=2, bold=True))
    return baseline


def _item_and_due(pen: Pen, sheet: SlipSheet, baseline: float) -> float:
    """Answers the last baseline."""
    due = _day(sheet.due) if sheet.due else _UNKNOWN
    pen.write(RIGHT, baseline, due, Room(40, 12, 12, bold=True), "right")
    due_left = RIGHT - pen.width(due, 12, bold=True) - 1.2
    pen.write(due_left, baseline, "DUE", _LABEL, "right")
    name_width = due_left - 6 - LEFT
    pen.write_upwards(
        LEFT, baseline, sheet.item_name or _UNKNOWN, Room(name_width, 12, 6.5, lines_max=2, bold=True)
    )
    return baseline


def _details(pen: Pen, sheet: SlipSheet, baseline: float, roomy: bool) -> float:
    """What is good to know and small; answers the last baseline."""
    details = [
        sheet.part_of,
        sheet.item and f"Item {sheet.item}",
        sheet.customer and f"For {sheet.customer}",
        sheet.sales_order and f"Sales order {sheet.sales_order}",
    ]
    room = Room(RIGHT - LEFT, 7.5, 5.5, lines_max=2 if roomy else 1)
    last = pen.write(LEFT, baseline, "  ·  ".join(filter(None, details)), room)
    if not sheet.note:
        return last
    return pen.write(LEFT, last + 3.3, f"Note: {sheet.note}", room)


def _day(day: date) -> str:
    """`Thu 30 Apr 2026`: no plant mistakes the month for the day."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def _slip_code(pen: Pen, sheet: SlipSheet, top: float) -> float:
    """Answers where the route may begin."""
    pen.bars(LEFT, top, BARS_HEIGHT, sheet.code)
    pen.square(RIGHT - QR_SIZE, top, sheet.code)
    left = LEFT + bars_modules(sheet.code) * MODULE_MM + QUIET_BARS
    width = RIGHT - QR_SIZE - QUIET_QR - left
    pen.write(left, top + 1.6, "SLIP", _LABEL)
    pen.write(left, top + 5.6, grouped(sheet.code), Room(width, 11, 11, lines_max=2, bold=True))
    return top + BARS_HEIGHT


def _route(pen: Pen, steps: tuple[SheetStep, ...], top: float) -> float:
    """Answers where the route ends."""
    pen.rule(LEFT, top, RIGHT - LEFT, THICK)
    baseline = top + 2.4
    pen.write(LEFT, baseline, "STEP", _LABEL)
    pen.write(OPERATION_X, baseline, "OPERATION · WHERE · WHO", Room(OPERATION_WIDTH, 5.5, 5.5, bold=True))
    x = SIGN_X
    for label, width in SIGN_COLUMNS:
        pen.write(x + 0.8, baseline, label, _LABEL)
        x += width
    y = top + 3
    pen.rule(LEFT, y, RULES_END - LEFT)
    if not steps:
        return y
    with_bars = len(steps) <= STEPS_WITH_BARS_MAX
    height = ROW_WITH_BARS if with_bars else max(ROW_MIN, min(ROW_MAX, (ROUTE_END - y) / len(steps)))
    for index, step in enumerate(steps):
        _row(pen, step, y, height, with_bars)
        _step_square(pen, step, index, y, height)
        y += height
    return y


def _row(pen: Pen, step: SheetStep, y: float, height: float, with_bars: bool) -> None:
    upper = height - STEP_BARS_HEIGHT - 2 if with_bars else height
    lines_max = 2 if upper >= ROW_TALL else 1
    pen.write(LEFT, y + 4.3, str(step.number), Room(STEP_WIDTH - 1, 12, 7, bold=True))
    first = y + 3.5
    last = pen.write(OPERATION_X, first, step.name, Room(OPERATION_WIDTH, 9, 6.5, lines_max, bold=True))
    lines_left = 1 if last > first else lines_max
    pen.write(OPERATION_X, last + 3.2, _where_and_who(step), Room(OPERATION_WIDTH, 7, 5.5, lines_left))
    if step.quantity:
        own = Room(SIGN_COLUMNS[0][1] - 1, 6, 4.5)
        pen.write(SIGN_X + SIGN_COLUMNS[0][1] / 2, y + upper - 0.9, step.quantity, own, "middle")
    x = SIGN_X
    for _, width in SIGN_COLUMNS:
        pen.upright(x, y, upper)
        x += width
    pen.upright(x - LINE_MM, y, upper)
    pen.rule(LEFT, y + height - LINE_MM, RULES_END - LEFT)
    if with_bars and step.code:
        pen.rule(SIGN_X, y + upper - LINE_MM, RULES_END - SIGN_X)
        pen.bars(OPERATION_X, y + upper + 0.8, STEP_BARS_HEIGHT, step.code)


def _where_and_who(step: SheetStep) -> str:
    return " · ".join(filter(None, [step.work_centre, step.machine, step.person]))


def _step_square(pen: Pen, step: SheetStep, index: int, y: float, height: float) -> None:
    """The step's QR in one of two columns, its number in the other."""
    if not step.code:
        return
    columns = [CODES_X, RIGHT - QR_SIZE]
    here, beside = columns if index % 2 == 0 else columns[::-1]
    pen.square(here, y + (height - QR_SIZE) / 2, step.code)
    centre = y + height / 2 + 1.2
    pen.write(
        beside + QR_SIZE / 2,
        centre,
        str(step.number),
        Room(QR_SIZE - 2 * QUIET_QR, 9, 6, bold=True),
        "middle",
    )


def _notes(pen: Pen, route_end: float) -> None:
    top = route_end + 2
    height = ROUTE_END - top
    if height < NOTES_MIN:
        return
    pen.frame(LEFT, top, RIGHT - LEFT, height)
    pen.write(LEFT + 1, top + 2.4, "NOTES", _LABEL)
    for line in range(1, ceil((height - 3) / NOTES_LINE)):
        pen.rule(LEFT + 2, top + line * NOTES_LINE, RIGHT - LEFT - 4)


def _foot(pen: Pen, sheet: SlipSheet, place: _Place) -> None:
    said = f"ledger {sheet.ledger_head}  ·  {sheet.station}  ·  {sheet.printed_at}"
    page = f"page {place.number} of {place.count}"
    pen.write(LEFT, FOOT, said, Room(80, 6, 5))
    pen.write(RIGHT, FOOT, page, Room(16, 6, 5), "right")

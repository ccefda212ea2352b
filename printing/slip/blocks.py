"""The blocks of a slip that are as high as what they say: head, order, item, details, code, lines, foot.

Each is drawn into a span from its top and answers where it ends. Never looks at the paper's name: its
measures decide.
"""

from collections.abc import Callable
from typing import Final

from printing.fitting import Fitted, Room
from printing.page import points, quiet_bars, quiet_square
from printing.pen import CAP_HEIGHT, LEADING, Pen
from printing.slip import saying
from printing.slip.logo import proportions
from printing.slip.side import Side, Span
from printing.slip.template import Block
from printing.symbols import QR_MODULES, bars_modules

Draw = Callable[[Pen, Side, Span, float], float]

HEAD_HEIGHT: Final = 4.2
"""Of plates and title on A6."""
BETWEEN_PLATES: Final = 1.5
BASELINE_OF_PLATES: Final = 0.72
"""Of their height."""
TITLE_WIDTH_MIN: Final = 18.0
"""With less room beside the plates the title stands below them."""
VOID_HEIGHT: Final = 6.0
NARROW: Final = 80.0
"""A narrower span on A6 has the due day on a line of its own."""
LOGO_WIDTH_MAX: Final = 0.45
"""Of the span."""
LETTERS_WIDTH_MIN: Final = 18.5
"""Room for a slip's letters beside its bars, on A6."""
LABEL_SIZE: Final = 5.5


def caps(size: float) -> float:
    """How high capitals of so many points stand, in millimetres."""
    return points(size * CAP_HEIGHT)


def height(text: Fitted) -> float:
    """From the top of a text to its last baseline."""
    return caps(text.size) + (len(text.lines) - 1) * points(text.size * LEADING)


def label(side: Side, width: float) -> Room:
    """Room for the small words over what is written or signed."""
    size = LABEL_SIZE * side.on.words
    return Room(width, size, size * 0.6, bold=True)


def head(pen: Pen, side: Side, span: Span, top: float) -> float:
    """Logo, title and plant at the left, plates at the right; a void slip says so from edge to edge."""
    logo = _logo(pen, side, span, top)
    left, below = _plates(pen, side, Span(logo.right, span.right), top)
    beside, baseline = Span(logo.right, left - 2), top + _head_height(side) * BASELINE_OF_PLATES
    if beside.width < TITLE_WIDTH_MIN * side.on.words:
        beside, baseline = Span(logo.right, span.right), below + _head_height(side) * BASELINE_OF_PLATES
    bottom = max(below, top + side.style.template.logo_height_mm if side.style.logo else 0.0)
    bottom = max(bottom, _title(pen, side, beside, baseline))
    return _void_band(pen, side, span, bottom + 1.5) if side.sheet.void else bottom


def _head_height(side: Side) -> float:
    return HEAD_HEIGHT * side.on.words


def _plates(pen: Pen, side: Side, span: Span, top: float) -> tuple[float, float]:
    """Plates from the right, in as many rows as they need: where the first begins, where the last ends."""
    height, y = _head_height(side), top
    right, leftmost = span.right, span.right
    for word, noticed in saying.plates(side):
        if right < span.right and right - pen.plate_width(height, word) < span.left:
            right, y = span.right, y + height + BETWEEN_PLATES
        left = pen.plate(right, y, height, word, inverse=noticed)
        leftmost, right = min(leftmost, left), left - BETWEEN_PLATES
    return leftmost, y + height


def _logo(pen: Pen, side: Side, span: Span, top: float) -> Span:
    """From the left edge to where words may begin."""
    logo, height = side.style.logo, side.style.template.logo_height_mm
    if logo is None:
        return Span(span.left, span.left)
    width = min(height * proportions(logo), span.width * LOGO_WIDTH_MAX)
    pen.picture(span.left, top, width, height, logo)
    return Span(span.left, span.left + width + 2)


def _void_band(pen: Pen, side: Side, span: Span, top: float) -> float:
    height = VOID_HEIGHT * side.on.words
    left = pen.plate(span.right, top, height, side.labels.void, inverse=True)
    pen.fill(span.left, top, left - span.left, height)
    return top + height


def _title(pen: Pen, side: Side, span: Span, baseline: float) -> float:
    """The title and the plant, beside it where there is room, else below."""
    size = 7 * side.on.words
    title = Room(span.width, size, size * 0.6, bold=True)
    pen.write(span.left, baseline, side.labels.title, title)
    beside = span.left + pen.extent(side.labels.title, title) + 2
    plant = Room(span.right - beside, size, size * 0.78)
    if pen.width(side.sheet.plant, plant.size_min) <= plant.width:
        pen.write(beside, baseline, side.sheet.plant, plant)
        return baseline
    below = Room(span.width, size, size * 0.78)
    return pen.write(span.left, baseline + points(size * LEADING), side.sheet.plant, below)


def order(pen: Pen, side: Side, span: Span, top: float) -> float:
    """Order number and quantity, the largest words; one above the other where they do not fit beside."""
    words = side.on.words
    number = side.sheet.order or side.labels.order_unknown
    baseline = top + caps(24 * words)
    quantity_left = _quantity_left(pen, side, span)
    room = Room(quantity_left - 3 * words - span.left, 20 * words, 9 * words, lines_max=2, bold=True)
    beside = pen.fitted(number, room)
    if not beside.cut:
        baseline = max(baseline, top + height(beside))
        pen.write_upwards(span.left, baseline, number, room)
    else:
        alone = Room(span.width, 16 * words, 9 * words, lines_max=2, bold=True)
        last = pen.write(span.left, top + caps(pen.fitted(number, alone).size), number, alone)
        figure = pen.fitted(saying.amount(side.sheet), _quantity_rooms(side, span)[0])
        baseline = last + 2.2 * words * side.air + caps(figure.size)
    _quantity(pen, side, span, baseline)
    return baseline


def _quantity_rooms(side: Side, span: Span) -> tuple[Room, Room]:
    """For the figure, which is never cut, and for its unit."""
    words = side.on.words
    figure = Room(span.width * 0.6, 24 * words, 8 * words, bold=True)
    return figure, Room(16 * words, 10 * words, 6 * words, bold=True)


def _quantity_left(pen: Pen, side: Side, span: Span) -> float:
    figure, unit = _quantity_rooms(side, span)
    taken = pen.extent(saying.amount(side.sheet), figure) + pen.extent(side.sheet.unit, unit)
    return span.right - taken - 1.2 * side.on.words


def _quantity(pen: Pen, side: Side, span: Span, baseline: float) -> None:
    figure, unit = _quantity_rooms(side, span)
    pen.write(span.right, baseline, side.sheet.unit, unit, "right")
    right = span.right - pen.extent(side.sheet.unit, unit) - 1.2 * side.on.words
    pen.write(right, baseline, saying.amount(side.sheet), figure, "right")


def item(pen: Pen, side: Side, span: Span, top: float) -> float:
    """The item's name and the due day; below each other where the span is narrow."""
    words, size = side.on.words, 12 * side.on.words
    name, due = side.sheet.item_name or saying.UNKNOWN, saying.day(side.sheet.due, side.style.template)
    due_room = Room(span.width * 0.6, size, size * 0.6, bold=True)
    if span.width < NARROW * words:
        room = Room(span.width, size, size * 0.55, lines_max=2 if side.roomy else 1, bold=True)
        last = pen.write(span.left, top + caps(size), name, room)
        baseline = last + 1.8 * side.air * words + caps(size)
        pen.write(span.left, baseline, side.labels.due, label(side, 20 * words))
        x = span.left + pen.extent(side.labels.due, label(side, 20 * words)) + 1.2 * words
        pen.write(x, baseline, due, due_room)
        return baseline
    due_left = span.right - pen.extent(due, due_room) - 1.2 * words
    width = due_left - pen.extent(side.labels.due, label(side, 20 * words)) - 3 * words - span.left
    room = Room(width, size, size * 0.55, lines_max=2 if side.roomy else 1, bold=True)
    baseline = top + max(caps(size), height(pen.fitted(name, room)))
    pen.write(span.right, baseline, due, due_room, "right")
    pen.write(due_left, baseline, side.labels.due, label(side, 20 * words), "right")
    pen.write_upwards(span.left, baseline, name, room)
    return baseline


def details(pen: Pen, side: Side, span: Span, top: float) -> float:
    """What is good to know and small, and the order's note."""
    words = side.on.words
    narrow = span.width < NARROW * words
    room = Room(span.width, 7.5 * words, 5.5 * words, lines_max=(2 if side.roomy else 1) + narrow)
    last = top
    for text in filter(None, [saying.details(side), saying.note(side)]):
        last = pen.write(span.left, last + caps(7.5 * words) + (1.2 * words if last > top else 0), text, room)
    return last


def lines(pen: Pen, side: Side, span: Span, top: float) -> float:
    """The template's own words, line under line."""
    size = 7.5 * side.on.words
    room = Room(span.width, size, size * 0.75, lines_max=2)
    last = top
    for text in side.style.template.lines:
        gap = points(size * LEADING) - caps(size) if last > top else 0
        last = pen.write(span.left, last + gap + caps(size), text, room)
    return last


def code_width(side: Side) -> float:
    """The least width that the slip's bars need, with what stays white behind them."""
    module = side.on.module_mm
    return bars_modules(side.code) * module + quiet_bars(module)


def code(pen: Pen, side: Side, span: Span, top: float) -> float:
    """The slip's QR, its bars and its letters: in one row, or with letters or with both below the bars."""
    on, module = side.on, side.on.module_mm
    bars_width = bars_modules(side.code) * module
    square = QR_MODULES * module
    gap = max(quiet_bars(module), quiet_square(module))
    in_a_row = square + gap + bars_width + gap
    if span.width + span.white >= in_a_row:
        pen.square(span.left, top + (on.bars_height - square) / 2, side.code, module)
        pen.bars(span.left + square + gap, top, on.bars_height, side.code, module)
        if span.width - in_a_row >= LETTERS_WIDTH_MIN * on.words:
            white = on.bars_height - _letters_height(side)
            _letters(pen, side, Span(span.left + in_a_row, span.right), top + white / 2)
            return top + on.bars_height
        below = top + on.bars_height + quiet_square(module) / 2
        return _letters(pen, side, Span(span.left, span.right), below)
    pen.bars(span.left, top, on.bars_height, side.code, module)
    below = top + on.bars_height + quiet_square(module)
    pen.square(span.left, below, side.code, module)
    _letters(pen, side, Span(span.left + square + gap, span.right), below)
    return below + square + quiet_square(module) / 2


def _letters_height(side: Side) -> float:
    words = side.on.words
    return caps(LABEL_SIZE * words) + 1.3 * words + caps(11 * words)


def _letters(pen: Pen, side: Side, span: Span, top: float) -> float:
    """The slip's name, and smaller the letters that make it the code of this copy, to be typed."""
    words = side.on.words
    name, rest = saying.name_and_rest(side)
    room = Room(span.width * 0.84, 11 * words, 7 * words, bold=True)
    baseline = top + _letters_height(side)
    pen.write(span.left, top + caps(LABEL_SIZE * words), side.labels.slip, label(side, span.width))
    pen.write(span.left, baseline, name, room)
    x = span.left + pen.extent(name, room) + 0.4 * words
    pen.write(x, baseline, rest, Room(span.right - x, 7.5 * words, 5 * words))
    return baseline


def foot(pen: Pen, side: Side, span: Span, baseline: float) -> float:
    """The last line of every page: it stands on `baseline`."""
    size = 6 * side.on.words
    room = Room(span.width * 0.4, size, size * 0.7)
    pen.write(span.right, baseline, saying.page(side), room, "right")
    width = span.width - pen.extent(saying.page(side), room) - 2
    pen.write(span.left, baseline, saying.foot(side), Room(width, size, size * 0.7))
    if side.style.remark:
        above = baseline - points(size * LEADING)
        pen.write(span.left, above, side.style.remark, Room(span.width, size, size * 0.7, bold=True))
    return baseline


def foot_height(side: Side) -> float:
    """How far the foot reaches above its baseline."""
    size = 6 * side.on.words
    return caps(size) + (points(size * LEADING) if side.style.remark else 0)


FIXED: Final[dict[Block, Draw]] = {
    Block.HEAD: head,
    Block.ORDER: order,
    Block.ITEM: item,
    Block.DETAILS: details,
    Block.CODE: code,
    Block.LINES: lines,
}
"""Blocks that take what they need."""

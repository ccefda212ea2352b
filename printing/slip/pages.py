"""A slip as pages of one paper, blocks from top to bottom as they were planned.

Never a step cut in two; every page carries the slip's code, the first one its passport.
"""

from collections.abc import Iterator
from dataclasses import replace

from printing.fitting import Room
from printing.page import Page, Typeface, quiet_square
from printing.pen import Pen
from printing.sheet import SlipSheet
from printing.slip import blocks, writing
from printing.slip.blocks import FIXED
from printing.slip.measures import MEASURES
from printing.slip.planning import STRIP_GAP, Plan, Ruler, edges, gap, plan, shares, split, steps_max
from printing.slip.route import route
from printing.slip.side import BUILT_IN_STYLE, Side, Style
from printing.slip.template import Block
from printing.symbols import qr


def lay_out_slip(sheet: SlipSheet, typeface: Typeface, style: Style = BUILT_IN_STYLE) -> tuple[Page, ...]:
    """The pages of a slip, their steps shared out evenly."""
    ruler = Ruler(typeface)
    return tuple(_drawn(plan(ruler, side), Pen(typeface)) for side in _sides(ruler, sheet, style))


def _sides(ruler: Ruler, sheet: SlipSheet, style: Style) -> Iterator[Side]:
    """Each page with its steps."""
    first = Side(sheet, sheet.code, style, MEASURES[style.paper], 1, 1, sheet.steps)
    later = replace(first, number=2)
    room = steps_max(ruler, first)
    counts = [len(sheet.steps)]
    if len(sheet.steps) > room:
        counts = list(shares(len(sheet.steps), room, steps_max(ruler, later)))
    taken = 0
    for number, count in enumerate(counts, 1):
        steps = sheet.steps[taken : taken + count]
        yield replace(first, number=number, count=len(counts), steps=steps)
        taken += count


def _drawn(planned: Plan, pen: Pen) -> Page:
    side, corner = planned.side, planned.corner
    if corner:
        pen.square(corner.left, side.on.margin, corner.code, corner.module_mm)
    for stand in planned.upper:
        FIXED[stand.block](pen, stand.side, stand.span, stand.top)
    end = _lower(pen, planned)
    if side.on.height is None:
        end = _passport_below(pen, side, end) if side.passport and not corner else end
        baseline = end + STRIP_GAP + blocks.foot_height(side)
    else:
        baseline = side.on.height - side.on.margin
    blocks.foot(pen, side, edges(side), baseline)
    return Page(side.on.width, side.on.height or baseline + side.on.margin, tuple(pen.marks))


def _lower(pen: Pen, planned: Plan) -> float:
    """Draws the route and everything below it; answers where that ends."""
    side, y, span = planned.side, planned.top, edges(planned.side)
    for block in split(side)[1]:
        below = y + gap(side, block)
        if block in FIXED:
            y = FIXED[block](pen, side, span, below)
        elif block is Block.ROUTE:
            y = route(pen, side, span, below, planned.row, planned.with_bars)
        elif block is Block.INSTRUCTIONS and planned.instructions:
            height = planned.instructions - gap(side, block)
            y = writing.instructions(pen, side, span, below, height)
        elif block is Block.NOTES and planned.notes:
            y = writing.notes(pen, side, span, below, planned.notes)
    return y


def _passport_below(pen: Pen, side: Side, top: float) -> float:
    """The passport at the end of a strip, and beside it what it is; answers where it ends."""
    assert side.passport is not None
    module, quiet = side.on.module_mm, quiet_square(side.on.module_mm)
    size = len(qr(side.passport)) * module
    y = top + quiet + STRIP_GAP
    left = side.on.right - size
    pen.square(left, y, side.passport, module)
    room = Room(left - quiet - side.on.margin, 8, 6, lines_max=6, bold=True)
    pen.write(side.on.margin, y + blocks.caps(8), side.labels.passport, room)
    return y + size + quiet / 2

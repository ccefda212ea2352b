"""A slip as pages of one paper: blocks from top to bottom, the steps shared out, the rest room to write.

The passport stands in the upper right corner of the first page, and what begins above its lower edge stands
beside it; on a strip, which is too narrow for that, it is the last block. Never a step cut in two; every page
carries the slip's code.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, floor, inf
from typing import Final

from printing.fitting import Room
from printing.page import Page, Typeface, quiet_square
from printing.pen import Pen
from printing.sheet import SheetStep, SlipSheet
from printing.slip import blocks, writing
from printing.slip.blocks import FIXED
from printing.slip.measures import MEASURES
from printing.slip.route import header_height, route, white_below
from printing.slip.side import BUILT_IN_STYLE, Side, Span, Style
from printing.slip.template import Block
from printing.symbols import qr

GAPS: Final[dict[Block, float]] = {
    Block.HEAD: 2.1,
    Block.ORDER: 2.1,
    Block.ITEM: 2.7,
    Block.DETAILS: 2.1,
    Block.CODE: 2.7,
    Block.ROUTE: 2.0,
    Block.LINES: 2.2,
    Block.INSTRUCTIONS: 2.2,
    Block.NOTES: 2.0,
}
"""White above a block that is not the first, in millimetres on A6."""
ROOMY: Final = 1.0
MIDDLING: Final = 0.8
TIGHT: Final = 0.6
"""What is left of gaps on a page that is full."""
ROOMY_ROWS: Final = 1.15
"""A page is full whose steps would be lower than so many times the least."""
FOOT_GAP: Final = 1.5
BESIDE_PASSPORT_MIN: Final = 55.0
"""Room for words beside the passport, on A6; where there is less, the passport is the last block."""
STRIP_BARS_MAX: Final = 4
"""Up to so many steps have bars on a strip."""
STRIP_NOTES_ROWS: Final = 2
_HAIR: Final = 1e-6


@dataclass(frozen=True, slots=True)
class _Corner:
    """The passport in the upper right corner."""

    code: str
    left: float
    module_mm: float
    beside: Span
    below: float
    """Where the page is free again from edge to edge."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a page's free height is shared out; 0 leaves a block out."""

    row: float
    with_bars: bool
    instructions: float
    notes: float


def lay_out_slip(sheet: SlipSheet, typeface: Typeface, style: Style = BUILT_IN_STYLE) -> tuple[Page, ...]:
    """The pages of a slip, their steps shared out evenly."""
    first = _steps_max(_side(sheet, style, 1), typeface)
    later = _steps_max(_side(sheet, style, 2), typeface) if len(sheet.steps) > first else first
    shares = list(_shares(sheet.steps, first, later))
    sides = [
        replace(_side(sheet, style, number), count=len(shares), steps=steps)
        for number, steps in enumerate(shares, 1)
    ]
    return tuple(_page(side, typeface) for side in sides)


def _side(sheet: SlipSheet, style: Style, number: int) -> Side:
    return Side(sheet, style, MEASURES[style.paper], number, number, ())


def _shares(steps: tuple[SheetStep, ...], first: int, later: int) -> Iterator[tuple[SheetStep, ...]]:
    """The steps of each page: no page holds many and the next one few."""
    pages = 1 + max(0, ceil((len(steps) - first) / later))
    taken = 0
    for page in range(pages):
        share = ceil((len(steps) - taken) / (pages - page))
        share = min(share, first) if page == 0 else share
        yield steps[taken : taken + share]
        taken += share


def _steps_max(side: Side, typeface: Typeface) -> int:
    """How many steps such a page takes when it is full."""
    full = replace(side, air=TIGHT)
    top = _upper(Pen(typeface), full, _corner(full))
    room = _room(Pen(typeface), full, top)
    return max(1, min(side.on.steps_max, floor(min(room, 1e6) / side.on.row_min + _HAIR)))


def _page(side: Side, typeface: Typeface) -> Page:
    """With wide gaps where its steps leave room for them."""
    page, row = _drawn(side, typeface)
    for air in (MIDDLING, TIGHT):
        if side.on.height and side.steps and row < side.on.row_min * ROOMY_ROWS:
            page, row = _drawn(replace(side, air=air), typeface)
    return page


def _drawn(side: Side, typeface: Typeface) -> tuple[Page, float]:
    """The page, and how high a step is on it."""
    pen, on = Pen(typeface), side.on
    corner = _corner(side)
    top = _upper(pen, side, corner)
    plan = _plan(pen, side, top)
    y = _lower(pen, side, plan, top)
    if on.height is None:
        y = _passport_below(pen, side, y) if side.passport and not corner else y
        baseline = y + FOOT_GAP + blocks.foot_height(side)
        height = baseline + on.margin
    else:
        height = on.height
        baseline = height - on.margin
    blocks.foot(pen, side, _edges(side), baseline)
    return Page(on.width, height, tuple(pen.marks)), plan.row


def _edges(side: Side) -> Span:
    return Span(side.on.margin, side.on.right)


def _gap(side: Side, block: Block) -> float:
    return GAPS[block] * side.air * side.on.words


# The passport


def _corner(side: Side) -> _Corner | None:
    """Where the passport stands; None without one, and where it would leave no room beside it."""
    if side.passport is None:
        return None
    on, quiet = side.on, quiet_square(side.on.module_mm)
    size = len(qr(side.passport)) * on.module_mm
    left = on.right - size
    beside = Span(on.margin, left - quiet - 0.5)
    if beside.width < BESIDE_PASSPORT_MIN * on.words:
        return None
    return _Corner(side.passport, left, on.module_mm, beside, on.margin + size + quiet)


def _passport_below(pen: Pen, side: Side, top: float) -> float:
    """The passport at the end of a strip, and beside it what it is; answers where it ends."""
    assert side.passport is not None
    module, quiet = side.on.module_mm, quiet_square(side.on.module_mm)
    size = len(qr(side.passport)) * module
    y = top + quiet + 1
    left = side.on.right - size
    pen.square(left, y, side.passport, module)
    room = Room(left - quiet - side.on.margin, 8, 6, lines_max=6, bold=True)
    pen.write(side.on.margin, y + blocks.caps(8), side.labels.passport, room)
    return y + size + quiet / 2


# From top to bottom


def _split(side: Side) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Blocks above the first that grows with its page, and all from there on."""
    template = side.style.template
    shown = [block for block in template.blocks if block is not Block.LINES or template.lines]
    first = next(at for at, block in enumerate(shown) if block not in FIXED)
    return tuple(shown[:first]), tuple(shown[first:])


def _upper(pen: Pen, side: Side, corner: _Corner | None) -> float:
    """Draws what stands above the route; answers where the page is free from edge to edge.

    Words beside the passport may have wide gaps where the passport ends lower than they do.
    """
    if corner is None:
        return _stacked(pen, side, None)
    least = _stacked(pen.blank(), side, corner)
    airs = (air for air in (ROOMY, MIDDLING) if air > side.air)
    airy = (replace(side, air=air) for air in airs)
    fitting = (wide for wide in airy if _stacked(pen.blank(), wide, corner) <= least + _HAIR)
    return _stacked(pen, next(fitting, side), corner)


def _stacked(pen: Pen, side: Side, corner: _Corner | None) -> float:
    y = side.on.margin
    if corner:
        pen.square(corner.left, y, corner.code, corner.module_mm)
    above, below = _split(side)
    for at, block in enumerate(above):
        top = y + (_gap(side, block) if at else 0)
        span, top = _place(pen, side, block, top, corner)
        y = FIXED[block](pen, side, span, top)
    return max(y, corner.below - _gap(side, below[0])) if corner else y


def _place(pen: Pen, side: Side, block: Block, top: float, corner: _Corner | None) -> tuple[Span, float]:
    """Beside the passport where there is some of it; the slip's code where it ends first."""
    if corner is None or top >= corner.below:
        return _edges(side), top
    if block is Block.CODE:
        here = inf
        if corner.beside.width >= blocks.code_width(side):
            here = FIXED[block](pen.blank(), side, corner.beside, top)
        if FIXED[block](pen.blank(), side, _edges(side), corner.below) <= here:
            return _edges(side), corner.below
    return corner.beside, top


def _room(pen: Pen, side: Side, top: float) -> float:
    """The height that steps, instructions and notes share: what is left beside everything else."""
    on = side.on
    if on.height is None:
        return inf
    _, below = _split(side)
    white = max(FOOT_GAP, white_below(side))
    bottom = on.height - on.margin - blocks.foot_height(side) - white
    fixed = sum(
        _gap(side, block) + FIXED[block](pen.blank(), side, _edges(side), 0.0)
        for block in below
        if block in FIXED
    )
    return bottom - top - fixed - _gap(side, Block.ROUTE) - header_height(side)


def _plan(pen: Pen, side: Side, top: float) -> _Plan:
    """Steps first, then what is to be read, then room to write."""
    on, count, template = side.on, len(side.steps), side.style.template
    if on.height is None:
        return _strip_plan(pen, side)
    room = _room(pen, side, top)
    kept = writing.notes_height(side, template.notes_rows) if template.notes_rows else 0.0
    kept = max(0.0, min(kept, room - count * on.row_min))
    for_steps = room - kept
    with_bars = bool(count) and for_steps >= count * on.row_bars_min
    least, most = (on.row_bars_min, on.row_bars_max) if with_bars else (on.row_comfort, on.row_max)
    wanted = _wanted(pen, side)
    row = 0.0
    if count:
        row = min(most, for_steps / count, max(least, (for_steps - wanted) / count))
    left = room - row * count
    read = min(wanted, left - kept)
    if read < min(wanted, writing.instructions_least(side) + _gap(side, Block.INSTRUCTIONS)):
        read = 0.0
    write = left - read - _gap(side, Block.NOTES)
    shown = Block.NOTES in template.blocks and write >= writing.NOTES_MIN
    return _Plan(row, with_bars, read, write if shown else 0.0)


def _strip_plan(pen: Pen, side: Side) -> _Plan:
    """A strip is as long as it needs to be."""
    template, with_bars = side.style.template, 0 < len(side.steps) <= STRIP_BARS_MAX
    row = side.on.row_bars_max if with_bars else side.on.row_max
    rows = template.notes_rows or STRIP_NOTES_ROWS
    shown = Block.NOTES in template.blocks
    return _Plan(row, with_bars, _wanted(pen, side), writing.notes_height(side, rows) if shown else 0.0)


def _wanted(pen: Pen, side: Side) -> float:
    """What the instructions of this page would take with the gap above them."""
    if Block.INSTRUCTIONS not in side.style.template.blocks:
        return 0.0
    height = writing.instructions_height(pen, side, _edges(side))
    return height + _gap(side, Block.INSTRUCTIONS) if height else 0.0


def _lower(pen: Pen, side: Side, plan: _Plan, top: float) -> float:
    """Draws the route and everything below it; answers where that ends."""
    y, span = top, _edges(side)
    for block in _split(side)[1]:
        below = y + _gap(side, block)
        if block in FIXED:
            y = FIXED[block](pen, side, span, below)
        elif block is Block.ROUTE:
            y = route(pen, side, span, below, plan.row, plan.with_bars)
        elif block is Block.INSTRUCTIONS and plan.instructions:
            height = plan.instructions - _gap(side, block)
            y = writing.instructions(pen, side, span, below, height)
        elif block is Block.NOTES and plan.notes:
            y = writing.notes(pen, side, span, below, plan.notes)
    return y

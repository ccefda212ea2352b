"""How a page of a slip is shared out: where each block begins, how high a step is, what is left to write on.

The passport stands in the upper right corner of the first page, and what begins above its lower edge stands
beside it. Never draws on the page: blocks are measured on a sheet of scrap, each once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import floor, inf
from typing import Final

from printing.page import Typeface, quiet_square
from printing.pen import Pen
from printing.slip import blocks, writing
from printing.slip.blocks import FIXED
from printing.slip.route import header_height, white_below
from printing.slip.side import Side, Span
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
DESCENTS: Final[dict[Block, float]] = {Block.ORDER: 2.1, Block.ITEM: 1.2}
"""How far the letters of a block may reach below its last line, where that is more than the least gap."""
ASCENT: Final = 0.4
"""How far the largest letters may reach above their capitals."""
LEFT_OUT: Final = frozenset({Block.INSTRUCTIONS, Block.LINES, Block.NOTES})
"""Blocks for which there is not always something to say, or room."""
NO_WORDS_ABOVE: Final = frozenset({Block.CODE, Block.ROUTE, Block.NOTES})
"""Blocks whose upper edge is a line or a code."""
ROOMY: Final = 1.0
TIGHT: Final = 0.6
AIRS: Final = (ROOMY, 0.8, TIGHT)
"""What is left of gaps, from a page with room to one that is full."""
ROOMY_ROWS: Final = 1.15
"""A page is full whose steps would be lower than so many times the least."""
FOOT_GAP: Final = 1.5
BESIDE_PASSPORT_MIN: Final = 55.0
"""Room for words beside the passport, on A6; where there is less, the passport is the last block."""
STRIP_BARS_MAX: Final = 4
"""Up to so many steps have bars on a strip."""
STRIP_NOTES_ROWS: Final = 2
STRIP_GAP: Final = 2.2
"""White above the passport and the foot of a strip, whatever block was the last."""
_HAIR: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Corner:
    """The passport in the upper right corner."""

    code: str
    left: float
    module_mm: float
    beside: Span
    below: float
    """Where the page is free again from edge to edge."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a block is drawn."""

    block: Block
    side: Side
    """With the gaps that it was measured with."""
    span: Span
    top: float


@dataclass(frozen=True, slots=True)
class Plan:
    """One page; 0 leaves a block out."""

    side: Side
    corner: Corner | None
    upper: tuple[Stand, ...]
    """Down to the first block that grows with its page."""
    top: float
    """Where the rest begins."""
    row: float
    """The height of a step."""
    with_bars: bool
    instructions: float
    notes: float


class Ruler:
    """Measures the blocks of one slip."""

    def __init__(self, typeface: Typeface) -> None:
        self._typeface = typeface
        self._known: dict[tuple[Block, Span, float], float] = {}

    def scrap(self) -> Pen:
        """A pen to measure with."""
        return Pen(self._typeface)

    def height(self, block: Block, side: Side, span: Span) -> float:
        """How much a block takes that is as high as what it says."""
        asked = (block, span, side.air)
        if asked not in self._known:
            self._known[asked] = FIXED[block](self.scrap(), side, span, 0.0)
        return self._known[asked]


def edges(side: Side) -> Span:
    """The whole width of the printed page."""
    return Span(side.on.margin, side.on.right, side.on.margin)


def gap(side: Side, block: Block) -> float:
    """What stays white above a block."""
    words, above = side.on.words, _above(side, block)
    needed = [GAPS[block] * side.air * words]
    if Block.ROUTE in above:
        needed.append(white_below(side) + ASCENT * words)
    if block in NO_WORDS_ABOVE:
        needed += [DESCENTS.get(before, 0.0) * words for before in above]
    return max(needed)


def _above(side: Side, block: Block) -> list[Block]:
    """What may stand right above a block: the one before it, and more where that may be left out."""
    order = side.style.template.blocks
    before = order[: order.index(block)][::-1]
    sure = next((at for at, found in enumerate(before) if found not in LEFT_OUT), len(before))
    return list(before[: sure + 1])


def split(side: Side) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Blocks above the first that grows with its page, and all from there on."""
    template = side.style.template
    shown = [block for block in template.blocks if block is not Block.LINES or template.lines]
    first = next(at for at, block in enumerate(shown) if block not in FIXED)
    return tuple(shown[:first]), tuple(shown[first:])


def plan(ruler: Ruler, side: Side) -> Plan:
    """The page with the widest gaps that leave its steps room enough."""
    found = _plan(ruler, replace(side, air=ROOMY))
    for air in AIRS[1:]:
        if side.on.height is None or not side.steps or found.row >= side.on.row_min * ROOMY_ROWS:
            break
        found = _plan(ruler, replace(side, air=air))
    return found


def steps_max(ruler: Ruler, side: Side) -> int:
    """How many steps such a page takes when it is full."""
    if side.on.height is None:
        return side.on.steps_max
    full = replace(side, air=TIGHT)
    _, top = _upper(ruler, full, _corner(full))
    rows = floor(_room(ruler, full, top) / side.on.row_min + _HAIR)
    return max(1, min(side.on.steps_max, rows))


def _plan(ruler: Ruler, side: Side) -> Plan:
    corner = _corner(side)
    upper, top = _upper(ruler, side, corner)
    row, with_bars, read, write = _shared(ruler, side, top)
    return Plan(side, corner, upper, top, row, with_bars, read, write)


def _corner(side: Side) -> Corner | None:
    """Where the passport stands; None without one, and where it would leave no room beside it."""
    if side.passport is None:
        return None
    on, quiet = side.on, quiet_square(side.on.module_mm)
    size = len(qr(side.passport)) * on.module_mm
    left = on.right - size
    white = quiet + 0.5
    beside = Span(on.margin, left - white, white)
    if beside.width < BESIDE_PASSPORT_MIN * on.words:
        return None
    return Corner(side.passport, left, on.module_mm, beside, on.margin + size + quiet)


# Above the route


def _upper(ruler: Ruler, side: Side, corner: Corner | None) -> tuple[tuple[Stand, ...], float]:
    """What stands above the route, and where the page is free from edge to edge.

    Words beside the passport may have wide gaps where the passport ends lower than they do.
    """
    stands, least = _stands(ruler, side, corner)
    for air in AIRS:
        if corner is None or air <= side.air:
            break
        airy, end = _stands(ruler, replace(side, air=air), corner)
        if end <= least + _HAIR:
            return airy, least
    return stands, least


def _stands(ruler: Ruler, side: Side, corner: Corner | None) -> tuple[tuple[Stand, ...], float]:
    y, stands = side.on.margin, []
    above, below = split(side)
    for at, block in enumerate(above):
        top = y + (gap(side, block) if at else 0)
        stand = _stand(ruler, side, block, top, corner)
        y = stand.top + ruler.height(block, side, stand.span)
        stands.append(stand)
    if corner is None:
        return tuple(stands), y
    free = corner.below - min(gap(side, block) for block in below)
    return tuple(stands), max(y, free if below[0] is Block.ROUTE else free + ASCENT * side.on.words)


def _stand(ruler: Ruler, side: Side, block: Block, top: float, corner: Corner | None) -> Stand:
    """Beside the passport where there is some of it; the slip's code where it ends first."""
    whole = edges(side)
    reaches = 0.0 if block in NO_WORDS_ABOVE else ASCENT * side.on.words
    if corner is None or top - reaches >= corner.below:
        return Stand(block, side, whole, top)
    beside = Stand(block, side, corner.beside, top)
    if block is not Block.CODE:
        return beside
    under = Stand(block, side, whole, corner.below)
    if corner.beside.width + corner.beside.white < blocks.code_width(side):
        return under
    ends = [one.top + ruler.height(block, side, one.span) for one in (beside, under)]
    return beside if ends[0] < ends[1] else under


# The route, and what is below it


def _room(ruler: Ruler, side: Side, top: float) -> float:
    """The height that steps, instructions and notes share: what is left beside everything else."""
    on = side.on
    if on.height is None:
        return inf
    white = max(FOOT_GAP, white_below(side))
    bottom = on.height - on.margin - blocks.foot_height(side) - white
    below = [block for block in split(side)[1] if block in FIXED]
    fixed = sum(gap(side, block) + ruler.height(block, side, edges(side)) for block in below)
    return bottom - top - fixed - gap(side, Block.ROUTE) - header_height(side)


def _shared(ruler: Ruler, side: Side, top: float) -> tuple[float, bool, float, float]:
    """Steps first, then what is to be read, then room to write: row, with bars, instructions, notes."""
    on, count, template = side.on, len(side.steps), side.style.template
    wanted = _wanted(ruler, side)
    if on.height is None:
        return _of_a_strip(side, wanted)
    room = _room(ruler, side, top)
    kept = max(0.0, min(_kept(side), room - count * on.row_min))
    for_steps, row = room - kept, 0.0
    with_bars = bool(count) and for_steps >= count * on.row_bars_min
    least, most = (on.row_bars_min, on.row_bars_max) if with_bars else (on.row_comfort, on.row_max)
    if count:
        row = min(most, for_steps / count, max(least, (for_steps - wanted) / count))
    left = room - row * count
    read = min(wanted, left - kept)
    if not wanted or read < min(wanted, writing.instructions_least(side) + gap(side, Block.INSTRUCTIONS)):
        read = 0.0
    write = left - read - gap(side, Block.NOTES) if Block.NOTES in template.blocks else 0.0
    return row, with_bars, read, write if write >= writing.NOTES_MIN else 0.0


def _kept(side: Side) -> float:
    """What the template keeps free to write on, with the gap above it."""
    template = side.style.template
    if not template.notes_rows or Block.NOTES not in template.blocks:
        return 0.0
    return writing.notes_height(side, template.notes_rows) + gap(side, Block.NOTES)


def _of_a_strip(side: Side, wanted: float) -> tuple[float, bool, float, float]:
    """A strip is as long as it needs to be."""
    template, with_bars = side.style.template, 0 < len(side.steps) <= STRIP_BARS_MAX
    row = side.on.row_bars_max if with_bars else side.on.row_max
    rows = template.notes_rows or STRIP_NOTES_ROWS
    write = writing.notes_height(side, rows) if Block.NOTES in template.blocks else 0.0
    return row, with_bars, wanted, write


def _wanted(ruler: Ruler, side: Side) -> float:
    """What the instructions of this page would take with the gap above them."""
    told = any(step.instructions for step in side.steps)
    if not told or Block.INSTRUCTIONS not in side.style.template.blocks:
        return 0.0
    return writing.instructions_height(ruler.scrap(), side, edges(side)) + gap(side, Block.INSTRUCTIONS)


def shares(steps: int, first: int, later: int) -> Iterator[int]:
    """How many steps each page has: no page holds many and the next one few."""
    pages = 1 + max(0, -(-(steps - first) // later))
    for page in range(pages):
        share = -(-steps // (pages - page))
        share = min(share, first) if page == 0 else share
        yield share
        steps -= share

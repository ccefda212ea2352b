"""Badges, tags, reasons and commands on A4: cards in a grid, each with its code as bars and as QR.

Never breaks a card over two pages; never prints a card without both codes.
"""

from dataclasses import dataclass
from typing import Final

from floor.tags import grouped
from printing.cards import Card, CardSheet, CardSize
from printing.fitting import Room
from printing.page import MODULE_DOTS, Page, Typeface, mm
from printing.pen import Pen
from printing.symbols import QR_MODULES, bars_modules

WIDTH: Final = mm(210)
HEIGHT: Final = mm(297)
MARGIN: Final = mm(10)
HEADLINE: Final = mm(12)
"""Its baseline."""
GRID_TOP: Final = mm(16)
INSIDE: Final = mm(3)
QUIET_BARS: Final = 10 * MODULE_DOTS


@dataclass(frozen=True, slots=True)
class _Grid:
    """How cards of one size stand on a page; lengths in dots, sizes in points."""

    columns: int
    rows: int
    width: int
    height: int
    title: float
    title_lines: int
    subtitle: float
    subtitle_beside: bool
    """At the right end of the title's line instead of below it."""
    bars_height: int
    qr_module_dots: int


GRIDS: Final[dict[CardSize, _Grid]] = {
    CardSize.BADGE: _Grid(2, 5, mm(85.6), mm(54), 20, 2, 11, False, mm(15), 6),
    CardSize.LINE: _Grid(2, 10, mm(94), mm(26.5), 12, 1, 7.5, False, mm(9), 4),
    CardSize.KEY: _Grid(3, 11, mm(63), mm(24), 15, 1, 7, True, mm(9), 3),
}


def lay_out_cards(sheet: CardSheet, typeface: Typeface) -> tuple[Page, ...]:
    """The pages of a card sheet."""
    grid = GRIDS[sheet.size]
    each = grid.columns * grid.rows
    starts = range(0, max(1, len(sheet.cards)), each)
    return tuple(
        _page(
            sheet.title, f"page {number} of {len(starts)}", sheet.cards[start : start + each], grid, typeface
        )
        for number, start in enumerate(starts, 1)
    )


def _page(title: str, page: str, cards: tuple[Card, ...], grid: _Grid, typeface: Typeface) -> Page:
    pen = Pen(typeface)
    pen.write(MARGIN, HEADLINE, title, Room(mm(150), 12, 7, bold=True))
    pen.write(WIDTH - MARGIN, HEADLINE, page, Room(mm(30), 7, 6), "right")
    left = (WIDTH - grid.columns * grid.width) // 2
    for index, card in enumerate(cards):
        row, column = divmod(index, grid.columns)
        _card(pen, card, grid, left + column * grid.width, GRID_TOP + row * grid.height)
    return Page(WIDTH, HEIGHT, tuple(pen.marks))


def _card(pen: Pen, card: Card, grid: _Grid, x: int, y: int) -> None:
    pen.frame(x, y, grid.width + 1, grid.height + 1)
    inner = grid.width - 2 * INSIDE
    title = Room(inner, grid.title, grid.title / 2, grid.title_lines, bold=True)
    baseline = y + INSIDE + mm(grid.title * 0.26)
    last = pen.write(x + INSIDE, baseline, card.title, title)
    if grid.subtitle_beside:
        beside = Room(inner - pen.extent(card.title, title) - mm(2), grid.subtitle, 5)
        pen.write(x + grid.width - INSIDE, baseline, card.subtitle, beside, "right")
    else:
        pen.write(x + INSIDE, last + mm(grid.subtitle * 0.45), card.subtitle, Room(inner, grid.subtitle, 5.5))
    _codes(pen, card.code, grid, x, y + grid.height - INSIDE)


def _codes(pen: Pen, code: str, grid: _Grid, x: int, bottom: int) -> None:
    qr_size = QR_MODULES * grid.qr_module_dots
    text_height = mm(3.4)
    bars_x = x + QUIET_BARS + mm(0.5)
    bars_width = bars_modules(code) * MODULE_DOTS
    pen.bars(bars_x, bottom - grid.bars_height - text_height, grid.bars_height, code)
    pen.write(bars_x, bottom - mm(0.4), grouped(code), Room(bars_width, 8, 6, bold=True))
    pen.square(
        x + grid.width - qr_size - 4 * grid.qr_module_dots, bottom - qr_size, code, grid.qr_module_dots
    )

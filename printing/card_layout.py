"""Badges, tags, reasons and commands on A4: cards in a grid, each with its code as bars and as QR.

Never breaks a card over two pages; never prints a card without both codes.
"""

from dataclasses import dataclass
from typing import Final

from floor.tags import grouped
from printing.cards import Card, CardSheet, CardSize
from printing.fitting import Room
from printing.page import LINE_MM, MODULE_MM, Page, Typeface, quiet_bars, quiet_square
from printing.pen import Pen
from printing.symbols import QR_MODULES, bars_modules

WIDTH: Final = 210
HEIGHT: Final = 297
MARGIN: Final = 10
HEADLINE: Final = 12
"""Its baseline."""
GRID_TOP: Final = 16
INSIDE: Final = 3
QUIET_BARS: Final = quiet_bars()


@dataclass(frozen=True, slots=True)
class _Grid:
    """How cards of one size stand on a page; lengths in millimetres, sizes in points."""

    columns: int
    rows: int
    width: float
    height: float
    title: float
    title_lines: int
    subtitle: float
    subtitle_beside: bool
    """At the right end of the title's line instead of below it."""
    bars_height: float
    qr_module_mm: float


GRIDS: Final[dict[CardSize, _Grid]] = {
    CardSize.BADGE: _Grid(2, 5, 85.6, 54, 20, 2, 11, False, 15, 2 * MODULE_MM),
    CardSize.LINE: _Grid(2, 10, 94, 26.5, 12, 1, 7.5, False, 9, 4 / 3 * MODULE_MM),
    CardSize.KEY: _Grid(3, 11, 63, 24, 15, 1, 7, True, 9, MODULE_MM),
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
    pen.write(MARGIN, HEADLINE, title, Room(150, 12, 7, bold=True))
    pen.write(WIDTH - MARGIN, HEADLINE, page, Room(30, 7, 6), "right")
    left = (WIDTH - grid.columns * grid.width) / 2
    for index, card in enumerate(cards):
        row, column = divmod(index, grid.columns)
        _card(pen, card, grid, left + column * grid.width, GRID_TOP + row * grid.height)
    return Page(WIDTH, HEIGHT, tuple(pen.marks))


def _card(pen: Pen, card: Card, grid: _Grid, x: float, y: float) -> None:
    pen.frame(x, y, grid.width + LINE_MM, grid.height + LINE_MM)
    inner = grid.width - 2 * INSIDE
    title = Room(inner, grid.title, grid.title / 2, grid.title_lines, bold=True)
    baseline = y + INSIDE + grid.title * 0.26
    last = pen.write(x + INSIDE, baseline, card.title, title)
    if grid.subtitle_beside:
        beside = Room(inner - pen.extent(card.title, title) - 2, grid.subtitle, 5)
        pen.write(x + grid.width - INSIDE, baseline, card.subtitle, beside, "right")
    else:
        pen.write(x + INSIDE, last + grid.subtitle * 0.45, card.subtitle, Room(inner, grid.subtitle, 5.5))
    _codes(pen, card.code, grid, x, y + grid.height - INSIDE)


def _codes(pen: Pen, code: str, grid: _Grid, x: float, bottom: float) -> None:
    qr_size = QR_MODULES * grid.qr_module_mm
    text_height = 3.4
    bars_x = x + QUIET_BARS + 0.5
    bars_width = bars_modules(code) * MODULE_MM
    pen.bars(bars_x, bottom - grid.bars_height - text_height, grid.bars_height, code)
    pen.write(bars_x, bottom - 0.4, grouped(code), Room(bars_width, 8, 6, bold=True))
    quiet = quiet_square(grid.qr_module_mm)
    qr_bottom = min(bottom, bottom + INSIDE - quiet)
    pen.square(x + grid.width - qr_size - quiet, qr_bottom - qr_size, code, grid.qr_module_mm)

"""Badges, tags, reasons, commands and digits: cards in a grid, each with its code as bars and as QR.

Never breaks a card over two pages; never prints a card without both codes.
"""

from dataclasses import dataclass
from typing import Final

from floor.tags import grouped
from printing.cards import Card, CardSheet, CardSize
from printing.fitting import Room
from printing.page import LINE_MM, MODULE_MM, Ink, Page, Typeface, Words, points, quiet_bars, quiet_square
from printing.pen import CAP_HEIGHT, Pen
from printing.symbols import QR_MODULES, bars_modules

WIDTH: Final = 210
HEIGHT: Final = 297
MARGIN: Final = 10
HEADLINE: Final = 10.5
"""Its baseline."""
HINT_LINE: Final = 14.2
GRID_TOP: Final = 16
FOOT: Final = HEIGHT - 5
INSIDE: Final = 3
QUIET_BARS: Final = quiet_bars()
CARD_WIDTH: Final = 85.6
CARD_HEIGHT: Final = 54.0
"""Of a bank card, and of the sleeves for badges."""
EDGE: Final = 3.0
"""No printer reaches the very edge of a plastic card."""
CODE_TEXT: Final = 3.4


@dataclass(frozen=True, slots=True)
class _Grid:
    """How cards of one size stand on a page; lengths in millimetres, sizes in points."""

    columns: int
    rows: int
    width: float
    height: float
    band: float
    """Height of the black band with what the card is; 0 for none."""
    title: float
    title_lines: int
    subtitle: float
    subtitle_beside: bool
    """At the right end of the title's line instead of below it."""
    bars_height: float
    qr_module_mm: float
    page: tuple[float, float] = (WIDTH, HEIGHT)

    @property
    def alone(self) -> bool:
        """Whether a card fills its page: there is no room for a headline, and no need."""
        return self.columns * self.rows == 1


GRIDS: Final[dict[CardSize, _Grid]] = {
    CardSize.BADGE: _Grid(2, 5, CARD_WIDTH, CARD_HEIGHT, 7.5, 20, 2, 11, False, 14, 2 * MODULE_MM),
    CardSize.SINGLE: _Grid(
        *(1, 1, CARD_WIDTH - 2 * EDGE, CARD_HEIGHT - 2 * EDGE, 7, 17, 2, 10, False, 11.5, 2 * MODULE_MM),
        page=(CARD_WIDTH, CARD_HEIGHT),
    ),
    CardSize.LINE: _Grid(2, 10, 94, 26.5, 0, 13, 1, 8, False, 9, 4 / 3 * MODULE_MM),
    CardSize.KEY: _Grid(3, 13, 63, 20.8, 0, 12, 1, 6.5, True, 7.2, MODULE_MM),
    CardSize.PAD: _Grid(3, 5, 63, 54, 0, 60, 1, 8, False, 11, 2 * MODULE_MM),
}


def lay_out_cards(sheet: CardSheet, typeface: Typeface) -> tuple[Page, ...]:
    """The pages of a card sheet."""
    grid = GRIDS[sheet.size]
    each = grid.columns * grid.rows
    starts = range(0, max(1, len(sheet.cards)), each)
    return tuple(
        _page(sheet, (number, len(starts)), sheet.cards[start : start + each], grid, typeface)
        for number, start in enumerate(starts, 1)
    )


def _page(
    sheet: CardSheet, number: tuple[int, int], cards: tuple[Card, ...], grid: _Grid, typeface: Typeface
) -> Page:
    pen = Pen(typeface)
    if not grid.alone:
        _around(pen, sheet, number)
    width, height = grid.page
    left = (width - grid.columns * grid.width) / 2
    top = EDGE if grid.alone else GRID_TOP
    for index, card in enumerate(cards):
        row, column = divmod(index, grid.columns)
        _card(pen, card, sheet.plant, grid, left + column * grid.width, top + row * grid.height)
    return Page(width, height, tuple(pen.marks))


def _around(pen: Pen, sheet: CardSheet, number: tuple[int, int]) -> None:
    """Headline, plant, hint, page and foot."""
    pen.write(MARGIN, HEADLINE, sheet.title, Room(110, 15, 8, bold=True))
    pen.write(WIDTH - MARGIN, HEADLINE, sheet.plant, Room(75, 10, 6), "right")
    pen.write(MARGIN, HINT_LINE, sheet.hint, Room(150, 8, 6))
    page = sheet.page_words.format(page=number[0], pages=number[1])
    pen.write(WIDTH - MARGIN, FOOT, page, Room(40, 7, 6), "right")
    pen.write(MARGIN, FOOT, sheet.foot, Room(140, 7, 5))


def _card(pen: Pen, card: Card, plant: str, grid: _Grid, x: float, y: float) -> None:
    if not grid.alone:
        pen.frame(x, y, grid.width + LINE_MM, grid.height + LINE_MM)
    if grid.band:
        _band(pen, card.band, plant, grid, x, y)
    inner = grid.width - 2 * INSIDE
    title = Room(inner, grid.title, grid.title / 2, grid.title_lines, bold=True)
    baseline = y + grid.band + INSIDE + points(grid.title) * CAP_HEIGHT
    last = pen.write(x + INSIDE, baseline, card.title, title)
    if grid.subtitle_beside:
        beside = Room(inner - pen.extent(card.title, title) - 2, grid.subtitle, 5)
        pen.write(x + grid.width - INSIDE, baseline, card.subtitle, beside, "right")
    else:
        pen.write(x + INSIDE, last + grid.subtitle * 0.47, card.subtitle, Room(inner, grid.subtitle, 5.5))
    _codes(pen, card.code, grid, x, y + grid.height - INSIDE)


def _band(pen: Pen, band: str, plant: str, grid: _Grid, x: float, y: float) -> None:
    """What the card is, white on black, and whose it is."""
    pen.marks.append(Ink(x, y, grid.width, grid.band))
    size = 10.0
    baseline = y + (grid.band + points(size) * CAP_HEIGHT) / 2
    begun = len(pen.marks)
    kind = Room(grid.width * 0.45, size, 6, bold=True)
    pen.write(x + INSIDE, baseline, band, kind)
    pen.write(x + grid.width - INSIDE, baseline, plant, Room(grid.width * 0.45, 8.5, 5), "right")
    pen.marks[begun:] = [
        Words(mark.x, mark.y, mark.text, mark.size, mark.bold, white=True)
        for mark in pen.marks[begun:]
        if isinstance(mark, Words)
    ]


def _codes(pen: Pen, code: str, grid: _Grid, x: float, bottom: float) -> None:
    qr_size = QR_MODULES * grid.qr_module_mm
    bars_x = x + QUIET_BARS + 0.5
    bars_width = bars_modules(code) * MODULE_MM
    pen.bars(bars_x, bottom - grid.bars_height - CODE_TEXT, grid.bars_height, code)
    pen.write(bars_x, bottom - 0.4, grouped(code), Room(bars_width, 8, 6, bold=True))
    quiet = quiet_square(grid.qr_module_mm)
    qr_bottom = min(bottom, bottom + INSIDE - quiet)
    pen.square(x + grid.width - qr_size - quiet, qr_bottom - qr_size, code, grid.qr_module_mm)

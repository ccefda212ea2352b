"""A terminal's sheet on one page of A4: the code large enough for a hand-held scanner, and its words below.

Never shortens what is said silently: what does not fit is counted.
"""

from typing import Final

from printing.fitting import Room
from printing.page import MODULE_MM, Page, Typeface, quiet_bars, quiet_square
from printing.pen import Pen
from printing.settings_sheet import SettingsSheet
from printing.symbols import qr

WIDTH: Final = 210
HEIGHT: Final = 297
MARGIN: Final = 18
TITLE_LINE: Final = 26
HINT_LINE: Final = 34
CODE_TOP: Final = 44
MODULE_MM_MAX: Final = 2 * MODULE_MM
"""Read from half a metre away."""
SHORT_MODULES_MAX: Final = 33
SHORT_MODULE_MM: Final = 4 * MODULE_MM
"""Of a code that is short: read from a metre away."""
CODE_SIZE_MAX: Final = 110
QUIET_BARS: Final = quiet_bars()
BARS_HEIGHT: Final = 25
LINE_HEIGHT: Final = 7.5
NAMES_WIDTH: Final = 55
LINES_MAX: Final = 15
"""So many stand below the largest code; what is more is told by its count."""


def lay_out_settings(sheet: SettingsSheet, typeface: Typeface) -> tuple[Page, ...]:
    """The page."""
    pen = Pen(typeface)
    width = WIDTH - 2 * MARGIN
    pen.write(MARGIN, TITLE_LINE, sheet.title, Room(width, 24, 12, bold=True))
    pen.write(MARGIN, HINT_LINE, sheet.hint, Room(width, 11, 7))
    pen.rule(MARGIN, HINT_LINE + 4, width, 0.6)
    modules = len(qr(sheet.code))
    largest = SHORT_MODULE_MM if modules <= SHORT_MODULES_MAX else MODULE_MM_MAX
    module_mm = min(largest, CODE_SIZE_MAX / modules)
    quiet = quiet_square(module_mm)
    pen.square(MARGIN + quiet, CODE_TOP + quiet, sheet.code, module_mm)
    top = CODE_TOP + 2 * quiet + modules * module_mm + LINE_HEIGHT
    if sheet.bars:
        pen.bars(MARGIN + QUIET_BARS, top, BARS_HEIGHT, sheet.code)
        top += BARS_HEIGHT + 2 * LINE_HEIGHT
    _lines(pen, sheet.lines, top, width)
    return (Page(WIDTH, HEIGHT, tuple(pen.marks)),)


def _lines(pen: Pen, lines: tuple[tuple[str, str], ...], top: float, width: float) -> None:
    shown = lines[:LINES_MAX]
    if len(lines) > LINES_MAX:
        shown = (*lines[: LINES_MAX - 1], (f"and {len(lines) - LINES_MAX + 1} more", ""))
    for index, (what, how) in enumerate(shown):
        y = top + index * LINE_HEIGHT
        pen.rule(MARGIN, y - 5.4, width)
        pen.write(MARGIN, y, what, Room(NAMES_WIDTH - 3, 11, 7))
        pen.write(MARGIN + NAMES_WIDTH, y, how, Room(width - NAMES_WIDTH, 11, 7, bold=True))

"""A sheet as pages: what stands where, in millimetres.

Pure: never draws, never shortens a word silently, and leaves every code its quiet zone.
"""

from collections.abc import Iterator

from printing.card_layout import lay_out_cards
from printing.cards import CardSheet
from printing.day_layout import lay_out_day
from printing.day_sheet import DaySheet
from printing.page import Bars, Page, Square, Typeface
from printing.settings_layout import lay_out_settings
from printing.settings_sheet import SettingsSheet
from printing.sheet import SlipSheet
from printing.slip.pages import lay_out_slip
from printing.slip.side import BUILT_IN_STYLE, Style
from printing.tag_layout import lay_out_tag
from printing.tag_sheet import TagSheet

Sheet = SlipSheet | CardSheet | SettingsSheet | TagSheet | DaySheet
"""Everything that can become paper."""

Placed = frozenset[tuple[str, str]]
"""(symbology, code) of every code on a page."""

CODE_128 = "Code 128"
QR = "QR"


def lay_out(sheet: Sheet, typeface: Typeface, style: Style = BUILT_IN_STYLE) -> tuple[Page, ...]:
    """The pages of a sheet; `style` is how slips look."""
    if isinstance(sheet, SlipSheet):
        return lay_out_slip(sheet, typeface, style)
    if isinstance(sheet, SettingsSheet):
        return lay_out_settings(sheet, typeface)
    if isinstance(sheet, TagSheet):
        return lay_out_tag(sheet, typeface)
    if isinstance(sheet, DaySheet):
        return lay_out_day(sheet, typeface)
    return lay_out_cards(sheet, typeface)


def placed(page: Page) -> Placed:
    """Every code that this page carries, and as what."""
    return frozenset(_codes(page))


def _codes(page: Page) -> Iterator[tuple[str, str]]:
    for mark in page.marks:
        match mark:
            case Bars(code=code):
                yield CODE_128, code
            case Square(code=code):
                yield QR, code
            case _:
                pass


def lacking(sheet: Sheet, pages: tuple[Page, ...]) -> Placed:
    """What a sheet must carry and these pages do not: a layout that forgets a code is caught here.

    A slip carries its own code in both forms on every page and each step's as QR; a card carries both forms;
    a terminal's sheet is too long for bars, a scanners' sheet is not.
    """
    on_some_page = frozenset().union(*(placed(page) for page in pages))
    missing = {(QR, code) for code in sheet.codes} - on_some_page
    if isinstance(sheet, SettingsSheet) and not sheet.bars:
        return frozenset(missing)
    if not isinstance(sheet, SlipSheet):
        return frozenset(missing | {(CODE_128, code) for code in sheet.codes} - on_some_page)
    own = {(CODE_128, sheet.code), (QR, sheet.code)}
    return frozenset(missing).union(*(own - placed(page) for page in pages))


def foreign(sheet: Sheet, pages: tuple[Page, ...]) -> Placed:
    """What these pages carry and the sheet does not name."""
    on_some_page = frozenset().union(*(placed(page) for page in pages))
    return frozenset((form, code) for form, code in on_some_page if code not in sheet.codes)

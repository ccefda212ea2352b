from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from floor.tags import LONG_BODY_CHARS_MAX
from printing.cards import command_card
from printing.fonts import typeface
from printing.grid import Grid
from printing.layout import CODE_128, QR, Sheet, foreign, lacking, lay_out, placed
from printing.page import (
    MODULE_MM,
    Bars,
    Ink,
    Mark,
    Page,
    Picture,
    Square,
    Words,
    points,
    quiet_bars,
    quiet_square,
)
from printing.symbols import bars_modules, qr
from tests.printing.samples import a_full_slip, a_settings_sheet, a_slip, badges, reasons

FACE = typeface()
SHEETS = {
    "one step": a_slip(1),
    "four steps": a_slip(4),
    "five steps": a_slip(5, make_up=True, copy_letter="C"),
    "twelve steps": a_slip(12, note="with felt glides"),
    "twenty steps": a_slip(20),
    "full, one step": a_full_slip(1),
    "full, seven steps": a_full_slip(7),
    "full, ten steps": a_full_slip(10),
    "full, twelve steps": a_full_slip(12),
    "nothing known": a_slip(0, order=None, item_name=None, quantity=None, unit="", due=None),
    "badges": badges(11),
    "reasons": reasons(21),
    "commands": command_card(),
    "settings": a_settings_sheet(8),
    "settings, as many as one code holds": a_settings_sheet(40, LONG_BODY_CHARS_MAX),
}
each_sheet = pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)


@dataclass(frozen=True)
class Area:
    """A rectangle, in millimetres or in dots."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Area") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)

    def grown(self, across: float, along: float) -> "Area":
        return Area(self.left - across, self.top - along, self.right + across, self.bottom + along)


def area(mark: Mark) -> Area:
    match mark:
        case Ink(x=x, y=y, width=width, height=height) | Picture(x=x, y=y, width=width, height=height):
            return Area(x, y, x + width, y + height)
        case Words(x=x, y=y, text=text, size=size, bold=bold):
            return Area(x, y - points(size * 0.75), x + FACE.width(text, size, bold), y + points(size * 0.24))
        case Bars(x=x, y=y, height=height, code=code, module_mm=module_mm):
            return Area(x, y, x + bars_modules(code) * module_mm, y + height)
        case Square(x=x, y=y, module_mm=module_mm):
            size = len(qr(mark.code)) * module_mm
            return Area(x, y, x + size, y + size)


def quiet(mark: Bars | Square) -> Area:
    if isinstance(mark, Bars):
        return area(mark).grown(quiet_bars(mark.module_mm), 0)
    return area(mark).grown(quiet_square(mark.module_mm), quiet_square(mark.module_mm))


def dotted_area(mark: Mark, grid: Grid) -> Area:
    """What a printer makes of a mark, in its dots."""
    match mark:
        case Words():
            found = area(mark)
            return Area(*(grid.dots(edge) for edge in (found.left, found.top, found.right, found.bottom)))
        case Bars():
            box, _ = grid.bars(mark, bars_modules(mark.code))
        case Square():
            box, _ = grid.square(mark, len(qr(mark.code)))
        case _:
            box = grid.box(mark)
    return Area(box.x, box.y, box.x + box.width, box.y + box.height)


def dotted_quiet(mark: Bars | Square, grid: Grid) -> Area:
    dots = grid.module_dots(mark.module_mm)
    found = dotted_area(mark, grid)
    return found.grown(10 * dots, 0) if isinstance(mark, Bars) else found.grown(4 * dots, 4 * dots)


def codes(page: Page) -> Iterator[Bars | Square]:
    return (mark for mark in page.marks if isinstance(mark, Bars | Square))


@each_sheet
def test_every_code_keeps_its_quiet_zone(sheet: Sheet) -> None:
    for page in lay_out(sheet, FACE):
        for code in codes(page):
            assert [mark for mark in page.marks if mark is not code and quiet(code).meets(area(mark))] == []


@pytest.mark.parametrize("dots_per_inch", [150, 180, 203, 300, 360, 600, 1200])
@each_sheet
def test_every_code_keeps_its_quiet_zone_on_the_dots_of_any_printer(sheet: Sheet, dots_per_inch: int) -> None:
    grid = Grid(dots_per_inch)
    for page in lay_out(sheet, FACE):
        areas = [(mark, dotted_area(mark, grid)) for mark in page.marks]
        for code in codes(page):
            zone = dotted_quiet(code, grid)
            assert [mark for mark, found in areas if mark is not code and zone.meets(found)] == []


@each_sheet
def test_everything_stays_on_the_paper(sheet: Sheet) -> None:
    for page in lay_out(sheet, FACE):
        paper = Area(3, 3, page.width - 3, page.height - 3)
        for mark in page.marks:
            found = area(mark)
            assert found.left >= paper.left, mark
            assert found.top >= paper.top, mark
            assert found.right <= paper.right, mark
            assert found.bottom <= paper.bottom, mark


@each_sheet
def test_no_word_stands_on_another(sheet: Sheet) -> None:
    for page in lay_out(sheet, FACE):
        words = [mark for mark in page.marks if isinstance(mark, Words) and mark.text.strip()]
        tight = [(word, area(word)) for word in words]
        for index, (word, found) in enumerate(tight):
            core = Area(found.left, word.y - points(word.size * 0.6), found.right, word.y)
            assert [other for other, room in tight[index + 1 :] if core.meets(room)] == [], word


@each_sheet
def test_no_line_runs_through_a_word(sheet: Sheet) -> None:
    for page in lay_out(sheet, FACE):
        lines = [
            area(mark) for mark in page.marks if isinstance(mark, Ink) and min(mark.width, mark.height) < 0.6
        ]
        for word in page.marks:
            if isinstance(word, Words) and word.text.strip():
                found = area(word)
                core = Area(found.left, word.y - points(word.size * 0.72), found.right, word.y + 0.1)
                assert not any(core.meets(line) for line in lines), word


@each_sheet
def test_every_code_of_the_sheet_is_placed_and_no_other(sheet: Sheet) -> None:
    pages = lay_out(sheet, FACE)
    assert lacking(sheet, pages) == frozenset()
    assert foreign(sheet, pages) == frozenset()


def test_bars_are_twelve_millimetres_high_and_with_their_quiet_zones_sixty_six_wide() -> None:
    [page] = lay_out(a_slip(12), FACE)
    [bars] = [mark for mark in page.marks if isinstance(mark, Bars)]
    assert bars.height >= 12
    whole = bars_modules(bars.code) * MODULE_MM + 2 * quiet_bars()
    assert whole == pytest.approx(66.4, abs=0.2)


@pytest.mark.parametrize(
    ("count", "each"), [(1, [1]), (12, [12]), (13, [7, 6]), (20, [10, 10]), (25, [9, 9, 7])]
)
def test_twelve_steps_fit_a_page_and_more_are_shared_out(count: int, each: list[int]) -> None:
    sheet = a_slip(count)
    pages = lay_out(sheet, FACE)
    own = {(CODE_128, sheet.code), (QR, sheet.code)}
    assert all(own <= placed(page) for page in pages)
    assert [len({code for form, code in placed(page) if form == QR}) - 1 for page in pages] == each


def test_few_steps_have_bars_as_well_for_scanners_that_read_no_squares() -> None:
    sheet = a_slip(4)
    [page] = lay_out(sheet, FACE)
    assert {(CODE_128, code) for code in sheet.codes} <= placed(page)


def test_copy_and_make_up_are_white_on_black() -> None:
    [page] = lay_out(a_slip(copy_letter="C", make_up=True), FACE)
    assert {mark.text for mark in page.marks if isinstance(mark, Words) and mark.white} == {
        "COPY 2",
        "MAKE-UP",
    }


def test_order_and_quantity_are_the_largest_words() -> None:
    [page] = lay_out(a_slip(), FACE)
    words = sorted((mark for mark in page.marks if isinstance(mark, Words)), key=lambda mark: -mark.size)
    assert [mark.text for mark in words[:2]] == ["80", "MO-1042"]


def test_the_due_day_is_written_so_that_nobody_mistakes_it_for_the_month() -> None:
    [page] = lay_out(a_slip(), FACE)
    assert "Thu 30 Apr 2026" in {mark.text for mark in page.marks if isinstance(mark, Words)}

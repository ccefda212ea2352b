from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from floor.tags import LONG_BODY_CHARS_MAX
from printing.cards import command_card
from printing.fonts import typeface
from printing.layout import CODE_128, QR, Sheet, foreign, lacking, lay_out, placed
from printing.page import MODULE_DOTS, Bars, Ink, Mark, Page, Square, Words, mm, points
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
    """A rectangle in dots."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Area") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)

    def grown(self, across: int, along: int) -> "Area":
        return Area(self.left - across, self.top - along, self.right + across, self.bottom + along)


def area(mark: Mark) -> Area:
    match mark:
        case Ink(x=x, y=y, width=width, height=height):
            return Area(x, y, x + width, y + height)
        case Words(x=x, y=y, text=text, size=size, bold=bold):
            return Area(x, y - points(size * 0.75), x + FACE.width(text, size, bold), y + points(size * 0.24))
        case Bars(x=x, y=y, height=height, code=code):
            return Area(x, y, x + bars_modules(code) * MODULE_DOTS, y + height)
        case Square(x=x, y=y, module_dots=dots):
            size = len(qr(mark.code)) * dots
            return Area(x, y, x + size, y + size)


def quiet(mark: Bars | Square) -> Area:
    if isinstance(mark, Bars):
        return area(mark).grown(10 * MODULE_DOTS, 0)
    return area(mark).grown(4 * mark.module_dots, 4 * mark.module_dots)


def codes(page: Page) -> Iterator[Bars | Square]:
    return (mark for mark in page.marks if isinstance(mark, Bars | Square))


@each_sheet
def test_every_code_keeps_its_quiet_zone(sheet: Sheet) -> None:
    for page in lay_out(sheet, FACE):
        for code in codes(page):
            assert [mark for mark in page.marks if mark is not code and quiet(code).meets(area(mark))] == []


@each_sheet
def test_everything_stays_on_the_paper(sheet: Sheet) -> None:
    for page in lay_out(sheet, FACE):
        paper = Area(mm(3), mm(3), page.width - mm(3), page.height - mm(3))
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
            area(mark) for mark in page.marks if isinstance(mark, Ink) and min(mark.width, mark.height) < 5
        ]
        for word in page.marks:
            if isinstance(word, Words) and word.text.strip():
                found = area(word)
                core = Area(found.left, word.y - points(word.size * 0.72), found.right, word.y + 1)
                assert not any(core.meets(line) for line in lines), word


@each_sheet
def test_every_code_of_the_sheet_is_placed_and_no_other(sheet: Sheet) -> None:
    pages = lay_out(sheet, FACE)
    assert lacking(sheet, pages) == frozenset()
    assert foreign(sheet, pages) == frozenset()


def test_bars_are_twelve_millimetres_high_and_modules_three_dots_wide() -> None:
    [page] = lay_out(a_slip(12), FACE)
    [bars] = [mark for mark in page.marks if isinstance(mark, Bars)]
    assert bars.height >= mm(12)
    module_mm = MODULE_DOTS / 203 * 25.4
    assert module_mm == pytest.approx(0.375, abs=0.001)
    whole = (bars_modules(bars.code) + 20) * MODULE_DOTS
    assert whole / 203 * 25.4 == pytest.approx(66, abs=0.1)


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

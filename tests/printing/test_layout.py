import pytest

from floor.events import TagUse
from floor.tags import LONG_BODY_CHARS_MAX
from printing.cards import command_card
from printing.fonts import typeface
from printing.grid import Grid
from printing.layout import CODE_128, QR, Sheet, foreign, lacking, lay_out, placed
from printing.page import MODULE_MM, Bars, Words, quiet_bars
from printing.symbols import bars_modules
from tests.printing import marks
from tests.printing.documents import a_day, a_tag, documents
from tests.printing.samples import a_full_slip, a_settings_sheet, a_slip, badges, reasons

FACE = typeface()
PAPERS = {"A7": (74, 105), "A5": (148, 210), "A4": (210, 297), "a label": (101.6, 152.4), "a roll": (80, 120)}
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
    **documents(),
    "a day of very many units": a_day(units=60),
    **{f"a {use} tag on {paper}": a_tag(use, size) for paper, size in PAPERS.items() for use in TagUse},
    "settings": a_settings_sheet(8),
    "settings, as many as one code holds": a_settings_sheet(40, LONG_BODY_CHARS_MAX),
}
each_sheet = pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)


@each_sheet
def test_every_code_keeps_its_quiet_zone(sheet: Sheet) -> None:
    for page in lay_out(sheet, FACE):
        assert marks.in_a_quiet_zone(page) == []


@pytest.mark.parametrize("dots_per_inch", [150, 180, 203, 300, 360, 600, 1200])
@each_sheet
def test_every_code_keeps_its_quiet_zone_on_the_dots_of_any_printer(sheet: Sheet, dots_per_inch: int) -> None:
    for page in lay_out(sheet, FACE):
        assert marks.in_a_quiet_zone_of_dots(page, Grid(dots_per_inch)) == []


@each_sheet
def test_everything_stays_on_the_paper(sheet: Sheet) -> None:
    for page in lay_out(sheet, FACE):
        assert marks.off_the_paper(page) == []


@each_sheet
def test_no_word_stands_on_another(sheet: Sheet) -> None:
    for page in lay_out(sheet, FACE):
        assert marks.words_on_words(page) == []


@each_sheet
def test_no_line_runs_through_a_word(sheet: Sheet) -> None:
    for page in lay_out(sheet, FACE):
        assert marks.words_with_a_line_through(page) == []


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
    ("count", "each"), [(1, [1]), (12, [12]), (13, [7, 6]), (20, [10, 10]), (25, [9, 8, 8])]
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

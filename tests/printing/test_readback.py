import gc
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from floor.events import Grade
from floor.tags import ALPHABET, slip_code, step_code
from printing.cards import Card, CardSheet, CardSize, command_card
from printing.document import Document, document, draw
from printing.jobs import Depth
from printing.layout import CODE_128, QR, Sheet
from printing.page import MODULE_MM, Bars, Ink, Mark, Page, Square, Words
from printing.raster import pictures
from printing.readback import PAGES_MAX, Distrusted, Fault, Trusted, read_back
from printing.readers import readers
from printing.symbols import QR_MODULES
from tests.printing.samples import a_full_slip, a_settings_sheet, a_slip, badges

letters = st.text(ALPHABET, min_size=8, max_size=8)
Change = Callable[[Mark], list[Mark]]


def drawn_otherwise(made: Document, change: Change) -> Document:
    """The PDF of changed pages, under the name of the right ones: a printer driver gone wrong."""
    pages = tuple(changed(page, change) for page in made.pages)
    return replace(made, pdf=draw(pages, made.name))


def laid_out_otherwise(made: Document, change: Change) -> Document:
    """Changed pages and their PDF: a layout gone wrong."""
    pages = tuple(changed(page, change) for page in made.pages)
    return replace(made, pages=pages, pdf=draw(pages, made.name))


def changed(page: Page, change: Change) -> Page:
    return replace(page, marks=tuple(new for mark in page.marks for new in change(mark)))


@settings(max_examples=40)
@given(letters, st.sampled_from(ALPHABET), st.integers(1, 12))
def test_whatever_is_printed_is_read_back(slip: str, copy_letter: str, count: int) -> None:
    sheet = a_slip(count, slip=slip, copy_letter=copy_letter)
    verdict = read_back(sheet, document(sheet))
    assert isinstance(verdict, Trusted), verdict
    assert verdict.readers == tuple(readers())
    assert verdict.proof.grade in {Grade.A, Grade.B}


def test_both_pages_of_a_long_route_are_read() -> None:
    sheet = a_slip(20)
    assert isinstance(read_back(sheet, document(sheet)), Trusted)


@pytest.mark.parametrize("dots_per_inch", [150, 180, 203, 300, 600])
@pytest.mark.parametrize(
    "sheet", [a_slip(12), a_full_slip(7), badges(3), command_card(), a_settings_sheet(8)]
)
def test_what_any_printer_prints_is_read_back(sheet: Sheet, dots_per_inch: int) -> None:
    made = document(sheet, dots_per_inch)
    assert made.dots_per_inch == dots_per_inch
    verdict = read_back(sheet, made)
    assert isinstance(verdict, Trusted), verdict
    assert verdict.readers == tuple(readers())
    assert verdict.proof.dots_per_inch == dots_per_inch


def test_every_reader_by_itself_reads_every_code() -> None:
    sheet = a_slip(4)
    [picture] = pictures(document(sheet).pdf)
    meant = {(form, code) for form in (CODE_128, QR) for code in sheet.codes}
    for read in readers().values():
        assert read.page(picture) == meant


def test_the_second_reader_takes_part_where_its_library_is() -> None:
    from ctypes.util import find_library

    assert list(readers()) == (["zxing", "zbar"] if find_library("zbar") else ["zxing"])


def test_without_the_library_the_first_reader_reads_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyzbar", None)
    readers.cache_clear()
    try:
        sheet = a_slip()
        verdict = read_back(sheet, document(sheet))
        assert isinstance(verdict, Trusted)
        assert verdict.readers == ("zxing",)
    finally:
        readers.cache_clear()


def page_sized(made: Document) -> int:
    """Pictures as large as a page that are in memory now."""
    size = pictures(made.pdf, made.dots_per_inch)[0].size
    gc.collect()
    return sum(isinstance(one, Image.Image) and one.size == size for one in gc.get_objects())


@pytest.mark.parametrize("depth", Depth)
def test_a_long_document_is_read_page_by_page_and_each_page_is_told(depth: Depth) -> None:
    sheet = badges(45)
    made = document(sheet)
    in_memory: list[int] = []
    verdict = read_back(sheet, made, depth, page_read=lambda: in_memory.append(page_sized(made)))
    assert isinstance(verdict, Trusted), verdict
    assert len(in_memory) == len(made.pages) - 1
    assert set(in_memory) == {0}


def test_a_document_of_too_many_pages_is_refused_before_any_is_read() -> None:
    sheet = badges(1)
    made = document(sheet)
    long = replace(made, pages=made.pages * (PAGES_MAX + 1))
    verdict = read_back(sheet, long)
    assert isinstance(verdict, Distrusted)
    assert str(verdict) == "a page is one too many: a document has at most 100"
    assert not isinstance(
        read_back(sheet, replace(long, pages=long.pages[:PAGES_MAX]), Depth.CODES), Distrusted
    )


def test_a_pdf_of_more_or_fewer_pages_than_were_laid_out_is_not_printed() -> None:
    sheet = a_slip(20)
    made = document(sheet)
    for pages in (made.pages[:1], (*made.pages, made.pages[1])):
        verdict = read_back(sheet, replace(made, pdf=draw(pages, made.name)))
        assert isinstance(verdict, Distrusted)
        assert verdict.fault is Fault.NOT_PLACED


def without_the_bars(mark: Mark) -> list[Mark]:
    return [] if isinstance(mark, Bars) else [mark]


def without_the_first_step(mark: Mark) -> list[Mark]:
    gone = isinstance(mark, Square) and mark.code == step_code("BCDFGHJK", 10)
    return [] if gone else [mark]


def with_another_slip(mark: Mark) -> list[Mark]:
    return [replace(mark, code=slip_code("BCDFGHJL", "B"))] if isinstance(mark, Bars) else [mark]


def with_another_step(mark: Mark) -> list[Mark]:
    first, last = step_code("BCDFGHJK", 10), step_code("BCDFGHJK", 50)
    return [replace(mark, code=last)] if isinstance(mark, Square) and mark.code == first else [mark]


def with_ink_over_the_bars(mark: Mark) -> list[Mark]:
    if not isinstance(mark, Bars):
        return [mark]
    height = mark.height
    return [mark, *(Words(mark.x + x, mark.y + height, "■" * 8, 30, bold=True) for x in (0, 7.5, 25))]


def with_a_torn_square(mark: Mark) -> list[Mark]:
    if not isinstance(mark, Square):
        return [mark]
    size = QR_MODULES * MODULE_MM
    return [mark, Words(mark.x, mark.y + size * 0.8, "■■■", 20, white=True)]


@pytest.mark.parametrize(
    "change",
    [
        without_the_bars,
        without_the_first_step,
        with_another_slip,
        with_another_step,
        with_ink_over_the_bars,
        with_a_torn_square,
    ],
)
def test_a_page_that_came_out_wrong_is_refused(change: Change) -> None:
    sheet = a_slip(5)
    verdict = read_back(sheet, drawn_otherwise(document(sheet), change))
    assert isinstance(verdict, Distrusted)
    assert verdict.fault is Fault.NOT_READ
    assert verdict.reader == "zxing"
    assert verdict.codes
    assert verdict.fault in str(verdict)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (without_the_bars, Fault.NOT_PLACED),
        (without_the_first_step, Fault.NOT_PLACED),
        (with_another_step, Fault.NOT_PLACED),
        (lambda mark: [*with_another_slip(mark), mark], Fault.NOT_MEANT),
    ],
)
def test_a_layout_that_forgets_or_adds_a_code_is_refused(change: Change, fault: Fault) -> None:
    sheet = a_slip(5)
    verdict = read_back(sheet, laid_out_otherwise(document(sheet), change))
    assert isinstance(verdict, Distrusted)
    assert verdict.fault is fault


def test_a_code_that_nobody_meant_is_refused() -> None:
    sheet = a_slip(2)
    strange = Square(50, 125, slip_code("BCDFGHJL", "B"))
    made = drawn_otherwise(document(sheet), lambda mark: [] if isinstance(mark, Ink) else [mark, strange])
    verdict = read_back(sheet, made)
    assert isinstance(verdict, Distrusted)
    assert verdict.fault is Fault.READ_AS_ANOTHER
    assert verdict.codes == {(QR, slip_code("BCDFGHJL", "B"))}


def test_a_pdf_that_lost_a_page_is_refused() -> None:
    sheet = a_slip(20)
    made = document(sheet)
    verdict = read_back(sheet, replace(made, pdf=draw(made.pages[:1], made.name)))
    assert isinstance(verdict, Distrusted)


def test_a_card_without_its_bars_is_refused() -> None:
    card = Card(title="OK", code="CBBN")
    sheet = CardSheet(title="Card", size=CardSize.KEY, cards=(card,))
    assert isinstance(read_back(sheet, document(sheet)), Trusted)
    verdict = read_back(sheet, laid_out_otherwise(document(sheet), without_the_bars))
    assert isinstance(verdict, Distrusted)

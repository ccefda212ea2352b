import re

import pypdfium2
import pytest

from printing import symbols
from printing.document import document, document_name, marked
from printing.page import Bars
from printing.raster import pictures
from printing.readback import Trusted, read_back
from tests.printing.samples import a_full_slip, a_slip, badges


def words(pdf: bytes, page: int = 0) -> str:
    """The text of a page, as another program reads it."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return opened[page].get_textpage().get_text_range()


def test_a_slip_is_a6_on_whole_dots() -> None:
    with pypdfium2.PdfDocument(document(a_slip()).pdf) as opened:
        size_mm = [length / 72 * 25.4 for length in opened[0].get_size()]
    assert size_mm == pytest.approx([105, 148], abs=0.05)
    [picture] = pictures(document(a_slip()).pdf)
    assert picture.size == (839, 1183)


def test_the_printer_gets_nothing_but_black_and_white() -> None:
    [picture] = pictures(document(a_slip(12)).pdf)
    assert {shade for shade, count in enumerate(picture.histogram()) if count} == {0, 255}


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert document(a_slip()).pdf == document(a_slip()).pdf


def test_all_fonts_are_embedded_as_subsets() -> None:
    pdf = document(a_slip()).pdf
    names = re.findall(rb"/BaseFont /(\S+)", pdf)
    ours = {name for name in names if b"NotoSans" in name}
    assert len(ours) == 2
    assert all(re.match(rb"[A-Z]{6}\+NotoSans", name) for name in ours)
    assert pdf.count(b"/FontFile2") == 2
    assert len(pdf) < 60_000


@pytest.mark.parametrize("dots_per_inch", [180, 203, 300, 600])
def test_a_printer_of_any_dots_gets_nothing_but_black_and_white(dots_per_inch: int) -> None:
    made = document(a_slip(12), dots_per_inch)
    [picture] = pictures(made.pdf, dots_per_inch)
    assert picture.size == tuple(round(length / 25.4 * dots_per_inch) for length in (105, 148))
    assert {shade for shade, count in enumerate(picture.histogram()) if count} == {0, 255}


@pytest.mark.parametrize(("dots_per_inch", "module_dots"), [(180, 2), (203, 3), (300, 4), (600, 8)])
def test_every_bar_is_as_wide_as_it_is_meant_to_the_dot(dots_per_inch: int, module_dots: int) -> None:
    [page] = document(a_slip(12)).pages
    [picture] = pictures(document(a_slip(12), dots_per_inch).pdf, dots_per_inch)
    [bars] = [mark for mark in page.marks if isinstance(mark, Bars)]
    modules = symbols.bars(bars.code)
    left, middle = (round(length / 25.4 * dots_per_inch) for length in (bars.x, bars.y + bars.height / 2))
    seen = [picture.getpixel((left + column, middle)) == 0 for column in range(len(modules) * module_dots)]
    assert seen == [module == "1" for module in modules for _ in range(module_dots)]


@pytest.mark.parametrize(
    "name", ["<b>bold</b>", "[b]bold[/b]", "Miller & Sons", "a&lt;b", "%s {x} $y \\n", "(un(balanced"]
)
def test_e8_markup_in_a_name_is_shown_as_it_stands(name: str) -> None:
    sheet = a_slip(item_name=name)
    made = document(sheet)
    assert name in words(made.pdf)
    assert isinstance(read_back(sheet, made), Trusted)


def test_the_second_page_says_what_the_first_says() -> None:
    made = document(a_slip(20))
    for page in (0, 1):
        said = words(made.pdf, page)
        assert all(word in said for word in ("MO-1042", "80", "Chair, oak", f"page {page + 1} of 2"))


def test_a_slip_of_the_longest_words_is_readable() -> None:
    for count in (1, 7, 12, 256):
        sheet = a_full_slip(count)
        assert isinstance(read_back(sheet, document(sheet)), Trusted)


@pytest.mark.parametrize(
    ("order", "name"),
    [
        ("MO-1042", "MO-1042_BCDFGHJK_copy-1"),
        ("A/B 7:1", "A-B-7-1_BCDFGHJK_copy-1"),
        ("1..", "1_BCDFGHJK_copy-1"),
        (None, "no-order_BCDFGHJK_copy-1"),
    ],
)
def test_a_name_is_safe_for_a_file(order: str | None, name: str) -> None:
    assert document_name(a_slip(order=order)) == name


def test_a_card_sheet_is_named_by_its_title() -> None:
    assert document_name(badges(1)) == "Works_Badges"


def test_the_mark_of_a_paper_is_never_cut_off_by_a_long_name() -> None:
    names = {marked("x" * 300, f"{number}" * 32) for number in range(3)}
    assert len(names) == 3
    assert max(map(len, names)) <= 120
    assert marked("Badges", "../..") == marked("Badges", "") == "Badges"

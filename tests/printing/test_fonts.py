"""Which letters paper has, how wide they are, and that a large font is no burden to who does not need it."""

import re
import subprocess
import sys
from typing import Final

import pytest
from reportlab.pdfbase import pdfmetrics

from printing.document import document, draw
from printing.fonts import BOLD, BORROWED, BOX, REGULAR, Run, typeface
from printing.page import Page, Words, points
from printing.raster import pictures
from printing.readback import Trusted, read_back
from tests.printing.samples import a_slip
from tests.tidy.tree import ROOT

IDEOGRAPHS: Final = ["東莞家具厂", "株式会社ミラー", "いす・橡木", "김철수", "半角ｶﾅ", "㈱", "①②③"]


@pytest.mark.parametrize(
    "name", ["Größe", "Łódź", "Șurub", "Ελένη", "Ольга", "Việt", "⌀ 8 ≤ 9 → ½ µm", "naïve", *IDEOGRAPHS]
)
def test_letters_of_europe_and_east_asia_and_signs_of_a_workshop_are_printed(name: str) -> None:
    assert typeface().printable(name) == name


def test_letters_written_in_two_parts_become_one() -> None:
    assert typeface().printable("u\u0308") == "ü"
    assert typeface().printable("\u1100\u1161") == "가"


@pytest.mark.parametrize("letter", ["😀", "ع", "ש", "ไ", "\x00", "\x1b", "\u202e", "\u200b", "\u0489", "𠮷"])
def test_what_no_font_has_or_nobody_can_see_becomes_a_box(letter: str) -> None:
    assert typeface().printable(f"a{letter}b") == f"a{BOX}b"
    sheet = a_slip(item_name=f"a{letter}b")
    assert isinstance(read_back(sheet, document(sheet)), Trusted)


@pytest.mark.parametrize("blank", ["\n", "\t", "\u00a0", "\u2009", "\u2028", "\u3000"])
def test_blanks_of_all_kinds_are_blanks(blank: str) -> None:
    assert typeface().printable(f"a{blank}b") == "a b"


def test_a_box_has_ink() -> None:
    plain = pictures(document(a_slip(item_name="a b")).pdf)[0]
    boxed = pictures(document(a_slip(item_name="aعb")).pdf)[0]
    assert boxed.histogram()[0] > plain.histogram()[0]


def test_a_line_is_cut_where_the_font_changes() -> None:
    name = typeface().printable("Chair 椅子 oak")
    assert typeface().runs(name) == (Run("Chair ", False), Run("椅子", True), Run(" oak", False))
    assert typeface().runs("Stühle") == (Run("Stühle", False),)


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("name", ["Chair 椅子 oak", "東莞 Großmann", "가나다", "Stühle"])
def test_a_line_is_as_wide_as_its_ink(name: str, bold: bool) -> None:
    """Letters leave a little air on both sides, so a line of them is a little wider than what is black."""
    face = typeface()
    shown = face.printable(name)
    page = Page(100, 20, (Words(10, 12, shown, 20, bold),))
    [picture] = pictures(draw((page,), "ink", 600), 600)
    left, _, right, _ = picture.point(lambda shade: 255 - shade).getbbox()
    width = face.width(shown, 20, bold)
    assert left / 600 * 25.4 == pytest.approx(10, abs=points(20) * 0.12)
    assert right / 600 * 25.4 == pytest.approx(10 + width, abs=points(20) * 0.12)


def test_ideographs_stand_in_the_line_of_our_letters() -> None:
    def inked(text: str) -> tuple[int, int, int, int]:
        page = Page(100, 20, (Words(10, 12, typeface().printable(text), 20),))
        [picture] = pictures(draw((page,), "ink", 600), 600)
        found: tuple[int, int, int, int] = picture.point(lambda shade: 255 - shade).getbbox()
        return found

    _, top, _, bottom = inked("東国")
    _, cap, _, descent = inked("Éjg")
    assert cap <= top
    assert bottom <= descent + 4


def test_only_what_is_used_is_embedded_and_alike_each_time() -> None:
    sheet = a_slip(item_name="椅子,橡木", customer="株式会社ミラー")
    pdf = document(sheet).pdf
    assert len(re.findall(rb"/BaseFont /[A-Z]{6}\+WenQuanYiMicroHei", pdf)) == 1
    assert len(pdf) < 90_000
    assert pdf == document(sheet).pdf
    assert isinstance(read_back(sheet, document(sheet)), Trusted)


def test_white_ideographs_stay_white() -> None:
    page = Page(60, 20, (Words(5, 12, typeface().printable("椅子"), 20, bold=True, white=True),))
    [picture] = pictures(draw((page,), "white"))
    assert picture.getextrema() == (255, 255)


def test_the_large_font_is_not_loaded_for_letters_of_europe() -> None:
    program = (
        "from reportlab.pdfbase import pdfmetrics\n"
        "from printing.document import document\n"
        "from tests.printing.samples import a_slip\n"
        "document(a_slip(12))\n"
        f"assert {BORROWED!r} not in pdfmetrics.getRegisteredFontNames()\n"
        "document(a_slip(12, item_name='椅子'))\n"
        f"assert {BORROWED!r} in pdfmetrics.getRegisteredFontNames()\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_both_weights_have_the_same_letters() -> None:
    typeface()
    regular, bold = (set(pdfmetrics.getFont(name).face.charToGlyph) for name in (REGULAR, BOLD))
    assert regular == bold

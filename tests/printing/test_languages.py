import io

import pytest
from PIL import Image

from printing.document import document
from printing.languages import MEDIA_TYPES, SUFFIXES, spoken
from printing.layout import placed
from printing.printers import Language
from printing.raster import pictures
from printing.readers import readers
from tests.printing.samples import a_slip


def test_every_language_has_its_name_for_files_and_for_printers() -> None:
    assert set(MEDIA_TYPES) == set(SUFFIXES) == set(Language)


def test_pdf_is_what_was_read_back() -> None:
    made = document(a_slip())
    assert spoken(made, Language.PDF) == made.pdf


@pytest.mark.parametrize("dots_per_inch", [203, 300])
def test_a_picture_has_the_dots_that_were_read_back(dots_per_inch: int) -> None:
    made = document(a_slip(20), dots_per_inch)
    said = spoken(made, Language.PNG)
    assert said == spoken(document(a_slip(20), dots_per_inch), Language.PNG)
    with Image.open(io.BytesIO(said)) as picture:
        assert picture.mode == "1"
        assert picture.info["dpi"] == pytest.approx((dots_per_inch, dots_per_inch), abs=0.1)
        top = 0
        for number, page in enumerate(pictures(made.pdf, dots_per_inch)):
            shown = picture.convert("L").crop((0, top, page.width, top + page.height))
            assert shown.tobytes() == page.tobytes()
            top += page.height
            for reader in readers().values():
                assert reader.page(shown) == placed(made.pages[number])
        assert top == picture.height


@pytest.mark.parametrize("language", [Language.PDF, Language.ZPL, Language.PNG])
def test_the_same_sheet_is_said_in_the_same_bytes(language: Language) -> None:
    assert spoken(document(a_slip()), language) == spoken(document(a_slip()), language)

import re

import pypdfium2
import pytest

from printing.document import document
from printing.raster import pictures
from tests.printing.samples import a_slip

NAMES = ("Chair, oak", "Größe", "Ольга", "Ελένη Παππά", "漢字かな", "⌀ 8 ≤ 9 → ½ µm")


@pytest.mark.parametrize("name", NAMES)
def test_whatever_pages_were_made_before_a_page_has_its_own_letters(name: str) -> None:
    for other in NAMES:
        document(a_slip(item_name=other, note=other[::-1]))
    with pypdfium2.PdfDocument(document(a_slip(item_name=name)).pdf) as opened:
        assert name in opened[0].get_textpage().get_text_range()


def test_pages_of_one_kind_embed_the_same_bytes() -> None:
    fonts = [
        re.findall(rb"/Length1 (\d+)", document(a_slip(order=f"MO-{number}")).pdf) for number in (7, 80461)
    ]
    assert fonts[0] == fonts[1]
    assert len(fonts[0]) == 2


@pytest.mark.parametrize("letter", ["W", "é", "Ж", "Ω", "½", "漢"])
def test_every_letter_has_its_outline(letter: str) -> None:
    def ink(name: str) -> int:
        [picture] = pictures(document(a_slip(item_name=name)).pdf)
        return picture.histogram()[0]

    assert ink(f"{letter} {letter}") > ink(f". {letter}") > ink(". .")

"""docs/samples holds a PDF of each document, as it would be made today."""

import runpy
from pathlib import Path

import pytest

from printing.document import document
from printing.layout import Sheet
from printing.readback import Trusted, read_back
from printing.slip.side import Style
from tests.printing.documents import samples

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "samples"
SAMPLES = samples()


@pytest.mark.parametrize(("sheet", "style"), SAMPLES.values(), ids=SAMPLES)
def test_every_sample_is_read_back_as_it_was_meant(sheet: Sheet, style: Style) -> None:
    assert isinstance(read_back(sheet, document(sheet, style=style)), Trusted)


def test_the_samples_are_byte_for_byte_what_is_made_today() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "samples"))["made"]()
    assert {path.name: path.read_bytes() for path in FOLDER.glob("*.pdf")} == made


def test_the_same_document_is_the_same_bytes() -> None:
    sheet, style = SAMPLES["hold-tag"]
    assert document(sheet, style=style).pdf == document(sheet, style=style).pdf

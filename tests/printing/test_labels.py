"""ZPL on a label printer: rendered by a program that is not ours, and read back by every reader."""

import base64
import io
import json
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from printing.document import Document, document
from printing.grid import Grid
from printing.layout import placed
from printing.page import Square
from printing.papers import Paper
from printing.raster import pictures
from printing.readers import readers
from printing.scanner_sheet import scanner_sheet
from printing.slip.side import Style
from printing.symbols import qr
from printing.zpl import zpl
from tests.printing.hostile_names import HOSTILE, hostile
from tests.printing.outside import LABEL_PRINTER
from tests.printing.samples import a_full_slip, a_passport, a_settings_sheet, a_slip, badges
from tests.tidy.tree import ROOT

PROGRAM = ROOT / "tests" / "label_printer" / "print.cjs"
DOTS_PER_MM = {203: 8, 300: 12}


def printed(said: bytes, like: Image.Image, dots_per_inch: int, folder: Path) -> list[Image.Image]:
    """The labels that come out of the printer, as black and white dots."""
    given, made = folder / "label.zpl", folder / "labels.json"
    given.write_bytes(said)
    dots = DOTS_PER_MM[dots_per_inch]
    sizes = [str(like.width / dots), str(like.height / dots), str(dots)]
    subprocess.run(
        ["node", str(PROGRAM), str(LABEL_PRINTER), str(given), str(made), *sizes], check=True, timeout=120
    )
    labels = [base64.b64decode(label) for label in json.loads(made.read_text())]
    return [Image.open(io.BytesIO(label)).convert("L").point([0] * 128 + [255] * 128) for label in labels]


def without_squares(picture: Image.Image, made: Document, page: int) -> Image.Image:
    """A label without its QRs, of which printer and we may choose different masks."""
    bare = picture.copy()
    for mark in made.pages[page].marks:
        if isinstance(mark, Square):
            box, _ = Grid(made.dots_per_inch).square(mark, len(qr(mark.code)))
            bare.paste(255, (box.x, box.y, box.x + box.width, box.y + box.height))
    return bare


@pytest.mark.parametrize(
    ("sheet", "dots_per_inch"),
    [
        (a_slip(4), 203),
        (a_slip(20), 203),
        (a_slip(8, passport=a_passport(660)), 203),
        (a_slip(5), 300),
        (a_full_slip(12), 203),
        (badges(3), 203),
        (a_settings_sheet(8, 660), 203),
        (scanner_sheet(), 203),
    ],
)
def test_a_label_looks_as_on_any_other_paper_and_every_reader_reads_it(
    sheet: object, dots_per_inch: int, tmp_path: Path
) -> None:
    made = document(sheet, dots_per_inch, Style(Paper.LABEL))
    ours = pictures(made.pdf, dots_per_inch)
    labels = printed(zpl(made.pages, dots_per_inch), ours[0], dots_per_inch, tmp_path)
    assert len(labels) == len(made.pages)
    for number, (label, our) in enumerate(zip(labels, ours, strict=True)):
        bare = [without_squares(picture, made, number) for picture in (label, our)]
        assert ImageChops.difference(*bare).getbbox() is None
        for name, reader in readers().items():
            assert reader.page(label) == placed(made.pages[number]), name


def test_f8_labels_of_hostile_names_come_out_one_by_one_and_say_what_they_should(tmp_path: Path) -> None:
    slips = [document(a_slip(3, **hostile(at))) for at in range(0, len(HOSTILE), 2)]
    said = b"".join(zpl(made.pages, 203) for made in slips)
    labels = printed(said, pictures(slips[0].pdf)[0], 203, tmp_path)
    assert len(labels) == len(slips)
    for label, made in zip(labels, slips, strict=True):
        for name, reader in readers().items():
            assert reader.page(label) == placed(made.pages[0]), name

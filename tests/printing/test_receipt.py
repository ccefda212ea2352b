"""ESC/POS on a receipt printer that knows three commands, and says so when it is sent any other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from printing.document import document, draw
from printing.grid import Grid
from printing.page import Ink, Page, Square
from printing.raster import pictures
from printing.readers import readers
from printing.receipt import TooWideError, escpos
from tests.printing.hostile_names import HOSTILE, hostile
from tests.printing.samples import a_slip

START, RASTER, CUT = b"\x1b@", b"\x1dv0\x00", b"\x1dVB\x00"


def printed(said: bytes) -> list[Image.Image]:
    """The receipts that come out, each cut off."""
    assert said.startswith(START)
    receipts, strips, at = [], [], len(START)
    while at < len(said):
        if said.startswith(CUT, at):
            receipts.append(joined(strips))
            strips, at = [], at + len(CUT)
            continue
        assert said.startswith(RASTER, at), f"no command of ours: {said[at : at + 8]!r}"
        at += len(RASTER)
        row_bytes, rows = (int.from_bytes(said[at + n : at + n + 2], "little") for n in (0, 2))
        dots = said[at + 4 : at + 4 + row_bytes * rows]
        assert len(dots) == row_bytes * rows
        strips.append(Image.frombytes("1", (row_bytes * 8, rows), bytes(255 - dot for dot in dots)))
        at += 4 + len(dots)
    assert strips == []
    return receipts


def joined(strips: list[Image.Image]) -> Image.Image:
    """A roll of paper from its strips."""
    roll = Image.new("L", (strips[0].width, sum(strip.height for strip in strips)), 255)
    top = 0
    for strip in strips:
        roll.paste(strip.convert("L"), (0, top))
        top += strip.height
    return roll


def a_page(*marks: Ink | Square, width: float = 80) -> list[Image.Image]:
    return pictures(draw((Page(width, 100, marks),), "page"))


@pytest.mark.parametrize(("dots_per_inch", "head"), [(203, 576), (180, 512)])
def test_the_printer_gets_what_its_head_reaches_dot_for_dot(dots_per_inch: int, head: int) -> None:
    pages = pictures(
        draw((Page(80, 100, (Square(30, 20, "TBCDFGHJKBL"),)),), "page", dots_per_inch), dots_per_inch
    )
    [receipt] = printed(escpos(pages, dots_per_inch))
    assert receipt.width == head
    left = (pages[0].width - head) // 2
    assert receipt.tobytes() == pages[0].crop((left, 0, left + head, pages[0].height)).tobytes()
    for reader in readers().values():
        assert reader.page(receipt) == {("QR", "TBCDFGHJKBL")}


def test_a_page_as_narrow_as_the_head_is_sent_whole() -> None:
    [receipt] = printed(escpos(a_page(Ink(0, 0, 50, 3), width=50), 203))
    assert receipt.crop((0, 26, receipt.width, receipt.height)).getextrema() == (255, 255)
    assert receipt.crop((0, 0, Grid().dot(50), 24)).getextrema() == (0, 0)


def test_what_the_head_does_not_reach_is_not_printed_at_all() -> None:
    assert printed(escpos(a_page(Ink(5, 0, 70, 3)), 203))
    with pytest.raises(TooWideError, match="80 mm wide"):
        escpos(a_page(Ink(1, 0, 5, 3)), 203)
    with pytest.raises(TooWideError, match="105 mm wide"):
        escpos(pictures(document(a_slip()).pdf), 203)


def test_every_page_is_cut_off() -> None:
    assert len(printed(escpos(a_page(Ink(10, 10, 5, 5)) * 3, 203))) == 3


@given(st.integers(0, len(HOSTILE) - 1))
@settings(max_examples=len(HOSTILE), deadline=None)
def test_f8_no_name_reaches_a_receipt_printer_as_more_than_dots(at: int) -> None:
    pages = [
        page.crop((150, 0, 700, page.height)) for page in pictures(document(a_slip(3, **hostile(at))).pdf)
    ]
    assert len(printed(escpos(pages, 203))) == len(pages)

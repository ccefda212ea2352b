"""Codes in pictures of slips as people take them, and what is before a camera."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from floor.tags import TagKind, encode
from printing import symbols
from printing.document import document
from printing.raster import pictures
from printing.reading import PIXELS_MAX, PictureError, Seen, nearest_code, read_file, read_picture
from tests.printing.samples import a_slip, badges


def slip() -> Image.Image:
    """The picture of a slip as it comes from the printer."""
    return pictures(document(a_slip()).pdf)[0].convert("L")


def codes(found: frozenset[Seen]) -> set[str]:
    return {seen.text for seen in found}


@pytest.mark.parametrize("degrees", [0, 90, 180, 270, 30, -20])
def test_a_photograph_of_a_slip_is_read_however_it_is_turned(degrees: int) -> None:
    turned = slip().rotate(degrees, expand=True, fillcolor=255).filter(ImageFilter.GaussianBlur(0.8))
    assert a_slip().codes & codes(read_picture(turned))


def test_a_dark_and_flat_photograph_is_read() -> None:
    dim = slip().point(lambda value: 40 + value // 12)
    assert a_slip().codes & codes(read_picture(dim))


def test_an_empty_picture_holds_nothing() -> None:
    assert read_picture(Image.new("L", (640, 480), 255)) == frozenset()
    assert read_picture(Image.new("L", (1, 1), 0)) == frozenset()


def test_what_is_no_picture_is_told(tmp_path: Path) -> None:
    path = tmp_path / "slip.png"
    for content in (b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(40)):
        path.write_bytes(content)
        with pytest.raises(PictureError, match="no picture"):
            read_file(path)
    with pytest.raises(PictureError, match="no picture"):
        read_file(tmp_path / "none.png")
    Image.new("1", (PIXELS_MAX // 1000, 1001)).save(path)
    with pytest.raises(PictureError, match="million pixels"):
        read_file(path)


def test_of_many_codes_before_the_camera_the_one_in_the_middle_is_meant() -> None:
    sheet = badges(10)
    [page] = pictures(document(sheet).pdf)
    frame = np.asarray(page.convert("L"))
    height = frame.shape[0]
    shown = {
        nearest_code(frame[top : top + height // 5, :]) for top in range(0, height - height // 5, height // 5)
    }
    assert len(shown & sheet.codes) >= 4
    assert nearest_code(frame) in sheet.codes


def bars(code: str) -> Image.Image:
    """A Code 128 on white paper."""
    picture = Image.new("L", (500, 200), 255)
    for at, module in enumerate(symbols.bars(code)):
        picture.paste(255 - 255 * int(module), (40 + 2 * at, 40, 42 + 2 * at, 160))
    return picture


def test_of_two_codes_the_camera_means_the_nearer_one() -> None:
    left, right = (encode(TagKind.MACHINE, f"BCDFG{letter}") for letter in "HJ")
    both = Image.new("L", (1400, 200), 255)
    both.paste(bars(left), (100, 0))
    both.paste(bars(right), (750, 0))
    frame = np.asarray(both)
    assert nearest_code(frame[:, :1150]) == left
    assert nearest_code(frame[:, 100:]) == right


def test_a_foreign_code_before_the_camera_is_not_seen() -> None:
    assert codes(read_picture(bars("ABC-123"))) == {"ABC-123"}
    assert nearest_code(np.asarray(bars("ABC-123"))) is None

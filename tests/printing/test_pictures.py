import io

import pytest
from PIL import Image, ImageDraw

from printing.document import draw
from printing.page import Page, Picture
from printing.pictures import BYTES_MAX, PictureError, dotted, grey
from printing.raster import pictures


def png(image: Image.Image) -> bytes:
    into = io.BytesIO()
    image.save(into, "PNG")
    return into.getvalue()


def an_arrow(side: int = 64) -> Image.Image:
    """Black above and at the left, so that turned or mirrored it looks different."""
    image = Image.new("RGBA", (side, side // 2), (0, 0, 0, 0))
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((0, 0, side - 1, side // 8), "black")
    drawing.rectangle((0, 0, side // 8, side // 2 - 1), "black")
    return image


@pytest.mark.parametrize("dots_per_inch", [203, 300, 600])
def test_a_picture_is_printed_dot_by_dot_in_the_middle_of_its_box(dots_per_inch: int) -> None:
    logo = png(an_arrow())
    page = Page(60, 40, (Picture(10, 5, 30, 30, logo),))
    [seen] = pictures(draw((page,), "logo", dots_per_inch), dots_per_inch)
    left, top, right, bottom = (round(edge / 25.4 * dots_per_inch) for edge in (10, 5, 40, 35))
    whole = dotted(logo, right - left, bottom - top)
    above = top + (bottom - top - whole.height) // 2
    assert whole.width == right - left
    assert seen.crop((left, above, right, above + whole.height)).tobytes() == whole.convert("L").tobytes()
    assert seen.point(lambda shade: 255 - shade).getbbox()[:2] == (left, above)


def test_greys_become_dots_before_a_printer_sees_them() -> None:
    page = Page(60, 40, (Picture(10, 5, 30, 30, png(Image.new("L", (50, 50), 128))),))
    [seen] = pictures(draw((page,), "logo"))
    assert {shade for shade, count in enumerate(seen.histogram()) if count} == {0, 255}


def test_what_is_transparent_is_paper() -> None:
    assert grey(png(Image.new("RGBA", (2, 2), (0, 0, 0, 0)))).getpixel((0, 0)) == 255


def test_the_same_picture_gives_the_same_bytes() -> None:
    page = Page(60, 40, (Picture(10, 5, 30, 30, png(an_arrow())),))
    assert draw((page,), "logo") == draw((page,), "logo")


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"", "no PNG"),
        (b"\x89PNG\r\n\x1a\n", "no PNG"),
        (png(an_arrow())[:90], "no PNG"),
        (b"x" * (BYTES_MAX + 1), "bytes"),
        (png(Image.new("1", (3000, 3000))), "pixels"),
    ],
)
def test_what_is_no_picture_of_a_decent_size_is_refused(file: bytes, says: str) -> None:
    with pytest.raises(PictureError, match=says):
        dotted(file, 10, 10)

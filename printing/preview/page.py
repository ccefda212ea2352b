"""One page on its way to a screen: the printer's dots, as greys of as many pixels as are wanted.

Never draws otherwise than for a printer.
"""

from typing import Final

from PIL import Image

from printing.preview.looks import Look, Shown
from printing.raster import pictures
from printing.work import drawn

MM_PER_INCH: Final = 25.4
DARKER: Final = 1.6
"""Thin lines and small letters spread over pixels: their grey is made so many times as dark."""

_WHITE: Final = 255
_INKED: Final = [max(0, round(_WHITE - (_WHITE - grey) * DARKER)) for grey in range(_WHITE + 1)]


def look_at(look: Look) -> Shown:
    """The page in all wanted sizes."""
    made = drawn(look.sheet, look.printer)
    number = min(look.page, len(made.pages))
    page = pictures(made.pdf, made.dots_per_inch)[number - 1]
    dots_per_mm = made.dots_per_inch / MM_PER_INCH
    return Shown(
        page=number,
        pages=len(made.pages),
        whole=tuple(_rows(page, _scale(page, room)) for room in look.rooms),
        larger=tuple(_rows(page, sharpness / dots_per_mm) for sharpness in look.sharpness),
    )


def _scale(page: Image.Image, room: tuple[int, int]) -> float:
    return min(room[0] / page.width, room[1] / page.height)


def _rows(page: Image.Image, scale: float) -> tuple[str, ...]:
    size = (max(1, round(page.width * scale)), max(1, round(page.height * scale)))
    small = page.resize(size, Image.Resampling.BOX).point(_INKED)
    pixels, width = small.tobytes(), small.width
    return tuple(pixels[at : at + width].hex() for at in range(0, len(pixels), width))

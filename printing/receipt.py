"""Pages as ESC/POS for a receipt printer: its dots as we drew them, and a cut after each page.

Never sends text or asks for a code by the printer's own commands: names cannot hide a command, and what was
read back is dot for dot what comes out.
"""

from typing import Final

from PIL import Image

from printing.grid import Grid

HEAD_MM: Final = 72.0
"""What the head of a printer for rolls of 80 mm reaches, in the middle of the roll."""
STRIP_ROWS: Final = 256
"""Sent at once: no printer's memory is smaller."""

_START: Final = b"\x1b@"
"""Forgets whatever was set before."""
_RASTER: Final = b"\x1dv0\x00"
_FEED_AND_CUT: Final = b"\x1dVB\x00"
"""Feeds what was printed past the knife, and cuts."""
_WHITE: Final = 255
_BLACK_IS_ONE: Final = [255] * 128 + [0] * 128


class TooWideError(ValueError):
    """The page has something where the printer's head does not reach."""


def escpos(pictures: list[Image.Image], dots_per_inch: int) -> bytes:
    """Black and white pictures, one a page, as commands. Raises TooWideError."""
    pages = [_page(picture, Grid(dots_per_inch)) for picture in pictures]
    return b"".join([_START, *pages])


def _page(picture: Image.Image, grid: Grid) -> bytes:
    reached = _reached(picture, grid)
    strips = [
        reached.crop((0, top, reached.width, min(top + STRIP_ROWS, reached.height)))
        for top in range(0, reached.height, STRIP_ROWS)
    ]
    return b"".join([*map(_strip, strips), _FEED_AND_CUT])


def _reached(picture: Image.Image, grid: Grid) -> Image.Image:
    """The part of a page that lies under the head, a whole number of bytes wide."""
    head = (grid.dot(HEAD_MM) + 7) // 8 * 8
    if picture.width <= head:
        return picture
    left = (picture.width - head) // 2
    beside = picture.copy()
    beside.paste(_WHITE, (left, 0, left + head, picture.height))
    if beside.getextrema() != (_WHITE, _WHITE):
        wide = picture.width / grid.dots(1)
        raise TooWideError(f"the page is {wide:.0f} mm wide, and a receipt printer reaches {HEAD_MM:.0f} mm")
    return picture.crop((left, 0, left + head, picture.height))


def _strip(picture: Image.Image) -> bytes:
    row_bytes = (picture.width + 7) // 8
    size = row_bytes.to_bytes(2, "little") + picture.height.to_bytes(2, "little")
    return _RASTER + size + picture.point(_BLACK_IS_ONE, "1").tobytes()

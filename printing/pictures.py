"""Pictures that a page carries, as the black and white dots of a printer.

Never opens anything but PNG, nothing larger than named here, and no file: its bytes are given.
"""

import io
from functools import lru_cache
from typing import Final

from PIL import Image

BYTES_MAX: Final = 512 * 1024
PIXELS_MAX: Final = 4_000_000
"""A logo across A4 at 300 dots per inch has less."""
REMEMBERED: Final = 8
_WHITE: Final = "white"


class PictureError(ValueError):
    """The picture cannot be printed; the text says why."""


@lru_cache(maxsize=REMEMBERED)
def grey(png: bytes) -> Image.Image:
    """The picture in grey, on white where it is transparent. Raises PictureError."""
    if len(png) > BYTES_MAX:
        raise PictureError(f"the picture has more than {BYTES_MAX} bytes")
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
            if opened.width * opened.height > PIXELS_MAX:
                raise PictureError(f"the picture has more than {PIXELS_MAX} pixels")
            inked = opened.convert("RGBA")
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureError("the picture is no PNG") from error
    return Image.alpha_composite(Image.new("RGBA", inked.size, _WHITE), inked).convert("L")


@lru_cache(maxsize=REMEMBERED)
def dotted(png: bytes, width: int, height: int) -> Image.Image:
    """The picture in black and white dots, as large as these allow, in its own proportions.

    Greys become patterns of dots here and not in a printer: what is read back is what is printed. Raises
    PictureError.
    """
    picture = grey(png)
    scale = min(width / picture.width, height / picture.height)
    size = (max(1, int(picture.width * scale)), max(1, int(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS).convert("1")

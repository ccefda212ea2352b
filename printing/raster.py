"""A PDF as the dots that a printer makes of it: black or white.

Never draws by itself: what is read back must be what is printed.
"""

from collections.abc import Iterator
from typing import Final

import pypdfium2
from PIL import Image

from printing.grid import DOTS_PER_INCH

_POINTS_PER_INCH: Final = 72
_JUST_UNDER: Final = 1 - 1e-6
"""A page of whole dots in points may come out a hair too wide, and must not gain a column for it."""


def pictures(pdf: bytes, dots_per_inch: int = DOTS_PER_INCH, smooth: bool = False) -> list[Image.Image]:
    """One grey picture a page; `smooth` as a screen draws it, else hard dots as a printer does."""
    return list(picture_by_picture(pdf, dots_per_inch, smooth))


def picture_by_picture(
    pdf: bytes, dots_per_inch: int = DOTS_PER_INCH, smooth: bool = False
) -> Iterator[Image.Image]:
    """As `pictures`, each made when it is asked for: an A4 page of 600 dots per inch takes 33 MB."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            yield _picture(page, dots_per_inch, smooth)
            page.close()


def _picture(page: pypdfium2.PdfPage, dots_per_inch: int, smooth: bool) -> Image.Image:
    bitmap = page.render(
        scale=dots_per_inch / _POINTS_PER_INCH * _JUST_UNDER,
        grayscale=True,
        no_smoothtext=not smooth,
        no_smoothpath=not smooth,
        no_smoothimage=not smooth,
    )
    picture: Image.Image = bitmap.to_pil()
    return picture

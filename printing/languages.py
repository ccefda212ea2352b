"""Pages in the language of their printer.

Never draws anything else than was read back: every language has its dots from the one PDF, or its codes from
the same pages.
"""

import io
from typing import Final

from PIL import Image

from printing.document import Document
from printing.printers import Language
from printing.raster import pictures
from printing.receipt import TooWideError, escpos
from printing.zpl import NoPlainCodeError, zpl

MEDIA_TYPES: Final = {
    Language.PDF: "application/pdf",
    Language.ZPL: "application/vnd.zebra-zpl",
    Language.ESCPOS: "application/octet-stream",
    Language.PNG: "image/png",
}
SUFFIXES: Final = {
    Language.PDF: "pdf",
    Language.ZPL: "zpl",
    Language.ESCPOS: "escpos",
    Language.PNG: "png",
}
_WHITE: Final = 1


class CannotSayError(ValueError):
    """The language, or every printer that speaks it, cannot put this on paper; the text says why."""


def spoken(made: Document, language: Language) -> bytes:
    """The document as its printer takes it. Raises CannotSayError."""
    try:
        return _spoken(made, language)
    except (NoPlainCodeError, TooWideError) as error:
        raise CannotSayError(str(error)) from error


def _spoken(made: Document, language: Language) -> bytes:
    match language:
        case Language.PDF:
            return made.pdf
        case Language.ZPL:
            return zpl(made.pages, made.dots_per_inch)
        case Language.ESCPOS:
            return escpos(pictures(made.pdf, made.dots_per_inch), made.dots_per_inch)
        case Language.PNG:
            return _png(pictures(made.pdf, made.dots_per_inch), made.dots_per_inch)


def _png(pages: list[Image.Image], dots_per_inch: int) -> bytes:
    """All pages in one picture, one below the other."""
    whole = Image.new("1", (max(page.width for page in pages), sum(page.height for page in pages)), _WHITE)
    top = 0
    for page in pages:
        whole.paste(page.convert("1", dither=Image.Dither.NONE), (0, top))
        top += page.height
    into = io.BytesIO()
    whole.save(into, "PNG", dpi=(dots_per_inch, dots_per_inch))
    return into.getvalue()

"""Reads a page back before it is printed: what was read must be what was meant, by every reader there is.

Never repairs, never trusts the layout: codes come from the picture of the very PDF that goes to the printer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

import zxingcpp
from PIL import Image

from floor.refusals import Refusal
from floor.tags import decode
from printing.document import Document
from printing.layout import CODE_128, QR, Placed, Sheet, foreign, lacking, placed
from printing.raster import pictures

Read = Callable[[Image.Image], Placed]


class Fault(StrEnum):
    """What is wrong with a page."""

    NOT_PLACED = "a code is missing on the page"
    NOT_MEANT = "a code on the page belongs to something else"
    NOT_READ = "a code cannot be read"
    READ_AS_ANOTHER = "a code is read that nobody meant"


@dataclass(frozen=True, slots=True)
class Trusted:
    """Every reader read all that was meant and nothing else."""

    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Distrusted:
    """The page must not be printed."""

    fault: Fault
    page: int
    """1 is the first; 0 where no single page is to blame."""
    codes: Placed
    reader: str | None = None
    """Who could not read it, or read something else."""

    def __str__(self) -> str:
        codes = ", ".join(f"{form} {code}" for form, code in sorted(self.codes))
        where = f"page {self.page}, {self.reader}: " if self.reader else ""
        return f"{where}{self.fault}: {codes}"


_ZXING_FORMATS: Final = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode]
)
_ZXING_FORMS: Final = {zxingcpp.BarcodeFormat.Code128: CODE_128, zxingcpp.BarcodeFormat.QRCode: QR}


def zxing(picture: Image.Image) -> Placed:
    """What zxing-cpp reads."""
    found = zxingcpp.read_barcodes(picture, formats=_ZXING_FORMATS)
    return frozenset((_ZXING_FORMS[code.format], code.text) for code in found)


@cache
def readers() -> dict[str, Read]:
    """The independent readers by name: zxing-cpp, and zbar where the system has its library."""
    found: dict[str, Read] = {"zxing": zxing}
    try:
        from pyzbar import pyzbar
    except ImportError:
        return found
    forms = {"CODE128": CODE_128, "QRCODE": QR}
    symbols = [pyzbar.ZBarSymbol.CODE128, pyzbar.ZBarSymbol.QRCODE]

    def zbar(picture: Image.Image) -> Placed:
        read = pyzbar.decode(picture, symbols=symbols)
        return frozenset((forms[code.type], code.data.decode(errors="replace")) for code in read)

    return {**found, "zbar": zbar}


def read_back(sheet: Sheet, document: Document) -> Trusted | Distrusted:
    """Whether the PDF of this sheet says, to every reader, what the sheet says."""
    if missing := lacking(sheet, document.pages):
        return Distrusted(Fault.NOT_PLACED, 0, missing)
    if strange := foreign(sheet, document.pages):
        return Distrusted(Fault.NOT_MEANT, 0, strange)
    seen = pictures(document.pdf, document.dots_per_inch)
    if len(seen) != len(document.pages):
        return Distrusted(Fault.NOT_READ, 0, frozenset())
    for number, (page, picture) in enumerate(zip(document.pages, seen, strict=True), 1):
        for name, read in readers().items():
            found = read(picture)
            meant = placed(page)
            if unread := meant - found:
                return Distrusted(Fault.NOT_READ, number, unread, name)
            if wrong := _ours(found - meant):
                return Distrusted(Fault.READ_AS_ANOTHER, number, wrong, name)
    return Trusted(tuple(readers()))


def _ours(found: Placed) -> Placed:
    """Without what no terminal would take: a reader may see bars in a drawing, but no check character."""
    return frozenset((form, code) for form, code in found if not isinstance(decode(code), Refusal))

"""The independent readers: zxing-cpp, and zbar where the system has its library.

Never judges what was read; never loads a reader twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import zxingcpp
from PIL import Image

from printing.layout import CODE_128, QR, Placed


@dataclass(frozen=True, slots=True)
class Reader:
    """One program that reads codes."""

    page: Callable[[Image.Image], Placed]
    """Every Code 128 and QR in a grey picture, wherever it stands."""
    patch: Callable[[str, Image.Image], str | None]
    """The code in a picture of one upright code of this form; quicker, for it looks for nothing else."""


_FORMS: Final = {zxingcpp.BarcodeFormat.Code128: CODE_128, zxingcpp.BarcodeFormat.QRCode: QR}
_ONLY: Final = {form: zxingcpp.BarcodeFormats([found]) for found, form in _FORMS.items()}
_BOTH: Final = zxingcpp.BarcodeFormats(list(_FORMS))


def _zxing_page(picture: Image.Image) -> Placed:
    found = zxingcpp.read_barcodes(picture, formats=_BOTH)
    return frozenset((_FORMS[code.format], code.text) for code in found)


def _zxing_patch(form: str, picture: Image.Image) -> str | None:
    """As it is, and where that is too small, twice as large."""
    doubled = (picture.width * 2, picture.height * 2)
    return _zxing_upright(form, picture) or _zxing_upright(
        form, picture.resize(doubled, Image.Resampling.BICUBIC)
    )


def _zxing_upright(form: str, picture: Image.Image) -> str | None:
    found = zxingcpp.read_barcode(
        picture, formats=_ONLY[form], try_rotate=False, try_downscale=False, try_invert=False
    )
    return found.text if found else None


def read_bare(form: str, picture: Image.Image) -> str | None:
    """The code in a clean picture of nothing else, as zxing-cpp reads it: the quickest look."""
    found = zxingcpp.read_barcode(picture, formats=_ONLY[form], is_pure=True)
    return found.text if found else None


@cache
def readers() -> dict[str, Reader]:
    """The independent readers by name; the first one is always there."""
    found = {"zxing": Reader(_zxing_page, _zxing_patch)}
    try:
        from pyzbar import pyzbar
    except ImportError:
        return found
    symbols = {CODE_128: pyzbar.ZBarSymbol.CODE128, QR: pyzbar.ZBarSymbol.QRCODE}
    forms = {symbol.name: form for form, symbol in symbols.items()}

    def page(picture: Image.Image) -> Placed:
        read = pyzbar.decode(picture, symbols=list(symbols.values()))
        return frozenset((forms[code.type], code.data.decode(errors="replace")) for code in read)

    def patch(form: str, picture: Image.Image) -> str | None:
        read = pyzbar.decode(picture, symbols=[symbols[form]])
        return read[0].data.decode(errors="replace") if read else None

    return {**found, "zbar": Reader(page, patch)}

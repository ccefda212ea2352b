"""Reads codes from pictures that somebody took: a photograph of a slip, or what a camera sees just now.

Never guesses: what a reader did not decode whole, by the rules of its kind, was not seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from floor.gs1 import read_label
from floor.tags import Tag, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import numpy as np
    import numpy.typing as npt

    Grey = npt.NDArray[np.uint8]
    """A picture in grey, one byte a pixel, as OpenCV's arrays are."""

PIXELS_MAX: Final = 40_000_000
"""A larger picture is refused: it would take minutes, and no camera of a terminal makes one."""

FORMATS: Final = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.Code128,
        zxingcpp.BarcodeFormat.Code39,
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
    ]
)
"""What we print, and what suppliers' labels have. Formats without a check of their own are left out: they see
codes in hatchings and fences."""

UPSCALED_PIXELS_MAX: Final = 2_000_000
"""A picture that is larger already is not made twice as large."""

_BINARIZERS: Final = (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram)
_TURNS: Final = (15, 30, 45, 60, 75)
_CAMERA_TURNS: Final = (22, 45, 68)
"""Bars are only read along lines and columns; a few more turns would cost more frames than they win."""

_WHITE: Final = 255


@dataclass(frozen=True, slots=True)
class Seen:
    """One code in a picture."""

    text: str
    form: str
    """Its kind, such as `Code 128`."""


class PictureError(ValueError):
    """The file is no picture that can be looked at; the text says why."""


def read_file(path: Path) -> frozenset[Seen]:
    """Every code in a picture file; empty when none can be read. Raises PictureError."""
    try:
        with Image.open(path) as opened:
            small = opened.width * opened.height <= PIXELS_MAX
            picture = ImageOps.exif_transpose(opened).convert("L") if small else None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PictureError(f"{path} is no picture: {error}") from error
    if picture is None:
        raise PictureError(f"{path} has more than {PIXELS_MAX // 1_000_000} million pixels.")
    return read_picture(picture)


def read_picture(picture: Image.Image) -> frozenset[Seen]:
    """Every code in a grey picture: as it is, then with more contrast, in other sizes, and turned."""
    for tried in _tries(picture):
        for read in _readers():
            if found := read(tried):
                return frozenset(found)
    return frozenset()


def nearest_code(picture: "Grey") -> str | None:
    """The code of ours or of a supplier that is nearest to the middle of what a camera sees."""
    nearest = _nearest(picture)
    if nearest is None:
        frame = Image.fromarray(picture)
        turned = (
            frame.rotate(degrees, Image.Resampling.BILINEAR, expand=True, fillcolor=_WHITE)
            for degrees in _CAMERA_TURNS
        )
        nearest = next(filter(None, map(_nearest, turned)), None)
    return nearest


def _nearest(picture: "Grey | Image.Image") -> str | None:
    size = picture.size if isinstance(picture, Image.Image) else picture.shape[1::-1]
    found = zxingcpp.read_barcodes(picture, formats=FORMATS)
    ours = [code for code in found if isinstance(decode(code.text), Tag) or read_label(code.text)]
    nearest = min(ours, key=lambda code: _distance(code.position, size[0] / 2, size[1] / 2), default=None)
    return nearest.text if nearest else None


def _distance(position: zxingcpp.Position, x: float, y: float) -> float:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    middle_x = sum(corner.x for corner in corners) / len(corners)
    middle_y = sum(corner.y for corner in corners) / len(corners)
    return (middle_x - x) ** 2 + (middle_y - y) ** 2


def _tries(picture: Image.Image) -> Iterator[Image.Image]:
    """The picture as it is, and then as what may be read where that cannot."""
    yield picture
    yield ImageOps.autocontrast(picture, cutoff=2)
    yield ImageOps.equalize(picture)
    yield picture.resize((max(picture.width // 2, 1), max(picture.height // 2, 1)), Image.Resampling.LANCZOS)
    if picture.width * picture.height <= UPSCALED_PIXELS_MAX:
        yield picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.BICUBIC)
    yield picture.filter(ImageFilter.GaussianBlur(1.5))
    for degrees in _TURNS:
        yield picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=_WHITE)


def _zxing(binarizer: zxingcpp.Binarizer) -> "Callable[[Image.Image], Collection[Seen]]":
    def read(picture: Image.Image) -> list[Seen]:
        codes = zxingcpp.read_barcodes(picture, formats=FORMATS, binarizer=binarizer)
        return [Seen(code.text, str(code.format)) for code in codes]

    return read


@cache
def _readers() -> "tuple[Callable[[Image.Image], Collection[Seen]], ...]":
    """zxing-cpp with either way to tell black from white, and then zbar, where the system has its library."""
    readers = tuple(map(_zxing, _BINARIZERS))
    try:
        from pyzbar import pyzbar
    except ImportError:
        return readers
    forms = {"CODE128": "Code 128", "CODE39": "Code 39", "QRCODE": "QR Code"}
    symbols = [pyzbar.ZBarSymbol[name] for name in forms]

    def zbar(picture: Image.Image) -> list[Seen]:
        found = pyzbar.decode(picture, symbols=symbols)
        return [Seen(code.data.decode(errors="replace"), forms[code.type]) for code in found]

    return (*readers, zbar)

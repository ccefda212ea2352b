"""Codes as black and white modules: Code 128 by python-barcode, QR by segno and zxing-cpp.

Never places or draws them: who draws gives every module whole dots.
"""

from functools import lru_cache
from typing import Any, Final

import segno
import zxingcpp
from barcode.codex import Code128

QR_VERSION: Final = 1
QR_MODULES: Final = 21
QR_CHARS_MAX: Final = 16
"""What version 1 holds at error correction Q (a quarter of it may be unreadable)."""

CHANGES_MAX: Final = 8192
"""Changes remembered: all 256 pairs at every place of every length of code, and then some."""

_MODULES_OF_GREYS: Final = bytes.maketrans(b"\x00\xff", b"10")
_QR_MASK: Final = 2
_BITS: Final = QR_MODULES * QR_MODULES
_ROW: Final = (1 << QR_MODULES) - 1

QrRows = tuple[int, ...]
"""One number a row, its highest bit the leftmost module."""


def bars(code: str) -> str:
    """The modules of a Code 128, 1 for black; quiet zones are the page's business."""
    modules: list[str] = Code128(code).build()
    return modules[0]


def bars_modules(code: str) -> int:
    """How many modules a Code 128 of our letters has: start, letters, check and stop."""
    return 11 * (len(code) + 2) + 13


def qr(code: str) -> QrRows:
    """The rows of a QR of a code, as many as it needs; quiet zones are the page's business."""
    return _shortest(code) if len(code) <= QR_CHARS_MAX else _long(code)


@lru_cache(maxsize=16)
def _long(code: str) -> QrRows:
    """A long code has a QR of the size that it needs; 15 % of it may be unreadable.

    Drawn by zxing-cpp, 15 times as fast as by segno: a slip's passport is one of its own.
    """
    symbol = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    dots: Any = symbol.to_image(scale=1, add_quiet_zones=False)
    modules, width = bytes(dots).translate(_MODULES_OF_GREYS), dots.shape[1]
    return tuple(int(modules[at : at + width], 2) for at in range(0, len(modules), width))


def _shortest(code: str) -> QrRows:
    """A version-1 QR.

    A QR of fixed size and mask is linear: what a pair of letters changes does not depend on the others.
    So a symbol is put together from changes seen before, 20 times as fast as drawing it anew.
    """
    blank = "B" * len(code)
    modules = _drawn(blank)
    for at in range(0, len(code), 2):
        modules ^= _change(blank, at, code[at : at + 2])
    return tuple(modules >> shift & _ROW for shift in range(_BITS - QR_MODULES, -1, -QR_MODULES))


@lru_cache(maxsize=CHANGES_MAX)
def _change(blank: str, at: int, pair: str) -> int:
    """The modules that differ when `pair` stands at `at`; alphanumeric QR packs letters in pairs."""
    return _drawn(blank) ^ _drawn(blank[:at] + pair + blank[at + len(pair) :])


@lru_cache(maxsize=64)
def _drawn(text: str) -> int:
    symbol = segno.make(
        text,
        version=QR_VERSION,
        error="q",
        mode="alphanumeric",
        mask=_QR_MASK,
        boost_error=False,
        micro=False,
    )
    return int("".join(str(module) for row in symbol.matrix for module in row), 2)

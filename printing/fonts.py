"""The font on our paper: its widths, its characters, and its place in the PDF library.

Never takes a font from the system: paper looks the same wherever it is printed.
"""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from printing.page import points

FOLDER: Final = Path(__file__).resolve().parents[1] / "assets" / "fonts"
REGULAR: Final = "NotoSans-SemiCondensed"
BOLD: Final = "NotoSans-SemiCondensedBold"
BOX: Final = "□"
"""Stands for each character that the font lacks."""

_PER_EM: Final = 1000


class EmbeddedTypeface:
    """Our font, as `layout` asks it, and registered with the PDF library."""

    def __init__(self) -> None:
        self._widths = {False: _registered(REGULAR), True: _registered(BOLD)}

    def width(self, text: str, size: float, bold: bool) -> float:
        """The width in millimetres; characters that the font lacks were replaced by `printable` before."""
        widths = self._widths[bold]
        return points(sum([widths[ord(letter)] for letter in text]) * size / _PER_EM)

    def printable(self, text: str) -> str:
        """The text on one line, with a box for each character that the font lacks or that shows nothing."""
        if text.isascii() and text.isprintable():
            return text
        return "".join(self._letter(letter) for letter in unicodedata.normalize("NFC", text))

    def _letter(self, letter: str) -> str:
        if letter.isspace():
            return " "
        return letter if letter.isprintable() and ord(letter) in self._widths[False] else BOX


@cache
def typeface() -> EmbeddedTypeface:
    """The one of this process."""
    return EmbeddedTypeface()


def _registered(name: str) -> dict[int, float]:
    """The widths of a font by character, in thousandths of its size."""
    font = TTFont(name, str(FOLDER / f"{name}.ttf"), asciiReadable=False)
    pdfmetrics.registerFont(font)
    return {code: font.stringWidth(chr(code), _PER_EM) for code in font.face.charToGlyph}

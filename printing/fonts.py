"""The fonts on our paper: their widths, their characters, and their place in the PDF library.

Never takes a font from the system: paper looks the same wherever it is printed. Never loads the large font of
ideographs before a name needs it.
"""

import unicodedata
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from reportlab.pdfbase import pdfmetrics

from printing.page import points
from printing.subsets import EmbeddedFont

FOLDER: Final = Path(__file__).resolve().parents[1] / "assets" / "fonts"
REGULAR: Final = "NotoSans-SemiCondensed"
BOLD: Final = "NotoSans-SemiCondensedBold"
OWN: Final = (f"{REGULAR}.ttf", f"{BOLD}.ttf")
BORROWED: Final = "wqy-microhei"
"""Chinese, Japanese and Korean letters, and whatever else it has and our font lacks."""
BORROWED_SCALE: Final = 0.9
"""Of the size: ideographs fill their square, and must stand in the line of our letters."""
BORROWED_STROKE: Final = 0.025
"""Of the size: outlines so wide make its only weight bold."""
BOX: Final = "□"
"""Stands for each character that no font has, that shows nothing, or that would stand on its neighbour."""
MARK: Final = "M"
"""The Unicode category of signs that go onto another letter and did not become one with it."""

_PER_EM: Final = 1000


class Run(NamedTuple):
    """Letters of one line from one font."""

    text: str
    borrowed: bool


class EmbeddedTypeface:
    """Our fonts, as `layout` asks them, and registered with the PDF library."""

    def __init__(self) -> None:
        """Without the borrowed font."""
        self._widths = {False: _registered(f"{REGULAR}.ttf"), True: _registered(f"{BOLD}.ttf")}
        self._borrowed: frozenset[str] = frozenset()

    def width(self, text: str, size: float, bold: bool) -> float:
        """The width in millimetres; characters that no font has were replaced by `printable` before."""
        widths = self._widths[bold]
        return points(sum([widths[ord(letter)] for letter in text]) * size / _PER_EM)

    def printable(self, text: str) -> str:
        """The text on one line, with a box for each character that no font has or that shows nothing."""
        if text.isascii() and text.isprintable():
            return text
        return "".join(self._letter(letter) for letter in unicodedata.normalize("NFC", text))

    def runs(self, text: str) -> tuple[Run, ...]:
        """A line cut where its letters change from one font to the other."""
        if text.isascii() or self._borrowed.isdisjoint(text):
            return (Run(text, borrowed=False),)
        return tuple(
            Run("".join(letters), borrowed)
            for borrowed, letters in groupby(text, self._borrowed.__contains__)
        )

    def _letter(self, letter: str) -> str:
        if letter.isspace():
            return " "
        shows = letter.isprintable() and unicodedata.category(letter)[0] != MARK
        return letter if shows and self._has(letter) else BOX

    def _has(self, letter: str) -> bool:
        if ord(letter) not in self._widths[False] and not self._borrowed:
            self._borrow()
        return ord(letter) in self._widths[False]

    def _borrow(self) -> None:
        """Takes from the large font what ours lacks."""
        widths = {
            code: width * BORROWED_SCALE
            for code, width in _registered(f"{BORROWED}.ttc").items()
            if code not in self._widths[False]
        }
        for known in self._widths.values():
            known.update(widths)
        self._borrowed = frozenset(map(chr, widths))


@cache
def typeface() -> EmbeddedTypeface:
    """The one of this process."""
    return EmbeddedTypeface()


def _registered(file: str) -> dict[int, float]:
    """The widths of a font by character, in thousandths of its size.

    ASCII of our own is on every page, wanted or not: so pages have the same letters, and make them once.
    """
    font = EmbeddedFont(Path(file).stem, str(FOLDER / file), asciiReadable=file in OWN)
    pdfmetrics.registerFont(font)
    return {code: font.face.charWidths[code] for code in font.face.charToGlyph}

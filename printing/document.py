"""Pages as PDF: bars and squares as vectors on whole dots, words in our own embedded font.

Never reads a clock: the same sheet gives the same bytes. Never knows a printer.
"""

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from printing import fonts, symbols
from printing.cards import CardSheet
from printing.layout import Sheet, lay_out
from printing.page import DOTS_PER_INCH, MODULE_DOTS, Bars, Ink, Page, Square, Words
from printing.settings_sheet import SettingsSheet

POINTS_PER_DOT: Final = 72 / DOTS_PER_INCH
SQUARE_ROWS_MAX: Final = 16384
"""Rows of QRs remembered: slips of one stream share most of their letters."""
_BLACK: Final = re.compile("1+")
_NOT_IN_A_FILE_NAME: Final = re.compile(r"[^A-Za-z0-9._+#-]+")


@dataclass(frozen=True, slots=True)
class Document:
    """A sheet as it goes to a printer."""

    name: str
    """Safe as a file's name, without suffix: order, slip and copy, or the title of a card sheet."""
    pdf: bytes
    pages: tuple[Page, ...]
    """What the PDF was drawn from."""


def document(sheet: Sheet) -> Document:
    """The PDF of a sheet."""
    pages = lay_out(sheet, fonts.typeface())
    name = document_name(sheet)
    return Document(name, draw(pages, name), pages)


def document_name(sheet: Sheet) -> str:
    """`MO-1042_BCDFGHJK_copy-2`; what a file system might not take becomes a dash."""
    if isinstance(sheet, CardSheet | SettingsSheet):
        words = [sheet.title]
    else:
        words = [sheet.order or "no-order", sheet.slip, f"copy-{sheet.copy_number}"]
    return "_".join(_NOT_IN_A_FILE_NAME.sub("-", word).strip("-.") for word in words)


def draw(pages: tuple[Page, ...], title: str) -> bytes:
    """The bytes of a PDF with these pages."""
    fonts.typeface()
    into = io.BytesIO()
    canvas = Canvas(into, pageCompression=0, invariant=True)
    canvas.setTitle(title)
    for page in pages:
        canvas.setPageSize((page.width * POINTS_PER_DOT, page.height * POINTS_PER_DOT))
        _draw_ink(canvas, page)
        _write(canvas, page)
        canvas.showPage()
    canvas.save()
    return into.getvalue()


def _draw_ink(canvas: Canvas, page: Page) -> None:
    """Everything black, in dots from the upper left corner."""
    operators: list[str] = []
    for mark in page.marks:
        if isinstance(mark, Square):
            operators += _square(mark)
    for mark in page.marks:
        if isinstance(mark, Ink):
            operators.append(f"{mark.x} {mark.y} {mark.width} {mark.height} re")
        elif isinstance(mark, Bars):
            operators += _bars(mark)
    canvas.saveState()
    canvas.transform(POINTS_PER_DOT, 0, 0, -POINTS_PER_DOT, 0, page.height * POINTS_PER_DOT)
    canvas.drawPath(PDFPathObject(operators), stroke=0, fill=1)
    canvas.restoreState()


def _bars(mark: Bars) -> list[str]:
    return [
        f"{mark.x + start * MODULE_DOTS} {mark.y} {width * MODULE_DOTS} {mark.height} re"
        for start, width in _runs(symbols.bars(mark.code))
    ]


def _square(mark: Square) -> list[str]:
    """A QR in modules from its own corner, filled by itself: its rows are words seen before."""
    rows = symbols.qr(mark.code)
    return [
        f"q {mark.module_dots} 0 0 {mark.module_dots} {mark.x} {mark.y} cm",
        *[_square_row(row, modules, len(rows)) for row, modules in enumerate(rows) if modules],
        "f Q",
    ]


@lru_cache(maxsize=SQUARE_ROWS_MAX)
def _square_row(row: int, modules: int, width: int) -> str:
    runs = _runs(f"{modules:0{width}b}")
    return " ".join(f"{start} {row} {width} 1 re" for start, width in runs)


def _runs(modules: str) -> list[tuple[int, int]]:
    """Start and length of each run of black modules."""
    return [(run.start(), run.end() - run.start()) for run in _BLACK.finditer(modules)]


def _write(canvas: Canvas, page: Page) -> None:
    """All words, font by font: black ones first, then those on ink."""
    words = [mark for mark in page.marks if isinstance(mark, Words)]
    text = canvas.beginText()
    for (white, bold, size), lines in groupby(sorted(words, key=_look), key=_look):
        text.setFillGray(1 if white else 0)
        text.setFont(fonts.BOLD if bold else fonts.REGULAR, size, leading=0)
        for line in lines:
            text.setTextOrigin(line.x * POINTS_PER_DOT, (page.height - line.y) * POINTS_PER_DOT)
            text.textLine(line.text)
    canvas.drawText(text)


def _look(words: Words) -> tuple[bool, bool, float]:
    return words.white, words.bold, words.size

"""Pages as PDF: bars and squares as vectors on a printer's dots, words in our own embedded fonts.

Never reads a clock: the same sheet gives the same bytes. Never knows a printer.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from printing import fonts, symbols
from printing.cards import CardSheet
from printing.grid import DOTS_PER_INCH, Grid
from printing.layout import Sheet, lay_out
from printing.page import Bars, Ink, Page, Picture, Square, Words
from printing.pictures import dotted
from printing.sheet import SlipSheet
from printing.slip.side import BUILT_IN_STYLE, Style

NAME_CHARS_MAX: Final = 100
"""Of a document's name, before the mark of its paper."""
MARK_CHARS: Final = 8
SQUARE_ROWS_MAX: Final = 16384
"""Rows of QRs remembered: slips of one stream share most of their letters."""
FILL: Final = 0
FILL_AND_STROKE: Final = 2
"""How letters are drawn, in the words of the PDF standard."""
HAIR_DOTS: Final = 0.05
"""A picture is drawn so much smaller: what lies on an edge of dots to the last digit may take one more."""
_FILL_NON_ZERO: Final = 1
"""As the PDF library numbers it."""
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
    dots_per_inch: int
    """Of the printer that it was drawn for."""


def document(sheet: Sheet, dots_per_inch: int = DOTS_PER_INCH, style: Style = BUILT_IN_STYLE) -> Document:
    """The PDF of a sheet, for a printer of these dots; `style` is how slips look there."""
    pages = lay_out(sheet, fonts.typeface(), style)
    name = document_name(sheet)
    return Document(name, draw(pages, name, dots_per_inch), pages, dots_per_inch)


def document_name(sheet: Sheet) -> str:
    """`MO-1042_BCDFGHJK_copy-2`; what a file system might not take becomes a dash."""
    if isinstance(sheet, SlipSheet):
        words = [sheet.order or "no-order", sheet.slip, f"copy-{sheet.copy_number}"]
    elif isinstance(sheet, CardSheet):
        words = [*filter(None, [sheet.plant]), sheet.title]
    else:
        words = [sheet.title]
    return "_".join(filter(None, map(_safe, words))) or "page"


def marked(name: str, paper: str) -> str:
    """The name of one paper: sheets of the same title lie beside each other. `paper` is what asked for it."""
    mark = _safe(paper[-MARK_CHARS:])
    return f"{name[:NAME_CHARS_MAX]}_{mark}" if mark else name[:NAME_CHARS_MAX]


def _safe(word: str) -> str:
    return _NOT_IN_A_FILE_NAME.sub("-", word).strip("-.")


def draw(pages: tuple[Page, ...], title: str, dots_per_inch: int = DOTS_PER_INCH) -> bytes:
    """The bytes of a PDF with these pages."""
    fonts.typeface()
    grid = Grid(dots_per_inch)
    into = io.BytesIO()
    canvas = Canvas(into, pageCompression=0, invariant=True)
    canvas.setTitle(title)
    for page in pages:
        paper = grid.paper(page)
        canvas.setPageSize((paper.width * grid.points_per_dot, paper.height * grid.points_per_dot))
        _draw_in_dots(canvas, page, grid)
        _write(canvas, page, grid)
        canvas.showPage()
    canvas.save()
    return into.getvalue()


def _draw_in_dots(canvas: Canvas, page: Page, grid: Grid) -> None:
    """Everything but words, in dots from the upper left corner; where ink lies on ink it stays black."""
    operators: list[str] = []
    for mark in page.marks:
        if isinstance(mark, Square):
            operators += _square(mark, grid)
    for mark in page.marks:
        if isinstance(mark, Ink):
            box = grid.box(mark)
            operators.append(f"{box.x} {box.y} {box.width} {box.height} re")
        elif isinstance(mark, Bars):
            operators += _bars(mark, grid)
    canvas.saveState()
    scale = grid.points_per_dot
    canvas.transform(scale, 0, 0, -scale, 0, grid.paper(page).height * scale)
    for mark in page.marks:
        if isinstance(mark, Picture):
            _picture(canvas, mark, grid)
    canvas.drawPath(PDFPathObject(operators), stroke=0, fill=1, fillMode=_FILL_NON_ZERO)
    canvas.restoreState()


def _picture(canvas: Canvas, mark: Picture, grid: Grid) -> None:
    """A dot of the picture on each dot of the printer; turned over, as the page's dots count downwards."""
    box = grid.box(mark)
    dots = dotted(mark.png, box.width, box.height)
    x = box.x + (box.width - dots.width) // 2
    y = box.y + (box.height - dots.height) // 2
    canvas.saveState()
    canvas.transform(1, 0, 0, -1, x + HAIR_DOTS, y + dots.height - HAIR_DOTS)
    width, height = dots.width - 2 * HAIR_DOTS, dots.height - 2 * HAIR_DOTS
    canvas.drawImage(ImageReader(dots.convert("L")), 0, 0, width, height)
    canvas.restoreState()


def _bars(mark: Bars, grid: Grid) -> list[str]:
    modules = symbols.bars(mark.code)
    box, dots = grid.bars(mark, len(modules))
    return [
        f"{box.x + start * dots} {box.y} {width * dots} {box.height} re" for start, width in _runs(modules)
    ]


def _square(mark: Square, grid: Grid) -> list[str]:
    """A QR in modules from its own corner, filled by itself: its rows are words seen before."""
    rows = symbols.qr(mark.code)
    box, dots = grid.square(mark, len(rows))
    return [
        f"q {dots} 0 0 {dots} {box.x} {box.y} cm",
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


def _write(canvas: Canvas, page: Page, grid: Grid) -> None:
    """All words, font by font: black ones first, then those on ink. Baselines lie on whole dots."""
    height = grid.paper(page).height
    words = [mark for mark in page.marks if isinstance(mark, Words)]
    text = canvas.beginText()
    borrowed: list[_Written] = []
    for (white, bold, size), lines in groupby(sorted(words, key=_look), key=_look):
        text.setFillGray(1 if white else 0)
        text.setFont(fonts.BOLD if bold else fonts.REGULAR, size, leading=0)
        for line in lines:
            y = (height - grid.dot(line.y)) * grid.points_per_dot
            for run in _written(line, grid, y):
                if run.borrowed:
                    borrowed.append(run)
                else:
                    text.setTextOrigin(run.x, y)
                    text.textLine(run.text)
    canvas.drawText(text)
    for run in borrowed:
        _write_borrowed(canvas, run)


class _Written(NamedTuple):
    """Letters of one line from one font, at their place in points from the lower left corner."""

    x: float
    y: float
    text: str
    borrowed: bool
    line: Words


def _written(line: Words, grid: Grid, y: float) -> Iterator[_Written]:
    typeface = fonts.typeface()
    x = line.x
    for text, borrowed in typeface.runs(line.text):
        yield _Written(grid.dots(x) * grid.points_per_dot, y, text, borrowed, line)
        if text is not line.text:
            x += typeface.width(text, line.size, line.bold)


def _write_borrowed(canvas: Canvas, run: _Written) -> None:
    """Letters of the font that has one weight: for the bold ones, their outlines are drawn, too."""
    size = run.line.size * fonts.BORROWED_SCALE
    grey = 1 if run.line.white else 0
    canvas.saveState()
    canvas.setStrokeGray(grey)
    canvas.setLineWidth(size * fonts.BORROWED_STROKE)
    text = canvas.beginText(run.x, run.y)
    text.setFillGray(grey)
    text.setTextRenderMode(FILL_AND_STROKE if run.line.bold else FILL)
    text.setFont(fonts.BORROWED, size)
    text.textOut(run.text)
    canvas.drawText(text)
    canvas.restoreState()


def _look(words: Words) -> tuple[bool, bool, float]:
    return words.white, words.bold, words.size

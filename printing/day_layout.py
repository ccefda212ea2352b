"""The sheet of a closed day on A4: four large figures, a table by unit, the ledger's ranges, room to sign.

Never leaves a line out: what does not fit on the page goes on on the next one.
"""

from typing import Final

from printing.day_sheet import DaySheet
from printing.fitting import Room
from printing.page import Page, Typeface
from printing.pen import Pen

WIDTH: Final = 210
HEIGHT: Final = 297
MARGIN: Final = 18
INNER: Final = WIDTH - 2 * MARGIN
FOOT: Final = HEIGHT - 12
TILES_TOP: Final = 52
TILE_HEIGHT: Final = 26
TILE_GAP: Final = 4
ROW: Final = 9
SIGN_HEIGHT: Final = 28
BOTTOM: Final = FOOT - 10
"""No table goes on below it."""


def lay_out_day(sheet: DaySheet, typeface: Typeface) -> tuple[Page, ...]:
    """The pages."""
    writer = _Writer(sheet, typeface)
    writer.tiles()
    writer.table(sheet.total_columns, sheet.totals, large=True)
    writer.table(sheet.range_columns, sheet.ranges, large=False)
    writer.sentences()
    writer.signs()
    return writer.pages()


class _Writer:
    """Writes down the page, and begins another one where it ends."""

    def __init__(self, sheet: DaySheet, typeface: Typeface) -> None:
        self._sheet = sheet
        self._typeface = typeface
        self._pens: list[Pen] = []
        self._y = 0.0
        self._begin()

    @property
    def _pen(self) -> Pen:
        return self._pens[-1]

    def _begin(self) -> None:
        self._pens.append(Pen(self._typeface))
        sheet, pen = self._sheet, self._pen
        left = pen.plate(WIDTH - MARGIN, 18, 7, sheet.copy_mark, sheet.again)
        pen.write(MARGIN, 25, sheet.day, Room(left - MARGIN - 4, 28, 14, bold=True))
        pen.write(MARGIN, 34, sheet.station, Room(INNER * 0.6, 15, 8))
        pen.write(WIDTH - MARGIN, 34, sheet.plant, Room(INNER * 0.38, 11, 6), "right")
        pen.rule(MARGIN, 40, INNER, 0.6)
        self._y = TILES_TOP

    def _need(self, height: float) -> None:
        if self._y + height > BOTTOM:
            self._begin()

    def tiles(self) -> None:
        """The figures that a shift leader looks for first."""
        count = len(self._sheet.figures)
        width = (INNER - (count - 1) * TILE_GAP) / count
        for at, (what, how_many) in enumerate(self._sheet.figures):
            x = MARGIN + at * (width + TILE_GAP)
            self._pen.frame(x, self._y - 6, width, TILE_HEIGHT)
            self._pen.write(x + 3, self._y + 7, how_many, Room(width - 6, 34, 12, bold=True))
            self._pen.write(x + 3, self._y + 15.5, what, Room(width - 6, 9.5, 6))
        self._y += TILE_HEIGHT + 4

    def table(self, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], *, large: bool) -> None:
        """A head and its rows; the first column is a name, the others are figures."""
        if not rows:
            return
        self._head(columns)
        for row in rows:
            if self._y + ROW > BOTTOM:
                self._begin()
                self._head(columns)
            self._row(row, 15 if large else 10.5, bold=large)
        self._y += ROW

    def _head(self, columns: tuple[str, ...]) -> None:
        self._need(3 * ROW)
        for at, name in enumerate(columns):
            self._cell(at, len(columns), name, Room(INNER / len(columns) - 2, 9, 6))
        self._y += 2.5
        self._pen.rule(MARGIN, self._y, INNER, 0.3)
        self._y += 6.5

    def _row(self, row: tuple[str, ...], size: float, *, bold: bool) -> None:
        for at, text in enumerate(row):
            self._cell(at, len(row), text, Room(INNER / len(row) - 2, size, 6, bold=bold))
        self._pen.rule(MARGIN, self._y + 2.7, INNER)
        self._y += ROW

    def _cell(self, at: int, count: int, text: str, room: Room) -> None:
        if at == 0:
            self._pen.write(MARGIN, self._y, text, room)
        else:
            self._pen.write(MARGIN + (at + 1) * INNER / count, self._y, text, room, "right")

    def sentences(self) -> None:
        """Who closed it, and what the figures mean."""
        for sentence in self._sheet.sentences:
            self._need(ROW)
            self._pen.write(MARGIN, self._y, sentence, Room(INNER, 10, 7))
            self._y += 6

    def signs(self) -> None:
        """Room to sign, at the end of the last page."""
        self._need(SIGN_HEIGHT)
        width = (INNER - 8 * (len(self._sheet.signs) - 1)) / len(self._sheet.signs)
        baseline = BOTTOM - 4
        for at, who in enumerate(self._sheet.signs):
            x = MARGIN + at * (width + 8)
            self._pen.rule(x, baseline - 5, width, 0.3)
            self._pen.write(x, baseline, who, Room(width, 9, 6))

    def pages(self) -> tuple[Page, ...]:
        """All of them, each with its foot."""
        for number, pen in enumerate(self._pens, 1):
            pen.write(MARGIN, FOOT, self._sheet.foot, Room(INNER * 0.7, 8, 6))
            pen.write(WIDTH - MARGIN, FOOT, f"{number} / {len(self._pens)}", Room(30, 8, 6), "right")
        return tuple(Page(WIDTH, HEIGHT, tuple(pen.marks)) for pen in self._pens)

"""Pages as ZPL: codes in the printer's own `^BC` and `^BQ`, everything else as one graphic of our own dots.

Never sends a name as text: what people typed reaches the printer as dots, so no command can hide in it, and
it looks as on any other paper. Never sends a code as a picture: the printer draws it, on whole dots.
"""

import re
from dataclasses import replace
from typing import Final

from PIL import Image

from printing import symbols
from printing.document import draw
from printing.grid import Grid
from printing.page import Bars, Mark, Page, Square
from printing.raster import pictures

MODULE_DOTS_MAX: Final = 10
"""A printer makes no wider modules: a square is smaller then, in the middle of its place."""

_HEAD: Final = "^XA^MUD^CI28^PON^PMN^LRN^FWN^LH0,0"
"""Whatever was set before is set back: dots, UTF-8, upright, not mirrored, not inverted, from the corner."""
_FOOT: Final = "^PQ1,0,0,N^XZ"
_SINKS: Final = 1
"""A `^BQ` stands lower than it is told to, by the height of the last `^BY`: it is set to this before."""
_BLACK_IS_ONE: Final = [255] * 128 + [0] * 128
_PLAIN: Final = re.compile(r"[A-Za-z0-9#/-]+")
"""No sign that means something to a printer: codes of ours, and the test code of the scanners."""
_REPEATED: Final = re.compile(r"(.)\1+")
_TWENTY: Final = 20
_FOUR_HUNDRED: Final = 400


class NoPlainCodeError(ValueError):
    """A code has signs that mean something to a printer."""


def zpl(pages: tuple[Page, ...], dots_per_inch: int) -> bytes:
    """One label a page. Raises NoPlainCodeError."""
    grid = Grid(dots_per_inch)
    return "\n".join(_label(page, grid) for page in pages).encode("ascii")


def _label(page: Page, grid: Grid) -> str:
    paper = grid.paper(page)
    lines = [f"{_HEAD}^PW{paper.width}^LL{paper.height}", _graphic(page, grid)]
    lines += [_code(mark, grid) for mark in page.marks if isinstance(mark, Bars | Square)]
    return "\n".join([*lines, _FOOT, ""])


def _code(mark: Bars | Square, grid: Grid) -> str:
    if not _PLAIN.fullmatch(mark.code):
        raise NoPlainCodeError(f"no code that a label printer may be told: {mark.code!r}")
    return _bars(mark, grid) if isinstance(mark, Bars) else _square(mark, grid)


def _bars(mark: Bars, grid: Grid) -> str:
    box, dots = grid.bars(mark, symbols.bars_modules(mark.code))
    dots = min(dots, MODULE_DOTS_MAX)
    return f"^BY{dots},3,{box.height}^FO{box.x},{box.y}^BCN,{box.height},N,N,N,N^FD{mark.code}^FS"


def _square(mark: Square, grid: Grid) -> str:
    """Of the same error correction as ours, and so of the same size; the printer chooses the mask."""
    modules = len(symbols.qr(mark.code))
    box, dots = grid.square(mark, modules)
    spare = max(0, dots - MODULE_DOTS_MAX) * modules // 2
    level = "Q" if modules == symbols.QR_MODULES else "M"
    at = f"^FO{box.x + spare},{box.y + spare - _SINKS}"
    return f"^BY2,3,{_SINKS}{at}^BQN,2,{min(dots, MODULE_DOTS_MAX)}^FD{level}A,{mark.code}^FS"


def _graphic(page: Page, grid: Grid) -> str:
    """All marks but codes, as one graphic."""
    rest: list[Mark] = [mark for mark in page.marks if not isinstance(mark, Bars | Square)]
    [picture] = pictures(
        draw((replace(page, marks=tuple(rest)),), "", grid.dots_per_inch), grid.dots_per_inch
    )
    row_bytes = (picture.width + 7) // 8
    total = row_bytes * picture.height
    return f"^FO0,0^GFA,{total},{total},{row_bytes},{_packed(picture, row_bytes)}^FS"


def _packed(picture: Image.Image, row_bytes: int) -> str:
    """The dots in hex, packed: runs counted by letters, `,` for white to the edge, `:` for the row above."""
    dots = picture.point(_BLACK_IS_ONE, "1").tobytes()
    packed, above = [], b""
    for at in range(0, len(dots), row_bytes):
        row = dots[at : at + row_bytes]
        packed.append(":" if row == above else _packed_row(row.hex().upper()))
        above = row
    return "".join(packed)


def _packed_row(digits: str) -> str:
    inked = digits.rstrip("0")
    return _REPEATED.sub(_run, inked) + ("," if len(inked) < len(digits) else "")


def _run(found: re.Match[str]) -> str:
    """A repeated digit as its count and itself: `G` to `Y` are 1 to 19, `g` to `z` are 20 to 400."""
    most, count = divmod(len(found[0]), _FOUR_HUNDRED)
    twenties, ones = divmod(count, _TWENTY)
    counted = "z" * most
    counted += chr(ord("f") + twenties) if twenties else ""
    counted += chr(ord("F") + ones) if ones else ""
    return counted + found[1]

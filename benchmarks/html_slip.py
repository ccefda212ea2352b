"""A slip's pages as HTML: every word, line and code at its place, in our fonts, for WeasyPrint.

Never a page that the program prints.
"""

import re
from html import escape
from typing import Final

from printing import symbols
from printing.fonts import BOLD, FOLDER, REGULAR
from printing.page import Bars, Ink, Mark, Page, Square, Words

_FONTS: Final = f"""
@font-face {{ font-family: slip; src: url(file://{FOLDER}/{REGULAR}.ttf) }}
@font-face {{ font-family: slip; font-weight: bold; src: url(file://{FOLDER}/{BOLD}.ttf) }}
"""
_STYLE: Final = """
body { margin: 0; font-family: slip }
section { position: relative; break-after: page }
i, p, svg { position: absolute; margin: 0 }
i { background: black }
p { white-space: pre; line-height: 1 }
"""
_BLACK: Final = re.compile("1+")
_ASCENT: Final = 0.88
"""Of our fonts in a line as high as their size: from its upper edge to the baseline."""
_MM_PER_POINT: Final = 25.4 / 72


def html(pages: tuple[Page, ...]) -> str:
    """The document."""
    size = f"@page {{ size: {pages[0].width}mm {pages[0].height}mm; margin: 0 }}"
    return f"<style>{_FONTS}{_STYLE}{size}</style>" + "".join(map(_page, pages))


def _page(page: Page) -> str:
    inside = "".join(_mark(mark) for mark in page.marks)
    return f'<section style="height:{page.height}mm">{inside}</section>'


def _mark(mark: Mark) -> str:
    match mark:
        case Ink():
            return (
                f'<i style="{_at(mark.x, mark.y)};width:{mark.width:.3f}mm;height:{mark.height:.3f}mm"></i>'
            )
        case Words():
            top = mark.y - mark.size * _ASCENT * _MM_PER_POINT
            look = f"font-size:{mark.size}pt{';font-weight:bold' if mark.bold else ''}"
            colour = ";color:white" if mark.white else ""
            return f'<p style="{_at(mark.x, top)};{look}{colour}">{escape(mark.text)}</p>'
        case Bars():
            modules = symbols.bars(mark.code)
            height = mark.height / mark.module_mm
            return _drawn(mark, _runs(modules, 0, height), len(modules), height)
        case Square():
            rows = symbols.qr(mark.code)
            runs = "".join(_runs(f"{row:0{len(rows)}b}", at, 1) for at, row in enumerate(rows))
            return _drawn(mark, runs, len(rows), len(rows))
        case _:
            raise ValueError("a slip of this figure has no pictures")


def _at(x: float, y: float) -> str:
    return f"left:{x:.3f}mm;top:{y:.3f}mm"


def _drawn(mark: Bars | Square, path: str, width: float, height: float) -> str:
    """A code as SVG."""
    size = f'width="{width * mark.module_mm:.3f}mm" height="{height * mark.module_mm:.3f}mm"'
    box = f'viewBox="0 0 {width} {height:.3f}"'
    place = _at(mark.x, mark.y)
    return f'<svg xmlns="http://www.w3.org/2000/svg" style="{place}" {size} {box}><path d="{path}"/></svg>'


def _runs(modules: str, top: int, height: float) -> str:
    return "".join(
        f"M{run.start()} {top}h{run.end() - run.start()}v{height:.3f}h-{run.end() - run.start()}z"
        for run in _BLACK.finditer(modules)
    )

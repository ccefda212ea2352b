import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.grid import DOTS_PER_INCH_MAX, DOTS_PER_INCH_MIN, Grid
from printing.page import LINE_MM, MODULE_MM, Bars, Ink, Page, Square
from printing.pen import Pen
from tests.printing.test_layout import FACE

printers = st.integers(DOTS_PER_INCH_MIN, DOTS_PER_INCH_MAX).map(Grid)
places = st.floats(0, 300)


@pytest.mark.parametrize(
    ("dots_per_inch", "dots"), [(150, 2), (180, 2), (203, 3), (300, 4), (360, 5), (600, 8), (1200, 17)]
)
def test_a_module_gets_the_most_whole_dots_that_it_holds(dots_per_inch: int, dots: int) -> None:
    assert Grid(dots_per_inch).module_dots(MODULE_MM) == dots


def test_a_module_has_two_dots_at_least() -> None:
    assert Grid(203).module_dots(0.1) == 2


@given(printers, places, places, st.integers(1, 6))
def test_a_code_is_never_wider_than_the_page_meant(grid: Grid, x: float, y: float, times: int) -> None:
    for mark, place in (
        (square := Square(x, y, "", times * MODULE_MM), grid.square(square, 21)),
        (bars := Bars(x, y, 9, "", times * MODULE_MM), grid.bars(bars, 156)),
    ):
        box, dots = place
        modules = 21 if isinstance(mark, Square) else 156
        assert box.width == modules * dots <= grid.dots(modules * times * MODULE_MM) + 1e-6
        assert grid.dots(mark.x) - 1 <= box.x
        assert box.x + box.width <= grid.dots(mark.x + modules * mark.module_mm) + 1


@given(printers, places, places)
def test_a_thin_line_is_equally_thick_wherever_it_stands(grid: Grid, x: float, y: float) -> None:
    assert grid.box(Ink(x, y, LINE_MM, 9)).width == grid.box(Ink(0, 0, LINE_MM, 9)).width >= 1


@given(printers, places, places, st.floats(5, 100), st.floats(5, 100))
def test_the_lines_of_a_frame_meet_on_any_printer(
    grid: Grid, x: float, y: float, width: float, height: float
) -> None:
    pen = Pen(FACE)
    pen.frame(x, y, width, height)
    top, left, bottom, right, corner = [grid.box(mark) for mark in pen.marks if isinstance(mark, Ink)]
    assert (top.x, top.y) == (left.x, left.y)
    assert left.y + left.height == bottom.y == corner.y
    assert top.x + top.width == right.x == corner.x == bottom.x + bottom.width
    assert right.y + right.height == corner.y
    assert (bottom.height, right.width) == (corner.height, corner.width)


@given(printers, places, st.floats(1, 100), st.floats(1, 100))
def test_ink_beside_ink_leaves_no_gap(grid: Grid, x: float, width: float, next_width: float) -> None:
    first, second = grid.box(Ink(x, 0, width, 9)), grid.box(Ink(x + width, 0, next_width, 9))
    assert first.x + first.width == second.x


def test_paper_has_whole_dots() -> None:
    box = Grid(203).paper(Page(105, 148, ()))
    assert (box.width, box.height) == (839, 1183)

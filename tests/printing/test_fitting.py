from hypothesis import given
from hypothesis import strategies as st

from printing.fitting import ELLIPSIS, Room, fit
from printing.fonts import typeface

FACE = typeface()


def widest(lines: tuple[str, ...], size: float) -> float:
    return max(FACE.width(line, size, bold=False) for line in lines)


def test_what_fits_stays_as_it_is() -> None:
    fitted = fit("Cut to length", Room(60, 9, 6), FACE)
    assert (fitted.lines, fitted.size) == (("Cut to length",), 9)


def test_a_long_name_is_shrunk_first() -> None:
    whole = FACE.width("Cut to length", 9, bold=False)
    fitted = fit("Cut to length", Room(whole * 0.8, 9, 6, lines_max=2), FACE)
    assert fitted.lines == ("Cut to length",)
    assert 6 <= fitted.size < 9


def test_then_it_is_wrapped() -> None:
    whole = FACE.width("Cut to length", 9, bold=False)
    fitted = fit("Cut to length", Room(whole * 0.55, 9, 6.5, lines_max=2), FACE)
    assert fitted.lines == ("Cut to", "length")


def test_and_cut_only_with_an_ellipsis() -> None:
    fitted = fit("Cut to length " * 9, Room(25, 9, 6.5, lines_max=2), FACE)
    assert len(fitted.lines) == 2
    assert fitted.lines[-1].endswith(ELLIPSIS)


@given(st.text(max_size=150), st.integers(5, 100), st.integers(1, 3))
def test_whatever_the_name_it_stays_in_its_room(text: str, width: int, lines_max: int) -> None:
    fitted = fit(text, Room(width, 9, 6, lines_max), FACE)
    assert len(fitted.lines) <= lines_max
    assert widest(fitted.lines, fitted.size) <= width


@given(st.text("ab <&[", max_size=60))
def test_nothing_is_lost_without_an_ellipsis(text: str) -> None:
    fitted = fit(text, Room(38, 9, 6, lines_max=3), FACE)
    if not fitted.lines[-1].endswith(ELLIPSIS):
        assert "".join(fitted.lines).replace(" ", "") == text.replace(" ", "")

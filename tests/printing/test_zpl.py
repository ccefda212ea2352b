import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from floor.tags import TagKind, count_to_letters, encode
from printing.document import document
from printing.layout import placed
from printing.page import Bars, Ink, Page, Square
from printing.raster import pictures
from printing.scanner_sheet import scanner_sheet
from printing.zpl import MODULE_DOTS_MAX, zpl
from tests.printing.hostile_names import HOSTILE, hostile
from tests.printing.samples import a_full_slip, a_settings_sheet, a_slip, badges

LETTERS = r"[A-Za-z0-9#/-]+"
LABEL = re.compile(
    r"\^XA\^MUD\^CI28\^PON\^PMN\^LRN\^FWN\^LH0,0\^PW(\d+)\^LL(\d+)\n"
    r"\^FO0,0\^GFA,(\d+),(\d+),(\d+),([0-9A-FG-Zg-z,:]+)\^FS\n"
    rf"((?:\^BY\d+,3,\d+\^FO\d+,\d+\^BCN,\d+,N,N,N,N\^FD{LETTERS}\^FS\n"
    rf"|\^BY2,3,1\^FO\d+,\d+\^BQN,2,\d+\^FD[QM]A,{LETTERS}\^FS\n)*)"
    r"\^PQ1,0,0,N\^XZ\n"
)
"""Everything that may ever be sent to a label printer."""
SMALL = 30
CODE = "TBCDFGHJKBL"


def labels(said: bytes) -> list[re.Match[str]]:
    """The labels of a job, of which nothing is left over."""
    text = said.decode("ascii")
    found = list(LABEL.finditer(text))
    assert "\n".join(match[0] for match in found) == text
    return found


def unpacked(label: re.Match[str]) -> Image.Image:
    """The graphic of a label as a printer unpacks it, by the manual and not by our own code."""
    row_bytes, total = int(label[5]), int(label[3])
    rows: list[str] = []
    row, count = "", 0
    for sign in label[6]:
        if sign == ":":
            rows.append(rows[-1] if rows else "0" * 2 * row_bytes)
        elif sign == ",":
            rows.append(row.ljust(2 * row_bytes, "0"))
            row = ""
        elif "G" <= sign <= "Z":
            count += ord(sign) - ord("F")
        elif "g" <= sign <= "z":
            count += 20 * (ord(sign) - ord("f"))
        else:
            row += sign * (count or 1)
            count = 0
        if len(row) == 2 * row_bytes:
            rows.append(row)
            row = ""
    dots = bytes.fromhex("".join(rows))
    assert len(dots) == total == int(label[4])
    picture = Image.frombytes("1", (row_bytes * 8, len(rows)), bytes(255 - dot for dot in dots))
    return picture.convert("L").crop((0, 0, int(label[1]), len(rows)))


def white_where_codes_are(picture: Image.Image, page: Page, dots_per_mm: float) -> Image.Image:
    """A page without its codes."""
    bare = picture.copy()
    for mark in page.marks:
        if isinstance(mark, Bars | Square):
            width, height = (70.0, mark.height) if isinstance(mark, Bars) else (8.5, 8.5)
            corners = (mark.x, mark.y, mark.x + width, mark.y + height)
            bare.paste(255, tuple(round(edge * dots_per_mm) for edge in corners))
    return bare


@pytest.mark.parametrize("steps", [1, 5, 12])
def test_what_is_no_code_is_sent_dot_for_dot(steps: int) -> None:
    made = document(a_slip(steps))
    [label] = labels(zpl(made.pages, 203))
    [whole] = pictures(made.pdf)
    dots_per_mm = 203 / 25.4
    sent = white_where_codes_are(unpacked(label), made.pages[0], dots_per_mm)
    assert sent.tobytes() == white_where_codes_are(whole, made.pages[0], dots_per_mm).tobytes()


SHEETS = (a_slip(4), a_slip(20), a_full_slip(12), badges(3), a_settings_sheet(8, 900), scanner_sheet())


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_code_is_asked_for_by_its_own_command_and_no_code_is_a_picture(sheet: object) -> None:
    made = document(sheet)
    for label, page in zip(labels(zpl(made.pages, 203)), made.pages, strict=True):
        asked = {("Code 128", code) for code in re.findall(rf"\^BCN[^^]*\^FD({LETTERS})", label[7])}
        asked |= {("QR", code) for code in re.findall(rf"\^BQN[^^]*\^FD[QM]A,({LETTERS})", label[7])}
        assert asked == placed(page)


@given(st.integers(0, len(HOSTILE) - 1))
@settings(max_examples=len(HOSTILE), deadline=None)
def test_f8_no_name_reaches_a_label_printer_as_more_than_dots(at: int) -> None:
    assert len(labels(zpl(document(a_slip(3, **hostile(at))).pages, 203))) == 1


@given(st.text(max_size=120), st.text(max_size=120))
@settings(max_examples=SMALL, deadline=None)
def test_f8_whatever_is_typed_the_commands_are_ours(customer: str, note: str) -> None:
    assert len(labels(zpl(document(a_slip(2, customer=customer, note=note)).pages, 203))) == 1


@pytest.mark.parametrize("code", ["", "^XZ", "TBCD^FS", "a_b", "TBCD FGHJ", "Ä", "TBCD\n"])
@pytest.mark.parametrize("mark", [Bars, Square])
def test_f8_what_is_no_code_of_ours_is_never_sent_as_one(mark: type[Bars] | type[Square], code: str) -> None:
    drawn = Bars(10, 10, 12, code) if mark is Bars else Square(10, 10, code)
    with pytest.raises(ValueError, match="no code"):
        zpl((Page(50, 50, (drawn,)),), 203)


def test_bars_have_whole_dots_and_the_height_that_the_page_gives_them() -> None:
    page = Page(100, 30, (Bars(10, 5, 12, CODE),))
    assert "^BY3,3,96^FO80,40^BCN,96,N,N,N,N^FDTBCDFGHJKBL^FS" in zpl((page,), 203).decode()
    assert "^BY4,3,142^FO118,59^BCN,142,N,N,N,N^FDTBCDFGHJKBL^FS" in zpl((page,), 300).decode()


def test_a_square_is_asked_for_one_dot_higher_for_it_sinks_by_the_height_of_bars() -> None:
    page = Page(100, 30, (Square(10, 5, CODE),))
    assert "^BY2,3,1^FO80,39^BQN,2,3^FDQA,TBCDFGHJKBL^FS" in zpl((page,), 203).decode()


def test_modules_wider_than_a_label_printer_makes_stand_in_the_middle_of_their_place() -> None:
    said = zpl((Page(100, 60, (Square(10, 10, CODE, 1.0),)),), 600).decode()
    wide = 23 * 21
    [(x, y, dots)] = re.findall(r"\^FO(\d+),(\d+)\^BQN,2,(\d+)", said)
    assert int(dots) == MODULE_DOTS_MAX
    beside = (wide - MODULE_DOTS_MAX * 21) // 2
    assert int(x) == pytest.approx(round(10 / 25.4 * 600) + beside, abs=8)
    assert int(y) + 1 == pytest.approx(round(10 / 25.4 * 600) + beside, abs=8)


def test_a_long_code_has_the_correction_of_ours_and_so_its_size() -> None:
    code = encode(TagKind.TERMINAL, count_to_letters(7**300, 300))
    assert f"^FDMA,{code}^FS" in zpl((Page(100, 100, (Square(10, 10, code),)),), 203).decode()


def test_a_page_of_nothing_but_white_and_one_of_nothing_but_ink_are_packed() -> None:
    [white] = labels(zpl((Page(20, 10, ()),), 203))
    assert white[6] == "," + ":" * 79
    assert unpacked(white).getextrema() == (255, 255)
    [black] = labels(zpl((Page(20, 10, (Ink(0, 0, 20, 10),)),), 203))
    assert unpacked(black).getextrema() == (0, 0)


def test_a_slip_is_small_enough_for_any_line() -> None:
    assert len(zpl(document(a_slip(5)).pages, 203)) < 40_000

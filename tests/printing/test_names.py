"""Whatever a plant calls its things, no sheet breaks: ink stays on paper, codes stay readable.

A sheet of each kind gets names that nobody should give: markup, orders to label printers, letters of all
directions, stacks of accents, 200 letters without a blank.
"""

from collections.abc import Iterator
from itertools import cycle, repeat
from typing import Any, Final, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pydantic import ValidationError

from floor.events import TagUse
from floor.quantities import Value
from printing.cards import command_card
from printing.document import Document, document
from printing.grid import Grid
from printing.layout import Sheet
from printing.page import Bars, Mark, Page, Square, Words
from printing.papers import Paper
from printing.raster import pictures
from printing.readback import Trusted, read_back
from printing.settings_layout import LINES_MAX
from printing.slip.side import Style
from tests.printing.documents import a_day, a_tag
from tests.printing.marks import dotted_area, dotted_quiet
from tests.printing.samples import a_passport, a_settings_sheet, a_slip, badges, reasons, with_instructions

SHEETS: Final[dict[str, Sheet]] = {
    "slip of three steps": with_instructions(a_slip(3, note="felt", part_of="Part of TBCD")),
    "slip of twelve steps": a_slip(12, note="felt", make_up=True, passport=a_passport(350)),
    "badges": badges(2),
    "reasons": reasons(3),
    "commands": command_card(),
    "settings": a_settings_sheet(LINES_MAX),
    "hold tag": a_tag(TagUse.HOLD),
    "day": a_day(),
}
"""At least one of each kind."""
MARGIN_MM: Final = 2.5
"""No printer reaches nearer to the edge."""
NOT_NAMES: Final = frozenset(
    {
        "kind",
        "slip",
        "copy_letter",
        "code",
        "size",
        "printed_at",
        "ledger_head",
        "passport",
        "page_words",
        "hint",
        "copy_mark",
    }
)
"""What the terminal itself writes."""
NASTY: Final = (
    *("<b>", "</font>", "&amp;", "[b]", "%s {x}", "\\n", "(", ")Tj ET Q", "endstream"),
    *(
        "^XA^FO0,0^GB800,800,800^FS",
        "~JR",
        "^FD>:TBCDFGHJKBL^FS",
        "\x1b@",
        "\x1dk",
        "\x10\x04",
        "\x00",
        "\x0c",
    ),
    *("\u202eabc\u202c", "שלום", "مرحبا", "ไม้", "नमस्ते", "e\u0301\u0302\u0303\u0304", "\u0489" * 9, "Ế", "g"),
    *("😀", "👩‍🔧", "🇩🇪", "✔️", "椅子橡木", "뚫기", "ﷺ", "𒐫", "\u3000", "\u2028", "\t", " ", "█", "■", "｜"),
    *("W" * 200, "M" * 60, "i" * 200, "TBCDFGHJKBL", "1234567890", "Ångström", "…"),
)
names: Final = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=12)), max_size=6).map(
    lambda pieces: "".join(pieces)[:200]
)


several_names: Final = st.lists(names, min_size=1, max_size=4)
"""Given in turn to whatever has a name."""


def called(sheet: Any, turn: Iterator[str]) -> Any:
    """The sheet with other words wherever people gave them; a word that the sheet would refuse stays."""
    if isinstance(sheet, tuple):
        return tuple(called(part, turn) for part in sheet)
    if isinstance(sheet, str):
        return next(turn)
    if not isinstance(sheet, Value):
        return sheet
    for field in type(sheet).model_fields:
        if field in NOT_NAMES:
            continue
        said = {**dict(sheet), field: called(getattr(sheet, field), turn)}
        try:
            sheet = type(sheet).model_validate(said)
        except ValidationError:
            continue
    return sheet


def quiet_is_white(picture: Image.Image, mark: Bars | Square, grid: Grid) -> bool:
    """Whether nothing but the code is black where it wants white: four strips around it."""
    code, zone = dotted_area(mark, grid), dotted_quiet(mark, grid)
    strips = [(zone.left, zone.top, code.left, zone.bottom), (code.right, zone.top, zone.right, zone.bottom)]
    if isinstance(mark, Square):
        strips += [
            (zone.left, zone.top, zone.right, code.top),
            (zone.left, code.bottom, zone.right, zone.bottom),
        ]
    return all(picture.crop(strip).getextrema() == (255, 255) for strip in strips)


def over_a_code(page: Page, grid: Grid) -> list[Mark]:
    words = [(mark, dotted_area(mark, grid)) for mark in page.marks if isinstance(mark, Words)]
    zones = [dotted_quiet(mark, grid) for mark in page.marks if isinstance(mark, Bars | Square)]
    return [mark for mark, found in words if any(zone.meets(found) for zone in zones)]


def margins_are_white(picture: Image.Image, grid: Grid) -> bool:
    """Whether nothing is black where no printer reaches."""
    edge = grid.dot(MARGIN_MM)
    box = picture.point(lambda shade: 255 - shade).getbbox() or (edge, edge, edge, edge)
    return min(box[:2]) >= edge and box[2] <= picture.width - edge and box[3] <= picture.height - edge


def sound(made: Document) -> None:
    """Fails where a page broke."""
    grid = Grid(made.dots_per_inch)
    for page, picture in zip(made.pages, pictures(made.pdf, made.dots_per_inch), strict=True):
        assert picture.size == (grid.paper(page).width, grid.paper(page).height)
        assert margins_are_white(picture, grid)
        assert over_a_code(page, grid) == []
        for mark in page.marks:
            if isinstance(mark, Bars | Square):
                assert quiet_is_white(picture, mark, grid), mark


def test_a_sheet_of_each_kind_takes_part() -> None:
    assert {type(sheet) for sheet in SHEETS.values()} == set(get_args(Sheet))


@pytest.mark.parametrize("kind", SHEETS)
@settings(max_examples=25)
@given(several_names, st.sampled_from(Paper))
def test_no_name_breaks_a_page(kind: str, said: list[str], paper: Paper) -> None:
    sound(document(called(SHEETS[kind], cycle(said)), style=Style(paper)))


@pytest.mark.parametrize("kind", SHEETS)
@settings(max_examples=6)
@given(several_names)
def test_no_name_hides_a_code(kind: str, said: list[str]) -> None:
    sheet = called(SHEETS[kind], cycle(said))
    verdict = read_back(sheet, document(sheet))
    assert isinstance(verdict, Trusted), str(verdict)


@pytest.mark.parametrize("name", NASTY)
def test_each_nasty_name_by_itself_everywhere(name: str) -> None:
    for sheet in SHEETS.values():
        sound(document(called(sheet, repeat((name * 200)[:200]))))


@pytest.mark.parametrize("dots_per_inch", [180, 300])
@settings(max_examples=10)
@given(several_names)
def test_no_name_breaks_a_page_of_another_printer(dots_per_inch: int, said: list[str]) -> None:
    sound(document(called(SHEETS["slip of twelve steps"], cycle(said)), dots_per_inch))

"""Paper before it is printed: what is shown is what would come out, and looking changes nothing."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

import pytest
from rich.segment import Segment

from floor.codec import Fact
from floor.commands import AnswerPaper, IssueSlips, PaperOutcome, ReprintSlip
from floor.events import SlipIssued, SlipReprinted
from floor.passport import Signed
from floor.passport_code import read
from floor.tags import CommandWord, Tag, TagKind, decode, encode
from kiosk.dialogue.desk.previewing import STEP
from kiosk.dialogue.view import Choosing, Drawing
from kiosk.drawings import ROOMS, Picture
from kiosk.previews import SHARPNESS, PaperPage, Wanted
from kiosk.screens.drawing import paint_drawing
from kiosk.widgets.pictured import UPPER_HALF
from kiosk.wiring import previews
from kiosk.wiring.previews import Previews
from kiosk.wiring.sheets import SheetMaker, SheetMemory
from kiosk.words import ENGLISH, LANGUAGES, speak
from printing.papers import Paper
from printing.preview.looks import Look
from printing.preview.page import look_at
from printing.printers import PrinterKind, PrinterSetting
from printing.sheet import SlipSheet
from tests.floor.shop import a_shop
from tests.kiosk.at_terminal import command
from tests.kiosk.faces import running
from tests.kiosk.shop_memory import EVE, PIN, ShopMemory, Terminal
from tests.kiosk.views import Still, view_of

BLACK: Final = 0x000000
WHITE: Final = 0xFFFFFF


def plain(columns: int, rows: int) -> Picture:
    """A picture in which each cell has its own colours: its column and its row."""
    return Picture(tuple(tuple((column, row) for column in range(columns)) for row in range(rows)))


LARGE: Final = plain(200, 50)
LARGER: Final = plain(400, 100)
WHOLE: Final = (plain(27, 19),)


class Asked:
    """A preview of so many pages, and what was asked of it."""

    def __init__(self, pages: int = 1) -> None:
        self.pages = pages
        self.asked: list[tuple[Wanted, int]] = []

    async def preview(self, wanted: Wanted, page: int) -> PaperPage | None:
        self.asked.append((wanted, page))
        return PaperPage(page, self.pages, WHOLE, (LARGE, LARGER)) if self.pages else None


async def at_order(asked: Asked | None, printers: tuple[str, ...] = ("folder",)) -> tuple[Terminal, str]:
    """A supervisor's desk at an order: 50 of 80 are on a slip, and the mark is on the first line."""
    terminal = Terminal(a_shop(), printers=printers, preview=asked.preview if asked else None)
    slip = terminal.shop.issue(50)[0]
    await terminal.scan(encode(TagKind.PERSON, EVE.badge))
    await terminal.keys("f10", *PIN, "enter", "enter")
    return terminal, slip


def drawing(terminal: Terminal) -> Drawing:
    body = terminal.view.body
    assert isinstance(body, Drawing), body
    return body


# At the desk


async def test_f2_on_a_line_shows_the_paper_that_it_would_print_and_nothing_happens() -> None:
    asked = Asked()
    terminal, slip = await at_order(asked)
    facts = len(terminal.shop.facts)
    await terminal.keys("f2")
    assert drawing(terminal).pictures is WHOLE
    assert drawing(terminal).name == "page 1 of 1"
    await terminal.keys("escape", "down", "down", "down", "f2")
    assert drawing(terminal)
    (issue, first), (again, _page) = asked.asked
    assert isinstance(issue, IssueSlips)
    assert (issue.quantity, issue.printer, first) == (30, "folder", 1)
    assert isinstance(again, ReprintSlip)
    assert (again.slip, again.printer) == (slip, "folder")
    assert len(terminal.shop.facts) == facts


async def test_the_cards_do_the_same_and_esc_leads_back_to_the_line() -> None:
    terminal, slip = await at_order(Asked())
    await terminal.scan(command(CommandWord.NEXT))
    await terminal.scan(command(CommandWord.PREVIOUS))
    await terminal.scan(command(CommandWord.PICK))
    assert drawing(terminal)
    await terminal.scan(command(CommandWord.BACK))
    body = terminal.view.body
    assert isinstance(body, Choosing)
    assert "F2 shows the paper" in body.keys
    await terminal.keys("enter")
    issued = [fact.event for fact in terminal.shop.facts if isinstance(fact.event, SlipIssued)]
    assert [(event.slip == slip, event.quantity) for event in issued] == [(True, 50), (False, 30)]


async def test_a_line_that_asks_for_a_number_first_has_no_paper_to_show() -> None:
    asked = Asked()
    terminal, _slip = await at_order(asked)
    await terminal.keys("down", "down", "f2")
    assert terminal.view.notice is not None
    assert terminal.view.notice.title == "There is no paper to show for this line."
    assert isinstance(terminal.view.body, Choosing)
    assert asked.asked == []


async def test_where_no_printer_is_set_there_is_no_paper_to_show() -> None:
    asked = Asked()
    terminal, _slip = await at_order(asked, printers=())
    await terminal.keys("f2", "down", "down", "down", "f2")
    assert isinstance(terminal.view.body, Choosing)
    assert asked.asked == []


async def test_a_page_that_cannot_be_shown_is_said() -> None:
    for asked in (None, Asked(pages=0)):
        terminal, _slip = await at_order(asked)
        await terminal.keys("f2")
        assert terminal.view.notice is not None
        assert terminal.view.notice.title == "This terminal cannot show the page."


async def test_enter_makes_it_larger_and_then_small_again() -> None:
    terminal, _slip = await at_order(Asked())
    await terminal.keys("f2")
    seen = []
    for _press in range(4):
        seen.append((drawing(terminal).pictures, drawing(terminal).keys.split("   ")[0]))
        await terminal.keys("enter")
    whole = (WHOLE, "ENTER larger")
    assert seen == [whole, ((LARGE,), "ENTER larger"), ((LARGER,), "ENTER smaller"), whole]


async def test_arrows_move_over_the_page_and_stop_at_its_edges() -> None:
    terminal, _slip = await at_order(Asked())
    await terminal.keys("f2", "enter", "left", "up")
    assert drawing(terminal).corner == (0, 0)
    await terminal.keys("right", "down")
    assert drawing(terminal).corner == STEP
    await terminal.keys(*["right"] * 9, *["down"] * 9)
    column, row = drawing(terminal).corner
    assert column + ROOMS[0][0] >= LARGE.columns > column
    assert row + ROOMS[0][1] >= len(LARGE.rows) > row
    await terminal.keys("enter")
    assert drawing(terminal).corner == (0, 0)


async def test_next_reads_through_every_part_of_every_page_and_previous_goes_back() -> None:
    asked = Asked(pages=2)
    terminal, _slip = await at_order(asked)
    await terminal.keys("f2", "enter")
    seen = []
    for _part in range(24):
        seen.append((drawing(terminal).name, drawing(terminal).corner))
        await terminal.scan(command(CommandWord.NEXT))
    corners = [(column * STEP[0], row * STEP[1]) for row in range(3) for column in range(3)]
    assert seen[:18] == [(f"page {page} of 2", corner) for page in (1, 2) for corner in corners]
    assert set(seen[18:]) == {("page 2 of 2", corners[-1])}
    for _part in range(9):
        await terminal.scan(command(CommandWord.PREVIOUS))
    assert (drawing(terminal).name, drawing(terminal).corner) == ("page 1 of 2", corners[-1])


async def test_whole_pages_are_turned_with_the_arrows() -> None:
    terminal, _slip = await at_order(Asked(pages=2))
    await terminal.keys("f2", "down")
    assert drawing(terminal).name == "page 2 of 2"
    await terminal.keys("down", "up")
    assert drawing(terminal).name == "page 1 of 2"


async def test_a_paper_that_nobody_looks_at_any_more_is_closed_with_the_desk() -> None:
    terminal, _slip = await at_order(Asked())
    await terminal.keys("f2")
    terminal.now_ms += 70_000
    await terminal.conversation.refresh()
    assert not isinstance(terminal.view.body, Drawing)


# On the screen


async def test_the_part_that_is_asked_for_is_on_the_screen_as_far_as_the_page_goes() -> None:
    for corner, first in (((0, 0), (0, 0)), (STEP, STEP), ((999, 999), None)):
        shown = await screen_of(Drawing("MO-1", "page 1 of 1", (LARGE,), "ESC back", corner))
        assert shown[0][0] == (first or (200 - 80, 50 - len(shown)))
        assert {len(line) for line in shown} == {80}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_line_above_the_paper_says_everything_at_80_columns(language: str) -> None:
    terminal, _slip = await at_order(Asked(pages=12))
    await terminal.keys("f2", "enter", "enter")
    speak(language)
    try:
        body = drawing(terminal)
        [line] = paint_drawing(replace(body, title="MO-2026-04-000001042"), 80, 1)
    finally:
        speak(ENGLISH)
    said = "".join(span.text for span in line)
    assert all(words in said for words in ("MO-2026-04-000001042", body.name, body.keys))


async def screen_of(body: Drawing) -> list[list[tuple[int, int]]]:
    """The cells of the picture, line by line."""
    async with running(Still(replace(view_of("drawing"), body=body))) as (app, _pilot):
        strips = app.screen._compositor.render_strips()
    lines = [[segment for segment in strip if segment.text == UPPER_HALF] for strip in strips]
    return [[cell_of(segment) for segment in line] for line in lines if line]


def cell_of(segment: Segment) -> tuple[int, int]:
    style = segment.style
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    upper, lower = style.color.triplet, style.bgcolor.triplet
    assert upper is not None
    assert lower is not None
    return int(upper.hex[1:], 16), int(lower.hex[1:], 16)


# From the station's memory


class Key:
    """A key that must not be used."""

    public = "ab" * 32

    def sign(self, _said: bytes, /) -> bytes:
        raise AssertionError("a page that is only looked at was signed")


class WithKey(ShopMemory):
    """A station that has a key."""

    @property
    def vouching(self) -> "WithKey":
        return self

    async def key(self) -> Key:
        return Key()

    async def fact(self, event_id: str) -> Fact | None:
        return next((fact for fact in self.shop.facts if fact.event_id == event_id), None)

    async def head_at(self, fact: Fact) -> str:
        raise AssertionError(f"{fact.event_id} stands nowhere yet")


class Child:
    """Does in this process what the child does, and keeps what it was asked."""

    async def __call__(self, _command: Sequence[str], request: bytes, _deadline_s: float) -> bytes:
        self.look = Look.model_validate_json(request)
        self.shown = look_at(self.look)
        return self.shown.model_dump_json().encode()

    @property
    def sheet(self) -> SlipSheet:
        assert isinstance(self.look.sheet, SlipSheet)
        return self.look.sheet


def a_printer(**said: object) -> PrinterSetting:
    usual = {"name": "folder", "kind": PrinterKind.FOLDER, "target": "slips"}
    return PrinterSetting.model_validate(usual | said)


def sheets(memory: SheetMemory) -> SheetMaker:
    return SheetMaker(memory, "Cutting Line 1")


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Child:
    found = Child()
    monkeypatch.setattr(previews, "ask_once", found)
    return found


async def test_the_next_copy_is_shown_as_its_printer_makes_it_and_never_signed(child: Child) -> None:
    memory = WithKey(a_shop())
    slip = memory.shop.issue(50)[0]
    printer = a_printer(dots_per_inch=300, paper=Paper.A5)
    found = Previews(memory, (printer,), sheets)
    page = await found.preview(ReprintSlip(intent="a" * 32, by="9001", slip=slip, printer="folder"), 1)
    assert page is not None
    sheet = child.sheet
    assert (sheet.slip, sheet.copy_number, sheet.quantity, sheet.station) == (slip, 2, 50, "Cutting Line 1")
    assert child.look.printer == printer
    assert sheet.passport is not None
    passport = decode(sheet.passport)
    assert isinstance(passport, Tag)
    signed = read(passport.body)
    assert isinstance(signed, Signed)
    assert set(signed.signature) == {"0"}
    assert not any(isinstance(fact.event, SlipReprinted) for fact in memory.shop.facts)


async def test_a_copy_that_surely_failed_is_shown_again_as_the_copy_that_will_come(child: Child) -> None:
    memory = WithKey(a_shop())
    order = memory.shop.order.number or ""
    issue = IssueSlips(intent="c" * 32, by="9001", order=order, quantity=Decimal(50), printer="folder")
    [asked] = memory.shop.do(issue)
    slip = asked.event.subjects().slip or ""
    failed = AnswerPaper(
        intent="b" * 32,
        by=None,
        slip=slip,
        paper=asked.event_id,
        printer="folder",
        outcome=PaperOutcome.FAILED,
        reason="no paper",
    )
    memory.shop.do(failed)
    found = Previews(memory, (a_printer(),), sheets)
    assert await found.preview(ReprintSlip(intent="a" * 32, by="9001", slip=slip, printer="folder"), 1)
    assert child.sheet.copy_number == 1


async def test_a_slip_to_be_issued_is_shown_with_its_figures_and_an_example_of_a_number(child: Child) -> None:
    memory = WithKey(a_shop())
    found = Previews(memory, (a_printer(),), sheets)
    order = memory.shop.order.number or ""
    wanted = IssueSlips(
        intent="a" * 32, by="9001", order=order, quantity=Decimal(80), lot=Decimal(30), printer="folder"
    )
    page = await found.preview(wanted, 1)
    assert page is not None
    assert (child.sheet.order, child.sheet.quantity, child.sheet.slip) == (order, 30, previews.EXAMPLE)
    assert child.sheet.copy_number == 1
    assert [step.number for step in child.sheet.steps] == [10, 20, 30]
    assert memory.shop.order.slips == {}


async def test_what_no_printer_or_no_slip_stands_for_is_not_shown(child: Child) -> None:
    memory = WithKey(a_shop())
    slip = memory.shop.issue(50)[0]
    found = Previews(memory, (a_printer(),), sheets)
    for letters, printer in ((slip, "other"), ("BCDFGHJK", "folder")):
        wanted = ReprintSlip(intent="a" * 32, by="9001", slip=letters, printer=printer)
        assert await found.preview(wanted, 1) is None


async def test_the_real_child_draws_black_and_white_and_the_greys_between() -> None:
    memory = WithKey(a_shop())
    slip = memory.shop.issue(50)[0]
    found = Previews(memory, (a_printer(),), sheets)
    page = await found.preview(ReprintSlip(intent="a" * 32, by="9001", slip=slip, printer="folder"), 1)
    assert page is not None
    assert (page.number, page.count, len(page.larger)) == (1, 1, len(SHARPNESS))
    for picture, (columns, rows) in zip(page.whole, ROOMS, strict=True):
        assert picture.columns <= columns
        assert len(picture.rows) == rows
    colours = {colour for row in page.larger[-1].rows for cell in row for colour in cell}
    assert {BLACK, WHITE} < colours
    assert len(colours) <= 16


async def test_a_child_that_fails_or_takes_too_long_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = WithKey(a_shop())
    slip = memory.shop.issue(50)[0]
    found = Previews(memory, (a_printer(),), sheets)
    wanted = ReprintSlip(intent="a" * 32, by="9001", slip=slip, printer="folder")
    monkeypatch.setattr(previews, "DEADLINE_S", 0.01)
    assert await found.preview(wanted, 1) is None
    monkeypatch.setattr(previews, "DEADLINE_S", 10.0)
    monkeypatch.setattr(previews, "COMMAND", (sys.executable, "-c", "raise SystemExit(1)"))
    assert await found.preview(wanted, 1) is None

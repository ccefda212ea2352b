"""A step's drawing: what is opened and what never, how it reaches the screen, and how it is left."""

import asyncio
import time
from pathlib import Path
from typing import Final

import pytest
from PIL import Image
from reportlab.pdfgen import canvas

from floor.events import InstructionsDefined, Reported
from floor.tags import CommandWord, step_code
from kiosk.demo.plant import ASSETS, DRAWINGS
from kiosk.dialogue.view import Drawing, Helping
from kiosk.drawings import ROOMS, Picture
from kiosk.widgets.pictured import UPPER_HALF, fitting
from kiosk.widgets.themes import shows_pictures
from kiosk.wiring.drawings import Drawings
from tests.floor.shop import ITEM, MOMENT, a_shop
from tests.kiosk.at_terminal import command, signed_on, working
from tests.kiosk.faces import running
from tests.kiosk.shop_memory import Terminal, with_reasons
from tests.kiosk.views import Still, view_of

BLACK: Final = 0x000000
WHITE: Final = 0xFFFFFF
RED: Final = 0xFF0000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of drawings, and a secret beside it."""
    Image.new("RGB", (40, 40), "red").save(tmp_path / "secret.png")
    drawings = tmp_path / "drawings"
    drawings.mkdir()
    Image.new("RGB", (400, 200), "red").save(drawings / "wide.png")
    return drawings


def colours(picture: Picture) -> set[int]:
    return {colour for row in picture.rows for cell in row for colour in cell}


# Reading


async def test_a_drawing_fills_each_room_in_its_own_proportions(folder: Path) -> None:
    pictures = await Drawings(folder).draw("wide.png", None)
    assert pictures is not None
    for picture, (columns, rows) in zip(pictures, ROOMS, strict=True):
        assert picture.columns <= columns
        assert len(picture.rows) <= rows
        assert picture.columns == columns or len(picture.rows) == rows
        assert abs(picture.columns / (2 * len(picture.rows)) - 2) < 0.1
        assert set(picture.rows[0]) == {(RED, RED)}
        assert colours(picture) <= {RED, WHITE}


async def test_a_page_of_a_document_is_drawn(folder: Path) -> None:
    paper = canvas.Canvas(str(folder / "two.pdf"), pagesize=(400, 200))
    paper.rect(0, 0, 400, 200, fill=1)
    paper.showPage()
    paper.rect(200, 0, 200, 200, fill=1)
    paper.showPage()
    paper.save()
    drawings = Drawings(folder)
    first, second = await drawings.draw("two.pdf", None), await drawings.draw("two.pdf", 2)
    assert first is not None
    assert second is not None
    assert first[0].rows[9][5] == (BLACK, BLACK)
    assert second[0].rows[9][5] == (WHITE, WHITE)
    assert second[0].rows[9][60] == (BLACK, BLACK)
    assert await drawings.draw("two.pdf", 3) is None


async def test_what_is_transparent_is_paper(folder: Path) -> None:
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(folder / "clear.png")
    pictures = await Drawings(folder).draw("clear.png", None)
    assert pictures is not None
    assert colours(pictures[0]) == {WHITE}


HOSTILE: Final = (
    *("../secret.png", "..\\secret.png", "/etc/passwd", "..", ".", "", " ", "..%2fsecret.png"),
    *("wide.png\0", "wide.png\n", ".wide.png", "C:wide.png", "sub/wide.png", "wide.png/", "\ud800.png"),
    *("wide", "wide.svg", "wide.ini", "x" * 400 + ".png", "-h", "--help.png"),
)


@pytest.mark.parametrize("name", HOSTILE, ids=repr)
async def test_h9_no_name_leads_out_of_the_folder(name: str, folder: Path) -> None:
    (folder / "sub").mkdir()
    for place in ("sub/wide.png", "wide.svg", ".wide.png"):
        Image.new("RGB", (4, 4)).save(folder / place, format="PNG")
    assert await Drawings(folder).draw(name, None) is None


async def test_h9_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    assert await Drawings(folder).draw("link.png", None) is None


async def test_a_picture_of_twenty_thousand_by_twenty_thousand_is_left_alone(folder: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(folder / "vast.png")
    begun = time.monotonic()
    assert await Drawings(folder, deadline_s=30).draw("vast.png", None) is None
    assert time.monotonic() - begun < 10


async def test_what_is_broken_or_something_else_is_not_drawn(folder: Path) -> None:
    drawings = Drawings(folder)
    whole = (folder / "wide.png").read_bytes()
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    (folder / "half.png").write_bytes(whole[: len(whole) // 2])
    (folder / "empty.png").write_bytes(b"")
    (folder / "folder.png").mkdir()
    Image.new("RGB", (4, 4)).save(folder / "other.jpg", format="PNG")
    names = ("broken.pdf", "half.png", "empty.png", "folder.png", "other.jpg", "missing.png")
    assert [await drawings.draw(name, 1) for name in names] == [None] * len(names)


async def test_a_file_larger_than_the_limit_is_not_read(folder: Path) -> None:
    with (folder / "wide.png").open("ab") as file:
        file.truncate(33 * 1024 * 1024)
    assert await Drawings(folder).draw("wide.png", None) is None


async def test_a_drawing_that_takes_too_long_is_given_up_and_nothing_blocks(folder: Path) -> None:
    asked = asyncio.create_task(Drawings(folder, deadline_s=0.01).draw("wide.png", None))
    assert await asked is None


async def test_the_demo_has_the_drawing_that_its_instructions_name() -> None:
    pictures = await Drawings(ASSETS.parent / DRAWINGS).draw("chair-oak.png", 1)
    assert pictures is not None
    assert {BLACK, WHITE} <= colours(pictures[0])
    assert (ASSETS.parent / DRAWINGS / "chair-oak.png").stat().st_size < 20_000


# Showing


def reported(terminal: Terminal) -> bool:
    return any(isinstance(fact.event, Reported) for fact in terminal.shop.facts)


@pytest.mark.parametrize(
    ("theme", "term", "shown"),
    [
        ("dark", "xterm-256color", True),
        ("dark", "foot", True),
        ("dark", "xterm", True),
        ("dark", "linux", False),
        ("ansi", "xterm-256color", False),
    ],
)
def test_a_terminal_of_sixteen_colours_shows_no_drawing(theme: str, term: str, shown: bool) -> None:
    assert shows_pictures(theme, term) is shown


def test_the_largest_that_fits_is_shown() -> None:
    small, large = (Picture((((0, 0),) * columns,) * rows) for columns, rows in ((78, 19), (118, 35)))
    assert fitting((small, large), 120, 37) is large
    assert fitting((small, large), 80, 20) is small
    assert fitting((small, large), 120, 30) is small
    assert fitting((small, large), 60, 10) is small
    assert fitting((), 80, 20) is None


PICTURES: Final = (Picture((((BLACK, WHITE),),)),)


async def test_each_cell_has_the_colours_of_its_two_halves() -> None:
    async with running(Still(view_of("drawing"))) as (app, _pilot):
        strips = app.screen._compositor.render_strips()
    shown = [segment.style for strip in strips for segment in strip if segment.text == UPPER_HALF]
    assert {(style.color.name, style.bgcolor.name) for style in shown if style} == {("#000000", "#ff0000")}


async def at_instructions(there: bool = True) -> tuple[Terminal, list[tuple[str, int | None]]]:
    """A terminal that shows a step's instructions, and the drawings that it asked for."""
    asked: list[tuple[str, int | None]] = []

    async def draw(document: str, page: int | None) -> tuple[Picture, ...] | None:
        asked.append((document, page))
        return PICTURES if there else None

    terminal = Terminal(with_reasons(a_shop()), draw=draw)
    terminal.shop.plant.learn(
        InstructionsDefined(
            at=MOMENT,
            item=ITEM,
            version_of_route=1,
            step=10,
            lines=("Clamp it.",),
            document="CH-120.pdf",
            page=4,
        )
    )
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(command(CommandWord.INSTRUCTIONS))
    return terminal, asked


async def test_enter_on_the_instructions_shows_the_drawing_and_esc_leads_back() -> None:
    terminal, asked = await at_instructions()
    body = terminal.view.body
    assert isinstance(body, Helping)
    assert body.lines[-2:] == (("drawing", "CH-120.pdf, page 4"), ("ENTER", "shows the drawing"))
    assert not asked
    await terminal.keys("enter")
    assert asked == [("CH-120.pdf", 4)]
    drawing = terminal.view.body
    assert isinstance(drawing, Drawing)
    assert drawing.pictures is PICTURES
    await terminal.keys("enter")
    assert terminal.view.body == drawing
    await terminal.keys("escape")
    assert isinstance(terminal.view.body, Helping)
    await terminal.keys("escape")
    assert working(terminal)
    assert not reported(terminal)


async def test_the_cards_do_the_same_and_a_scan_goes_straight_on() -> None:
    terminal, _asked = await at_instructions()
    await terminal.scan(command(CommandWord.OK))
    assert isinstance(terminal.view.body, Drawing)
    await terminal.scan(command(CommandWord.SIGN_OFF))
    assert not isinstance(terminal.view.body, Drawing | Helping)


async def test_a_drawing_that_is_missing_is_said_and_nothing_is_recorded() -> None:
    terminal, _asked = await at_instructions(there=False)
    await terminal.keys("enter")
    assert isinstance(terminal.view.body, Helping)
    assert terminal.view.notice is not None
    assert terminal.view.notice.detail == "CH-120.pdf, page 4"
    assert not reported(terminal)

"""A page to look at is the page that would be printed."""

import json
import subprocess
import sys

import pytest
from PIL import Image

from printing.document import document
from printing.preview.looks import Look, Shown
from printing.preview.page import look_at
from printing.raster import pictures
from printing.readback import readers
from printing.sheet import SlipSheet
from tests.printing.samples import a_folder, a_slip
from tests.tidy.tree import ROOT


def a_look(sheet: SlipSheet, page: int = 1, sharpness: float = 8) -> Look:
    rooms = ((78, 38), (238, 124))
    return Look(printer=a_folder("slips"), sheet=sheet, page=page, rooms=rooms, sharpness=(1.6, sharpness))


def image(rows: tuple[str, ...]) -> Image.Image:
    return Image.frombytes("L", (len(rows[0]) // 2, len(rows)), bytes.fromhex("".join(rows)))


def test_the_whole_page_fits_each_room_and_larger_ones_have_so_many_pixels_a_millimetre() -> None:
    shown = look_at(a_look(a_slip()))
    for rows, (width, height) in zip(shown.whole, ((78, 38), (238, 124)), strict=True):
        size = image(rows).size
        assert size[0] <= width
        assert size[1] == height
    assert [image(rows).width for rows in shown.larger] == [168, 840]


def test_at_the_printers_own_dots_the_picture_is_the_page_and_can_be_read() -> None:
    sheet = a_slip()
    look = a_look(sheet, sharpness=203 / 25.4)
    picture = image(look_at(look).larger[1])
    assert picture.tobytes() == pictures(document(sheet).pdf)[0].tobytes()
    assert readers()["zxing"].page(picture)


def test_a_page_beyond_the_last_is_the_last() -> None:
    shown = look_at(a_look(a_slip(20), page=9))
    assert (shown.page, shown.pages) == (2, 2)
    assert look_at(a_look(a_slip(20), page=1)).whole != shown.whole


def test_the_child_answers_one_request() -> None:
    said = asked(a_look(a_slip()).model_dump_json().encode())
    assert said.returncode == 0
    assert Shown.model_validate_json(said.stdout) == look_at(a_look(a_slip()))


@pytest.mark.parametrize("line", [b"", b"{}", b"\xff", json.dumps({"page": 0}).encode()])
def test_the_child_says_no_to_anything_else(line: bytes) -> None:
    said = asked(line)
    assert (said.returncode, said.stdout) == (1, b"")
    assert said.stderr


def asked(request: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "printing.preview"]
    return subprocess.run(command, cwd=ROOT, input=request, capture_output=True, check=False)

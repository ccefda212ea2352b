"""`kiosk read`: what the large square code of a slip says, in words, from a picture of it."""

import argparse
from pathlib import Path

import numpy as np
import pytest
import segno
from PIL import Image, ImageFilter

from floor.tags import TagKind, encode
from kiosk.commands.reading import ALL_READ, run
from printing.reading import nearest_code
from tests.floor.test_passport import code_of, passport


def read(code: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    picture = folder / "slip.png"
    segno.make(code, error="m", micro=False).save(str(picture), scale=4)
    assert run(argparse.Namespace(picture=[picture])) == ALL_READ
    return capsys.readouterr().out.strip().split("\t")[-1]


def test_a_picture_of_a_passport_tells_what_the_slip_is_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = read(code_of(passport(12)), tmp_path, capsys)
    name = "CAB-600-W Wall cabinet 600, white"
    assert said == f"passport: TBBC BBBB D of order MO-1042, 80 pcs of {name}, 12 steps"


def test_a_passport_that_left_something_out_tells_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read(code_of(passport(12), 290), tmp_path, capsys).endswith(
        "of CAB-600-W, 11 steps, 1 more left out"
    )


@pytest.mark.parametrize("turned", [0, 7])
def test_a_camera_reads_the_largest_passport_in_one_look(turned: int) -> None:
    code = code_of(passport(12))
    rows = segno.make(code, error="m", micro=False)
    symbol = Image.fromarray((1 - np.array(rows.matrix, dtype=np.uint8)) * np.uint8(255))
    frame = Image.new("L", (1280, 720), 200)
    seen = symbol.resize((420, 420), Image.Resampling.NEAREST).rotate(turned, expand=True, fillcolor=255)
    frame.paste(Image.new("L", (seen.width + 60, seen.height + 60), 255), (370, 80))
    frame.paste(seen, (400, 110))
    blurred = frame.filter(ImageFilter.GaussianBlur(1.0))
    assert nearest_code(np.asarray(blurred)) == code


def test_a_large_code_that_is_no_passport_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = read(encode(TagKind.PASSPORT, "B" * 40), tmp_path, capsys)
    assert said == "passport: The code was misread."

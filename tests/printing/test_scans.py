"""Pictures of real codes, taken by cameras: how much of the world our readers read.

Never judged picture by picture: a blurred one may be anybody's fault.
"""

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from floor.tags import Tag, decode
from printing.layout import Placed
from printing.readers import readers
from printing.reading import read_file
from tests.printing.outside import SCANS

PICTURES = (".png", ".webp", ".jpg")
OURS = ("code128", "qrcode")


def pictures(*kinds: str) -> list[Path]:
    """Pictures of some kinds of codes."""
    folders = [folder for folder in sorted(SCANS.iterdir()) if folder.name.startswith(kinds)]
    return [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in PICTURES]


def read(name: str, path: Path) -> Placed:
    with Image.open(path) as picture:
        return readers()[name].page(picture.convert("L"))


def count_right(name: str) -> int:
    """How many pictures a reader reads as the text beside them says."""
    right = 0
    for path in pictures(*OURS):
        text = path.with_suffix(".txt").read_text(encoding="utf-8", errors="replace").strip()
        right += any(found.strip() == text for _, found in read(name, path))
    return right


def test_the_first_reader_reads_three_of_four() -> None:
    assert count_right("zxing") >= 0.75 * len(pictures(*OURS))


@pytest.mark.parametrize("name", sorted(readers()))
def test_no_reader_sees_a_code_of_ours_where_there_is_none(name: str) -> None:
    for path in pictures("falsepositives"):
        assert not any(isinstance(decode(text), Tag) for _, text in read(name, path)), path.name


def test_every_reader_reads_at_least_half_of_them() -> None:
    counts = {name: count_right(name) for name in readers()}
    assert all(count >= 0.5 * len(pictures(*OURS)) for count in counts.values()), counts


def lines(text: str) -> list[str]:
    """A text whatever ends its lines."""
    return [line.rstrip() for line in text.strip().splitlines()]


def with_text(*kinds: str) -> list[tuple[Path, list[str]]]:
    return [
        (path, lines(path.with_suffix(".txt").read_text(encoding="utf-8", errors="replace")))
        for path in pictures(*kinds)
    ]


def zxing_alone(path: Path) -> list[str]:
    with Image.open(path) as picture:
        return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


def test_at_least_as_many_pictures_are_read_as_by_zxing_alone(capsys: pytest.CaptureFixture[str]) -> None:
    known = with_text(*OURS, "code39")
    by_us = {path for path, text in known if text in [lines(seen.text) for seen in read_file(path)]}
    by_zxing = {path for path, text in known if text in map(lines, zxing_alone(path))}
    with capsys.disabled():
        print(f"\n{len(known)} pictures: {len(by_us)} read, {len(by_zxing)} by zxing-cpp alone")
    assert by_zxing <= by_us
    assert len(by_us) > len(by_zxing), "docs/operating/scanners.md says both numbers"


def test_nothing_is_read_from_pictures_without_a_code() -> None:
    without = pictures("falsepositives")
    assert len(without) > 20
    assert {path: read_file(path) for path in without if read_file(path)} == {}

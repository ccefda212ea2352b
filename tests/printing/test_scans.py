"""Pictures of real codes, taken by cameras: how much of the world our readers read.

Never judged picture by picture: a blurred one may be anybody's fault.
"""

from pathlib import Path

import pytest
from PIL import Image

from floor.tags import Tag, decode
from printing.layout import Placed
from printing.readback import readers
from tests.printing.outside import SCANS

PICTURES = (".png", ".webp", ".jpg")
OURS = ("code128", "qrcode")


def pictures(*kinds: str) -> list[Path]:
    """Pictures of some kinds of codes."""
    folders = [folder for folder in sorted(SCANS.iterdir()) if folder.name.startswith(kinds)]
    return [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in PICTURES]


def read(name: str, path: Path) -> Placed:
    with Image.open(path) as picture:
        return readers()[name](picture.convert("L"))


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

"""A short run of `benchmarks/degraded.py`: slips that printers, oil and people spoiled."""

from random import Random

from PIL import Image

from benchmarks.degraded import READ_SHARE_MIN, degraded, misread_of, torn
from floor.tags import Tag, decode, step_code
from printing.harms import Harm
from printing.layout import QR
from printing.reading import read_picture
from tests.printing.samples import a_slip
from tests.printing.test_grading import cut

RENDERINGS = 6 * len(Harm)
TORN = 24
SEED = 4
NEIGHBOUR = frozenset({(QR, step_code("BCDFGHJL", 10))})


def test_harmed_slips_are_read_and_none_is_taken_for_another() -> None:
    seen = degraded(RENDERINGS, Random(SEED)).values()
    assert sum(told.renderings for told in seen) == RENDERINGS
    assert sum(told.read for told in seen) >= READ_SHARE_MIN * RENDERINGS
    assert sum(told.misread for told in seen) == 0


def test_f7_a_torn_or_smeared_slip_is_never_read_as_another() -> None:
    still_read = 0
    for meant, read in torn(TORN, Random(SEED)):
        still_read += len(read)
        assert misread_of(meant, read) == frozenset()
    assert still_read > TORN, "most codes of a slip survive a cut: else this proves nothing"
    assert misread_of(frozenset(), NEIGHBOUR) == NEIGHBOUR


def test_f7_half_a_code_is_no_code() -> None:
    """Each code cut in two at many places, read as a terminal reads pictures."""
    meant = a_slip(4).codes
    for patch in cut():
        for part in range(1, 8):
            at = patch.picture.width * part // 8
            for box in ((0, 0, at, patch.picture.height), (at, 0, *patch.picture.size)):
                half = Image.new("L", patch.picture.size, 255)
                half.paste(patch.picture.crop(box), box[:2])
                read = {seen.text for seen in read_picture(half) if isinstance(decode(seen.text), Tag)}
                assert read <= meant

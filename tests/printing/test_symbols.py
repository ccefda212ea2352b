from typing import Final

import pytest
import segno
import zxingcpp
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image

from floor.tags import ALPHABET, BODY_CHARS, encode
from printing.layout import QR
from printing.readers import readers
from printing.symbols import QR_CHARS_MAX, QR_MODULES, bars, bars_modules, qr

LARGEST_WITH_A_SHORT_COUNT: Final = 53
"""Modules of version 9."""

codes = st.sampled_from(list(BODY_CHARS)).flatmap(
    lambda kind: st.text(ALPHABET, min_size=BODY_CHARS[kind], max_size=BODY_CHARS[kind]).map(
        lambda body: encode(kind, body)
    )
)


@given(codes)
def test_a_qr_put_together_is_the_qr_that_segno_draws(code: str) -> None:
    whole = segno.make(
        code, version=1, error="q", mode="alphanumeric", mask=2, boost_error=False, micro=False
    )
    assert qr(code) == tuple(int("".join(map(str, row)), 2) for row in whole.matrix)


@settings(max_examples=20, deadline=None)
@given(st.text(ALPHABET, min_size=QR_CHARS_MAX + 1, max_size=1024))
def test_a_long_qr_is_the_qr_that_segno_draws_with_some_mask(code: str) -> None:
    """But for what fills it up where the letters end with a byte: segno begins with a zero there."""
    rows = qr(code)
    count_bits = 9 if len(rows) <= LARGEST_WITH_A_SHORT_COUNT else 11
    assume((4 + count_bits + len(code) // 2 * 11 + len(code) % 2 * 6 + 4) % 8)
    masked = (segno.make(code, error="m", boost_error=False, micro=False, mask=mask) for mask in range(8))
    drawn = [tuple(int("".join(map(str, row)), 2) for row in symbol.matrix) for symbol in masked]
    assert rows in drawn


@given(codes)
def test_every_code_fits_the_smallest_qr(code: str) -> None:
    assert len(code) <= QR_CHARS_MAX
    assert len(qr(code)) == QR_MODULES


@given(codes)
def test_bars_begin_and_end_black_and_are_as_wide_as_said(code: str) -> None:
    modules = bars(code)
    assert len(modules) == bars_modules(code)
    assert modules[0] == modules[-1] == "1"
    assert set(modules) == {"0", "1"}


@pytest.mark.parametrize("letters", [QR_CHARS_MAX + 1, 350, 660, 1024])
def test_a_long_code_has_a_qr_of_the_size_and_correction_that_it_had_from_segno(letters: int) -> None:
    code = (ALPHABET * 64)[:letters]
    ours, theirs = qr(code), segno.make(code, error="m", micro=False, boost_error=False)
    assert len(ours) == len(theirs.matrix)
    dots = Image.new("L", (len(ours) + 8, len(ours) + 8), 255)
    for y, row in enumerate(ours):
        for x, module in enumerate(f"{row:0{len(ours)}b}"):
            dots.putpixel((x + 4, y + 4), 0 if module == "1" else 255)
    large = dots.resize((dots.width * 4, dots.height * 4), Image.Resampling.NEAREST)
    [found] = zxingcpp.read_barcodes(large)
    assert (found.text, found.ec_level) == (code, "M")
    assert all(reader.patch(QR, large) == code for reader in readers().values())

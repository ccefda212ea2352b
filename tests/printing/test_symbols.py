import segno
from hypothesis import given
from hypothesis import strategies as st

from floor.tags import ALPHABET, BODY_CHARS, encode
from printing.symbols import QR_CHARS_MAX, QR_MODULES, bars, bars_modules, qr

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

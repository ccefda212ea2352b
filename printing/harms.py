"""What printers, oil and haste do to a code: each harm as a function from picture to picture.

Never by chance: the same picture is harmed the same way each time, so that a grade can be repeated.
Measured in millimetres: a finer printer is not judged by its finer dots.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WHITE: Final = 255

INK_MM: Final = 0.125
"""How far ink runs, or stays short: a dot of the commonest printer, a third of a module."""
LENS_MM: Final = 0.125
"""What the eye of a scanner blurs by itself (as a standard deviation): it sees no single dot."""
BLUR_MM: Final = 0.15
"""The same for a hand that does not hold still."""
FAR_DOTS_PER_MM: Final = 0.6 * 203 / 25.4
"""What a camera sees of a code from farther away: 0.6 of the dots of the commonest printer."""
SKEW_DEGREES: Final = 3.5
WEAK_INK: Final = 120
"""The grey of worn ink; 0 is black."""
DIRTY_PAPER: Final = 180
"""The grey of paper with oil on it; 255 is white."""
STAIN: Final = 100
"""How much darker a stain makes what lies under its middle."""


class Harm(StrEnum):
    """One way in which a code gets worse between the printer and the scanner."""

    INK_SPREAD = "ink spread"
    INK_SHORT = "ink short"
    FAINT = "faint"
    STAINED = "stained"
    SMALL = "small"
    BLURRED = "blurred"
    SKEWED = "skewed"
    ROW_LOST = "row lost"
    COLUMN_LOST = "column lost"


def harmed(picture: Image.Image, harm: Harm, dots_per_mm: float, strength: float = 1.0) -> Image.Image:
    """A grey picture of a code with its quiet zone, made worse; `strength` 0.5 is half as bad."""
    return _HARMS[harm](picture, dots_per_mm, strength)


def _spread(picture: Image.Image, dots_per_mm: float, strength: float) -> Image.Image:
    return _grown(picture, INK_MM * strength * dots_per_mm, ImageChops.darker)


def _short(picture: Image.Image, dots_per_mm: float, strength: float) -> Image.Image:
    return _grown(picture, INK_MM * strength * dots_per_mm, ImageChops.lighter)


def _grown(
    picture: Image.Image, dots: float, joined: Callable[[Image.Image, Image.Image], Image.Image]
) -> Image.Image:
    """Black, or white, a little wider and higher; the quiet zone keeps what an offset wraps around apart."""
    for _ in range(max(1, round(dots))):
        picture = joined(picture, ImageChops.offset(picture, 1, 0))
        picture = joined(picture, ImageChops.offset(picture, 0, 1))
    return picture


def _faint(picture: Image.Image, _: float, strength: float) -> Image.Image:
    ink, paper = WEAK_INK * strength, WHITE - (WHITE - DIRTY_PAPER) * strength
    return picture.point([int(ink + (paper - ink) * grey / WHITE) for grey in range(WHITE + 1)])


def _stained(picture: Image.Image, _: float, strength: float) -> Image.Image:
    """Darker and darker to the right, as where an oily thumb lay."""
    stain = Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90).resize(picture.size)
    return ImageChops.subtract(
        picture, stain.point([int(STAIN * strength * grey / WHITE) for grey in range(WHITE + 1)])
    )


def _small(picture: Image.Image, dots_per_mm: float, strength: float) -> Image.Image:
    near = max(dots_per_mm, FAR_DOTS_PER_MM)
    scale = (near - (near - FAR_DOTS_PER_MM) * strength) / dots_per_mm
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.BILINEAR)


def _blurred(picture: Image.Image, dots_per_mm: float, strength: float) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(BLUR_MM * strength * dots_per_mm))


def _skewed(picture: Image.Image, _: float, strength: float) -> Image.Image:
    return picture.rotate(SKEW_DEGREES * strength, Image.Resampling.BILINEAR, expand=True, fillcolor=WHITE)


def _row_lost(picture: Image.Image, dots_per_mm: float, _: float) -> Image.Image:
    middle = picture.height // 2
    return _without(picture, (0, middle, picture.width, middle), dots_per_mm)


def _column_lost(picture: Image.Image, dots_per_mm: float, _: float) -> Image.Image:
    middle = picture.width // 2
    return _without(picture, (middle, 0, middle, picture.height), dots_per_mm)


def _without(picture: Image.Image, line: tuple[int, int, int, int], dots_per_mm: float) -> Image.Image:
    """Without one line of the printer's dots, as a lens sees it."""
    torn = picture.copy()
    ImageDraw.Draw(torn).line(line, fill=WHITE)
    return torn.filter(ImageFilter.GaussianBlur(LENS_MM * dots_per_mm))


_HARMS: Final[dict[Harm, Callable[[Image.Image, float, float], Image.Image]]] = {
    Harm.INK_SPREAD: _spread,
    Harm.INK_SHORT: _short,
    Harm.FAINT: _faint,
    Harm.STAINED: _stained,
    Harm.SMALL: _small,
    Harm.BLURRED: _blurred,
    Harm.SKEWED: _skewed,
    Harm.ROW_LOST: _row_lost,
    Harm.COLUMN_LOST: _column_lost,
}

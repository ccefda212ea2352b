"""A plant's logo: whether a PNG may be printed, and how wide it is against its height.

Never decodes the picture: `printing.pictures` does, where it is drawn.
"""

from typing import Final

LOGO_BYTES_MAX: Final = 256 * 1024
LOGO_PIXELS_MAX: Final = 4_000_000
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_HEADER: Final = slice(12, 16)
_WIDTH: Final = slice(16, 20)
_HEIGHT: Final = slice(20, 24)


def proportions(png: bytes) -> float:
    """Width divided by height. Raises ValueError, whose text says why not."""
    if len(png) > LOGO_BYTES_MAX:
        raise ValueError(f"larger than {LOGO_BYTES_MAX // 1024} kB")
    width, height = (int.from_bytes(png[part], "big") for part in (_WIDTH, _HEIGHT))
    if not png.startswith(_SIGNATURE) or png[_HEADER] != b"IHDR" or not width or not height:
        raise ValueError("no PNG")
    if width * height > LOGO_PIXELS_MAX:
        raise ValueError(f"more than {LOGO_PIXELS_MAX // 1_000_000} million pixels")
    return width / height

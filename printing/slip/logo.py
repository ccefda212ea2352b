"""A plant's logo: how wide a PNG is against its height, from its first bytes.

Never decodes the picture: `printing.pictures` does, where it is drawn.
"""

from typing import Final

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_HEADER: Final = slice(12, 16)
_WIDTH: Final = slice(16, 20)
_HEIGHT: Final = slice(20, 24)


def proportions(png: bytes) -> float:
    """Width divided by height. Raises ValueError for what is no PNG."""
    width, height = (int.from_bytes(png[part], "big") for part in (_WIDTH, _HEIGHT))
    if not png.startswith(_SIGNATURE) or png[_HEADER] != b"IHDR" or not width or not height:
        raise ValueError("the logo is no PNG")
    return width / height

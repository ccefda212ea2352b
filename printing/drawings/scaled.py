"""A drawing of the plant as small pictures, one for each room that a screen may have.

Never opens a file outside its directory, of another kind than asked for, or beyond the limits named here.
"""

from pathlib import Path
from typing import Any, Final

import pypdfium2
from PIL import Image, ImageOps

FILE_BYTES_MAX: Final = 32 * 1024 * 1024
PIXELS_MAX: Final = 40_000_000
"""An A0 sheet scanned at 150 dots per inch has 35 million."""
NAME_CHARS_MAX: Final = 120
PDF: Final = ".pdf"
PICTURES: Final = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
FINER: Final = 2
"""A page is drawn so many times finer than it is shown."""
WHITE: Final = "white"
"""Paper, where a picture is transparent."""

Size = tuple[int, int]


class NotShownError(ValueError):
    """The drawing cannot be shown; the text says why."""


def found(directory: Path, name: str) -> Path:
    """The file of this name. Raises NotShownError for a name that is not plain, and for no such file."""
    if len(name) > NAME_CHARS_MAX or not name.isprintable() or name.startswith("."):
        raise NotShownError("not the name of a file")
    if set(name) & set("/\\:") or Path(name).suffix.lower() not in {PDF, *PICTURES}:
        raise NotShownError("not the name of a drawing")
    file = (directory / name).resolve()
    if file.parent != directory.resolve() or not file.is_file():
        raise NotShownError("not in the directory of drawings")
    if file.stat().st_size > FILE_BYTES_MAX:
        raise NotShownError(f"larger than {FILE_BYTES_MAX} bytes")
    return file


def drawn(file: Path, page: int, sizes: list[Size]) -> list[list[str]]:
    """For each size in pixels the picture that fits it: its rows from the top, six hex digits a pixel."""
    room = (max(width for width, _ in sizes), max(height for _, height in sizes))
    image = _page(file, page, room) if file.suffix.lower() == PDF else _picture(file)
    return [_rows(_fitted(image, size)) for size in sizes]


def _page(file: Path, page: int, room: Size) -> Image.Image:
    document = pypdfium2.PdfDocument(file)
    if not 1 <= page <= len(document):
        raise NotShownError(f"no page {page}")
    sheet = document[page - 1]
    width, height = sheet.get_size()
    scale = FINER * min(room[0] / width, room[1] / height)
    image: Image.Image = sheet.render(scale=scale).to_pil()
    return image.convert("RGB")


def _picture(file: Path) -> Image.Image:
    with Image.open(file, formats=[PICTURES[file.suffix.lower()]]) as image:
        if image.width * image.height > PIXELS_MAX:
            raise NotShownError(f"more than {PIXELS_MAX} pixels")
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    paper = Image.new("RGBA", upright.size, WHITE)
    return Image.alpha_composite(paper, upright).convert("RGB")


def _fitted(image: Image.Image, size: Size) -> Image.Image:
    """As large as the size allows, in its own proportions; thin lines stay as dark as they were."""
    scale = min(size[0] / image.width, size[1] / image.height)
    width, height = (max(round(side * scale), 1) for side in image.size)
    return ImageOps.autocontrast(image.resize((width, height), Image.Resampling.BOX), preserve_tone=True)


def _rows(image: Image.Image) -> list[str]:
    pixels, stride = image.tobytes(), 3 * image.width
    return [pixels[at : at + stride].hex() for at in range(0, len(pixels), stride)]


def answer(request: dict[str, Any]) -> list[list[str]]:
    """What was asked for. Raises NotShownError, or what the readers of pictures and pages raise."""
    file = found(Path(request["directory"]), request["document"])
    return drawn(file, request["page"], [(width, height) for width, height in request["sizes"]])

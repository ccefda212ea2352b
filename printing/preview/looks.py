"""What is asked about a page that nobody printed yet, and what is answered: one JSON object each.

Loads no library that draws: both ends of the pipe speak it.
"""

from typing import Annotated, Final

from pydantic import Field

from floor.quantities import Value
from printing.jobs import Sheet
from printing.printers import PrinterSetting

REQUEST_BYTES_MAX: Final = 1024 * 1024
SIDE_PIXELS_MAX: Final = 2000

Side = Annotated[int, Field(ge=1, le=SIDE_PIXELS_MAX)]


class Look(Value):
    """One page of a sheet, as it would come from a printer."""

    printer: PrinterSetting
    sheet: Sheet
    page: Annotated[int, Field(ge=1)]
    """1 is the first; a number beyond the last is the last."""
    rooms: tuple[tuple[Side, Side], ...]
    """Width and height in pixels of places for the whole page."""
    sharpness: tuple[Annotated[float, Field(gt=0, le=8)], ...]
    """Pixels a millimetre of pictures that are larger than any screen."""


class Shown(Value):
    """The page."""

    page: int
    pages: int
    whole: tuple[tuple[str, ...], ...]
    """For each room a picture that fits: its rows from the top, two hex digits of grey a pixel."""
    larger: tuple[tuple[str, ...], ...]
    """For each sharpness a picture."""

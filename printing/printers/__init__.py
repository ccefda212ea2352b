"""The printers that a station can have, one way to ask them all, and their three answers.

Never decides whether a page may be printed: `readback` did.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from floor.identity import Name
from floor.quantities import Value
from printing.grid import DOTS_PER_INCH, DOTS_PER_INCH_MAX, DOTS_PER_INCH_MIN
from printing.papers import Paper
from printing.printers.delivery import Delivery
from printing.printers.folder import print_to_folder
from printing.printers.lp import print_to_queue

__all__ = ["Delivery", "PrinterKind", "PrinterSetting", "print_document"]


class PrinterKind(StrEnum):
    """How pages reach a printer."""

    FOLDER = "folder"
    """A PDF appears in a folder."""
    LP = "lp"
    """A queue of CUPS on this machine."""


class PrinterSetting(Value):
    """One printer of a station."""

    name: Name
    """As events and people call it."""
    kind: PrinterKind
    target: str
    """The folder's path, or the queue's name."""
    dots_per_inch: Annotated[int, Field(ge=DOTS_PER_INCH_MIN, le=DOTS_PER_INCH_MAX)] = DOTS_PER_INCH
    """How fine it prints: pages are drawn and read back on its dots."""
    paper: Paper = Paper.A6
    """What slips are printed on."""


def print_document(printer: PrinterSetting, name: str, pdf: bytes) -> Delivery:
    """Hands a PDF to a printer and waits, with a limit, for what becomes of it."""
    match printer.kind:
        case PrinterKind.FOLDER:
            return print_to_folder(printer.target, name, pdf)
        case PrinterKind.LP:
            return print_to_queue(printer.target, name, pdf)

"""The printers that a station can have, as its settings name them.

Never loads what talks to one: `all_kinds` does, and whoever only names a printer starts without it.
"""

from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from floor.identity import Name
from floor.quantities import Value
from printing.grid import DOTS_PER_INCH, DOTS_PER_INCH_MAX, DOTS_PER_INCH_MIN
from printing.papers import Paper


class PrinterKind(StrEnum):
    """How pages reach a printer."""

    FOLDER = "folder"
    """A file appears in a folder."""
    LP = "lp"
    """A queue of CUPS on this machine."""
    IPP = "ipp"
    """The printer itself, by the Internet Printing Protocol."""
    SOCKET = "socket"
    """The printer itself, by a TCP socket that takes pages as they are."""


FULL_READ_EVERY_MAX: Final = 1000


class Language(StrEnum):
    """What pages are said in."""

    PDF = "pdf"
    """For every office printer, and for CUPS."""
    ZPL = "zpl"
    """For label printers."""
    ESCPOS = "escpos"
    """For receipt printers."""
    PNG = "png"
    """A picture of its dots."""


class PrinterSetting(Value):
    """One printer of a station."""

    name: Name
    """As events and people call it."""
    kind: PrinterKind
    target: str
    """The folder's path, the queue's name, `ipp://host:631/ipp/print`, or `host:9100`."""
    dots_per_inch: Annotated[int, Field(ge=DOTS_PER_INCH_MIN, le=DOTS_PER_INCH_MAX)] = DOTS_PER_INCH
    """How fine it prints: pages are drawn and read back on its dots."""
    paper: Paper = Paper.A6
    """What slips are printed on."""
    language: Language = Language.PDF
    """What it understands."""
    full_read_every: Annotated[int, Field(ge=1, le=FULL_READ_EVERY_MAX)] = 1
    """Of papers printed one after the other, each how many-th is read back in full; the first always is."""
    slip_template: str = ""
    """The file by which the plant changes its slips; empty for none."""
    slip_remark: str = ""
    """Printed at the foot of slips that are not as the plant wanted them: why."""

"""What is said over the pipe between a program and its printing child: one JSON line a job, one an answer.

Never touches paper and loads no library that draws: both ends of the pipe speak it.
"""

from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from floor.commands import PaperOutcome
from floor.events import Proof
from floor.quantities import Value
from printing.cards import CardSheet
from printing.printers import PrinterSetting
from printing.settings_sheet import SettingsSheet
from printing.sheet import SlipSheet

LINE_BYTES_MAX: Final = 1024 * 1024
"""A slip of 256 steps is a tenth of it."""

Sheet = Annotated[SlipSheet | CardSheet | SettingsSheet, Field(discriminator="kind")]


class Depth(StrEnum):
    """How closely a page is looked at before it is printed."""

    FULL = "full"
    """The whole page as the printer will make it, by every reader, and each code through every harm."""
    CODES = "codes"
    """Each code by itself by the first reader: for a batch, between the pages that are read in full."""


class Job(Value):
    """One sheet for one printer."""

    paper: Annotated[str, Field(min_length=1, max_length=64)]
    """The event that asked for it, or any other mark to know the answer by."""
    printer: PrinterSetting
    sheet: Sheet
    depth: Depth = Depth.FULL


class Answer(Value):
    """What became of a job."""

    paper: str
    """As in the job; empty for a line that named none."""
    printer: str
    """The printer's name."""
    outcome: PaperOutcome
    readers: tuple[str, ...] = ()
    """The independent readers that read the page back; none when it was not read back."""
    proof: Proof | None = None
    """What they saw; None when it was not printed."""
    reason: str = ""
    """Why it was not printed, for people."""


def to_line(message: Job | Answer) -> bytes:
    """A message as it goes over the pipe."""
    return message.model_dump_json().encode() + b"\n"

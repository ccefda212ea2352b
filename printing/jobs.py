"""What is said over the pipe between a program and its printing child, a line each: job, news, answer.

Nothing reaches a printer before the parent said `GO`: it first writes down that the page is handed over.
Never touches paper and loads no library that draws: both ends of the pipe speak it.
"""

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field, TypeAdapter

from floor.commands import PaperOutcome
from floor.events import Proof
from floor.printers import PrinterTrouble
from floor.quantities import Value
from printing.cards import CardSheet
from printing.day_sheet import DaySheet
from printing.printers import PrinterSetting
from printing.settings_sheet import SettingsSheet
from printing.sheet import SlipSheet
from printing.tag_sheet import TagSheet

LINE_BYTES_MAX: Final = 1024 * 1024
"""A slip of 256 steps is a tenth of it."""

Sheet = Annotated[SlipSheet | CardSheet | SettingsSheet | TagSheet | DaySheet, Field(discriminator="kind")]


Mark = Annotated[str, Field(min_length=1, max_length=64)]
"""The event that asked for a page, or anything else to know the answer by."""


class Depth(StrEnum):
    """How closely a page is looked at before it is printed."""

    FULL = "full"
    """The whole page as the printer will make it, by every reader, and each code through every harm."""
    CODES = "codes"
    """Each code by itself by the first reader: for a batch, between the pages that are read in full."""


class Job(Value):
    """One sheet for one printer."""

    kind: Literal["job"] = "job"
    paper: Mark
    printer: PrinterSetting
    sheet: Sheet
    depth: Depth = Depth.FULL
    """How closely it is read back."""


class Follow(Value):
    """A page that was handed over before: nothing is printed, only asked for."""

    kind: Literal["follow"] = "follow"
    paper: Mark
    printer: PrinterSetting
    job: Annotated[str, Field(min_length=1)]
    """What the printer called it."""


ASKED: Final[TypeAdapter[Job | Follow]] = TypeAdapter(Annotated[Job | Follow, Field(discriminator="kind")])
"""What a parent asks of its child."""


class Word(StrEnum):
    """What news of a job can be about."""

    PAGE = "page"
    """One more page was read back, and another one follows: the work goes on."""
    READY = "ready"
    """Drawn and read back; waits for `GO`."""
    TAKEN = "taken"
    """The printer has it, and calls it by a name."""
    HELD_UP = "held_up"
    """The printer has it, and waits for a person, or no longer does."""


class News(Value):
    """How the job goes, while it goes."""

    word: Word
    job: str = ""
    """What the printer calls it."""
    trouble: PrinterTrouble | None = None


class Answer(Value):
    """What became of a job."""

    paper: str
    """As in the job; empty for a line that named none."""
    printer: str
    """The printer's name."""
    outcome: PaperOutcome | None
    """None: nothing was handed over, and it may be tried again."""
    readers: tuple[str, ...] = ()
    """The independent readers that read the page back; none when it was not read back."""
    proof: Proof | None = None
    """What they saw; None when it was not printed."""
    reason: str = ""
    """Why it was not printed, for people."""
    trouble: PrinterTrouble | None = None
    """What is wrong with the printer, where that is why."""


GO: Final = b"go\n"
"""The parent's word that a page which is ready may be handed over."""

NO: Final = b"no\n"

SAID: Final[TypeAdapter[Answer | News]] = TypeAdapter(Answer | News)
"""What a child says."""


def to_line(message: Job | Follow | Answer | News) -> bytes:
    """A message as it goes over the pipe."""
    return message.model_dump_json().encode() + b"\n"

"""Slips and the paper that they travel on.

Never a print job: what was asked for and not answered is what waits.
"""

from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from floor.events.base import Event, Subjects
from floor.identity import CopyLetter, CopyNumber, EventId, Name, Number, Sha256, SlipNumber
from floor.quantities import Amount, Count, Value

CHOSEN_MAX: Final = 200
"""So many people, machines or lots are named in one request for cards; more are asked for in several."""


class Grade(StrEnum):
    """How well the weakest code of a page was read when the page was made worse on purpose."""

    A = "A"
    """Every code was read through every harm."""
    B = "B"
    """One harm was too much for it."""
    C = "C"
    """Two harms were."""
    D = "D"
    """Three harms were."""
    E = "E"
    """Four harms were. What stands less is not printed."""


class Proof(Value):
    """What was seen when a page was read back before it went to its printer."""

    dots_per_inch: int
    """Of the picture that was read: the printer's own."""
    sha256: Sha256
    """Of the very bytes that the printer was given."""
    grade: Grade | None
    """None where no harm was done to it: between the samples of a batch."""
    harms: tuple[Name, ...]
    """In which ways each code was made worse and read again."""
    survived: tuple[Name, ...]
    """Those of them that no code was lost to."""


class SlipIssued(Event):
    """A quantity of an order goes through the shop on its own paper; asks for print."""

    kind = "slip_issued"
    slip: SlipNumber
    order: Number
    quantity: Amount
    """In the order's unit."""
    make_up: bool = False
    """Issued for what scrap or loss took."""
    printer: Name | None = None
    """Where the paper is asked for; None for no paper."""


class SlipSplit(Event):
    """A part of what is still here at a step goes on with paper of its own; asks for print."""

    kind = "slip_split"
    slip: SlipNumber
    """The child."""
    parent: SlipNumber
    order: Number
    step: int
    quantity: Amount
    """In the step's unit."""
    unit: Name
    printer: Name | None = None
    """Where the child's paper is asked for; None for no paper."""


class SlipsMerged(Event):
    """Pieces of one slip go on with the paper of another one."""

    kind = "slips_merged"
    slip: SlipNumber
    """Where they were."""
    into: SlipNumber
    order: Number
    step: int
    quantity: Amount
    """In the step's unit."""
    unit: Name


class SlipVoided(Event):
    """A slip's paper is worth nothing any more; what was reported on it stays."""

    kind = "slip_voided"
    slip: SlipNumber
    order: Number | None
    reason: Name


class SlipReprinted(Event):
    """Another copy of a slip was asked for."""

    kind = "slip_reprinted"
    version = 2
    slip: SlipNumber
    order: Number | None
    copy_letter: CopyLetter
    printer: Name
    user: Name | None = None
    """The system's user who asked on the command line, without a badge; None where a person did."""


class TagUse(StrEnum):
    """What a tag says about the pieces that it lies on."""

    HOLD = "hold"
    """Set aside for a decision: not to be used."""
    REWORK = "rework"
    """To be worked again at a step."""


class TagAsked(Event):
    """Pieces were set aside or sent to rework, and a tag for them is asked for."""

    kind = "tag_asked"
    slip: SlipNumber
    order: Number | None
    use: TagUse
    said: EventId
    """The report that set the pieces aside, or the decision that sent them to rework."""
    line: Count = 0
    """Which of that report's lines of this use, counted from 0."""
    step: int
    """Where the pieces were."""
    to_step: int | None = None
    """Where they are worked again."""
    quantity: Amount
    """In the unit of the step where they were."""
    unit: Name
    reason: Number | None = None
    copy_number: CopyNumber = 1
    printer: Name
    user: Name | None = None
    """The system's user who asked on the command line, without a badge; None where a person did."""


class CardUse(StrEnum):
    """What a sheet of cards is for."""

    BADGES = "badges"
    MACHINES = "machines"
    REASONS = "reasons"
    COMMANDS = "commands"
    NUMBERS = "numbers"
    LOTS = "lots"
    SCANNERS = "scanners"
    """The test code of the scanners."""


class CardsAsked(Event):
    """Codes of the shop are asked for on paper: badges, tags of machines, reasons, commands."""

    kind = "cards_asked"
    use: CardUse
    chosen: Annotated[tuple[Number, ...], Field(max_length=CHOSEN_MAX)] = ()
    """Whose badges, which machines or lots; empty for all of them."""
    work_centre: Number | None = None
    """Of reasons and machines: where the sheet will hang; None for the whole plant."""
    single: bool = False
    """Each card on a plastic card of its own, not many on a sheet."""
    printer: Name
    user: Name | None = None
    """The system's user who asked on the command line, without a badge; None where a person did."""


class PaperEvent(Event):
    """Base of the printer's answers."""

    paper: EventId
    """The event that asked for it."""
    slip: SlipNumber | None = None
    """None for paper that is about no slip: cards, a day's close."""
    order: Number | None = None
    printer: Name

    def subjects(self) -> Subjects:
        return super().subjects()._replace(answers=self.paper)


class PaperPrinted(PaperEvent):
    """Read back as meant, and taken by the printer."""

    kind = "paper_printed"
    version = 2
    readers: tuple[str, ...]
    """The independent readers that read it back."""
    proof: Proof | None = None
    """What they saw; None where a release before version 2 printed it."""


class PaperFailed(PaperEvent):
    """Surely not printed."""

    kind = "paper_failed"
    version = 2
    reason: Name


class PaperUnknown(PaperEvent):
    """Perhaps printed: the program was stopped, or the printer gave no answer."""

    kind = "paper_unknown"
    version = 2
    reason: Name


class PaperSettled(PaperEvent):
    """Somebody looked for paper of which nobody knew whether it was printed."""

    kind = "paper_settled"
    unknown: EventId
    """The PaperUnknown that asked people to look."""
    found: bool | None
    """Whether the paper was there; None where nobody could tell: it is not asked again."""

    def subjects(self) -> Subjects:
        return super().subjects()._replace(answers=self.unknown)

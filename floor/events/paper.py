"""Slips and the paper that they travel on.

Never a print job: what was asked for and not answered is what waits.
"""

from floor.events.base import Event, Subjects
from floor.identity import CopyLetter, EventId, Name, Number, SlipNumber
from floor.quantities import Amount


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
    slip: SlipNumber
    order: Number | None
    copy_letter: CopyLetter
    printer: Name


class PaperEvent(Event):
    """Base of the printer's answers."""

    paper: EventId
    """The SlipIssued or SlipReprinted that asked."""
    slip: SlipNumber
    order: Number | None = None
    printer: Name

    def subjects(self) -> Subjects:
        return super().subjects()._replace(answers=self.paper)


class PaperPrinted(PaperEvent):
    """Read back as meant, and taken by the printer."""

    kind = "paper_printed"
    readers: tuple[str, ...]
    """The independent readers that read it back."""


class PaperFailed(PaperEvent):
    """Surely not printed."""

    kind = "paper_failed"
    reason: Name


class PaperUnknown(PaperEvent):
    """Perhaps printed: the program was stopped, or the printer gave no answer."""

    kind = "paper_unknown"
    reason: Name

"""Intents about paper that was printed, or perhaps was not; the others are in `floor.commands`.

Never records itself: `decide` answers with events.
"""

from dataclasses import dataclass

from floor.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlePaper(Command):
    """Say whether paper is there of which nobody knew whether it was printed; fields as in `PaperSettled`."""

    slip: str | None
    paper: str
    unknown: str
    printer: str
    found: bool | None

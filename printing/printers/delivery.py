"""How a page came out of a printer: printed, surely not, or nobody knows.

Never guesses: what was not confirmed is unknown, so that a person looks before printing again.
"""

from dataclasses import dataclass

from floor.commands import PaperOutcome


@dataclass(frozen=True, slots=True)
class Delivery:
    """A printer's answer."""

    outcome: PaperOutcome
    reason: str = ""
    """Why not, for people; empty when printed."""

"""What a station knows of itself: what it recorded, what is safe, what waits, what was begun.

Never gathers these: the station's memory does, the screens show them.
"""

from dataclasses import dataclass
from enum import StrEnum

from floor.codec import Fact
from floor.events import ReportContent
from floor.network import NetworkState
from floor.runs import Run


class MemorySilentError(Exception):
    """The station's memory does not answer now; what was recorded stands, the next try may do."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact on this station's disk: what the tick stands for."""

    facts: tuple[Fact, ...]
    head: str
    """Hash of the ledger's last entry, in hex."""
    repeated: bool = False
    """The intent was recorded before; nothing was added."""


class SyncMark(StrEnum):
    """How far a report has come."""

    HERE = "here"
    SAFE = "safe"
    PRACTICE = "practice"
    """Made in training: it comes nowhere."""


@dataclass(frozen=True, slots=True)
class LastReport:
    """One of this station's last reports, as the screen shows it."""

    fact: Fact
    withdrawn: bool
    mark: SyncMark
    corrected_to: ReportContent | None = None
    """What a correction says instead; None where none does."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the foot says."""

    recorded: int
    """Entries in this station's ledger."""
    safe: int
    """Of these, at the server."""
    oldest_waiting_s: int | None
    """Age of the oldest that is not; None when nothing waits."""
    network: NetworkState
    trouble: str | None = None
    """One sentence that people should know, such as a full disk; None when all is well."""


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What goes on and what stands still, as far as known at a station; oldest first."""

    runs: tuple[Run, ...] = ()
    downtimes: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What an operator had filled in when the power went."""

    intent: str
    """Event id of the report that it becomes."""
    slots: str
    """JSON that the dialogue wrote and reads."""
    recorded: bool
    """Its event is in the ledger: the report counts already."""

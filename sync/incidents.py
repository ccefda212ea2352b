"""What went wrong at this station: lines for whoever looks later, one sentence for whoever stands here.

Never stops anything, and never grows without limit.
"""

import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Final

FILE_BYTES_MAX: Final = 1024 * 1024
"""A full file is kept once beside a new one."""

Detail = str | int | None


class Incident(StrEnum):
    """What can happen, by name. Of several troubles people see the first in this order."""

    NOT_SAVED = "not_saved"
    """The disk did not take a report."""
    NOT_OPENED = "not_opened"
    """The ledger's file failed, and cannot be opened again yet."""
    CHAIN_BROKEN = "chain_broken"
    """This station's own history was changed."""
    HISTORY_EXCHANGED = "history_exchanged"
    """The ledger is not the one that was here before."""
    FORK = "fork"
    """The server holds another history of this station."""
    LOG_REPLACED = "log_replaced"
    """The ledger's log was deleted or replaced while it was open."""
    UNSENDABLE = "unsendable"
    """The server cannot take one of this station's facts."""
    SERVER_LOST = "server_lost"
    """The server has less than it once acknowledged."""
    OTHER_EPOCH = "other_epoch"
    """The server was restored knowingly."""
    ALTERED = "altered"
    """A fact from the server is doubtful."""
    UNREADABLE = "unreadable"
    """A fact of this station needs a newer release."""
    FAULT = "fault"
    """A mistake in this program; the work goes on."""
    PAPER = "paper"
    """The same while paper was printed."""
    NO_ROAD = "no_road"
    """The road to the server cannot be begun: its address, or the machine's certificates."""
    HEALTH = "health"
    """The file that tells this station's health cannot be written."""
    BUSY = "busy"
    """More waited for the disk than is kept."""
    DRAFT_LOST = "draft_lost"
    """A draft or the head file was not written."""
    NOT_WRITTEN = "not_written"
    """Incidents cannot be written down."""
    NO_KEY = "no_key"
    """This station cannot sign what it prints."""
    CLOCK = "clock"
    """This station's clock is far off the server's."""

    # Only for whoever looks later
    UNKNOWN_BADGE = "unknown_badge"
    """A badge was scanned that nobody here has."""
    FEED_RESET = "feed_reset"
    """The feed is read anew."""
    SET_ASIDE = "set_aside"
    """A received fact needs a newer release."""
    SALVAGED = "salvaged"
    """A fact went out by `/sync/raw`."""
    QUARANTINED = "quarantined"
    """The server set a fact of this station aside."""
    FLAGGED = "flagged"
    """The server flagged a fact of this station."""


class Incidents:
    """A file of JSON lines, and the troubles that stand now."""

    def __init__(self, path: Path, wall_ms: Callable[[], int]) -> None:
        self._path = path
        self._wall_ms = wall_ms
        self._lock = Lock()
        self._standing: dict[Incident, tuple[str, dict[str, Detail]]] = {}

    def log(self, incident: Incident, **details: Detail) -> None:
        """Write one line; a disk that does not take it is itself a trouble."""
        line = json.dumps({"at_ms": self._wall_ms(), "incident": incident.value, **details})
        with self._lock:
            try:
                self._turn_over()
                with self._path.open("a", encoding="utf-8") as lines:
                    lines.write(f"{line}\n")
            except OSError:
                self._standing[Incident.NOT_WRITTEN] = ("Incidents cannot be written down.", {})

    def alarm(self, incident: Incident, sentence: str, **details: Detail) -> None:
        """Log, and show the sentence until it is cleared; what stands already is not logged again."""
        said = (sentence, details)
        if self._standing.get(incident) != said:
            self._standing[incident] = said
            self.log(incident, sentence=sentence, **details)

    def clear(self, incident: Incident) -> None:
        """This trouble is over."""
        self._standing.pop(incident, None)

    @property
    def trouble(self) -> str | None:
        """The gravest trouble that stands."""
        standing = dict(self._standing)
        return next((standing[incident][0] for incident in Incident if incident in standing), None)

    def _turn_over(self) -> None:
        if self._path.exists() and self._path.stat().st_size > FILE_BYTES_MAX:
            self._path.replace(self._path.with_name(f"{self._path.name}.1"))

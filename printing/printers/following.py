"""Following a page that a queue or a printer has, until it is printed, dropped, or the time is up.

Never cancels it: it may be on paper already. While the printer says what it waits for, more time is given.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from floor.printers import PrinterTrouble
from printing.printers.delivery import Delivery, Watcher, failed, printed, unknown


@dataclass(frozen=True, slots=True)
class Limits:
    """How long we wait, in seconds."""

    command_s: float = 10
    """For one question to a printer, or one call of `lp` or `lpstat`."""
    job_s: float = 45
    """For a page that nothing seems to hold up."""
    trouble_s: float = 600
    """For a page that a person can help along: paper, ink, a cover."""
    poll_s: float = 0.5
    busy_s: float = 1
    """Before a busy printer is asked again."""
    busy_tries: int = 4


LIMITS: Final = Limits()


class Stage(Enum):
    """Where a page stands."""

    WAITING = auto()
    DONE = auto()
    DROPPED = auto()
    FORGOTTEN = auto()
    SILENT = auto()
    """Nobody answers whoever asks."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What was answered about a page."""

    stage: Stage
    said: str = ""
    trouble: PrinterTrouble | None = None
    begun: bool = False
    """It is being printed: some of it may be out."""


class Patience:
    """How long a page is waited for: some time, and more as long as a person can help it along."""

    def __init__(self, job_s: float, trouble_s: float) -> None:
        self._job_s = job_s
        self._trouble_s = trouble_s
        self._began = self._free_since = time.monotonic()

    def ends(self, trouble: PrinterTrouble | None) -> bool:
        """Whether enough was waited; asked again and again with what holds the page up now."""
        now = time.monotonic()
        if trouble:
            self._free_since = now
            return now - self._began > self._trouble_s
        return now - self._free_since > self._job_s


def follow(
    job: str, ask: Callable[[], Progress], watcher: Watcher, limits: Limits, begun: bool = False
) -> Delivery:
    """What becomes of the page that is called `job`; `ask` says where it stands now.

    One that was dropped after it had `begun` may be on paper all the same.
    """
    patience = Patience(limits.job_s, limits.trouble_s)
    while True:
        progress = ask()
        begun = begun or progress.begun
        match progress.stage:
            case Stage.DONE:
                return printed()
            case Stage.DROPPED if begun:
                return unknown(f"{job}: {progress.said}")
            case Stage.DROPPED:
                return failed(f"{job}: {progress.said}")
            case Stage.FORGOTTEN:
                return unknown(f"{job}: nobody knows it any more.")
            case Stage.WAITING | Stage.SILENT if patience.ends(progress.trouble):
                said = "" if progress.trouble else progress.said
                return unknown(f"{job} waits in the queue. {said}".strip(), progress.trouble)
            case Stage.WAITING | Stage.SILENT:
                watcher.held_up(progress.trouble)
                time.sleep(limits.poll_s)

"""What can go wrong with the station's memory and its road, sorted by what to do.

Never a refusal of a fact: an error here means that nothing was promised, and says so.
"""

from floor.refusals import Refusal
from floor.station import MemorySilentError


class SyncError(Exception):
    """Base of everything that sync raises."""


# Stop, and tell a person


class CannotOpenError(SyncError):
    """The ledger cannot be used by this process; nothing was changed."""

    refusal: Refusal | None = None


class AlreadyRunningError(CannotOpenError):
    """Another process holds this ledger."""

    refusal = Refusal.ALREADY_RUNNING


class NewerLedgerError(CannotOpenError):
    """A newer release wrote this ledger; this one does not touch it."""


class PragmaError(CannotOpenError):
    """SQLite did not take a setting that the promise depends on."""


class NotReadableError(SyncError, MemorySilentError):
    """The disk does not give back what is on it, on a new connection neither."""


# Say that it was not saved


class NotSavedError(SyncError):
    """The disk did not take a transaction: no tick."""


class WalReplacedError(NotSavedError):
    """The write-ahead log was deleted or replaced under the open database."""


class BusyError(SyncError, MemorySilentError):
    """More jobs wait for the disk than `sync.writer` keeps; nothing was begun."""


class StoppedError(SyncError):
    """The memory was closed; nothing was begun."""


# Set aside: keep recording, and ask a person


class BrokenChainError(SyncError):
    """This station's own history does not verify."""


# Try again later


class UnknownStreamError(SyncError):
    """A stream was named that is none of this station's."""


class NoAnswerError(SyncError):
    """No whole answer came: no route, a reset, bad TLS, or a body that ended too early or was too large."""


class TimedOutError(NoAnswerError):
    """The total deadline passed; perhaps a smaller request gets through."""


class OversizeError(NoAnswerError):
    """The answer is larger than anybody should send."""

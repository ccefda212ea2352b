"""The one open database file of a station, and what its disk promises.

Never used by two threads or two processes; never says "written" before the disk was synced and the log is
still ours.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from sync import schema
from sync.errors import AlreadyRunningError, NotSavedError, PragmaError, WalReplacedError

PRAGMAS: Final[dict[str, tuple[str, str | int]]] = {
    "locking_mode": ("EXCLUSIVE", "exclusive"),
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
    "mmap_size": ("0", 0),
    "recursive_triggers": ("ON", 1),
}
"""Setting: what is asked for, and what SQLite must answer when it is read back. The first one before first
use; the last one lets triggers see the rows that an INSERT OR REPLACE would delete."""

SAVING_FAILED: Final = {
    sqlite3.SQLITE_FULL: "The disk is full.",
    sqlite3.SQLITE_IOERR: "The disk does not take what is written.",
    sqlite3.SQLITE_READONLY: "The disk can only be read.",
    sqlite3.SQLITE_CORRUPT: "The ledger's file is damaged.",
    sqlite3.SQLITE_BUSY: "Another program holds the ledger's file.",
}
"""SQLite's primary error codes as sentences."""

PRIMARY_CODE: Final = 0xFF


def replace_file(path: Path, text: str) -> None:
    """Put a small file in place of an older one, whole or not at all."""
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


class Disk:
    """An exclusive connection, opened where it will be used."""

    def __init__(self, path: Path) -> None:
        """Open, or raise CannotOpenError; a second process is refused at once."""
        self.path = path
        self.left = False
        """The connection was given up, and no new one could be opened and read yet."""
        self._wal: tuple[int, int] | None = None
        """The log that is open; None while none is."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = _lock(path.with_name(f"{path.name}.lock"))
        except OSError as error:
            raise NotSavedError(f"{path.parent} cannot be written: {error.strerror}.") from error
        try:
            self.connection = self._open()
        except OSError as error:
            self._lock.close()
            raise NotSavedError(_no_answer(error)) from error
        except BaseException:
            self._lock.close()
            raise

    def _open(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(self.path, timeout=0, isolation_level=None)
        except sqlite3.Error as error:
            raise NotSavedError(_sentence(error)) from error
        try:
            _set_pragmas(connection)
            schema.bring_up_to_date(connection, self.path)
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT OR REPLACE INTO mark VALUES ('opened', ?)", (str(os.getpid()),))
            connection.execute("COMMIT")
            sync_folder(self.path.parent)
            self._wal = _file_identity(self.wal_path)
        except sqlite3.Error as error:
            connection.close()
            if getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE == sqlite3.SQLITE_BUSY:
                raise AlreadyRunningError("Another program holds the ledger's file.") from error
            raise NotSavedError(_sentence(error)) from error
        except BaseException:
            connection.close()
            raise
        self.left = False
        return connection

    @property
    def wal_path(self) -> Path:
        """Where SQLite appends before it moves pages into the database file."""
        return self.path.with_name(f"{self.path.name}-wal")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, on the disk when this ends. Raises NotSavedError."""
        if self.left:
            raise NotSavedError("The ledger's file is closed since its disk failed.")
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield self.connection
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            raise NotSavedError(_sentence(error)) from error
        except BaseException:
            self._roll_back()
            raise
        self._find_log()

    def _roll_back(self) -> None:
        """What cannot even be rolled back is left: no transaction could ever begin behind it."""
        try:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
        except sqlite3.Error:
            self.left = True
            with suppress(OSError):
                self._leave()

    def _find_log(self) -> None:
        """Whether what was committed can be found again. Raises NotSavedError."""
        try:
            found = _file_identity(self.wal_path)
        except OSError as error:
            raise NotSavedError(_no_answer(error)) from error
        if found != self._wal:
            raise WalReplacedError("The ledger's log was deleted while it was open.")

    def reopen(self) -> None:
        """Begin anew with a log that has a name; what an unlinked one holds goes into the database first.

        Raises CannotOpenError or NotSavedError when the disk does not let it; the next try may.
        """
        self.left = True
        try:
            self._leave()
            self.connection = self._open()
        except OSError as error:
            raise NotSavedError(_no_answer(error)) from error

    def _leave(self) -> None:
        with suppress(sqlite3.Error):  # a log that cannot be moved keeps its name, and is read when opened
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if self._wal and self.wal_path.exists() and _file_identity(self.wal_path) != self._wal:
            self.wal_path.replace(self.path.with_name(f"{self.path.name}-wal.set-aside"))
        self.connection.close()
        self._wal = None

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()
        self._lock.close()


def _lock(path: Path) -> IO[str]:
    lock = path.open("a", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise AlreadyRunningError("A terminal is already running on this ledger.") from error
    return lock


def _set_pragmas(connection: sqlite3.Connection) -> None:
    for pragma, (asked, expected) in PRAGMAS.items():
        connection.execute(f"PRAGMA {pragma} = {asked}")
        row = connection.execute(f"PRAGMA {pragma}").fetchone()
        if row is None or row[0] != expected:
            raise PragmaError(f"SQLite answers {row} for {pragma}, not {expected!r}.")


def _sentence(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE
    return SAVING_FAILED.get(code, f"The ledger could not be written: {error}")


def _no_answer(error: OSError) -> str:
    return f"The disk does not answer: {error.strerror}."


def _file_identity(path: Path) -> tuple[int, int] | None:
    """Device and inode of a file; None when it has no name any more."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def sync_folder(folder: Path) -> None:
    """A file whose name is not on the disk is not there after a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

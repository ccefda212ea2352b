"""The plant's database: one way to read, one way to write, on SQLite and on PostgreSQL.

Never lets two writers in at once: whoever writes holds the feed lock from first statement to commit, so that
positions become visible in their order. Never starts on a database that may forget what it confirmed.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

FEED_LOCK: Final = 0x5_11_9_FEED
"""Key of PostgreSQL's advisory lock that orders the feed."""
BUSY_S_MAX: Final = 10
CONNECTIONS_MAX: Final = 20
IDLE_IN_TRANSACTION_S_MAX: Final = 60

SQLITE_PRAGMAS: Final = {
    "locking_mode": "exclusive",
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "recursive_triggers": 1,
}
"""Set at the start and read back."""

POSTGRES_MUST_BE_ON: Final = ("synchronous_commit", "fsync", "full_page_writes")


class CannotStart(Exception):
    """The server may not start; the text says why and what to do."""


class Busy(Exception):
    """The database did not get to us in time: try again."""


class Database:
    """The open database of a plant."""

    def __init__(self, url: str) -> None:
        """Opens it, with every safeguard checked. Raises CannotStart."""
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._one_at_a_time = threading.Lock()

    def close(self) -> None:
        """Gives all connections back."""
        self.engine.dispose()

    def copy_beside(self, ending: str) -> None:
        """A whole copy of SQLite's file beside it; PostgreSQL's administrators make their own."""
        if not self.is_sqlite:
            return
        copy = Path(f"{self.engine.url.database}.{ending}")
        copy.unlink(missing_ok=True)
        with self._turn(), self.engine.connect() as connection:
            bare = connection.connection.cursor()  # VACUUM wants no transaction around it
            bare.execute("VACUUM INTO ?", (str(copy),))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees what is committed. Raises Busy."""
        with self._turn(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction under the feed lock, committed at the end. Raises Busy."""
        with self._turn(), self.engine.begin() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": FEED_LOCK})
            yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """SQLite has one connection, and whoever uses it is alone; PostgreSQL has a pool."""
        if not self.is_sqlite:
            yield
            return
        if not self._one_at_a_time.acquire(timeout=BUSY_S_MAX):
            raise Busy("the database is busy")
        try:
            yield
        finally:
            self._one_at_a_time.release()


def _engine(url: str) -> Engine:
    try:
        dialect = make_url(url).get_backend_name()
    except ArgumentError as error:
        raise CannotStart(f"The setting `database` is not a database URL: {error}") from error
    try:
        if dialect == "sqlite":
            return _sqlite(url)
        if dialect == "postgresql":
            return _postgres(url)
    except (DBAPIError, NoSuchModuleError, sqlite3.Error) as error:
        raise CannotStart(f"The database cannot be opened: {_first_line(error)}") from error
    raise CannotStart(f"The setting `database` names {dialect}; use sqlite or postgresql.")


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", error)).partition("\n")[0]


def _sqlite(url: str) -> Engine:
    file = make_url(url).database
    if not file or file == ":memory:":
        raise CannotStart("The ledger must lie in a file: set `database` to sqlite:///FILE.")
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        poolclass=StaticPool,
        connect_args={"check_same_thread": False, "timeout": 1, "isolation_level": None},
    )
    event.listen(engine, "begin", _begin_immediate)
    try:
        with engine.connect() as connection:
            _set_pragmas(connection)
    except (DBAPIError, sqlite3.Error) as error:
        engine.dispose()
        if "locked" in str(error):
            raise CannotStart(
                f"Another program has {Path(file).name} open, probably a running `central serve`. "
                "Use that one, or end it first. Several servers at once need PostgreSQL."
            ) from error
        raise
    return engine


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _set_pragmas(connection: Connection) -> None:
    """On the bare connection, since some cannot be set inside a transaction."""
    cursor = connection.connection.cursor()
    for name, wanted in SQLITE_PRAGMAS.items():
        cursor.execute(f"PRAGMA {name} = {wanted}")
    for name, wanted in SQLITE_PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
        if row and row[0] != wanted:
            raise CannotStart(f"SQLite did not take {name} = {wanted}; it says {row[0]}.")
    cursor.execute("BEGIN IMMEDIATE")  # takes the exclusive lock now, not at the first push
    cursor.execute("COMMIT")


def _postgres(url: str) -> Engine:
    engine = create_engine(url, pool_size=CONNECTIONS_MAX, max_overflow=0, pool_timeout=BUSY_S_MAX)
    event.listen(engine, "connect", _set_timeouts)
    try:
        with engine.connect() as connection:
            for name in POSTGRES_MUST_BE_ON:
                if connection.execute(text(f"SHOW {name}")).scalar_one() == "off":
                    raise CannotStart(
                        f"PostgreSQL runs with {name} = off and may forget what it confirmed. Turn it on."
                    )
    except BaseException:
        engine.dispose()
        raise
    return engine


def _set_timeouts(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{BUSY_S_MAX}s'")
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_IN_TRANSACTION_S_MAX}s'")
    connection.commit()

"""Which form the tables have, and bringing them to the present one.

Never loads alembic or sqlmodel when the form is the present one; never touches a ledger of a newer release.
"""

import sqlite3
from pathlib import Path
from typing import Final

from sync.errors import NewerLedgerError

REVISIONS: Final = ("0001", "0002")
"""Every form there ever was, oldest first."""

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def stored_revision(connection: sqlite3.Connection) -> str | None:
    """The form of the tables; None for an empty database."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise
    return str(row[0]) if row else None


def bring_up_to_date(
    connection: sqlite3.Connection,
    path: Path,
    revisions: tuple[str, ...] = REVISIONS,
    migrations: Path = MIGRATIONS,
) -> None:
    """Migrate in one transaction, after a copy of what was there. Raises NewerLedgerError."""
    stored = stored_revision(connection)
    if stored == revisions[-1]:
        return
    if stored is not None:
        if stored not in revisions:
            raise NewerLedgerError(
                f"The ledger has form {stored}, which this release does not know. Start the newer release; "
                "nothing was changed."
            )
        copy_of(connection, path.with_name(f"{path.name}.before-{revisions[-1]}"))
    _migrate(connection, migrations)


def copy_of(connection: sqlite3.Connection, copy: Path) -> None:
    """A whole copy of the open database, in place of an older one."""
    copy.unlink(missing_ok=True)
    connection.execute("VACUUM INTO ?", (str(copy),))


def _migrate(connection: sqlite3.Connection, migrations: Path) -> None:
    """All or nothing: alembic finds a transaction open and leaves its end to us."""
    import sqlalchemy as sa
    from alembic import command
    from alembic.config import Config

    engine = sa.create_engine("sqlite://", creator=lambda: connection, poolclass=sa.StaticPool)
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    with engine.begin() as open_connection:
        open_connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = open_connection
        command.upgrade(config, "head")

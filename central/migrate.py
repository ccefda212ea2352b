"""Brings a database to the tables of this release.

Never touches a database of a newer release, and loads alembic only where something is to be done.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from central.migrations import REVISION
from central.storage import CannotStart, Database


def bring_up_to_date(database: Database) -> None:
    """Every missing revision, in one transaction under the feed lock, after a copy. Raises CannotStart."""
    with database.reading() as connection:
        before = revision(connection)
    if before not in (None, REVISION):
        database.copy_beside(f"before-{REVISION}")
    with database.writing() as connection:
        found = revision(connection)
        if found != REVISION:
            _upgrade(connection, found)


def revision(connection: Connection) -> str | None:
    """The revision that a database says it has; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def _upgrade(connection: Connection, found: str | None) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise CannotStart(
            f"This database was made by a newer release (revision {found}; this one knows {REVISION}). "
            "Nothing was changed. Start the newer release."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, REVISION)

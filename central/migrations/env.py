"""Runs the revisions on the connection that the server already holds.

Never opens a database itself: there is one connection to a SQLite file.
"""

from alembic import context
from sqlalchemy import Connection

from central.tables import METADATA


def run() -> None:
    """Every revision that is missing, in the transaction that is open."""
    connection = context.config.attributes["connection"]
    assert isinstance(connection, Connection)
    context.configure(connection=connection, target_metadata=METADATA)
    context.run_migrations()


run()

"""What alembic runs: the revisions, on the ledger's own open connection.

Never opens a connection and never commits: sync.schema did the one and will do the other.
"""

from alembic import context

from sync.tables import StationTable

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=StationTable.metadata,
    transactional_ddl=True,
)
context.run_migrations()

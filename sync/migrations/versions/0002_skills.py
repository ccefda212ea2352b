"""What people are qualified for."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0002"
down_revision: Final = "0001"


def upgrade() -> None:
    """The directory is asked for anew: the one that is here was kept without the skills."""
    op.add_column("person", sa.Column("skills", sa.Text(), nullable=False, server_default=""))
    op.execute("DELETE FROM mark WHERE key = 'directory_version'")

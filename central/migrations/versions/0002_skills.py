"""What people are qualified for."""

from alembic import op
from sqlalchemy import Column, Text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody is qualified for anything until the people are loaded again."""
    op.add_column("person", Column("skills", Text(), nullable=False, server_default=""))

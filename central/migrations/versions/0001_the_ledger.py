"""The ledger, what stations were given, and the read tables."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = BigInteger().with_variant(Integer(), "sqlite")

SQLITE_TRIGGER = """
CREATE TRIGGER {table}_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
"""

POSTGRES_FUNCTION = """
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
"""

POSTGRES_TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()
"""


def upgrade() -> None:
    """All tables, then the triggers."""
    create_ledger()
    create_directory()
    create_read_tables()
    create_triggers()


def create_triggers() -> None:
    """Neither UPDATE nor DELETE on the ledger, on both engines."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if not sqlite:
        op.execute(POSTGRES_FUNCTION)
    for table in ("event", "entry"):
        if not sqlite:
            op.execute(POSTGRES_TRIGGER.format(table=table))
            continue
        for verb in ("UPDATE", "DELETE"):
            op.execute(SQLITE_TRIGGER.format(table=table, verb=verb))


def create_ledger() -> None:
    """Events, streams, and the places of events in streams."""
    op.create_table(
        "event",
        Column("event_id", Text(), nullable=False),
        Column("digest", Text(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("v", Integer(), nullable=False),
        Column("body", LargeBinary(), nullable=False),
        PrimaryKeyConstraint("event_id", "digest"),
        sqlite_strict=True,
    )
    op.create_table(
        "stream",
        Column("stream", Text(), nullable=False),
        Column("station", Text()),
        Column("prefix", Text()),
        Column("parent", Text(), nullable=False),
        Column("parent_seq", BIG, nullable=False),
        Column("parent_hash", Text(), nullable=False),
        Column("acked_through", BIG, nullable=False),
        Column("head", Text(), nullable=False),
        Column("pushed_ms", BIG),
        Column("clamped_ms", BIG, nullable=False),
        PrimaryKeyConstraint("stream"),
        sqlite_strict=True,
    )
    op.create_index("stream_prefix", "stream", ["prefix"], unique=True)
    op.create_table(
        "entry",
        Column("stream", Text(), nullable=False),
        Column("seq", BIG, nullable=False),
        Column("event_id", Text(), nullable=False),
        Column("digest", Text(), nullable=False),
        Column("hash", Text(), nullable=False),
        Column("position", BIG, nullable=False),
        Column("running", Text(), nullable=False),
        PrimaryKeyConstraint("stream", "seq"),
        ForeignKeyConstraint(["event_id", "digest"], ["event.event_id", "event.digest"]),
        sqlite_strict=True,
    )
    op.create_index("entry_event_id", "entry", ["event_id"])
    op.create_index("entry_position", "entry", ["position"], unique=True)


def create_directory() -> None:
    """Stations, people, salvage, and who this server is."""
    op.create_table(
        "station",
        Column("station", Text(), nullable=False),
        Column("token_sha256", Text(), nullable=False),
        Column("hello_ms", BIG),
        Column("clock_ahead_ms", BIG),
        Column("pending", BIG),
        Column("oldest_pending_s", BIG),
        Column("app_version", Text()),
        Column("disk_free_bytes", BIG),
        PrimaryKeyConstraint("station"),
        sqlite_strict=True,
    )
    op.create_index("station_token", "station", ["token_sha256"], unique=True)
    op.create_table(
        "person",
        Column("person", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("badge", Text(), nullable=False),
        Column("role", Text(), nullable=False),
        Column("language", Text(), nullable=False),
        Column("pin_hash", Text()),
        PrimaryKeyConstraint("person"),
        sqlite_strict=True,
    )
    op.create_index("person_badge", "person", ["badge"], unique=True)
    op.create_table(
        "raw",
        Column("digest", Text(), nullable=False),
        Column("station", Text(), nullable=False),
        Column("received_ms", BIG, nullable=False),
        Column("body", LargeBinary(), nullable=False),
        PrimaryKeyConstraint("digest", "station"),
        sqlite_strict=True,
    )
    op.create_table(
        "meta",
        Column("key", Text(), nullable=False),
        Column("value", Text(), nullable=False),
        PrimaryKeyConstraint("key"),
        sqlite_strict=True,
    )


def create_read_tables() -> None:
    """What is made from the ledger."""
    op.create_table(
        "fact",
        Column("event_id", Text(), nullable=False),
        Column("digest", Text(), nullable=False),
        Column("position", BIG, nullable=False),
        Column("kind", Text(), nullable=False),
        Column("order_number", Text()),
        Column("slip", Text()),
        Column("machine", Text()),
        Column("answers", Text()),
        PrimaryKeyConstraint("event_id"),
        sqlite_strict=True,
    )
    op.create_index("fact_kind", "fact", ["kind", "position"])
    op.create_index("fact_machine", "fact", ["machine"])
    op.create_index("fact_order", "fact", ["order_number"])
    op.create_index("fact_slip", "fact", ["slip"])
    op.create_table(
        "alarm",
        Column("event_id", Text(), nullable=False),
        Column("digest", Text(), nullable=False),
        Column("flag", Text(), nullable=False),
        Column("position", BIG, nullable=False),
        Column("reason", Text(), nullable=False),
        PrimaryKeyConstraint("event_id", "digest"),
        sqlite_strict=True,
    )
    op.create_table(
        "stale",
        Column("subject", Text(), nullable=False),
        PrimaryKeyConstraint("subject"),
        sqlite_strict=True,
    )
    op.create_table(
        "board",
        Column("subject", Text(), nullable=False),
        Column("body", Text(), nullable=False),
        PrimaryKeyConstraint("subject"),
        sqlite_strict=True,
    )

"""The first tables: ledger, received events, marks, drafts, directory."""

from typing import Any, Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0001"
down_revision: Final = None

APPEND_ONLY: Final = ("event", "entry")
SUBJECTS: Final = ("order_number", "slip", "machine", "answers")

KNOWN: Final = """
CREATE VIEW known AS
SELECT entry.stream, entry.seq, event.event_id, event.kind, event.v, event.body,
       event.order_number, event.slip, event.machine, event.answers, NULL AS station
FROM event JOIN entry ON entry.event_id = event.event_id AND entry.digest = event.digest
UNION ALL
SELECT stream, seq, event_id, kind, v, body, order_number, slip, machine, answers, station
FROM received
WHERE counted = 1 AND generation = (SELECT CAST(value AS INTEGER) FROM mark WHERE key = 'generation')
"""


def upgrade() -> None:
    """Everything that a new station needs."""
    _create_ledger()
    _create_received()
    _create_small_tables()
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_never_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END"
            )
    op.execute(KNOWN)


def _text(name: str, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, **options)


def _number(name: str, **options: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, **options)


def _subjects() -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=True) for name in SUBJECTS]


def _index_subjects(table: str) -> None:
    for name in SUBJECTS:
        op.create_index(f"{table}_{name}", table, [name], sqlite_where=sa.text(f"{name} IS NOT NULL"))
    op.create_index(f"{table}_kind", table, ["kind"])


def _create_ledger() -> None:
    op.create_table(
        "event",
        _text("event_id", primary_key=True),
        _text("digest", primary_key=True),
        _text("kind"),
        _number("v"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        *_subjects(),
        sqlite_strict=True,
    )
    _index_subjects("event")
    op.create_table(
        "entry",
        _text("stream", primary_key=True),
        _number("seq", primary_key=True),
        _text("event_id"),
        _text("digest"),
        _text("hash"),
        sqlite_strict=True,
    )
    op.create_index("entry_event_id", "entry", ["event_id"])
    op.create_table(
        "stream",
        _text("stream", primary_key=True),
        _text("parent"),
        _number("parent_seq"),
        _text("parent_hash"),
        _number("closed"),
        sqlite_strict=True,
    )


def _create_received() -> None:
    op.create_table(
        "received",
        _number("generation", primary_key=True),
        _text("stream", primary_key=True),
        _number("seq", primary_key=True),
        _number("position"),
        sa.Column("station", sa.Text(), nullable=True),
        _text("event_id"),
        _text("digest"),
        _text("kind"),
        _number("v"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _number("counted"),
        *_subjects(),
        sqlite_strict=True,
    )
    _index_subjects("received")
    op.create_index("received_event_id", "received", ["event_id"])
    op.create_index("received_set_aside", "received", ["generation"], sqlite_where=sa.text("counted = 0"))


def _create_small_tables() -> None:
    op.create_table("mark", _text("key", primary_key=True), _text("value"), sqlite_strict=True)
    op.create_table("draft", _text("intent", primary_key=True), _text("slots"), sqlite_strict=True)
    op.create_table(
        "person",
        _text("person", primary_key=True),
        _text("name"),
        _text("badge"),
        _text("role"),
        _text("language"),
        sa.Column("pin_hash", sa.Text(), nullable=True),
        sqlite_strict=True,
    )
    op.create_index("person_badge", "person", ["badge"])
    op.create_table(
        "pin_failure",
        _text("person", primary_key=True),
        _number("failures"),
        _text("boot_id"),
        _number("monotonic_ms"),
        sqlite_strict=True,
    )

"""What the plant's database holds: the ledger (append-only), what was given to stations, and read tables.

Never read or written by row objects: the classes say the shape, statements on tables do the work. With a read
table nothing is lost: `rebuilding` makes it again from the ledger.
"""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, Integer, LargeBinary, Table, Text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

BIG: Final = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits on both; SQLite's STRICT tables know it as INTEGER."""

STRICT: Final = {"sqlite_strict": True}


class CentralTable(SQLModel, registry=registry()):
    """Base of all tables of the server."""


class EventRow(CentralTable, table=True):
    """Each content once, blind: an event that this release cannot read lies here as well."""

    __tablename__ = "event"
    __table_args__ = STRICT
    event_id: str = Field(sa_column=Column(Text, primary_key=True))
    digest: str = Field(sa_column=Column(Text, primary_key=True))
    kind: str = Field(sa_column=Column(Text, nullable=False))
    v: int = Field(sa_column=Column(Integer, nullable=False))
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class EntryRow(CentralTable, table=True):
    """Each place in a chain, and its position in the feed with the feed's running hash there."""

    __tablename__ = "entry"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "digest"], ["event.event_id", "event.digest"]),
        Index("entry_position", "position", unique=True),
        Index("entry_event_id", "event_id"),
        STRICT,
    )
    stream: str = Field(sa_column=Column(Text, primary_key=True))
    seq: int = Field(sa_column=Column(BIG, primary_key=True, autoincrement=False))
    event_id: str = Field(sa_column=Column(Text, nullable=False))
    digest: str = Field(sa_column=Column(Text, nullable=False))
    hash: str = Field(sa_column=Column(Text, nullable=False))
    position: int = Field(sa_column=Column(BIG, nullable=False))
    running: str = Field(sa_column=Column(Text, nullable=False))


class StreamRow(CentralTable, table=True):
    """Where a stream comes from, whose it is, and how far it is here."""

    __tablename__ = "stream"
    __table_args__ = (Index("stream_prefix", "prefix", unique=True), STRICT)
    stream: str = Field(sa_column=Column(Text, primary_key=True))
    station: str | None = Field(sa_column=Column(Text))
    """None for central's own."""
    prefix: str | None = Field(sa_column=Column(Text))
    parent: str = Field(sa_column=Column(Text, nullable=False))
    parent_seq: int = Field(sa_column=Column(BIG, nullable=False))
    parent_hash: str = Field(sa_column=Column(Text, nullable=False))
    acked_through: int = Field(sa_column=Column(BIG, nullable=False))
    head: str = Field(sa_column=Column(Text, nullable=False))
    pushed_ms: int | None = Field(sa_column=Column(BIG))
    """When something new last arrived, by the server's clock."""
    clamped_ms: int = Field(sa_column=Column(BIG, nullable=False))
    """The latest moment in central's own stream, which never runs backwards; 0 for other streams."""


class StationRow(CentralTable, table=True):
    """A station's token (its SHA-256) and what it last said about itself."""

    __tablename__ = "station"
    __table_args__ = (Index("station_token", "token_sha256", unique=True), STRICT)
    station: str = Field(sa_column=Column(Text, primary_key=True))
    token_sha256: str = Field(sa_column=Column(Text, nullable=False))
    hello_ms: int | None = Field(sa_column=Column(BIG))
    """When it last said hello, by the server's clock."""
    clock_ahead_ms: int | None = Field(sa_column=Column(BIG))
    pending: int | None = Field(sa_column=Column(BIG))
    oldest_pending_s: int | None = Field(sa_column=Column(BIG))
    app_version: str | None = Field(sa_column=Column(Text))
    disk_free_bytes: int | None = Field(sa_column=Column(BIG))


class PersonRow(CentralTable, table=True):
    """The directory: records beside the chain, which can be erased."""

    __tablename__ = "person"
    __table_args__ = (Index("person_badge", "badge", unique=True), STRICT)
    person: str = Field(sa_column=Column(Text, primary_key=True))
    name: str = Field(sa_column=Column(Text, nullable=False))
    badge: str = Field(sa_column=Column(Text, nullable=False))
    role: str = Field(sa_column=Column(Text, nullable=False))
    language: str = Field(sa_column=Column(Text, nullable=False))
    pin_hash: str | None = Field(sa_column=Column(Text))
    skills: str = Field(sa_column=Column(Text, nullable=False, server_default=""))
    """Numbers with blanks between."""


class MetaRow(CentralTable, table=True):
    """Who this server and this ledger are."""

    __tablename__ = "meta"
    __table_args__ = STRICT
    key: str = Field(sa_column=Column(Text, primary_key=True))
    value: str = Field(sa_column=Column(Text, nullable=False))


class RawRow(CentralTable, table=True):
    """Salvage that a station could not send otherwise, stored blind."""

    __tablename__ = "raw"
    __table_args__ = STRICT
    digest: str = Field(sa_column=Column(Text, primary_key=True))
    station: str = Field(sa_column=Column(Text, primary_key=True))
    received_ms: int = Field(sa_column=Column(BIG, nullable=False))
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


# Read tables


class FactRow(CentralTable, table=True):
    """The events that count, each once, by what they are about."""

    __tablename__ = "fact"
    __table_args__ = (
        Index("fact_order", "order_number"),
        Index("fact_slip", "slip"),
        Index("fact_machine", "machine"),
        Index("fact_kind", "kind", "position"),
        STRICT,
    )
    event_id: str = Field(sa_column=Column(Text, primary_key=True))
    digest: str = Field(sa_column=Column(Text, nullable=False))
    position: int = Field(sa_column=Column(BIG, nullable=False))
    """Of the first place."""
    kind: str = Field(sa_column=Column(Text, nullable=False))
    order_number: str | None = Field(sa_column=Column(Text))
    slip: str | None = Field(sa_column=Column(Text))
    machine: str | None = Field(sa_column=Column(Text))
    answers: str | None = Field(sa_column=Column(Text))


class MaterialRow(CentralTable, table=True):
    """The lot and the serial number of each issue of material that counts."""

    __tablename__ = "material"
    __table_args__ = (Index("material_lot", "lot"), Index("material_serial", "serial"), STRICT)
    event_id: str = Field(sa_column=Column(Text, primary_key=True))
    lot: str | None = Field(sa_column=Column(Text))
    serial: str | None = Field(sa_column=Column(Text))


class AlarmRow(CentralTable, table=True):
    """The stored events that do not count, and why: quarantined or altered."""

    __tablename__ = "alarm"
    __table_args__ = STRICT
    event_id: str = Field(sa_column=Column(Text, primary_key=True))
    digest: str = Field(sa_column=Column(Text, primary_key=True))
    flag: str = Field(sa_column=Column(Text, nullable=False))
    position: int = Field(sa_column=Column(BIG, nullable=False))
    reason: str = Field(sa_column=Column(Text, nullable=False))


class StaleRow(CentralTable, table=True):
    """Subjects whose board is older than their facts."""

    __tablename__ = "stale"
    __table_args__ = STRICT
    subject: str = Field(sa_column=Column(Text, primary_key=True))


class BoardRow(CentralTable, table=True):
    """The folded picture of an order, or of a slip of no known order, as JSON."""

    __tablename__ = "board"
    __table_args__ = STRICT
    subject: str = Field(sa_column=Column(Text, primary_key=True))
    body: str = Field(sa_column=Column(Text, nullable=False))


METADATA: Final = CentralTable.metadata


def _table(name: str) -> Table:
    return METADATA.tables[name]


EVENT: Final = _table("event")
ENTRY: Final = _table("entry")
STREAM: Final = _table("stream")
STATION: Final = _table("station")
PERSON: Final = _table("person")
META: Final = _table("meta")
RAW: Final = _table("raw")
FACT: Final = _table("fact")
MATERIAL: Final = _table("material")
ALARM: Final = _table("alarm")
STALE: Final = _table("stale")
BOARD: Final = _table("board")

APPEND_ONLY: Final = ("event", "entry")
"""Tables whose rows are never changed and never deleted; triggers see to it."""

READ_TABLES: Final = (FACT, MATERIAL, ALARM, STALE, BOARD)
"""Made from the ledger, and made again from it."""

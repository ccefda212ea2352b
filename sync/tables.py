"""The station's tables: its own ledger, what it received, its directory and its small marks.

Never read or written through here at run time: statements are SQL text (sync.ledger and its neighbours), and
a test holds these definitions, the migrations and the triggers together.
"""

from typing import Any, Final

from sqlalchemy import Column, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

STRICT: Final[dict[str, Any]] = {"sqlite_strict": True}
"""SQLite checks the type of every value."""


class StationTable(SQLModel, registry=registry()):
    """Base of the station's tables: a registry apart from central's."""


def _key(of: type[Text] | type[Integer] = Text) -> Any:
    return Field(sa_column=Column(of(), primary_key=True, nullable=False))


def _text() -> Any:
    return Field(sa_column=Column(Text(), nullable=False))


def _text_or_none() -> Any:
    return Field(default=None, sa_column=Column(Text(), nullable=True))


def _number() -> Any:
    return Field(sa_column=Column(Integer(), nullable=False))


def _bytes() -> Any:
    return Field(sa_column=Column(LargeBinary(), nullable=False))


def _index(table: str, column: str) -> Index:
    """Most events name few subjects: rows without one stay out of its index."""
    return Index(f"{table}_{column}", column, sqlite_where=Column(column, Text()).is_not(None))


class EventRow(StationTable, table=True):
    """What this station recorded: each content once. Triggers abort UPDATE and DELETE."""

    __tablename__ = "event"
    __table_args__ = (
        *(_index("event", column) for column in ("order_number", "slip", "machine", "answers")),
        Index("event_kind", "kind"),
        STRICT,
    )

    event_id: str = _key()
    digest: str = _key()
    kind: str = _text()
    v: int = _number()
    body: bytes = _bytes()
    order_number: str | None = _text_or_none()
    slip: str | None = _text_or_none()
    machine: str | None = _text_or_none()
    answers: str | None = _text_or_none()


class EntryRow(StationTable, table=True):
    """Each place in one of this station's chains. Triggers abort UPDATE and DELETE."""

    __tablename__ = "entry"
    __table_args__ = (Index("entry_event_id", "event_id"), STRICT)

    stream: str = _key()
    seq: int = _key(Integer)
    event_id: str = _text()
    digest: str = _text()
    hash: str = _text()


class StreamRow(StationTable, table=True):
    """A chain of this station: where it comes from, and whether it still grows."""

    __tablename__ = "stream"
    __table_args__ = (STRICT,)

    stream: str = _key()
    parent: str = _text()
    parent_seq: int = _number()
    parent_hash: str = _text()
    closed: int = _number()


class ReceivedRow(StationTable, table=True):
    """What the feed brought. One generation is read, another may be loading."""

    __tablename__ = "received"
    __table_args__ = (
        *(_index("received", column) for column in ("order_number", "slip", "machine", "answers")),
        Index("received_kind", "kind"),
        Index("received_event_id", "event_id"),
        Index("received_set_aside", "generation", sqlite_where=Column("counted", Integer()) == 0),
        STRICT,
    )

    generation: int = _key(Integer)
    stream: str = _key()
    seq: int = _key(Integer)
    position: int = _number()
    station: str | None = _text_or_none()
    event_id: str = _text()
    digest: str = _text()
    kind: str = _text()
    v: int = _number()
    body: bytes = _bytes()
    counted: int = _number()
    """0 for what this release cannot read or must not count; looked at again when the ledger is opened."""
    order_number: str | None = _text_or_none()
    slip: str | None = _text_or_none()
    machine: str | None = _text_or_none()
    answers: str | None = _text_or_none()


class MarkRow(StationTable, table=True):
    """Small things to remember: how far the server is, whose server it is, how far the feed was read."""

    __tablename__ = "mark"
    __table_args__ = (STRICT,)

    key: str = _key()
    value: str = _text()


class DraftRow(StationTable, table=True):
    """What an operator has filled in and not yet recorded."""

    __tablename__ = "draft"
    __table_args__ = (STRICT,)

    intent: str = _key()
    slots: str = _text()


class PersonRow(StationTable, table=True):
    """The directory: records beside the chain that can be erased."""

    __tablename__ = "person"
    __table_args__ = (Index("person_badge", "badge"), STRICT)

    person: str = _key()
    name: str = _text()
    badge: str = _text()
    role: str = _text()
    language: str = _text()
    pin_hash: str | None = _text_or_none()
    skills: str = Field(sa_column=Column(Text(), nullable=False, server_default=""))
    """Numbers with blanks between."""


class PinFailureRow(StationTable, table=True):
    """Wrong PINs in a row, counted before each check."""

    __tablename__ = "pin_failure"
    __table_args__ = (STRICT,)

    person: str = _key()
    failures: int = _number()
    boot_id: str = _text()
    monotonic_ms: int = _number()

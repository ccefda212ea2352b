"""Who this server and this ledger are.

Never changes once made; only `central restore` would begin another ledger epoch.
"""

import secrets
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, insert, select

from central.tables import META, STREAM
from floor import chain

ID_BYTES: Final = 16
EPOCH_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Identity:
    """What stations pin."""

    server: str
    ledger_epoch: str
    generation: int
    stream: str
    """Central's own stream."""

    @property
    def feed_epoch(self) -> str:
        """The ledger epoch with its generation."""
        return f"{self.ledger_epoch}.{self.generation}"


def establish(connection: Connection) -> Identity:
    """The identity of this database, made at its first start."""
    found = {row.key: row.value for row in connection.execute(select(META))}
    if not found:
        found = _make(connection)
    return Identity(found["server"], found["ledger_epoch"], int(found["generation"]), found["stream"])


def _make(connection: Connection) -> dict[str, str]:
    stream = secrets.token_hex(ID_BYTES)
    made = {
        "server": secrets.token_hex(ID_BYTES),
        "ledger_epoch": secrets.token_hex(EPOCH_BYTES),
        "generation": "1",
        "stream": stream,
    }
    connection.execute(insert(META), [{"key": key, "value": value} for key, value in made.items()])
    header = chain.StreamHeader(stream)
    connection.execute(
        insert(STREAM),
        {
            "stream": stream,
            "parent": header.parent,
            "parent_seq": header.parent_seq,
            "parent_hash": header.parent_hash,
            "acked_through": 0,
            "head": chain.first_hash(header),
            "clamped_ms": 0,
        },
    )
    return made

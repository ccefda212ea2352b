"""Small things that a station remembers beside its ledger, each under a key.

Never believed against the server: a mark of what was acknowledged only shows what people may be told.
"""

import sqlite3
from typing import Final

SERVER: Final = "server"
"""The server that this station belongs to, pinned at the first answer."""
LEDGER_EPOCH: Final = "ledger_epoch"
FEED_EPOCH: Final = "feed_epoch"
FEED_CURSOR: Final = "feed_cursor"
GENERATION: Final = "generation"
"""The generation of received events that is read."""
LOADING: Final = "loading"
"""The generation that the feed fills; another one than `GENERATION` after a reset."""
DIRECTORY_VERSION: Final = "directory_version"


def acked_through(stream: str) -> str:
    """The highest seq that the server acknowledged, as it last said."""
    return f"acked_through:{stream}"


def receipt(stream: str) -> str:
    """The server's last answer to a push of this stream, as proof."""
    return f"receipt:{stream}"


def prefix(stream: str) -> str:
    """The three letters with which this stream numbers its slips."""
    return f"prefix:{stream}"


def slip_counter(prefix_letters: str) -> str:
    """How many slip numbers with these three letters were used."""
    return f"slip_counter:{prefix_letters}"


def salvaged(stream: str) -> str:
    """The event of this stream that went out alone by `/sync/raw`."""
    return f"salvaged:{stream}"


def handed_over(printer: str) -> str:
    """The paper that a printer was handed last."""
    return f"handed_over:{printer}"


BATCH: Final = "batch"
"""Slips for many orders that are being issued, as the paper desk wrote it."""


def get(connection: sqlite3.Connection, key: str) -> str | None:
    """What was remembered; None when nothing was."""
    row = connection.execute("SELECT value FROM mark WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else None


def get_number(connection: sqlite3.Connection, key: str, otherwise: int = 0) -> int:
    """A remembered number."""
    found = get(connection, key)
    return otherwise if found is None else int(found)


def put(connection: sqlite3.Connection, key: str, value: str | int | None) -> None:
    """Remember within the open transaction; None forgets."""
    if value is None:
        connection.execute("DELETE FROM mark WHERE key = ?", (key,))
    else:
        connection.execute(
            "INSERT INTO mark VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, str(value)),
        )

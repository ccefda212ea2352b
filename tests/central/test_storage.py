"""The database is opened only when it can be trusted, and its tables are what the code says."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from central import directory, migrate
from central.app import create_app
from central.config import Settings, SettingsBroken, read
from central.migrate import revision
from central.migrations import REVISION
from central.server import open_central
from central.storage import SQLITE_PRAGMAS, CannotStart, Database
from central.tables import METADATA
from tests.central.support import TOKEN, Plant


def test_a_second_server_on_one_sqlite_is_refused_in_words(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    first = open_central(settings)
    try:
        with pytest.raises(CannotStart, match="central serve") as refused:
            create_app(settings, TOKEN)
        assert "central.db" in str(refused.value)
    finally:
        first.close()
    open_central(settings).close()


def test_two_servers_may_stand_before_one_postgresql(postgres_url: str, tmp_path: Path) -> None:
    settings = Settings(database=postgres_url, data_dir=tmp_path)
    first, second = open_central(settings), open_central(settings)
    assert first.identity == second.identity
    first.close()
    second.close()


@pytest.mark.parametrize("setting", ["synchronous_commit"])
def test_a_postgresql_that_may_forget_is_refused(postgres_url: str, tmp_path: Path, setting: str) -> None:
    url = f"{postgres_url}&options=-c%20{setting}%3Doff"
    with pytest.raises(CannotStart, match=f"{setting} = off"):
        open_central(Settings(database=url, data_dir=tmp_path))


@pytest.mark.parametrize(
    "url",
    ["nonsense", "mysql://x/y", "sqlite://", "sqlite:///:memory:", "postgresql://127.0.0.1:1/nothing", ""],
)
def test_a_database_that_is_none_is_refused_in_words(url: str, tmp_path: Path) -> None:
    with pytest.raises(CannotStart):
        open_central(Settings(database=url, data_dir=tmp_path))


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "central.db"
    file.write_bytes(b"precious" * 1000)
    with pytest.raises(CannotStart, match="cannot be opened"):
        open_central(Settings(data_dir=tmp_path))
    assert file.read_bytes() == b"precious" * 1000


def test_sqlite_runs_with_every_safeguard(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'central.db'}")
    with database.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in SQLITE_PRAGMAS
            if name != "mmap_size"
        }
    database.close()
    assert found == {name: wanted for name, wanted in SQLITE_PRAGMAS.items() if name != "mmap_size"}


def test_the_migrations_make_the_tables_that_the_code_names(plant: Plant) -> None:
    with plant.central.database.writing() as connection:
        assert revision(connection) == REVISION
        difference = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert [change for change in difference if "alembic_version" not in str(change)] == []


def test_an_older_database_is_copied_then_moved_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(migrate, "REVISION", "0001")
        database = Database(settings.database_url)
        migrate.bring_up_to_date(database)
        with database.writing() as connection:
            person = "INSERT INTO person VALUES ('7', 'Ann', 'BCDFGH', 'operator', 'en', NULL)"
            connection.exec_driver_sql(person)
    database.close()
    opened = open_central(settings)
    with opened.database.reading() as connection:
        assert revision(connection) == REVISION
        assert directory.people(connection)["7"].skills == ()
    is_sqlite, file = opened.database.is_sqlite, opened.database.engine.url.database
    opened.close()
    if is_sqlite:
        copy = sqlite3.connect(f"{file}.before-{REVISION}")
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        copy.close()


def test_every_sqlite_table_is_strict_and_the_ledger_has_its_triggers(tmp_path: Path) -> None:
    open_central(Settings(data_dir=tmp_path)).close()
    connection = sqlite3.connect(tmp_path / "central.db")
    strict = {row[1]: row[5] for row in connection.execute("PRAGMA table_list") if row[0] == "main"}
    triggers = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
    connection.close()
    assert all(strict[table] for table in METADATA.tables)
    assert triggers == {f"{table}_{verb}" for table in ("event", "entry") for verb in ("UPDATE", "DELETE")}


def test_a_database_of_a_newer_release_is_left_alone(settings: Settings) -> None:
    opened = open_central(settings)
    with opened.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    opened.close()
    with pytest.raises(CannotStart, match="newer release"):
        open_central(settings)


def test_a_server_keeps_its_identity(settings: Settings) -> None:
    first = open_central(settings)
    first.close()
    second = open_central(settings)
    second.close()
    assert first.identity == second.identity


def test_settings_come_from_file_environment_and_command_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[central]\nport = 1\nhost = "a"\ndata_dir = "d"\n', encoding="utf-8")
    found = read(file, {"FLOOR_PORT": "2", "FLOOR_HOST": "b"}, {"port": 3, "host": None})
    assert (found.port, found.host, str(found.data_dir)) == (3, "b", "d")
    assert read(None, {}, {}) == Settings()
    assert Settings(database="postgres://h/d").database_url == "postgresql+psycopg://h/d"


@pytest.mark.parametrize(
    "content", ["[central]\nport = 99999\n", "[central]\ncolour = 1\n", "[central", "central = 1\n"]
)
def test_broken_settings_are_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsBroken):
        read(file, {}, {})
    with pytest.raises(SettingsBroken):
        read(tmp_path / "none.toml", {}, {})

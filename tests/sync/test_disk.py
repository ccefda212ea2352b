"""One file, one process, and a log that is still ours."""

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from floor.people import Person
from floor.refusals import Refusal
from floor.station import Recorded
from sync import disk, schema
from sync.directory import Directory
from sync.disk import PRAGMAS, Disk
from sync.errors import AlreadyRunningError, NewerLedgerError, NotSavedError, PragmaError
from sync.opening import OpenMemory
from sync.tables import StationTable
from tests.sync.world import station
from tests.tidy.tree import ROOT

TRIGGERS = {
    "event_never_update",
    "event_never_delete",
    "entry_never_update",
    "entry_never_delete",
}


def test_every_setting_that_the_promise_needs_is_read_back(tmp_path: Path) -> None:
    opened = Disk(tmp_path / "ledger.db")
    read_back = {name: opened.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    opened.close()
    assert read_back == {
        "locking_mode": "exclusive",
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "recursive_triggers": 1,
    }


def test_a_setting_that_sqlite_does_not_take_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(disk.PRAGMAS, "synchronous", ("OFF", 2))
    with pytest.raises(PragmaError, match="synchronous"):
        Disk(tmp_path / "ledger.db")


def test_a_second_process_is_refused_at_once_by_name(tmp_path: Path) -> None:
    opened = Disk(tmp_path / "ledger.db")
    program = (
        "import sys, time, pathlib\n"
        "from sync.disk import Disk\n"
        "from sync.errors import CannotOpenError\n"
        "began = time.monotonic()\n"
        "try:\n"
        "    Disk(pathlib.Path(sys.argv[1]))\n"
        "except CannotOpenError as error:\n"
        "    print(error.refusal.value, time.monotonic() - began)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "ledger.db")],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    opened.close()
    assert said[0] == Refusal.ALREADY_RUNNING.value
    assert float(said[1]) < 1


def test_sqlite_itself_keeps_others_out_where_there_is_no_lock_file(tmp_path: Path) -> None:
    opened = Disk(tmp_path / "ledger.db")
    (tmp_path / "ledger.db.lock").unlink()
    with pytest.raises(AlreadyRunningError):
        Disk(tmp_path / "ledger.db")
    opened.close()


def test_a_ledger_that_was_given_back_can_be_opened_again(tmp_path: Path) -> None:
    for _ in range(2):
        Disk(tmp_path / "ledger.db").close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = x'00'",
        "DELETE FROM event",
        "UPDATE entry SET hash = ''",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO event SELECT event_id, digest, 'x', 1, body, slip, slip, '', '' FROM event",
        "INSERT OR REPLACE INTO entry SELECT stream, seq, event_id, digest, 'x' FROM entry",
        "INSERT INTO entry SELECT stream, 'two', event_id, digest, hash FROM entry",
    ],
)
async def test_the_ledger_only_grows(tmp_path: Path, statement: str) -> None:
    async with station(tmp_path) as here:
        assert isinstance(await here.memory.record(here.report()), Recorded)
        with pytest.raises(NotSavedError):
            await here.inside(lambda memory: _do(memory.ledger.disk, statement))
        assert (await here.memory.last_reports())[0].fact.seq == 1


def _do(opened: Disk, statement: str) -> None:
    with opened.transaction() as connection:
        connection.execute(statement)


async def test_a_log_deleted_under_the_open_ledger_is_noticed_and_its_reports_are_rescued(
    tmp_path: Path,
) -> None:
    async with station(tmp_path) as here:
        await here.memory.record(here.report(good=1))
        (tmp_path / "ledger.db-wal").unlink()
        answer = await here.memory.record(here.report(good=2))
        assert isinstance(answer, Recorded)
        assert "log was deleted" in ((await here.memory.standing()).trouble or "")
        assert isinstance(await here.memory.record(here.report(good=3)), Recorded)
    async with station(tmp_path) as here:
        goods = [int(last.fact.event.content.good) for last in await here.memory.last_reports()]
    assert goods == [3, 2, 1]


async def test_a_foreign_log_put_in_place_is_set_aside_not_replayed(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        await here.memory.record(here.report(good=1))
        old_log = (tmp_path / "ledger.db-wal").read_bytes()
        await here.memory.record(here.report(good=2))
        (tmp_path / "ledger.db-wal").unlink()
        (tmp_path / "ledger.db-wal").write_bytes(old_log)
        assert isinstance(await here.memory.record(here.report(good=3)), Recorded)
        assert (await here.memory.standing()).recorded == 3
    assert (tmp_path / "ledger.db-wal.set-aside").exists()


async def test_a_full_disk_gives_no_tick_and_the_next_try_may(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        await here.memory.record(here.report())
        await here.inside(lambda memory: _leave_no_room(memory.ledger.disk.connection))
        wanted = here.report(good=5, warned=("x" * 12_000,))
        assert await here.memory.record(wanted) is Refusal.NOT_SAVED
        assert (await here.memory.standing()).trouble == "The disk is full."
        again = await here.memory.record(wanted)
        assert isinstance(again, Recorded)
        assert not again.repeated
        assert (await here.memory.standing()).recorded == 2
        assert (await here.memory.standing()).trouble is None


async def test_a_disk_that_stays_dead_gives_no_tick_each_time_and_is_tried_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with station(tmp_path) as here:
        await here.memory.record(here.report())
        await here.inside(lambda memory: _leave_no_room(memory.ledger.disk.connection))
        wanted = here.report(good=5, warned=("x" * 12_000,))
        tried = 0

        def dead(*_: object, **__: object) -> sqlite3.Connection:
            nonlocal tried
            tried += 1
            raise sqlite3.OperationalError("unable to open database file")

        with monkeypatch.context() as broken:
            broken.setattr("sync.disk.sqlite3.connect", dead)
            for failures in (1, 2, 3):
                assert await here.memory.record(wanted) is Refusal.NOT_SAVED
                assert tried == failures
        again = await here.memory.record(wanted)
        assert isinstance(again, Recorded)
        assert not again.repeated
        standing = await here.memory.standing()
        assert (standing.recorded, standing.trouble) == (2, None)


async def test_a_folder_that_does_not_answer_is_a_dead_disk_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with station(tmp_path) as here:
        await here.memory.record(here.report())

        def dead(_: Path) -> None:
            raise OSError(5, "Input/output error")

        with monkeypatch.context() as broken:
            broken.setattr(disk, "_file_identity", dead)
            broken.setattr(disk, "sync_folder", dead)
            assert await here.memory.record(here.report(good=2)) is Refusal.NOT_SAVED
            assert await here.memory.record(here.report(good=3)) is Refusal.NOT_SAVED
        assert isinstance(await here.memory.record(here.report(good=4)), Recorded)
    assert not (tmp_path / "ledger.db-wal.set-aside").exists()


class _FailsAfterCommitting:
    """A connection whose COMMIT reaches the log and is answered with an error."""

    def __init__(self, inner: sqlite3.Connection) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    def execute(self, statement: str, *parameters: Any) -> sqlite3.Cursor:
        done = self._inner.execute(statement, *parameters)
        if statement == "COMMIT":
            raise sqlite3.OperationalError("disk I/O error")
        return done


async def test_a_commit_that_failed_but_is_found_after_opening_again_gets_its_tick(tmp_path: Path) -> None:
    def break_connection(memory: OpenMemory) -> None:
        opened = memory.ledger.disk
        opened.connection = cast(sqlite3.Connection, _FailsAfterCommitting(opened.connection))

    async with station(tmp_path) as here:
        await here.memory.record(here.report())
        await here.inside(break_connection)
        wanted = here.report(good=5)
        answer = await here.memory.record(wanted)
        assert isinstance(answer, Recorded)
        assert (answer.facts[0].event_id, answer.repeated) == (wanted.intent, False)
        following = await here.memory.record(here.report(good=6))
        assert isinstance(following, Recorded)
        standing = await here.memory.standing()
        assert (standing.recorded, standing.trouble) == (3, None)


def _leave_no_room(connection: sqlite3.Connection) -> None:
    """For this connection only: a new one finds room again."""
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")


# Form


def _form(connection: sqlite3.Connection) -> dict[str, tuple[object, ...]]:
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    ours = sorted(set(tables) - {"alembic_version"})
    strict = dict(connection.execute("SELECT name, strict FROM pragma_table_list"))
    return {
        table: (
            strict[table],
            connection.execute(f"PRAGMA table_info({table})").fetchall(),
            sorted(
                (row[0], row[1].split("ON")[1])
                for row in connection.execute(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> '' AND tbl_name = ?",
                    (table,),
                )
            ),
        )
        for table in ours
    }


def test_migrations_lead_to_what_the_tables_say_and_to_strict_tables_with_triggers(tmp_path: Path) -> None:
    from sqlalchemy import create_engine

    declared = sqlite3.connect(tmp_path / "declared.db")
    engine = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    StationTable.metadata.create_all(engine)
    engine.dispose()
    opened = Disk(tmp_path / "ledger.db")
    migrated = _form(opened.connection)
    triggers = {
        row[0] for row in opened.connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }
    opened.close()
    assert migrated == _form(declared)
    declared.close()
    assert all(form[0] == 1 for form in migrated.values())
    assert triggers == TRIGGERS


def test_every_revision_is_known_by_name() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(revisions)) == schema.REVISIONS


def test_a_newer_ledger_is_refused_politely_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    opened = Disk(path)
    opened.connection.execute("UPDATE alembic_version SET version_num = '0999'")
    opened.close()
    before = path.read_bytes()
    with pytest.raises(NewerLedgerError, match="Start the newer release"):
        Disk(path)
    assert path.read_bytes() == before


def _with_one_more(tmp_path: Path, upgrade: str) -> tuple[tuple[str, ...], Path]:
    """Our migrations and a next one; the revisions, and the folder."""
    migrations = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    (migrations / "versions/9999_more.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '9999'\ndown_revision = '{schema.REVISIONS[-1]}'\ndef upgrade():\n{upgrade}"
    )
    return (*schema.REVISIONS, "9999"), migrations


def test_an_older_ledger_is_copied_then_moved_on(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    more = "    op.add_column('mark', sa.Column('more', sa.Text()))\n"
    revisions, migrations = _with_one_more(tmp_path, more)
    opened = Disk(path)
    schema.bring_up_to_date(opened.connection, path, revisions, migrations)
    columns = [row[1] for row in opened.connection.execute("PRAGMA table_info(mark)")]
    revision = schema.stored_revision(opened.connection)
    opened.close()
    assert columns == ["key", "value", "more"]
    assert revision == "9999"
    copy = sqlite3.connect(tmp_path / "ledger.db.before-9999")
    assert schema.stored_revision(copy) == schema.REVISIONS[-1]
    copy.close()


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    bad = "    op.execute('CREATE TABLE half (n)')\n    raise RuntimeError('power')\n"
    revisions, migrations = _with_one_more(tmp_path, bad)
    opened = Disk(path)
    with pytest.raises(RuntimeError, match="power"):
        schema.bring_up_to_date(opened.connection, path, revisions, migrations)
    tables = [row[0] for row in opened.connection.execute("SELECT name FROM sqlite_master")]
    assert schema.stored_revision(opened.connection) == schema.REVISIONS[-1]
    opened.close()
    assert "half" not in tables


def test_a_start_on_present_tables_loads_neither_alembic_nor_sqlmodel_nor_httpx(tmp_path: Path) -> None:
    Disk(tmp_path / "ledger.db").close()
    program = (
        "import sys, pathlib, json, random\n"
        "from sync.memory import StationMemory\n"
        "from sync.disk import Disk\n"
        "Disk(pathlib.Path(sys.argv[1])).close()\n"
        "heavy = {'alembic', 'sqlmodel', 'sqlalchemy', 'httpx', 'argon2'}\n"
        "print(json.dumps(sorted(heavy & set(sys.modules))))\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "ledger.db")],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert json.loads(said) == []


def test_a_file_that_is_no_ledger_is_told_at_the_start_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"this is not a database, and never was" * 100)
    with pytest.raises(NotSavedError):
        Disk(path)
    assert path.read_bytes().startswith(b"this is not a database")


def test_a_directory_kept_without_skills_is_asked_for_anew(tmp_path: Path) -> None:
    path, first = tmp_path / "ledger.db", tmp_path / "first"
    shutil.copytree(
        schema.MIGRATIONS, first, ignore=shutil.ignore_patterns("__pycache__", "0002*", "000[3-9]*")
    )
    old = sqlite3.connect(path, isolation_level=None)
    schema.bring_up_to_date(old, path, ("0001",), first)
    old.execute("INSERT INTO person VALUES ('7', 'Ann', 'BCDFGH', 'operator', 'en', NULL)")
    old.execute("INSERT INTO mark VALUES ('directory_version', 'v1')")
    old.close()
    opened = Disk(path)
    directory = Directory(opened)
    assert [person.skills for person in directory.people.values()] == [()]
    assert directory.version is None
    directory.replace("v1", [Person(person="7", name="Ann", badge="BCDFGH", skills=("welding", "tig"))])
    assert directory.people["7"].skills == ("welding", "tig")
    opened.close()

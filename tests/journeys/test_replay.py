"""A machine shop's log through the real path: every total exact, nothing added when played again."""

import asyncio
import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from benchmarks import machine_log, replay
from kiosk.demo.server import PlantServer

REAL_LOG = Path(__file__).parents[3] / "shared" / "data" / "machine_shop.csv"
REAL_ROWS = 60


def made_up_log(path: Path, rows: int) -> Path:
    """Overlapping runs of busy people, rows of zeros, set-ups with pieces, breakdowns, and rows twice."""
    chance = Random(7)
    lines: list[tuple[object, ...]] = []
    for number in range(rows):
        order = chance.choice([1, 1, 2])
        begun = datetime(2012, 1, 2, 6, tzinfo=UTC) + timedelta(minutes=chance.randrange(0, 600, 15))
        ended = begun + timedelta(minutes=chance.choice([0, 15, 90, 240]))
        kind = chance.choices(["production", "setup", "breakdown"], [6, 2, 1])[0]
        made = (
            [0] * 4
            if kind == "breakdown" or number % 7 == 0
            else [chance.randrange(80), *chance.choices(range(3), k=3)]
        )
        operation, machine = chance.choice(["Turning & Milling", "Lapping", "Q.C."]), chance.randrange(1, 4)
        line = (
            f"MO-{order}",
            "Spur Gear",
            100,
            operation,
            f"Machine {machine}",
            f"ID{chance.randrange(1, 4)}",
            kind,
            f"{begun:%Y-%m-%dT%H:%M:%S}",
            f"{ended:%Y-%m-%dT%H:%M:%S}",
            *made,
        )
        lines += [line] * (2 if number % 9 == 0 else 1)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([machine_log.FIELDS, *lines])
    return path


def played(
    rows: list[machine_log.LogRow], server: PlantServer, stations: int, folder: Path
) -> dict[str, object]:
    """What central counted after the rows were played; every total must be the file's."""
    server.load_files(machine_log.plant_files(rows))
    asyncio.run(replay.replay(rows, server, stations, folder))
    found = replay.counted(server, rows)
    assert list(replay.differences(found, rows)) == []
    return found


def test_every_total_is_exact_and_a_second_replay_adds_nothing(database_url: str, tmp_path: Path) -> None:
    rows = machine_log.read(made_up_log(tmp_path / "log.csv", 36))
    with PlantServer.started(tmp_path / "central", database_url) as server:
        first = played(rows, server, 3, tmp_path / "first")
        assert first["quarantined"] == 0
        assert first["reports"] == sum(row.kind != "breakdown" for row in rows)
        again = played(rows, server, 2, tmp_path / "again")
    assert again == first


@pytest.mark.skipif(not REAL_LOG.exists(), reason="the machine shop's log is not here")
@pytest.mark.parametrize("stations", [1, 8])
def test_a_real_log_is_exact(database_url: str, tmp_path: Path, stations: int, long_run: bool) -> None:
    rows = machine_log.read(REAL_LOG)[: None if long_run else REAL_ROWS]
    with PlantServer.started(tmp_path / "central", database_url) as server:
        played(rows, server, stations, tmp_path / "stations")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "MO-1,Gear,x,Lapping,M1,ID1,setup,2012-01-02T06:00:00,2012-01-02T07:00:00,1,0,0,0",
            "order_quantity",
        ),
        ("MO-1,Gear,5,Lapping,M1,ID1,setup,yesterday,2012-01-02T07:00:00,1,0,0,0", "started_at"),
        ("MO-1,Gear,5,Lapping,M1,ID1,pause,2012-01-02T06:00:00,2012-01-02T07:00:00,1,0,0,0", "kind"),
        ("MO-1,Gear,5,Lapping,M1,,setup,2012-01-02T06:00:00,2012-01-02T07:00:00,1,0,0,0", "operator"),
        ("MO-1,Gear,5,Lapping,M1,ID1,setup,2012-01-02T06:00:00,2012-01-02T07:00:00,-1,0,0,0", "good"),
    ],
)
def test_a_broken_log_is_refused_by_row_and_column(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text(f"{','.join(machine_log.FIELDS)}\n{line}\n", encoding="utf-8")
    with pytest.raises(machine_log.BrokenLogError, match=f"row 2, column {says}"):
        machine_log.read(path)

"""Where server and station stand, and who is who."""

import json
import os
from pathlib import Path

import pytest

from central.config import Settings
from central.directory import keep
from central.streams import UNPUSHED_STREAMS_MAX
from floor import chain
from floor.people import Person
from floor.wire import DirectoryNotice
from tests.central.support import Plant, Station, served

ORDER = "MO-1042"


def filled(station: Station, reports: int) -> str:
    slip = station.issue(ORDER, 100)
    for _ in range(reports):
        station.report(slip, ORDER, 1)
    return slip


def test_a_station_learns_how_far_it_is_safe(demo: Plant, cutting: Station) -> None:
    filled(cutting, 9)
    cutting.pushed(last=6)
    [standing] = cutting.hello()["streams"]
    assert (standing["acked_through"], standing["head"]) == (6, cutting.hash_at(6))
    assert standing["status"] == "open"
    assert standing["common"] == {"seq": 6, "hash": cutting.hash_at(6)}


def test_a_locator_that_misses_the_mark_still_finds_a_common_place(demo: Plant, cutting: Station) -> None:
    filled(cutting, 39)
    cutting.pushed(last=30)
    [standing] = cutting.hello()["streams"]
    assert standing["status"] == "open"
    assert standing["common"]["seq"] in [seq for seq in chain.locator(40) if seq <= 30]
    assert standing["acked_through"] == 30


def test_another_history_is_told_with_where_it_began(demo: Plant, cutting: Station) -> None:
    slip = filled(cutting, 9)
    cutting.pushed()
    cutting.entries = cutting.entries[:6]
    for _ in range(6):
        cutting.report(slip, ORDER, 2)
    [standing] = cutting.hello()["streams"]
    assert standing["status"] == "fork"
    assert standing["common"]["seq"] <= 6
    assert standing["common"]["hash"] == cutting.hash_at(standing["common"]["seq"])


def test_a_server_ahead_of_the_station_is_a_fork(demo: Plant, cutting: Station) -> None:
    filled(cutting, 9)
    cutting.pushed()
    cutting.entries = cutting.entries[:4]
    [standing] = cutting.hello()["streams"]
    assert (standing["status"], standing["common"]["seq"], standing["acked_through"]) == ("fork", 4, 10)


def test_a_server_restored_from_an_older_backup_says_so_and_is_healed(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    with served(settings) as plant:
        plant.load()
        station = plant.station("cutting-1")
        filled(station, 9)
        station.pushed(last=4)
        prefix = station.prefix
    backup = (tmp_path / "data" / "central.db").read_bytes()
    for left in (tmp_path / "data").glob("central.db*"):
        left.unlink()
    (tmp_path / "data" / "central.db").write_bytes(backup)
    with served(settings) as plant:
        token = plant.post("/stations", {"station": "cutting-1", "replace": True}, 201)["token"]
        again = plant.station("sanding-1")
        again.http.headers["Authorization"] = f"Bearer {token}"
        again.number, again.stream, again.entries = "cutting-1", station.stream, station.entries
        [standing] = again.hello()["streams"]
        assert (standing["acked_through"], standing["prefix"]) == (4, prefix)
        assert again.pushed(first=5)["acked_through"] == 10


def test_the_directory_is_whole_and_gives_away_no_pin_of_those_who_lead_nobody(
    demo: Plant, cutting: Station
) -> None:
    [notice] = cutting.hello()["notices"]
    directory = DirectoryNotice.model_validate_json(json.dumps(notice))
    people = {person.person: person for person in directory.people}
    assert len(people) == 10
    assert people["4711"].name == "John Miller"
    assert {number for number, person in people.items() if person.pin_hash} == {"4801", "4900"}
    assert str(people["4801"].pin_hash).startswith("$argon2id$")
    assert cutting.hello()["notices"][0]["version"] == directory.version
    demo.load({"people.csv": "person,name\n4711,John M. Miller\n"})
    assert cutting.hello()["notices"][0]["version"] != directory.version


def test_a_verifier_of_somebody_who_leads_nobody_stays_here(demo: Plant, cutting: Station) -> None:
    led_once = Person(person="4711", name="John", badge="JHNCDB", pin_hash="$argon2id$old")
    with demo.central.database.writing() as connection:
        keep(connection, [led_once])
    people = cutting.hello()["notices"][0]["people"]
    assert [person["pin_hash"] for person in people if person["person"] == "4711"] == [None]


def test_a_token_speaks_for_its_own_station_only(demo: Plant, cutting: Station) -> None:
    assert cutting.say_hello(station="sanding-1").status_code == 403


def test_another_protocol_is_told_so(demo: Plant, cutting: Station) -> None:
    assert cutting.say_hello(protocol=2).status_code == 426
    cutting.record(cutting.reported("BCDFGHJK", None, 1))
    assert cutting.push(protocol=7).status_code == 426


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"streams":' + b"[" * 100_000, b"\xff", b'{"station":"\\ud800"}']
)
@pytest.mark.parametrize("path", ["/sync/hello", "/sync/push"])
def test_e24_a_broken_envelope_is_named_and_harms_nothing(
    demo: Plant, cutting: Station, path: str, body: bytes
) -> None:
    answer = cutting.http.post(path, content=body)
    assert answer.status_code == 422
    assert answer.json()["error"] == "envelope"
    cutting.hello()


def test_absurd_figures_of_a_station_are_bounded(demo: Plant, cutting: Station) -> None:
    clock = {"wall_ms": 10**30, "boot_id": "boot", "monotonic_ms": 1}
    cutting.hello(clock=clock, pending=10**30, disk_free_bytes=10**30, oldest_pending_s=-(10**30))
    [row] = [row for row in demo.get("/stations") if row["station"] == "cutting-1"]
    assert row["waiting"] > 10**18


def test_too_many_streams_at_once_are_refused(demo: Plant, cutting: Station) -> None:
    claims = []
    for _ in range(65):
        cutting.stream = os.urandom(16).hex()
        claims.append(cutting.claim())
    assert cutting.say_hello(streams=claims).status_code == 422


def test_salvage_is_kept_blind_and_paced(demo: Plant, cutting: Station) -> None:
    first = cutting.http.post("/sync/raw", content=b"\x00\xffanything")
    assert first.status_code == 200
    assert len(first.json()["digest"]) == 64
    answers = [cutting.http.post("/sync/raw", content=b"again").status_code for _ in range(12)]
    assert answers == [200] * 11 + [429]


def test_one_station_cannot_use_up_everybodys_prefixes(demo: Plant, cutting: Station) -> None:
    report = cutting.reported("BCDFGHJK", None, 1)
    cutting.record(report)
    claims = [cutting.claim()]
    invented = {"last_seq": 0, "head": cutting.hash_at(1), "locator": []}
    claims += [invented | {"stream": os.urandom(16).hex()} for _ in range(UNPUSHED_STREAMS_MAX + 8)]
    first = cutting.say_hello(streams=claims).json()
    assert len(first["streams"]) == UNPUSHED_STREAMS_MAX
    refused = cutting.say_hello(streams=claims[-1:])
    assert (refused.status_code, refused.json()["error"]) == (429, "streams")
    assert cutting.say_hello(streams=claims).json()["streams"] == first["streams"], "the known go on"
    demo.station("sanding-1")
    cutting.pushed()
    assert cutting.say_hello(streams=claims[-1:]).status_code == 200, "what was pushed makes room"

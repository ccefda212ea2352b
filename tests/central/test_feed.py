"""PROTOCOL section 6: in the order of commit, no row skipped, no cursor of another history."""

import threading
from pathlib import Path

import pytest

from central import feed
from central.config import Settings
from tests.central.support import Plant, Station, served

ORDER = "MO-1042"


def test_pages_are_the_whole_feed(demo: Plant, cutting: Station) -> None:
    whole = cutting.whole_feed()
    assert [item["position"] for item in whole] == list(range(1, len(whole) + 1))
    for limit in (1, 7, 1000, 10**9):
        assert cutting.whole_feed(limit) == whole


def test_the_feed_holds_everyones_events_the_askers_own_too(demo: Plant, cutting: Station) -> None:
    cutting.issue(ORDER, 30)
    cutting.pushed()
    for station in (cutting, demo.station("sanding-1")):
        items = station.whole_feed()
        assert {item["station"] for item in items} == {None, "cutting-1"}
        own = next(item for item in items if item["kind"] == "slip_issued")
        event, _ = cutting.entries[0]
        assert (own["event_id"], own["seq"], own["stream"]) == (event.event_id, 1, cutting.stream)
        assert own["body"].encode() == event.body
        assert own["digest"] == event.digest


def test_a_cursor_goes_on_where_it_was(demo: Plant, cutting: Station) -> None:
    end = cutting.feed().json()
    assert not end["has_more"]
    cutting.issue(ORDER, 30)
    cutting.pushed()
    more = cutting.feed(end["epoch"], end["cursor"]).json()
    assert [item["kind"] for item in more["items"]] == ["slip_issued"]
    nothing = cutting.feed(more["epoch"], more["cursor"]).json()
    assert (nothing["items"], nothing["cursor"], nothing["has_more"]) == ([], more["cursor"], False)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda position, running: f"{position}.00000000",
        lambda position, running: f"{position - 1}.{running}",
        lambda position, running: f"{position + 1}.{running}",
        lambda position, running: f"{10**15}.{running}",
        lambda position, running: f"{10**30}.{running}",
        lambda position, running: f"-1.{running}",
        lambda position, running: f"{position}",
        lambda position, running: f"٣.{running}",
        lambda position, running: "nonsense",
    ],
)
def test_a_cursor_of_another_history_is_reset(demo: Plant, cutting: Station, spoil: object) -> None:
    end = cutting.feed().json()
    position, _, running = end["cursor"].partition(".")
    assert callable(spoil)
    answer = cutting.feed(end["epoch"], spoil(int(position), running))
    assert answer.status_code == 410
    assert answer.json() == {"reset": True, "snapshot_url": None}


def test_another_epoch_is_reset(demo: Plant, cutting: Station) -> None:
    end = cutting.feed().json()
    assert cutting.feed("another.1", end["cursor"]).status_code == 410
    assert cutting.feed(None, end["cursor"]).status_code == 410
    assert cutting.feed(end["epoch"]).status_code == 200


def test_a_server_that_lost_its_end_resets_its_readers(tmp_path: Path) -> None:
    """A backup is put back, and others' facts take the positions that a reader has seen."""
    settings = Settings(data_dir=tmp_path / "data")
    with served(settings) as plant:
        plant.load()
        station = plant.station("cutting-1")
    backup = (tmp_path / "data" / "central.db").read_bytes()
    with served(settings) as plant:
        http, station.http = station.http, plant.station("sanding-1").http
        station.number = "sanding-1"
        station.stream = "ab" * 16
        station.hello()
        station.issue(ORDER, 30)
        station.pushed()
        seen = station.feed().json()
    http.close()
    for left in (tmp_path / "data").glob("central.db*"):
        left.unlink()
    (tmp_path / "data" / "central.db").write_bytes(backup)
    with served(settings) as plant:
        reader = plant.station("sanding-1")
        for _ in range(3):
            reader.issue(ORDER, 5)
        reader.pushed()
        assert reader.feed(seen["epoch"], seen["cursor"]).status_code == 410


def test_a_page_stays_below_its_size(demo: Plant, cutting: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = cutting.whole_feed()
    monkeypatch.setattr(feed, "PAGE_BYTES_MAX", 2000)
    page = cutting.feed().json()
    assert 1 <= len(page["items"]) < len(whole)
    assert page["has_more"]
    assert sum(len(item["body"]) for item in page["items"]) <= 2000
    assert cutting.whole_feed() == whole


def test_a_reader_skips_nothing_while_many_write(demo: Plant) -> None:
    stations = [demo.station(number) for number in ("cutting-1", "sanding-1", "assembly-1", "packing-1")]
    reader = demo.station("inspection-1")
    for station in stations:
        slip = station.issue(ORDER, 100)
        for _ in range(79):
            station.report(slip, ORDER, 1)

    def write(station: Station) -> None:
        for first in range(1, 81, 5):
            station.pushed(first, first + 4)

    writers = [threading.Thread(target=write, args=(station,)) for station in stations]
    for writer in writers:
        writer.start()
    read: list[int] = []
    epoch = cursor = None
    while True:
        writing = any(writer.is_alive() for writer in writers)
        page = reader.feed(epoch, cursor, 13).json()
        read += [item["position"] for item in page["items"]]
        epoch, cursor = page["epoch"], page["cursor"]
        if not writing and not page["has_more"]:
            break
    assert read == list(range(1, len(read) + 1))
    assert [item["position"] for item in reader.whole_feed()] == read
    assert sum(item["kind"] == "reported" for item in reader.whole_feed()) == 4 * 79


def test_two_servers_before_one_postgresql_make_one_feed(postgres_url: str, tmp_path: Path) -> None:
    with (
        served(Settings(database=postgres_url, data_dir=tmp_path / "one")) as one,
        served(Settings(database=postgres_url, data_dir=tmp_path / "two")) as two,
    ):
        assert two.get("/board")["plant"] == ""
        one.load()
        assert two.get("/board")["plant"] == "Oakfield Furniture"
        stations = [one.station("cutting-1"), two.station("sanding-1")]
        for station in stations:
            slip = station.issue(ORDER, 100)
            for _ in range(49):
                station.report(slip, ORDER, 1)

        def write(station: Station) -> None:
            for first in range(1, 51, 5):
                station.pushed(first, first + 4)

        writers = [threading.Thread(target=write, args=(station,)) for station in stations]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        feeds = [station.whole_feed() for station in stations]
        assert feeds[0] == feeds[1]
        assert [item["position"] for item in feeds[0]] == list(range(1, len(feeds[0]) + 1))
        for plant in (one, two):
            assert plant.get(f"/orders/{ORDER}")["board"]["steps"][0]["good"] == "98"

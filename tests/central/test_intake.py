"""PROTOCOL section 4, asked over HTTP on both engines."""

import os
import threading
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from central import projection
from central.projection import Placed
from central.tables import ENTRY, EVENT, FACT
from floor import chain
from floor.codec import BODY_BYTES_MAX, encode
from floor.events import Event, OrderCancelled, Reported
from tests.central.support import Plant, Station

ORDER = "MO-1042"


def good_at(plant: Plant, step: int = 10, order: str = ORDER) -> str:
    steps = plant.get(f"/orders/{order}")["board"]["steps"]
    return str(next(line["good"] for line in steps if line["step"] == step))


def count(plant: Plant, table: Any) -> int:
    with plant.central.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_a_report_is_counted(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    cutting.report(slip, ORDER, 28, scrap=2)
    answer = cutting.pushed()
    assert (answer["acked_through"], answer["head"], answer["results"]) == (2, cutting.hash_at(2), [])
    assert answer["server"] == demo.central.identity.server
    assert good_at(demo) == "28"


def test_the_same_batch_again_changes_nothing(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    cutting.report(slip, ORDER, 28)
    cutting.pushed()
    before = cutting.whole_feed()
    again = cutting.pushed()
    assert again["acked_through"] == 2
    assert [result["disposition"] for result in again["results"]] == ["duplicate", "duplicate"]
    assert cutting.whole_feed() == before
    assert good_at(demo) == "28"


def test_a_batch_may_overlap_what_is_known(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    cutting.report(slip, ORDER, 10)
    cutting.pushed()
    cutting.report(slip, ORDER, 5)
    answer = cutting.pushed(first=2)
    assert answer["acked_through"] == 3
    assert answer["results"] == [{"seq": 2, "disposition": "duplicate", "reason": ""}]
    assert good_at(demo) == "15"


def test_a_batch_may_leave_no_gap(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    for _ in range(4):
        cutting.report(slip, ORDER, 1)
    cutting.pushed(last=2)
    answer = cutting.push(first=4)
    assert answer.status_code == 409
    assert answer.json() == {"error": "gap", "acked_through": 2, "head": cutting.hash_at(2)}
    assert cutting.pushed(first=3)["acked_through"] == 5


def test_an_unknown_stream_begins_at_one(demo: Plant, cutting: Station) -> None:
    cutting.stream = os.urandom(16).hex()
    slip = cutting.issue(ORDER, 30)
    cutting.report(slip, ORDER, 1)
    answer = cutting.push(first=2)
    assert answer.status_code == 409
    assert answer.json() == {"error": "gap", "acked_through": 0, "head": cutting.hash_at(0)}


def test_another_history_is_a_fork(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    cutting.report(slip, ORDER, 7)
    cutting.pushed()
    kept = cutting.entries[:1]
    cutting.entries = kept
    cutting.report(slip, ORDER, 9)
    cutting.report(slip, ORDER, 9)
    for first in (1, 2, 3):
        answer = cutting.push(first=first)
        assert answer.status_code == 409
        assert answer.json()["error"] == "fork"
        assert answer.json()["acked_through"] == 2
    assert good_at(demo) == "7"


def test_a_first_entry_upon_another_beginning_is_a_fork(demo: Plant, cutting: Station) -> None:
    other = chain.first_hash(chain.StreamHeader(cutting.stream, "ab" * 16, 5, "cd" * 32))
    event = encode("0" * 31 + "1", cutting.reported("BCDFGHJK", ORDER, 1))
    place = chain.seal(cutting.stream, 0, other, [(event.event_id, event.digest)])[0]
    cutting.entries = [(event, place)]
    answer = cutting.push(prev_hash=other)
    assert answer.status_code == 409
    assert answer.json()["error"] == "fork"


@pytest.mark.parametrize("field", ["hash", "body", "kind", "event_id"])
def test_a_batch_that_is_no_chain_is_not_stored(demo: Plant, cutting: Station, field: str) -> None:
    slip = cutting.issue(ORDER, 30)
    cutting.report(slip, ORDER, 7)
    cutting.report(slip, ORDER, 7)
    batch = cutting.batch(1, 3)
    batch["events"][1][field] = {"hash": "0" * 64, "body": "{}", "kind": "x", "event_id": "f" * 32}[field]
    before = count(demo, ENTRY)
    answer = cutting.push(events=batch["events"])
    assert answer.status_code == 400
    assert answer.json()["error"] == "chain"
    assert "entry 2" in answer.json()["sentence"]
    assert count(demo, ENTRY) == before
    assert cutting.hello()["streams"][0]["acked_through"] == 0


def test_the_same_id_with_another_content_is_stored_never_counted_and_alarms(
    demo: Plant, cutting: Station
) -> None:
    slip = cutting.issue(ORDER, 30)
    event_id = cutting.report(slip, ORDER, 7)
    cutting.record_envelopes([encode(event_id, cutting.reported(slip, ORDER, 9))])
    cutting.report(slip, ORDER, 1)
    answer = cutting.pushed()
    assert answer["acked_through"] == 4
    assert [(r["seq"], r["disposition"]) for r in answer["results"]] == [(3, "flagged")]
    assert good_at(demo) == "8"
    alarms = demo.get("/flags")["alarms"]
    assert [(alarm["flag"], alarm["event_id"], alarm["seq"]) for alarm in alarms] == [
        ("altered", event_id, 3)
    ]
    stored = [item["digest"] for item in cutting.whole_feed() if item["event_id"] == event_id]
    assert len(set(stored)) == 2


def test_an_event_that_moved_to_another_stream_has_two_places_and_counts_once(
    demo: Plant, cutting: Station
) -> None:
    slip = cutting.issue(ORDER, 30)
    cutting.report(slip, ORDER, 7)
    cutting.pushed()
    events = [event for event, _ in cutting.entries]
    cutting.stream, cutting.entries = os.urandom(16).hex(), []
    cutting.hello()
    cutting.record_envelopes(events)
    cutting.report(slip, ORDER, 2)
    answer = cutting.pushed()
    assert [(r["seq"], r["disposition"]) for r in answer["results"]] == [(1, "duplicate"), (2, "duplicate")]
    assert good_at(demo) == "9"
    places = [item for item in cutting.whole_feed() if item["event_id"] == events[1].event_id]
    assert len(places) == 2


def test_the_same_event_twice_in_one_batch_counts_once(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    cutting.report(slip, ORDER, 7)
    cutting.record_envelopes([cutting.entries[1][0]])
    cutting.pushed()
    assert good_at(demo) == "7"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("teleported", "{}"),
        ("reported", "{}"),
        ("reported", "not JSON"),
        ("reported", ""),
        ("reported", "\x00"),
        ("reported", "[" * 10_000),
        ("reported", '{"at":' + "9" * 5_000 + "}"),
        ("slip_issued", '{"padding":"' + "x" * 20_000 + '"}'),
    ],
)
def test_an_event_that_cannot_be_read_is_set_aside_alone(
    demo: Plant, cutting: Station, kind: str, body: str
) -> None:
    slip = cutting.issue(ORDER, 30)
    cutting.report(slip, ORDER, 3)
    event_id = cutting.record_raw(kind, body)
    cutting.report(slip, ORDER, 4)
    answer = cutting.pushed()
    assert answer["acked_through"] == 4
    assert [(r["seq"], r["disposition"]) for r in answer["results"]] == [(3, "quarantined")]
    assert good_at(demo) == "7"
    feed = cutting.whole_feed()
    assert next(item["body"] for item in feed if item["event_id"] == event_id) == body
    announced = [item for item in feed if item["kind"] == "event_quarantined"]
    assert [item["station"] for item in announced] == [None]
    assert event_id in announced[0]["body"]
    assert [alarm["flag"] for alarm in demo.get("/flags")["alarms"]] == ["quarantined"]


def test_an_event_beyond_its_size_is_set_aside_though_it_could_be_read(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    body = encode("0" * 32, cutting.reported(slip, ORDER, 3)).body.decode()
    cutting.record_raw("reported", body.replace('"warned":[]', f'"warned":["{"x" * BODY_BYTES_MAX}"]'))
    assert cutting.pushed()["results"][0]["disposition"] == "quarantined"
    assert good_at(demo) == "0"


def test_e24_what_came_in_may_be_anything_and_blocks_nothing(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    body = encode("0" * 32, cutting.reported(slip, ORDER, 3)).body.decode()
    cutting.record_raw("reported", body.replace('{"at"', '{"\\u0000\\u001b[31m":1,"at"', 1))
    cutting.record_raw("reported", body.replace('"step":10', '"step":' + "9" * 40))
    cutting.record_raw("reported", body.replace('"clamped_ms":', '"clamped_ms":' + "9" * 400))
    cutting.record_raw("reported", body.replace('"unit":"pcs"', '"unit":"\\u0000"'))
    cutting.report(slip, ORDER, 4)
    assert [r["disposition"] for r in cutting.pushed()["results"]] == ["quarantined"]
    assert good_at(demo) == "10"
    assert demo.http.get("/").status_code == 200
    assert len(demo.get(f"/trace/{slip}")["lines"]) == 5
    assert demo.get("/flags")["alarms"][0]["reason"].isprintable()


def test_a_kind_is_text_without_control_characters(demo: Plant, cutting: Station) -> None:
    cutting.record_raw("tele\x00ported", "{}")
    answer = cutting.push()
    assert answer.status_code == 422
    assert answer.json()["error"] == "envelope"


def test_e22_a_version_of_tomorrow_is_set_aside(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    body = encode("0" * 32, cutting.reported(slip, ORDER, 3)).body.decode()
    cutting.record_raw("reported", body, version=2)
    assert cutting.pushed()["results"][0]["disposition"] == "quarantined"
    assert good_at(demo) == "0"


def test_what_only_the_server_may_say_does_not_count_from_a_station(demo: Plant, cutting: Station) -> None:
    cancelled = OrderCancelled(at=cutting.moment(), by="4711", order=ORDER, reason="I say so", counted=())
    cutting.record(cancelled)
    assert cutting.pushed()["results"][0]["disposition"] == "quarantined"
    assert demo.get(f"/orders/{ORDER}")["board"]["state"] == "confirmed"


def test_an_event_on_which_the_projection_fails_is_set_aside_alone(
    demo: Plant, cutting: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip = cutting.issue(ORDER, 30)
    ids = [cutting.report(slip, ORDER, good) for good in (1, 2, 4)]
    real = projection.count

    def failing(connection: Any, events: Sequence[tuple[Placed, Event]]) -> None:
        real(connection, events)
        if any(placed.event_id == ids[1] for placed, _ in events):
            connection.execute(text("INSERT INTO fact (event_id) VALUES (NULL)"))

    monkeypatch.setattr(projection, "count", failing)
    answer = cutting.pushed()
    assert [(r["seq"], r["disposition"]) for r in answer["results"]] == [(3, "quarantined")]
    assert good_at(demo) == "5"


def test_trouble_of_the_database_is_not_blamed_on_events(
    demo: Plant, cutting: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip = cutting.issue(ORDER, 30)
    cutting.report(slip, ORDER, 3)

    def failing(connection: Any, events: Sequence[tuple[Placed, Event]]) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    with monkeypatch.context() as patch:
        patch.setattr(projection, "count", failing)
        answer = cutting.push()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "disk full" not in answer.text
    assert cutting.hello()["streams"][0]["acked_through"] == 0
    assert cutting.pushed()["results"] == []
    assert good_at(demo) == "3"


def test_a_stream_stays_with_its_station(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    cutting.pushed()
    other = demo.station("sanding-1")
    other.stream, other.entries = cutting.stream, list(cutting.entries)
    other.report(slip, ORDER, 5)
    assert other.push(first=2).status_code == 403
    assert other.say_hello().json()["streams"][0]["status"] == "fork"
    assert good_at(demo) == "0"


def test_the_first_push_binds_a_stream_and_announces_its_prefix(demo: Plant, cutting: Station) -> None:
    cutting.stream = os.urandom(16).hex()
    cutting.record(cutting.reported("BCDFGHJK", None, 1))
    cutting.pushed()
    bound = [item["body"] for item in cutting.whole_feed() if item["kind"] == "stream_bound"]
    assert cutting.stream in bound[-1]
    assert '"station":"cutting-1"' in bound[-1]
    assert cutting.hello()["streams"][0]["acked_through"] == 1


def test_no_two_streams_have_the_same_prefix(demo: Plant, cutting: Station) -> None:
    prefixes = [cutting.prefix]
    for ending in range(5):
        cutting.stream = "12345678" + f"{ending:024x}"
        cutting.hello()
        prefixes.append(cutting.prefix)
    assert len(set(prefixes)) == 6


def test_a_race_of_one_station_with_itself_counts_once(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 500)
    for _ in range(60):
        cutting.report(slip, ORDER, 1)
    answers: list[int] = []
    racers = [
        threading.Thread(target=lambda last=last: answers.append(cutting.push(last=last).status_code))
        for last in (20, 40, 61, 61, 61, 30)
    ]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert answers == [200] * len(racers)
    assert cutting.hello()["streams"][0]["acked_through"] == 61
    assert good_at(demo) == "60"


@pytest.mark.parametrize("table", ["event", "entry"])
@pytest.mark.parametrize("change", ["UPDATE {} SET digest = digest", "DELETE FROM {}"])
def test_the_ledger_takes_no_change(demo: Plant, table: str, change: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), demo.central.database.writing() as connection:
        connection.execute(text(change.format(table)))
    assert count(demo, EVENT) == count(demo, FACT) > 0


def test_every_stored_chain_can_be_verified(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    cutting.report(slip, ORDER, 3)
    cutting.record_raw("teleported", "{}")
    cutting.pushed()
    by_stream: dict[str, list[chain.Sealed]] = {}
    for item in cutting.whole_feed():
        digest = chain.digest(item["kind"], item["v"], item["body"].encode())
        assert digest == item["digest"]
        by_stream.setdefault(item["stream"], []).append(
            chain.Sealed(item["seq"], item["event_id"], digest, "")
        )
    heads = {stream["stream"]: stream["head"] for stream in cutting.hello()["streams"]}
    for stream, places in by_stream.items():
        head = chain.first_hash(chain.StreamHeader(stream))
        for place in places:
            head = chain.entry_hash(stream, place.seq, head, place.event_id, place.digest)
        assert heads.get(stream, head) == head
    assert len(by_stream) == 2


def test_reports_of_a_slip_whose_order_the_station_did_not_know_count_for_it(
    demo: Plant, cutting: Station
) -> None:
    sanding = demo.station("sanding-1")
    slip = cutting.new_slip()
    sanding.report(slip, None, 4, step=20)
    sanding.pushed()
    unknown = demo.get("/board")["orders"][-1]["board"]
    assert (unknown["order"], unknown["slip"]) == (None, slip)
    assert [flag["flag"] for flag in unknown["flags"]] == ["unknown_slip"]
    cutting.issue(ORDER, 30, slip)
    cutting.pushed()
    assert good_at(demo, step=20) == "4"
    assert [shown["board"]["slip"] for shown in demo.get("/board")["orders"]] == [None] * 3


def test_the_answer_names_what_it_answers(demo: Plant, cutting: Station) -> None:
    cutting.record(cutting.reported("BCDFGHJK", None, 1))
    answer = cutting.push()
    assert answer.json()["request_id"] == answer.headers["X-Request-Id"]
    assert Reported.kind in {item["kind"] for item in cutting.whole_feed()}

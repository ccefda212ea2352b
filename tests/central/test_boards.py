"""What the boards show, and that they can be made again equal."""

import random
from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text

from central import boards, projection
from central.api.access import API
from central.tables import READ_TABLES
from floor.codec import CannotReadError, encode
from floor.events import DayClosed, Event, LedgerRange, ReportContent, ReportCorrected
from floor.tags import slip_code, slip_name
from tests.central.support import Plant, Station

ORDER = "MO-1042"


def board(plant: Plant, order: str = ORDER) -> dict[str, Any]:
    return next(shown for shown in plant.get("/board")["orders"] if shown["board"]["order"] == order)


def step(plant: Plant, number: int, order: str = ORDER) -> dict[str, Any]:
    return next(line for line in board(plant, order)["board"]["steps"] if line["step"] == number)


def test_the_figures_of_every_step_add_up(demo: Plant, cutting: Station) -> None:
    slips = [cutting.issue(ORDER, 30), cutting.issue(ORDER, 70)]
    cutting.report(slips[0], ORDER, 28, final=True)
    cutting.report(slips[1], ORDER, 40, scrap=5)
    cutting.report(slips[0], ORDER, 20, step=20)
    cutting.pushed()
    first, second = step(demo, 10), step(demo, 20)
    figures = ("wanted", "received", "good", "scrap", "missing", "still_here")
    assert [first[name] for name in figures] == ["100", "100", "68", "5", "2", "25"]
    assert [second[name] for name in figures] == ["100", "68", "20", "0", "0", "48"]
    assert (first["good_percent"], first["scrap_percent"], first["here_percent"]) == (68, 7, 25)
    shown = board(demo)["board"]
    assert (shown["output"], shown["slips"], shown["shortfall"]) == ("0", 2, "7")
    assert shown["last_report_station"] == "cutting-1"


def test_a_step_counts_in_its_own_unit(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue("MO-1043", 20)
    cutting.report(slip, "MO-1043", 61)
    cutting.report(slip, "MO-1043", 20, step=20)
    cutting.pushed()
    assert step(demo, 10, "MO-1043")["wanted"] == "80"
    assert step(demo, 30, "MO-1043")["received"] == "15.25"


def test_an_order_is_late_from_the_day_after_it_was_due(demo: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    midnight_ms = 1_809_036_000_000  # 2027-04-30 00:00 in Berlin
    day_ms = 86_400_000
    for now_ms, late in ((midnight_ms + day_ms - 1, False), (midnight_ms + day_ms, True)):
        monkeypatch.setattr(type(demo.central.clock), "wall_ms", lambda _clock, at=now_ms: at)
        assert board(demo)["late"] is late
    demo.post(f"/orders/{ORDER}/complete", {})
    assert board(demo)["late"] is False


def test_each_stations_age_and_what_waits(demo: Plant, cutting: Station) -> None:
    cutting.issue(ORDER, 30)
    cutting.pushed()
    cutting.hello(pending=7, oldest_pending_s=90)
    stations = {row["station"]: row for row in demo.get("/board")["stations"]}
    row = stations["cutting-1"]
    assert (row["safe"], row["waiting"], row["oldest_waiting_s"]) == (1, 7, 90)
    assert row["heard_s"] < 30
    assert row["pushed_s"] < 30
    assert row["streams"][0]["head"] == cutting.hash_at(1)
    assert stations["packing-1"]["heard_s"] is None
    assert stations["packing-1"]["has_token"] is False


def test_the_last_day_that_a_station_closed_is_shown_with_its_own_figures(
    demo: Plant, cutting: Station
) -> None:
    for day, reports, (first, last) in (("2027-04-29", 41, (1, 312)), ("2027-04-30", 9, (313, 340))):
        covers = LedgerRange(
            stream=cutting.stream, first_seq=first, last_seq=last, head="ab" * 32, safe_through=first
        )
        counts = {"reports": reports, "corrected": 0, "flagged": 1, "totals": ()}
        at = cutting.moment()
        cutting.record(DayClosed(at=at, by="9001", day=date.fromisoformat(day), ranges=(covers,), **counts))
    cutting.pushed()
    stations = {row["station"]: row for row in demo.get("/board")["stations"]}
    closed = stations["cutting-1"]["day_closed"]
    assert closed == {"day": "2027-04-30", "reports": 9, "entries": [[313, 340]]}
    assert stations["packing-1"]["day_closed"] is None
    page = httpx.get(demo.address + "/", trust_env=False).text
    assert "9 reports, entries 313–340" in page


def test_the_summary_counts_everything(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    cutting.start(slip, ORDER, warned=("wrong_machine",))
    cutting.report(slip, ORDER, 31, reason=None, warned=("wrong_machine", "more_than_here"))
    cutting.record_raw("teleported", "{}")
    before = demo.get("/summary")
    cutting.pushed()
    after = demo.get("/summary")
    assert after["entries"] - before["entries"] == 5
    assert after["events"] - before["events"] == 4
    assert after["reports"] == 1
    assert after["quarantined"] == 1
    assert after["warnings"] == {"more_than_here": 1, "wrong_machine": 2}
    assert after["flags"] == {"made_over": 1}


def test_a_flag_is_settled_and_stands_again_with_a_new_fact(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    cutting.report(slip, ORDER, 28, final=True)
    cutting.pushed()
    [flag] = demo.get("/flags")["standing"]
    assert (flag["flag"], flag["amount"], flag["slip"]) == ("missing", "2", slip)
    settling = {"flag": "missing", "order": ORDER, "slip": slip, "step": 10, "reason": "In the saw"}
    assert demo.post("/flags/settle", settling | {"slip": None}, 409)["refusal"] == "flag_not_standing"
    code = slip_code(slip, "B")
    misread = code[:-1] + ("B" if code[-1] != "B" else "C")
    assert demo.post("/flags/settle", settling | {"slip": misread}, 409)["refusal"] == "code_check_wrong"
    demo.post("/flags/settle", settling | {"by": "4801", "slip": slip_name(slip)})
    assert demo.get("/flags")["standing"] == []
    cutting.report(slip, ORDER, 1)
    cutting.pushed(first=3)
    assert [found["amount"] for found in demo.get("/flags")["standing"]] == ["1"]


def test_one_slip_number_of_two_orders_counts_each_report_in_one_and_is_flagged_in_both(
    demo: Plant, cutting: Station
) -> None:
    other, sanding = "MO-1043", demo.station("sanding-1")
    slip = cutting.issue(ORDER, 80)
    cutting.report(slip, ORDER, 70)
    cutting.pushed()
    assert step(demo, 10)["good"] == "70"
    sanding.issue(other, 20, slip)
    sanding.report(slip, other, 5)
    sanding.report(slip, None, 2)
    sanding.pushed()
    good = {ORDER: 70, other: 5}
    good[ORDER if cutting.stream > sanding.stream else other] += 2  # as the last issue says
    assert {order: step(demo, 10, order)["good"] for order in good} == {o: str(n) for o, n in good.items()}
    assert [board(demo, order)["board"]["issued"] for order in (ORDER, other)] == ["80", "20"]
    for order in (ORDER, other):
        differ = [flag for flag in board(demo, order)["board"]["flags"] if flag["slip"] == slip]
        assert [(flag["flag"], len(flag["facts"])) for flag in differ] == [("slip_contents_differ", 2)]
        assert demo.get(f"/orders/{order}")["board"]["flags"] == board(demo, order)["board"]["flags"]
    assert len([line for line in demo.get(f"/trace/{slip}")["lines"] if line["kind"] == "reported"]) == 3
    traced = [demo.get(f"/trace/{order}")["lines"] for order in (ORDER, other)]
    assert len([line for lines in traced for line in lines if line["kind"] == "reported"]) == 3
    before = read_tables(demo)
    demo.post("/board/rebuild", {})
    assert read_tables(demo) == before


def test_work_that_names_no_order_joins_the_one_that_others_name_with_its_slip(
    demo: Plant, cutting: Station
) -> None:
    """The issue itself is not here yet."""
    sanding = demo.station("sanding-1")
    slip = cutting.new_slip()
    sanding.report(slip, None, 2)
    sanding.pushed()
    assert [shown["board"]["slip"] for shown in demo.get("/board")["orders"]][-1] == slip
    cutting.report(slip, ORDER, 3)
    cutting.pushed()
    assert step(demo, 10)["good"] == "5"
    assert not any(shown["board"]["slip"] for shown in demo.get("/board")["orders"])


def test_what_was_quarantined_stays_out_when_a_release_can_read_it(
    demo: Plant, cutting: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stations leave it out for what central's stream says; so does central."""

    real = projection.decode

    def yesterdays(kind: str, version: int, body: bytes) -> Event:
        if kind == "reported":
            raise CannotReadError("not known to this release")
        return real(kind, version, body)

    cutting.report(cutting.issue(ORDER, 10), ORDER, 3)
    cutting.pushed(last=1)
    with monkeypatch.context() as patch:
        patch.setattr(projection, "decode", yesterdays)
        assert cutting.pushed(first=2)["results"][0]["disposition"] == "quarantined"
    before = read_tables(demo)
    demo.post("/board/rebuild", {})
    assert read_tables(demo) == before
    assert step(demo, 10)["good"] == "0"


def test_an_alarm_is_not_settled_without_a_reason(demo: Plant, cutting: Station) -> None:
    event_id = cutting.record_raw("teleported", "{}")
    cutting.pushed()
    settling = {"flag": "quarantined", "by": "4900", "event": event_id}
    for reason in ("", "  ", "\t"):
        assert demo.http.post(f"{API}/flags/settle", json=settling | {"reason": reason}).status_code >= 400
    assert len(demo.get("/flags")["alarms"]) == 1


def test_an_alarm_is_settled_by_its_event(demo: Plant, cutting: Station) -> None:
    event_id = cutting.record_raw("teleported", "{}")
    cutting.pushed()
    settling = {"flag": "quarantined", "reason": "A test", "by": "4900"}
    assert demo.post("/flags/settle", settling, 409)["refusal"] == "flag_not_standing"
    assert demo.post("/flags/settle", settling | {"event": "0" * 32}, 409)
    demo.post("/flags/settle", settling | {"event": event_id})
    assert demo.get("/flags") == {"standing": [], "alarms": []}
    assert demo.get("/summary")["quarantined"] == 1, "it goes on not to count"


def test_a_board_that_cannot_be_folded_says_so_and_stops_no_other(
    demo: Plant, cutting: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    for order in (ORDER, "MO-1043"):
        cutting.report(cutting.issue(order, 10), order, 3)
    cutting.pushed()
    real = boards.board_of

    def failing(progress: Any, order: str | None, slip: str | None = None, items: Any = None) -> Any:
        if order == ORDER and progress.facts:
            raise ZeroDivisionError("no pieces")
        return real(progress, order, slip, items or {})

    monkeypatch.setattr(boards, "board_of", failing)
    assert "no pieces" in board(demo)["board"]["broken"]
    assert step(demo, 10, "MO-1043")["good"] == "3"


def test_a_report_that_names_its_order_has_a_home_though_its_slip_is_unknown(
    demo: Plant, cutting: Station
) -> None:
    cutting.report("BCDFGHJK", ORDER, 3)
    cutting.pushed()
    assert step(demo, 10)["good"] == "3"
    assert all(shown["board"]["order"] for shown in demo.get("/board")["orders"])
    assert [flag["flag"] for flag in board(demo)["board"]["flags"]] == ["unknown_slip"]


def test_a_slip_of_two_orders_is_told_at_both(
    demo: Plant, cutting: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folded one board at a turn: the first must not forget the second."""
    monkeypatch.setattr(boards, "FOLDS_A_TURN_MAX", 1)
    slip = cutting.issue(ORDER, 30)
    cutting.issue("MO-1043", 5, slip)
    cutting.pushed()
    demo.get("/board")
    cutting.report(slip, None, 3)
    cutting.report(cutting.issue(ORDER, 10), ORDER, 1)
    cutting.pushed(first=3)
    assert (step(demo, 10)["good"], step(demo, 10, "MO-1043")["good"]) == ("1", "3")
    for order in (ORDER, "MO-1043"):
        flags = [flag["flag"] for flag in board(demo, order)["board"]["flags"]]
        assert "slip_contents_differ" in flags


def work(plant: Plant, rng: random.Random) -> None:
    """Three stations do what stations do, pushed in pieces and in any order."""
    stations = [plant.station(number) for number in ("cutting-1", "sanding-1", "assembly-1")]
    slips: list[tuple[str, str]] = []
    reports: list[tuple[str, str, str]] = []
    for _ in range(60):
        station = rng.choice(stations)
        kind = rng.random()
        if kind < 0.2 or not slips:
            order = rng.choice([ORDER, "MO-1043"])
            slips.append((station.issue(order, rng.randint(1, 40)), order))
        elif kind < 0.3:
            station.report(rng.choice(["BCDFGHJK", "BCDFGHJL"]), None, rng.randint(0, 9))
        elif kind < 0.4 and reports:
            report, slip, order = rng.choice(reports)
            content = ReportContent(step=10, machine=None, operators=("4711",), unit="pcs", good=Decimal(1))
            station.record(
                ReportCorrected(at=station.moment(), report=report, slip=slip, order=order, content=content)
            )
        elif kind < 0.45:
            station.record_raw("teleported", "{}")
        elif kind < 0.5 and station.entries:
            again = rng.choice(station.entries)[0]
            station.record_envelopes([encode(again.event_id, station.reported("BCDFGHJK", None, 2))])
        else:
            slip, order = rng.choice(slips)
            known = rng.choice([order, None])
            number = rng.choice([10, 20, 30, 90])
            event_id = station.report(slip, known, rng.randint(0, 9), scrap=rng.randint(0, 2), step=number)
            reports.append((event_id, slip, order))
    pushes = [(station, first) for station in stations for first in range(1, len(station.entries) + 1, 7)]
    rng.shuffle(pushes)
    for station, _ in pushes:
        mark = station.hello()["streams"][0]["acked_through"]
        if mark < len(station.entries):
            station.pushed(mark + 1, mark + 7)
        if rng.random() < 0.3:
            plant.get("/board")


def read_tables(plant: Plant) -> dict[str, list[Any]]:
    plant.get("/board")
    with plant.central.database.reading() as connection:
        return {
            table.name: sorted(tuple(row) for row in connection.execute(select(table)))
            for table in READ_TABLES
        }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rebuilt_boards_are_equal(demo: Plant, seed: int) -> None:
    work(demo, random.Random(seed))
    before = read_tables(demo)
    assert before["alarm"]
    assert before["stale"] == []
    assert len(before["board"]) > 3
    demo.post("/board/rebuild", {})
    assert read_tables(demo) == before


def test_a_spoiled_board_is_mended_by_rebuilding(demo: Plant, cutting: Station) -> None:
    cutting.report(cutting.issue(ORDER, 10), ORDER, 3)
    cutting.pushed()
    before = read_tables(demo)
    with demo.central.database.writing() as connection:
        connection.execute(text("DELETE FROM board"))
        connection.execute(text("DELETE FROM fact WHERE kind = 'reported'"))
    demo.post("/board/rebuild", {})
    assert read_tables(demo) == before
    assert step(demo, 10)["good"] == "3"


def test_the_order_of_arrival_changes_no_figure(plant: Plant) -> None:
    """Two stations' streams, pushed one way and the other: the same boards."""
    plant.load()
    one, two = plant.station("cutting-1"), plant.station("sanding-1")
    slip = one.issue(ORDER, 30)
    one.report(slip, ORDER, 28)
    two.report(slip, None, 20, step=20)
    two.pushed()
    early = plant.get("/board")["orders"]
    one.pushed()
    assert early != plant.get("/board")["orders"]
    assert [line["good"] for line in board(plant)["board"]["steps"][:2]] == ["28", "20"]
    assert board(plant)["board"]["flags"] == []
    assert len(plant.get("/board")["orders"]) == 3

"""Slips that were read from their paper where nobody knew them: what the server counts, shows and tells."""

from decimal import Decimal
from typing import Any, Final

from central.cli.showing import trace_lines
from floor.codec import Fact, decode, encode
from floor.events import Event, PassportChecked, PassportRead, SlipIssued, StationKeyMade
from floor.passport import Passport, key_id
from floor.passport_of import passport_of
from floor.progress import fold_order
from floor.source import Source
from floor.tags import slip_name
from tests.central.support import Plant, Station

ORDER: Final = "MO-1042"
KEY: Final = "5d" * 32


def passport(cutting: Station, slip: str, **changed: Any) -> Passport:
    """What stands on the paper of a slip that was issued at the cutting line and not sent yet."""
    facts = [
        Fact(item["stream"], item["seq"], item["event_id"], decode(item["kind"], item["v"], item["body"]))
        for item in cutting.whole_feed()
    ]
    facts += [
        Fact(cutting.stream, place.seq, event.event_id, decode(event.kind, event.version, event.body))
        for event, place in cutting.entries
    ]
    said = passport_of(fold_order(facts, ORDER), slip, "B", key_id(KEY), cutting.moment())
    assert said is not None
    return said.model_copy(update=changed)


def read(station: Station, said: Passport, *, proven: bool = False) -> str:
    event = PassportRead(
        at=station.moment(),
        by="4711",
        passport=said,
        signature="0f" * 64,
        proven=proven,
        source=Source.SCAN,
    )
    return station.record(event)[0]


def board(plant: Plant, order: str = ORDER) -> dict[str, Any]:
    boards = (shown["board"] for shown in plant.get("/board")["orders"])
    return next(board for board in boards if board["order"] == order)


def flags(plant: Plant) -> list[str]:
    return [flag["flag"] for flag in board(plant)["flags"]]


def good(plant: Plant, step: int) -> str:
    return next(line["good"] for line in board(plant)["steps"] if line["step"] == step)


def test_what_was_reported_from_paper_counts_before_and_after_the_issue_arrives(
    demo: Plant, cutting: Station
) -> None:
    sanding = demo.station("sanding-1")
    slip = cutting.issue(ORDER, 30)
    read(sanding, passport(cutting, slip))
    sanding.report(slip, None, 30, step=10)
    sanding.pushed()
    assert (good(demo, 10), flags(demo)) == ("30", ["passport_unproven"])
    cutting.pushed()
    assert (good(demo, 10), flags(demo)) == ("30", [])
    assert board(demo)["issued"] == "30"


def test_the_history_tells_where_the_paper_was_read(demo: Plant, cutting: Station) -> None:
    sanding = demo.station("sanding-1")
    slip = cutting.issue(ORDER, 30)
    whole = passport(cutting, slip)
    less = whole.model_copy(update={"steps": whole.steps[:1], "steps_dropped": len(whole.steps) - 1})
    taken = read(sanding, less)
    checked = PassportChecked(at=sanding.moment(), read=taken, slip=slip, order=ORDER, genuine=False)
    sanding.record(checked)
    sanding.pushed()
    trace = demo.get(f"/trace/{slip}")
    lines = [line for line in trace["lines"] if line["kind"].startswith("passport_")]
    assert {line["station"] for line in lines} == {"sanding-1"}
    said, found = (line["what"] for line in lines)
    assert said.startswith(f"read from the paper of {slip_name(slip)}: order {ORDER}, 30 of CH-OAK")
    assert said.endswith(f", 1 of {len(whole.steps)} steps; not proven there")
    assert found == "what was read from the paper is FORGED"
    assert [flag["flag"] for flag in trace["flags"]] == ["passport_forged"]
    assert any("sanding-1" in line and "read from the paper" in line for line in trace_lines(trace))


def test_paper_that_contradicts_the_plan_stands_as_a_flag(demo: Plant, cutting: Station) -> None:
    sanding = demo.station("sanding-1")
    slip = cutting.issue(ORDER, 30)
    read(sanding, passport(cutting, slip, quantity=Decimal(300)), proven=True)
    sanding.pushed()
    cutting.pushed()
    assert flags(demo) == ["passport_differs"]
    assert board(demo)["issued"] == "30"


def test_an_order_that_only_paper_knows_is_shown_and_can_still_be_planned(
    demo: Plant, cutting: Station
) -> None:
    slip = cutting.issue(ORDER, 30)
    strange = passport(cutting, slip, order="MO-9999")
    sanding = demo.station("sanding-1")
    read(sanding, strange, proven=True)
    sanding.report(slip, None, 4)
    sanding.pushed()
    shown = board(demo, "MO-9999")
    assert (shown["state"], shown["item"]) == (None, "CH-OAK")
    assert (shown["quantity"], shown["issued"]) == ("100", "30")
    order = {"order": "MO-9999", "item": "CH-OAK", "quantity": "100"}
    demo.post("/orders", order, 201)
    assert board(demo, "MO-9999")["state"] == "draft"


def test_the_keys_of_a_station_are_kept_by_stream(demo: Plant, cutting: Station) -> None:
    cutting.record(StationKeyMade(at=cutting.moment(), public_key=KEY))
    cutting.pushed()
    station = next(found for found in demo.get("/stations") if found["station"] == "cutting-1")
    assert [stream["keys"] for stream in station["streams"]] == [[KEY]]


def test_the_feed_brings_keys_and_readings_to_every_station(demo: Plant, cutting: Station) -> None:
    sanding = demo.station("sanding-1")
    slip = cutting.issue(ORDER, 30)
    events: list[Event] = [StationKeyMade(at=cutting.moment(), public_key=KEY)]
    cutting.record(*events)
    read(cutting, passport(cutting, slip))
    cutting.pushed()
    kinds = [item["kind"] for item in sanding.whole_feed()]
    assert kinds[-3:] == [SlipIssued.kind, StationKeyMade.kind, PassportRead.kind]
    assert encode("0" * 32, events[0]).subjects == (None, None, None, None)

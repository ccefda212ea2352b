"""What stations say of pieces besides reports, as supervisors see it: the trace, the board, the flags."""

from decimal import Decimal

from floor.events import ArrivalCounted, AskAnswered, CheckMade, Review, ReviewDecided, ReviewFate
from floor.tags import hold_code
from tests.central.support import Plant, Station

ORDER = "MO-1042"


def review(station: Station, slip: str) -> str:
    """70 good and 10 set aside at the cutting step."""
    said = station.reported(slip, ORDER, 70)
    content = said.content.model_copy(update={"review": (Review(quantity=Decimal(10), reason=None),)})
    return station.record(said.model_copy(update={"content": content}))[0]


def test_decisions_counts_checks_and_answers_are_told(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 80)
    report = review(cutting, slip)
    named = {"by": "4801", "slip": slip, "order": ORDER}
    for fate, more in (
        (ReviewFate.GOOD, {}),
        (ReviewFate.SCRAP, {"reason": "S01", "caused_at": 10}),
        (ReviewFate.REWORK, {"reason": "R01", "to_step": 10}),
    ):
        said = named | {"step": 10, "quantity": Decimal(2), "unit": "pcs", "fate": fate} | more
        cutting.record(ReviewDecided(at=cutting.moment(), **said))
    at_40 = named | {"step": 40, "operators": ("4715",)}
    cutting.record(ArrivalCounted(at=cutting.moment(), quantity=Decimal(70), unit="pcs", **at_40))
    check = at_40 | {"check": "1", "machine": "GAUGE-1", "value": Decimal("-1.5"), "passed": False}
    cutting.record(CheckMade(at=cutting.moment(), **check))
    answered = {"report": report, "flag": "over_tolerance", "approved_by": "4801"}
    cutting.record(AskAnswered(at=cutting.moment(), **(named | answered)))
    cutting.pushed()
    trace = demo.get(f"/trace/{hold_code(slip, 10)}")
    assert [line["what"] for line in trace["lines"]][2:] == [
        "2 in review at step 10 Cut legs, seat and back decided: good",
        "2 in review at step 10 Cut legs, seat and back decided: scrap (S01 Crack in the wood)",
        "2 in review at step 10 Cut legs, seat and back decided: rework at step 10 (R01 Surface not smooth)",
        "70 counted on arrival at step 40 Inspect",
        "check 1 Seat height: -1.5 mm FAILED at step 40 Inspect on GAUGE-1 Inspection table",
        f"over_tolerance of report {report[-8:]} answered: approved by 4801 Grace Holt",
    ]
    step = trace["steps"][0]
    shown = {name: step[name] for name in ("good", "scrap", "rework", "review", "received")}
    assert shown == {"good": "72", "scrap": "2", "rework": "2", "review": "4", "received": "82"}
    assert [flag["flag"] for flag in demo.get("/flags")["standing"]] == ["check_failed", "arrival_differs"]


def test_e16_two_stations_that_had_not_heard_of_each_other_reported_the_same(
    demo: Plant, cutting: Station
) -> None:
    slip = cutting.issue(ORDER, 80)
    cutting.report(slip, ORDER, 80)
    cutting.pushed()
    other = demo.station("sanding-1")
    cursor = other.feed().json()["cursor"]
    other.report(slip, ORDER, 80, cursor=cursor)
    other.pushed()
    assert [flag["flag"] for flag in demo.get("/flags")["standing"]] == ["made_over"], "it had read of it"
    other.report(slip, ORDER, 80)
    other.pushed(2)
    flags = {flag["flag"]: flag for flag in demo.get("/flags")["standing"]}
    assert set(flags) == {"made_over", "reported_twice"}
    assert flags["reported_twice"]["amount"] == "160"
    assert len(flags["reported_twice"]["facts"]) == 2

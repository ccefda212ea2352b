"""The whole history, told: who, when, where, on what, how many, why."""

import re
from decimal import Decimal

import pytest

from central.cli.showing import trace_lines
from floor import tags
from floor.events import (
    PaperPrinted,
    ReportCorrected,
    RunClosed,
    RunPaused,
    RunResumed,
    SlipsMerged,
    SlipSplit,
    SlipVoided,
)
from floor.source import Source
from tests.central.support import Plant, Station

ORDER = "MO-1042"


def history(plant: Plant, cutting: Station) -> tuple[str, str]:
    """A slip that was issued, printed, worked on and corrected."""
    slip = cutting.issue(ORDER, 30)
    paper = PaperPrinted(
        at=cutting.moment(),
        by=None,
        paper=cutting.entries[0][0].event_id,
        slip=slip,
        order=ORDER,
        printer="office",
        readers=("zxing", "zbar"),
    )
    cutting.record(paper)
    run = cutting.start(slip, ORDER, warned=("wrong_machine",))
    report = cutting.report(
        slip, ORDER, 28, scrap=2, final=True, run=run, ends_run=True, operators=("4711", "4712")
    )
    content = cutting.reported(slip, ORDER, 27, scrap=2).content
    corrected = ReportCorrected(
        at=cutting.moment(),
        by="4801",
        report=report,
        slip=slip,
        order=ORDER,
        content=content,
        reason="recount",
    )
    cutting.record(corrected)
    cutting.pushed()
    return slip, report


def test_a_slips_history_is_told_in_order(demo: Plant, cutting: Station) -> None:
    slip, report = history(demo, cutting)
    trace = demo.get(f"/trace/{slip}")
    assert trace["title"] == f"Slip {tags.slip_name(slip)} of order {ORDER}, Chair, oak"
    reported = "reported step 10 Cut legs, seat and back on SAW-1 Panel saw 1: 28 good, "
    corrected = f"report {report[-8:]} corrected by 4801 Grace Holt to step 10 Cut legs, seat and back "
    assert [line["what"] for line in trace["lines"]] == [
        f"slip {tags.slip_name(slip)} issued for 30",
        f"paper of slip {tags.slip_name(slip)} printed at office, read back by zxing and zbar",
        "production began at step 10 Cut legs, seat and back on SAW-1 Panel saw 1 [warned: wrong_machine]",
        reported + "2 scrap (S01 Crack in the wood), step done, run ended",
        corrected + "on SAW-1 Panel saw 1: 27 good, 2 scrap (S01 Crack in the wood) because: recount",
    ]
    assert [line["who"] for line in trace["lines"]] == [
        ["4801 Grace Holt"],
        [],
        ["4711 John Miller"],
        ["4711 John Miller", "4712 Bob Carter"],
        ["4711 John Miller"],
    ]
    assert {line["station"] for line in trace["lines"]} == {"cutting-1"}
    assert trace["lines"][0]["at"] == "2026-11-23 09:01:00", "08:01 UTC, on the wall of a plant in Berlin"
    assert (trace["steps"][0]["good"], trace["steps"][0]["wanted"]) == ("27", "30")


def test_an_orders_history_begins_with_its_draft(demo: Plant, cutting: Station) -> None:
    slip, _ = history(demo, cutting)
    settling = {"flag": "over_issued", "order": ORDER, "reason": "x"}
    demo.post("/flags/settle", settling, 409)
    demo.post(f"/orders/{ORDER}/hold", {"reason": "No oak", "by": "4802"})
    trace = demo.get(f"/trace/{ORDER}")
    told = {line["what"]: line for line in trace["lines"]}
    assert "drafted: 100 of CH-OAK, due 2027-04-30, for Sales department" in told
    (confirmed,) = [what for what in told if what.startswith("confirmed")]
    assert confirmed.startswith("confirmed: 100 pcs of Chair, oak, route version 1, BOM of CH-")
    assert told["held: No oak"]["who"] == ["4802 Tom Becker"]
    assert f"slip {tags.slip_name(slip)} issued for 30" in told


@pytest.mark.parametrize("shape", ["number", "grouped", "name", "slip code", "step code", "small"])
def test_a_slip_is_found_by_what_is_printed_on_it(demo: Plant, cutting: Station, shape: str) -> None:
    slip, _ = history(demo, cutting)
    printed = {
        "number": slip,
        "grouped": f"{slip[:4]}%20{slip[4:]}",
        "name": tags.slip_name(slip).replace(" ", "%20"),
        "slip code": tags.slip_code(slip, "B"),
        "step code": tags.step_code(slip, 20),
        "small": slip.lower(),
    }[shape]
    assert demo.get(f"/trace/{printed}")["title"].startswith(f"Slip {tags.slip_name(slip)} ")


def test_a_code_that_was_misread_is_refused_by_name(demo: Plant, cutting: Station) -> None:
    slip, _ = history(demo, cutting)
    code = tags.slip_code(slip, "B")
    misread = code[:-1] + ("B" if code[-1] != "B" else "C")
    assert demo.get(f"/trace/{misread}", 409)["refusal"] == "code_check_wrong"


@pytest.mark.parametrize("number", ["NOPE", "BCDFGHJK", "TBCDFGHJK", "%00", "%F0%9F%92%A9", "x" * 500])
def test_what_nobody_knows_has_no_history(demo: Plant, number: str) -> None:
    assert demo.get(f"/trace/{number}", 404)["hint"]


def test_who_left_the_directory_is_told_by_number(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    cutting.report(slip, ORDER, 3, operators=("9999",), machine="GONE", scrap=1, reason="OLD")
    cutting.pushed()
    line = demo.get(f"/trace/{slip}")["lines"][1]
    assert line["who"] == ["9999"]
    assert "on GONE: 3 good, 1 scrap (OLD)" in line["what"]


def test_an_impossible_clock_breaks_no_history(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    cutting.now_ms = 10**18
    cutting.report(slip, ORDER, 3)
    cutting.pushed()
    assert demo.get(f"/trace/{slip}")["lines"][1]["at"].endswith(" ms")
    assert demo.http.get("/").status_code == 200
    assert Decimal(demo.get(f"/orders/{ORDER}")["board"]["steps"][0]["good"]) == 3


def test_a_part_s_history_tells_what_its_parent_went_through_and_where_pieces_went(
    demo: Plant, cutting: Station
) -> None:
    parent = cutting.issue(ORDER, 30)
    cutting.report(parent, ORDER, 30)
    child = "XXXXXXXB"
    said = {"at": cutting.moment(), "by": "4801", "order": ORDER, "unit": "pcs"}
    cutting.record(SlipSplit(slip=child, parent=parent, step=20, quantity=Decimal(12), **said))
    cutting.record(SlipsMerged(slip=child, into=parent, step=20, quantity=Decimal(2), **said))
    cutting.record(SlipVoided(at=cutting.moment(), slip=child, order=ORDER, reason="soaked"))
    cutting.pushed()
    told = [line["what"] for line in demo.get(f"/trace/{child}")["lines"]]
    assert told[0] == f"slip {tags.slip_name(parent)} issued for 30"
    assert told[1].startswith("reported step 10")
    assert told[2].startswith(f"12 pcs split off slip {tags.slip_name(parent)} at step 20")
    assert told[2].endswith(f"on slip {tags.slip_name(child)}")
    together = f"2 pcs of slip {tags.slip_name(child)} go on with slip {tags.slip_name(parent)} from step 20"
    assert told[3].startswith(together)
    assert told[4:] == [f"slip {tags.slip_name(child)} voided: soaked"]
    of_parent = [line["what"] for line in demo.get(f"/trace/{parent}")["lines"]]
    assert of_parent[2:] == told[2:4]
    steps = {step["step"]: step for step in demo.get(f"/trace/{child}")["steps"]}
    assert (steps[20]["received"], steps[20]["still_here"]) == ("10", "10")


def test_a_report_from_paper_says_who_keyed_it(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    reported = cutting.reported(slip, ORDER, 28)
    cutting.record(reported.model_copy(update={"source": Source.PAPER, "by": "4801"}))
    cutting.pushed()
    line = demo.get(f"/trace/{slip}")["lines"][-1]
    assert line["what"].endswith("28 good, from paper by 4801 Grace Holt")


def test_a_run_is_told_with_who_where_and_how_long_without_its_pauses(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(ORDER, 30)
    run = cutting.start(slip, ORDER)
    about = {"run": run, "slip": slip, "order": ORDER, "machine": "SAW-1", "operators": ("4711",)}
    cutting.now_ms += 30 * 60_000
    (pause,) = cutting.record(RunPaused(at=cutting.moment(), by="4711", **about))
    cutting.now_ms += 15 * 60_000
    cutting.record(RunResumed(at=cutting.moment(), by="4711", pause=pause, **about))
    cutting.now_ms += 10 * 60_000
    cutting.report(slip, ORDER, 30, final=True, run=run, ends_run=True)
    left = cutting.start(slip, ORDER)
    cutting.record(RunClosed(at=cutting.moment(), by="4711", ended_ms=None, **(about | {"run": left})))
    cutting.start(slip, ORDER)
    cutting.pushed()
    found = demo.get(f"/trace/{slip}")["runs"]
    assert [(line["minutes"], line["state"]) for line in found] == [
        (42, "ended"),
        (None, "end unknown"),
        (None, "open"),
    ]
    first = found[0]
    assert (first["who"], first["machine"], first["kind"]) == (
        ["4711 John Miller"],
        "SAW-1 Panel saw 1",
        "production",
    )
    (worked,) = demo.get(f"/trace/{ORDER}")["labour"]
    assert (worked["who"], worked["minutes"]) == ("4711 John Miller", 42)
    shown = "\n".join(trace_lines(demo.get(f"/trace/{ORDER}")))
    assert "4711 John Miller  SAW-1 Panel saw 1  production  42       ended" in shown
    assert re.search(r"4711 John Miller  2\d{3}-\d\d-\d\d  \w+ +42$", shown, re.MULTILINE)
    assert f"run {left[-8:]} given up: nobody knows when it ended" in shown

"""A day of an operator through the real program: once with scans alone, once with keys alone."""

from floor.tags import CommandWord, TagKind, step_code
from kiosk.demo import plant
from kiosk.demo.server import PlantServer
from tests.journeys.somebody import FREE, NOBODY, Somebody, flags, step, told


def test_a_day_with_scans_alone(server: PlantServer, cutting: Somebody, slips: list[str]) -> None:
    first, second = slips
    cutting.badge(plant.CUTTER)
    cutting.machine("SAW-1")
    cut_with_scans(cutting, first)
    inspect_with_scans(cutting, first)
    pack_with_scans(cutting, second)
    correct_with_scans(cutting)
    cutting.card(CommandWord.SIGN_OFF, NOBODY)
    cutting.all_sent()
    assert step(server, 10, "good", "scrap", "missing", "still_here", "reports") == ("77", "3", "0", "20", 1)
    assert step(server, 50, "good", "review", "surplus", "reports") == ("18", "2", "20", 1)
    assert flags(server) == {("material_owed", 10), ("arrival_differs", 50), ("surplus", 50)}
    lines = told(server)
    for line in (
        "production began at step 10 Cut legs, seat and back on SAW-1 Panel saw 1",
        "check 1 Seat height: 455 mm passed at step 40 Inspect on SAW-1 Panel saw 1",
        "check 2 No gap in any joint: passed at step 40 Inspect on SAW-1 Panel saw 1",
        "20 counted on arrival at step 50 Pack",
    ):
        assert lines.count(line) == 1, lines
    assert [line.split(" ", 2)[2] for line in lines if line.startswith("run ")] == ["paused", "went on"]


def cut_with_scans(cutting: Somebody, slip: str) -> None:
    """START, PAUSE and on again, two lots, 76 good and 4 scrap, END."""
    cutting.scan(step_code(slip, 10), "HERE 80")
    cutting.card(CommandWord.START, "STARTED   MO-1042  step 10")
    cutting.card(CommandWord.PAUSE, "PAUSED   MO-1042  step 10")
    cutting.card(CommandWord.PAUSE, "GOES ON   MO-1042  step 10")
    cutting.scan(step_code(slip, 10), "run since")
    for lot in plant.BOARD_LOTS:
        cutting.lot(lot)
    cutting.digits(76)
    cutting.card(CommandWord.GOOD, "STILL HERE           4")
    cutting.digits(4)
    cutting.reason(plant.CRACK)
    cutting.card(CommandWord.END, "run since")
    cutting.card(CommandWord.END, ", ENDS]")
    cutting.card(CommandWord.OK, "RECORDED   76 good   4 scrap")


def inspect_with_scans(cutting: Somebody, slip: str) -> None:
    """A measurement and a passed check, with nothing to report yet."""
    cutting.scan(step_code(slip, 40), "nothing passed on yet")
    cutting.card(CommandWord.CHECK, "Checks of step 40")
    cutting.card(CommandWord.OK, "what was measured?")
    cutting.digits(455)
    cutting.card(CommandWord.OK, "Seat height 455 mm: passed.")
    cutting.card(CommandWord.OK, "Yes, it passes")
    cutting.card(CommandWord.OK, "No gap in any joint: passed.")
    cutting.card(CommandWord.CANCEL, FREE)


def pack_with_scans(cutting: Somebody, slip: str) -> None:
    """Count on arrival, and two set aside."""
    cutting.scan(step_code(slip, 50), "nothing passed on yet")
    cutting.card(CommandWord.COUNT, "How many arrived?")
    cutting.digits(20)
    cutting.card(CommandWord.OK, "20 counted, 0 were passed on.")
    cutting.digits(2)
    cutting.card(CommandWord.REVIEW, "2 set aside for review")
    cutting.reason("V01")
    cutting.card(CommandWord.OK, "RECORDED   18 good   2 review")


def correct_with_scans(cutting: Somebody) -> None:
    """One of the four that were scrap was good after all."""
    cutting.card(CommandWord.OK, FREE)
    cutting.card(CommandWord.CORRECT, "Correct which report?")
    cutting.card(CommandWord.NEXT, "2 of 2")
    cutting.card(CommandWord.OK, "CORRECTS a report")
    cutting.card(CommandWord.BACK, "MISSING              4")
    cutting.digits(3)
    cutting.reason(plant.CRACK)
    cutting.digits(77)
    cutting.card(CommandWord.OK, "CORRECTED   77 good   3 scrap")
    cutting.card(CommandWord.OK, FREE)


def test_a_day_with_keys_alone(server: PlantServer, cutting: Somebody, slips: list[str]) -> None:
    first, _second = slips
    badge = plant.named(TagKind.PERSON)[plant.CUTTER].code
    cutting.type(badge, FREE)
    cutting.type(plant.named(TagKind.MACHINE)["SAW-1"].code, "at Panel saw 1")
    cut_with_keys(cutting)
    sand_with_keys(cutting, first)
    cutting.press("f12", shows=NOBODY)
    cutting.all_sent()
    assert step(server, 10, "good", "scrap", "missing", "still_here", "reports") == ("76", "4", "0", "20", 1)
    assert step(server, 20, "good", "scrap", "review", "missing") == ("69", "4", "3", "0")
    assert flags(server) == {("material_owed", 10), ("reason_owed", 20)}
    assert [line.split(" ", 2)[2] for line in told(server) if line.startswith("run ")] == [
        "paused",
        "went on",
    ]


def cut_with_keys(cutting: Somebody) -> None:
    """From the list of what waits; a run, a pause from INSERT, 76 good and 4 scrap picked from the list."""
    cutting.press("f2", shows="What next at Panel saw 1")
    cutting.press("f7", shows="STARTED   MO-1042  step 10")
    cutting.press("insert", shows="What else?")
    cutting.press("6", "enter", shows="PAUSED")
    cutting.press("f8", shows="End which run?")
    cutting.press("enter", shows="HERE 80")
    cutting.press("f7", shows="GOES ON")
    cutting.press("4", "f2", shows="Why are 4 scrap?")
    cutting.press("enter", shows="4 Crack in the wood")
    cutting.press("enter", shows="RECORDED   76 good   4 scrap")


def sand_with_keys(cutting: Somebody, slip: str) -> None:
    """A typed step, 3 set aside, 4 scrap without a reason, and the report is corrected by what was good."""
    cutting.type(step_code(slip, 20), "HERE 76")
    cutting.press("3", "f6", shows="3 set aside for review")
    cutting.press("f2", shows="Why?")
    cutting.press("down", "enter", shows="(Scratch)")
    cutting.press("4", "f4", shows="SCRAP                4")
    cutting.press("6", "8", "f3", shows="MISSING              1")
    cutting.press("enter", shows="RECORDED   68 good   4 scrap")
    cutting.press("insert", shows="What else?")
    cutting.press("8", "enter", shows="Correct which report?")
    cutting.press("enter", shows="CORRECTS a report")
    cutting.press("6", "9", "enter", shows="CORRECTED   69 good   4 scrap")
    cutting.press("enter", shows=FREE)

"""Checks, instructions and tolerances from files, each broken place by its row and column."""

from decimal import Decimal

import pytest

from tests.central.support import Plant
from tests.central.test_loading import entries, known, route_of

STEPS = "item,step,name,work_centre,over_percent,over_policy,count_on_arrival\nCHAIR,10,Cut,WC1,{over}\n"
FILES = {
    "items.csv": "item,name\nCHAIR,Chair\n",
    "work_centres.csv": "work_centre,name\nWC1,Cutting\n",
    "routes.csv": STEPS.format(over="5,ask_reason,yes"),
}


def test_a_step_has_its_tolerance_its_checks_and_its_instructions(plant: Plant) -> None:
    checks = (
        "item,step,check,name,kind,low,high,unit,every\n"
        'CHAIR,10,1,Depth,measured,-0.5,"0,5",mm,25\nCHAIR,10,2,Looks,,,,,\n'
    )
    told = "item,step,text,document,page\nCHAIR,10,Clamp it.,CH-1.pdf,4\nCHAIR,10,Cut it.,,\n"
    files = FILES | {"checks.csv": checks, "instructions.csv": told}
    plant.load(files)
    (step,) = route_of(plant, "CHAIR").steps
    assert (step.over_percent, step.over_policy.value, step.count_on_arrival) == (5, "ask_reason", True)
    assert [(check.name, check.kind.value, check.low, check.high, check.every) for check in step.checks] == [
        ("Depth", "measured", Decimal("-0.5"), Decimal("0.5"), 25),
        ("Looks", "passed", None, None, None),
    ]
    shown = known(plant).instructions["CHAIR", 1, 10]
    assert (shown.lines, shown.document, shown.page) == (("Clamp it.", "Cut it."), "CH-1.pdf", 4)
    assert plant.load(files)["added"] == {}
    changed = plant.load(files | {"routes.csv": STEPS.format(over="6,,")})["added"]
    assert changed == {"route_defined": 1, "instructions_defined": 1}
    assert known(plant).instructions["CHAIR", 2, 10].lines == shown.lines


def test_the_plant_says_how_decimals_are_written(plant: Plant) -> None:
    plant.load({"plant.toml": 'name = "Oak"\ndecimal_mark = ","\n'})
    assert known(plant).decimal_mark == ","


@pytest.mark.parametrize(
    ("file", "text", "row", "column"),
    [
        ("plant.toml", 'name = "Oak"\ndecimal_mark = ";"\n', None, "decimal_mark"),
        ("routes.csv", STEPS.format(over="five,,"), 2, "over_percent"),
        ("routes.csv", STEPS.format(over=",shout,"), 2, "over_policy"),
        ("routes.csv", STEPS.format(over=",,perhaps"), 2, "count_on_arrival"),
        ("checks.csv", "item,step,check,name\nCHAIR,20,1,Depth\n", 2, "step"),
        ("checks.csv", "item,step,check,name\nCHAIR,10,1,A\nCHAIR,10,1,B\n", 3, "item"),
        ("checks.csv", "item,step,check,name,low\nCHAIR,10,1,Depth,3\n", 2, "kind"),
        ("checks.csv", "item,step,check,name,kind,low\nCHAIR,10,1,Depth,measured,deep\n", 2, "low"),
        ("checks.csv", "item,step,check,name,kind,low,high\nCHAIR,10,1,D,measured,3,2\n", 2, "high"),
        ("checks.csv", "item,step,check,name,every\nCHAIR,10,1,D,0\n", 2, "every"),
        ("instructions.csv", "item,step,text\nCHAIR,20,Cut.\n", 2, "step"),
        ("instructions.csv", "item,step,text\nCHAIR,10,\n", 2, "text"),
        ("instructions.csv", "item,step,text,page\nCHAIR,10,Cut.,4\n", 2, "document"),
        ("instructions.csv", "item,step,document\nCHAIR,10,a.pdf\nCHAIR,10,b.pdf\n", 2, "document"),
    ],
)
def test_care_that_cannot_be_is_refused_by_row_and_column(
    plant: Plant, file: str, text: str, row: int | None, column: str
) -> None:
    before = entries(plant)
    (problem,) = plant.load(FILES | {file: text}, status=422)["problems"]
    assert (problem["file"], problem["row"], problem["column"]) == (file, row, column)
    assert entries(plant) == before

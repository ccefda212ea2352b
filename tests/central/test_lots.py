"""Where a lot went, what is in a slip, and which lots are owed: on both databases."""

from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import text

from central import migrate
from central.tables import MATERIAL
from floor.events import MaterialIssued, ShortageNoted, SlipSplit
from floor.source import Source
from floor.tags import TagKind, encode, slip_name
from tests.central.support import DEMO, TOKEN, Plant, Station, demo_files
from tests.central.test_cli import Central

CHAIRS = "MO-1042"
TABLES = "MO-1043"


def issue(
    station: Station,
    slip: str,
    order: str | None,
    lot: str | None,
    *,
    item: str | None = "OAK-25",
    step: int = 10,
    serial: str | None = None,
    label: str | None = None,
    quantity: str | None = None,
) -> str:
    event = MaterialIssued(
        at=station.moment(),
        by="4711",
        slip=slip,
        order=order,
        step=step,
        item=item,
        lot=lot,
        serial=serial,
        label=label,
        quantity=Decimal(quantity) if quantity else None,
        operators=("4711",),
        source=Source.SCAN,
    )
    return station.record(event)[0]


def tracked() -> dict[str, str]:
    return {"items.csv": (DEMO / "items.csv").read_text(encoding="utf-8")}


def flags_of(plant: Plant, order: str) -> list[tuple[str, int | None]]:
    shown = next(shown for shown in plant.get("/board")["orders"] if shown["board"]["order"] == order)
    return [(flag["flag"], flag["step"]) for flag in shown["board"]["flags"]]


@pytest.fixture
def gone(demo: Plant, cutting: Station) -> tuple[Plant, Station, str, str, str]:
    """Lot L-2612 in a slip of table tops that went into chairs, of which a part was split off."""
    chairs, tops = cutting.issue(CHAIRS, 30), cutting.issue(TABLES, 10)
    issue(cutting, tops, TABLES, "L-2612", quantity="9", step=20)
    issue(cutting, chairs, CHAIRS, tops, item="TB-SQ")
    issue(cutting, chairs, CHAIRS, "G-0907", item="GLUE-D3", step=30)
    child = cutting.new_slip()
    split = SlipSplit(
        at=cutting.moment(),
        by="4711",
        slip=child,
        parent=chairs,
        order=CHAIRS,
        step=20,
        quantity=Decimal(5),
        unit="pcs",
    )
    cutting.record(split)
    cutting.pushed()
    return demo, cutting, chairs, tops, child


def test_a_lot_is_followed_into_slips_orders_and_customers(gone: Any) -> None:
    plant, _, chairs, tops, child = gone
    found = plant.get("/lots/L-2612")
    assert found["title"] == "Lot L-2612, Oak board, 25 mm, Hartmann Sawmill"
    assert [(line["depth"], line["slip"], line["step"], line["through"]) for line in found["slips"]] == [
        (0, tops, 20, "L-2612"),
        (1, chairs, 10, tops),
        (1, child, 20, chairs),
    ]
    first = found["slips"][0]
    assert (first["quantity"], first["unit"], first["station"]) == ("9", "m2", "cutting-1")
    assert [(order["order"], order["customer"], order["slips"]) for order in found["orders"]] == [
        (TABLES, "Sales department", [tops]),
        (CHAIRS, "Sales department", [chairs, child]),
    ]
    assert plant.get(f"/lots/{encode(TagKind.MATERIAL_LOT, 'LBBKTL')}") == found, "by its label's code too"


def test_a_slips_trace_says_which_lots_are_in_it(gone: Any) -> None:
    plant, _, chairs, tops, child = gone
    inside = plant.get(f"/trace/{chairs}")["lots"]
    assert [(line["depth"], line["lot"], line["item"], line["step"]) for line in inside] == [
        (0, tops, "TB-SQ", 10),
        (1, "L-2612", "OAK-25", 20),
        (0, "G-0907", "GLUE-D3", 30),
    ]
    assert [line["lot"] for line in plant.get(f"/trace/{child}")["lots"]] == [tops, "L-2612"]
    assert [line["lot"] for line in plant.get(f"/trace/{CHAIRS}")["lots"]] == [tops, "L-2612", "G-0907"]
    assert [line["lot"] for line in plant.get(f"/trace/{TABLES}")["lots"]] == ["L-2612"]


def test_a_trace_tells_material_in_words(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue(CHAIRS, 30)
    issue(cutting, slip, CHAIRS, "L-2612", quantity="4.5")
    issue(cutting, slip, CHAIRS, None, serial="M-7", item="SCREW-8")
    issue(cutting, slip, CHAIRS, "X", item=None, label="(01)04012345000023(10)X")
    short = ShortageNoted(
        at=cutting.moment(), slip=slip, order=CHAIRS, step=10, item="OAK-25", operators=("4711",)
    )
    cutting.record(short)
    cutting.pushed()
    told = [line["what"] for line in demo.get(f"/trace/{slip}")["lines"]]
    step = "step 10 Cut legs, seat and back"
    assert told[1:] == [
        f"OAK-25 Oak board, 25 mm, lot L-2612 went in at {step}: 4.5 m2",
        f"SCREW-8 Wood screw 8 x 60, number M-7 went in at {step}",
        f"lot X, label (01)04012345000023(10)X went in at {step}",
        f"OAK-25 Oak board, 25 mm was wanting at {step}",
    ]
    assert flags_of(demo, CHAIRS) == [("material_short", 10), ("material_unknown", 10)]
    assert demo.get("/lots/M-7")["slips"][0]["slip"] == slip
    assert demo.get("/lots/X")["title"] == "Lot X"


def test_a_lot_that_nobody_issued_is_not_found_whatever_it_is_called(demo: Plant) -> None:
    for name in ("nothing", "L-2611", "'; DROP TABLE material; --", "%", "../trace/MO-1042", "\u202e"):
        demo.get(f"/lots/{quote(name, safe='')}", 404)


def test_a_lot_of_a_slip_that_nobody_knows_is_found(demo: Plant, cutting: Station) -> None:
    issue(cutting, "XXXXXXXX", None, "L-2611")
    cutting.pushed()
    found = demo.get("/lots/L-2611")
    assert [(line["slip"], line["order"]) for line in found["slips"]] == [("XXXXXXXX", None)]
    assert found["orders"] == []
    assert [line["lot"] for line in demo.get("/trace/XXXXXXXX")["lots"]] == ["L-2611"]


def test_a_lot_is_owed_as_soon_as_its_item_is_tracked_and_settled_by_name(
    demo: Plant, cutting: Station
) -> None:
    slip = cutting.issue(CHAIRS, 30)
    cutting.report(slip, CHAIRS, 10)
    cutting.pushed()
    assert flags_of(demo, CHAIRS) == []
    demo.load(tracked())
    assert flags_of(demo, CHAIRS) == [("material_owed", 10)]
    assert demo.get(f"/orders/{CHAIRS}")["board"]["flags"][0]["flag"] == "material_owed"
    assert [flag["flag"] for flag in demo.get(f"/trace/{slip}")["flags"]] == ["material_owed"]
    board = demo.get("/board")
    demo.post("/board/rebuild", {})
    assert demo.get("/board")["orders"] == board["orders"], "rebuilt, the boards are the same"
    settle = {"flag": "material_owed", "order": CHAIRS, "slip": slip, "step": 10, "reason": "old stock"}
    demo.post("/flags/settle", settle)
    assert flags_of(demo, CHAIRS) == []
    cutting.report(slip, CHAIRS, 5)
    cutting.pushed()
    assert flags_of(demo, CHAIRS) == [("material_owed", 10)]
    for lot, item in (("L-2611", "OAK-40"), ("L-2612", "OAK-25"), ("G-0907", "GLUE-D3")):
        issue(cutting, slip, CHAIRS, lot, item=item)
    cutting.pushed()
    assert flags_of(demo, CHAIRS) == []
    demo.load({"items.csv": demo_files()["items.csv"]})
    assert flags_of(demo, CHAIRS) == []


def test_a_rebuilt_server_finds_the_same_lots(gone: Any) -> None:
    plant, *_ = gone
    before = plant.get("/lots/L-2612")
    plant.post("/board/rebuild", {})
    assert plant.get("/lots/L-2612") == before


def test_what_was_issued_before_lots_were_found_by_name_is_found_after_the_move(gone: Any) -> None:
    plant, *_ = gone
    before = plant.get("/lots/L-2612")
    with plant.central.database.writing() as connection:
        connection.execute(text("DROP TABLE material"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    migrate.bring_up_to_date(plant.central.database)
    assert plant.get("/lots/L-2612") == before
    with plant.central.database.reading() as connection:
        assert len(connection.execute(MATERIAL.select()).all()) == 3


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_command_follows_a_lot_and_a_trace_lists_the_lots(gone: Any, tmp_path: Path) -> None:
    plant, _, chairs, tops, _child = gone
    central = Central(tmp_path)
    central.environment |= {"FLOOR_SERVER": plant.address, "FLOOR_ADMIN_TOKEN": TOKEN}
    lines = central.says("trace", "--lot", "L-2612").splitlines()
    assert lines[0].startswith("Lot L-2612, Oak board, 25 mm, Hartmann Sawmill")
    assert f"slip {slip_name(tops)} of order {TABLES} step 20: 9 m2" in lines[1]
    assert f"slip {slip_name(chairs)} of order {CHAIRS} step 10 through {slip_name(tops)}" in lines[2]
    assert lines[-2].startswith(f"Order {TABLES}  Table, square, oak  for Sales department, SO-2210")
    traced = central.says("trace", chairs)
    assert "Material in it:" in traced
    assert f"    L-2612  OAK-25 Oak board, 25 mm  9 m2  slip {slip_name(tops)} step 20" in traced
    assert "Nothing of this name went in anywhere" in central.refuses("trace", "--lot", "L-1")
    for arguments in (("trace",), ("trace", chairs, "--lot", "L-2612")):
        said = central.run(*arguments)
        assert (said.returncode, "--lot" in said.stderr) == (2, True)

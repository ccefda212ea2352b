"""An order's life through the API: decided by floor's one table, each No by its name."""

import pytest

from tests.central.support import Plant, Station, new_id

ORDER = "MO-2001"


def draft(plant: Plant, order: str = ORDER, quantity: str = "30", status: int = 201, **more: object) -> dict:
    return plant.post("/orders", {"order": order, "item": "CH-OAK", "quantity": quantity, **more}, status)


def decide(plant: Plant, decision: str, status: int = 200, order: str = ORDER, **more: object) -> dict:
    return plant.post(f"/orders/{order}/{decision}", more, status)


def test_an_order_is_drafted_rewritten_confirmed_and_cancelled(demo: Plant) -> None:
    assert draft(demo)["state"] == "draft"
    draft(demo, quantity="40", due="2027-01-31", customer="Café [b]Linden[/b]", by="4802")
    assert decide(demo, "confirm", by="4802") == {
        "order": ORDER,
        "state": "confirmed",
        "recorded": ["order_confirmed"],
        "repeated": False,
    }
    board = demo.get(f"/orders/{ORDER}")["board"]
    assert (board["quantity"], board["due"], board["customer"]) == ("40", "2027-01-31", "Café [b]Linden[/b]")
    assert decide(demo, "cancel", reason="Customer withdrew")["state"] == "cancelled"
    assert demo.get(f"/orders/{ORDER}")["board"]["reason"] == "Customer withdrew"


@pytest.mark.parametrize(
    ("decision", "more", "refusal"),
    [
        ("confirm", {}, "order_forbids"),
        ("cancel", {}, "reason_needed"),
        ("hold", {}, "reason_needed"),
        ("resume", {}, "order_forbids"),
        ("close", {}, "order_forbids"),
        ("reopen", {"reason": "why not"}, "order_forbids"),
    ],
)
def test_what_a_confirmed_order_does_not_allow_is_refused_by_name(
    demo: Plant, decision: str, more: dict, refusal: str
) -> None:
    draft(demo)
    decide(demo, "confirm")
    answer = decide(demo, decision, 409, **more)
    assert answer["refusal"] == refusal
    assert answer["sentence"]
    assert answer["hint"]


def test_the_other_decisions_lead_where_the_table_says(demo: Plant) -> None:
    draft(demo)
    decide(demo, "confirm")
    states = [
        decide(demo, decision, reason="because")["state"]
        for decision in ("hold", "resume", "suspend", "resume", "complete")
        if decision != "complete"
    ]
    assert states == ["held", "confirmed", "suspended", "confirmed"]
    assert decide(demo, "complete")["state"] == "completed"
    assert decide(demo, "reopen", reason="more to do")["state"] == "confirmed"
    decide(demo, "complete")
    assert decide(demo, "close")["state"] == "closed"


@pytest.mark.parametrize(
    ("content", "status", "name"),
    [
        ({"item": "NOTHING"}, 409, "item_unknown"),
        ({"quantity": "0"}, 409, "quantity_not_positive"),
        ({"quantity": "1.5"}, 409, "too_many_decimals"),
        ({"quantity": "1_000"}, 409, "not_a_quantity"),
        ({"quantity": "１２"}, 409, "not_a_quantity"),
        ({"quantity": "-1"}, 409, "not_a_quantity"),
        ({"quantity": "NaN"}, 409, "not_a_quantity"),
        ({"quantity": "1" * 400}, 422, None),
        ({"quantity": 5}, 422, None),
        ({"order": "MO-1042"}, 409, "order_exists"),
        ({"order": "MO\x00"}, 422, None),
        ({"order": "[b]"}, 422, None),
        ({"due": "30.4.2027"}, 422, None),
        ({"state": "confirmed"}, 422, None),
    ],
)
def test_a_draft_that_makes_no_sense_is_refused(
    demo: Plant, content: dict, status: int, name: str | None
) -> None:
    answer = demo.post("/orders", {"order": ORDER, "item": "CH-OAK", "quantity": "1"} | content, status)
    assert answer.get("refusal") == name
    assert len(demo.get("/orders")) == 3


def test_an_unknown_order_is_named(demo: Plant) -> None:
    assert decide(demo, "confirm", 409, order="NONE")["refusal"] == "order_unknown"
    assert demo.get("/orders/NONE", 404)["sentence"]
    assert demo.post("/orders/MO-1042/explode", {}, 404)["error"] == "decision"


def test_a_repeated_intent_adds_nothing(demo: Plant) -> None:
    intent = new_id()
    assert draft(demo, intent=intent)["repeated"] is False
    again = draft(demo, intent=intent)
    assert (again["repeated"], again["recorded"], again["state"]) == (True, [], "draft")
    confirming = new_id()
    decide(demo, "confirm", intent=confirming)
    assert decide(demo, "confirm", intent=confirming)["repeated"] is True


def test_completing_names_what_is_left_and_what_becomes_of_it(demo: Plant, cutting: Station) -> None:
    slip = cutting.issue("MO-1042", 100)
    cutting.report(slip, "MO-1042", 28, final=True)
    cutting.pushed()
    left = demo.get("/orders/MO-1042")["left_over"]
    assert [(line["step"], line["still_here"], line["missing"]) for line in left] == [
        (10, "0", "72"),
        (20, "28", "0"),
    ]
    assert decide(demo, "complete", 409, order="MO-1042")["refusal"] == "remains_unexplained"
    remains = [{**line, "fate": "lost"} for line in left]
    assert (
        decide(demo, "complete", 409, order="MO-1042", remains=remains[:1])["refusal"]
        == "remains_unexplained"
    )
    assert decide(demo, "complete", order="MO-1042", remains=remains)["state"] == "completed"
    cutting.report(slip, "MO-1042", 2)
    cutting.pushed(first=3)
    flags = {flag["flag"] for flag in demo.get("/flags")["standing"]}
    assert "order_not_open" in flags
    assert demo.get("/orders/MO-1042")["board"]["steps"][0]["good"] == "30"


def test_an_order_number_may_hold_a_slash_and_a_blank(demo: Plant) -> None:
    number = "2026/11 MO#7"
    draft(demo, order=number)
    assert decide(demo, "confirm", order="2026%2F11%20MO%237")["state"] == "confirmed"
    assert demo.get("/orders/2026%2F11%20MO%237")["board"]["order"] == number
    assert demo.get("/trace/2026%2F11%20MO%237")["title"].startswith(f"Order {number}")


def test_a_decision_that_cannot_be_written_is_refused_and_harms_nothing(demo: Plant) -> None:
    boms = "item,component,quantity,step\n" + "".join(
        f"B{level},B{level + 1},999999999,10\n" for level in range(4)
    )
    items = "item,name\n" + "".join(f"B{level},Deep {level}\n" for level in range(5))
    routes = "item,step,name,work_centre\n" + "".join(f"B{level},10,Cut,CUT\n" for level in range(4))
    demo.load({"items.csv": items, "boms.csv": boms, "routes.csv": routes})
    demo.post("/orders", {"order": ORDER, "item": "B0", "quantity": "999999999"}, 201)
    answer = demo.http.post(f"/api/v1/orders/{ORDER}/confirm", json={})
    assert answer.status_code in (200, 422)
    assert len(demo.get("/orders")) == 4

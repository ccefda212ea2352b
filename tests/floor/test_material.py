"""What a step needs, what went in, and the doubts that stand where nobody said which lot."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floor.commands import IssueMaterial, NoteShortage
from floor.events import BomDefined, ItemDefined, MaterialIssued, ShortageNoted
from floor.flags import Flag
from floor.items import Bom, BomLine, Item, Tracking
from floor.material import needs, said_of_material, units_made, used
from floor.orders import Decision
from floor.quantities import Ratio, Unit
from floor.refusals import Refusal
from floor.routing import Step
from floor.standing import standing_flags
from tests.floor.shop import ANNA, HERE, ITEM, MOMENT, ORDER, THERE, Shop, content, step

KILO = Unit(name="kg", decimals=3)
ITEMS = (
    Item(item="SEAT", name="Seat"),
    Item(item="BOARD", name="Oak board", unit=Unit(name="m2", decimals=3), tracking=Tracking.LOT),
    Item(item="GLUE", name="Glue", unit=KILO, tracking=Tracking.LOT, gtin="09501101530003"),
    Item(item="MOTOR", name="Motor", tracking=Tracking.SERIAL),
    Item(item="SCREW", name="Screw"),
)
SEAT_BOM = Bom(
    item="SEAT",
    version=1,
    lines=(
        BomLine(item="BOARD", quantity=Decimal("0.25"), step=10),
        BomLine(item="GLUE", quantity=Decimal("0.02"), step=10),
    ),
)
CHAIR_BOM = Bom(
    item=ITEM,
    version=1,
    lines=(
        BomLine(item="SEAT", quantity=Decimal(2), step=10),
        BomLine(item="GLUE", quantity=Decimal("0.05"), step=20),
        BomLine(item="SCREW", quantity=Decimal(12), step=20),
        BomLine(item="MOTOR", quantity=Decimal(1), step=30),
    ),
)


def chairs(steps: list[Step] | None = None) -> tuple[Shop, str]:
    """80 chairs on one slip: a seat of board and glue at 10, glue and screws at 20, a motor at 30."""
    shop = Shop()
    shop.describe(steps or [step(10), step(20), step(30)])
    for item in ITEMS:
        shop.plant.learn(ItemDefined(at=MOMENT, item=item))
    for bom in (SEAT_BOM, CHAIR_BOM):
        shop.plant.learn(BomDefined(at=MOMENT, bom=bom))
    shop.draft(80)
    shop.decision(Decision.CONFIRM)
    return shop, shop.issue(80)[0]


def issuing(shop: Shop, slip: str, at_step: int, item: str | None, **more: object) -> IssueMaterial:
    said = {"intent": shop.new_id(), "by": ANNA, "slip": slip, "step": at_step, "operators": (ANNA,)}
    return IssueMaterial(**{**said, "item": item, **more})


def shortage(shop: Shop, slip: str, at_step: int, item: str, **more: object) -> NoteShortage:
    said = {"intent": shop.new_id(), "by": ANNA, "slip": slip, "step": at_step, "operators": (ANNA,)}
    return NoteShortage(**{**said, "item": item, **more})


def standing(shop: Shop) -> list[tuple[str, int | None]]:
    flags = standing_flags(shop.order, shop.plant.items)
    return [(flag.flag.value, flag.step) for flag in flags if flag.flag.value.startswith("material")]


def test_a_step_needs_its_bom_lines_and_what_their_assemblies_are_made_of() -> None:
    shop, _ = chairs()
    found = needs(shop.order.life.confirmed, 10)
    assert [(need.item, need.per_unit, set(need.within)) for need in found] == [
        ("SEAT", Fraction(2), set()),
        ("BOARD", Fraction(1, 2), {"SEAT"}),
        ("GLUE", Fraction(1, 25), {"SEAT"}),
    ]
    assert [need.item for need in needs(shop.order.life.confirmed, 20)] == ["GLUE", "SCREW"]
    assert needs(None, 10) == ()


def test_an_item_in_two_places_is_needed_once_with_both_amounts_and_owed_outside_the_assembly() -> None:
    shop, _ = chairs()
    lines = (*CHAIR_BOM.lines, BomLine(item="GLUE", quantity=Decimal("0.01"), step=10))
    confirmed = shop.order.life.confirmed
    assert confirmed
    boms = (CHAIR_BOM.model_copy(update={"lines": lines}), SEAT_BOM)
    glue = needs(confirmed.model_copy(update={"boms": boms}), 10)[-1]
    assert (glue.item, glue.per_unit, glue.within) == ("GLUE", Fraction(5, 100), frozenset())


@pytest.mark.parametrize(
    ("said", "units"),
    [((), 80), ((content(10, 30),), 80), ((content(10, 90),), 90), ((content(10, 30, final=True),), 80)],
)
def test_material_is_needed_for_what_was_reported_and_for_what_is_here(
    said: tuple[object, ...], units: int
) -> None:
    shop, slip = chairs()
    for report in said:
        shop.report(slip, report)
    assert units_made(shop.order, slip, 10) == units
    assert units_made(shop.order, "XXXXXXXX", 10) == 0


def test_legs_are_counted_in_sets_where_material_is_asked_for() -> None:
    shop, slip = chairs([step(10, ratio=Ratio(step=4, order=1)), step(20), step(30)])
    shop.report(slip, content(10, 320))
    assert (units_made(shop.order, slip, 10), units_made(shop.order, slip, 20)) == (80, 80)


def test_an_issue_says_which_lot_of_what_by_whom_and_how_much() -> None:
    shop, slip = chairs()
    command = issuing(shop, slip, 10, "BOARD", lot="L-2611", quantity=Decimal("12.5"), label="a label")
    event = shop.do(command)[0].event
    assert isinstance(event, MaterialIssued)
    assert (event.order, event.slip, event.step, event.item, event.lot) == (
        ORDER,
        slip,
        10,
        "BOARD",
        "L-2611",
    )
    assert (event.quantity, event.label, event.operators, event.by) == (
        Decimal("12.5"),
        "a label",
        (ANNA,),
        ANNA,
    )


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"operators": ()}, Refusal.NO_OPERATOR),
        ({"quantity": Decimal(0)}, Refusal.QUANTITY_NOT_POSITIVE),
        ({"quantity": Decimal("0.0001")}, Refusal.TOO_MANY_DECIMALS),
        ({"item": None}, Refusal.MATERIAL_UNNAMED),
    ],
)
def test_only_an_issue_without_meaning_is_refused(more: dict[str, object], refusal: Refusal) -> None:
    shop, slip = chairs()
    assert shop.ask(issuing(shop, slip, 10, **{"item": "BOARD", **more})) is refusal


def test_a_lot_of_another_item_and_more_than_the_norm_are_counted_without_a_word() -> None:
    shop, slip = chairs()
    shop.do(issuing(shop, slip, 10, "SCREW", lot="S-1", quantity=Decimal(99_999)))
    assert standing(shop) == []


def test_a_shortage_of_nothing_is_refused_and_one_of_an_untold_amount_is_not() -> None:
    shop, slip = chairs()
    assert shop.ask(shortage(shop, slip, 10, "BOARD", quantity=Decimal(0))) is Refusal.QUANTITY_NOT_POSITIVE
    assert shop.ask(shortage(shop, slip, 10, "BOARD", operators=())) is Refusal.NO_OPERATOR
    event = shop.do(shortage(shop, slip, 10, "BOARD"))[0].event
    assert isinstance(event, ShortageNoted)
    assert (event.order, event.item, event.quantity) == (ORDER, "BOARD", None)


OWED: dict[str, tuple[list[tuple[int, str | None, dict[str, object]]], list[tuple[str, int]]]] = {
    "nobody said a lot": ([], [("material_owed", 10)]),
    "one of two": ([(10, "BOARD", {"lot": "L1"})], [("material_owed", 10)]),
    "both": ([(10, "BOARD", {"lot": "L1"}), (10, "GLUE", {"lot": "G1"})], []),
    "the whole seat": ([(10, "SEAT", {"lot": "BBCBBBBB"})], []),
    "a serial number is as good": ([(10, "BOARD", {"serial": "7"}), (10, "GLUE", {"lot": "G1"})], []),
    "the item alone says no lot": (
        [(10, "BOARD", {"quantity": Decimal(3)}), (10, "GLUE", {"lot": "G1"})],
        [("material_owed", 10)],
    ),
    "at another step": (
        [(20, "BOARD", {"lot": "L1"}), (20, "GLUE", {"lot": "G1"})],
        [("material_owed", 10)],
    ),
    "a label that nobody knows": (
        [(10, None, {"lot": "L9", "label": "(01)1"})],
        [("material_owed", 10), ("material_unknown", 10)],
    ),
}


@pytest.mark.parametrize(("issued", "stands"), OWED.values(), ids=OWED)
def test_a_lot_is_owed_where_a_tracked_item_went_in(
    issued: list[tuple[int, str | None, dict[str, object]]], stands: list[tuple[str, int]]
) -> None:
    shop, slip = chairs()
    for at_step, item, more in issued:
        shop.do(issuing(shop, slip, at_step, item, **more))
    assert [flag for flag in standing(shop) if flag[0] == "material_owed"] == []
    shop.report(slip, content(10, 30))
    assert standing(shop) == stands


def test_scrap_alone_owes_no_lot_and_an_untracked_item_never_does() -> None:
    shop, slip = chairs()
    shop.report(slip, content(10, 0, scrap=5))
    assert standing(shop) == []
    for item in ITEMS:
        shop.plant.learn(ItemDefined(at=MOMENT, item=item.model_copy(update={"tracking": Tracking.NONE})))
    shop.report(slip, content(20, 5))
    assert standing(shop) == []


def test_each_slip_owes_its_own_lots() -> None:
    shop, first = chairs()
    second = shop.issue(5)[0]
    shop.do(issuing(shop, first, 10, "SEAT", lot="L1"))
    shop.report(first, content(10, 30))
    report = shop.report(second, content(10, 5))
    owed = [flag for flag in standing_flags(shop.order, shop.plant.items) if flag.flag is Flag.MATERIAL_OWED]
    assert [(flag.slip, flag.facts) for flag in owed] == [(second, (report.event_id,))]


def test_a_settled_debt_stands_again_with_the_next_report_and_a_lot_that_comes_late_ends_it() -> None:
    shop, slip = chairs()
    shop.report(slip, content(10, 30))
    shop.settle(Flag.MATERIAL_OWED, slip, 10)
    assert standing(shop) == []
    shop.report(slip, content(10, 20), stream=THERE)
    assert standing(shop) == [("material_owed", 10)]
    shop.do(issuing(shop, slip, 10, "SEAT", lot="L1"), THERE)
    assert standing(shop) == []


@settings(max_examples=60)
@given(st.data())
def test_the_same_doubts_stand_in_whatever_order_the_facts_arrive(data: st.DataObject) -> None:
    shop, slip = chairs()
    done = [
        ("report", lambda stream: shop.report(slip, content(10, 5), stream=stream)),
        ("lot", lambda stream: shop.do(issuing(shop, slip, 10, "BOARD", lot="L1"), stream)),
        ("glue", lambda stream: shop.do(issuing(shop, slip, 10, "GLUE", lot="G1"), stream)),
        ("label", lambda stream: shop.do(issuing(shop, slip, 20, None, label="?"), stream)),
        ("short", lambda stream: shop.do(shortage(shop, slip, 20, "GLUE"), stream)),
    ]
    for _, act in data.draw(st.lists(st.sampled_from(done), max_size=8)):
        act(data.draw(st.sampled_from([HERE, THERE])))
    told = standing_flags(shop.order, shop.plant.items)
    mixed = shop.picture(data.draw(st.permutations(shop.facts))).order
    assert standing_flags(mixed, shop.plant.items) == told


def test_a_shortage_stands_until_it_is_settled() -> None:
    shop, slip = chairs()
    shop.do(shortage(shop, slip, 10, "BOARD", quantity=Decimal(3)))
    shop.do(issuing(shop, slip, 10, "BOARD", lot="L1"))
    assert standing(shop) == [("material_short", 10)]
    shop.settle(Flag.MATERIAL_SHORT, slip, 10)
    assert standing(shop) == []
    shop.do(shortage(shop, slip, 10, "GLUE"))
    assert standing(shop) == [("material_short", 10)]


def test_a_slip_that_only_material_names_is_told_as_unknown() -> None:
    shop, _ = chairs()
    fact = shop.append(HERE, shop.facts_of(issuing(shop, "XXXXXXXX", 10, "BOARD", lot="L1"))[0][1])
    order = shop.picture([fact]).order
    assert [(flag.flag, flag.slip) for flag in standing_flags(order)] == [(Flag.UNKNOWN_SLIP, "XXXXXXXX")]


def test_material_that_arrives_at_an_order_not_open_is_told_as_late() -> None:
    shop, slip = chairs()
    shop.decision(Decision.HOLD, "wait")
    shop.do(issuing(shop, slip, 10, "BOARD", lot="L1"))
    assert Flag.ORDER_NOT_OPEN in {flag.flag for flag in standing_flags(shop.order)}


def test_a_lot_issued_in_three_parts_is_one_line_with_what_was_said() -> None:
    shop, slip = chairs()
    for amount in (Decimal(3), None, Decimal("1.5")):
        shop.do(issuing(shop, slip, 10, "BOARD", lot="L1", quantity=amount))
    shop.do(issuing(shop, slip, 10, "BOARD", lot="L2"))
    found = used(said_of_material(shop.order.facts)[slip, 10].issues)
    assert [(line.lot, line.quantity, line.times) for line in found] == [
        ("L1", Decimal("4.5"), 3),
        ("L2", None, 1),
    ]


def test_what_went_in_before_a_split_is_in_the_child_and_not_owed_again() -> None:
    shop, slip = chairs()
    for item in ("BOARD", "GLUE"):
        shop.do(issuing(shop, slip, 10, item, lot=f"L-{item}"))
    child = shop.split(slip, 10, 30)
    shop.report(child, content(10, 30))
    assert standing(shop) == []
    shop.report(child, content(20, 30))
    assert standing(shop) == [("material_owed", 20)], "at a step behind the split the child needs its own"


def test_what_went_into_the_parent_behind_the_split_is_not_in_the_child() -> None:
    shop, slip = chairs()
    for item in ("BOARD", "GLUE"):
        shop.do(issuing(shop, slip, 10, item, lot=f"L-{item}"))
    child = shop.split(slip, 10, 30)
    shop.do(issuing(shop, slip, 20, "GLUE", lot="L-G"))
    for at_step in (10, 20):
        shop.report(child, content(at_step, 30))
    assert standing(shop) == [("material_owed", 20)]

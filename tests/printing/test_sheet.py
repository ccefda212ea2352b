from datetime import date
from decimal import Decimal

from floor.events import InstructionsDefined
from floor.orders import Decision
from floor.progress import fold_order
from floor.tags import slip_code, slip_name, step_code
from printing.sheet import Imprint, SlipSheet, sheet_for
from tests.floor.shop import ITEM, MOMENT, ORDER, Shop, step
from tests.printing.samples import a_confirmed_shop

IMPRINT = Imprint("Station 1", "today")
HEAD = "3fa2b17c" + "0" * 56


def sheet_of(shop: Shop, slip: str, copy_letter: str = "B") -> SlipSheet:
    return sheet_for(shop.order, slip, copy_letter, HEAD, shop.plant, {"7": "Anna"}, IMPRINT)


def test_a_sheet_says_what_order_plant_and_directory_know() -> None:
    shop = a_confirmed_shop()
    [slip] = shop.issue(80)
    sheet = sheet_of(shop, slip)
    assert (sheet.plant, sheet.order, sheet.item, sheet.item_name) == ("Works", ORDER, ITEM, "Chair")
    assert (sheet.quantity, sheet.unit, sheet.due) == (Decimal(80), "pcs", date(2026, 4, 30))
    assert (sheet.customer, sheet.sales_order, sheet.note) == ("Miller", "SO-1", "felt glides")
    assert (sheet.make_up, sheet.copy_number, sheet.ledger_head) == (False, 1, "3fa2b17c")
    assert sheet.code == slip_code(slip, "B")


def test_a_step_carries_where_who_how_many_and_its_code() -> None:
    shop = a_confirmed_shop()
    [slip] = shop.issue(80)
    first, second = sheet_of(shop, slip).steps
    assert (first.number, first.work_centre, first.machine, first.person) == (10, "Cutting", "Saw 2", "Anna")
    assert (first.quantity, first.code) == ("320 legs", step_code(slip, 10))
    assert (second.work_centre, second.machine, second.person, second.quantity) == ("WC20", None, None, None)


def test_a_person_who_left_is_shown_by_number() -> None:
    shop = a_confirmed_shop()
    [slip] = shop.issue(80)
    sheet = sheet_for(shop.order, slip, "B", HEAD, shop.plant, {}, IMPRINT)
    assert sheet.steps[0].person == "7"


def test_a_make_up_slip_and_a_later_copy_say_so() -> None:
    shop = a_confirmed_shop()
    [slip] = shop.issue(4, make_up=True)
    sheet = sheet_of(shop, slip, "C")
    assert (sheet.make_up, sheet.copy_number) == (True, 2)


def test_a_slip_that_nobody_here_knows_still_has_its_code() -> None:
    shop = Shop()
    sheet = sheet_for(fold_order([]), "BBCBBBBB", "B", HEAD, shop.plant, {}, IMPRINT)
    assert (sheet.order, sheet.quantity, sheet.steps) == (None, None, ())
    assert sheet.codes == {slip_code("BBCBBBBB", "B")}


def test_a_step_number_beyond_all_codes_is_printed_without_one() -> None:
    shop = Shop()
    shop.describe([step(15), step(20)])
    shop.draft(80)
    shop.decision(Decision.CONFIRM)
    [slip] = shop.issue(80)
    assert [found.code for found in sheet_of(shop, slip).steps] == [None, step_code(slip, 20)]


def test_a_sheet_survives_the_pipe() -> None:
    shop = a_confirmed_shop()
    [slip] = shop.issue(80)
    sheet = sheet_of(shop, slip)
    assert SlipSheet.model_validate_json(sheet.model_dump_json()) == sheet


def test_a_part_says_whose_part_it_is_and_carries_only_what_lies_before_it() -> None:
    shop = a_confirmed_shop()
    [parent] = shop.issue(80)
    child = shop.split(parent, 20, 30)
    sheet = sheet_of(shop, child)
    assert (sheet.quantity, sheet.unit, [step.number for step in sheet.steps]) == (Decimal(30), "pcs", [20])
    assert sheet.part_of
    assert slip_name(parent) in sheet.part_of
    assert sheet.codes == {slip_code(child, "B"), step_code(child, 20)}
    legs = sheet_of(shop, shop.split(parent, 10, 30))
    assert (legs.quantity, legs.unit) == (Decimal(30), "legs")
    assert [step.quantity for step in legs.steps] == [None, "7.5 pcs"]


def test_a_void_slip_that_is_printed_again_says_so() -> None:
    shop = a_confirmed_shop()
    [slip] = shop.issue(80)
    assert not sheet_of(shop, slip).void
    shop.void(slip)
    assert sheet_of(shop, slip, "C").void


def test_a_step_carries_what_the_plant_says_of_it_in_the_order_s_version_of_the_route() -> None:
    shop = a_confirmed_shop()
    [slip] = shop.issue(80)
    route = shop.order.life.confirmed.route if shop.order.life.confirmed else None
    assert route is not None
    for version, line in ((route.version, "Grain from front to back."), (route.version + 1, "New.")):
        shop.plant.learn(
            InstructionsDefined(at=MOMENT, item=ITEM, version_of_route=version, step=10, lines=(line,))
        )
    first, second = sheet_of(shop, slip).steps
    assert (first.instructions, second.instructions) == (("Grain from front to back.",), ())

"""Slips that part, join and end: what each has, and what the order says."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings

from floor.codec import Fact
from floor.commands import Command, MergeSlips, SplitSlip, VoidSlip
from floor.doubts import doubts_at_scan
from floor.events import SlipSplit
from floor.flags import Flag
from floor.orders import Decision
from floor.progress import OrderProgress, StepLine, fold_order
from floor.quantities import Ratio, Unit
from floor.refusals import Refusal
from floor.routing import Counting
from tests.floor.shop import ANNA, HERE, MOMENT, ORDER, THERE, Shop, a_shop, content, step
from tests.floor.stories import Story, says_nothing, stories

PARALLEL = [
    step(10),
    step(20, predecessors=(10,)),
    step(30, predecessors=(10,)),
    step(40, predecessors=(20, 30)),
]


def one_slip(quantity: int = 80, route: list | None = None) -> tuple[Shop, str]:
    """An order on a single slip, cut at step 10."""
    shop = a_shop(route, quantity)
    (slip,) = shop.issue(quantity)
    shop.report(slip, content(10, quantity))
    return shop, slip


def here(shop: Shop, slip: str) -> dict[int, Fraction]:
    """Where the pieces of a slip wait."""
    lines = shop.order.slips[slip].lines.values()
    return {line.step: line.still_here for line in lines if line.still_here}


def totals(order: OrderProgress) -> dict[str, Fraction]:
    """The order's figures that are not zero."""
    names = ("issued", "output", "lost", "unissued", "shortfall", "over_issued")
    return {name: getattr(order, name) for name in names if getattr(order, name)}


class TestSplit:
    """A part goes on with a slip of its own."""

    def test_the_child_starts_at_the_step_of_the_split_and_the_rest_stays(self) -> None:
        shop, parent = one_slip()
        child = shop.split(parent, 20, 30)
        assert (here(shop, parent), here(shop, child)) == ({20: 50}, {20: 30})
        shop.report(child, content(20, 28, scrap=2, final=True))
        assert (here(shop, parent), here(shop, child)) == ({20: 50}, {30: 28})
        slip = shop.order.slips[child]
        assert (slip.quantity, slip.issued, slip.known, slip.copies) == (30, 0, True, 1)
        assert shop.flags() == []

    def test_no_piece_is_counted_twice_whatever_is_split_and_lost(self) -> None:
        shop, parent = one_slip()
        child = shop.split(parent, 20, 30)
        assert totals(shop.order) == {"issued": 80}
        grandchild = shop.split(child, 20, 10)
        shop.report(child, content(20, 16, scrap=4))
        assert totals(shop.order) == {"issued": 80, "lost": 4, "shortfall": 4}
        assert [shop.order.slips[slip].share for slip in (parent, child, grandchild)] == [50, 20, 10]
        for slip, good in ((parent, 50), (grandchild, 10)):
            shop.report(slip, content(20, good))
        for slip, good in ((parent, 50), (child, 16), (grandchild, 10)):
            shop.report(slip, content(30, good))
        assert totals(shop.order) == {"issued": 80, "output": 76, "lost": 4, "shortfall": 4}

    def test_a_part_is_counted_in_the_steps_unit_and_exact_in_the_orders(self) -> None:
        legs = step(10, unit=Unit(name="leg"), ratio=Ratio(step=4, order=1))
        shop = a_shop([legs, step(20)], 20)
        (parent,) = shop.issue(20)
        child = shop.split(parent, 10, 10)
        assert (shop.order.slips[child].quantity, shop.order.slips[child].share) == (Fraction(5, 2),) * 2
        assert (here(shop, parent), here(shop, child)) == ({10: 70}, {10: 10})
        assert shop.order.slips[parent].potential + shop.order.slips[child].potential == 20

    def test_more_than_is_here_is_counted_and_flagged_until_the_earlier_report_arrives(self) -> None:
        shop = a_shop()
        (parent,) = shop.issue(80)
        shop.report(parent, content(10, 20))
        child = shop.split(parent, 20, 30)
        line = shop.line(parent, 20)
        assert (line.received, line.gone_over, line.still_here) == (0, 10, 0)
        (flag,) = shop.flags()
        assert (flag.flag, flag.slip, flag.step, flag.amount) == (Flag.SURPLUS, parent, 20, 10)
        assert here(shop, child) == {20: 30}
        shop.report(parent, content(10, 60), stream=THERE)
        assert (here(shop, parent), shop.flags()) == ({20: 50}, [])

    def test_what_was_reported_and_split_besides_is_surplus_once(self) -> None:
        shop, parent = one_slip()
        shop.report(parent, content(20, 70))
        shop.split(parent, 20, 30)
        (flag,) = shop.flags()
        assert (flag.flag, flag.amount) == (Flag.SURPLUS, 20)

    def test_the_child_is_not_held_back_by_a_way_that_its_split_did_not_pass(self) -> None:
        shop, parent = one_slip(30, PARALLEL)
        shop.report(parent, content(30, 30))
        child = shop.split(parent, 20, 10)
        for slip, good in ((parent, 20), (child, 10)):
            shop.report(slip, content(20, good))
            assert shop.line(slip, 40).received == good
        assert totals(shop.order) == {"issued": 30}

    def test_a_split_before_the_ways_part_goes_through_both(self) -> None:
        shop = a_shop(PARALLEL, 30)
        (parent,) = shop.issue(30)
        child = shop.split(parent, 10, 10)
        for at in (10, 20):
            shop.report(child, content(at, 10))
        assert shop.line(child, 40).received == 0
        shop.report(child, content(30, 10))
        assert shop.line(child, 40).received == 10

    def test_rework_of_a_child_goes_back_before_its_split(self) -> None:
        shop, parent = one_slip(30)
        child = shop.split(parent, 20, 10)
        shop.report(child, content(20, 7, rework=(10, 3)))
        assert here(shop, child) == {10: 3, 30: 7}
        shop.report(child, content(10, 3))
        assert here(shop, child) == {20: 3, 30: 7}

    def test_e17_a_split_of_an_order_cancelled_meanwhile_is_counted_and_flagged(self) -> None:
        shop, parent = one_slip()
        known = list(shop.facts)
        shop.decision(Decision.CANCEL, "withdrawn")
        command = SplitSlip(intent=shop.new_id(), by=ANNA, slip=parent, step=20, quantity=Decimal(30))
        (split,) = shop.do(command, THERE, known)
        child = split.event.subjects().slip or ""
        assert here(shop, child) == {20: 30}
        assert [(flag.flag, flag.slip) for flag in shop.flags()] == [(Flag.ORDER_NOT_OPEN, child)]

    def test_the_scan_of_a_child_warns_of_what_it_never_passes_and_of_nothing_else(self) -> None:
        shop, parent = one_slip()
        child = shop.split(parent, 20, 30)

        def warned(at: int) -> tuple[Flag, ...]:
            return doubts_at_scan(shop.picture(), child, at, None, None, None)

        assert warned(10) == (Flag.NOTHING_HERE,)
        assert warned(20) == ()
        assert warned(30) == (Flag.STEP_SKIPPED,)


class TestMerge:
    """What is still here goes on with another slip."""

    def test_the_pieces_are_with_the_other_slip_and_the_figures_stay(self) -> None:
        shop = a_shop(quantity=80)
        first, second = shop.issue(80, 40)
        for slip in (first, second):
            shop.report(slip, content(10, 40))
        shop.report(first, content(20, 30))
        merged = shop.merge(first, second, 20)
        assert (here(shop, first), here(shop, second)) == ({30: 30}, {20: 50})
        assert shop.line(first, 20).moves == shop.line(second, 20).moves == (merged,)
        assert totals(shop.order) == {"issued": 80}
        assert [shop.order.slips[slip].share for slip in (first, second)] == [30, 50]

    def test_a_make_up_slip_that_is_merged_makes_up_all_the_same(self) -> None:
        shop = a_shop(quantity=80)
        (slip,) = shop.issue(50)
        shop.report(slip, content(10, 45, scrap=5))
        (make_up,) = shop.issue(5, make_up=True)
        shop.merge(make_up, slip, 10)
        assert totals(shop.order) == {"issued": 55, "lost": 5, "unissued": 30}

    def test_a_child_that_is_merged_back_leaves_everything_as_it_was(self) -> None:
        shop, parent = one_slip()
        before = shop.order.slips[parent]
        child = shop.split(parent, 20, 30)
        shop.merge(child, parent, 20)
        after = shop.order.slips[parent]
        assert (after.share, after.potential) == (before.share, before.potential)
        assert here(shop, parent) == {20: 80}
        assert here(shop, child) == {}


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (SplitSlip(intent="e" * 32, by=ANNA, slip="XXXXXXXX", step=10, quantity=Decimal(1)), "not issued"),
        (SplitSlip(intent="e" * 32, by=ANNA, slip="{slip}", step=10, quantity=Decimal(0)), "positive"),
        (SplitSlip(intent="e" * 32, by=ANNA, slip="{slip}", step=10, quantity=Decimal("1.5")), "decimals"),
        (SplitSlip(intent="e" * 32, by=ANNA, slip="{slip}", step=15, quantity=Decimal(1)), "nothing"),
        (SplitSlip(intent="e" * 32, by=ANNA, slip="{slip}", step=99, quantity=Decimal(1)), "nothing"),
        (MergeSlips(intent="e" * 32, by=ANNA, slip="{slip}", into="{slip}", step=10), "same"),
        (MergeSlips(intent="e" * 32, by=ANNA, slip="{slip}", into="XXXXXXXX", step=10), "other order"),
        (MergeSlips(intent="e" * 32, by=ANNA, slip="{slip}", into="{other}", step=20), "nothing"),
        (MergeSlips(intent="e" * 32, by=ANNA, slip="XXXXXXXX", into="{other}", step=20), "not issued"),
        (VoidSlip(intent="e" * 32, by=ANNA, slip="{slip}", reason="  "), "reason"),
        (VoidSlip(intent="e" * 32, by=ANNA, slip="{other}", reason="wet"), "void"),
    ],
)
def test_what_has_no_meaning_is_refused_by_name(command: Command, refusal: str) -> None:
    named = {
        "not issued": Refusal.SLIP_NOT_ISSUED_HERE,
        "positive": Refusal.QUANTITY_NOT_POSITIVE,
        "decimals": Refusal.TOO_MANY_DECIMALS,
        "nothing": Refusal.NOTHING_LIES_HERE,
        "same": Refusal.SAME_SLIP,
        "other order": Refusal.OTHER_ORDER,
        "reason": Refusal.REASON_NEEDED,
        "void": Refusal.ALREADY_VOID,
    }
    shop = a_shop([step(10), step(15, counting=Counting.SAMPLE), step(20)])
    first, second = shop.issue(80, 40)
    shop.void(second)
    slips = {"{slip}": first, "{other}": second}
    for name in ("slip", "into"):
        said = getattr(command, name, None)
        command = replace(command, **{name: slips[said]}) if said in slips else command
    assert shop.ask(command) is named[refusal]


class TestVoid:
    """A slip's paper is worth nothing any more."""

    def test_a_voided_slip_asks_for_nothing_more_and_what_it_gave_stays(self) -> None:
        shop = a_shop(quantity=80)
        first, second = shop.issue(80, 40)
        for at in (10, 20, 30):
            shop.report(first, content(at, 15))
        shop.void(first)
        assert totals(shop.order) == {"issued": 55, "output": 15, "unissued": 25}
        shop.issue(25)
        assert totals(shop.order) == {"issued": 80, "output": 15}
        assert shop.flags() == []
        shop.void(second)
        assert shop.order.unissued == 40

    def test_what_is_done_on_it_all_the_same_is_counted_and_flagged(self) -> None:
        shop = a_shop(quantity=80)
        (slip,) = shop.issue(80)
        before = shop.report(slip, content(10, 5))
        void = shop.void(slip)
        assert shop.flags(Flag.VOIDED_SLIP) == []
        assert Flag.VOIDED_SLIP in doubts_at_scan(shop.picture(), slip, 10, None, None, None)
        after = shop.report(slip, content(10, 7))
        elsewhere = shop.report(slip, content(10, 8), stream=THERE)
        (flag,) = shop.flags(Flag.VOIDED_SLIP)
        assert flag.facts == tuple(sorted((void.event_id, after.event_id)))
        assert before.event_id not in flag.facts
        assert elsewhere.event_id not in flag.facts, "nobody can tell which was first"
        assert shop.line(slip, 10).good == 20

    def test_a_report_that_was_warned_of_the_void_slip_stands_wherever_it_was_made(self) -> None:
        shop = a_shop(quantity=80)
        (slip,) = shop.issue(80)
        report = shop.report(slip, content(10, 5), stream=THERE)
        shop.facts[-1] = replace(
            report, event=report.event.model_copy(update={"warned": (Flag.VOIDED_SLIP.value,)})
        )
        shop.void(slip)
        (flag,) = shop.flags(Flag.VOIDED_SLIP)
        assert report.event_id in flag.facts


def test_a_slip_that_says_it_descends_from_itself_ends_no_program() -> None:
    shop, parent = one_slip()
    child = shop.split(parent, 20, 30)
    said = next(fact.event for fact in shop.facts if isinstance(fact.event, SlipSplit))
    shop.append(HERE, said.model_copy(update={"at": MOMENT, "slip": parent, "parent": child}))
    shop.facts = [fact for fact in shop.facts if fact.event.kind != "slip_issued"]
    order = fold_order(shop.facts, ORDER)
    assert [slip.slip for slip in order.lineage(order.slips[child])] == [child, parent]
    assert order.unissued == 80


def _by_step(order: OrderProgress, name: str) -> Counter[int]:
    found: Counter[int] = Counter()
    for slip in order.slips.values():
        for line in slip.lines.values():
            found[line.step] += getattr(line, name)
    return found


@settings(max_examples=150, deadline=None)
@given(stories())
def test_children_sum_to_the_parent_at_the_step_of_the_split(story: Story) -> None:
    order = story.shop.order
    assert _by_step(order, "came") == _by_step(order, "went")
    assert sum(slip.share for slip in order.slips.values()) == sum(story.slips.values())
    assert sum(slip.issued for slip in order.slips.values()) == sum(story.slips.values())
    assert order.issued == 20


def _without_moves(story: Story) -> OrderProgress:
    """The same reports, all on the one slip that never parted."""
    shop = a_shop(story.route, 20)
    (slip,) = shop.issue(20)
    for report in story.reports:
        said = story.standing(report)
        if said is not None and not says_nothing(said):
            shop.report(slip, said)
    return shop.order


@settings(max_examples=150, deadline=None)
@given(stories())
def test_on_a_line_all_parts_together_were_passed_what_one_slip_would_have_been(story: Story) -> None:
    if story.decisions or any(one.predecessors is not None for one in story.route):
        return
    (whole,) = _without_moves(story).slips.values()
    together: dict[int, list[StepLine]] = {}
    for slip in story.shop.order.slips.values():
        for number, line in slip.lines.items():
            together.setdefault(number, []).append(line)
    for number, lines in together.items():
        if whole.lines[number].counts:
            received = sum(line.received - line.gone_over for line in lines)
            assert received == whole.lines[number].received
            assert sum(line.accounted for line in lines) == whole.lines[number].accounted


def test_a_part_of_a_fact_that_is_known_twice_goes_once() -> None:
    shop, parent = one_slip()
    shop.split(parent, 20, 30)
    rehomed = [
        Fact("f0" * 16, number, fact.event_id, fact.event) for number, fact in enumerate(shop.facts, 1)
    ]
    assert fold_order([*shop.facts, *rehomed]) == shop.order

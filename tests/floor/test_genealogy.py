"""Which lots are in a slip, and into which slips a lot went: two ways through the same facts."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from floor.codec import Fact
from floor.events import Event, MaterialIssued, SlipsMerged, SlipSplit
from floor.genealogy import Reached, WentIn, backwards, forwards, is_slip
from floor.source import Source
from floor.tags import count_to_letters
from tests.floor.shop import ANNA, MOMENT, ORDER, a_shop, step

A, B, C, D = (f"BBCBBBB{letter}" for letter in "BCDF")
OTHER_ORDER = "2002"


def issued(
    slip: str, at_step: int, lot: str | None, *, serial: str | None = None, order: str = ORDER
) -> Event:
    return MaterialIssued(
        at=MOMENT,
        slip=slip,
        order=order,
        step=at_step,
        item="BOARD",
        lot=lot,
        serial=serial,
        operators=(ANNA,),
        source=Source.SCAN,
    )


def split(child: str, parent: str, at_step: int) -> Event:
    return SlipSplit(
        at=MOMENT, slip=child, parent=parent, order=ORDER, step=at_step, quantity=Decimal(5), unit="pcs"
    )


def merged(slip: str, into: str, at_step: int) -> Event:
    return SlipsMerged(
        at=MOMENT, slip=slip, into=into, order=ORDER, step=at_step, quantity=Decimal(5), unit="pcs"
    )


class Plant:
    """Facts, found as central finds them."""

    def __init__(self, *events: Event, confirmed: Iterable[Fact] = ()) -> None:
        told = [Fact("a1" * 16, seq, f"{seq:032x}", event) for seq, event in enumerate(events, 1)]
        self.facts = [*confirmed, *told]

    def of_slip(self, _slip: str) -> list[Fact]:
        return self.facts

    def of_lot(self, name: str) -> list[Fact]:
        return [
            fact
            for fact in self.facts
            if isinstance(fact.event, MaterialIssued) and name in {fact.event.lot, fact.event.serial}
        ]

    def backwards(self, slip: str) -> tuple[WentIn, ...]:
        return backwards(slip, self.of_slip)

    def forwards(self, name: str) -> tuple[Reached, ...]:
        return forwards(name, self.of_lot, self.of_slip)

    def lots_in(self, slip: str) -> list[tuple[int, str | None]]:
        return [(found.depth, found.issue.serial or found.issue.lot) for found in self.backwards(slip)]

    def reached(self, name: str) -> list[tuple[int, str, int]]:
        return [(found.depth, found.slip, found.step) for found in self.forwards(name)]


def test_a_lot_is_in_the_slip_that_it_was_issued_to_and_in_no_other() -> None:
    plant = Plant(
        issued(A, 10, "L1"), issued(A, 20, "L2"), issued(B, 10, "L3"), issued(A, 10, None, serial="M7")
    )
    assert plant.lots_in(A) == [(0, "L1"), (0, "L2"), (0, "M7")]
    assert plant.reached("L3") == [(0, B, 10)]
    assert plant.reached("M7") == [(0, A, 10)]
    assert plant.reached("nothing") == []


def test_every_part_of_a_lot_is_told_and_a_move_once() -> None:
    plant = Plant(issued(A, 10, "L1"), issued(A, 10, "L1"), issued(A, 20, "L1"), split(B, A, 30))
    assert plant.reached("L1") == [(0, A, 10), (0, B, 30), (0, A, 10), (0, A, 20)]


def test_a_slip_that_went_into_another_brings_its_lots_along() -> None:
    plant = Plant(issued(A, 10, "L1"), issued(B, 30, A, order=OTHER_ORDER), issued(C, 10, B, order="3003"))
    assert plant.lots_in(C) == [(0, B), (1, A), (2, "L1")]
    assert plant.reached("L1") == [(0, A, 10), (1, B, 30), (2, C, 10)]
    assert [found.through for found in plant.forwards("L1")] == ["L1", A, B]
    assert [found.order for found in plant.forwards("L1")] == [ORDER, OTHER_ORDER, "3003"]


def test_a_child_has_what_went_in_before_the_split_and_not_what_came_later() -> None:
    plant = Plant(
        issued(A, 10, "L1"), split(B, A, 20), issued(A, 20, "L2"), issued(A, 30, "L3"), issued(B, 30, "L4")
    )
    assert plant.lots_in(B) == [(0, "L4"), (0, "L1"), (0, "L2")], "at the step of the split it may be in"
    assert plant.lots_in(A) == [(0, "L1"), (0, "L2"), (0, "L3")]
    assert plant.reached("L1") == [(0, A, 10), (0, B, 20)]
    assert plant.reached("L3") == [(0, A, 30)]


def test_a_grandchild_has_only_what_its_parent_had_when_it_left() -> None:
    plant = Plant(
        issued(A, 10, "L1"), split(B, A, 20), issued(B, 20, "L2"), split(C, B, 20), issued(B, 30, "L3")
    )
    assert [lot for _, lot in plant.lots_in(C)] == ["L2", "L1"]
    late = Plant(issued(A, 20, "L1"), split(B, A, 30), split(C, B, 10))
    assert late.lots_in(C) == [], "its pieces left before those that bring the lot came"


def test_merged_pieces_bring_their_lots_along() -> None:
    plant = Plant(issued(A, 10, "L1"), issued(A, 30, "L3"), merged(A, B, 20))
    assert plant.lots_in(B) == [(0, "L1")]
    assert plant.reached("L1") == [(0, A, 10), (0, B, 20)]


def test_what_went_in_on_a_parallel_way_may_be_in_a_part_that_was_split_off() -> None:
    steps = [step(10), step(20, predecessors=()), step(30, predecessors=(10, 20)), step(40)]
    confirmed = a_shop(steps).facts
    plant = Plant(issued(A, 20, "L2"), issued(A, 40, "L4"), split(B, A, 10), confirmed=confirmed)
    assert plant.lots_in(B) == [(0, "L2")], "its other half is of the other way"
    assert plant.reached("L2") == [(0, A, 20), (0, B, 10)]
    assert plant.reached("L4") == [(0, A, 40)]


def test_slips_that_go_in_a_circle_end() -> None:
    plant = Plant(issued(A, 10, B), issued(B, 10, A), split(A, B, 10), split(B, A, 10), merged(A, A, 10))
    assert {lot for _, lot in plant.lots_in(A)} == {A, B}
    assert {slip for _, slip, _ in plant.reached(A)} == {A, B}


def test_a_way_over_more_slips_than_any_stack_holds_is_gone_to_its_end() -> None:
    numbers = [f"BBC{count_to_letters(at, 5)}" for at in range(1200)]
    links = [split(child, parent, 10) for parent, child in pairwise(numbers)]
    plant = Plant(issued(numbers[0], 10, "L1"), *links)
    assert len(plant.reached("L1")) == 1200
    assert plant.lots_in(numbers[-1]) == [(0, "L1")]


def test_only_the_number_of_a_slip_is_one() -> None:
    assert is_slip(A)
    assert not any(map(is_slip, (None, "L-2611", "bbcbbbbb", "BBCBBBB", "BBCBBBBA")))


slips = st.sampled_from([A, B, C, D])
steps = st.sampled_from([10, 20, 30])
events = st.one_of(
    st.builds(issued, slips, steps, st.sampled_from(["L1", "L2", A, B, C, D])),
    st.builds(split, slips, slips, steps),
    st.builds(merged, slips, slips, steps),
)


@settings(max_examples=500)
@given(st.lists(events, max_size=12), st.booleans())
def test_whoever_goes_forwards_and_whoever_goes_back_find_the_same(told: list[Event], known: bool) -> None:
    plant = Plant(*told, confirmed=a_shop().facts if known else ())
    for name in ("L1", "L2", A):
        reached = {slip for _, slip, _ in plant.reached(name)}
        holding = {slip for slip in (A, B, C, D) if name in {lot for _, lot in plant.lots_in(slip)}}
        assert holding == reached, name

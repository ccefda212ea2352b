"""Routes: which step feeds which, past steps that move nothing, through parallel ways and joins."""

import pytest

from floor.routing import Counting, Step, by_number, feeders, landing, last_steps, predecessors
from tests.floor.shop import step

PASSES, SAMPLE = Counting.PASSES_THROUGH, Counting.SAMPLE

LINE = [step(10), step(20), step(30)]
LOOKED_AT = [step(10), step(15, counting=PASSES), step(17, counting=SAMPLE), step(20)]
LOOKED_AT_FIRST = [step(10, counting=PASSES), step(20), step(30)]
LOOKED_AT_LAST = [step(10), step(20), step(30, counting=SAMPLE)]
PARALLEL = [
    step(10),
    step(20, predecessors=(10,)),
    step(30, predecessors=(10,)),
    step(40, predecessors=(20, 30)),
]
TWO_STARTS = [step(10), step(20, predecessors=()), step(30, predecessors=(10, 20))]
TWO_ENDS = [step(10), step(20, predecessors=(10,)), step(30, predecessors=(10,))]
JOIN_BEHIND_LOOKS = [
    step(10),
    step(20, predecessors=(10,)),
    step(25, predecessors=(20,), counting=PASSES),
    step(30, predecessors=(10,)),
    step(40, predecessors=(25, 30)),
]


@pytest.mark.parametrize(
    ("route", "fed", "ends"),
    [
        (LINE, {10: (), 20: (10,), 30: (20,)}, (30,)),
        (list(reversed(LINE)), {10: (), 20: (10,), 30: (20,)}, (30,)),
        (LOOKED_AT, {10: (), 15: (10,), 17: (10,), 20: (10,)}, (20,)),
        (LOOKED_AT_FIRST, {10: (), 20: (), 30: (20,)}, (30,)),
        (LOOKED_AT_LAST, {10: (), 20: (10,), 30: (20,)}, (20,)),
        (PARALLEL, {10: (), 20: (10,), 30: (10,), 40: (20, 30)}, (40,)),
        (TWO_STARTS, {10: (), 20: (), 30: (10, 20)}, (30,)),
        (TWO_ENDS, {10: (), 20: (10,), 30: (10,)}, (20, 30)),
        (JOIN_BEHIND_LOOKS, {10: (), 20: (10,), 25: (20,), 30: (10,), 40: (20, 30)}, (40,)),
        ([step(10, counting=PASSES)], {10: ()}, ()),
    ],
    ids=[
        "line",
        "any order",
        "looks between",
        "look first",
        "look last",
        "parallel",
        "starts",
        "ends",
        "join",
        "look only",
    ],
)
def test_what_feeds_a_step_is_the_nearest_counting_one(
    route: list[Step], fed: dict[int, tuple[int, ...]], ends: tuple[int, ...]
) -> None:
    steps = by_number(route)
    assert {number: feeders(steps, number) for number in steps} == fed
    assert last_steps(steps) == ends


def test_a_step_is_never_fed_by_a_later_one_or_by_itself() -> None:
    steps = by_number([step(10), step(20, predecessors=(10, 20, 30)), step(30)])
    assert predecessors(steps, 20) == (10,)


@pytest.mark.parametrize(
    ("route", "sent_to", "lands"),
    [
        (LINE, 20, (20,)),
        (LINE, 99, (99,)),
        (LOOKED_AT, 15, (20,)),
        (LOOKED_AT, 17, (20,)),
        (LOOKED_AT_LAST, 30, (30,)),
        (JOIN_BEHIND_LOOKS, 25, (40,)),
        ([step(10, counting=PASSES), *PARALLEL[1:]], 10, (20, 30)),
    ],
)
def test_pieces_sent_to_a_step_that_moves_nothing_land_behind_it(
    route: list[Step], sent_to: int, lands: tuple[int, ...]
) -> None:
    assert landing(by_number(route), sent_to) == lands

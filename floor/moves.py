"""Pieces that go on with other paper: split off, or merged; and what that means on parallel ways.

Never counts what was made: `progress` does. A part that is split off starts at the step of the split. Where
ways run in parallel, what comes with other paper brings its other halves along: a way that does not pass the
step of the move counts as having passed on as many, so that it holds nobody back at the join. What such a way
loses later is charged to the slip that stayed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from floor.codec import Fact
from floor.events import Event, SlipIssued, SlipsMerged, SlipSplit
from floor.lines import NOTHING
from floor.routing import Counting, Step, feeders


@dataclass(frozen=True, slots=True)
class Moves:
    """What came to one slip and went from it, by step, in the step's unit."""

    came: Mapping[int, Fraction]
    went: Mapping[int, Fraction]
    facts: Mapping[int, tuple[Fact, ...]]
    """The splits and merges at each step."""


def slips_of(event: Event) -> tuple[str, ...]:
    """Every slip that an event is about: of a split the child and its parent, of a merge both."""
    match event:
        case SlipSplit(slip=slip, parent=other) | SlipsMerged(slip=slip, into=other):
            return (slip, other)
        case _:
            named = event.subjects().slip
            return (named,) if named else ()


def begins_slip(event: Event) -> bool:
    """Whether a slip exists by this fact."""
    return isinstance(event, SlipIssued | SlipSplit)


def moves_of(slip: str, facts: Iterable[Fact]) -> Moves:
    """The moves of one slip among its facts."""
    came: dict[int, Fraction] = {}
    went: dict[int, Fraction] = {}
    named: dict[int, tuple[Fact, ...]] = {}
    for fact in facts:
        event = fact.event
        if not isinstance(event, SlipSplit | SlipsMerged):
            continue
        to, out_of = (event.slip, event.parent) if isinstance(event, SlipSplit) else (event.into, event.slip)
        named[event.step] = (*named.get(event.step, ()), fact)
        if to == slip:
            came[event.step] = came.get(event.step, NOTHING) + Fraction(event.quantity)
        if out_of == slip:
            went[event.step] = went.get(event.step, NOTHING) + Fraction(event.quantity)
    return Moves(came, went, named)


def passed(number: int, steps: Mapping[int, Step]) -> frozenset[int]:
    """The counting steps that pieces have passed when they leave step `number`, itself among them.

    Of a step that the route, as far as it is known, does not have: that one alone.
    """
    found, ahead = {number}, [number] if number in steps else []
    while ahead:
        new = set(feeders(steps, ahead.pop())) - found
        found |= new
        ahead += new
    return frozenset(found)


def steps_ahead(split_at: int | None, steps: Mapping[int, Step]) -> dict[int, Step]:
    """The steps that a slip's paper goes through: all, and of a part those from the step of its split on."""
    return {
        number: step
        for number, step in steps.items()
        if split_at is None or split_at in passed(number, steps)
    }


def least(
    ways: Iterable[int], amount: Callable[[int], Fraction], moves: Moves, steps: Mapping[int, Step]
) -> Fraction | None:
    """What all of several ways give together, in the order's unit; None where there is no way.

    `amount` tells what one way gives, in the order's unit; what came on the others alone is added to it.
    """
    through = {way: passed(way, steps) if moves.came else frozenset[int]() for way in ways}
    together = frozenset[int]().union(*through.values())
    return min(
        (amount(way) + in_order_unit(moves.came, together - on_it, steps) for way, on_it in through.items()),
        default=None,
    )


def in_order_unit(moved: Mapping[int, Fraction], at: Iterable[int], steps: Mapping[int, Step]) -> Fraction:
    """What moved at those of the steps that count, in the order's unit."""
    counting = (number for number in at if number in steps and steps[number].counting is Counting.COUNTS)
    return sum(
        (steps[number].ratio.to_order(moved[number]) for number in counting if number in moved), NOTHING
    )


def follower(steps: Mapping[int, Step], number: int) -> int | None:
    """The one counting step that takes up what step `number` passes on; None where ways part or meet."""
    after = [later for later in steps if number in feeders(steps, later)]
    counting = [later for later in after if steps[later].counting is Counting.COUNTS]
    if len(counting) != 1 or feeders(steps, counting[0]) != (number,):
        return None
    return counting[0]

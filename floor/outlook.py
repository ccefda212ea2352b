"""What a slip gave, and the most that it can still give.

Never guesses: whatever is not lost on the way becomes good.
"""

from collections.abc import Mapping
from fractions import Fraction

from floor.lines import NOTHING, StepLine
from floor.moves import Moves, least
from floor.routing import Counting, Step, feeders, last_steps


def output(lines: Mapping[int, StepLine], moves: Moves, steps: Mapping[int, Step]) -> Fraction:
    """Good of the last step, in the order's unit."""

    def good(number: int) -> Fraction:
        return steps[number].ratio.to_order(lines[number].good)

    return least(last_steps(steps), good, moves, steps) or NOTHING


def potential(
    issued: Fraction, lines: Mapping[int, StepLine], moves: Moves, steps: Mapping[int, Step]
) -> Fraction:
    """The most that the last step can still give, in the order's unit."""
    best: dict[int, Fraction] = {}
    for number, step in steps.items():
        if step.counting is not Counting.COUNTS:
            continue
        line = lines[number]
        planned = least(feeders(steps, number), best.__getitem__, moves, steps)
        came = step.ratio.to_step(issued if planned is None else planned) + line.rework_in + line.came
        coming = max(came - line.went, line.accounted)
        best[number] = step.ratio.to_order(coming - line.scrap - line.rework_out - line.missing)
    last = least(last_steps(steps), best.__getitem__, moves, steps)
    return issued if last is None else last

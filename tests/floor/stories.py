"""Random stories of a shop, for hypothesis: routes, slips in lots, and what people report from two stations.

Never keeps to what is sensible: too much, too early, the wrong step, corrected twice.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import strategies as st

from floor.codec import Fact
from floor.commands import Command, CountArrival, DecideReview, MakeCheck, MergeSlips, SplitSlip
from floor.events import ReportContent, ReviewFate, RunKind, SlipSplit
from floor.quantities import Ratio
from floor.refusals import Refusal
from floor.routing import Counting, Step
from tests.floor.shop import ANNA, HERE, THERE, Shop, a_shop, content, step

FOUR_LEGS = Ratio(step=4, order=1)

ROUTES = {
    "line": [step(10), step(20), step(30)],
    "one step": [step(10)],
    "looks between": [
        step(10),
        step(15, counting=Counting.SAMPLE),
        step(20),
        step(25, counting=Counting.PASSES_THROUGH),
        step(30),
    ],
    "look first": [step(10, counting=Counting.PASSES_THROUGH), step(20), step(30)],
    "legs to sets": [step(10, ratio=FOUR_LEGS), step(20, ratio=FOUR_LEGS), step(30)],
    "pairs to sets": [step(10, ratio=FOUR_LEGS), step(20, ratio=Ratio(step=2, order=1)), step(30)],
    "parallel": [
        step(10),
        step(20, predecessors=(10,)),
        step(30, predecessors=(10,)),
        step(40, predecessors=(20, 30)),
        step(50),
    ],
    "two starts": [step(10), step(20, predecessors=()), step(30, predecessors=(10, 20))],
    "two ends": [step(10), step(20, predecessors=(10,)), step(30, predecessors=(10,))],
    "legs and seat": [
        step(10, ratio=FOUR_LEGS),
        step(20, predecessors=()),
        step(25, counting=Counting.SAMPLE, predecessors=(20,)),
        step(30, predecessors=(10, 25)),
    ],
}

REWORK_WITHIN_ONE_WAY = {
    "parallel": {10: [10], 20: [20], 30: [30], 40: [10, 40, 50], 50: [10, 40, 50]},
    "two starts": {10: [10], 20: [20], 30: [30]},
    "two ends": {10: [10], 20: [20], 30: [30]},
    "legs and seat": {10: [10], 20: [20], 30: [30]},
}
"""Where rework may go on routes with parallel ways; on the others anywhere. A whole set sent back into *one*
of two ways is beyond what quantities can tell: which of the other way's halves belong to it, nobody said."""

amount = st.integers(0, 9)
streams = st.sampled_from([HERE, THERE])


@dataclass
class Story:
    """A shop after everything that happened, and what each report says now."""

    route: list[Step]
    shop: Shop
    slips: dict[str, int]
    """Slip and what it was issued for: nothing for a part that was split off."""
    reports: list[Fact]
    said: dict[str, dict[str, ReportContent | None]]
    """By report: by stream, what it corrected it to last; the report itself under `""`."""
    decisions: list[Fact] = field(default_factory=list)
    """What became of pieces in review, or of more than lay there."""
    moves: list[Fact] = field(default_factory=list)
    """Splits and merges."""

    def standing(self, report: Fact) -> ReportContent | None:
        """What counts of several: the last word of the greatest stream."""
        said = self.said[report.event_id]
        return said[max(said)]


@st.composite
def contents(draw: st.DrawFn, name: str) -> ReportContent:
    """What somebody says at a step of a route."""
    route = ROUTES[name]
    at = draw(st.sampled_from([one.number for one in route]))
    targets = REWORK_WITHIN_ONE_WAY.get(name, {}).get(at, [one.number for one in route])
    counts = next(one for one in route if one.number == at).counting is Counting.COUNTS
    return content(
        at,
        draw(amount),
        scrap=draw(st.sampled_from([0, 0, 1, 3])),
        review=draw(st.sampled_from([0, 0, 2])),
        rework=(draw(st.sampled_from(targets)), draw(st.integers(1, 3)))
        if counts and draw(st.booleans())
        else None,
        final=draw(st.sampled_from([False, False, False, True])),
        run_kind=draw(st.sampled_from([RunKind.PRODUCTION, RunKind.REWORK])),
    )


def says_nothing(said: ReportContent) -> bool:
    """Such a report is refused."""
    return not (said.good or said.scrap or said.rework or said.review or said.final)


def part_or_join(draw: st.DrawFn, story: Story, stream: str) -> None:
    """A split or a merge, of any slip at any step, unless there is nothing to move."""
    slip = draw(st.sampled_from(sorted(story.slips)))
    at = draw(st.sampled_from([one.number for one in story.route]))
    new_id, into = story.shop.new_id(), draw(st.sampled_from([None, *sorted(story.slips)]))
    command: Command
    if into is None:
        quantity = Decimal(draw(st.integers(1, 6)))
        command = SplitSlip(intent=new_id, by=ANNA, slip=slip, step=at, quantity=quantity)
    else:
        command = MergeSlips(intent=new_id, by=ANNA, slip=slip, into=into, step=at)
    decided = story.shop.ask(command, stream)
    if isinstance(decided, Refusal):
        return
    [(event_id, event)] = decided
    story.moves.append(story.shop.append(stream, event, event_id))
    if isinstance(event, SlipSplit):
        story.slips[event.slip] = 0


@st.composite
def decisions(draw: st.DrawFn, name: str, slip: str, intent: str) -> DecideReview:
    """What a supervisor says of pieces in review, whether there are any or not."""
    at = draw(st.sampled_from([one.number for one in ROUTES[name] if one.counting is Counting.COUNTS]))
    targets = REWORK_WITHIN_ONE_WAY.get(name, {}).get(at, [one.number for one in ROUTES[name]])
    return DecideReview(
        intent=intent,
        by=ANNA,
        slip=slip,
        step=at,
        quantity=Decimal(draw(st.integers(1, 4))),
        unit="pcs",
        fate=draw(st.sampled_from(list(ReviewFate))),
        reason="R1",
        to_step=draw(st.sampled_from(targets)),
    )


@st.composite
def care(draw: st.DrawFn, name: str, slip: str, intent: str) -> CountArrival | MakeCheck:
    """What somebody counts on arrival, or checks: it moves no piece."""
    at = draw(st.sampled_from([one.number for one in ROUTES[name]]))
    who = (ANNA,)
    if draw(st.booleans()):
        return CountArrival(
            intent=intent,
            by=ANNA,
            slip=slip,
            step=at,
            quantity=Decimal(draw(amount)),
            unit="pcs",
            operators=who,
        )
    return MakeCheck(
        intent=intent,
        by=ANNA,
        slip=slip,
        step=at,
        check="1",
        machine=None,
        operators=who,
        passed=draw(st.booleans()),
    )


@st.composite
def stories(draw: st.DrawFn, events_max: int = 12) -> Story:
    """Everything that may happen to one order."""
    name = draw(st.sampled_from(sorted(ROUTES)))
    shop = a_shop(ROUTES[name], 20)
    slips = dict.fromkeys(shop.issue(20, 10), 10)
    story = Story(ROUTES[name], shop, slips, [], {})
    for _ in range(draw(st.integers(0, events_max))):
        stream = draw(streams)
        said = draw(contents(name))
        if draw(st.integers(0, 4)) == 0:
            part_or_join(draw, story, stream)
        elif story.reports and draw(st.integers(0, 3)) == 0:
            report = draw(st.sampled_from(story.reports))
            new = None if draw(st.booleans()) else said
            shop.correct(report, new, stream=stream)
            story.said[report.event_id][stream] = new
        elif draw(st.integers(0, 4)) == 0:
            shop.do(draw(care(name, draw(st.sampled_from(sorted(slips))), shop.new_id())), stream)
        elif draw(st.integers(0, 3)) == 0:
            decided = draw(decisions(name, draw(st.sampled_from(sorted(story.slips))), shop.new_id()))
            story.decisions += shop.do(decided, stream)
        elif not says_nothing(said):
            slip = draw(st.sampled_from(sorted(story.slips)))
            fact = shop.report(slip, said, stream=stream)
            story.reports.append(fact)
            story.said[fact.event_id] = {"": said}
    return story

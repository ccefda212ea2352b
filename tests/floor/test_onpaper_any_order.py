"""What slips say of themselves, in any order of arrival: the same state, and none of it beside the facts."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from floor.events import (
    OrderEvent,
    SlipIssued,
    SlipSplit,
)
from floor.flags import Flag
from floor.passport import Vouched
from floor.passport_of import passport_of
from floor.progress import OrderProgress, fold_order
from floor.standing import StandingFlag, standing_flags
from tests.floor.paper import KEY, PAPER, Away, bare
from tests.floor.shop import MOMENT
from tests.floor.stories import Story, stories

# Any order of arrival, and the state that it comes to


@st.composite
def stories_on_paper(draw: st.DrawFn) -> Story:
    """A story of which some slips were read at another station, proven or not, and reported there."""
    story = draw(stories(8))
    shop = story.shop
    away = Away(shop)
    for slip in draw(st.lists(st.sampled_from(sorted(story.slips)), max_size=4)):
        passport = passport_of(shop.order, slip, draw(st.sampled_from("BCD")), KEY, MOMENT)
        if passport is None:
            continue
        kept = draw(st.integers(1, len(passport.steps)))
        less = {"steps": passport.steps[:kept], "steps_dropped": len(passport.steps) - kept}
        vouched = draw(st.sampled_from([Vouched.PROVEN, Vouched.UNPROVEN]))
        read = away.read(passport.model_copy(update=less if draw(st.booleans()) else {}), vouched)
        if vouched is Vouched.UNPROVEN and draw(st.booleans()):
            away.check(read, genuine=draw(st.sampled_from([True, True, False])))
        if draw(st.booleans()):
            away.report(
                slip, draw(st.sampled_from([one.number for one in story.route])), draw(st.integers(1, 9))
            )
    return story


@settings(max_examples=120, deadline=None)
@given(stories_on_paper(), st.data())
def test_whatever_arrives_in_whatever_order_gives_the_same_state(story: Story, data: st.DataObject) -> None:
    facts = story.shop.facts
    known = data.draw(st.lists(st.sampled_from(facts), unique_by=lambda fact: fact.event_id))
    shuffled = data.draw(st.permutations(known))
    assert fold_order(shuffled) == fold_order(known)
    assert standing_flags(fold_order(shuffled)) == standing_flags(fold_order(known))


@settings(max_examples=120, deadline=None)
@given(stories_on_paper())
def test_with_the_facts_there_the_state_is_as_if_nobody_had_read_any_paper(story: Story) -> None:
    everything = story.shop.order
    without = fold_order([fact for fact in story.shop.facts if not isinstance(fact.event, PAPER)])
    assert bare(everything) == bare(without)
    assert doubts(everything) == doubts(without)


@settings(max_examples=120, deadline=None)
@given(stories_on_paper(), st.data())
def test_no_piece_is_lost_while_only_the_paper_is_known(story: Story, data: st.DataObject) -> None:
    hidden = data.draw(st.sampled_from([(SlipIssued, SlipSplit), (OrderEvent,), (SlipIssued, OrderEvent)]))
    known = fold_order([fact for fact in story.shop.facts if not isinstance(fact.event, hidden)])
    for slip in known.slips.values():
        for line in slip.lines.values():
            if not line.counts:
                continue
            given_out = line.good + line.scrap + line.rework_out + line.review + line.missing
            assert line.received + line.surplus == given_out + line.still_here
            assert isinstance(line.still_here, Fraction)
    standing_flags(known)


def doubts(order: OrderProgress) -> list[StandingFlag]:
    """Every doubt but the one that lasts: a forgery is told whatever is known."""
    return [flag for flag in standing_flags(order) if flag.flag is not Flag.PASSPORT_FORGED]

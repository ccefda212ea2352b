"""The folded quantities agree with pieces that were moved one by one."""

from hypothesis import given, settings

from floor.events import ReviewDecided
from floor.progress import SlipProgress
from tests.floor.shadow import Shadow
from tests.floor.stories import Story, stories


def shadows(story: Story) -> dict[str, Shadow]:
    """Each slip's pieces, after everything that was said about them and still stands."""
    found = {slip: Shadow(story.route, quantity) for slip, quantity in story.slips.items()}
    for report in story.reports:
        said = story.standing(report)
        if said is not None:
            found[report.event.subjects().slip or ""].report(said)
    for fact in story.decisions:
        assert isinstance(fact.event, ReviewDecided)
        found[fact.event.slip].decide(fact.event)
    for fact in story.moves:
        for slip, shadow in found.items():
            shadow.move(slip, fact.event)
    return found


def agree(folded: SlipProgress, shadow: Shadow) -> None:
    """Every place has as many pieces as the fold says."""
    for number, bench in shadow.benches.items():
        line, atoms = folded.lines[number], shadow.atoms(number)
        assert line.received * atoms == max(0, bench.arrived - bench.left)
        assert line.good * atoms == len(bench.good)
        assert line.scrap * atoms == len(bench.scrap)
        assert line.rework_out * atoms == len(bench.rework)
        assert line.review * atoms == len(bench.review)
        assert line.overdrawn * atoms == bench.overdrawn
        assert (line.surplus + line.gone_over) * atoms == len(bench.borrowed)
        assert line.missing * atoms == bench.given_up
        assert line.still_here * atoms == len(bench.waiting) - bench.given_up
    assert folded.output == shadow.output()
    assert folded.potential == (shadow.output() if folded.voided else shadow.at_best())


@settings(max_examples=300, deadline=None)
@given(stories())
def test_the_fold_counts_what_lies_in_each_place(story: Story) -> None:
    for slip, shadow in shadows(story).items():
        agree(story.shop.order.slips[slip], shadow)


@settings(max_examples=60, deadline=None)
@given(stories(events_max=30))
def test_the_fold_counts_what_lies_in_each_place_after_a_long_shift(story: Story) -> None:
    for slip, shadow in shadows(story).items():
        agree(story.shop.order.slips[slip], shadow)

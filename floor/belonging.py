"""Which order each fact belongs to: the one that it names (a correction: its report's), else its slip's.

Never two: a slip number may stand for two contents, but each fact counts once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from floor.codec import Fact, in_order
from floor.events import OrderEvent, PassportChecked, PassportRead, ReportCorrected, Reported
from floor.moves import begins_slip, slips_of
from floor.onpaper import Words


def orders_of_slips(facts: Iterable[Fact]) -> dict[str, str]:
    """The order of each slip, for facts that name none.

    That of its last issue, else the last that somebody named with it, else what its paper says: proven words
    before others, and forged ones never.
    """
    paper, named, issued = list[Fact](), dict[str, str](), dict[str, str]()
    for fact in in_order(list(facts)):
        if isinstance(fact.event, PassportRead | PassportChecked):
            paper.append(fact)
            continue
        order = fact.event.subjects().order
        for slip in slips_of(fact.event) if order else ():
            begins = begins_slip(fact.event) and slip == fact.event.subjects().slip
            (issued if begins else named)[slip] = order or ""
    return _said_on_paper(paper) | named | issued


def _said_on_paper(facts: Iterable[Fact]) -> dict[str, str]:
    """The order that each slip's own words name, of those that were read of it."""
    reads, checks = defaultdict[str, list[Fact]](list), defaultdict[str, list[Fact]](list)
    for fact in facts:
        found = reads if isinstance(fact.event, PassportRead) else checks
        found[fact.event.subjects().slip or ""].append(fact)
    words = {slip: Words(None, tuple(read), tuple(checks[slip])) for slip, read in reads.items()}
    return {slip: order for slip, said in words.items() if (order := said.order_said)}


def order_meant(ordered: Sequence[Fact]) -> str | None:
    """The order that facts (sorted) decide about, else the one that they name first.

    Paper that is not believed names none, unless there is nothing else.
    """
    decided = next((fact.event.order for fact in ordered if isinstance(fact.event, OrderEvent)), None)
    if decided:
        return decided
    of_slip = orders_of_slips(ordered)
    named = [fact for fact in ordered if fact.event.subjects().order]
    believed = (fact for fact in named if not _is_disbelieved(fact, of_slip))
    meant = next(believed, named[0] if named else None)
    return meant.event.subjects().order if meant else None


def _is_disbelieved(fact: Fact, of_slip: Mapping[str, str]) -> bool:
    """Whether it is paper that names another order than its slip's."""
    order, slip = fact.event.subjects()[:2]
    return isinstance(fact.event, PassportRead | PassportChecked) and of_slip.get(slip or "") != order


def with_orders(ordered: Sequence[Fact]) -> Iterator[tuple[Fact, str | None]]:
    """Each of the facts (sorted) with the one order that it belongs to; None when nobody knows."""
    of_slip = orders_of_slips(ordered)

    def named(fact: Fact) -> str | None:
        order, slip = fact.event.subjects()[:2]
        return order or of_slip.get(slip or "")

    reports = {fact.event_id: fact for fact in ordered if isinstance(fact.event, Reported)}
    for fact in ordered:
        report = fact.event.report if isinstance(fact.event, ReportCorrected) else None
        yield fact, named(reports.get(report or "", fact))

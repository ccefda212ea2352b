"""Which order each fact belongs to: the one that it names (a correction: its report's), else its slip's.

Never two: a slip number may stand for two contents, but each fact counts once.
"""

from collections.abc import Iterable, Iterator, Sequence

from floor.codec import Fact, in_order
from floor.events import OrderEvent, PassportChecked, PassportRead, ReportCorrected, Reported
from floor.moves import begins_slip, slips_of


def orders_of_slips(facts: Iterable[Fact]) -> dict[str, str]:
    """The order of each slip, for facts that name none.

    That of its last issue, else the last that somebody named with it, else what its paper says.
    """
    read, named, issued = dict[str, str](), dict[str, str](), dict[str, str]()
    for fact in in_order(list(facts)):
        order = fact.event.subjects().order
        for slip in slips_of(fact.event) if order else ():
            begins = begins_slip(fact.event) and slip == fact.event.subjects().slip
            on_paper = isinstance(fact.event, PassportRead | PassportChecked)
            (issued if begins else read if on_paper else named)[slip] = order or ""
    return read | named | issued


def order_meant(ordered: Sequence[Fact]) -> str | None:
    """The order that facts (sorted) decide about, else the one that they name first."""
    decided = (fact.event.order for fact in ordered if isinstance(fact.event, OrderEvent))
    return next(decided, None) or next(filter(None, (fact.event.subjects().order for fact in ordered)), None)


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

"""Piles: pieces that a report set aside or sent to rework, and those that a decision sent there.

Never asks whether they still lie there: a pile is what somebody said, with the correction that counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from floor.events import ReportContent, ReviewDecided, ReviewFate, TagAsked, TagUse
from floor.progress import OrderProgress


@dataclass(frozen=True, slots=True)
class Pile:
    """What one tag is about."""

    said: str
    """The report or the decision."""
    use: TagUse
    line: int
    """Which of its lines of this use, counted from 0."""
    slip: str
    step: int
    """Where the pieces were."""
    to_step: int | None
    """Where they are worked again."""
    quantity: Decimal
    unit: str
    reason: str | None

    def is_meant_by(self, tag: TagAsked) -> bool:
        """Whether a tag lies on this pile."""
        return (tag.said, tag.use, tag.line) == (self.said, self.use, self.line)


def piles_of_report(said: str, slip: str, content: ReportContent) -> Iterator[Pile]:
    """What a report set aside, then what it sent to rework, line by line."""
    for line, review in enumerate(content.review):
        held = (slip, content.step, None)
        yield Pile(said, TagUse.HOLD, line, *held, review.quantity, content.unit, review.reason)
    for line, rework in enumerate(content.rework):
        sent = (slip, content.step, rework.to_step)
        yield Pile(said, TagUse.REWORK, line, *sent, rework.quantity, content.unit, rework.reason)


def piles_of_decision(said: str, decided: ReviewDecided) -> Iterator[Pile]:
    """What a decision about pieces in review sent to rework."""
    if decided.fate is ReviewFate.REWORK:
        where = (decided.slip, decided.step, decided.to_step)
        yield Pile(said, TagUse.REWORK, 0, *where, decided.quantity, decided.unit, decided.reason)


def piles_of(order: OrderProgress) -> Iterator[Pile]:
    """Every pile of an order, slip by slip and step by step; none of what was withdrawn."""
    for slip in order.slips.values():
        for line in slip.lines.values():
            for report in line.reports:
                if report.content:
                    yield from piles_of_report(report.fact.event_id, slip.slip, report.content)
        for fact in slip.care:
            if isinstance(fact.event, ReviewDecided):
                yield from piles_of_decision(fact.event_id, fact.event)


def tags_of(order: OrderProgress, pile: Pile) -> int:
    """How many tags of a pile were asked for."""
    return sum(isinstance(fact.event, TagAsked) and pile.is_meant_by(fact.event) for fact in order.facts)

"""Rules for paper beside slips: tags on pieces, cards with codes, a day's close.

Never asks whether pieces lie where they are said to: what was reported has its tag.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from floor.commands import AskCards, AskDaySheet, AskTag, CloseDay, DecideReview, ReportWork
from floor.decide.picture import Decided, Picture
from floor.events import (
    CardsAsked,
    DayClosed,
    DaySheetAsked,
    Moment,
    ReportContent,
    Reported,
    Review,
    ReviewDecided,
    ReviewFate,
    Rework,
    TagAsked,
    TagUse,
)
from floor.events.paper import CHOSEN_MAX
from floor.identity import follow_up
from floor.refusals import Refusal

FIRST_TAG: Final = 2
"""Of the facts that follow from a report, its tags begin here: behind the answer to what was asked."""


class Line(NamedTuple):
    """Pieces that a report or a decision put aside: what one tag is about."""

    use: TagUse
    line: int
    said: Review | Rework


def lines_of(content: ReportContent) -> Iterator[Line]:
    """What a report set aside or sent to rework, line by line."""
    for line, review in enumerate(content.review):
        yield Line(TagUse.HOLD, line, review)
    for line, rework in enumerate(content.rework):
        yield Line(TagUse.REWORK, line, rework)


def tags_of_report(command: ReportWork, reported: Reported) -> Decided:
    """A tag for each pile, in the transaction of the report."""
    if command.tag_printer is None:
        return []
    return [
        (
            follow_up(command.intent, FIRST_TAG + nth),
            _tag(reported, command.intent, line, reported.content, command.tag_printer),
        )
        for nth, line in enumerate(lines_of(reported.content))
    ]


def tag_of_decision(command: DecideReview, decided: ReviewDecided) -> Decided:
    """A tag for pieces that a decision sends to rework."""
    if command.tag_printer is None or decided.fate is not ReviewFate.REWORK:
        return []
    return [(follow_up(command.intent, FIRST_TAG), _tag_of(decided, command.intent, command.tag_printer))]


def ask_tag(picture: Picture, command: AskTag, now: Moment) -> Decided | Refusal:
    """The tag of pieces whose report or decision is known here, with what that says now."""
    tag = _tag_said_by(picture, command)
    if tag is None:
        return Refusal.NOTHING_SET_ASIDE
    copies = sum(isinstance(fact.event, TagAsked) and _same(fact.event, tag) for fact in picture.order.facts)
    asked = {"at": now, "by": command.by, "copy_number": copies + 1, "user": command.user}
    return [(command.intent, tag.model_copy(update=asked))]


def _tag_said_by(picture: Picture, command: AskTag) -> TagAsked | None:
    for reported, content in _reports(picture, command.slip, command.said):
        for line in lines_of(content):
            if (line.use, line.line) == (command.use, command.line):
                return _tag(reported, command.said, line, content, command.printer)
    for fact in picture.order.facts:
        decided = fact.event
        if fact.event_id == command.said and isinstance(decided, ReviewDecided):
            sent = decided.fate is ReviewFate.REWORK and command.use is TagUse.REWORK
            return _tag_of(decided, command.said, command.printer) if sent and not command.line else None
    return None


def _reports(picture: Picture, slip: str, report: str) -> Iterator[tuple[Reported, ReportContent]]:
    """The report of this id with what it says now; nothing where it was withdrawn."""
    known = picture.slip(slip)
    for line in known.lines.values() if known else ():
        for found in line.reports:
            if found.fact.event_id == report and found.content:
                yield found.reported, found.content


def _tag(reported: Reported, said: str, line: Line, content: ReportContent, printer: str) -> TagAsked:
    pile = line.said
    return TagAsked(
        at=reported.at,
        by=reported.by,
        slip=reported.slip,
        order=reported.order,
        use=line.use,
        said=said,
        line=line.line,
        step=content.step,
        to_step=pile.to_step if isinstance(pile, Rework) else None,
        quantity=pile.quantity,
        unit=content.unit,
        reason=pile.reason,
        printer=printer,
    )


def _tag_of(decided: ReviewDecided, said: str, printer: str) -> TagAsked:
    return TagAsked(
        at=decided.at,
        by=decided.by,
        slip=decided.slip,
        order=decided.order,
        use=TagUse.REWORK,
        said=said,
        step=decided.step,
        to_step=decided.to_step,
        quantity=decided.quantity,
        unit=decided.unit,
        reason=decided.reason,
        printer=printer,
    )


def _same(asked: TagAsked, tag: TagAsked) -> bool:
    return (asked.said, asked.use, asked.line) == (tag.said, tag.use, tag.line)


def ask_cards(command: AskCards, now: Moment) -> Decided | Refusal:
    """Cards of what is chosen; whoever is not known any more is left out when they are made."""
    if len(command.chosen) > CHOSEN_MAX:
        return Refusal.TOO_MANY_CARDS
    asked = CardsAsked(
        at=now,
        by=command.by,
        use=command.use,
        chosen=command.chosen,
        work_centre=command.work_centre,
        single=command.single,
        printer=command.printer,
        user=command.user,
    )
    return [(command.intent, asked)]


def close_day(picture: Picture, command: CloseDay, now: Moment) -> Decided | Refusal:
    """Everything since the last close; a day may be closed in several parts."""
    day = picture.open_day()
    if not day.ranges:
        return Refusal.NOTHING_TO_CLOSE
    closed = DayClosed(
        at=now,
        by=command.by,
        day=command.day,
        ranges=day.ranges,
        reports=day.reports,
        corrected=day.corrected,
        flagged=day.flagged,
        totals=day.totals,
        printer=command.printer,
    )
    return [(command.intent, closed)]


def ask_day_sheet(picture: Picture, command: AskDaySheet, now: Moment) -> Decided | Refusal:
    """The sheet of the last close, as the copy that it is."""
    last = picture.last_close()
    if last is None:
        return Refusal.NO_DAY_CLOSED
    asked = DaySheetAsked(
        at=now,
        by=command.by,
        closing=last.closing,
        copy_number=max(2, last.copies + 1),
        printer=command.printer,
        user=command.user,
    )
    return [(command.intent, asked)]

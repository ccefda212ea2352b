"""Rules for paper beside slips: tags on pieces, cards with codes, a day's close.

Never asks whether pieces lie where they are said to: what was reported has its tag.
"""

from collections.abc import Iterable
from typing import Final

from floor.commands import AskCards, AskDaySheet, AskTag, CloseDay, DecideReview, ReportWork
from floor.decide.picture import Decided, Picture
from floor.events import CardsAsked, DayClosed, DaySheetAsked, Moment, Reported, ReviewDecided, TagAsked
from floor.events.paper import CHOSEN_MAX
from floor.identity import follow_up
from floor.piles import Pile, piles_of, piles_of_decision, piles_of_report, tags_of
from floor.refusals import Refusal

FIRST_TAG: Final = 2
"""Of the facts that follow from a report, its tags begin here: behind the answer to what was asked."""


def tags_of_report(command: ReportWork, reported: Reported) -> Decided:
    """A tag for each pile, in the transaction of the report."""
    piles = piles_of_report(command.intent, reported.slip, reported.content)
    return _tags(command.intent, piles, reported, command.tag_printer)


def tag_of_decision(command: DecideReview, decided: ReviewDecided) -> Decided:
    """A tag for pieces that a decision sends to rework."""
    return _tags(command.intent, piles_of_decision(command.intent, decided), decided, command.tag_printer)


def _tags(intent: str, piles: Iterable[Pile], said: Reported | ReviewDecided, printer: str | None) -> Decided:
    if printer is None:
        return []
    return [
        (follow_up(intent, FIRST_TAG + nth), _tag(pile, said.at, said.by, said.order, printer))
        for nth, pile in enumerate(piles)
    ]


def ask_tag(picture: Picture, command: AskTag, now: Moment) -> Decided | Refusal:
    """The tag of a pile that is known here, with what its report or decision says now."""
    wanted = (command.slip, command.said, command.use, command.line)
    for pile in piles_of(picture.order):
        if (pile.slip, pile.said, pile.use, pile.line) == wanted:
            tag = _tag(pile, now, command.by, picture.order_of(command.slip), command.printer)
            copy_number = tags_of(picture.order, pile) + 1
            return [
                (command.intent, tag.model_copy(update={"copy_number": copy_number, "user": command.user}))
            ]
    return Refusal.NOTHING_SET_ASIDE


def _tag(pile: Pile, at: Moment, by: str | None, order: str | None, printer: str) -> TagAsked:
    return TagAsked(
        at=at,
        by=by,
        slip=pile.slip,
        order=order,
        use=pile.use,
        said=pile.said,
        line=pile.line,
        step=pile.step,
        to_step=pile.to_step,
        quantity=pile.quantity,
        unit=pile.unit,
        reason=pile.reason,
        printer=printer,
    )


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

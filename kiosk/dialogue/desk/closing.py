"""Closing the day: a supervisor names it, reads what it comes to, and says yes.

Never asks a clock what belongs to a day: everything since the last close does. It only proposes names.
"""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Final

from floor.commands import CloseDay
from floor.days import OpenDay
from floor.events import DayClosed
from floor.refusals import Refusal
from kiosk.dialogue.amounts import show
from kiosk.dialogue.moments import short_day
from kiosk.dialogue.pages import ListPage
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Row, Tone
from kiosk.words import _

DAYS_BACK: Final = 6
"""So many earlier days are offered: a weekend, and a few days on which nobody thought of it."""


class Closing:
    """The desk's errand: which day, what it comes to, closed."""

    def __init__(self, talk: Talk, show_orders: Callable[[], Awaitable[object]]) -> None:
        """`show_orders` goes back to the desk's first page."""
        self._talk = talk
        self._show_orders = show_orders

    async def ask_which(self, person: str) -> None:
        """Today and the days before it, by name; `person` gave badge and PIN."""
        today = self._talk.plant.local_time(self._talk.memory.moment().clamped_ms).date()
        days = [today - timedelta(days=back) for back in range(DAYS_BACK + 1)]

        async def choose(index: int) -> None:
            await self._ask_sure(days[index], person)

        names = (_("today"), _("yesterday"), *([""] * DAYS_BACK))
        rows = tuple(Row((short_day(day), name)) for day, name in zip(days, names, strict=False))
        self._talk.offer(ListPage(_("Close which day?"), (_("day"), ""), rows, choose))

    async def _ask_sure(self, day: date, person: str) -> None:
        """The figures as they would be recorded now; No is marked."""
        found = await self._talk.memory.open_day()
        if not found.ranges:
            self._talk.refuse(Refusal.NOTHING_TO_CLOSE)
            return

        async def choose(index: int) -> None:
            if index == 0:
                self._talk.pages.remove(page)
            elif index == 1:
                await self._close(day, person)

        rows = (
            Row((_("No, not yet"), "")),
            Row((_("Yes, close the day"), short_day(day)), Tone.FLAGGED),
            *(Row((what, figure), Tone.WAITING) for what, figure in figures_of(found)),
        )
        title = _("Close {day}?").format(day=short_day(day))
        page = ListPage(title, (_("since the last close"), ""), rows, choose)
        self._talk.offer(page)

    async def _close(self, day: date, person: str) -> None:
        talk = self._talk
        printer = next(iter(talk.place.printers), None)
        command = CloseDay(intent=talk.new_intent(), by=person, day=day, printer=printer)
        recorded = await talk.record(command)
        closed = recorded.facts[0].event if recorded else None
        if isinstance(closed, DayClosed):
            await self._show_orders()
            said = _("{day} is closed: {count} reports.").format(day=short_day(day), count=closed.reports)
            sheet = _("Its sheet comes from printer {name}. Sign it.")
            alone = _("No printer is set: print its sheet later.")
            talk.notice = Notice(Tone.TAKEN, said, sheet.format(name=printer) if printer else alone)


def figures_of(day: OpenDay) -> list[tuple[str, str]]:
    """What a day comes to, line by line."""
    entries = [f"{found.first_seq}-{found.last_seq}" for found in day.ranges]
    lines = [
        (_("reports"), str(day.reports)),
        (_("corrections"), str(day.corrected)),
        (_("reports with a warning"), str(day.flagged)),
        (_("entries of the ledger"), ", ".join(entries)),
        (_("of these not yet at the server"), str(day.unsafe)),
    ]
    for total in day.totals:
        said = _("{good} good, {scrap} scrap, {rework} rework, {review} review")
        figures = said.format(
            good=show(total.good),
            scrap=show(total.scrap),
            rework=show(total.rework),
            review=show(total.review),
        )
        lines.append((total.unit, figures))
    return lines

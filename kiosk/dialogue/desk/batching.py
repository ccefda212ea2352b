"""Slips for many orders at once: chosen, proposed, printed with one word; how far it is, and an end to it.

Never holds anybody up: the slips are issued and printed beside everything else, and go on after a stop.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from floor.decide.paper import SLIPS_AT_ONCE_MAX, lots
from floor.progress import OrderProgress
from floor.quantities import PIECES, countable_up
from floor.refusals import Refusal
from kiosk.dialogue.amounts import read, show
from kiosk.dialogue.desk.orders import unit_of
from kiosk.dialogue.moments import short_day
from kiosk.dialogue.pages import AskPage, ListPage
from kiosk.dialogue.sure import ask_sure
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Row, Tone
from kiosk.papers import Batch, BatchLine, BatchState
from kiosk.words import _, counted

BAR_SIGNS: Final = 30
BEFORE_ORDERS: Final = 3
"""Lines that stand above the orders: print, how many on each, all or none."""


@dataclass(slots=True)
class BatchPage(ListPage):
    """How far the batch is; its lines go on by themselves."""


@dataclass(slots=True)
class ChoicePage(ListPage):
    """Orders to choose from."""

    orders: tuple[OrderProgress, ...] = ()
    wanted: set[str] = field(default_factory=set)
    lot: Decimal | None = None
    """How many on each slip; None for one slip an order."""


class Batching:
    """The desk's errand."""

    def __init__(self, talk: Talk, show_orders: Callable[[], Awaitable[object]]) -> None:
        """Works on the one `talk` of its terminal; `show_orders` goes back to the desk."""
        self._talk = talk
        self._show_orders = show_orders

    async def open(self, person: str) -> None:
        """The batch that goes on; else the orders that still want slips, all of them chosen."""
        talk = self._talk
        if talk.papers.batch():
            self._show_batch(person)
            return
        orders = tuple(order for order in await talk.memory.open_orders() if order.unissued)
        if not orders or talk.training:
            talk.notice = Notice(Tone.PLAIN, _("No order wants slips."), _("What is wanted is issued."))
            return
        wanted = {order.number or "" for order in orders}

        async def choose(index: int) -> None:
            await self._chosen(page, person, index)

        columns = (_("print"), _("order"), _("item"), _("due"), _("quantity"), _("slips"))
        page = ChoicePage(_("Slips for many orders"), columns, (), choose, orders=orders, wanted=wanted)
        self._fill(page)
        talk.offer(page)

    async def _chosen(self, page: ChoicePage, person: str, index: int) -> None:
        if index == 0:
            await self._begin(page, person)
        elif index == 1:
            self._ask_lot(page)
        elif index == BEFORE_ORDERS - 1:
            every = {order.number or "" for order in page.orders}
            page.wanted = set() if page.wanted == every else every
        else:
            page.wanted ^= {page.orders[index - BEFORE_ORDERS].number or ""}
        self._fill(page)

    def _fill(self, page: ChoicePage) -> None:
        """The lines, as they are chosen now."""
        wanted = [order for order in page.orders if order.number in page.wanted]
        slips = sum(len(_cut(order, page.lot)) for order in wanted)
        each = show(page.lot) if page.lot else _("all of it on one slip")
        page.rows = (
            _wide(counted("Print {count} slip", "Print {count} slips", slips), Tone.TAKEN),
            _wide(_("On each slip: {number}").format(number=each)),
            _wide(_("None of them") if len(wanted) == len(page.orders) else _("All of them")),
            *(_order_row(order, page) for order in page.orders),
        )

    def _ask_lot(self, page: ChoicePage) -> None:
        async def answer(text: str) -> None:
            lot = read(text, PIECES) if text else None
            if isinstance(lot, Refusal):
                self._talk.refuse(lot)
                return
            page.lot = lot
            self._talk.pages.remove(asking)
            self._fill(page)

        title, question = _("Slips for many orders"), _("How many on each slip?")
        keys = _("ENTER takes; ENTER alone: one slip an order      ESC back")
        asking = AskPage(title, question, answer, keys=keys)
        self._talk.pages.append(asking)

    async def _begin(self, page: ChoicePage, person: str) -> None:
        talk = self._talk
        wanted = [order for order in page.orders if order.number in page.wanted]
        if not wanted:
            talk.refuse(Refusal.NO_SUCH_LINE)
            return
        printer = talk.place.printers[0] if talk.place.printers else None
        lines = tuple(line for order in wanted for line in self._lines(order, page.lot))
        await talk.papers.begin(Batch(person, printer, lines))
        await self._show_orders()
        self._show_batch(person)

    def _lines(self, order: OrderProgress, lot: Decimal | None) -> list[BatchLine]:
        """As many slips a line as one command issues."""
        cut = _cut(order, lot)
        parts = [cut[at : at + SLIPS_AT_ONCE_MAX] for at in range(0, len(cut), SLIPS_AT_ONCE_MAX)]
        return [
            BatchLine(self._talk.new_intent(), order.number or "", sum(part, Decimal(0)), lot, len(part))
            for part in parts
        ]

    # The batch that goes on

    def _show_batch(self, person: str) -> None:
        async def choose(index: int) -> None:
            if index == len(page.rows) - 1 and self._talk.papers.batch():
                count = counted("{count} slip", "{count} slips", _left(self._talk.papers.batch()))
                title = _("Do not print the {slips} that are left?").format(slips=count)
                ask_sure(self._talk, title, _("No, print"), _("Yes, do not print"), lambda: self._end(person))
            elif index == len(page.rows) - 1:
                await self._show_orders()

        page = BatchPage(_("Slips for many orders"), ("", ""), (), choose)
        self.refresh(page)
        self._talk.offer(page)

    def refresh(self, page: BatchPage) -> None:
        """Once a second."""
        state = self._talk.papers.batch()
        if state is None:
            page.rows = (Row((_("All is done."), ""), Tone.TAKEN), Row((_("Back to the orders"), "")))
        else:
            page.rows = (
                Row((_("issued"), _bar(state.issued, state.slips))),
                Row((_("from the printer"), _bar(state.answered, state.slips))),
                Row((_("Go on working: it goes on by itself"), ""), Tone.WAITING),
                Row((_("End it: what no printer has yet is not printed"), "")),
            )
        page.chosen = min(page.chosen, len(page.rows) - 1)

    async def _end(self, person: str) -> None:
        count = await self._talk.papers.end_batch(person)
        await self._show_orders()
        said = counted("{count} paper is not printed.", "{count} papers are not printed.", count)
        hint = _("Slips that were issued stay: print or void them at their order.")
        self._talk.notice = Notice(Tone.TAKEN, said, hint)


def _left(state: BatchState | None) -> int:
    return state.slips - state.answered if state else 0


def _bar(done: int, whole: int) -> str:
    signs = done * BAR_SIGNS // whole
    return f"[{'#' * signs}{'.' * (BAR_SIGNS - signs)}] {done:,} / {whole:,}"


def _cut(order: OrderProgress, lot: Decimal | None) -> list[Decimal]:
    return lots(countable_up(order.unissued, unit_of(order)), lot)


def _wide(text: str, tone: Tone = Tone.PLAIN) -> Row:
    return Row(("", text, "", "", "", ""), tone)


def _order_row(order: OrderProgress, page: ChoicePage) -> Row:
    confirmed = order.life.confirmed
    due = confirmed.demand.due if confirmed else None
    wanted = order.number in page.wanted
    return Row(
        (
            "[x]" if wanted else "[ ]",
            order.number or "",
            confirmed.item_name if confirmed else "",
            short_day(due) if due else "",
            show(countable_up(order.unissued, unit_of(order))),
            str(len(_cut(order, page.lot))) if wanted else "",
        ),
        Tone.PLAIN if wanted else Tone.WAITING,
    )

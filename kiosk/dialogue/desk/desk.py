"""The supervisor's desk behind badge and PIN: open orders, slips in lots, make-up slips, print and reprint.

Never bends a rule: what a supervisor asks for goes through the same decisions and the same ledger.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from floor.commands import IssueSlips, ReprintSlip
from floor.copies import copy_number
from floor.events import Subjects
from floor.piles import piles_of
from floor.progress import OrderProgress, SlipProgress
from floor.quantities import countable_up
from floor.refusals import Refusal
from floor.tags import slip_name
from kiosk.dialogue.amounts import read, show
from kiosk.dialogue.desk import desk_rows
from kiosk.dialogue.desk.batching import Batching, BatchPage
from kiosk.dialogue.desk.cards import Cards
from kiosk.dialogue.desk.closing import Closing
from kiosk.dialogue.desk.leading import PERMISSION_MS
from kiosk.dialogue.desk.orders import unit_of
from kiosk.dialogue.desk.previewing import Previewing
from kiosk.dialogue.desk.tagging import Tagging
from kiosk.dialogue.desk.voiding import Voiding
from kiosk.dialogue.pages import AskPage, ListPage
from kiosk.dialogue.paper.waiting import show_waiting, waiting_row
from kiosk.dialogue.report.gates import ABSURD_TIMES
from kiosk.dialogue.sure import ask_sure
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Row, Tone
from kiosk.previews import Preview, Wanted
from kiosk.words import _, counted, mark

ORDER_COLUMNS: Final = (
    mark("order"),
    mark("item"),
    mark("due"),
    mark("wanted"),
    mark("issued"),
    mark("finished"),
    mark("short by"),
)
SLIP_COLUMNS: Final = (mark("slip"), mark("quantity"), mark("good"), mark("missing"), mark("paper"))
ORDER_KEYS: Final = mark("UP DOWN choose      ENTER takes      F2 shows the paper      ESC back")
OTHER: Final = "other"
"""The line that is always there, and only asks."""
VOID: Final = "void"
TAG: Final = "tag"


@dataclass(frozen=True, slots=True)
class _Action:
    key: str
    """What the line is about, however it is worded: a slip's number, or a word of this module."""
    row: Row
    run: Callable[[], Awaitable[None]]
    wanted: Callable[[], Wanted] | None = None
    """What it would print, where nothing is asked before."""


@dataclass(slots=True)
class OrdersPage(ListPage):
    """The open orders: as long as it lies there, the desk is open."""


@dataclass(slots=True)
class OrderPage(ListPage):
    """One order's slips, and what can be done for it."""

    order: str = ""
    lines: tuple[str, ...] = ()
    """What each line is about."""

    def mark_line(self, line: str) -> None:
        """Mark the line about this; the first where none is."""
        self.chosen = self.lines.index(line) if line in self.lines else 0


class Desk:
    """What only a supervisor may do at a terminal."""

    def __init__(self, talk: Talk, preview: Preview | None = None) -> None:
        """Works on the one `talk` of its terminal; `preview` is None where it cannot show a page."""
        self._talk = talk
        self._previewing = Previewing(talk, preview)
        self._voiding = Voiding(talk, self._show_order)
        self._tagging = Tagging(talk, self._show_order)
        self._cards = Cards(talk, self._show_orders)
        self._closing = Closing(talk, self._show_orders)
        self._batching = Batching(talk, self._show_orders)

    @property
    def _person(self) -> str:
        """Whoever is signed on, who gave the PIN: a badge or signing off closes the desk."""
        return self._talk.operator.person if self._talk.operator else ""

    async def open(self) -> None:
        """Ask the signed-on supervisor for the PIN."""
        person = self._talk.operator
        if person is None or not person.leads:
            self._talk.refuse(Refusal.SUPERVISOR_ONLY)
            return
        self._talk.pages.append(
            AskPage(
                _("Supervisor"), _("PIN of {name}").format(name=person.name), self._answer_pin, secret=True
            )
        )

    async def _answer_pin(self, pin: str) -> None:
        refusal = await self._talk.memory.check_pin(self._person, pin)
        if refusal:
            self._talk.refuse(refusal)
            return
        self._talk.pages.clear()
        await self._show_orders()

    async def _show_orders(self) -> OrdersPage:
        talk = self._talk
        talk.plant = await talk.memory.plant()
        orders = await talk.memory.open_orders()

        waiting = waiting_row(talk, len(ORDER_COLUMNS))

        async def choose(index: int) -> None:
            if index < len(orders):
                await self._show_order(orders[index].number or "")
            elif waiting and index == len(orders):
                await show_waiting(talk, self._person)
            else:
                await errands[index - len(orders) - bool(waiting)][1]()

        errands = self._errands()
        rows = (
            *(desk_rows.order_row(order) for order in orders),
            *([waiting] if waiting else []),
            *(Row((text, "", "", "", "", "", "")) for text, _run in errands),
        )
        columns = tuple(map(_, ORDER_COLUMNS))
        page = OrdersPage(_("Open orders"), columns, rows, choose)
        talk.pages[:] = [page]
        return page

    def _errands(self) -> list[tuple[str, Callable[[], Awaitable[None]]]]:
        """What is about no order; ending the terminal stands last."""
        return [
            (_("Slips for many orders"), lambda: self._batching.open(self._person)),
            (_("Print badges, tags and cards"), lambda: self._cards.ask_what(self._person)),
            (_("Close the day"), lambda: self._closing.ask_which(self._person)),
            (_("End this terminal"), self._ask_to_end),
        ]

    async def _ask_to_end(self) -> None:
        """Ending the terminal takes a second word: nobody reports here until it is started again."""
        talk = self._talk
        waiting = talk.standing.recorded - talk.standing.safe

        async def choose(index: int) -> None:
            talk.pages.pop()
            talk.leaving = index == 1

        kept = _("{count} facts wait here for the server; they are kept.").format(count=waiting)
        rows = (Row((_("No, go on"),)), Row((_("Yes, end it"),)))
        talk.offer(ListPage(_("End this terminal?"), (kept if waiting else "",), rows, choose))

    async def _show_order(self, number: str, marked: str = "") -> None:
        page = await self._order_page(number)
        page.mark_line(marked)
        self._talk.pages[:] = [*self._talk.pages[:1], page]

    async def _order_page(self, number: str) -> OrderPage:
        order = (await self._talk.memory.picture(Subjects(order=number))).order
        slips = [self._slip_action(order, slip) for slip in order.slips.values()]
        actions = [*self._issue_actions(order), *slips, *self._tag_actions(order), *self._void_actions(order)]

        async def choose(index: int) -> None:
            await actions[index].run()

        async def look(index: int) -> None:
            wanted = actions[index].wanted
            await self._previewing.show(number, wanted() if wanted else None)

        rows = tuple(action.row for action in actions)
        columns = ("", *map(_, SLIP_COLUMNS))
        lines = tuple(action.key for action in actions)
        title = desk_rows.order_title(order)
        return OrderPage(title, columns, rows, choose, ORDER_KEYS, look=look, order=number, lines=lines)

    async def refresh(self) -> None:
        """While an order's page is shown, its figures go on; the mark stays on what it is about.

        A desk that nobody has touched for a minute is closed: a supervisor's word does not stay open.
        """
        pages = self._talk.pages
        idle_ms = self._talk.monotonic_ms() - self._talk.last_input_ms
        if idle_ms >= PERMISSION_MS and any(isinstance(page, OrdersPage) for page in pages):
            pages.clear()
        elif pages and isinstance(shown := pages[-1], OrdersPage):
            again = await self._show_orders()
            again.chosen = min(shown.chosen, len(again.rows) - 1)
        elif pages and isinstance(shown, BatchPage):
            self._batching.refresh(shown)
        elif pages and isinstance(shown, OrderPage):
            pages[-1] = anew = await self._order_page(shown.order)
            marked = shown.lines[shown.chosen]
            anew.mark_line(marked if marked in anew.lines else OTHER)

    def _issue_actions(self, order: OrderProgress) -> list[_Action]:
        unit = unit_of(order)
        actions = []
        if order.shortfall:
            short = countable_up(order.shortfall, unit)
            actions.append(
                _Action(
                    "makeup",
                    Row(
                        (_("Make-up slip: {number}").format(number=show(short)), "", "", "", "", ""),
                        Tone.FLAGGED,
                    ),
                    lambda: self._issue(order, short, None, make_up=True),
                    lambda: self._issuing(order, short, None, make_up=True),
                )
            )
        if order.unissued:
            rest = countable_up(order.unissued, unit)
            actions.append(
                _Action(
                    "one",
                    Row((_("One slip: {number}").format(number=show(rest)), "", "", "", "", "")),
                    lambda: self._issue(order, rest, None, make_up=False),
                    lambda: self._issuing(order, rest, None, make_up=False),
                )
            )
            actions.append(
                _Action(
                    "lots",
                    Row((_("In lots: {number}").format(number=show(rest)), "", "", "", "", "")),
                    lambda: self._ask_lot(order, rest),
                )
            )
        actions.append(
            _Action(OTHER, Row((_("Other quantity"), "", "", "", "", "")), lambda: self._ask_quantity(order))
        )
        return actions

    def _tag_actions(self, order: OrderProgress) -> list[_Action]:
        if next(piles_of(order), None) is None:
            return []
        row = Row((_("Print a tag again"),))
        return [_Action(TAG, row, lambda: self._tagging.ask_which(order, self._person))]

    def _void_actions(self, order: OrderProgress) -> list[_Action]:
        if not any(slip.known and not slip.voided for slip in order.slips.values()):
            return []
        return [_Action(VOID, Row((_("Void a slip"),)), lambda: self._voiding.ask_which(order, self._person))]

    def _slip_action(self, order: OrderProgress, slip: SlipProgress) -> _Action:
        printer = self._printer
        return _Action(
            slip.slip,
            desk_rows.slip_row(order, slip),
            lambda: self._ask_reprint(order, slip),
            None if slip.voided or printer is None else lambda: self._reprinting(slip.slip, printer),
        )

    async def _ask_lot(self, order: OrderProgress, quantity: Decimal) -> None:
        async def answer(text: str) -> None:
            lot = read(text, unit_of(order))
            if isinstance(lot, Refusal):
                self._talk.refuse(lot)
            else:
                await self._make_sure(order, lot, lambda: self._issue(order, quantity, lot, make_up=False))

        self._talk.pages.append(
            AskPage(_("{number} in lots").format(number=show(quantity)), _("How many on each slip?"), answer)
        )

    async def _ask_quantity(self, order: OrderProgress) -> None:
        async def answer(text: str) -> None:
            quantity = read(text, unit_of(order))
            if isinstance(quantity, Refusal):
                self._talk.refuse(quantity)
            else:
                await self._make_sure(
                    order, quantity, lambda: self._issue(order, quantity, None, make_up=False)
                )

        over = _("More than the order needs is issued all the same, and flagged.")
        self._talk.pages.append(AskPage(_("Another slip"), _("For how many?"), answer, (over,)))

    async def _make_sure(
        self, order: OrderProgress, quantity: Decimal, errand: Callable[[], Awaitable[None]]
    ) -> None:
        """The errand; for many times what the order wants only after somebody said that it is right."""
        confirmed = order.life.confirmed
        if confirmed is None or quantity <= ABSURD_TIMES * confirmed.demand.quantity:
            await errand()
            return
        number, counts = show(quantity), unit_of(order).name
        title = _("{number} {counts} - is that right?").format(number=number, counts=counts)
        yes = _("Yes, {number} {counts}").format(number=number, counts=counts)
        ask_sure(self._talk, title, _("No"), yes, errand)

    async def _issue(
        self, order: OrderProgress, quantity: Decimal, lot: Decimal | None, *, make_up: bool
    ) -> None:
        talk = self._talk
        recorded = await talk.record(self._issuing(order, quantity, lot, make_up=make_up))
        if recorded:
            await self._show_order(order.number or "", OTHER)
            issued = counted("{count} slip issued.", "{count} slips issued.", len(recorded.facts))
            talk.notice = Notice(Tone.TAKEN, issued, self._printing)

    def _issuing(
        self, order: OrderProgress, quantity: Decimal, lot: Decimal | None, *, make_up: bool
    ) -> IssueSlips:
        return IssueSlips(
            intent=self._talk.new_intent(),
            by=self._person,
            order=order.number or "",
            quantity=quantity,
            lot=lot,
            make_up=make_up,
            printer=self._printer,
        )

    def _reprinting(self, slip: str, printer: str) -> ReprintSlip:
        return ReprintSlip(intent=self._talk.new_intent(), by=self._person, slip=slip, printer=printer)

    async def _ask_reprint(self, order: OrderProgress, slip: SlipProgress) -> None:
        """Paper costs a sheet and makes the older copy doubtful: it takes a second word."""
        talk = self._talk
        if slip.voided:
            talk.refuse(Refusal.ALREADY_VOID, _("It is not printed again: issue another slip."))
            return
        if self._printer is None:
            talk.refuse(Refusal.NO_PRINTER)
            return
        known = (await talk.memory.picture(Subjects(order=order.number))).order.slips
        number = copy_number(known.get(slip.slip, slip).next_copy)
        title = _("Print slip {slip} again?").format(slip=slip_name(slip.slip))
        yes = _("Yes, print copy {number}").format(number=number)
        says = _("Copy {number} comes from printer {name}; older copies are warned of.")
        ask_sure(
            talk,
            title,
            _("No"),
            yes,
            lambda: self._reprint(order, slip.slip),
            says.format(number=number, name=self._printer),
        )

    async def _reprint(self, order: OrderProgress, slip: str) -> None:
        talk = self._talk
        if self._printer is None:
            return
        if await talk.record(self._reprinting(slip, self._printer)):
            await self._show_order(order.number or "", OTHER)
            talk.notice = Notice(Tone.TAKEN, _("Another copy is being printed."), self._printing)

    @property
    def _printer(self) -> str | None:
        return self._talk.place.printers[0] if self._talk.place.printers else None

    @property
    def _printing(self) -> str:
        return (
            _("Paper comes from printer {name}.").format(name=self._printer)
            if self._printer
            else _("No printer is set: print them later.")
        )

"""Voiding: a supervisor says that a slip's paper is worth nothing any more, and why.

Never takes back what was reported on it: that stays, and what is done on it all the same is flagged.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from floor.commands import VoidSlip
from floor.progress import OrderProgress, SlipProgress
from floor.tags import slip_name
from kiosk.dialogue.amounts import show
from kiosk.dialogue.pages import ListPage
from kiosk.dialogue.sure import ask_sure
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Row, Tone
from kiosk.words import _, mark

REASONS: Final = (
    mark("the paper is lost"),
    mark("the paper cannot be read"),
    mark("issued by mistake"),
    mark("the quantity was wrong"),
    mark("the pieces are gone"),
)


class Voiding:
    """The desk's errand: which slip, why, recorded."""

    def __init__(self, talk: Talk, show_order: Callable[[str], Awaitable[None]]) -> None:
        """`show_order` goes back to the order's page."""
        self._talk = talk
        self._show_order = show_order

    async def ask_which(self, order: OrderProgress, person: str) -> None:
        """The slips that can still be voided, by `person`, who gave badge and PIN."""
        slips = [slip for slip in order.slips.values() if slip.known and not slip.voided]

        async def choose(index: int) -> None:
            self._ask_why(order.number or "", slips[index], person)

        rows = tuple(Row((slip_name(slip.slip), show(slip.quantity), show(slip.output))) for slip in slips)
        columns = (_("slip"), _("quantity"), _("good"))
        empty = _("There is no slip to void.")
        self._talk.offer(ListPage(_("Void which slip?"), columns, rows, choose, empty=empty))

    def _ask_why(self, order: str, slip: SlipProgress, person: str) -> None:
        async def choose(index: int) -> None:
            self._ask_to_void(order, slip, person, REASONS[index])

        rows = tuple(Row((_(reason),)) for reason in REASONS)
        title = _("Why is {slip} void?").format(slip=slip_name(slip.slip))
        self._talk.offer(ListPage(title, (_("reason"),), rows, choose))

    def _ask_to_void(self, order: str, slip: SlipProgress, person: str, reason: str) -> None:
        """Nothing makes a void slip good again: it takes a second word."""

        async def void() -> None:
            command = VoidSlip(intent=self._talk.new_intent(), by=person, slip=slip.slip, reason=reason)
            if await self._talk.record(command):
                await self._show_order(order)
                said = _("Slip {slip} is void.").format(slip=slip_name(slip.slip))
                hint = _("Take the paper away. What was reported on it stays.")
                self._talk.notice = Notice(Tone.TAKEN, said, hint)

        title = _("Void slip {slip} of {number}?").format(
            slip=slip_name(slip.slip), number=show(slip.quantity)
        )
        yes = _("Yes, it is void: {reason}").format(reason=_(reason))
        says = _("For good: whoever scans it is warned. What was reported on it stays.")
        ask_sure(self._talk, title, _("No"), yes, void, says)

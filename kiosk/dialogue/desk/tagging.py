"""Tags on pieces that were set aside or sent to rework: what is said when they come, and printing one again.

Never prints: a tag is asked for with the report itself, or here once more as another copy.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from floor.commands import AskTag
from floor.events import TagAsked, TagUse
from floor.piles import Pile, piles_of, tags_of
from floor.progress import OrderProgress
from floor.refusals import Refusal
from floor.station import Recorded
from floor.tags import slip_name
from kiosk.dialogue.amounts import show
from kiosk.dialogue.pages import ListPage
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Done, Notice, Row, Tone
from kiosk.words import _


def with_tags(done: Done, recorded: Recorded) -> Done:
    """The same words, and where the tags of what was set aside come from."""
    tags = [fact.event for fact in recorded.facts if isinstance(fact.event, TagAsked)]
    if not tags:
        return done
    one = _("Lay the tag from printer {name} on the pieces.")
    several = _("Lay the {count} tags from printer {name} on the pieces.")
    said = one if len(tags) == 1 else several
    where_from = said.format(name=tags[0].printer, count=len(tags))
    return replace(done, hint="  ·  ".join(filter(None, [where_from, done.hint])))


class Tagging:
    """The desk's errand: which pile, printed once more."""

    def __init__(self, talk: Talk, show_order: Callable[[str], Awaitable[None]]) -> None:
        """`show_order` goes back to the order's page."""
        self._talk = talk
        self._show_order = show_order

    async def ask_which(self, order: OrderProgress, person: str) -> None:
        """Every pile of the order, the newest first; `person` gave badge and PIN."""
        talk, printer = self._talk, self._printer
        if printer is None:
            talk.refuse(Refusal.NO_PRINTER)
            return
        piles = list(piles_of(order))[::-1]

        async def choose(index: int) -> None:
            await self._print(order, piles[index], person, printer)

        rows = tuple(self._row(order, pile) for pile in piles)
        columns = ("", _("how many"), _("slip"), _("step"), _("reason"), _("tags"))
        empty = _("Nothing of this order was set aside or sent to rework.")
        talk.offer(ListPage(_("Print which tag?"), columns, rows, choose, empty=empty))

    async def _print(self, order: OrderProgress, pile: Pile, person: str, printer: str) -> None:
        command = AskTag(
            intent=self._talk.new_intent(),
            by=person,
            slip=pile.slip,
            said=pile.said,
            use=pile.use,
            line=pile.line,
            printer=printer,
        )
        recorded = await self._talk.record(command)
        tag = recorded.facts[0].event if recorded else None
        if isinstance(tag, TagAsked):
            await self._show_order(order.number or "")
            said = _("Tag {number} of these pieces comes from printer {name}.")
            hint = _("Lay it on the pieces; an older one goes away.")
            self._talk.notice = Notice(
                Tone.TAKEN, said.format(number=tag.copy_number, name=tag.printer), hint
            )

    def _row(self, order: OrderProgress, pile: Pile) -> Row:
        reason = self._talk.plant.reasons.get(pile.reason or "")
        asked = tags_of(order, pile)
        cells = (
            _("HOLD") if pile.use is TagUse.HOLD else _("REWORK"),
            f"{show(pile.quantity)} {pile.unit}",
            slip_name(pile.slip),
            f"{pile.step} -> {pile.to_step}" if pile.to_step else str(pile.step),
            reason.name if reason else pile.reason or "",
            str(asked) if asked else _("none yet"),
        )
        return Row(cells)

    @property
    def _printer(self) -> str | None:
        place = self._talk.place
        return place.tag_printer or next(iter(place.printers), None)

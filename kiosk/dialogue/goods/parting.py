"""SPLIT and MERGE: a part of what is here goes on with a slip of its own, or all of it with another slip.

Never stands in the way: after a report of a part the child slip is offered, and any other input goes on.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from floor.commands import MergeSlips, SplitSlip
from floor.decide.slips import still_here
from floor.events import SlipsMerged, SlipSplit
from floor.moves import follower
from floor.progress import SlipProgress
from floor.quantities import PIECES, countable
from floor.refusals import Refusal
from floor.tags import TagKind, slip_name
from kiosk.dialogue.amounts import read, show
from kiosk.dialogue.asides import Parted
from kiosk.dialogue.pages import AskPage, ListPage
from kiosk.dialogue.report.reporting import Filling
from kiosk.dialogue.talk import HINT_MS, Talk
from kiosk.dialogue.view import Body, Done, Row, Tone
from kiosk.inputs import Input, Scan
from kiosk.words import _


@dataclass(frozen=True, slots=True)
class _MergePage:
    """A list of the order's other slips that takes a scanned one as well."""

    slips: ListPage
    into: "Parting"

    def body(self, typed: str, /) -> Body:
        """The list."""
        return self.slips.body(typed)

    async def take(self, taken: Input, /) -> bool | Refusal:
        """The other slip, scanned or chosen."""
        if isinstance(taken, Scan) and taken.tag.kind in {TagKind.SLIP, TagKind.SLIP_STEP}:
            await self.into.merge_into(taken.tag.slip)
            return True
        return await self.slips.take(taken)


class Parting:
    """SPLIT, MERGE, and the offer after a report of a part."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    # Split

    def offered(self, done: Done, filling: Filling) -> Done:
        """After a report was recorded: the same words, with a child slip offered for what it passed on."""
        self._talk.parted = None
        step, content = filling.slots.step or 0, filling.content
        to = follower(filling.picture.order.steps, step)
        if content.final or not content.good or not filling.left or to is None or self._talk.operator is None:
            return done
        steps, confirmed = filling.picture.order.steps, filling.picture.order.life.confirmed
        unit = steps[to].unit or (confirmed.unit if confirmed else PIECES)
        moved = steps[to].ratio.to_step(steps[step].ratio.to_order(Fraction(content.good)))
        quantity = countable(moved, unit)
        if not quantity:
            return done
        until_ms = self._talk.monotonic_ms() + HINT_MS
        me = self._talk.operator.person
        self._talk.parted = Parted(me, filling.slots.slip, to, quantity, until_ms)
        hint = _("SPLIT or PAGE DOWN: a slip of its own for these {number}")
        return replace(done, hint=hint.format(number=show(quantity)))

    async def split(self) -> None:
        """The number on the screen goes on alone; with no slip on the screen, what was just passed on."""
        talk, filling = self._talk, self._talk.filling
        if talk.operator is None:
            talk.refuse(Refusal.SIGN_ON_FIRST)
        elif filling is None:
            await self._take_offer(talk.operator.person)
        elif self._may_part(filling):
            number, talk.number = talk.number, None
            if number is None:
                self._ask_how_many(filling)
            else:
                await self._split_here(number)

    async def _take_offer(self, person: str) -> None:
        talk, offer, self._talk.parted = self._talk, self._talk.parted, None
        if offer is None or offer.operator != person or talk.monotonic_ms() >= offer.until_ms:
            talk.refuse(Refusal.SLIP_FIRST)
        else:
            await self._split(offer.slip, offer.step, offer.quantity)

    def _may_part(self, filling: Filling) -> bool:
        """Whether a step is chosen and nothing is entered that would be lost; says why not."""
        refusal = Refusal.STEP_FIRST if filling.slots.step is None else None
        if filling.slots.says_result:
            refusal = Refusal.REPORT_UNFINISHED
        if refusal:
            self._talk.refuse(refusal)
        return refusal is None

    def _ask_how_many(self, filling: Filling) -> None:
        async def answer(text: str) -> None:
            amount = read(text, filling.unit)
            if isinstance(amount, Refusal):
                self._talk.refuse(amount)
            else:
                self._talk.pages.clear()
                await self._split_here(amount)

        here = _("{number} are here").format(number=show(filling.line.still_here if filling.line else 0))
        question = _("How many go on with a slip of their own?")
        self._talk.pages.append(AskPage(_("Split"), question, answer, (here,)))

    async def _split_here(self, quantity: Decimal) -> None:
        """At the chosen step; of more than is here it is asked whether that is meant."""
        filling = self._talk.filling
        if filling is None or filling.slots.step is None:
            return
        slip, step = filling.slots.slip, filling.slots.step
        here = filling.line.still_here if filling.line else Fraction(0)
        if quantity <= here or filling.slip is None or not filling.slip.known:
            await self._split(slip, step, quantity)
            return

        async def choose(index: int) -> None:
            self._talk.pages.clear()
            if index:
                await self._split(slip, step, quantity)

        title = _("Only {here} are here, as far as known").format(here=show(here))
        all_the_same = _("{number} go on with a slip of their own all the same")
        rows = (Row((_("No"),)), Row((all_the_same.format(number=show(quantity)),)))
        self._talk.offer(ListPage(title, ("",), rows, choose))

    async def _split(self, slip: str, step: int, quantity: Decimal) -> None:
        talk = self._talk
        printer = talk.place.printers[0] if talk.place.printers else None
        command = SplitSlip(
            intent=talk.new_intent(),
            by=talk.operator.person if talk.operator else None,
            slip=slip,
            step=step,
            quantity=quantity,
            printer=printer,
        )
        recorded = await talk.record(command)
        split = recorded.facts[0].event if recorded else None
        if isinstance(split, SlipSplit):
            await talk.look_again()
            figures = _("{number} on their own").format(number=show(split.quantity))
            where = _("slip {slip}, from step {step} on").format(slip=slip_name(split.slip), step=split.step)
            paper = (
                _("Paper comes from printer {printer}.").format(printer=printer)
                if printer
                else _("No printer is set here: write the slip's letters on a tag.")
            )
            talk.show_done(Done(Tone.TAKEN, _("SPLIT"), figures, where, hint=paper))

    # Merge

    async def merge(self) -> None:
        """Ask which slip the pieces go on with."""
        talk, filling = self._talk, self._talk.filling
        if talk.operator is None:
            talk.refuse(Refusal.SIGN_ON_FIRST)
            return
        if filling is None:
            talk.refuse(Refusal.SLIP_FIRST)
            return
        if talk.number is not None:
            talk.refuse(Refusal.REPORT_UNFINISHED)
            return
        if not self._may_part(filling):
            return
        step, order = filling.slots.step or 0, filling.picture.order
        quantity = still_here(filling.picture, filling.slots.slip, step, filling.unit)
        if not quantity:
            talk.refuse(Refusal.NOTHING_LIES_HERE)
            return
        others = [slip for slip in order.slips.values() if _takes_in(slip, filling.slots.slip)]
        others.sort(key=lambda slip: -_here(slip, step))

        async def choose(index: int) -> None:
            await self.merge_into(others[index].slip)

        rows = tuple(Row((slip_name(slip.slip), show(_here(slip, step)))) for slip in others)
        title = _("Scan the slip that these {number} go on with").format(number=show(quantity))
        empty = _("No other slip of this order is known here.")
        page = ListPage(title, (_("slip"), _("here")), rows, choose, empty=empty)
        talk.pages.append(_MergePage(page, self))

    async def merge_into(self, into: str) -> None:
        """What is still here goes on with that slip."""
        talk = self._talk
        talk.pages.clear()
        if talk.filling is None or talk.operator is None:
            return
        command = MergeSlips(
            intent=talk.new_intent(),
            by=talk.operator.person,
            slip=talk.filling.slots.slip,
            into=into,
            step=talk.filling.slots.step or 0,
        )
        recorded = await talk.record(command)
        merged = recorded.facts[0].event if recorded else None
        if isinstance(merged, SlipsMerged):
            await talk.drop_draft(talk.filling.slots.intent)
            talk.close_slip()
            figures = _("{number} moved").format(number=show(merged.quantity))
            where = _("now with slip {slip}, at step {step}")
            said = where.format(slip=slip_name(merged.into), step=merged.step)
            talk.show_done(Done(Tone.TAKEN, _("MERGED"), figures, said))


def _takes_in(slip: SlipProgress, other: str) -> bool:
    """Whether pieces of the `other` slip are offered to go on with this one: its paper counts."""
    return slip.slip != other and slip.known and not slip.voided


def _here(slip: SlipProgress, step: int) -> Fraction:
    return slip.lines[step].still_here if step in slip.lines else Fraction(0)

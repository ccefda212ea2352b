"""How a report on the screen ends: OK records it, ESC takes back one entry after the other, DELETE all of it.

Never asks what a policy wants to know: `gates` does. Never announces a hope: RECORDED is on the disk.
"""

from dataclasses import replace

from floor.commands import Answer
from floor.refusals import Refusal
from floor.tags import CommandWord
from kiosk.dialogue import painting
from kiosk.dialogue.desk.tagging import with_tags
from kiosk.dialogue.goods.parting import Parting
from kiosk.dialogue.report.correcting import Correcting
from kiosk.dialogue.report.drafts import Drafts
from kiosk.dialogue.report.entering import Entering
from kiosk.dialogue.report.gates import Gates, make_sure
from kiosk.dialogue.talk import Talk


class Finishing:
    """OK, BACK and CANCEL."""

    def __init__(
        self, talk: Talk, drafts: Drafts, entering: Entering, correcting: Correcting, parting: Parting
    ) -> None:
        """Works on the one `talk` of its terminal, with the rooms that take part in a report's end."""
        self._talk = talk
        self._drafts = drafts
        self._entering = entering
        self._correcting = correcting
        self._parting = parting
        self._gates = Gates(talk, self._record)

    async def ok(self) -> None:
        """Record: a number that nobody explained is good."""
        talk = self._talk
        if talk.filling is None:
            if talk.spelled:
                talk.refuse(talk.comes_first)
            return
        if talk.operator is None:
            talk.refuse(Refusal.SIGN_ON_FIRST)
            return
        if talk.filling.slots.step is None:
            talk.refuse(Refusal.STEP_FIRST)
            return
        if talk.number is not None and talk.scrap_next:
            await self._entering.mark(CommandWord.SCRAP, talk.filling)
            return
        if talk.number is not None:
            number, talk.number = talk.number, None
            await talk.fill(talk.filling.slots.model_copy(update={"good": number}))
        if talk.filling.slots.corrects:
            await make_sure(talk, talk.filling, self._correcting.record)
        else:
            await self._gates.pass_through()

    async def _record(self, answer: Answer | None) -> None:
        """Write down what the screen shows, with what was asked about it."""
        talk, filling = self._talk, self._talk.filling
        if filling is None or talk.operator is None:
            return
        command = replace(filling.command(talk.operator.person, answer), tag_printer=talk.place.tag_printer)
        if recorded := await talk.record(command):
            done = with_tags(self._parting.offered(painting.done(filling), filling), recorded)
            talk.close_slip()
            talk.show_done(done)
            await self._drafts.offer()

    async def back(self) -> None:
        """Take the last entry back; with nothing entered, put the slip away."""
        talk = self._talk
        if talk.number is not None or talk.scrap_next:
            talk.number, talk.scrap_next = None, False
            return
        slots = talk.go_back()
        if slots is None:
            await self.cancel()
        elif slots.filled:
            await talk.keep_draft(slots)
        else:
            await talk.drop_draft(slots.intent)

    async def cancel(self) -> None:
        """Put the slip away with everything that was entered."""
        talk = self._talk
        if talk.filling:
            await talk.drop_draft(talk.filling.slots.intent)
        talk.close_slip()
        await self._drafts.offer()

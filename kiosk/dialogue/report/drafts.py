"""Reports that were begun and not recorded: kept for their owners, through a power cut too.

Never records a draft by itself: its owner does. A report that the ledger has already is only told of.
"""

from dataclasses import replace

from pydantic import ValidationError

from kiosk.dialogue.report.reporting import with_number
from kiosk.dialogue.report.slots import Slots
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Tone
from kiosk.words import _


class Drafts:
    """What was begun by whom: put aside, and put on the screen again."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    async def gather(self) -> None:
        """Look what was left when the program last stopped: it waits for its owner's badge."""
        talk = self._talk
        for draft in await talk.memory.drafts():
            if draft.recorded:
                talk.notice = Notice(
                    Tone.TAKEN,
                    _("The last report was already recorded."),
                    _("It is the first of the list below."),
                )
                await talk.drop_draft(draft.intent)
                continue
            try:
                talk.kept.append(Slots.model_validate_json(draft.slots))
            except ValidationError:
                talk.notice = Notice(
                    Tone.WAITING,
                    _("A report begun before an update cannot be shown."),
                    _("Enter it again from the slip."),
                )
        await self.offer()

    async def put_aside(self) -> None:
        """The report on the screen waits for its owner; what was typed last counts as it would by OK."""
        talk = self._talk
        if talk.filling is None or not talk.unfinished:
            return
        slots, number = talk.filling.slots, talk.entered
        if number is not None:
            slots = with_number(talk.filling, number, scraps=talk.scrap_next)
        await talk.keep_draft(slots)
        talk.kept.append(slots)
        talk.close_slip()

    async def offer(self) -> None:
        """Put the next report of whoever is signed on, or of nobody, on the screen again."""
        me = self._talk.operator.person if self._talk.operator else None
        own = [slots for slots in self._talk.kept if slots.operator in {me, None}]
        if own:
            await self._show(own[0])

    async def _show(self, slots: Slots) -> None:
        talk = self._talk
        talk.operator = talk.people.get(slots.operator or "", talk.operator)
        await talk.open_slip(slots.slip, slots.source, slots.copy_letter, slots.step)
        talk.kept.remove(slots)
        if talk.filling:
            talk.before = [talk.filling.slots.model_copy(update={"intent": slots.intent})]
            talk.filling = replace(talk.filling, slots=slots)
            await talk.look_again()
        talk.notice = Notice(
            Tone.WAITING,
            _("This report was begun and is NOT recorded yet."),
            _("Look at its numbers. ENTER records it, ESC takes them back."),
        )

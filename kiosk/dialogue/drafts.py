"""What was begun when the program last stopped: told of when it counts, offered again when it does not.

Never records a draft by itself: the operator does.
"""

from pydantic import ValidationError

from floor.station import Draft
from kiosk.dialogue.reporting import Filling, Slots
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Tone


class Drafts:
    """The drafts found at start, one offered after the other."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk
        self._waiting: list[Draft] = []

    async def gather(self) -> None:
        """Look what was left, and offer the first."""
        for draft in await self._talk.memory.drafts():
            if draft.recorded:
                self._talk.notice = Notice(
                    Tone.TAKEN, "The last report was already recorded.", "It is the first of the list below."
                )
                await self._talk.memory.drop_draft(draft.intent)
            else:
                self._waiting.append(draft)
        await self.offer_next()

    async def offer_next(self) -> None:
        """Put the next one on the screen; one that cannot be read stays where it is, and is told of."""
        if not self._waiting:
            return
        draft = self._waiting.pop(0)
        try:
            slots = Slots.model_validate_json(draft.slots)
        except ValidationError:
            self._talk.notice = Notice(
                Tone.WAITING,
                "A report begun before an update cannot be shown.",
                "Enter it again from the slip.",
            )
            return
        await self._restore(slots)

    async def _restore(self, slots: Slots) -> None:
        talk = self._talk
        talk.operator, talk.machine = talk.people.get(slots.operator or ""), slots.machine
        await talk.open_slip(slots.slip, slots.source, slots.copy_letter, slots.step)
        if talk.filling:
            talk.filling = Filling(slots, talk.filling.picture, talk.place.work_centre)
        talk.notice = Notice(
            Tone.WAITING,
            "This report was begun and is NOT recorded yet.",
            "ENTER records it, ESC takes it back.",
        )

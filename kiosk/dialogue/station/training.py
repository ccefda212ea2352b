"""TRAINING: everything can be tried, and nothing of it is recorded.

Never begun over an unfinished report; never left open for the next person: another badge, SIGN OFF or
idleness ends it.
"""

from floor.refusals import Refusal
from kiosk.dialogue.asides import Real
from kiosk.dialogue.people import MS_PER_MINUTE
from kiosk.dialogue.station.practice import PracticeMemory, questions_of
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Tone
from kiosk.words import _


class Training:
    """TRAINING, and everything that ends it."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    async def begin_or_end(self) -> None:
        """TRAINING, and TRAINING again."""
        talk = self._talk
        if talk.training:
            await self.end()
        elif not talk.place.training:
            talk.refuse(Refusal.TRAINING_OFF)
        elif talk.unfinished:
            talk.refuse(Refusal.REPORT_UNFINISHED)
        else:
            await self._begin()

    async def _begin(self) -> None:
        talk = self._talk
        talk.real = Real(talk.memory, talk.kept, talk.owed)
        talk.kept, talk.owed = [], {}
        talk.memory = PracticeMemory(questions_of(talk.memory), talk.new_intent)
        await self._clear_away()
        talk.notice = Notice(
            Tone.FLAGGED, _("Training: nothing is recorded."), _("Try everything. TRAINING again ends it.")
        )

    async def end(self) -> None:
        """What was practised is gone; the real memory is back."""
        talk, real = self._talk, self._talk.real
        if real is None:
            return
        talk.memory, talk.kept, talk.owed, talk.real = real.memory, real.kept, real.owed, None
        await self._clear_away()
        talk.notice = Notice(Tone.PLAIN, _("The training has ended."), _("What you report now is recorded."))

    async def end_for(self, badge: str) -> None:
        """Somebody else's badge: whoever comes next reports for real."""
        talk = self._talk
        if talk.operator is None or badge == talk.operator.badge:
            return
        await self.end()

    async def end_when_idle(self) -> None:
        """Nobody has tried anything for as long as locks a report."""
        talk = self._talk
        if talk.monotonic_ms() - talk.last_input_ms >= talk.place.lock_minutes * MS_PER_MINUTE:
            await self.end()

    async def _clear_away(self) -> None:
        """Nothing on the screen may come from the other side."""
        talk = self._talk
        talk.close_slip()
        talk.pages.clear()
        talk.done = None
        talk.plant = await talk.memory.plant()
        talk.last = tuple(await talk.memory.last_reports())

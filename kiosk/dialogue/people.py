"""Who stands at the terminal: a badge signs on, idleness or a word signs off.

Never asks for a PIN: the desk does.
"""

from typing import Final

from floor.refusals import Refusal
from kiosk.dialogue.talk import Talk

MS_PER_MINUTE: Final = 60_000


class People:
    """Badges, SIGN OFF, and those who left without it."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    async def badge(self, badge: str) -> None:
        """Whose badge it is works here from now on."""
        talk = self._talk
        person = await talk.memory.person_by_badge(badge)
        if person is None:
            talk.refuse(Refusal.UNKNOWN_BADGE)
            return
        talk.operator = person
        await talk.look_again()

    async def sign_off(self) -> None:
        """Leave one's place, with nothing unfinished on the screen."""
        if self._talk.slots and self._talk.slots.filled:
            self._talk.refuse(Refusal.REPORT_UNFINISHED)
            return
        self._talk.operator, self._talk.machine = None, self._talk.place.machine
        self._talk.close_slip()
        self._talk.pages.clear()

    async def sign_off_idle(self) -> None:
        """Whoever has been away for long is signed off."""
        talk = self._talk
        idle_ms = talk.monotonic_ms() - talk.last_input_ms
        unfinished = talk.slots is not None and talk.slots.filled
        if talk.operator and not unfinished and idle_ms >= talk.place.sign_off_minutes * MS_PER_MINUTE:
            await self.sign_off()

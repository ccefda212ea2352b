"""Who stands at the terminal: a badge signs on, another one takes over, idleness or a word signs off.

Never asks for a PIN: the desk does. Never throws away what somebody began: it is kept for its owner.
"""

from typing import Final

from floor.network import NetworkState
from floor.people import Person
from floor.refusals import Refusal
from kiosk.dialogue.report.drafts import Drafts
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Tone
from kiosk.dialogue.work.forgotten import Forgotten
from kiosk.words import _, mark, speak

MS_PER_MINUTE: Final = 60_000
UNTIL_THEY_COME: Final[dict[NetworkState, str]] = {
    NetworkState.NO_NETWORK: mark("There is no network: they come by themselves with it."),
    NetworkState.NO_TOKEN: mark("This station has no token yet: central station add prints one."),
    NetworkState.TOKEN_REFUSED: mark("The server refuses this station: it needs a new token."),
    NetworkState.ALONE: mark("No server is set: the settings need one."),
}
"""What to do where the road to the server is what is wanting."""


class People:
    """Badges, SIGN OFF, and those who left without it."""

    def __init__(self, talk: Talk, drafts: Drafts) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk
        self._drafts = drafts
        self._forgotten = Forgotten(talk)

    async def badge(self, badge: str) -> None:
        """Whose badge it is works here from now on; what another one began is kept for that one."""
        talk = self._talk
        person = await talk.memory.person_by_badge(badge)
        if person is None:
            await self._refuse_unknown()
            return
        before = talk.operator
        if before and before.person != person.person:
            took_over = _("{name} took over from {other}").format(name=person.name, other=before.name)
            talk.notice = Notice(Tone.TAKEN, took_over, "")
        if before and before.person != person.person and talk.unfinished:
            await self._drafts.put_aside()
            self._say_kept(before)
        if before and before.person != person.person:
            talk.choose_machine(talk.place.machine)
            talk.forget_person()
        talk.operator, talk.chosen_language = person, None
        speak(talk.language)
        if talk.filling:
            await talk.look_again()
        else:
            await self._drafts.offer()
        if talk.slots and talk.slots.filled:
            await talk.keep_draft(talk.slots)
        if before is None or before.person != person.person:
            await self._forgotten.ask()

    async def _refuse_unknown(self) -> None:
        """A badge of nobody; where not even one person is known, the plant's people did not come yet."""
        talk = self._talk
        if await talk.memory.people():
            talk.refuse(Refusal.UNKNOWN_BADGE)
        else:
            talk.refuse(Refusal.NOBODY_KNOWN_YET, _(UNTIL_THEY_COME.get(talk.standing.network, "")))

    async def sign_off(self) -> None:
        """Leave one's place, with nothing unfinished on the screen."""
        if self._talk.unfinished:
            self._talk.refuse(Refusal.REPORT_UNFINISHED)
            return
        self._leave()

    async def sign_off_idle(self) -> None:
        """Who has been away for a while is locked out of what is open, and later signed off."""
        talk = self._talk
        idle_ms = talk.monotonic_ms() - talk.last_input_ms
        before = talk.operator
        if (talk.unfinished or talk.pages) and idle_ms >= talk.place.lock_minutes * MS_PER_MINUTE:
            unfinished = talk.unfinished
            await self._drafts.put_aside()
            self._leave()
            if unfinished:
                self._say_kept(before)
        elif before and idle_ms >= talk.place.sign_off_minutes * MS_PER_MINUTE:
            self._leave()

    def _leave(self) -> None:
        self._talk.close_slip()
        self._talk.forget_person()
        self._talk.operator, self._talk.machine, self._talk.digits = None, self._talk.place.machine, ""
        self._talk.pages.clear()

    def _say_kept(self, owner: Person | None) -> None:
        if owner:
            kept = _("The report of {name} is kept. It is NOT recorded yet.").format(name=owner.name)
            badge = _("The badge of {name} brings it back.").format(name=owner.name)
        else:
            kept, badge = _("A report is kept. It is NOT recorded yet."), _("Any badge brings it back.")
        self._talk.notice = Notice(Tone.WAITING, kept, badge)

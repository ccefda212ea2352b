"""What is heard: taken, taken with a flag, refused; derived from what the screen shows.

Never asked for by the conversation: what is seen is heard, and nothing else is.
"""

from collections.abc import Callable
from enum import StrEnum

from kiosk.dialogue.view import Done, Tone, View
from kiosk.inputs import Input
from kiosk.messages import Conversation


class Sound(StrEnum):
    """The name of a file in `assets/sounds`."""

    TAKEN = "taken"
    FLAGGED = "flagged"
    REFUSED = "refused"


def sound_of(before: View | None, now: View) -> Sound | None:
    """What has newly come on the screen; a second No that reads like the first is another one."""
    notice = now.notice
    if notice and notice.tone is Tone.REFUSED and (before is None or before.notice is not notice):
        return Sound.REFUSED
    done = now.body
    if not isinstance(done, Done) or (before and before.body == done):
        return None
    return Sound.FLAGGED if done.tone is Tone.FLAGGED else Sound.TAKEN


class Audible:
    """A conversation that is heard as it is seen."""

    def __init__(self, conversation: Conversation, play: Callable[[Sound], None]) -> None:
        """`play` returns at once."""
        self._conversation = conversation
        self._play = play
        self._seen: View | None = None

    @property
    def leaving(self) -> bool:
        """A supervisor ended the program."""
        return self._conversation.leaving

    async def start(self) -> None:
        """Read what is known."""
        await self._conversation.start()

    async def take(self, said: Input) -> None:
        """One input, fully dealt with before the next."""
        await self._conversation.take(said)

    async def refresh(self) -> None:
        """A second passed."""
        await self._conversation.refresh()

    def view(self, typed: str) -> View:
        """The screen as it is now, and its sound when it is new."""
        now = self._conversation.view(typed)
        sound = sound_of(self._seen, now)
        self._seen = now
        if sound:
            self._play(sound)
        return now

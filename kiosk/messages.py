"""What the screens' side and the conversation say to each other: a shape without a body, and two messages.

Never a fact: those are floor's.
"""

from collections.abc import Awaitable, Callable
from typing import Protocol

from textual.message import Message

from kiosk.dialogue.view import View
from kiosk.inputs import Input


class Conversation(Protocol):
    """What the app needs of the dialogue."""

    @property
    def leaving(self) -> bool:
        """A supervisor ended the program."""

    async def start(self) -> None:
        """Read what is known; called once, before anything else."""

    async def take(self, said: Input) -> None:
        """One input, fully dealt with before the next."""

    async def refresh(self) -> None:
        """A second passed: the foot, the last reports, what is shown for a moment only."""

    def view(self, typed: str) -> View:
        """The screen as it is now, with what was typed and not yet taken."""


class CannotStartError(Exception):
    """The terminal cannot start; the text says why and what to do. Raised by `MakeConversation`."""


MakeConversation = Callable[[], Awaitable[Conversation]]
"""Loads and wires what the terminal needs; called after the first frame."""


class HangUp(Message, bubble=False):
    """The terminal is gone: nobody can be asked and nothing shown."""


class Breather(Message, bubble=False):
    """Stands behind the keys of one read; answers when the conversation has dealt with all of them."""

    def __init__(self, caught_up: Callable[[], None]) -> None:
        """`caught_up` is called once, in the app's thread."""
        super().__init__()
        self.caught_up = caught_up

"""Stations of a benchmark: a real ledger, a real pump, and the real conversation fed through the real scanner.

Never a shortcut: what a benchmark records goes the way that an operator's scans go.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from floor.events import Moment
from floor.tags import CommandWord, TagKind, encode
from kiosk.dialogue.conversation import Conversation, Place
from kiosk.dialogue.view import Choosing, Done, View
from kiosk.scanner import Scanner

MS: Final = 1000
TYPING_MS: Final = 150
BETWEEN_MS: Final = 400


@dataclass(slots=True)
class LogClock:
    """A station's clocks, set by whoever plays the log."""

    at_ms: int = 0
    ticks_ms: float = 0.0

    def set(self, at: datetime) -> None:
        """It is now `at`."""
        self.at_ms = int(at.timestamp() * MS)

    def moment(self) -> Moment:
        """Now, as the station's ledger asks for it."""
        return Moment(
            wall_ms=self.at_ms, clamped_ms=self.at_ms, boot_id="replay", monotonic_ms=int(self.ticks_ms)
        )

    def monotonic_ms(self) -> float:
        """For the time between keys."""
        return self.ticks_ms


class NotTakenError(RuntimeError):
    """The terminal did not record what was entered; the text is what its screen said."""


@dataclass(slots=True)
class Hands:
    """An operator's hands at one terminal."""

    conversation: Conversation
    clock: LogClock
    scanner: Scanner = field(default_factory=Scanner)

    async def scan(self, code: str) -> None:
        """A scan: all keys at once, then Enter."""
        self.clock.ticks_ms += BETWEEN_MS
        await self._press([*code, "enter"], 0)

    async def word(self, word: CommandWord) -> None:
        """A scan from the command card."""
        await self.scan(encode(TagKind.COMMAND, word.value))

    async def type(self, *keys: str) -> None:
        """Keys, one by one."""
        await self._press(list(keys), TYPING_MS)

    async def _press(self, keys: list[str], gap_ms: float) -> None:
        for key in keys:
            self.clock.ticks_ms += gap_ms
            for taken in self.scanner.press(key, self.clock.ticks_ms):
                await self.conversation.take(taken)

    @property
    def view(self) -> View:
        """What the screen shows."""
        return self.conversation.view(self.scanner.pending)

    async def choose(self, fits: Callable[[tuple[str, ...]], bool]) -> None:
        """Choose the first line of the list on the screen that fits. Raises NotTakenError."""
        body = self.view.body
        if not isinstance(body, Choosing):
            raise NotTakenError(f"no list is shown but {body}; {self.view.notice}")
        for number, row in enumerate(body.rows, start=1):
            if fits(row.cells):
                await self.type(*str(number), "enter")
                return
        raise NotTakenError(f"no line of the list fits: {body.rows}")

    def expect_done(self) -> None:
        """Raise NotTakenError unless the terminal just said that it recorded."""
        if not isinstance(self.view.body, Done):
            raise NotTakenError(f"not recorded: {self.view.notice}; {self.view.body}")


def place(name: str) -> Place:
    """A terminal that serves every work centre."""
    return Place(name)

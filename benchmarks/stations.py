"""Stations of a benchmark: a real ledger, a real pump, the real conversation fed through the real scanner.

Never a shortcut: what a benchmark records goes the way that an operator's scans go.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Final

import uuid_utils

from benchmarks.machine_log import SHOP
from floor.events import Moment
from floor.tags import CommandWord, TagKind, encode
from kiosk.demo.server import PlantServer
from kiosk.dialogue.conversation import Conversation, Place
from kiosk.dialogue.view import Choosing, Done, View
from kiosk.scanner import Scanner
from sync.memory import StationMemory
from sync.road import Road

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


class SyncFailedError(RuntimeError):
    """The server could not be reached or did not agree."""


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

    @property
    def shows_done(self) -> bool:
        """Whether the terminal just said that it recorded."""
        return isinstance(self.view.body, Done)

    @property
    def is_asked(self) -> bool:
        """Whether the terminal asks something before it records."""
        return isinstance(self.view.body, Choosing)

    def expect_done(self) -> None:
        """Raise NotTakenError unless the terminal just said that it recorded."""
        if not self.shows_done:
            raise NotTakenError(f"not recorded: {self.view.notice}; {self.view.body}")


@dataclass(slots=True)
class Intents:
    """Event ids for the conversation: the one that is set, however often it is asked for."""

    next_id: str = ""

    def __call__(self) -> str:
        """The id of the fact that is being entered."""
        return self.next_id


@dataclass(slots=True)
class Station:
    """One terminal: its memory, and an operator's hands at it."""

    memory: StationMemory
    hands: Hands
    intents: Intents

    async def sync(self) -> None:
        """Push and read the feed until nothing waits on either side. Raises SyncFailedError."""
        pump = await self.memory.pump()
        while True:
            pause = await pump.step()
            if not pause.went_well:
                raise SyncFailedError(f"{pause.verdict}; {pump.network.value}")
            if pause.seconds:
                return


@asynccontextmanager
async def opened_station(
    server: PlantServer, number: str, folder: Path, chance: Random
) -> AsyncIterator[Station]:
    """A station of the shop with a new token and an open ledger below `folder`."""
    token = server.add_station(number, work_centre=SHOP)
    clock, intents = LogClock(), Intents()
    memory = StationMemory(
        folder / number,
        clock.moment,
        lambda: uuid_utils.uuid7().hex,
        chance,
        Road(number, server.url, token, "benchmark"),
    )
    await memory.open()
    conversation = Conversation(memory, Place(number), intents, clock.monotonic_ms)
    try:
        await conversation.start()
        yield Station(memory, Hands(conversation, clock), intents)
    finally:
        await memory.stop()

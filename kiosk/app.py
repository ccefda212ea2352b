"""The terminal program: keys to the scanner, its inputs to the conversation in order, the view to the screen.

Never knows what anything means, and keeps nothing: no binding, no widget and no menu sees a key.
"""

import asyncio
import os
import signal
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from textual import events
from textual.app import App
from textual.worker import WorkerFailed

from floor.network import NetworkState
from kiosk.devices import Device
from kiosk.dialogue.view import Foot, Header, View, Waiting
from kiosk.hearing import Hearing
from kiosk.inputs import Input
from kiosk.keyboard import KioskDriver, TouchDriver
from kiosk.messages import Breather, CannotStartError, Conversation, HangUp, MakeConversation
from kiosk.scanner import ENDS, SETTLE_MS, Scanner
from kiosk.screens.terminal import TerminalScreen
from kiosk.widgets.themes import AUTO, THEMES, theme_for
from kiosk.words import _

INPUTS_AHEAD_MAX: Final = 256
"""So many inputs may wait for the conversation; then other devices than the keyboard wait."""

SETTLE_S: Final = (SETTLE_MS + 5) / 1000
CANNOT_START: Final = 2
"""Exit code where the terminal could not start; a crash is 1."""

CRASHED: Final = "The terminal stopped because of a fault. What was ticked is recorded. The story is in {}"
LEAVING_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class SecondPassed:
    """Between two inputs: the conversation may look at the clock."""


def starting(place: str) -> View:
    """The first frame."""
    return View(
        header=Header(place, "", ""),
        body=Waiting(_("STARTING"), _("what you scan now is kept")),
        notice=None,
        last=(),
        foot=Foot(0, 0, None, NetworkState.STARTING, None),
    )


def key_of(event: events.Key) -> str:
    """The character that a key types, or else its name."""
    character = event.character or ""
    return character if character and (character.isprintable() or character in ENDS) else event.key


class KioskApp(App[None], inherit_bindings=False):
    """One terminal on one station's conversation."""

    CSS_PATH = "kiosk.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False
    AUTO_FOCUS = None

    def __init__(
        self,
        make_conversation: MakeConversation,
        scanner: Scanner,
        clock: Callable[[], datetime],
        monotonic_ms: Callable[[], float],
        *,
        place: str,
        crash_log: Path,
        theme: str = AUTO,
        touch: bool = False,
    ) -> None:
        """Keys and scans wait while `make_conversation` is awaited; with `touch` a finger is a key too."""
        super().__init__(driver_class=TouchDriver if touch else KioskDriver)
        self._make_conversation = make_conversation
        self._hearing = Hearing(scanner)
        self._clock = clock
        self._monotonic_ms = monotonic_ms
        self._place = place
        self._crash_log = crash_log
        self._touch = touch
        self._conversation: Conversation | None = None
        self._queue: asyncio.Queue[Input | SecondPassed | Breather] = asyncio.Queue()
        self._second_waits = False
        self._paint_waits = False
        self._settling = False
        for known in THEMES.values():
            self.register_theme(known)
        self.theme = theme_for(theme, os.environ.get("TERM", ""), os.environ.get("COLORTERM", ""))

    def get_default_screen(self) -> TerminalScreen:
        """The one screen."""
        self._terminal = TerminalScreen(self._view(), foot_known=False, now=self._clock())
        return self._terminal

    def on_mount(self) -> None:
        """Paint first; everything heavy comes after the first frame."""
        loop = asyncio.get_running_loop()
        for number in LEAVING_SIGNALS:
            loop.add_signal_handler(number, self.exit)
        self.set_interval(1, self._tell_the_second)
        self.call_after_refresh(self.run_worker, self._converse(), exit_on_error=True)

    async def on_event(self, event: events.Event) -> None:
        """Keys, fingers and pastes go to the scanner before any binding could see them."""
        if isinstance(event, events.Key):
            self._put(self._hearing.press(key_of(event), self._at_ms(event)))
        elif isinstance(event, events.Paste):
            self._put(self._hearing.pasted(event.text, self._at_ms(event)))
        elif isinstance(event, events.MouseDown) and self._touch:
            self._put(self._hearing.typed(self._terminal.keys_at(event.x, event.y), self._at_ms(event)))
        elif not isinstance(event, events.MouseEvent):
            await super().on_event(event)

    def on_breather(self, message: Breather) -> None:
        """Answered when everything before it has been dealt with."""
        self._queue.put_nowait(message)

    def on_hang_up(self, _message: HangUp) -> None:
        """Nobody is there."""
        self.exit()

    async def hear(self, device: Device, keys: Sequence[tuple[str, float]]) -> None:
        """Keys and codes of another device than the keyboard; answers when more may come."""
        self._put(self._hearing.heard(device, keys))
        if self._queue.qsize() > INPUTS_AHEAD_MAX:
            caught_up = asyncio.Event()
            self._queue.put_nowait(Breather(caught_up.set))
            await caught_up.wait()

    def _put(self, found: list[Input]) -> None:
        for said in found:
            self._queue.put_nowait(said)
        if not self._settling and self._hearing.settles(self._monotonic_ms()):
            self._settling = True
            self.set_timer(SETTLE_S, self._settle)
        self._paint_soon()

    def _settle(self) -> None:
        self._settling = False
        self._put(self._hearing.tick(self._monotonic_ms()))

    def _at_ms(self, event: events.Event) -> float:
        """When the key was pressed, not when we came to it."""
        return self._monotonic_ms() - (asyncio.get_running_loop().time() - event.time) * 1000

    def _tell_the_second(self) -> None:
        self._terminal.show_time(self._clock())
        if not self._second_waits:
            self._second_waits = True
            self._queue.put_nowait(SecondPassed())

    async def _converse(self) -> None:
        """One thing after the other, each wholly: the order of scans is the order of facts."""
        try:
            conversation = await self._make_conversation()
        except CannotStartError as error:
            self.exit(return_code=CANNOT_START, message=str(error))
            return
        await conversation.start()
        self._conversation = conversation
        while not conversation.leaving:
            self._paint()
            match await self._queue.get():
                case SecondPassed():
                    self._second_waits = False
                    await conversation.refresh()
                case Breather(caught_up=caught_up):
                    caught_up()
                case said:
                    await conversation.take(said)
        self.exit()

    def _view(self) -> View:
        typed = self._hearing.pending
        if self._conversation is not None:
            return self._conversation.view(typed)
        return replace(starting(self._place), typed=typed)

    def _paint_soon(self) -> None:
        if not self._paint_waits:
            self._paint_waits = True
            self.call_later(self._paint)

    def _paint(self) -> None:
        self._paint_waits = False
        if self.is_running:
            self._terminal.show(self._view(), self._conversation is not None, self._clock())

    def _handle_exception(self, error: Exception) -> None:
        """A crash: the whole story to the log, one sentence to the terminal, an exit code that says so."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        with suppress(OSError), self._crash_log.open("a", encoding="utf-8") as file:
            file.write(f"{self._clock().isoformat()}\n{''.join(traceback.format_exception(cause))}\n")
        super()._handle_exception(error)
        self._exit_renderables[:] = [CRASHED.format(self._crash_log)]

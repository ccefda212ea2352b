"""Keys from a real terminal, as they come: a driver that no keyboard and no scanner can stop or hurry.

Never interprets a code and never drops one: beyond the scanner's limit it leaves out what the scanner would
throw away, and where the conversation is behind, it lets the sender wait. What a hostile code says of the
terminal itself (another size, a mouse, an open paste) is not believed.
"""

import os
import re
import selectors
import signal
import termios
import threading
import time
from codecs import getincrementaldecoder
from typing import Any, Final

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from kiosk.flood_gate import FloodGate
from kiosk.messages import Breather, HangUp

READ_BYTES: Final = 4096
KEYS_AHEAD_MAX: Final = 2048
"""So many keys may wait for the conversation; then the sender waits."""

POLL_S: Final = 0.1
PASTE_PAUSE_S: Final = 1.0
"""A paste that stays open in silence is taken for ended."""

BELIEVED: Final = (events.Key, events.Paste, TerminalSupportsSynchronizedOutput)

_KITTY_KEYS: Final = re.compile(r"\x1b\[[<>]\d*u")


class KeyReader:
    """From bytes to keys and pastes."""

    def __init__(self, believed: tuple[type[Message], ...] = BELIEVED) -> None:
        """Nothing came yet; what is not `believed` is passed over."""
        self._believed = believed
        self._gate = FloodGate()
        self._decode = getincrementaldecoder("utf-8")(errors="replace").decode
        self._parser = XTermParser()
        self._pasting = False
        self._last_s = 0.0

    def read(self, data: bytes, now_s: float) -> list[Message]:
        """What these bytes say."""
        self._last_s = now_s
        text = self._gate.thinned(self._decode(data), now_s)
        started, ended = text.rfind(BRACKETED_PASTE_START), text.rfind(BRACKETED_PASTE_END)
        if started != ended:
            self._pasting = started > ended
        return self._parsed(text)

    def idle(self, now_s: float) -> list[Message]:
        """Nothing came for a while: a lone ESC is the key, an open paste has ended."""
        if self._pasting and now_s - self._last_s >= PASTE_PAUSE_S:
            self._pasting = False
            return self._parsed(BRACKETED_PASTE_END + "\x00")
        return [found for found in self._parser.tick() if isinstance(found, self._believed)]

    def _parsed(self, text: str) -> list[Message]:
        found: list[Message] = []
        try:
            for message in (*self._parser.feed(text), *self._parser.tick()) if text else ():
                found.append(message)
        except (ValueError, OverflowError, IndexError, StopIteration):
            # A sequence that means nothing, such as a key with an impossible number, ends Textual's parser.
            self._parser = XTermParser()
            self._pasting = False
        return [message for message in found if isinstance(message, self._believed)]


class KioskDriver(LinuxDriver):
    """Textual's driver without mouse, suspension, signals by key, and answers about size."""

    touched = False
    """Whether fingers on the screen are believed."""

    def __init__(self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: Any = None) -> None:
        """As Textual calls it."""
        del mouse  # a shop floor has none
        super().__init__(app, debug=debug, mouse=self.touched, size=size)
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)

    @classmethod
    def _patch_lflag(cls, attrs: int) -> int:
        return attrs & ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)

    def _query_in_band_window_resize(self) -> None:
        """Not asked: a scanned code could answer."""

    def write(self, data: str) -> None:
        """Write to the terminal; plain keys are wanted, so that a scanner's shift key is no key of ours."""
        if not _KITTY_KEYS.fullmatch(data):
            super().write(data)

    def run_input_thread(self) -> None:
        """Read until the app ends or the terminal is gone."""
        reader = KeyReader((*BELIEVED, events.MouseDown) if self.touched else BELIEVED)
        ahead = 0
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if not selector.select(POLL_S):
                    found, ahead = reader.idle(time.monotonic()), 0
                else:
                    data = self._read_bytes()
                    if not data:
                        self.process_message(HangUp())
                        return
                    found = reader.read(data, time.monotonic())
                for message in found:
                    self.process_message(message)
                ahead += len(found)
                if ahead >= KEYS_AHEAD_MAX:
                    self._wait_for_the_app()
                    ahead = 0

    def _read_bytes(self) -> bytes:
        try:
            return os.read(self.fileno, READ_BYTES)
        except OSError:
            return b""

    def _wait_for_the_app(self) -> None:
        caught_up = threading.Event()
        self.process_message(Breather(caught_up.set))
        while not self.exit_event.is_set():
            if caught_up.wait(POLL_S):
                return


class TouchDriver(KioskDriver):
    """The same for a screen that is touched: a finger comes as the press of a mouse."""

    touched = True

"""The composition root of a station: settings in, a terminal out; the same for tests, demo and production.

Never holds a rule: it makes the parts and hands them to each other.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from random import SystemRandom

import uuid_utils

from kiosk.config import KioskConfig
from kiosk.devices import Hear
from kiosk.dialogue.conversation import Conversation
from kiosk.dialogue.talk import Place
from kiosk.messages import CannotStartError
from kiosk.previews import NOTHING_SHOWN, Shows
from kiosk.settings_file import keeper
from kiosk.stopwatch import monotonic_ms
from kiosk.widgets.themes import shows_pictures, theme_for
from kiosk.wiring.alone import MemoryOfOneRequest
from kiosk.wiring.asking import Asking
from kiosk.wiring.clock import moment
from kiosk.wiring.drawings import Drawings
from kiosk.wiring.paper import PaperDesk
from kiosk.wiring.previews import Previews
from kiosk.wiring.print_requests import PrintRequests
from kiosk.wiring.printers import setting, usable
from kiosk.wiring.sheets import SheetMaker, SheetMemory
from kiosk.wiring.sources import Sources
from kiosk.words import said_in, shown_on
from printing.printers import PrinterSetting
from sync.errors import CannotOpenError, NotSavedError, SyncError
from sync.memory import StationMemory
from sync.road import Road

APP_VERSION = "0.1.0"


def new_id() -> str:
    """A UUIDv7 in hex: ids sort by the time of the intent."""
    return uuid_utils.uuid7().hex


class Station:
    """One terminal's memory, paper desk and conversation; other files lie beside its settings."""

    def __init__(self, config: KioskConfig, settings: Path) -> None:
        """Nothing is opened yet; `settings` is where `config` was read."""
        self._config = config
        self._settings = settings
        self._folder = settings.resolve().parent
        self._memory: StationMemory | None = None
        self._sources = Sources(config, monotonic_ms)
        self._desk: asyncio.Task[None] | None = None
        self._asking: Asking | None = None
        self._finish: Callable[[], Awaitable[None]] | None = None
        """What is waited for before the paper desk closes; a terminal asks at its next start."""

    @property
    def data_folder(self) -> Path:
        """Where ledger and logs lie."""
        return self._folder / self._config.data.directory

    async def open(self) -> Conversation:
        """Open the ledger, take to the road, open the paper desk. Raises CannotStartError."""
        memory = StationMemory(self.data_folder, moment, new_id, SystemRandom(), self._road())
        try:
            await memory.start()
        except (CannotOpenError, NotSavedError) as error:
            raise CannotStartError(str(error)) from error
        self._memory = memory
        printers = self._printers
        await self._listen_beside(memory)
        desk = PaperDesk(memory, printers, self._sheets(memory), new_id)
        self._desk = asyncio.create_task(desk.run())
        place = Place(
            self._config.station.name,
            self._config.station.work_centre,
            next(iter(self._config.station.machines), None),
            tuple(printer.name for printer in printers),
            self._config.screen.lock_minutes,
            self._config.screen.sign_off_minutes,
            self._config.screen.language,
            self._config.station.training,
            shown_on(os.environ.get("TERM", "")),
            self._tag_printer(),
            f"{self._config.data.directory}/{self._config.server.token_file}",
        )
        keep = keeper(self._settings, replacing=True)
        shows = self._shows(memory, printers)
        return Conversation(memory, place, new_id, monotonic_ms, keep, self._sources.states, shows, desk)

    async def open_for_paper(self) -> PrintRequests:
        """Without a terminal: the ledger and a paper desk for its own requests. Raises CannotStartError."""
        memory = MemoryOfOneRequest(self.data_folder, moment, new_id, SystemRandom())
        try:
            self.data_folder.mkdir(parents=True, exist_ok=True)
            await memory.open()
        except (CannotOpenError, NotSavedError, OSError) as error:
            raise CannotStartError(str(error)) from error
        self._memory, self._finish = memory, memory.finish
        desk = PaperDesk(memory, self._printers, self._sheets(memory), new_id)
        self._desk = asyncio.create_task(desk.run())
        return self._requests(memory)

    async def _listen_beside(self, memory: StationMemory) -> None:
        """Programs beside this terminal may ask it; where they cannot, the terminal goes on."""
        requests = self._requests(memory)
        asking = Asking(self.data_folder, {"print": requests.print, "sheet": requests.sheet})
        try:
            await asking.open()
        except OSError as error:
            memory.note(f"Programs beside this terminal cannot ask it: {error.strerror or error}")
        else:
            self._asking = asking

    def _requests(self, memory: StationMemory) -> PrintRequests:
        return PrintRequests(memory, self._sheets(memory), self._printers, new_id)

    def _sheets(self, memory: SheetMemory) -> SheetMaker:
        return SheetMaker(memory, self._config.station.name, said_in(self._config.screen.language))

    def printer(self, name: str | None) -> PrinterSetting | None:
        """A printer of the settings; the first one for None."""
        return next((one for one in self._printers if name in {None, one.name}), None)

    def listen(self, hear: Hear) -> None:
        """From now on hear what is scanned with other devices than the keyboard."""
        self._sources.listen(hear)

    def note(self, sentence: str) -> None:
        """Tell something that hinders no work in the health file."""
        if self._memory:
            self._memory.note(sentence)

    async def close(self) -> None:
        """Let go of everything: what a printer has is asked for at the next start."""
        if self._finish:
            with suppress(SyncError):  # a disk that is silent says nothing later either
                await self._finish()
        await self._sources.close()
        if self._asking:
            await self._asking.close()
        if self._desk:
            self._desk.cancel()
            await asyncio.gather(self._desk, return_exceptions=True)
        if self._memory:
            await self._memory.stop()

    def _shows(self, memory: StationMemory, printers: tuple[PrinterSetting, ...]) -> Shows:
        """Drawings and pages, where the terminal has the colours for them."""
        term, colours = os.environ.get("TERM", ""), os.environ.get("COLORTERM", "")
        if not shows_pictures(theme_for(self._config.screen.theme, term, colours), term):
            return NOTHING_SHOWN
        drawings = Drawings(self._folder / self._config.drawings.directory)
        return Shows(drawings.draw, Previews(memory, printers, self._sheets).preview)

    def _tag_printer(self) -> str | None:
        """Where tags for pieces set aside come from; None for none."""
        usual = next((printer.name for printer in self._config.printer), None)
        return (self._config.tags.printer or usual) if self._config.tags.printed else None

    @cached_property
    def _printers(self) -> tuple[PrinterSetting, ...]:
        """As they are used until the next start; what is not as it was set is noted."""
        used = [usable(setting(section, self._folder)) for section in self._config.printer]
        for _, note in used:
            if note:
                self.note(note)
        return tuple(printer for printer, _ in used)

    def _road(self) -> Road | None:
        """The way to the server; None where none is set. Without a token it is refused, and reports go on."""
        if not self._config.server.url:
            return None
        names = tuple(printer.name for printer in self._config.printer)
        number, url = self._config.station.number, self._config.server.url
        return Road(number, url, self._token(), APP_VERSION, names, read_token=self._token)

    def _token(self) -> str:
        """What `central station add` printed; empty where nobody put it there."""
        try:
            return (self.data_folder / self._config.server.token_file).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""


__all__ = ["Station", "new_id"]

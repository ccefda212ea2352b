"""A terminal's sheet is scanned: its settings are shown in words, and kept when somebody says OK.

Never keeps settings unasked: at a terminal that has some, a supervisor's badge and PIN come first. Never
changes a terminal that runs: what was kept takes effect at its next start.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from floor.network import NetworkState
from floor.refusals import Refusal
from floor.tags import CommandWord, Tag, TagKind
from kiosk.dialogue.pages import AskPage, word_of
from kiosk.dialogue.station.setting_names import in_the_language_of_now
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Foot, Header, Helping, Notice, Tone, View, Waiting
from kiosk.inputs import Input, Press, Scan, Unreadable
from kiosk.record import Record, in_words, read
from kiosk.words import ENGLISH, LANGUAGES, _, speak

KeepRecord = Callable[[Record], Awaitable[Refusal | None]]
"""Writes the settings down, whole or not at all; answers why not."""

ALONE: Final = Foot(0, 0, None, NetworkState.ALONE, None, helps=False)


@dataclass(frozen=True, slots=True)
class SheetPage:
    """What a sheet says, to be read before it is taken; OK takes it."""

    record: Record
    take_it: Callable[[Record], Awaitable[None]]

    def body(self, _typed: str, /) -> Helping:
        """What the keys do, then each setting; what is too much for the screen is on the paper."""
        keys = (("ENTER", _("writes these settings down")), ("ESC", _("leaves everything as it is")))
        return Helping(
            _("This sheet says"), (*keys, ("", ""), *in_the_language_of_now(in_words(self.record)))
        )

    async def take(self, taken: Input, /) -> bool:
        """OK takes it; everything else closes the page."""
        if word_of(taken) is not CommandWord.OK:
            return False
        await self.take_it(self.record)
        return True


class Sheets:
    """A sheet at a terminal that has settings already."""

    def __init__(self, talk: Talk, keep: KeepRecord | None) -> None:
        """Works on the one `talk` of its terminal; without `keep` no sheet is taken."""
        self._talk = talk
        self._keep = keep

    async def scanned(self, body: str) -> None:
        """Ask for a supervisor's PIN, then show what the sheet says."""
        talk = self._talk
        person = talk.operator
        if self._keep is None:
            talk.refuse(Refusal.CODE_NOT_USED_HERE)
            return
        if person is None or not person.leads:
            talk.refuse(Refusal.SUPERVISOR_ONLY)
            return
        record = read(body)
        if isinstance(record, Refusal):
            talk.refuse(record)
            return

        async def answer(pin: str) -> None:
            refusal = await talk.memory.check_pin(person.person, pin)
            if refusal:
                talk.refuse(refusal)
            else:
                talk.pages[:] = [SheetPage(record, self._take)]

        question = _("PIN of {name}").format(name=person.name)
        talk.pages.append(AskPage(_("New settings"), question, answer, secret=True))

    async def _take(self, record: Record) -> None:
        if self._keep is None:
            return
        refusal = await self._keep(record)
        self._talk.pages.clear()
        if refusal:
            self._talk.refuse(refusal)
        else:
            self._talk.notice = Notice(
                Tone.TAKEN,
                _("The settings are written down."),
                _("They take effect at the next start: F10, then the last line, ends this terminal."),
            )


class SettingUp:
    """The conversation of a terminal that has no settings yet: it wants its sheet."""

    def __init__(
        self, keep: KeepRecord, language: str = ENGLISH, languages: tuple[str, ...] = LANGUAGES
    ) -> None:
        """`keep` never writes over settings that somebody else made meanwhile; `language` is spoken first."""
        self._keep = keep
        self._languages = languages
        self._language = language if language in languages else ENGLISH
        self._page: SheetPage | None = None
        self._notice: Notice | None = None
        self.leaving = False
        """Settings were written, or somebody does without."""

    async def start(self) -> None:
        """There is nothing to gather."""

    async def refresh(self) -> None:
        """Nothing here grows old."""

    def view(self, typed: str) -> View:
        """What is wanted, or what the sheet says."""
        speak(self._language)
        wanted = _("of this terminal; kiosk sheet prints it. ESC ends without settings")
        waiting = Waiting(_("SCAN THE SHEET"), wanted, (Notice(Tone.PLAIN, _("INSERT: another language")),))
        return View(
            header=Header(_("New terminal"), "", ""),
            body=self._page.body(typed) if self._page else waiting,
            notice=self._notice,
            last=(),
            foot=ALONE,
            typed=typed,
            language=self._language,
        )

    async def take(self, taken: Input) -> None:
        """A sheet, then OK; BACK with nothing shown ends; MENU and LANGUAGE speak another language."""
        self._notice = None
        speak(self._language)
        if word_of(taken) in {CommandWord.MENU, CommandWord.LANGUAGE}:
            at = self._languages.index(self._language) + 1
            self._language = self._languages[at % len(self._languages)]
            return
        page, self._page = self._page, None
        if page and await page.take(taken):
            return
        match taken:
            case Scan(tag=Tag(kind=TagKind.TERMINAL, body=body)):
                self._show(body)
            case Scan():
                self._refuse(Refusal.SHEET_FIRST)
            case Unreadable(refusal=refusal):
                self._refuse(refusal)
            case Press() if page is None and word_of(taken) is CommandWord.BACK:
                self.leaving = True

    def _show(self, body: str) -> None:
        record = read(body)
        if isinstance(record, Refusal):
            self._refuse(record)
        else:
            if record.config.screen.language in self._languages:
                self._language = record.config.screen.language
            self._page = SheetPage(record, self._take_it)

    async def _take_it(self, record: Record) -> None:
        refusal = await self._keep(record)
        if refusal:
            self._refuse(refusal)
        else:
            self.leaving = True

    def _refuse(self, refusal: Refusal) -> None:
        self._notice = Notice(Tone.REFUSED, _(refusal.sentence), _(refusal.hint))

"""The page of a slip before it is printed: whole, then larger and in parts, page after page.

Never prints: it shows what the printer would get, and the desk asks.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final

from floor.tags import CommandWord
from kiosk.dialogue.pages import word_of
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Drawing, Notice, Tone
from kiosk.drawings import ROOMS, Picture
from kiosk.inputs import Input, Press
from kiosk.previews import PaperPage, Preview, Wanted
from kiosk.words import _

OVERLAP: Final = (8, 3)
"""Columns and rows that one part shares with the next."""
STEP: Final = (ROOMS[0][0] - OVERLAP[0], ROOMS[0][1] - OVERLAP[1])
"""So far a part lies from the next; the smallest screen shows everything between."""
SIDEWAYS: Final = {"right": 1, "left": -1}
UPRIGHT: Final = {"down": 1, "up": -1}

Corner = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What of the paper is on the screen."""

    page: PaperPage
    larger: int = 0
    """0 for the whole page, 1 for the first of the larger pictures."""
    part: Corner = (0, 0)
    """Which part, counted in columns and rows of parts."""

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """What the screen may choose from."""
        return self.page.larger[self.larger - 1 : self.larger] if self.larger else self.page.whole

    @property
    def parts(self) -> Corner:
        """How many parts there are, side by side and one below the other."""
        if not self.larger:
            return 1, 1
        picture = self.pictures[0]
        sizes = zip((picture.columns, len(picture.rows)), ROOMS[0], STEP, strict=True)
        across, along = (1 + max(0, -(-(size - room) // step)) for size, room, step in sizes)
        return across, along


@dataclass(slots=True)
class PreviewPage:
    """The paper; it lies over the desk."""

    title: str
    shown: _Shown
    turn_to: Callable[[int], Awaitable[PaperPage | None]]

    def body(self, _typed: str, /) -> Drawing:
        """The same whatever is typed."""
        page, (across, along) = self.shown.page, self.shown.part
        of = _("page {page} of {pages}").format(page=page.number, pages=page.count)
        keys = _("ENTER smaller") if self.shown.larger == len(page.larger) else _("ENTER larger")
        keys = f"{keys}   {_('ARROWS move')}   {_('ESC back')}"
        corner = (across * STEP[0], along * STEP[1])
        return Drawing(self.title, of, self.shown.pictures, keys, corner)

    async def take(self, taken: Input, /) -> bool:
        """OK makes it larger, and at last small again; NEXT and PREVIOUS go on to parts and pages."""
        key = taken.key if isinstance(taken, Press) else ""
        across, along = self.shown.part
        if key in SIDEWAYS:
            self._move((across + SIDEWAYS[key], along))
        elif key in UPRIGHT and self.shown.larger:
            self._move((across, along + UPRIGHT[key]))
        else:
            return await self._take_word(word_of(taken))
        return True

    async def _take_word(self, word: CommandWord | None) -> bool:
        match word:
            case CommandWord.OK:
                larger = (self.shown.larger + 1) % (1 + len(self.shown.page.larger))
                self.shown = replace(self.shown, larger=larger, part=(0, 0))
            case CommandWord.NEXT:
                await self._go(1)
            case CommandWord.PREVIOUS:
                await self._go(-1)
            case _:
                return False
        return True

    def _move(self, part: Corner) -> None:
        """As far as the page goes."""
        across, along = self.shown.parts
        inside = (min(max(part[0], 0), across - 1), min(max(part[1], 0), along - 1))
        self.shown = replace(self.shown, part=inside)

    async def _go(self, by: int) -> None:
        """To the next part as one reads, or the one before; from the last part to the next page."""
        across, along = self.shown.parts
        at = self.shown.part[1] * across + self.shown.part[0] + by
        if 0 <= at < across * along:
            self.shown = replace(self.shown, part=(at % across, at // across))
            return
        wanted = self.shown.page.number + by
        page = await self.turn_to(wanted) if 1 <= wanted <= self.shown.page.count else None
        if page is None:
            return
        self.shown = _Shown(page, self.shown.larger)
        if by < 0:
            across, along = self.shown.parts
            self._move((across - 1, along - 1))


class Previewing:
    """Shows paper before it is asked for."""

    def __init__(self, talk: Talk, preview: Preview | None) -> None:
        """Works on the one `talk` of its terminal; `preview` is None where it cannot show a page."""
        self._talk = talk
        self._preview = preview

    async def show(self, title: str, wanted: Wanted | None) -> None:
        """Lay the first page over what is there; nothing is `wanted` where a number is asked first."""
        preview = self._preview
        if wanted is None or wanted.printer is None:
            self._talk.notice = Notice(Tone.PLAIN, _("There is no paper to show for this line."))
            return

        async def turn_to(number: int) -> PaperPage | None:
            return await preview(wanted, number) if preview else None

        page = await turn_to(1)
        if page is None:
            self._talk.notice = Notice(Tone.FLAGGED, _("This terminal cannot show the page."))
        else:
            self._talk.pages.append(PreviewPage(title, _Shown(page), turn_to))

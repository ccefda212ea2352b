"""MENU: everything that has no key of its own, as a list.

Never does any of it: what is chosen is the same word that a card could say.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from floor.tags import CommandWord
from kiosk.dialogue.pages import ListPage, Page
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Row
from kiosk.words import _, mark

ENTRIES: Final[tuple[tuple[CommandWord, str], ...]] = (
    (CommandWord.MATERIAL, mark("Which lots of material went in")),
    (CommandWord.SHORT, mark("Material is wanting")),
    (CommandWord.CHECK, mark("The checks of this step")),
    (CommandWord.INSTRUCTIONS, mark("How this step is done, and its drawing")),
    (CommandWord.COUNT, mark("How many arrived")),
    (CommandWord.PAUSE, mark("Stop for a while, or go on")),
    (CommandWord.CREW, mark("Others work with me")),
    (CommandWord.CORRECT, mark("Correct a report")),
    (CommandWord.SETUP, mark("The run is a set-up")),
    (CommandWord.GOOD, mark("After a number: so many are good; alone: the next number is good")),
    (CommandWord.SCRAP, mark("After a number: so many are scrap; alone: the next number is scrap")),
    (CommandWord.SPLIT, mark("So many go on with a slip of their own")),
    (CommandWord.MERGE, mark("What is here goes on with another slip")),
    (CommandWord.TRAINING, mark("Training: try everything, nothing is recorded")),
    (CommandWord.FROM_PAPER, mark("Key what a dead terminal's slips say")),
    (CommandWord.LANGUAGE, mark("Another language")),
    (CommandWord.SCANNERS, mark("The scanners: which are there, how they type")),
    (CommandWord.CANCEL, mark("Throw away what is on the screen")),
)
"""In the order of the list; what is used most stands first."""


class MenuPage(ListPage):
    """The list of MENU."""


class Menu:
    """MENU."""

    def __init__(self, talk: Talk, say: Callable[[CommandWord], Awaitable[None]]) -> None:
        """`say` takes the word that was chosen."""
        self._talk = talk
        self._say = say

    async def open(self) -> None:
        """Lay the list over the conversation."""

        async def choose(index: int) -> None:
            self._talk.pages.clear()
            await self._say(ENTRIES[index][0])

        rows = tuple(Row((_(text), word.name.replace("_", " "))) for word, text in ENTRIES)
        self._talk.offer(MenuPage(_("What else?"), (_("what"), _("on the card")), rows, choose))

    async def open_over(self, page: Page) -> None:
        """The list over another page, which is still there when nothing is chosen; never over itself."""
        if not isinstance(page, MenuPage):
            await self.open()

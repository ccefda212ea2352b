"""A question before something that is rarely meant: No is marked, and ENTER alone never says Yes.

Never decides what is doubtful: whoever asks does.
"""

from collections.abc import Awaitable, Callable

from kiosk.dialogue.pages import ListPage
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Row


def ask_sure(
    talk: Talk, title: str, no: str, yes: str, errand: Callable[[], Awaitable[None]], says: str = ""
) -> None:
    """Lay the question over what is there; `errand` follows a Yes, and a No goes back.

    `says` is one line of what a Yes does.
    """

    async def choose(index: int) -> None:
        talk.pages.remove(page)
        if index:
            await errand()

    page = ListPage(title, (says,), (Row((no,)), Row((yes,))), choose)
    talk.offer(page)

"""What tests of the conversation say all the time.

Never a check of its own.
"""

import asyncio
import time
from collections.abc import Callable

from floor.tags import CommandWord, TagKind, encode
from kiosk.dialogue.view import Asking, Choosing, Tone, Working
from tests.kiosk.shop_memory import BADGE, Terminal


def command(word: CommandWord) -> str:
    return encode(TagKind.COMMAND, word.value)


def digit(number: int) -> str:
    return encode(TagKind.NUMBER, "BCDFGHJKLN"[number])


def working(terminal: Terminal) -> Working:
    body = terminal.view.body
    assert isinstance(body, Working), body
    return body


def choosing(terminal: Terminal) -> Choosing:
    body = terminal.view.body
    assert isinstance(body, Choosing), body
    return body


def asking(terminal: Terminal) -> Asking:
    body = terminal.view.body
    assert isinstance(body, Asking), body
    return body


def refused(terminal: Terminal) -> str:
    notice = terminal.view.notice
    assert notice is not None
    assert notice.tone is Tone.REFUSED
    return notice.title


async def signed_on(terminal: Terminal, quantity: int = 80) -> str:
    slip = terminal.shop.issue(quantity)[0]
    await terminal.scan(BADGE)
    return slip


async def until(holds: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come"
        await asyncio.sleep(0.01)

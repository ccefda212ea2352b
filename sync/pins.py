"""A PIN is checked: counted before, looked at in a thread of its own, forgotten when it was right.

Never keeps a report waiting: what makes a PIN hard to guess takes its time.
"""

import asyncio

from floor.events import Moment
from floor.refusals import Refusal
from sync.directory import pin_matches
from sync.opening import Ask


async def check_pin(ask: Ask, person: str, pin: str, now: Moment) -> Refusal | None:
    """None when the PIN is right. Raises NotSavedError where a failure cannot be counted."""
    verifier = await ask(lambda memory: memory.directory.begin_pin_check(person, now))
    if isinstance(verifier, Refusal):
        return verifier
    if not await asyncio.to_thread(pin_matches, verifier, pin):
        return Refusal.PIN_WRONG
    await ask(lambda memory: memory.directory.pin_was_right(person))
    return None

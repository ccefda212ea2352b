"""Rubbish of the running program is taken out a little every second, so that no key ever waits for it.

Never all of it at once: looking through everything that the program holds takes a third of a second. What
was there a second ago is not looked at again: only what points in a circle and lived so long is never found.
"""

import asyncio
import gc
from typing import Final

EVERY_S: Final = 1.0
YOUNG_MAX: Final = 700
"""New things until the young ones are looked through."""
ROUNDS_MAX: Final = 10
"""As many looks at the young ones until those of middle age are looked through as well."""
NEVER: Final = 2**31 - 1
"""The old ones are looked through here only: Python would do it all at once, in the middle of a report."""
GROWN_MAX: Final = 2
"""More rounds within a second are no rubbish but a load of something, such as a library or many orders:
looking through it takes long and finds nothing."""


def begin() -> None:
    """From now on; what the start made stays for good."""
    gc.freeze()
    gc.set_threshold(YOUNG_MAX, ROUNDS_MAX, NEVER)
    gc.enable()


def take_out(seen: int) -> int:
    """Look through what came since the last time, and leave it alone from then on.

    `seen` is what the last call gave, 0 at first.
    """
    grown = gc.get_count()[2] - seen
    gc.collect(1 if grown > GROWN_MAX else 2)
    gc.freeze()
    return gc.get_count()[2]


async def take_out_for_ever() -> None:
    """Until cancelled."""
    seen = 0
    while True:
        await asyncio.sleep(EVERY_S)
        seen = take_out(seen)

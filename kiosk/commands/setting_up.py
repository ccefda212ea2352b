"""A terminal that has no settings yet: waits for its sheet and writes them down.

Never writes over settings that are there.
"""

import asyncio
import os
from datetime import datetime
from pathlib import Path
from typing import Final

from kiosk import watchdog
from kiosk.app import KioskApp
from kiosk.dialogue.station.sheets import SettingUp
from kiosk.messages import Conversation
from kiosk.scanner import Scanner
from kiosk.settings_file import keeper
from kiosk.stopwatch import monotonic_ms
from kiosk.words import ENGLISH, shown_on

PLACE: Final = "New terminal"
CRASH_LOG: Final = "crash.log"
LETTERS: Final = 2
"""Of the language, with which the name of a locale begins: `de_DE.UTF-8`."""


async def set_up(settings: Path) -> None:
    """Until `settings` are written, or somebody does without them."""

    async def conversation() -> Conversation:
        spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or ENGLISH
        languages = shown_on(os.environ.get("TERM", ""))
        return SettingUp(keeper(settings, replacing=False), spoken[:LETTERS], languages)

    app = KioskApp(
        conversation,
        Scanner(),
        lambda: datetime.now().astimezone(),
        monotonic_ms,
        place=PLACE,
        crash_log=settings.with_name(CRASH_LOG),
    )
    watch = asyncio.create_task(watchdog.keep(os.environ))
    try:
        await app.run_async()
    finally:
        watch.cancel()

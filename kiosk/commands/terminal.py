"""`kiosk`: the terminal itself, until a supervisor or a signal ends it; without settings it wants its sheet.

Never imports more than the first frame needs: ledger, network and paper come after it.
"""

import argparse
import asyncio
import gc
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

from floor.refusals import Refusal
from kiosk import rubbish, watchdog
from kiosk.config import ConfigError, KioskConfig, load

CANNOT_START: Final = 2
CRASH_LOG: Final = "crash.log"


def run(given: argparse.Namespace) -> int:
    """Read the settings and start; the exit code: 0 ended, 1 crashed, 2 could not start."""
    settings: Path = given.config
    if not settings.exists() and sys.stdin.isatty():
        from kiosk.commands.setting_up import set_up

        asyncio.run(set_up(settings))
    gc.disable()  # until the terminal is up: a start makes no rubbish, and looking for some takes 45 ms
    try:
        config = load(settings)
    except ConfigError as error:
        print(f"{Refusal.CONFIG_BROKEN.sentence} {error}", file=sys.stderr)
        return CANNOT_START
    folder = settings.resolve().parent / config.data.directory
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"{folder} cannot be made: {error.strerror}. Nothing was recorded.", file=sys.stderr)
        return CANNOT_START
    return asyncio.run(run_terminal(config, settings, folder / CRASH_LOG))


async def run_terminal(config: KioskConfig, settings: Path, crash_log: Path) -> int:
    """One terminal in the running loop, until it is left; the exit code."""
    from kiosk.app import KioskApp
    from kiosk.messages import Conversation
    from kiosk.scanner import Scanner
    from kiosk.stopwatch import monotonic_ms
    from kiosk.words import speak

    opened = []
    tidying = [asyncio.create_task(watchdog.keep(os.environ))]

    async def open_station() -> Conversation:
        from kiosk.sounds import Audible
        from kiosk.speaker import Speaker
        from kiosk.wiring import Station

        station = Station(config, settings)
        opened.append(station)
        conversation = await station.open()
        station.listen(app.hear)
        rubbish.begin()
        tidying.append(asyncio.create_task(rubbish.take_out_for_ever()))
        return Audible(conversation, Speaker(config.sound.how, app.bell, station.note).play)

    speak(config.screen.language)
    app = KioskApp(
        open_station,
        Scanner(config.scanner.prefix),
        lambda: datetime.now().astimezone(),
        monotonic_ms,
        place=config.station.name,
        crash_log=crash_log,
        theme=config.screen.theme,
        touch=config.screen.touch,
    )
    try:
        await app.run_async()
    finally:
        for task in tidying:
            task.cancel()
        for station in opened:
            await station.close()
    return app.return_code or 0

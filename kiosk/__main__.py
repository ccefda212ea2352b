"""Starts a terminal: `python -m kiosk --config config.toml`.

Never imports more than the first frame needs: ledger, network and paper come after it.
"""

import argparse
import asyncio
import gc
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

from floor.refusals import Refusal
from kiosk.config import ConfigError, KioskConfig, load

CANNOT_START: Final = 2
CRASH_LOG: Final = "crash.log"


async def run(config: KioskConfig, folder: Path) -> int:
    """Run the terminal until a supervisor or a signal ends it; the exit code."""
    from kiosk.app import KioskApp
    from kiosk.messages import Conversation
    from kiosk.scanner import Scanner
    from kiosk.stopwatch import monotonic_ms

    opened = []

    async def open_station() -> Conversation:
        from kiosk.wiring import Station

        station = Station(config, folder)
        opened.append(station)
        conversation = await station.open()
        gc.freeze()
        gc.enable()
        return conversation

    data_folder = folder / config.data.directory
    data_folder.mkdir(parents=True, exist_ok=True)
    app = KioskApp(
        open_station,
        Scanner(config.scanner.prefix),
        lambda: datetime.now().astimezone(),
        monotonic_ms,
        place=config.station.name,
        crash_log=data_folder / CRASH_LOG,
        theme=config.screen.theme,
    )
    try:
        await app.run_async()
    finally:
        for station in opened:
            await station.close()
    return app.return_code or 0


def main() -> None:
    """Read the settings, start, and leave with an exit code: 0 ended, 1 crashed, 2 could not start."""
    parser = argparse.ArgumentParser(prog="kiosk", description="The terminal of a station.")
    parser.add_argument("--config", type=Path, default=Path("config.toml"), help="settings; config.toml")
    given = parser.parse_args()
    gc.disable()  # until the terminal is up: a start makes no rubbish, and looking for some takes 45 ms
    try:
        config = load(given.config)
    except ConfigError as error:
        print(f"{Refusal.CONFIG_BROKEN.sentence} {error}", file=sys.stderr)
        sys.exit(CANNOT_START)
    sys.exit(asyncio.run(run(config, given.config.resolve().parent)))


if __name__ == "__main__":
    main()

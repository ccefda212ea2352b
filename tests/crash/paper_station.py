"""A station that only prints: run as a program, killed by a test, run again until nothing waits.

Never ends by itself before every paper is answered.
"""

import asyncio
import sys
from pathlib import Path
from random import SystemRandom

from kiosk.wiring import new_id
from kiosk.wiring.clock import moment
from kiosk.wiring.paper import PaperDesk
from kiosk.wiring.sheets import SheetMaker
from printing.printers import PrinterKind, PrinterSetting
from sync.memory import StationMemory
from tests.kiosk.test_paper_desk import no_paper_waits, until_async


async def main(folder: Path, target: str) -> None:
    """Prints what waits in `folder` at the printer on `target`."""
    memory = StationMemory(folder, moment, new_id, SystemRandom())
    await memory.open()
    printer = PrinterSetting(name="office", kind=PrinterKind.SOCKET, target=target)
    desk = asyncio.create_task(
        PaperDesk(memory, (printer,), SheetMaker(memory, "Cutting Line 1"), new_id).run()
    )
    await until_async(lambda: no_paper_waits(memory))
    desk.cancel()
    await asyncio.gather(desk, return_exceptions=True)
    await memory.stop()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))

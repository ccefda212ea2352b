"""A real input device, which the kernel makes for this test: taken, read, gone and back."""

import asyncio
from pathlib import Path
from typing import Final

from evdev import InputDevice, UInput, ecodes

from floor.tags import slip_code
from kiosk.devices import DeviceTrouble
from kiosk.sources.input_device import EV_KEY, ExclusiveDevice
from kiosk.sources.us_keys import NAMES, SHIFTS, TYPED
from tests.kiosk.faces import monotonic_ms, running
from tests.kiosk.test_app import until
from tests.kiosk.test_input_device import strokes
from tests.kiosk.test_scanner import scan
from tests.kiosk.views import Still, view_of

SLIP: Final = slip_code("BCDFGHJK", "B")


def plugged(path: Path) -> UInput:
    """A keyboard, at a path that stays the same."""
    made = UInput({ecodes.EV_KEY: sorted({*TYPED, *NAMES, *SHIFTS})}, name="Transferslip test scanner")
    assert isinstance(made.device, InputDevice)
    path.unlink(missing_ok=True)
    path.symlink_to(made.device.path)
    return made


def scans(keyboard: UInput, code: str) -> None:
    for stroke in strokes(code):
        if stroke.type == EV_KEY:
            keyboard.write(ecodes.EV_KEY, stroke.code, stroke.value)
            keyboard.syn()


async def test_a_real_device_is_taken_alone_and_survives_being_unplugged(tmp_path: Path) -> None:
    path = tmp_path / "scanner-event-kbd"
    keyboard = plugged(path)
    device, conversation = ExclusiveDevice("scanner", str(path), monotonic_ms), Still(view_of("working"))
    async with running(conversation) as (app, _):
        task = asyncio.create_task(device.run(app.hear))
        await until(lambda: device.state.trouble is None)
        scans(keyboard, SLIP + "\r")
        await until(lambda: conversation.taken == [scan(SLIP)])
        keyboard.close()
        await until(lambda: device.state.trouble is DeviceTrouble.GONE)
        keyboard = plugged(path)
        await until(lambda: device.state.trouble is None)
        scans(keyboard, SLIP + "\r")
        await until(lambda: conversation.taken == [scan(SLIP)] * 2)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    keyboard.close()

"""What devices have in common that are plugged in and out while the terminal runs.

Never gives up: a device that is gone is looked for until it is back. Never lets the terminal wait for it.
"""

import asyncio
import errno
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, Generic, TypeVar

from kiosk.devices import Device, DeviceState, DeviceTrouble, Hear

LOOKS_EVERY_S: Final = 1.0
"""How long after the last try a device is opened again."""

OPENS_WITHIN_S: Final = 5.0
"""A device that cannot be opened so soon is not there; its driver hangs and is waited for all the same."""

TROUBLES: Final[dict[int | None, DeviceTrouble]] = {
    errno.EACCES: DeviceTrouble.NOT_ALLOWED,
    errno.EPERM: DeviceTrouble.NOT_ALLOWED,
    errno.EBUSY: DeviceTrouble.IN_USE,
    errno.EAGAIN: DeviceTrouble.IN_USE,
    errno.ENOPKG: DeviceTrouble.NO_DRIVER,
}
"""What the system says when a device cannot be opened; everything else means that it is not there."""

Result = TypeVar("Result")
Opened = TypeVar("Opened")


class ComingAndGoing(ABC, Generic[Opened]):
    """One device: opened, read until it goes, and looked for again."""

    def __init__(self, device: Device) -> None:
        """Nothing is opened yet."""
        self._device = device
        self._trouble: DeviceTrouble | None = DeviceTrouble.NOT_OPENED_YET

    @property
    def state(self) -> DeviceState:
        """How it is now."""
        return DeviceState(self._device, self._trouble)

    async def run(self, hear: Hear) -> None:
        """Read it until cancelled."""
        while True:
            try:
                await self._read_once(hear)
                self._trouble = DeviceTrouble.GONE
            except ImportError:
                self._trouble = DeviceTrouble.NO_DRIVER
            except OSError as error:
                self._trouble = TROUBLES.get(error.errno, DeviceTrouble.GONE)
            await asyncio.sleep(LOOKS_EVERY_S)

    async def _read_once(self, hear: Hear) -> None:
        opening = asyncio.ensure_future(aside(self._open))
        try:
            if not (await asyncio.wait([opening], timeout=OPENS_WITHIN_S))[0]:
                self._trouble = DeviceTrouble.GONE
            opened = await asyncio.shield(opening)
        except asyncio.CancelledError:
            opening.add_done_callback(self._let_go)
            raise
        try:
            self._trouble = None
            await self._listen(opened, hear)
        finally:
            with suppress(OSError):
                self._close(opened)

    def _let_go(self, opening: "asyncio.Future[Opened]") -> None:
        """Close what was opened too late for anybody to read it."""
        if not opening.cancelled() and opening.exception() is None:
            with suppress(OSError):
                self._close(opening.result())

    @abstractmethod
    def _open(self) -> Opened:
        """Open the device; may take its time. Raises OSError, or ImportError without a driver."""

    @abstractmethod
    async def _listen(self, opened: Opened, hear: Hear) -> None:
        """Hand on what it says; returns or raises OSError when it has gone."""

    @abstractmethod
    def _close(self, opened: Opened) -> None:
        """Let go of it. May raise OSError when it has gone."""


async def aside(call: Callable[[], Result]) -> Result:
    """What a call gives that may block: in a thread that nobody waits for when the terminal ends."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()

    def tell(answer: Callable[[Any], None], value: Any) -> None:
        if not future.done():
            answer(value)

    def work() -> None:
        try:
            answer, value = future.set_result, call()
        except Exception as error:
            with suppress(RuntimeError):  # the terminal has ended meanwhile
                loop.call_soon_threadsafe(tell, future.set_exception, error)
            return
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(tell, answer, value)

    threading.Thread(target=work, daemon=True).start()
    return await future


async def readable(descriptor: int) -> None:
    """Wait until something can be read, or the device has gone."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[None] = loop.create_future()
    loop.add_reader(descriptor, lambda: None if future.done() else future.set_result(None))
    try:
        await future
    finally:
        loop.remove_reader(descriptor)

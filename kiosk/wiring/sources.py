"""The devices that the settings name, read as long as the terminal runs.

Never knows what they say.
"""

import asyncio
import sys
from collections.abc import Callable, Iterator

from kiosk.config import KioskConfig
from kiosk.devices import DeviceState, Hear, InputSource


class Sources:
    """All devices of one station besides its keyboard."""

    def __init__(self, config: KioskConfig, monotonic_ms: Callable[[], float]) -> None:
        """Nothing is opened yet."""
        self._sources = tuple(_sources(config, monotonic_ms))
        self._tasks: list[asyncio.Task[None]] = []

    def states(self) -> list[DeviceState]:
        """How they are, in the order of the settings."""
        return [source.state for source in self._sources]

    def listen(self, hear: Hear) -> None:
        """Read all of them from now on."""
        self._tasks = [asyncio.create_task(source.run(hear)) for source in self._sources]

    async def close(self) -> None:
        """Let go of all of them."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _sources(config: KioskConfig, monotonic_ms: Callable[[], float]) -> Iterator[InputSource]:
    if config.serial:
        from kiosk.sources.serial_port import SerialScanner

        for port in config.serial:
            yield SerialScanner(port.name, port.device, port.baud, monotonic_ms)
    if config.input_device:
        from kiosk.sources.input_device import ExclusiveDevice

        for device in config.input_device:
            yield ExclusiveDevice(device.name, device.device, monotonic_ms)
    if config.camera.device:
        from kiosk.sources.camera import Camera

        watch = (sys.executable, "-m", "kiosk", "watch", config.camera.device)
        yield Camera(config.camera.name, watch, monotonic_ms)

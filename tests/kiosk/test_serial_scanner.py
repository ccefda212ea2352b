"""A serial scanner, on a pseudo-terminal: plugged in and out while the real app runs."""

import asyncio
import os
import pty
import tty
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest

from floor.refusals import Refusal
from floor.tags import TagKind, encode, slip_code
from kiosk.devices import Device, DeviceTrouble
from kiosk.inputs import Input, Scan, Unreadable
from kiosk.sources.serial_port import SerialScanner
from tests.kiosk.faces import monotonic_ms, running
from tests.kiosk.test_app import until
from tests.kiosk.test_scanner import scan
from tests.kiosk.views import Still, view_of

SLIP: Final = slip_code("BCDFGHJK", "B")
OTHER: Final = encode(TagKind.MACHINE, "BCDFGH")


class Cable:
    """A scanner that can be plugged in and out; always at the same path, as below /dev/serial/by-id."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "usb-scanner"
        self._ends: tuple[int, int] | None = None

    def plug(self) -> None:
        self._ends = pty.openpty()
        tty.setraw(self._ends[1])
        self.path.symlink_to(os.ttyname(self._ends[1]))

    def unplug(self) -> None:
        if self._ends:
            self.path.unlink()
            for end in self._ends:
                os.close(end)
            self._ends = None

    async def send(self, data: bytes) -> None:
        """However slowly it is read."""
        assert self._ends
        os.set_blocking(self._ends[0], False)
        while data:
            try:
                data = data[os.write(self._ends[0], data) :]
            except BlockingIOError:
                await asyncio.sleep(0.001)


@pytest.fixture
def cable(tmp_path: Path) -> Cable:
    return Cable(tmp_path)


passed_on: list[int] = []
"""How many keys of the scanner came to the app, read by read."""


@asynccontextmanager
async def listening(cable: Cable) -> AsyncIterator[tuple[SerialScanner, Still]]:
    """The app, told what the scanner says."""
    source, conversation = (
        SerialScanner("The scanner", str(cable.path), 9600, monotonic_ms),
        Still(view_of("working")),
    )
    async with running(conversation) as (app, _):

        async def hear(device: Device, keys: Sequence[tuple[str, float]]) -> None:
            passed_on.append(len(keys))
            await app.hear(device, keys)

        passed_on.clear()
        task = asyncio.create_task(source.run(hear))
        yield source, conversation
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    cable.unplug()


def there(source: SerialScanner) -> Callable[[], bool]:
    return lambda: source.state.trouble is None


async def came(conversation: Still, count: int, seconds: float = 5.0) -> None:
    await until(lambda: len(conversation.taken) >= count, seconds)


@pytest.mark.parametrize("ending", [b"\r", b"\n", b"\r\n", b"\t", b""])
async def test_a_serial_scan_is_a_scan_whatever_ends_it(cable: Cable, ending: bytes) -> None:
    cable.plug()
    async with listening(cable) as (source, conversation):
        await until(there(source))
        await cable.send(SLIP.encode() + ending)
        await came(conversation, 1)
        await cable.send(OTHER.encode() + ending)
        await came(conversation, 2)
    assert conversation.taken == [scan(SLIP), scan(OTHER)]


async def test_a23_a_scanner_is_unplugged_in_the_middle_of_a_code_and_comes_back(cable: Cable) -> None:
    async with listening(cable) as (source, conversation):
        await until(lambda: source.state.trouble is DeviceTrouble.GONE)
        cable.plug()
        await until(there(source))
        await cable.send(SLIP[:5].encode())
        await asyncio.sleep(0.1)
        cable.unplug()
        await until(lambda: source.state.trouble is DeviceTrouble.GONE)
        cable.plug()
        await until(there(source))
        await cable.send(SLIP.encode() + b"\r")
        await until(lambda: scan(SLIP) in conversation.taken)
    assert conversation.taken == [Unreadable(Refusal.CODE_TOO_SHORT), scan(SLIP)]


async def test_a_port_that_another_program_holds_is_said_and_taken_when_it_is_free(cable: Cable) -> None:
    from serial import Serial

    cable.plug()
    other = Serial(str(cable.path), exclusive=True)
    async with listening(cable) as (source, _):
        await until(lambda: source.state.trouble is DeviceTrouble.IN_USE)
        other.close()
        await until(there(source))


async def test_a_file_that_is_no_port_is_said(cable: Cable) -> None:
    cable.path.write_text("no port")
    async with listening(cable) as (source, _):
        await until(lambda: source.state.trouble is DeviceTrouble.GONE)


async def test_e6_ten_megabytes_from_a_serial_port_freeze_nothing_and_the_next_scan_is_taken(
    cable: Cable,
) -> None:
    cable.plug()
    async with listening(cable) as (source, conversation):
        await until(there(source))
        longest = 0.0

        async def beat() -> None:
            nonlocal longest
            loop = asyncio.get_running_loop()
            while True:
                before = loop.time()
                await asyncio.sleep(0.005)
                longest = max(longest, loop.time() - before)

        heart = asyncio.create_task(beat())
        await cable.send(b"B" * 10_000_000 + b"\r")
        heart.cancel()
        assert sum(passed_on) < 100_000, "or a broken scanner would cost the terminal its processor"
        await cable.send(SLIP.encode() + b"\r")
        await until(lambda: scan(SLIP) in conversation.taken, 30)
    *refused, _ = conversation.taken
    assert refused
    assert all(isinstance(said, Unreadable) for said in refused)
    assert longest < 0.5, "a loaded machine; on a free one it is some milliseconds"


async def test_e5_noise_of_a_line_is_survived_and_says_nothing(cable: Cable) -> None:
    cable.plug()
    async with listening(cable) as (source, conversation):
        await until(there(source))
        await cable.send(bytes(range(256)) * 4 + b"\r\n\r\r7\r")
        await asyncio.sleep(0.4)
        await cable.send(SLIP.encode() + b"\r")
        await until(lambda: scan(SLIP) in conversation.taken)
    assert all(isinstance(said, Unreadable | Scan) for said in conversation.taken)


async def test_more_scans_than_the_conversation_takes_wait_in_the_port(cable: Cable) -> None:
    class Slow(Still):
        """Takes its time."""

        async def take(self, said: Input) -> None:
            await asyncio.sleep(0.001)
            await super().take(said)

    cable.plug()
    source, conversation = (
        SerialScanner("The scanner", str(cable.path), 9600, monotonic_ms),
        Slow(view_of("working")),
    )
    async with running(conversation) as (app, _):
        task = asyncio.create_task(source.run(app.hear))
        await until(there(source))
        await cable.send((SLIP + "\r").encode() * 3000)
        assert app._queue.qsize() < 1000
        await until(lambda: len(conversation.taken) == 3000, 30)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    cable.unplug()
    assert conversation.taken == [scan(SLIP)] * 3000

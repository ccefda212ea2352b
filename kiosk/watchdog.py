"""Tells systemd that the terminal is up and that its event loop turns, for as long as it does.

Never from a thread: a loop that is blocked starves the watchdog, and systemd starts the terminal anew.
"""

import asyncio
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

SOCKET: Final = "NOTIFY_SOCKET"
INTERVAL_US: Final = "WATCHDOG_USEC"
"""WATCHDOG_PID is not asked: under a compositor, the process that systemd started is not this one."""

FEEDS_PER_INTERVAL: Final = 3
US_PER_S: Final = 1_000_000


async def keep(environment: Mapping[str, str]) -> None:
    """Say that it is up, then feed the watchdog until cancelled; nothing where no systemd listens."""
    address = environment.get(SOCKET, "")
    if not address:
        return
    _tell(address, "READY=1")
    interval_s = _interval_s(environment)
    while interval_s:
        _tell(address, "WATCHDOG=1")
        await asyncio.sleep(interval_s / FEEDS_PER_INTERVAL)


def _interval_s(environment: Mapping[str, str]) -> float:
    """How long systemd waits before it loses patience; 0 when it does not watch."""
    said = environment.get(INTERVAL_US, "")
    return int(said) / US_PER_S if said.isascii() and said.isdigit() else 0


def _tell(address: str, message: str) -> None:
    """One datagram; `@` begins an abstract address. A systemd that is gone is no trouble of ours."""
    name = f"\0{address[1:]}" if address.startswith("@") else address
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.setblocking(False)
        line.sendto(message.encode(), name)

"""A printer on a TCP socket (port 9100): the page goes in as it is; one that speaks ZPL is asked how it is.

Never sends a page to a printer that says it cannot print; never says printed of a page that was cut off.
"""

import re
import socket
import time
from dataclasses import dataclass
from typing import Final

from floor.printers import PrinterTrouble
from printing.printers.delivery import (
    UNWATCHED,
    Delivery,
    Printable,
    Watcher,
    failed,
    not_yet,
    printed,
    unknown,
)
from printing.printers.following import Patience

PORT: Final = 9100
STATUS_BYTES_MAX: Final = 4096
ZPL: Final = "application/vnd.zebra-zpl"
"""The one language in which a printer on a socket answers how it is."""

_ASK: Final = b"~HS\r\n"
_STRING: Final = re.compile(rb"\x02([^\x03]*)\x03")
_STRINGS: Final = 3


@dataclass(frozen=True, slots=True)
class SocketLimits:
    """How long we wait, in seconds."""

    connect_s: float = 5
    status_s: float = 3
    """For the answer to `~HS`; many printers give none."""
    send_s: float = 30
    """For the whole page to be taken."""
    close_s: float = 10
    """For the printer to close the line after the page, which says that it read it all."""
    print_s: float = 45
    """For a ZPL printer to print what it took."""
    trouble_s: float = 600
    """The same while it says that it waits for a person."""
    poll_s: float = 0.5


LIMITS: Final = SocketLimits()


@dataclass(frozen=True, slots=True)
class HostStatus:
    """What `~HS` answers."""

    trouble: PrinterTrouble | None
    unprinted: int
    """Formats and labels that it took and did not print yet."""


def look_at_socket(target: str, page: Printable, limits: SocketLimits = LIMITS) -> PrinterTrouble | None:
    """Whether somebody takes the line; a ZPL printer is asked what is wrong with it."""
    try:
        with _connected(target, limits) as line:
            status = _ask(line, limits) if page.media_type == ZPL else None
    except OSError:
        return PrinterTrouble.OFFLINE
    return status.trouble if status else None


def print_to_socket(
    target: str, page: Printable, limits: SocketLimits = LIMITS, watcher: Watcher = UNWATCHED
) -> Delivery:
    """Sends the page; what the printer does with the line afterwards says whether it read it all."""
    try:
        line = _connected(target, limits)
    except ValueError:
        return failed(f"{target} is no host and port.")
    except OSError:
        return not_yet(PrinterTrouble.OFFLINE)
    with line:
        speaks = _ask(line, limits) if page.media_type == ZPL else None
        if speaks and speaks.trouble:
            return not_yet(speaks.trouble)
        try:
            _send(line, page.content, limits)
            if speaks:
                return _printed(line, limits, watcher)
            return _taken(line, limits)
        except TimeoutError:
            return unknown("The printer did not take the whole page in time.", PrinterTrouble.STUCK)
        except OSError as error:
            return unknown(f"The line broke while the page was sent ({error.strerror or error}).")


def _connected(target: str, limits: SocketLimits) -> socket.socket:
    host, _, port = target.rpartition(":") if ":" in target else (target, "", str(PORT))
    return socket.create_connection((host.strip("[]"), int(port)), limits.connect_s)


def _send(line: socket.socket, content: bytes, limits: SocketLimits) -> None:
    """All of it. Raises TimeoutError when the whole takes too long, however slowly it goes on."""
    deadline = time.monotonic() + limits.send_s
    rest = memoryview(content)
    while rest:
        left_s = deadline - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        line.settimeout(left_s)
        rest = rest[line.send(rest) :]


def _taken(line: socket.socket, limits: SocketLimits) -> Delivery:
    """After our end of the line is closed a printer that read all closes its own; one that hangs does not."""
    line.shutdown(socket.SHUT_WR)
    deadline = time.monotonic() + limits.close_s
    while (left_s := deadline - time.monotonic()) > 0:
        line.settimeout(left_s)
        try:
            if not line.recv(STATUS_BYTES_MAX):
                return printed()
        except TimeoutError:
            break
    return unknown("The printer took the page and does not say that it read it.", PrinterTrouble.STUCK)


def _printed(line: socket.socket, limits: SocketLimits, watcher: Watcher) -> Delivery:
    """A ZPL printer says when nothing of what it took is left."""
    patience = Patience(limits.print_s, limits.trouble_s)
    while True:
        status = _ask(line, limits)
        if status is None:
            return unknown("The printer took the page and does not answer any more.", PrinterTrouble.OFFLINE)
        if not status.unprinted and not status.trouble:
            return printed()
        if patience.ends(status.trouble):
            return unknown("The printer took the page and did not print it.", status.trouble)
        watcher.held_up(status.trouble)
        time.sleep(limits.poll_s)


def _ask(line: socket.socket, limits: SocketLimits) -> HostStatus | None:
    """How a ZPL printer is; None where it does not say."""
    answer = b""
    deadline = time.monotonic() + limits.status_s
    try:
        line.settimeout(limits.status_s)
        line.sendall(_ASK)
        while len(_STRING.findall(answer)) < _STRINGS and len(answer) < STATUS_BYTES_MAX:
            line.settimeout(max(deadline - time.monotonic(), 0.001))
            part = line.recv(STATUS_BYTES_MAX)
            if not part:
                return None
            answer += part
    except OSError:
        return None
    return host_status(answer)


def host_status(answer: bytes) -> HostStatus | None:
    """The three strings that a ZPL printer answers to `~HS`; None for anything else."""
    strings = [string.decode("ascii", errors="replace").split(",") for string in _STRING.findall(answer)]
    try:
        first, second = strings[0], strings[1]
        flags = (
            (second[2] == "1", PrinterTrouble.COVER_OPEN),
            (first[1] == "1", PrinterTrouble.OUT_OF_PAPER),
            (second[3] == "1", PrinterTrouble.OUT_OF_INK),
            (first[2] == "1", PrinterTrouble.PAUSED),
            (first[5] == "1", PrinterTrouble.BUSY),
            ("1" in {first[10], first[11]}, PrinterTrouble.NEEDS_HELP),
        )
        unprinted = int(first[4]) + int(second[8])
    except (IndexError, ValueError):
        return None
    return HostStatus(next((trouble for set_, trouble in flags if set_), None), unprinted)

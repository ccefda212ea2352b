"""A printer on a TCP socket of this machine, with all its misbehaviours.

Never prints; keeps what it was sent.
"""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Behaviour = Callable[[socket.socket, bytearray], None]
"""What it does with one line; what it reads goes into the second."""


class TcpPrinter:
    """Listens on loopback; each line is treated by the next behaviour, the last one for ever."""

    def __init__(self, server: socket.socket, behaviours: list[Behaviour]) -> None:
        self._server = server
        self._behaviours = behaviours
        self.target = f"127.0.0.1:{server.getsockname()[1]}"
        self._last_s = time.monotonic()
        self.papers: list[bytearray] = []
        """What came over each line."""

    def settle(self) -> None:
        """Until nobody has come for a while: a page may outlive the program that sent it."""
        while time.monotonic() - self._last_s < 2:
            time.sleep(0.1)

    def serve(self) -> None:
        """Until the server is closed."""
        with suppress(OSError):
            while True:
                line, _address = self._server.accept()
                self._last_s = time.monotonic()
                paper = bytearray()
                self.papers.append(paper)
                behaviour = self._behaviours.pop(0) if len(self._behaviours) > 1 else self._behaviours[0]
                with line, suppress(OSError):
                    line.settimeout(10)
                    behaviour(line, paper)


@contextmanager
def tcp_printer(*behaviours: Behaviour) -> Iterator[TcpPrinter]:
    """Switched on while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        printer = TcpPrinter(server, list(behaviours))
        thread = threading.Thread(target=printer.serve, daemon=True)
        thread.start()
        yield printer
        server.shutdown(socket.SHUT_RDWR)
    thread.join(15)


def prints(line: socket.socket, paper: bytearray) -> None:
    """Reads to the end, and closes."""
    while part := line.recv(65536):
        paper += part


def takes_its_time(line: socket.socket, paper: bytearray) -> None:
    """Reads to the end, prints, and closes."""
    prints(line, paper)
    time.sleep(0.3)


def hangs(line: socket.socket, _paper: bytearray) -> None:
    """Takes the line and never reads, nor closes."""
    time.sleep(2)


def reads_and_hangs(line: socket.socket, paper: bytearray) -> None:
    """Reads all and never closes."""
    prints(line, paper)
    time.sleep(2)


def breaks_off(line: socket.socket, paper: bytearray) -> None:
    """Reads a little, and pulls the plug."""
    paper += line.recv(1000)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def slowly(line: socket.socket, paper: bytearray) -> None:
    """A few bytes at a time."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    while part := line.recv(256):
        paper += part
        time.sleep(0.002)


def zebra(*states: str) -> Behaviour:
    """Speaks ZPL, and is in these states one after the other each time it is asked."""
    said = list(states)

    def answers(line: socket.socket, paper: bytearray) -> None:
        while part := line.recv(65536):
            paper += part
            for _ in range(part.count(b"~HS")):
                line.sendall(host_status(said.pop(0) if len(said) > 1 else said[0]))

    return answers


def host_status(state: str = "ready") -> bytes:
    """What a ZPL printer answers to `~HS`."""
    flags = {
        name: "1" if state == name else "0" for name in ("no paper", "paused", "full", "open", "no ribbon")
    }
    unprinted = "001" if state == "printing" else "000"
    first = f"030,{flags['no paper']},{flags['paused']},1225,{unprinted},{flags['full']},0,0,000,0,0,0"
    second = f"000,0,{flags['open']},{flags['no ribbon']},0,2,4,0,00000000,1,000"
    return b"".join(f"\x02{string}\x03\r\n".encode() for string in (first, second, "1234,0"))

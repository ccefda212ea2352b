"""A real CUPS with a real IPP printer behind it, on loopback, for one test run.

Never touches the machine's own print system: folders, port and queue are ours. Message bus and name service
are the machine's, started only where none runs. What was started here ends here.
"""

import fcntl
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Final

QUEUE: Final = "slips"
BUS: Final = Path("/run/dbus/system_bus_socket")
NAME_SERVICE: Final = Path("/run/avahi-daemon/socket")
LOCK: Final = Path(gettempdir()) / "transferslip-print-shop.lock"
START_S_MAX: Final = 15
QUEUE_TRIES: Final = 8

_FOLDERS: Final = ("out", "spool/tmp", "cache", "state", "log", "root")
_FILES: Final = """\
ServerRoot {home}/root
RequestRoot {home}/spool
TempDir {home}/spool/tmp
CacheDir {home}/cache
StateDir {home}/state
AccessLog {home}/log/access
ErrorLog {home}/log/error
PageLog {home}/log/page
SystemGroup root
"""
_SERVER: Final = """\
Listen 127.0.0.1:{port}
DefaultAuthType None
WebInterface No
Browsing Off
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""
_NAMES: Final = "[server]\nallow-interfaces=lo\n[publish]\ndisable-publishing=yes\n"


@dataclass(frozen=True)
class PrintShop:
    """What a test needs to know of it."""

    server: str
    """For CUPS_SERVER."""
    out: Path
    """Where the printer leaves its pages."""
    printer: subprocess.Popen[bytes]


@contextmanager
def print_shop() -> Iterator[PrintShop]:
    """Open while the block runs."""
    with ExitStack() as running:
        home = Path(running.enter_context(TemporaryDirectory(prefix="print-shop-")))
        home.chmod(0o755)  # the filters of CUPS are another user
        for folder in _FOLDERS:
            (home / folder).mkdir(parents=True)
        message_bus(running, home)
        printer_port, server_port = free_port(), free_port()
        printer = start(running, *ippeveprinter(printer_port, home / "out", "-c", "/bin/true"))
        (home / "files.conf").write_text(_FILES.format(home=home))
        (home / "cupsd.conf").write_text(_SERVER.format(port=server_port))
        start(running, "cupsd", "-f", "-c", str(home / "cupsd.conf"), "-s", str(home / "files.conf"))
        wait_until(lambda: answers(printer_port) and answers(server_port))
        server = f"127.0.0.1:{server_port}"
        make_queue(server, printer_port)
        yield PrintShop(server, home / "out", printer)


def message_bus(running: ExitStack, home: Path) -> None:
    """The bus and the name service that IPP printers announce themselves by, for one test at a time.

    An IPP printer ends when the name service does: whoever started it must not end it under another test.
    """
    lock = running.enter_context(LOCK.open("w"))
    fcntl.flock(lock, fcntl.LOCK_EX)
    if not listens(BUS):
        BUS.parent.mkdir(exist_ok=True)
        start(running, "dbus-daemon", "--system", "--nofork", "--nopidfile")
        wait_until(lambda: listens(BUS))
    if not listens(NAME_SERVICE):
        (home / "names.conf").write_text(_NAMES)
        start(running, "avahi-daemon", "-f", str(home / "names.conf"))
        wait_until(lambda: listens(NAME_SERVICE))


def ippeveprinter(port: int, out: Path, *more: str) -> list[str]:
    """A printer that keeps what it prints; without a command of its own it takes some seconds for a page."""
    formats = "application/pdf,image/pwg-raster"
    command = ["ippeveprinter", "-n", "localhost", "-p", str(port), "-r", "off", "-d", str(out), "-k"]
    return [*command, "-s", "200,200", "-f", formats, *more, "slip printer"]


def make_queue(server: str, printer_port: int) -> None:
    """The printer's queue; a printer that is busy with itself is asked again."""
    uri = f"ipp://localhost:{printer_port}/ipp/print"
    command = ["lpadmin", "-h", server, "-p", QUEUE, "-E", "-v", uri, "-m", "everywhere"]
    for _ in range(QUEUE_TRIES):
        made = subprocess.run(command, capture_output=True, check=False, timeout=30)
        if made.returncode == 0:
            return
        time.sleep(1)
    raise AssertionError(made.stderr.decode())


def start(running: ExitStack, *command: str) -> subprocess.Popen[bytes]:
    """A program that ends with the block."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    running.callback(end, process)
    return process


def end(process: subprocess.Popen[bytes]) -> None:
    """This very program, and no other of its name."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def answers(port: int) -> bool:
    """Whether somebody listens on a port."""
    with socket.socket() as asking:
        asking.settimeout(1)
        return asking.connect_ex(("127.0.0.1", port)) == 0


def listens(path: Path) -> bool:
    """Whether somebody listens on a socket of this machine; one that died leaves its file behind."""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(1)
        return asking.connect_ex(str(path)) == 0


def wait_until(happened: Callable[[], bool]) -> None:
    """Waits, with a limit, for something outside."""
    deadline = time.monotonic() + START_S_MAX
    while not happened():
        assert time.monotonic() < deadline, "did not start"
        time.sleep(0.1)

"""A real IPP printer (ippeveprinter) on loopback, fed and disturbed by a test.

Never touches the machine's own print system; what was started here ends here.
"""

import stat
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.printing.print_shop import answers, end, free_port, ippeveprinter, message_bus, start, wait_until

WORKS = """\
#!/bin/sh
while [ -e {home}/held ]; do
    cat {home}/held >&2
    sleep 0.1
done
echo "STATE: -media-empty" >&2
cat "$1" > {home}/out/page-$$.part
mv {home}/out/page-$$.part {home}/out/page-$$.pdf
"""
"""What the printer does with a page: while a file `held` is there it says what stands in it, and waits."""


class IppPrinter:
    """One printer; switched off and on by a test."""

    def __init__(self, running: ExitStack, home: Path) -> None:
        self._running = running
        self._home = home
        self._port = free_port()
        self.uri = f"ipp://localhost:{self._port}/ipp/print"
        self.process: subprocess.Popen[bytes]
        works = home / "works"
        works.write_text(WORKS.format(home=home))
        works.chmod(works.stat().st_mode | stat.S_IXUSR)
        (home / "out").mkdir()
        (home / "spool").mkdir()
        self.switch_on()

    def switch_on(self) -> None:
        """Until it answers."""
        command = ippeveprinter(self._port, self._home / "spool", "-c", str(self._home / "works"))
        self.process = start(self._running, *command)
        wait_until(lambda: answers(self._port))

    def switch_off(self) -> None:
        """In whatever it does."""
        end(self.process)

    def hold(self, says: str = "") -> None:
        """Pages wait in it from now on, and it says this."""
        (self._home / "held").write_text(says)

    def go_on(self) -> None:
        """Pages come out."""
        (self._home / "held").unlink()

    def load(self, size: str, sheets: int = 250) -> None:
        """Its main tray holds this, its other one nothing."""
        choice = f"size1={size}&type1=stationery&level1={sheets}&size2=&type2=&level2=0"
        urllib.request.urlopen(f"http://localhost:{self._port}/media?{choice}", timeout=5).read()

    @property
    def pages(self) -> list[bytes]:
        """What came out."""
        return [page.read_bytes() for page in (self._home / "out").glob("*.pdf")]


@contextmanager
def ipp_printer() -> Iterator[IppPrinter]:
    """Switched on while the block runs."""
    with ExitStack() as running:
        home = Path(running.enter_context(TemporaryDirectory(prefix="ipp-printer-")))
        message_bus(running, home)
        yield IppPrinter(running, home)

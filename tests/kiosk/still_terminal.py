"""The real app, with a conversation that writes down what it was told; test_terminal.py runs it."""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from floor.tags import encode
from kiosk.app import KioskApp
from kiosk.inputs import Input, Label, Number, Press, Scan, SelfTest, Unreadable
from kiosk.messages import Conversation
from kiosk.scanner import Scanner
from tests.kiosk.views import Still, view_of

FAULT = "f9"
"""The key on which the conversation falls over."""


class Clerk(Still):
    """Writes one line for each input."""

    def __init__(self, file: Path) -> None:
        super().__init__(view_of("working"))
        self._file = file.open("a", encoding="utf-8", buffering=1)

    async def take(self, said: Input) -> None:
        """Write it down."""
        match said:
            case Press(key=key) if key == FAULT:
                raise ZeroDivisionError("the fault")
            case Press(key=key):
                words = f"press {key}"
            case Number(text=text):
                words = f"number {text}"
            case Scan(tag=tag):
                words = f"scan {encode(tag.kind, tag.body)}"
            case Label(says=says):
                words = f"label {says.text}"
            case Unreadable(refusal=refusal):
                words = f"refused {refusal.value}"
            case SelfTest(typing=typing):
                words = f"test {' '.join(typing.layouts)}"
        self._file.write(f"{words}\n")


def main(file: Path, crash_log: Path) -> int:
    """Run until told to leave."""

    async def make() -> Conversation:
        return Clerk(file)

    app = KioskApp(
        make,
        Scanner(),
        lambda: datetime.now(UTC),
        lambda: time.monotonic_ns() / 1_000_000,
        place="Cutting Line 1",
        crash_log=crash_log,
    )
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))

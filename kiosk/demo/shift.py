"""A scripted shift, played through the real program on a real terminal: what an operator would scan and see.

Never a result of its own: the totals that it checks are the server's.
"""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from floor.tags import TagKind
from kiosk.demo import plant
from kiosk.demo.screen import Screen

ORDER: Final = "MO-1042"
SUPERVISOR: Final = "9001"
JOHN: Final = "4711"
BOB: Final = "4712"
SPLIT_WOOD: Final = "split-wood"

_SLIP: Final = re.compile(r"\bT[BCDFGHJKLNPRSTVX]{3} [BCDFGHJKLNPRSTVX]{4} [BCDFGHJKLNPRSTVX]{3}\b")


def slips_on(screen: Screen) -> list[str]:
    """Slip numbers that stand on the screen, from top to bottom."""
    return [found.replace(" ", "")[1:9] for found in _SLIP.findall(screen.text)]


@dataclass
class Terminal:
    """One station of the demo and what it showed."""

    name: str
    settings: Path
    pictures: Path
    columns: int = 80
    rows: int = 24
    screen: Screen = field(init=False)

    def start(self) -> None:
        """Start the real program."""
        command = [sys.executable, "-m", "kiosk", "--config", str(self.settings)]
        self.screen = Screen(command, columns=self.columns, rows=self.rows)
        self.screen.wait("or a slip to see where it is", 30)
        self.screen.wait(" connected", 30)

    def sign_on(self, person: str) -> None:
        """Scan a badge."""
        found = plant.named(TagKind.PERSON)[person]
        self.screen.scan(found.code)
        self.screen.wait(found.name)

    def picture(self, name: str) -> None:
        """Keep what the screen shows."""
        self.screen.settle()
        self.pictures.mkdir(parents=True, exist_ok=True)
        (self.pictures / f"{name}.svg").write_text(self.screen.svg(f"{self.name} - {name}"), encoding="utf-8")
        (self.pictures / f"{name}.txt").write_text(self.screen.text + "\n", encoding="utf-8")

    def stop(self) -> None:
        """End the program."""
        self.screen.stop()


def open_desk(terminal: Terminal) -> None:
    """The supervisor's desk: badge, F10, PIN."""
    terminal.sign_on(SUPERVISOR)
    terminal.screen.press("f10")
    terminal.screen.wait("PIN")
    terminal.screen.press(*plant.PIN, "enter")
    terminal.screen.wait(ORDER)


def issue_slips(terminal: Terminal, quantity: int) -> list[str]:
    """Slips for the order in lots of `quantity`, printed into the station's folder; their numbers."""
    open_desk(terminal)
    terminal.picture("supervisor-orders")
    terminal.screen.press("enter")
    terminal.screen.wait("In lots")
    terminal.screen.press("2", "enter")
    terminal.screen.wait("How many")
    terminal.screen.press(*str(quantity), "enter")
    terminal.screen.wait(lambda text: text.count("copy 1 printed") > 1, 60)
    terminal.picture("supervisor-slips")
    slips = slips_on(terminal.screen)
    terminal.screen.press("escape", "escape", "f12")
    return slips

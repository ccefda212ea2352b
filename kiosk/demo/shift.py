"""A scripted shift, played through the real program on a real terminal: what operators would scan and see.

Never a result of its own: the totals that it compares are the server's.
"""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from floor.tags import TagKind, slip_code, step_code
from kiosk.demo import plant
from kiosk.demo.screen import Screen
from kiosk.demo.server import PlantServer

ORDER: Final = "MO-1042"
EXPECTED: Final = {
    10: {"good": "96", "scrap": "4", "missing": "0"},
    20: {"good": "74", "scrap": "0", "missing": "2"},
}
"""What the order's steps must show at the server after the shift."""

_SLIP: Final = re.compile(r"\bT[BCDFGHJKLNPRSTVX]{3} [BCDFGHJKLNPRSTVX]{4} [BCDFGHJKLNPRSTVX]\b")


class ShiftFailedError(AssertionError):
    """The server counted something else than what was entered."""


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
        """Start the real program and wait until it knows the plant."""
        command = [sys.executable, "-m", "kiosk", "--config", str(self.settings)]
        self.screen = Screen(command, columns=self.columns, rows=self.rows)
        self.screen.wait("or a slip to see where it is", 30)
        self.screen.wait(" connected", 30)

    def sign_on(self, person: str) -> None:
        """Scan a badge."""
        found = plant.named(TagKind.PERSON)[person]
        self.screen.scan(found.code)
        self.screen.wait(found.name)

    def recorded(self, step: int) -> None:
        """Wait for the tick of a report on a step of the order."""
        self.screen.wait(f"{ORDER}  step {step}")

    def picture(self, name: str) -> None:
        """Keep what the screen shows, as a picture and as text."""
        self.screen.settle(0.2)
        self.pictures.mkdir(parents=True, exist_ok=True)
        (self.pictures / f"{name}.svg").write_text(self.screen.svg(self.name), encoding="utf-8")
        (self.pictures / f"{name}.txt").write_text(self.screen.text + "\n", encoding="utf-8")

    def stop(self) -> None:
        """End the program."""
        self.screen.stop()


def open_desk(terminal: Terminal) -> None:
    """The supervisor's desk: badge, F10, PIN, and the order's page."""
    terminal.sign_on(plant.SUPERVISOR)
    terminal.screen.press("f10")
    terminal.screen.wait("PIN")
    terminal.screen.press(*plant.PIN, "enter")
    terminal.screen.wait("Open orders")


def close_desk(terminal: Terminal) -> None:
    """Back to the waiting screen."""
    terminal.screen.press("escape")
    terminal.screen.wait("Open orders")
    terminal.screen.press("escape")
    terminal.screen.press("f12")
    terminal.screen.wait("or a slip to see where it is")


def issue_slips(terminal: Terminal, lot: int) -> list[str]:
    """Slips for the whole order in lots, printed into the station's folder; their numbers."""
    open_desk(terminal)
    terminal.picture("02-supervisor-orders")
    terminal.screen.press("enter")
    terminal.screen.wait("In lots")
    terminal.screen.press("2", "enter")
    terminal.screen.wait("How many")
    terminal.screen.press(*str(lot), "enter")
    terminal.screen.wait(lambda text: text.count("copy 1 printed") > 1, 60)
    terminal.picture("03-supervisor-slips")
    slips = [found.replace(" ", "")[1:9] for found in _SLIP.findall(terminal.screen.text)]
    close_desk(terminal)
    return slips


def cut(terminal: Terminal, first: str, second: str) -> None:
    """John cuts: 76 good and 4 scrap on one slip, of scanned lots; a mistake on the other, taken back."""
    screen = terminal.screen
    terminal.sign_on(plant.CUTTER)
    screen.scan(step_code(first, 10))
    screen.wait("HERE 80")
    terminal.picture("04-slip-scanned")
    take_material(terminal)
    screen.press("4")
    screen.scan(plant.named(TagKind.REASON)[plant.CRACK].code)
    screen.wait("Crack in the wood")
    terminal.picture("05-76-good-4-scrap")
    screen.press("enter")
    terminal.recorded(10)
    terminal.picture("06-recorded")
    screen.scan(step_code(second, 10))
    screen.wait("HERE 20")
    screen.press("1", "2", "enter")
    terminal.recorded(10)
    screen.press("f9")
    screen.wait("Take back which report?")
    terminal.picture("07-undo")
    screen.press("enter")
    screen.wait("taken back")
    screen.scan(step_code(second, 10))
    screen.wait("HERE 20")


def take_material(terminal: Terminal) -> None:
    """Boards of our own lots, and glue by its supplier's label."""
    lots = plant.named(TagKind.MATERIAL_LOT)
    for code, name in ((lots[lot].code, lot) for lot in plant.BOARD_LOTS):
        terminal.screen.scan(code)
        terminal.screen.wait(f"{name} went in")
    terminal.screen.scan(plant.GLUE_LABEL)
    terminal.screen.wait("Wood glue D3   2.5 kg")
    terminal.picture("04-lots-scanned")


def cut_off(terminal: Terminal, server: PlantServer) -> PlantServer:
    """The network is gone while John reports the second slip; it heals when the server is there again."""
    port = int(server.url.rpartition(":")[2])
    server.stop()
    terminal.screen.press("enter")
    terminal.recorded(10)
    terminal.screen.wait("waiting, oldest", 30)
    terminal.screen.wait("no network", 60)
    terminal.picture("08-no-network")
    again = PlantServer(server.folder, port=port)
    terminal.screen.wait("nothing waiting", 90)
    terminal.picture("09-healed")
    return again


def sand(terminal: Terminal, slip: str) -> None:
    """Bob sands what John passed on: 46 first, then 28 of the remaining 30, and the step is done."""
    screen = terminal.screen
    terminal.sign_on(plant.SANDER)
    screen.scan(slip_code(slip, "B"))
    screen.wait("HERE 76", 30)
    terminal.picture("10-passed-on")
    screen.press("4", "6", "enter")
    terminal.recorded(20)
    screen.scan(step_code(slip, 20))
    screen.wait("HERE 30")
    screen.press("2", "8", "f3")
    screen.wait("MISSING")
    terminal.picture("11-28-of-30-done")
    screen.press("enter")
    terminal.recorded(20)
    terminal.picture("12-recorded-with-2-missing")
    screen.wait("nothing waiting", 30)


def reprint(terminal: Terminal) -> None:
    """The supervisor prints a slip again and makes up for what was lost, in one action."""
    open_desk(terminal)
    terminal.screen.press("enter")
    terminal.screen.wait("Make-up slip: 6", 30)
    terminal.picture("13-short-by-6")
    terminal.screen.press("1", "enter")
    terminal.screen.wait("1 slip issued.")
    terminal.screen.press("2", "enter")
    terminal.screen.wait("Yes, print copy 2")
    terminal.screen.press("2", "enter")
    terminal.screen.wait("copy 2 printed", 60)
    terminal.picture("14-reprinted")
    close_desk(terminal)


def check(server: PlantServer) -> dict[str, Any]:
    """The order's board, when its totals are what was entered. Raises ShiftFailedError."""
    boards: dict[str, dict[str, Any]] = {
        shown["board"]["order"]: shown["board"] for shown in server.get("/board")["orders"]
    }
    board = boards[ORDER]
    for step, expected in EXPECTED.items():
        line = next(line for line in board["steps"] if line["step"] == step)
        found = {column: line[column] for column in expected}
        if found != expected:
            raise ShiftFailedError(f"step {step}: entered {expected}, the server counted {found}")
    return board


def play(server: PlantServer, folder: Path) -> tuple[PlantServer, dict[str, Any]]:
    """Play the shift below `folder`; the server that runs at the end, and the order's board."""
    cutting, sanding = (
        Terminal(name, plant.terminal_settings(folder, server, station), folder / "screens")
        for station, name in (("cutting-1", "Cutting Line 1"), ("sanding-1", "Sanding 1"))
    )
    cutting.start()
    try:
        cutting.picture("01-waiting")
        first, second = issue_slips(cutting, 80)
        cut(cutting, first, second)
        server = cut_off(cutting, server)
        sanding.start()
        try:
            sand(sanding, first)
        finally:
            sanding.stop()
        cutting.screen.press("f12")
        cutting.screen.wait("or a slip to see where it is")
        reprint(cutting)
        cutting.screen.wait("nothing waiting", 30)
    finally:
        cutting.stop()
    return server, check(server)

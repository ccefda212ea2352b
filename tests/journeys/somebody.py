"""Somebody at a terminal of the demo plant: what is scanned and pressed, and what must stand there then.

Never looks into the program: only the screen, the paper, and what the server counted.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from floor.tags import CommandWord, TagKind, encode
from kiosk.demo import plant, shift
from kiosk.demo.screen import Screen
from kiosk.demo.server import PlantServer

ORDER: Final = "MO-1042"
FREE: Final = "or press F2 to pick from what waits here"
"""Somebody is signed on, and no slip is on the screen."""
NOBODY: Final = "or a slip to see where it is"
"""Nobody is signed on."""
HAND_S: Final = 0.3
"""From the scanner to the keys: an ENTER right behind a scan is the scanner's own."""
KEY_S: Final = 0.1
"""Between two keys of a quick hand; a scanner leaves less."""
NUMBER_LETTERS: Final = "BCDFGHJKLN"


@dataclass
class Somebody:
    """A pair of hands at one terminal."""

    terminal: shift.Terminal

    @property
    def screen(self) -> Screen:
        """What is read."""
        return self.terminal.screen

    def scan(self, code: str, shows: str) -> None:
        """Scan a code, and wait for what must stand there."""
        self.screen.scan(code)
        self.screen.wait(shows)

    def badge(self, person: str, shows: str = FREE) -> None:
        """Scan a person's badge."""
        self.scan(plant.named(TagKind.PERSON)[person].code, shows)

    def machine(self, machine: str) -> None:
        """Scan the tag of a machine."""
        found = plant.named(TagKind.MACHINE)[machine]
        self.scan(found.code, f"at {found.name}")

    def reason(self, reason: str, shows: str | None = None) -> None:
        """Scan a reason."""
        found = plant.named(TagKind.REASON)[reason]
        self.scan(found.code, shows or found.name)

    def lot(self, lot: str) -> None:
        """Scan a lot of material."""
        self.scan(plant.named(TagKind.MATERIAL_LOT)[lot].code, f"{lot} went in")

    def card(self, word: CommandWord, shows: str) -> None:
        """Scan a word of the command card."""
        self.scan(plant.command(word), shows)

    def digits(self, number: int) -> None:
        """Scan a number digit by digit from the number card."""
        for digit in str(number):
            self.screen.scan(encode(TagKind.NUMBER, NUMBER_LETTERS[int(digit)]))

    def press(self, *keys: str, shows: str) -> None:
        """Press keys, one after the other, and wait for what must stand there."""
        time.sleep(HAND_S)
        self.screen.press(*keys)
        self.screen.wait(shows)

    def type(self, code: str, shows: str) -> None:
        """Type a code by hand, in small letters, and ENTER."""
        for key in code.lower():
            self.screen.press(key)
            time.sleep(KEY_S)
        self.screen.press("enter")
        self.screen.wait(shows)

    def pin(self, shows: str) -> None:
        """The supervisor's PIN, by keys."""
        self.press(*plant.PIN, "enter", shows=shows)

    def all_sent(self) -> None:
        """Wait until the server has everything."""
        self.screen.wait("nothing waiting", 30)


def board(server: PlantServer, order: str = ORDER) -> dict[str, Any]:
    """What the server counted for an order."""
    boards = (shown["board"] for shown in server.get("/board")["orders"])
    return next(board for board in boards if board["order"] == order)


def step(server: PlantServer, number: int, *columns: str) -> tuple[str, ...]:
    """Figures of a step of the order."""
    line = next(line for line in board(server)["steps"] if line["step"] == number)
    return tuple(line[column] for column in columns)


def flags(server: PlantServer) -> set[tuple[str, int | None]]:
    """The doubts that stand, each with its step."""
    return {(flag["flag"], flag["step"]) for flag in board(server)["flags"]}


def told(server: PlantServer) -> list[str]:
    """The order's whole history, line by line."""
    return [line["what"] for line in server.get(f"/trace/{ORDER}")["lines"]]


def terminal(folder: Path, server: PlantServer, station: str = "cutting-1") -> shift.Terminal:
    """A terminal of the demo plant that is running."""
    name = plant.TERMINALS[station][0]
    made = shift.Terminal(name, plant.terminal_settings(folder, server, station), folder / "screens")
    made.start()
    return made

"""The promise: a report whose tick was shown is at the server exactly once, whatever is killed."""

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from floor.tags import TagKind, count_to_letters, encode, slip_name, step_code
from kiosk.demo.plant import write_settings
from kiosk.demo.screen import NotShownError, Screen
from kiosk.demo.server import PlantServer

BADGE = "BCDFGH"
KILL_AFTER_S_MAX = 1.2
PLANT = {
    "plant.toml": 'name = "Plant"\ntime_zone = "UTC"\n',
    "work_centres.csv": "work_centre,name\ncutting,Cutting\n",
    "people.csv": f"person,name,role,code\n4711,John Miller,operator,{BADGE}\n",
    "stations.csv": "station,name,work_centre\ncutting-1,Cutting Line 1,cutting\n",
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PlantServer]:
    with PlantServer.started(tmp_path / "central") as started:
        started.load_files(PLANT)
        yield started


class Operator:
    """Works through a pile of slips at a terminal that somebody keeps killing."""

    def __init__(self, settings: Path, chance: Random) -> None:
        self.command = [sys.executable, "-m", "kiosk", "--config", str(settings)]
        self.chance = chance
        self.ticked: dict[int, str] = {}
        self.kills = 0
        self.screen = self.start()

    def start(self) -> Screen:
        screen = Screen(self.command)
        screen.wait(lambda text: "or a slip to see" in text or "recorded" in text.lower(), 30)
        return screen

    def slip(self, number: int) -> str:
        return "XXX" + count_to_letters(number, 5)

    def good(self, number: int) -> str:
        return str(1 + number % 89)

    def report(self, number: int, kill: bool) -> None:
        """Report one slip; with `kill` the power goes at some moment of it."""
        slip, good = self.slip(number), self.good(number)
        try:
            self.screen.scan(encode(TagKind.PERSON, BADGE))
            self.screen.scan(step_code(slip, 10))
            self.screen.press(*good, "enter")
            if kill:
                self.cut_power(number, good)
                return
            self.await_tick(number, good)
        except OSError:
            self.restart(number)

    def await_tick(self, number: int, good: str) -> None:
        self.screen.wait(lambda text: self.shows_tick(text, number))
        self.ticked[number] = good

    def shows_tick(self, text: str, number: int) -> bool:
        """The line below RECORDED begins with the slip; in the list of last reports a time does."""
        said = f"{slip_name(self.slip(number))}  step 10"
        return any(line.strip().startswith(said) for line in text.splitlines())

    def cut_power(self, number: int, good: str) -> None:
        """Kill at a random moment; what the screen had shown by then counts as promised."""
        try:
            self.screen.wait(
                lambda text: self.shows_tick(text, number), self.chance.random() * KILL_AFTER_S_MAX
            )
            self.ticked[number] = good
        except NotShownError:
            pass
        self.kills += 1
        self.restart(number)

    def restart(self, number: int) -> None:
        """Start again, and do what the screen asks an operator to do."""
        self.screen.kill()
        self.screen = self.start()
        if "NOT recorded yet" in self.screen.text:
            self.screen.scan(encode(TagKind.PERSON, BADGE))
            self.screen.wait("This report was begun")
            self.screen.press("enter")
            self.await_tick(number, self.good(number))
            return
        self.screen.settle()
        if slip_name(self.slip(number)) not in self.screen.text:
            self.report(number, kill=False)
            return
        self.ticked[number] = self.good(number)


def test_g6_no_ticked_report_is_lost_and_none_counts_twice(
    server: PlantServer, tmp_path: Path, long_run: bool
) -> None:
    reports = 300 if long_run else 24
    token = server.add_station("cutting-1")
    settings = write_settings(
        tmp_path / "station", "cutting-1", "Cutting Line 1", "cutting", server.url, token
    )
    chance = Random(20261123)
    operator = Operator(settings, chance)
    operator.screen.wait(" connected", 30)
    for number in range(reports):
        operator.report(number, kill=chance.random() < 0.25)
    assert len(operator.ticked) == reports
    assert operator.kills > reports // 8
    and_the_key = reports + 1
    operator.screen.wait(f"{and_the_key:,} recorded", 20)
    operator.screen.wait("nothing waiting", 60)
    operator.screen.stop()
    counted = {
        shown["board"]["slip"]: [(step["good"], step["reports"]) for step in shown["board"]["steps"]]
        for shown in server.get("/board")["orders"]
    }
    assert counted == {operator.slip(number): [(good, 1)] for number, good in operator.ticked.items()}

"""A station with no server works on a slip of an order that it never heard of: its paper is enough.

Never looks into the program: the paper that was printed, the screens, and what the server counted at last.
"""

import sys
from pathlib import Path
from typing import Any, Final

from floor.tags import TagKind, slip_code
from kiosk.demo import plant, shift
from kiosk.demo.screen import Screen
from kiosk.demo.server import PlantServer
from printing.raster import pictures
from printing.reading import read_picture
from tests.journeys.somebody import FREE, NOBODY, Somebody, terminal

ORDER: Final = "MO-1051"
"""A draft of 40 chairs: nobody but central knows of it yet."""


def test_one_prints_the_other_reports_from_paper_alone_and_the_totals_are_exact(
    server: PlantServer, cutting: Somebody, tmp_path: Path
) -> None:
    sanding = Somebody(terminal(tmp_path, server, "sanding-1"))
    try:
        sanding.badge(plant.SANDER)
        sanding.terminal.stop()
        server.post(f"/orders/{ORDER}/confirm", {"by": "4802"})
        slip, passport = printed(cutting)
        port = int(server.url.rpartition(":")[2])
        server.stop()
        work_apart(cutting, sanding, slip, passport)
        again = PlantServer(server.folder, port=port)
        try:
            for station in (cutting, sanding):
                station.screen.wait("nothing waiting", 90)
            assert figures(again) == {10: ("40", "0"), 20: ("37", "3")}
            assert doubts(again) == ["material_owed"], "nobody said which boards went in, and that is all"
            assert any("read from the paper" in line for line in told(again, slip))
        finally:
            again.stop()
    finally:
        sanding.terminal.stop()


def printed(cutting: Somebody) -> tuple[str, str]:
    """A slip for the whole order: its number, and its large code, read off the paper."""
    screen = cutting.screen
    shift.open_desk(cutting.terminal)
    screen.wait(ORDER)
    row = next(line for line in screen.lines if ORDER in line).split(ORDER)[0]
    screen.press(*"".join(filter(str.isdigit, row)) or "3", "enter")
    screen.wait("One slip")
    screen.press("1", "enter")
    screen.wait("copy 1 printed", 60)
    shift.close_desk(cutting.terminal)
    (paper,) = (cutting.terminal.settings.parent / "slips").glob("*.pdf")
    codes = {seen.text for page in pictures(paper.read_bytes()) for seen in read_picture(page)}
    short = next(code for code in codes if code.startswith(TagKind.SLIP))
    return short[1:9], next(code for code in codes if code.startswith(TagKind.PASSPORT))


def work_apart(cutting: Somebody, sanding: Somebody, slip: str, passport: str) -> None:
    """The cutting line passes 40 on; sanding, just switched on, has only the paper that came with them."""
    cutting.badge(plant.CUTTER)
    cutting.scan(slip_code(slip, "B"), "HERE 40")
    cutting.press("enter", shows="RECORDED   40 good")
    sanding.terminal.screen = restarted(sanding.terminal)
    sanding.badge(plant.SANDER)
    sanding.scan(slip_code(slip, "B"), "Scan the large square code on it.")
    sanding.scan(passport, "Read from the slip itself.")
    assert ORDER in sanding.screen.text
    sanding.screen.wait("Sand and polish")
    sanding.press("3", shows="ENTER")
    sanding.reason(plant.CRACK)
    sanding.press("3", "7", "f3", "enter", shows="RECORDED   37 good")
    sanding.press("enter", shows=FREE)


def restarted(made: shift.Terminal) -> Screen:
    """The same terminal switched on again, with nobody to talk to."""
    screen = Screen([sys.executable, "-m", "kiosk", "--config", str(made.settings)])
    screen.wait(NOBODY, 30)
    return screen


def figures(server: PlantServer) -> dict[int, tuple[str, str]]:
    """Good and scrap of the first two steps."""
    lines = board(server)["steps"][:2]
    return {line["step"]: (line["good"], line["scrap"]) for line in lines}


def doubts(server: PlantServer) -> list[str]:
    return [flag["flag"] for flag in board(server)["flags"]]


def board(server: PlantServer) -> dict[str, Any]:
    boards = (shown["board"] for shown in server.get("/board")["orders"])
    return next(board for board in boards if board["order"] == ORDER)


def told(server: PlantServer, slip: str) -> list[str]:
    return [line["what"] for line in server.get(f"/trace/{slip}")["lines"]]

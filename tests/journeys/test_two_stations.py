"""Two stations that cannot hear each other: what the second shows, and what stands when they hear again."""

from pathlib import Path

from floor.tags import step_code
from kiosk.demo import plant
from kiosk.demo.server import PlantServer
from tests.journeys.somebody import FREE, Somebody, board, step, terminal


def test_the_same_slip_reported_by_two_stations_offline_stands_as_a_flag(
    server: PlantServer, cutting: Somebody, slips: list[str], tmp_path: Path
) -> None:
    slip = slips[0]
    sanding = Somebody(terminal(tmp_path, server, "sanding-1"))
    try:
        again = apart(server, cutting, sanding, slip)
        try:
            for station in (cutting, sanding):
                station.screen.wait("nothing waiting", 90)
            assert step(again, 10, "good", "reports") == ("160", 2)
            (twice,) = [flag for flag in board(again)["flags"] if flag["flag"] == "reported_twice"]
            assert (twice["slip"], twice["step"], len(twice["facts"])) == (slip, 10, 2)
        finally:
            again.stop()
    finally:
        sanding.terminal.stop()


def apart(server: PlantServer, cutting: Somebody, sanding: Somebody, slip: str) -> PlantServer:
    """Both report all 80 while the server is away; the server that comes back."""
    sanding.badge(plant.SANDER)
    sanding.scan(step_code(slip, 10), "HERE 80")
    sanding.press("escape", shows=FREE)
    port = int(server.url.rpartition(":")[2])
    server.stop()
    cutting.badge(plant.CUTTER)
    cutting.scan(step_code(slip, 10), "HERE 80")
    cutting.press("enter", shows="RECORDED   80 good")
    sanding.scan(step_code(slip, 20), "known up to")
    sanding.press("escape", shows=FREE)
    sanding.scan(step_code(slip, 10), "HERE 80")
    sanding.press("enter", shows="RECORDED   80 good")
    return PlantServer(server.folder, port=port)

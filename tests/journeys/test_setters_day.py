"""A setter through the real program: a set-up, a machine that stands still, a colleague, a run left open."""

from floor.tags import CommandWord, step_code
from kiosk.demo.server import PlantServer
from tests.journeys.somebody import FREE, NOBODY, ORDER, Somebody, board, flags, step, told

SETTER = "4714"


def test_a_set_up_a_breakdown_a_crew_and_a_run_left_open(
    server: PlantServer, cutting: Somebody, slips: list[str]
) -> None:
    slip = slips[0]
    cutting.badge(SETTER)
    cutting.machine("SAW-1")
    set_up(cutting, slip)
    stand_still(cutting, slip)
    work_together(cutting, slip)
    cutting.card(CommandWord.SIGN_OFF, "You have 1 run open")
    cutting.card(CommandWord.SIGN_OFF, NOBODY)
    cutting.all_sent()
    assert step(server, 10, "good", "scrap", "still_here", "reports") == ("40", "0", "60", 2)
    assert board(server)["open_runs"] == 1
    assert flags(server) == {("material_owed", 10)}
    history = server.get(f"/trace/{ORDER}")["lines"]
    (crew,) = [line for line in history if "40 good" in line["what"]]
    assert crew["who"] == ["4714 Marek Nowak", "4711 John Miller"]
    (set_up_report,) = [line["what"] for line in history if "setup, run ended" in line["what"]]
    assert "machine_down" not in set_up_report
    assert [line for line in told(server) if "machine_down" in line] == []


def set_up(cutting: Somebody, slip: str) -> None:
    """SETUP, START, END: nothing was made."""
    cutting.scan(step_code(slip, 10), "HERE 80")
    cutting.card(CommandWord.SETUP, "set-up")
    cutting.card(CommandWord.START, "set-up at Panel saw 1")
    cutting.card(CommandWord.END, "End which run?")
    cutting.card(CommandWord.OK, ", ENDS]")
    cutting.card(CommandWord.OK, "RECORDED   nothing made")


def stand_still(cutting: Somebody, slip: str) -> None:
    """DOWN with a reason; whoever comes to the machine is told; UP."""
    cutting.card(CommandWord.DOWN, "Why is Panel saw 1 down?")
    cutting.reason("D01", "DOWN   Panel saw 1")
    cutting.card(CommandWord.OK, FREE)
    cutting.scan(step_code(slip, 10), "This machine is reported down.")
    cutting.card(CommandWord.UP, "UP   Panel saw 1")
    cutting.card(CommandWord.OK, "HERE 80")
    assert "reported down" not in cutting.screen.text
    cutting.card(CommandWord.CANCEL, FREE)


def work_together(cutting: Somebody, slip: str) -> None:
    """Two begin together, and report a part; the run stays open."""
    cutting.scan(step_code(slip, 10), "HERE 80")
    cutting.card(CommandWord.CREW, "Who works on it?")
    cutting.badge("4711", "John Miller")
    cutting.card(CommandWord.OK, "with John Miller")
    cutting.card(CommandWord.START, "production at Panel saw 1")
    cutting.scan(step_code(slip, 10), "with John Miller")
    cutting.digits(40)
    cutting.card(CommandWord.OK, "RECORDED   40 good")
    cutting.card(CommandWord.OK, FREE)

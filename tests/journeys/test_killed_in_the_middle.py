"""A terminal that is killed while somebody is choosing, and started again: nothing lost, nothing twice."""

import sys

from floor.tags import CommandWord, slip_code, step_code
from kiosk.demo import plant
from kiosk.demo.screen import Screen
from kiosk.demo.server import PlantServer
from tests.journeys.somebody import FREE, Somebody, step, told


def killed(cutting: Somebody) -> None:
    """The power goes, and comes back."""
    cutting.screen.kill()
    command = [sys.executable, "-m", "kiosk", "--config", str(cutting.terminal.settings)]
    cutting.terminal.screen = Screen(command)
    cutting.screen.wait("SCAN YOUR BADGE", 30)
    cutting.screen.wait(" connected", 30)


def test_what_is_chosen_when_the_power_goes_is_recorded_whole_or_not_at_all(
    server: PlantServer, cutting: Somebody, slips: list[str]
) -> None:
    first, second = slips
    in_crew(cutting, first)
    in_split(cutting, first)
    in_correct(cutting)
    in_from_paper(cutting, second)
    cutting.all_sent()
    assert step(server, 10, "good", "scrap", "missing", "still_here", "reports") == ("50", "1", "0", "49", 2)
    lines = told(server)
    assert sum("split off" in line for line in lines) == 1, lines
    assert sum("corrected by" in line for line in lines) == 1, lines
    assert sum("from paper" in line for line in lines) == 1, lines
    assert sum("began" in line for line in lines) == 0, lines


def in_crew(cutting: Somebody, slip: str) -> None:
    """CREW is open: the number that was entered before is offered again."""
    cutting.badge(plant.CUTTER)
    cutting.scan(step_code(slip, 10), "HERE 80")
    cutting.press("1", shows="ENTER: good")
    cutting.reason(plant.CRACK)
    cutting.card(CommandWord.CREW, "Who works on it?")
    cutting.badge("4712", "Bob Carter")
    killed(cutting)
    cutting.badge(plant.CUTTER, "This report was begun")
    cutting.screen.wait("1 Crack in the wood")
    cutting.press("2", "9", "enter", shows="RECORDED   29 good   1 scrap")


def in_split(cutting: Somebody, slip: str) -> None:
    """SPLIT was recorded; the paper is asked for once."""
    cutting.card(CommandWord.SPLIT, "SPLIT   29 on their own")
    killed(cutting)
    cutting.badge(plant.CUTTER)
    cutting.scan(step_code(slip, 20), "29 went on with")
    cutting.press("escape", shows=FREE)


def in_correct(cutting: Somebody) -> None:
    """CORRECT is begun: it is offered again to its owner, and recorded once."""
    cutting.card(CommandWord.CORRECT, "Correct which report?")
    cutting.card(CommandWord.OK, "CORRECTS a report")
    killed(cutting)
    cutting.badge(plant.CUTTER, "CORRECTS a report")
    cutting.screen.wait("This report was begun and is NOT recorded yet.")
    cutting.press("3", "0", "enter", shows="CORRECTED   30 good   1 scrap")
    killed(cutting)


def in_from_paper(cutting: Somebody, slip: str) -> None:
    """FROM_PAPER is asking: what it had keyed is kept, what it asked for is asked again."""
    cutting.badge(plant.SUPERVISOR)
    cutting.card(CommandWord.FROM_PAPER, "PIN of Grace Holt")
    cutting.pin("Scan a slip, or type its letters")
    cutting.scan(slip_code(slip, "B"), "step 10 Cut legs, seat and back: who?")
    cutting.badge("4711", "how many good?")
    cutting.press("enter", shows="how many scrap?")
    cutting.press("enter", shows="1 report keyed from paper")
    cutting.badge("4712", "how many good?")
    killed(cutting)
    cutting.screen.wait("from paper")

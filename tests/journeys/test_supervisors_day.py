"""A supervisor through the real program: slips, split and merge, review, void, paper rescue, training."""

from pathlib import Path

from floor.tags import CommandWord, hold_code, slip_code, slip_name, step_code
from kiosk.demo import plant
from kiosk.demo.server import PlantServer
from tests.journeys.somebody import FREE, NOBODY, ORDER, Somebody, board, step, told

SPLIT_OFF = 30


def test_pieces_go_on_alone_come_back_and_are_decided_about(
    server: PlantServer, cutting: Somebody, slips: list[str], tmp_path: Path
) -> None:
    first, _second = slips
    cutting.badge(plant.CUTTER)
    child = split_off(cutting, first)
    merge_back(cutting, first, child)
    decide(cutting, first)
    cutting.press("f12", shows=NOBODY)
    cutting.all_sent()
    assert step(server, 10, "good", "scrap", "review", "still_here") == ("32", "1", "2", "65")
    assert step(server, 20, "received", "still_here") == ("32", "32")
    lines = told(server)
    assert (
        f"30 pcs split off slip {slip_name(first)} at step 20 Sand and polish, on slip {slip_name(child)}"
        in lines
    )
    assert sum("in review at step 10" in line for line in lines) == 2
    papers = {path.name for path in tmp_path.glob("terminals/*/slips/*")}
    assert any(paper.startswith(f"MO-1042_{child}_copy-1_") for paper in papers)


def split_off(cutting: Somebody, slip: str) -> str:
    """Thirty good and five set aside; the thirty get a slip of their own by one scan. Its number."""
    cutting.scan(step_code(slip, 10), "HERE 80")
    cutting.press("5", shows="ENTER: good")
    cutting.card(CommandWord.REVIEW, "5 set aside")
    cutting.reason("V02")
    cutting.press(*str(SPLIT_OFF), "enter", shows="RECORDED   30 good   5 review")
    cutting.card(CommandWord.SPLIT, "SPLIT   30 on their own")
    (line,) = [line for line in cutting.screen.lines if "from step 20 on" in line]
    return line.split("slip")[1].split(",")[0].replace(" ", "")[1:9]


def merge_back(cutting: Somebody, slip: str, child: str) -> None:
    """The thirty go on with the slip that they came from."""
    cutting.card(CommandWord.OK, FREE)
    cutting.scan(step_code(child, 20), "HERE 30")
    cutting.card(CommandWord.MERGE, "Scan the slip that these 30 go on with")
    cutting.scan(slip_code(slip, "B"), "MERGED   30 moved")
    cutting.card(CommandWord.OK, FREE)


def decide(cutting: Somebody, slip: str) -> None:
    """By the tag on the pieces and one PIN: two are used, one is scrap, two wait."""
    cutting.scan(hold_code(slip, 10), "5 in review at step 10")
    cutting.badge(plant.SUPERVISOR, "PIN of Grace Holt")
    cutting.pin("For how many is this decided?")
    for number, line, fate, rest in ((2, "1", "2 good", 3), (1, "2", "1 scrap", 2)):
        cutting.press(str(number), "enter", shows=f"What becomes of {number}?")
        cutting.press(line, "enter", shows="" if fate == "2 good" else "Why")
        if fate != "2 good":
            cutting.reason("S04", "Which step caused it?")
            cutting.press("enter", shows="DECIDED")
        cutting.screen.wait(f"DECIDED   {fate}")
        cutting.card(CommandWord.OK, f"{rest} in review at step 10")
    cutting.press("escape", shows="HERE")
    cutting.press("escape", shows=FREE)


def test_a_slip_is_voided_and_another_is_keyed_from_paper(
    server: PlantServer, cutting: Somebody, slips: list[str]
) -> None:
    first, second = slips
    void(cutting, first)
    key_from_paper(cutting, second)
    cutting.press("f12", shows=NOBODY)
    cutting.scan(slip_code(first, "B"), "This slip is void.")
    cutting.press("escape", shows=NOBODY)
    cutting.all_sent()
    assert step(server, 10, "good", "scrap", "reports") == ("18", "2", 1)
    assert step(server, 20, "good", "still_here", "reports") == ("18", "0", 1)
    assert board(server)["issued"] == "20"
    history = server.get(f"/trace/{ORDER}")["lines"]
    keyed = [
        (line["who"], line["what"]) for line in history if "from paper by 4801 Grace Holt" in line["what"]
    ]
    assert [who for who, _what in keyed] == [["4711 John Miller"], ["4712 Bob Carter"]]
    assert not any("warned" in what for _who, what in keyed), keyed


def void(cutting: Somebody, slip: str) -> None:
    """At the desk: the first slip was issued by mistake."""
    cutting.badge(plant.SUPERVISOR)
    cutting.press("f10", shows="PIN of Grace Holt")
    cutting.pin("Open orders")
    cutting.press("enter", shows="Void a slip")
    cutting.press("4", "enter", shows="Void which slip?")
    cutting.press("1", "enter", shows=f"Why is {slip_name(slip)} void?")
    cutting.press("3", "enter", shows="Yes, it is void: issued by mistake")
    cutting.press("2", "enter", shows="is void.")
    cutting.press("escape", shows="Open orders")
    cutting.press("escape", shows=FREE)


def key_from_paper(cutting: Somebody, slip: str) -> None:
    """Two steps of a slip whose terminal is dead: 18 good and 2 scrap, then all 18."""
    cutting.card(CommandWord.FROM_PAPER, "PIN of Grace Holt")
    cutting.pin("Scan a slip, or type its letters")
    cutting.scan(slip_code(slip, "B"), "step 10 Cut legs, seat and back: who?")
    cutting.badge("4711", "how many good?")
    cutting.press("1", "8", "enter", shows="how many scrap?")
    cutting.press("2", shows="2")
    cutting.reason("S02", "step 20 Sand and polish: who?")
    cutting.badge("4712", "how many good?")
    cutting.press("enter", shows="how many scrap?")
    cutting.press("enter", shows="2 reports keyed from paper")
    cutting.press("escape", shows="ESC ends")
    cutting.press("escape", shows="FROM PAPER   2 reports")
    cutting.press("enter", shows=FREE)


def test_training_reaches_nothing(server: PlantServer, cutting: Somebody, slips: list[str]) -> None:
    before = len(told(server))
    papers = count_papers(cutting)
    cutting.badge(plant.CUTTER)
    cutting.card(CommandWord.TRAINING, "TRAINING - nothing is recorded")
    cutting.scan(step_code(slips[0], 10), "HERE 80")
    cutting.press("9", "enter", shows="ONLY PRACTICE")
    cutting.card(CommandWord.SPLIT, "ONLY PRACTICE   9 on their own")
    cutting.card(CommandWord.OK, FREE)
    cutting.card(CommandWord.TRAINING, "The training has ended.")
    cutting.scan(step_code(slips[0], 10), "HERE 80")
    cutting.press("escape", shows=FREE)
    cutting.all_sent()
    assert len(told(server)) == before
    assert count_papers(cutting) == papers
    assert step(server, 10, "good", "reports") == ("0", 0)


def count_papers(cutting: Somebody) -> int:
    """Papers in the folder that stands for the printer."""
    return len(list((cutting.terminal.settings.parent / "slips").iterdir()))

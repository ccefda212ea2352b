"""Material at the terminal: lots and labels scanned into a step, picked from a list, or wanting."""

from decimal import Decimal
from typing import Final

import pytest

from floor.events import ItemDefined, LotDefined, MaterialIssued, Reported, ShortageNoted
from floor.flags import Flag
from floor.refusals import Refusal
from floor.source import Source
from floor.standing import standing_flags
from floor.tags import SEPARATOR, CommandWord, TagKind, encode, grouped, slip_code, step_code
from kiosk.dialogue.view import Asking, Choosing, Tone
from tests.floor.shop import MOMENT
from tests.floor.test_material import ITEMS, chairs
from tests.kiosk.at_terminal import command, digit, refused, working
from tests.kiosk.shop_memory import BADGE, JOHN, Terminal, with_reasons

BOARD_LOT: Final = encode(TagKind.MATERIAL_LOT, "BCDFGH")
GLUE_LOT: Final = encode(TagKind.MATERIAL_LOT, "BCDFGJ")
UNKNOWN_LOT: Final = encode(TagKind.MATERIAL_LOT, "XXXXXX")
LABEL: Final = f"0109501101530003{'17270430'}10SUP-9{SEPARATOR}3103012500"
SUPPLIED: Final = "(01)09501101530003(17)270430(10)SUP-9(3103)012500"


class Bench(Terminal):
    """A terminal at the step where the seats of 80 chairs are made."""

    def __init__(self) -> None:
        shop, self.slip = chairs()
        for lot, item, code in (("L-2611", "BOARD", "BCDFGH"), ("G-1", "GLUE", "BCDFGJ")):
            shop.plant.learn(LotDefined(at=MOMENT, lot=lot, item=item, supplier="Oak Ltd", code=code))
        super().__init__(with_reasons(shop))

    @property
    def issues(self) -> list[MaterialIssued]:
        return [fact.event for fact in self.shop.facts if isinstance(fact.event, MaterialIssued)]

    @property
    def shortages(self) -> list[ShortageNoted]:
        return [fact.event for fact in self.shop.facts if isinstance(fact.event, ShortageNoted)]

    @property
    def notice(self) -> tuple[Tone, str, str]:
        notice = self.view.notice
        assert notice
        return notice.tone, notice.title, notice.detail

    def choosing(self) -> Choosing:
        body = self.view.body
        assert isinstance(body, Choosing), body
        return body


@pytest.fixture
async def bench() -> Bench:
    made = Bench()
    await made.scan(BADGE)
    await made.scan(step_code(made.slip, 10))
    return made


async def test_a_lots_label_goes_in_at_the_step_on_the_screen_and_the_report_stays(bench: Bench) -> None:
    await bench.keys("4", "f4")
    await bench.scan(BOARD_LOT)
    [issued] = bench.issues
    assert (issued.slip, issued.step, issued.item, issued.lot) == (bench.slip, 10, "BOARD", "L-2611")
    assert (issued.quantity, issued.operators, issued.by) == (None, (JOHN.person,), JOHN.person)
    assert issued.source is Source.SCAN
    assert bench.notice == (Tone.TAKEN, "RECORDED: L-2611 went in", "Oak board")
    body = working(bench)
    assert (body.good.text, body.scrap.text) == ("76", "4")
    assert "lots L-2611" in body.marks
    await bench.keys("enter")
    [report] = [fact.event for fact in bench.shop.facts if isinstance(fact.event, Reported)]
    assert (report.content.good, report.content.scrap[0].quantity) == (Decimal(76), Decimal(4))


async def test_a_number_typed_before_the_lot_says_how_much_went_in_and_nothing_else(bench: Bench) -> None:
    await bench.keys(*"12.5")
    await bench.scan(BOARD_LOT)
    assert bench.issues[0].quantity == Decimal("12.5")
    assert bench.notice[2] == "Oak board   12.5 m2"
    assert working(bench).good.text == "80", "it is no count of pieces"
    await bench.scan(GLUE_LOT)
    assert bench.issues[1].quantity is None
    await bench.scan(digit(7))
    await bench.scan(GLUE_LOT)
    assert bench.issues[2].quantity == Decimal(7)
    assert working(bench).good.text == "80"


async def test_a_number_that_was_meant_for_something_else_is_not_used(bench: Bench) -> None:
    await bench.keys(*"76", "f3")
    await bench.scan(BOARD_LOT)
    assert bench.issues[0].quantity is None
    assert working(bench).good.text == "76"
    await bench.keys(*"0.0001")
    await bench.scan(BOARD_LOT)
    assert refused(bench) == Refusal.TOO_MANY_DECIMALS.sentence
    await bench.keys("0")
    await bench.scan(BOARD_LOT)
    assert refused(bench) == Refusal.QUANTITY_NOT_POSITIVE.sentence
    assert len(bench.issues) == 1


async def test_without_a_slip_a_step_or_a_badge_a_lot_is_refused_by_name() -> None:
    bench = Bench()
    for code in (BOARD_LOT, LABEL):
        await bench.scan(code)
        assert refused(bench) == Refusal.SLIP_FIRST.sentence
    await bench.scan(step_code(bench.slip, 10))
    await bench.scan(BOARD_LOT)
    assert refused(bench) == Refusal.SIGN_ON_FIRST.sentence
    await bench.scan(BADGE)
    await bench.scan(slip_code("XXXXXXXX", "B"))
    await bench.scan(BOARD_LOT)
    assert refused(bench) == Refusal.STEP_FIRST.sentence
    assert bench.issues == []


async def test_e20_a_label_read_twice_in_one_breath_is_recorded_once_and_later_again(bench: Bench) -> None:
    await bench.scan(BOARD_LOT)
    bench.now_ms -= 300
    await bench.scan(BOARD_LOT)
    assert len(bench.issues) == 1
    assert bench.notice[0] is Tone.TAKEN
    await bench.scan(BOARD_LOT)
    assert len(bench.issues) == 2


async def test_e20_the_echo_of_a_label_behind_a_typed_number_is_no_second_part(bench: Bench) -> None:
    await bench.keys(*"12.5")
    await bench.scan(BOARD_LOT)
    bench.now_ms -= 300
    await bench.scan(BOARD_LOT)
    assert [issued.quantity for issued in bench.issues] == [Decimal("12.5")]
    assert bench.notice == (Tone.TAKEN, "RECORDED: L-2611 went in", "Oak board   12.5 m2")


async def test_two_lots_in_one_breath_are_two(bench: Bench) -> None:
    await bench.scan(BOARD_LOT)
    bench.now_ms -= 300
    await bench.scan(GLUE_LOT)
    assert [issued.lot for issued in bench.issues] == ["L-2611", "G-1"]


async def test_a_suppliers_label_names_item_lot_amount_and_dates(bench: Bench) -> None:
    await bench.scan(LABEL)
    [issued] = bench.issues
    assert (issued.item, issued.lot, issued.quantity) == ("GLUE", "SUP-9", Decimal("12.5"))
    assert issued.label == SUPPLIED
    assert bench.notice == (Tone.TAKEN, "RECORDED: SUP-9 went in", "Glue   12.5 kg   expires 2027-04-30")
    await bench.keys(*"1.5")
    await bench.scan(LABEL)
    assert bench.issues[1].quantity == Decimal("1.5"), "who typed how much knows better than the label"


async def test_a_label_of_an_item_that_nobody_knows_is_counted_and_flagged(bench: Bench) -> None:
    await bench.scan(LABEL.replace("0109501101530003", "0104012345000016"))
    await bench.scan(UNKNOWN_LOT)
    first, second = bench.issues
    assert (first.item, first.lot, first.quantity) == (None, "SUP-9", None)
    assert (second.item, second.lot, second.label) == (None, None, grouped(UNKNOWN_LOT))
    assert bench.notice[0] is Tone.FLAGGED
    flags = standing_flags(bench.shop.order, bench.shop.plant.items)
    assert [flag.flag for flag in flags] == [Flag.MATERIAL_UNKNOWN]
    assert len(flags[0].facts) == 2


async def test_what_is_not_on_the_steps_list_is_counted_and_said(bench: Bench) -> None:
    bench.shop.plant.learn(LotDefined(at=MOMENT, lot="S-1", item="SCREW", code="BBBBBB"))
    await bench.scan(encode(TagKind.MATERIAL_LOT, "BBBBBB"))
    assert bench.issues[0].lot == "S-1"
    assert bench.notice == (Tone.FLAGGED, "RECORDED: S-1 went in", "Screw: not on the list of this step")


async def test_material_lists_what_is_needed_and_what_went_in(bench: Bench) -> None:
    await bench.keys(*"12.5")
    await bench.scan(BOARD_LOT)
    await bench.scan(command(CommandWord.MATERIAL))
    body = bench.choosing()
    assert [row.cells for row in body.rows] == [
        ("Oak board", "by lot", "40 m2", "L-2611 12.5 m2"),
        ("Glue", "by lot", "3.2 kg", "no lot yet"),
        ("Seat", "", "160 pcs", "-"),
    ]
    assert [row.tone for row in body.rows] == [Tone.PLAIN, Tone.FLAGGED, Tone.PLAIN]
    await bench.scan(GLUE_LOT)
    assert [row.cells[3] for row in bench.choosing().rows] == ["L-2611 12.5 m2", "G-1", "-"]
    await bench.keys("escape")
    assert {"lots L-2611, G-1"} <= set(working(bench).marks)


async def test_a_lot_whose_label_will_not_scan_is_picked_with_keys_alone(bench: Bench) -> None:
    await bench.keys("insert", "1", "enter")
    await bench.keys("2", "enter")
    assert [row.cells for row in bench.choosing().rows] == [
        ("G-1", "Oak Ltd"),
        ("lot not known", "only how much"),
    ]
    await bench.keys("enter")
    asked = bench.view.body
    assert isinstance(asked, Asking)
    assert asked.question == "How much of G-1, in kg?"
    await bench.keys(*"1,5", "enter")
    [issued] = bench.issues
    assert (issued.item, issued.lot, issued.quantity) == ("GLUE", "G-1", Decimal("1.5"))
    assert issued.source is Source.KEYS
    assert bench.choosing().rows[1].cells[3] == "G-1 1.5 kg"
    await bench.keys("escape")
    assert working(bench).good.text == "80"


async def test_a_lot_is_picked_with_scans_alone_and_nobody_needs_to_count(bench: Bench) -> None:
    for word in (CommandWord.MATERIAL, CommandWord.OK, CommandWord.NEXT, CommandWord.OK, CommandWord.OK):
        await bench.scan(command(word))
    [issued] = bench.issues
    assert (issued.item, issued.lot, issued.quantity) == ("BOARD", None, None)
    assert bench.choosing().rows[0].cells[3] == "lot not said"


async def test_a_wrong_amount_is_asked_again(bench: Bench) -> None:
    await bench.keys("insert", "1", "enter", "1", "enter", "enter")
    await bench.keys(*"0.0001", "enter")
    assert refused(bench) == Refusal.TOO_MANY_DECIMALS.sentence
    await bench.keys(*"2", "enter")
    assert [issued.quantity for issued in bench.issues] == [Decimal(2)]


async def test_pieces_of_another_slip_go_in_as_a_lot_of_their_own(bench: Bench) -> None:
    other = bench.shop.issue(5)[0]
    await bench.scan(command(CommandWord.MATERIAL))
    await bench.scan(slip_code(other, "B"))
    await bench.scan(step_code("XXXXXXXX", 10))
    known, stranger = bench.issues
    assert (known.item, known.lot, known.slip) == ("CHAIR", other, bench.slip)
    assert (stranger.item, stranger.lot) == (None, "XXXXXXXX")
    await bench.scan(step_code(bench.slip, 20))
    assert working(bench).step.startswith("step 20"), "its own slip is no material of itself"
    assert len(bench.issues) == 2


async def test_short_notes_what_is_wanting_and_work_goes_on(bench: Bench) -> None:
    await bench.scan(command(CommandWord.SHORT))
    assert [row.cells[0] for row in bench.choosing().rows] == ["Oak board", "Glue", "Seat"]
    await bench.keys("2", "enter")
    await bench.keys("3", "enter")
    [wanting] = bench.shortages
    assert (wanting.item, wanting.quantity, wanting.step) == ("GLUE", Decimal(3), 10)
    assert bench.notice == (Tone.TAKEN, "RECORDED: Glue is wanting", "Work goes on; it is explained later.")
    assert "material short" in working(bench).marks
    await bench.scan(command(CommandWord.SHORT))
    await bench.scan(BOARD_LOT)
    await bench.scan(command(CommandWord.OK))
    assert [(found.item, found.quantity) for found in bench.shortages[1:]] == [("BOARD", None)]
    assert bench.issues == []
    await bench.keys("enter")
    assert bench.reports[-1].content.good == Decimal(80)


async def test_a_slip_that_nobody_knows_takes_material_and_any_item_can_be_wanting() -> None:
    bench = Bench()
    await bench.scan(BADGE)
    await bench.scan(slip_code("XXXXXXXX", "B"))
    await bench.keys(*"10", "enter")
    await bench.scan(BOARD_LOT)
    [issued] = bench.issues
    assert (issued.slip, issued.order, issued.lot) == ("XXXXXXXX", None, "L-2611")
    await bench.scan(command(CommandWord.SHORT))
    assert len(bench.choosing().rows) == len(ITEMS) + 1


async def test_a_label_that_nobody_knows_is_not_used_up_because_something_is_wanting(bench: Bench) -> None:
    await bench.scan(command(CommandWord.SHORT))
    await bench.scan(UNKNOWN_LOT)
    assert refused(bench) == Refusal.MATERIAL_UNNAMED.sentence
    assert (bench.issues, bench.shortages) == ([], [])
    assert bench.choosing().title == "What is wanting?"


@pytest.mark.parametrize(("typed", "lot", "item"), [("12", BOARD_LOT, "BOARD"), ("2", GLUE_LOT, "GLUE")])
async def test_a_number_before_a_lot_says_how_much_of_it_is_wanting(
    bench: Bench, typed: str, lot: str, item: str
) -> None:
    await bench.scan(command(CommandWord.SHORT))
    await bench.keys(*typed)
    await bench.scan(lot)
    assert [(found.item, found.quantity) for found in bench.shortages] == [(item, Decimal(typed))]
    assert (bench.notice[0], bench.issues) == (Tone.TAKEN, [])
    await bench.scan(command(CommandWord.SHORT))
    await bench.scan(lot)
    assert isinstance(bench.view.body, Asking), "the number went with one lot only"


async def test_a_suppliers_label_says_what_is_wanting_and_takes_nothing_in(bench: Bench) -> None:
    await bench.scan(command(CommandWord.SHORT))
    await bench.scan(LABEL)
    asked = bench.view.body
    assert isinstance(asked, Asking)
    assert asked.question == "How much of Glue is wanting, in kg?"
    await bench.keys("5", "enter")
    await bench.scan(command(CommandWord.SHORT))
    await bench.keys("7")
    await bench.scan(LABEL)
    assert [(found.item, found.quantity) for found in bench.shortages] == [
        ("GLUE", Decimal(5)),
        ("GLUE", Decimal(7)),
    ]
    assert bench.issues == []


async def test_what_an_item_is_called_may_hold_anything(bench: Bench) -> None:
    odd = ITEMS[1].model_copy(update={"name": "[@click=app.quit]{item}"})
    bench.shop.plant.learn(ItemDefined(at=MOMENT, item=odd))
    await bench.scan(BOARD_LOT)
    assert bench.notice[2] == "[@click=app.quit]{item}"


@pytest.mark.parametrize("typed", ["2", "12"])
async def test_a_number_before_a_lot_on_the_list_of_material_is_its_amount(bench: Bench, typed: str) -> None:
    await bench.scan(command(CommandWord.MATERIAL))
    await bench.keys(*typed)
    await bench.scan(BOARD_LOT)
    (issue,) = bench.issues
    assert (issue.lot, issue.quantity) == ("L-2611", Decimal(typed))
    await bench.scan(GLUE_LOT)
    assert bench.issues[-1].quantity is None, "the number went with one lot only"

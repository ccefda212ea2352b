"""SPLIT, MERGE and void slips at a terminal, with scans alone and with keys alone."""

from decimal import Decimal

import pytest

from floor.commands import DecideOrder, MergeSlips, VoidSlip
from floor.events import SlipsMerged, SlipSplit, SlipVoided
from floor.flags import Flag
from floor.orders import Decision
from floor.refusals import Refusal
from floor.tags import CommandWord, TagKind, encode, slip_code, slip_name, step_code
from kiosk.dialogue.desk import desk_rows, voiding
from kiosk.dialogue.view import Asking, Choosing, Done, Waiting
from tests.floor.shop import ANNA, CENTRAL, a_shop, content, step
from tests.kiosk.at_terminal import command, digit, refused, signed_on, working
from tests.kiosk.shop_memory import BADGE, EVE, PIN, Terminal, with_reasons

SPLIT = command(CommandWord.SPLIT)
MERGE = command(CommandWord.MERGE)


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop()))


def done(terminal: Terminal) -> Done:
    body = terminal.view.body
    assert isinstance(body, Done), body
    return body


def moves(terminal: Terminal) -> list[SlipSplit | SlipsMerged]:
    events = [fact.event for fact in terminal.shop.facts]
    return [event for event in events if isinstance(event, SlipSplit | SlipsMerged)]


async def reported(terminal: Terminal, good: int, quantity: int = 80) -> str:
    slip = await signed_on(terminal, quantity)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys(*str(good), "enter")
    return slip


async def test_after_a_report_of_a_part_one_scan_gives_it_a_slip_of_its_own(terminal: Terminal) -> None:
    slip = await reported(terminal, 30)
    assert done(terminal).hint == "SPLIT or PAGE DOWN: a slip of its own for these 30"
    terminal.actions = 0
    await terminal.scan(SPLIT)
    assert terminal.actions == 1
    (split,) = moves(terminal)
    assert isinstance(split, SlipSplit)
    assert (split.parent, split.step, split.quantity, split.printer) == (slip, 20, Decimal(30), "folder")
    said = done(terminal)
    assert said.title == "SPLIT"
    assert slip_name(split.slip) in said.where
    assert said.hint == "Paper comes from printer folder."
    assert terminal.shop.line(split.slip, 20).still_here == 30


async def test_a_part_begins_at_the_step_of_its_split_wherever_its_head_is_scanned(
    terminal: Terminal,
) -> None:
    await reported(terminal, 30)
    await terminal.scan(SPLIT)
    (split,) = moves(terminal)
    await terminal.keys("enter")
    await terminal.scan(slip_code(split.slip, "B"))
    body = terminal.view.body
    assert isinstance(body, Choosing), body
    assert [row.cells[0] for row in body.rows] == ["20", "30"]
    await terminal.keys("enter")
    await terminal.keys(*"5", "f5")
    assert working(terminal).step.startswith("step 20")
    assert terminal.conversation._talk.slots.rework[0].to_step == 20


@pytest.mark.parametrize("key", ["enter", "escape", "f2"])
async def test_any_other_input_goes_on_without_a_split(terminal: Terminal, key: str) -> None:
    await reported(terminal, 30)
    await terminal.keys(key)
    assert not isinstance(terminal.view.body, Done)
    assert moves(terminal) == []


async def test_the_offer_ends_with_its_time_and_is_taken_once(terminal: Terminal) -> None:
    await reported(terminal, 30)
    await terminal.keys("pagedown")
    assert len(moves(terminal)) == 1
    await terminal.keys("pagedown")
    assert refused(terminal) == Refusal.SLIP_FIRST.sentence
    terminal.now_ms += 1000
    other = terminal.shop.issue(80)[0]
    await terminal.scan(step_code(other, 10))
    await terminal.keys("5", "enter")
    terminal.now_ms += 11_000
    await terminal.keys("pagedown")
    assert len(moves(terminal)) == 1


@pytest.mark.parametrize(
    "route",
    [
        [step(10), step(20, predecessors=(10,)), step(30, predecessors=(10,))],
        [step(10), step(20, predecessors=()), step(30, predecessors=(10, 20))],
        [step(10)],
    ],
    ids=["ways part", "ways meet", "the last step"],
)
async def test_nothing_is_offered_where_no_single_step_takes_it_up(route: list) -> None:
    terminal = Terminal(with_reasons(a_shop(route)))
    await reported(terminal, 30)
    assert done(terminal).hint == ""


async def test_nothing_is_offered_when_all_of_the_slip_moves_on(terminal: Terminal) -> None:
    await reported(terminal, 80)
    assert done(terminal).hint == ""


@pytest.mark.parametrize("way", ["scans", "keys", "asked", "menu"])
async def test_so_many_of_what_is_here_go_on_with_a_slip_of_their_own(terminal: Terminal, way: str) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    if way == "scans":
        for code in (digit(1), digit(2), SPLIT):
            await terminal.scan(code)
    elif way == "keys":
        await terminal.keys("1", "2", "pagedown")
    elif way == "asked":
        await terminal.keys("pagedown")
        assert isinstance(terminal.view.body, Asking)
        await terminal.keys("1", "2", "enter")
    else:
        await terminal.keys("1", "2", "insert")
        body = terminal.view.body
        assert isinstance(body, Choosing)
        line = [row.cells[1] for row in body.rows].index("SPLIT")
        await terminal.keys(*["down"] * line, "enter")
    (split,) = moves(terminal)
    assert isinstance(split, SlipSplit)
    assert (split.step, split.quantity) == (10, Decimal(12))
    await terminal.keys("enter")
    assert working(terminal).here == "HERE 68", "the slip on the screen goes on with the rest"


async def test_more_than_is_here_is_asked_about_and_split_when_it_is_meant(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("9", "0", "pagedown")
    body = terminal.view.body
    assert isinstance(body, Choosing)
    assert body.title == "Only 80 are here, as far as known"
    await terminal.keys("enter")
    assert moves(terminal) == []
    await terminal.keys("9", "0", "pagedown", "2", "enter")
    assert terminal.shop.flags(Flag.SURPLUS)[0].amount == 10


async def test_an_entry_is_not_lost_by_a_split(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4", "f4", "3", "pagedown")
    assert refused(terminal) == Refusal.REPORT_UNFINISHED.sentence
    assert moves(terminal) == []


async def test_a_child_says_whose_part_it_is_and_offers_all_as_good_and_done() -> None:
    terminal = Terminal(with_reasons(a_shop()), work_centre="WC20")
    parent = await signed_on(terminal)
    terminal.shop.report(parent, content(10, 30))
    child = terminal.shop.split(parent, 20, 30)
    await terminal.scan(slip_code(child, "B"))
    shown = working(terminal)
    assert shown.passed_on[0].startswith(f"part of {slip_name(parent)}, split ")
    assert (shown.good.text, shown.doubts) == ("30", ())
    assert shown.route == "10 before the split   > 20 <   30 to come"
    await terminal.keys("enter")
    assert terminal.reports[-1].content.final, "nothing more can come to a part"


@pytest.mark.parametrize("way", ["scan", "pick"])
async def test_what_is_here_goes_on_with_another_slip(terminal: Terminal, way: str) -> None:
    first, second = terminal.shop.issue(80, 40)
    await terminal.scan(BADGE)
    await terminal.scan(step_code(first, 10))
    if way == "scan":
        await terminal.scan(MERGE)
        body = terminal.view.body
        assert isinstance(body, Choosing)
        assert body.title == "Scan the slip that these 40 go on with"
        await terminal.scan(slip_code(second, "B"))
    else:
        await terminal.scan(MERGE)
        await terminal.keys("enter")
    (merged,) = moves(terminal)
    assert isinstance(merged, SlipsMerged)
    assert (merged.slip, merged.into, merged.quantity) == (first, second, Decimal(40))
    assert done(terminal).title == "MERGED"
    assert terminal.shop.line(second, 10).still_here == 80
    await terminal.scan(step_code(first, 10))
    assert working(terminal).passed_on[0].startswith(f"40 went on with {slip_name(second)}")


async def test_a_void_slip_is_not_offered_and_nothing_is_no_quantity_to_merge(terminal: Terminal) -> None:
    first, second, third = terminal.shop.issue(100, 40)
    terminal.shop.do(VoidSlip(intent=terminal.shop.new_id(), by=EVE.person, slip=second, reason="lost"))
    await terminal.scan(BADGE)
    await terminal.scan(step_code(first, 10))
    await terminal.scan(MERGE)
    body = terminal.view.body
    assert isinstance(body, Choosing)
    assert [row.cells[0] for row in body.rows] == [slip_name(third)]
    await terminal.keys("escape")
    await terminal.scan(step_code(first, 20))
    await terminal.scan(MERGE)
    assert refused(terminal) == Refusal.NOTHING_LIES_HERE.sentence
    assert working(terminal).here == "HERE 0"


async def test_a_slip_of_another_order_is_not_merged_and_the_report_stays(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.scan(MERGE)
    await terminal.scan(slip_code("XXXXXXXX", "B"))
    assert refused(terminal) == Refusal.OTHER_ORDER.sentence
    assert working(terminal).here == "HERE 80"


async def test_split_and_merge_ask_for_badge_and_slip(terminal: Terminal) -> None:
    for code in (SPLIT, MERGE):
        await terminal.scan(code)
        assert refused(terminal) == Refusal.SIGN_ON_FIRST.sentence
    await terminal.scan(BADGE)
    for code in (SPLIT, MERGE):
        await terminal.scan(code)
        assert refused(terminal) == Refusal.SLIP_FIRST.sentence
    assert isinstance(terminal.view.body, Waiting)


async def test_f9_a_held_order_s_slip_says_so_and_why(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    hold = DecideOrder(
        intent=terminal.shop.new_id(), by="P1", order="1001", decision=Decision.HOLD, reason="no oak"
    )
    terminal.shop.do(hold, CENTRAL)
    await terminal.scan(step_code(slip, 10))
    (doubt,) = working(terminal).doubts
    assert (doubt.title, doubt.detail) == (Flag.ORDER_NOT_OPEN.sentence, "held: no oak")


async def test_f9_a_void_slip_says_so_and_what_is_done_all_the_same_is_counted_and_flagged(
    terminal: Terminal,
) -> None:
    slip = await signed_on(terminal)
    terminal.shop.do(VoidSlip(intent=terminal.shop.new_id(), by="9001", slip=slip, reason="paper lost"))
    await terminal.scan(step_code(slip, 10))
    (doubt,) = working(terminal).doubts
    assert (doubt.title, doubt.detail) == (Flag.VOIDED_SLIP.sentence, "paper lost")
    await terminal.keys("5", "enter")
    assert Flag.VOIDED_SLIP.value in terminal.reports[-1].warned
    assert terminal.shop.line(slip, 10).good == 5
    assert [flag.slip for flag in terminal.shop.flags(Flag.VOIDED_SLIP)] == [slip]


async def test_a_fact_has_no_language_and_is_shown_in_that_of_the_reader(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (voiding, desk_rows):
        monkeypatch.setattr(module, "_", lambda text: "Irrtum" if text == "issued by mistake" else text)
    (slip,) = terminal.shop.issue(80)
    await terminal.scan(encode(TagKind.PERSON, EVE.badge))
    await terminal.keys("f10", *PIN, "enter", "enter", "up", "enter", "enter", "3", "enter", "2", "enter")
    (void,) = terminal.shop.order.slips[slip].voided
    assert isinstance(void.event, SlipVoided)
    assert void.event.reason == "issued by mistake"
    order = terminal.shop.order
    assert desk_rows.slip_row(order, order.slips[slip]).cells[-1] == "VOID: Irrtum"


async def test_a_supervisor_voids_a_slip_with_a_reason_and_sees_it(terminal: Terminal) -> None:
    first, second = terminal.shop.issue(80, 40)
    await terminal.scan(encode(TagKind.PERSON, EVE.badge))
    await terminal.keys("f10", *PIN, "enter", "enter", "up", "enter")
    body = terminal.view.body
    assert isinstance(body, Choosing)
    assert (body.title, len(body.rows)) == ("Void which slip?", 2)
    await terminal.keys("2", "enter", "3", "enter", "enter")
    body = terminal.view.body
    assert isinstance(body, Choosing)
    assert body.title.startswith("Why is"), "a double ENTER said No, and is back at the reasons"
    assert terminal.shop.order.slips[second].voided == ()
    await terminal.keys("3", "enter", "2", "enter")
    assert terminal.view.notice
    assert terminal.view.notice.title == f"Slip {slip_name(second)} is void."
    body = terminal.view.body
    assert isinstance(body, Choosing)
    assert any(row.cells[-1] == "VOID: issued by mistake" for row in body.rows)
    (void,) = terminal.shop.order.slips[second].voided
    assert (void.event.by, terminal.shop.order.slips[first].voided) == (EVE.person, ())
    assert terminal.shop.order.unissued == 40


async def test_nothing_is_merged_into_a_step_that_was_reported_done(terminal: Terminal) -> None:
    first, second = terminal.shop.issue(80, 40)
    terminal.shop.report(second, content(10, 40, final=True))
    merging = MergeSlips(intent=terminal.shop.new_id(), by=ANNA, slip=first, into=second, step=10)
    assert terminal.shop.ask(merging) is Refusal.STEP_IS_DONE

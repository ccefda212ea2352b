"""Forgotten scan-offs: asked about in one short list when the badge comes back, never a wall."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from floor.events import PlantDescribed, RunClosed, RunStarted, ShiftDefined
from floor.flags import Flag
from floor.refusals import Refusal
from floor.tags import CommandWord, TagKind, encode, step_code
from kiosk.dialogue.view import Asking, Choosing, Waiting
from kiosk.dialogue.work.forgotten import moment_of
from tests.floor.shop import MOMENT, a_shop
from tests.kiosk.at_terminal import command, refused, working
from tests.kiosk.shop_memory import BADGE, BOB, MACHINE, Terminal, with_reasons

BERLIN = ZoneInfo("Europe/Berlin")
BOBS_BADGE = encode(TagKind.PERSON, BOB.badge)
START = command(CommandWord.START)
SIGN_OFF = command(CommandWord.SIGN_OFF)


def at(text: str) -> int:
    """Local time of the plant in ms."""
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp() * 1000)


def now(terminal: Terminal, text: str) -> None:
    """The clock of the terminal."""
    terminal.memory.now = MOMENT.model_copy(update={"wall_ms": at(text), "clamped_ms": at(text)})


@pytest.fixture
def terminal() -> Terminal:
    shop = with_reasons(a_shop())
    shop.plant.learn(PlantDescribed(at=MOMENT, name="P", time_zone="Europe/Berlin"))
    for number, starts, ends in (("early", 6, 14), ("late", 14, 22)):
        shop.plant.learn(
            ShiftDefined(
                at=MOMENT,
                shift=number,
                name=number,
                starts=time(starts),
                ends=time(ends),
                weekdays=(1, 2, 3, 4, 5),
            )
        )
    return Terminal(shop)


async def leave(terminal: Terminal) -> None:
    """Sign off with a run open, and leave it so."""
    await terminal.scan(SIGN_OFF)
    await terminal.scan(SIGN_OFF)
    assert terminal.view.header.operator == ""


async def left_open(terminal: Terminal, runs: int = 1) -> str:
    """John started at 13:10 on Tuesday and went home; it is Wednesday 06:05."""
    now(terminal, "2026-11-24T13:10")
    (slip,) = terminal.shop.issue(80)
    await terminal.scan(BADGE)
    await terminal.scan(MACHINE)
    for _ in range(runs):
        await terminal.scan(step_code(slip, 10))
        await terminal.scan(START)
    await leave(terminal)
    now(terminal, "2026-11-25T06:05")
    return slip


def asked(terminal: Terminal) -> Choosing:
    body = terminal.view.body
    assert isinstance(body, Choosing), body
    return body


def closed(terminal: Terminal) -> list[RunClosed]:
    return [fact.event for fact in terminal.shop.facts if isinstance(fact.event, RunClosed)]


async def test_the_badge_is_asked_about_the_run_of_yesterday(terminal: Terminal) -> None:
    await left_open(terminal)
    await terminal.scan(BADGE)
    assert asked(terminal).title == "Still running? It began yesterday 13:10 at Saw 1"
    assert asked(terminal).rows[0].cells == ("Ended when the shift ended, 14:00",)
    await terminal.keys("enter")
    (end,) = closed(terminal)
    assert end.ended_ms == at("2026-11-24T14:00")
    assert isinstance(terminal.view.body, Waiting)
    assert terminal.shop.flags(Flag.RUN_FORGOTTEN) == []


async def test_another_time_is_typed_with_four_digits(terminal: Terminal) -> None:
    await left_open(terminal)
    await terminal.scan(BADGE)
    await terminal.keys("2", "enter", "9", "9", "9", "9", "enter")
    assert refused(terminal) == Refusal.NOT_THEN.sentence
    await terminal.keys("1", "3", "0", "0", "enter")
    assert refused(terminal) == Refusal.NOT_THEN.sentence, "13:00 after its start is still to come"
    assert isinstance(terminal.view.body, Asking)
    await terminal.keys("1", "3", "4", "5", "enter")
    assert [end.ended_ms for end in closed(terminal)] == [at("2026-11-24T13:45")]


async def test_what_nobody_knows_leaves_a_flag(terminal: Terminal) -> None:
    slip = await left_open(terminal)
    await terminal.scan(BADGE)
    await terminal.keys("3", "enter")
    assert [end.ended_ms for end in closed(terminal)] == [None]
    (flag,) = terminal.shop.flags(Flag.RUN_FORGOTTEN)
    assert (flag.slip, flag.step) == (slip, 10)


async def test_what_still_runs_is_asked_about_again_when_another_shift_is_over(terminal: Terminal) -> None:
    await left_open(terminal)
    await terminal.scan(BADGE)
    await terminal.keys("4", "enter")
    await leave(terminal)
    await terminal.scan(BADGE)
    assert isinstance(terminal.view.body, Waiting)
    await leave(terminal)
    now(terminal, "2026-11-25T14:05")
    await terminal.scan(BADGE)
    assert asked(terminal).rows[0].cells == ("Ended when the shift ended, 14:00",)


@pytest.mark.parametrize("way", ["list", "card"])
async def test_not_now_asks_again_at_the_next_sign_on_only(terminal: Terminal, way: str) -> None:
    await left_open(terminal)
    await terminal.scan(BADGE)
    if way == "list":
        await terminal.keys("5", "enter")
    else:
        await terminal.scan(command(CommandWord.NOT_NOW))
    assert isinstance(terminal.view.body, Waiting)
    assert closed(terminal) == []
    await terminal.scan(BADGE)
    assert isinstance(terminal.view.body, Waiting)
    await terminal.scan(BOBS_BADGE)
    assert isinstance(terminal.view.body, Waiting), "it is not Bob's"
    await terminal.scan(BADGE)
    assert asked(terminal).rows


async def test_it_is_no_wall_any_other_scan_goes_on(terminal: Terminal) -> None:
    slip = await left_open(terminal)
    await terminal.scan(BADGE)
    await terminal.scan(step_code(slip, 10))
    assert working(terminal).here == "HERE 80"
    await terminal.keys("5", "enter", "enter")
    assert terminal.reports[-1].content.good == 5


async def test_of_several_runs_each_is_asked_about(terminal: Terminal) -> None:
    await left_open(terminal, runs=2)
    await terminal.scan(BADGE)
    await terminal.keys("enter")
    assert asked(terminal).rows
    await terminal.keys("enter")
    assert len(closed(terminal)) == 2
    starts = [fact.event_id for fact in terminal.shop.facts if isinstance(fact.event, RunStarted)]
    assert [end.run for end in closed(terminal)] == starts


async def test_what_is_paused_waits_on_purpose_and_what_began_in_this_shift_runs(terminal: Terminal) -> None:
    await left_open(terminal)
    now(terminal, "2026-11-24T13:59")
    await terminal.scan(BADGE)
    assert isinstance(terminal.view.body, Waiting)
    await terminal.scan(command(CommandWord.PAUSE))
    await terminal.scan(SIGN_OFF)
    now(terminal, "2026-11-25T06:05")
    await terminal.scan(BADGE)
    assert isinstance(terminal.view.body, Waiting)


async def test_a_plant_without_a_calendar_asks_nothing(terminal: Terminal) -> None:
    terminal.shop.plant.shifts.clear()
    await left_open(terminal)
    await terminal.scan(BADGE)
    assert isinstance(terminal.view.body, Waiting)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("1310", "2026-11-24T13:10"),
        ("1345", "2026-11-24T13:45"),
        ("0500", "2026-11-25T05:00"),
        ("1309", "2026-11-25T13:09"),
        ("2400", None),
        ("1260", None),
        ("130", None),
        ("12.5", None),
    ],
)
def test_four_digits_are_the_first_such_time_after_the_start(typed: str, moment: str | None) -> None:
    expected = at(moment) if moment else None
    assert moment_of(typed, at("2026-11-24T13:10"), BERLIN) == expected

"""A finger on the screen says what a key says, where the settings want it, and nothing else."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual import events

from kiosk.app import KioskApp
from kiosk.dialogue.view import Choosing, Row, View
from kiosk.inputs import Number, Press
from kiosk.keyboard import BELIEVED, KeyReader, KioskDriver, TouchDriver
from kiosk.messages import Conversation
from kiosk.scanner import Scanner
from kiosk.screens.touching import keys_in_body, keys_named
from kiosk.stopwatch import monotonic_ms
from tests.kiosk.at_terminal import until
from tests.kiosk.views import Still, view_of

KEYS = "ENTER records   ESC takes back   F3 done/part   F12 sign off"
LIST = Choosing("What waits here", ("order",), tuple(Row((f"MO-{number}",)) for number in range(40)), 30, "")


@pytest.mark.parametrize(
    ("column", "keys"),
    [(0, ("enter",)), (12, ("enter",)), (20, ("escape",)), (36, ("f3",)), (50, ("f12",)), (79, ())],
)
def test_a_finger_on_a_key_or_on_what_it_does_is_that_key(column: int, keys: tuple[str, ...]) -> None:
    assert keys_named(KEYS, column) == keys


def test_words_that_name_no_key_are_no_button() -> None:
    assert keys_named("1,284 recorded    nothing waiting", 3) == ()


def test_what_stands_behind_wide_signs_is_found_where_it_is_seen() -> None:
    assert keys_named("已记录 3   F1 帮助", 12) == ("f1",)
    assert keys_named("已记录 3   F1 帮助", 2) == ()


def test_a_line_of_a_long_list_is_the_one_that_is_shown_there() -> None:
    height = 16
    chosen = {keys_in_body(LIST, "", row, 5, height) for row in range(height)}
    assert (*"31", "enter") in chosen
    assert len(chosen - {()}) == height - 5


def test_a_press_on_a_real_terminal_is_a_finger_only_where_it_is_believed() -> None:
    press = b"\x1b[<0;77;24M"
    (finger,) = KeyReader((*BELIEVED, events.MouseDown)).read(press, 0.0)
    assert isinstance(finger, events.MouseDown)
    assert (finger.x, finger.y) == (76, 23)
    assert KeyReader().read(press, 0.0) == []


async def tapped(view: View, touch: bool, place: tuple[int, int]) -> list[object]:
    """What the conversation hears of a finger on a place of the screen."""
    conversation = Still(view)

    async def make() -> Conversation:
        return conversation

    app = KioskApp(
        make,
        Scanner(),
        lambda: datetime.now(UTC),
        monotonic_ms,
        place="Cutting Line 1",
        crash_log=Path("/dev/null"),
        touch=touch,
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.1)
        column, row = place
        app.post_message(events.MouseDown(None, column, row, 0, 0, 1, False, False, False))
        if touch:
            await until(lambda: bool(conversation.taken))
        await asyncio.sleep(0.1)
    return list(conversation.taken)


async def test_a_finger_on_help_asks_for_help() -> None:
    assert await tapped(view_of("working"), True, (76, 23)) == [Press("f1")]


async def test_a_finger_on_a_line_chooses_it() -> None:
    assert await tapped(view_of("choosing"), True, (6, 6)) == [Number("2", confirmed=True)]


async def test_a_screen_that_is_not_touched_believes_no_finger() -> None:
    assert await tapped(view_of("choosing"), False, (6, 6)) == []
    assert (KioskDriver.touched, TouchDriver.touched) == (False, True)

"""The app on its own: strict order, nothing lost while it starts, nothing that leads out of it.

Never a real terminal: test_terminal.py has one.
"""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest
from textual import events
from textual.worker import WorkerFailed

from floor.refusals import Refusal
from floor.tags import TagKind, encode
from kiosk.app import CANNOT_START, KioskApp
from kiosk.hearing import PASTE_CHARS_MAX
from kiosk.inputs import Input, Number, Press, Scan, Unreadable
from kiosk.messages import CannotStartError, Conversation
from kiosk.scanner import Scanner
from tests.kiosk.at_terminal import until
from tests.kiosk.faces import characters, monotonic_ms, running
from tests.kiosk.views import NOW, Still, view_of
from tests.tidy.tree import ROOT

CODES: Final = [
    encode(TagKind.MACHINE, "BCDF" + first + second)
    for first in "BCDFGHJKLN"
    for second in "BCDFGHJKLNPRSTVX"
]

CONTROL_KEYS: Final = [
    *(f"ctrl+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in "hijm"),
    *("ctrl+backslash", "ctrl+right_square_bracket", "ctrl+circumflex_accent", "ctrl+underscore", "ctrl+@"),
    *("shift+tab", "ctrl+home", "ctrl+end", "ctrl+up", "alt+f4", "super+c", "print_screen", "scroll_lock"),
]


def post(app: KioskApp, text: str) -> None:
    """Keys as fast as a queue takes them."""
    for character in text:
        key, typed = ("enter", "\r") if character == "\r" else (character, character)
        app.post_message(events.Key(key, typed))


async def test_two_hundred_scans_at_once_arrive_whole_and_in_order() -> None:
    conversation = Still(view_of("working"))
    scans = [*CODES, *CODES[:40]]
    async with running(conversation) as (app, _):
        post(app, "".join(f"{code}\r" for code in scans))
        await until(lambda: len(conversation.taken) == len(scans))
    assert [
        encode(said.tag.kind, said.tag.body) for said in conversation.taken if isinstance(said, Scan)
    ] == scans


async def test_e19_an_input_is_wholly_taken_before_the_next() -> None:
    class Slow(Still):
        """Takes its time."""

        inside = 0

        async def take(self, said: Input) -> None:
            self.inside += 1
            assert self.inside == 1
            await asyncio.sleep(0.01)
            self.inside -= 1
            await super().take(said)

        async def refresh(self) -> None:
            assert self.inside == 0

    conversation = Slow(view_of("working"))
    async with running(conversation) as (app, _):
        post(app, "".join(f"{code}\r" for code in CODES[:30]))
        await until(lambda: len(conversation.taken) == 30)


async def test_what_is_scanned_while_it_starts_is_kept() -> None:
    conversation, open_the_door = Still(view_of("working")), asyncio.Event()

    async def make() -> Conversation:
        await open_the_door.wait()
        return conversation

    app = KioskApp(
        make, Scanner(), lambda: NOW, monotonic_ms, place="Cutting Line 1", crash_log=Path(os.devnull)
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.05)
        shown = "\n".join(characters(app))
        assert "CUTTING LINE 1" in shown
        assert "what you scan now is kept" in shown
        post(app, f"{CODES[0]}\r{CODES[1]}\r")
        await pilot.pause(0.1)
        open_the_door.set()
        await until(lambda: len(conversation.taken) == 2)


async def test_silence_ends_a_scan_without_enter() -> None:
    conversation = Still(view_of("working"))
    async with running(conversation) as (app, _):
        post(app, CODES[0])
        await until(lambda: len(conversation.taken) == 1, 1.0)


@pytest.mark.parametrize("key", CONTROL_KEYS)
async def test_e5_no_key_leads_out(key: str) -> None:
    conversation = Still(view_of("working"))
    async with running(conversation) as (app, pilot):
        before = characters(app)
        app.post_message(events.Key(key, None))
        await pilot.pause(0.02)
        assert app.is_running
        assert len(app.screen_stack) == 1
        assert conversation.taken == []
        assert characters(app) == before


async def test_there_is_nothing_to_bind_click_focus_select_or_open() -> None:
    async with running(Still(view_of("working-hostile"))) as (app, pilot):
        assert not app._bindings.key_to_bindings
        assert not app.screen._bindings.key_to_bindings
        assert app.focused is None
        await pilot.press("tab", "tab", "ctrl+p")
        assert app.focused is None
        for row in range(24):
            await pilot.click(offset=(20, row))
        assert app.is_running
        assert len(app.screen_stack) == 1


async def test_a_paste_is_fed_like_keys() -> None:
    conversation = Still(view_of("working"))
    async with running(conversation) as (app, _):
        app.post_message(events.Paste(f"{CODES[0]}\r\n{CODES[1]}\n4\x00\x11\x1b\r\n"))
        await until(lambda: len(conversation.taken) == 3)
    assert conversation.taken[2] == Number("4", confirmed=True)


async def test_ten_megabytes_of_paste_are_one_refusal_and_nothing_freezes() -> None:
    conversation = Still(view_of("working"))
    async with running(conversation) as (app, _):
        started = time.monotonic()
        app.post_message(events.Paste("B" * 10_000_000))
        app.post_message(events.Paste(f"{CODES[0]}\r" * (PASTE_CHARS_MAX // 4)))
        post(app, f"{CODES[0]}\r")
        await until(lambda: len(conversation.taken) == 3)
        assert time.monotonic() - started < 5
    too_long = Unreadable(Refusal.SCAN_TOO_LONG)
    assert conversation.taken[:2] == [too_long, too_long]
    assert isinstance(conversation.taken[2], Scan)


async def test_the_conversation_hears_each_second_once() -> None:
    conversation = Still(view_of("working"))
    async with running(conversation) as (_, pilot):
        started = time.monotonic()
        await pilot.pause(2.3)
        passed_s = time.monotonic() - started
    assert abs(conversation.seconds - passed_s) < 1.5


async def test_leaving_ends_the_program() -> None:
    conversation = Still(view_of("working"))
    async with running(conversation) as (app, pilot):
        conversation.leaving = True
        await pilot.press("enter")
        await until(lambda: not app.is_running)
        assert app.return_code == 0
    assert conversation.taken == [Press("enter")]


async def test_what_cannot_start_says_why_and_ends() -> None:
    async def make() -> Conversation:
        raise CannotStartError("A terminal is already running on this ledger.")

    app = KioskApp(
        make, Scanner(), lambda: NOW, monotonic_ms, place="Cutting Line 1", crash_log=Path(os.devnull)
    )
    async with app.run_test(size=(80, 24)):
        await until(lambda: not app.is_running)
    assert app.return_code == CANNOT_START


async def test_a_crash_leaves_its_story_and_an_exit_code(tmp_path: Path) -> None:
    class Broken(Still):
        """Falls over at the first input."""

        async def take(self, said: Input) -> None:
            raise ZeroDivisionError("the fault")

    async def make() -> Conversation:
        return Broken(view_of("working"))

    log = tmp_path / "crash.log"
    app = KioskApp(make, Scanner(), lambda: NOW, monotonic_ms, place="Cutting Line 1", crash_log=log)

    async def work() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("enter")
            await pilot.pause(0.2)

    with pytest.raises(WorkerFailed):
        await work()
    assert app.return_code == 1
    story = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError: the fault" in story
    assert "in take" in story
    assert NOW.isoformat() in story


def test_the_app_loads_nothing_that_a_first_frame_can_do_without() -> None:
    heavy = (
        "sqlmodel",
        "sqlalchemy",
        "httpx",
        "PIL",
        "cv2",
        "numpy",
        "reportlab",
        "alembic",
        "pydantic",
        "markdown_it",
        "pygments",
    )
    program = f"import sys, kiosk.app; print([name for name in {heavy!r} if name in sys.modules])"
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert answer.stdout.strip() == "[]"

"""A Linux input device taken exclusively.

Its key events come through a pipe here; test_uinput.py has a real device where the kernel makes one.
"""

import asyncio
import errno
import os
import struct
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import pytest
from evdev import ecodes
from evdev.eventio import EventIO
from hypothesis import given
from hypothesis import strategies as st

from floor.refusals import Refusal
from floor.source import Source
from floor.tags import SEPARATOR, TagKind, encode, slip_code
from kiosk.devices import DeviceTrouble
from kiosk.inputs import Number, Press, Unreadable
from kiosk.sources import us_keys
from kiosk.sources.input_device import (
    EV_KEY,
    EV_SYN,
    LOST,
    PRESSED,
    RELEASED,
    SYN_DROPPED,
    ExclusiveDevice,
    Fingers,
)
from tests.kiosk.faces import monotonic_ms, running
from tests.kiosk.test_app import until
from tests.kiosk.test_scanner import scan
from tests.kiosk.views import Still, view_of

SLIP: Final = slip_code("BCDFGHJK", "B")
REASON: Final = encode(TagKind.REASON, "BCDFGH")
SHIFT: Final = 42
CTRL: Final = 29
HELD: Final = 2
EVENT: Final = struct.Struct("llHHi")


@dataclass(frozen=True)
class Event:
    """As evdev's InputEvent."""

    type: int
    code: int
    value: int
    at_s: float = 0.0

    def timestamp(self) -> float:
        return self.at_s


def strokes(text: str, at_s: float = 100.0, gap_s: float = 0.002) -> Iterator[Event]:
    """What a scanner's keyboard does: shift goes down and up around each capital letter."""
    by_character = {
        character: (code, bool(shifted))
        for code, pair in us_keys.TYPED.items()
        if code < 60
        for shifted, character in enumerate(pair)
    } | {"\r": (28, False)}
    for character in text:
        at_s += gap_s
        code, shifted = by_character[character]
        if shifted:
            yield Event(EV_KEY, SHIFT, PRESSED, at_s)
        yield Event(EV_KEY, code, PRESSED, at_s)
        yield Event(EV_SYN, 0, 0, at_s)
        yield Event(EV_KEY, code, RELEASED, at_s)
        if shifted:
            yield Event(EV_KEY, SHIFT, RELEASED, at_s)


def keys(events: Iterator[Event] | list[Event]) -> str:
    return "".join(key if len(key) == 1 else f"<{key}>" for key, _ in Fingers().said(events))


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_every_character_of_a_us_keyboard_is_what_its_key_says(text: str) -> None:
    assert keys(strokes(text)) == text


def test_the_numbers_of_the_keys_are_those_of_linux() -> None:
    for letter in "abcdefghijklmnopqrstuvwxyz":
        assert us_keys.TYPED[ecodes.ecodes[f"KEY_{letter.upper()}"]] == (letter, letter.upper())
    for digit in "0123456789":
        assert us_keys.TYPED[ecodes.ecodes[f"KEY_{digit}"]][0] == digit
        assert us_keys.TYPED[ecodes.ecodes[f"KEY_KP{digit}"]] == (digit, digit)
    signs = {
        "MINUS": "-_",
        "EQUAL": "=+",
        "LEFTBRACE": "[{",
        "RIGHTBRACE": "]}",
        "SEMICOLON": ";:",
        "APOSTROPHE": "'\"",
        "GRAVE": "`~",
        "BACKSLASH": "\\|",
        "COMMA": ",<",
        "DOT": ".>",
        "SLASH": "/?",
        "SPACE": "  ",
        "102ND": "<>",
        "KPASTERISK": "**",
        "KPMINUS": "--",
        "KPPLUS": "++",
        "KPDOT": "..",
        "KPSLASH": "//",
    }
    for name, pair in signs.items():
        assert us_keys.TYPED[ecodes.ecodes[f"KEY_{name}"]] == tuple(pair), name
    for code, name in us_keys.NAMES.items():
        linux = {"escape": "ESC", "enter": "KPENTER" if code == 96 else "ENTER"}.get(name, name.upper())
        assert ecodes.ecodes[f"KEY_{linux}"] == code
    shifts = {ecodes.ecodes[f"KEY_{side}SHIFT"] for side in ("LEFT", "RIGHT")}
    assert shifts == us_keys.SHIFTS
    others = ("LEFTCTRL", "RIGHTCTRL", "LEFTALT", "RIGHTALT", "LEFTMETA", "RIGHTMETA")
    assert {ecodes.ecodes[f"KEY_{name}"] for name in others} == us_keys.SILENCING
    assert (ecodes.EV_KEY, ecodes.EV_SYN, ecodes.SYN_DROPPED) == (EV_KEY, EV_SYN, SYN_DROPPED)


def test_a_key_held_down_says_nothing_more() -> None:
    held = [Event(EV_KEY, 5, PRESSED), *[Event(EV_KEY, 5, HELD)] * 50, Event(EV_KEY, 5, RELEASED)]
    assert keys(held) == "4"


def test_e5_what_is_pressed_with_control_says_nothing() -> None:
    stop = [Event(EV_KEY, CTRL, PRESSED), Event(EV_KEY, 46, PRESSED), Event(EV_KEY, 28, PRESSED)]
    assert keys([*stop, Event(EV_KEY, CTRL, RELEASED), *strokes("B\r")]) == "B<enter>"


def test_control_and_a_bracket_separate_the_elements_of_a_suppliers_label() -> None:
    separated = [Event(EV_KEY, CTRL, PRESSED), Event(EV_KEY, 27, PRESSED), Event(EV_KEY, CTRL, RELEASED)]
    assert keys([*strokes("A"), *separated, *strokes("B")]) == f"A{SEPARATOR}B"
    assert ecodes.ecodes["KEY_RIGHTBRACE"] == us_keys.RIGHT_BRACKET
    assert {ecodes.ecodes["KEY_LEFTCTRL"], ecodes.ecodes["KEY_RIGHTCTRL"]} == us_keys.CONTROLS


def test_keys_that_the_system_lost_leave_a_hole() -> None:
    assert keys([*strokes("TB"), Event(EV_SYN, SYN_DROPPED, 0), *strokes("CD")]) == f"TB{LOST}CD"


class Plug(EventIO):
    """A device through a pipe: its bytes are those of the kernel, read as evdev reads them."""

    def __init__(self) -> None:
        self.fd, self._end = -1, -1
        self.held_by_another = False

    def take(self, _path: str) -> "Plug":
        if self._end < 0:
            raise OSError(errno.ENODEV, "no such device")
        if self.held_by_another:
            raise OSError(errno.EBUSY, "grabbed")
        return self

    def plug(self) -> None:
        self.fd, self._end = os.pipe()
        os.set_blocking(self.fd, False)

    def unplug(self) -> None:
        os.close(self._end)
        self._end = -1

    def read(self) -> Iterator[Any]:
        found = list(super().read())
        if not found:
            raise OSError(errno.ENODEV, "unplugged")
        return iter(found)

    def write(self, events: Iterable[Event]) -> None:
        for event in events:
            seconds, part = divmod(event.at_s, 1)
            packed = EVENT.pack(int(seconds), round(part * 1e6), event.type, event.code, event.value)
            os.write(self._end, packed)

    def close(self) -> None:
        os.close(self.fd)


@asynccontextmanager
async def reading(*plugs: Plug) -> AsyncIterator[tuple[list[ExclusiveDevice], Still]]:
    """The app, told what the devices say."""
    devices = [
        ExclusiveDevice(f"scanner {number}", "", monotonic_ms, cast(Any, plug.take))
        for number, plug in enumerate(plugs)
    ]
    conversation = Still(view_of("working"))
    async with running(conversation) as (app, _):
        tasks = [asyncio.create_task(device.run(app.hear)) for device in devices]
        yield devices, conversation
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def all_there(devices: list[ExclusiveDevice]) -> None:
    await until(lambda: not any(device.state.trouble for device in devices))


async def test_a_scan_of_a_taken_scanner_is_a_scan_and_typing_on_it_is_typing() -> None:
    plug = Plug()
    plug.plug()
    async with reading(plug) as (devices, conversation):
        await all_there(devices)
        plug.write(strokes(SLIP + "\r"))
        plug.write(strokes("76", at_s=200.0, gap_s=0.2))
        plug.write([*strokes(REASON + "\r", at_s=201.0)])
        plug.write([Event(EV_KEY, 60, PRESSED, 210.0)])
        await until(lambda: len(conversation.taken) == 4)
    assert conversation.taken == [scan(SLIP), Number("76"), scan(REASON), Press("f2")]


async def test_a_code_typed_by_hand_is_told_from_a_scan_even_when_it_is_read_late() -> None:
    plug = Plug()
    plug.plug()
    plug.write(strokes(SLIP + "\r", gap_s=0.2))
    async with reading(plug) as (_, conversation):
        await until(lambda: len(conversation.taken) == 1)
    assert conversation.taken == [scan(SLIP, Source.KEYS)]


async def test_a23_two_scanners_at_once_never_mix() -> None:
    one, other = Plug(), Plug()
    one.plug()
    other.plug()
    async with reading(one, other) as (devices, conversation):
        await all_there(devices)
        first, second = [*strokes(SLIP + "\r")], [*strokes(REASON + "\r")]
        for at in range(max(len(first), len(second))):
            one.write(first[at : at + 1])
            other.write(second[at : at + 1])
            await asyncio.sleep(0)
        await until(lambda: len(conversation.taken) == 2)
    assert sorted(map(str, conversation.taken)) == sorted([str(scan(SLIP)), str(scan(REASON))])


async def test_a23_a_taken_scanner_is_unplugged_in_the_middle_of_a_code_and_comes_back() -> None:
    plug = Plug()
    plug.plug()
    async with reading(plug) as ([device], conversation):
        await all_there([device])
        plug.write(strokes(SLIP[:5]))
        await asyncio.sleep(0.1)
        plug.unplug()
        await until(lambda: device.state.trouble is DeviceTrouble.GONE)
        plug.plug()
        await all_there([device])
        plug.write(strokes(SLIP + "\r", at_s=200.0))
        await until(lambda: scan(SLIP) in conversation.taken)
    assert conversation.taken == [Unreadable(Refusal.CODE_TOO_SHORT), scan(SLIP)]


async def test_a_scanner_that_another_program_holds_is_said() -> None:
    plug = Plug()
    plug.plug()
    plug.held_by_another = True
    async with reading(plug) as ([device], _):
        await until(lambda: device.state.trouble is DeviceTrouble.IN_USE)
        plug.held_by_another = False
        await all_there([device])


async def test_a_file_that_is_no_input_device_is_said(tmp_path: Path) -> None:
    path = tmp_path / "event0"
    path.write_text("no device")
    device = ExclusiveDevice("scanner", str(path), monotonic_ms)
    conversation = Still(view_of("working"))
    async with running(conversation) as (app, _):
        task = asyncio.create_task(device.run(app.hear))
        await until(lambda: device.state.trouble is DeviceTrouble.GONE)
        task.cancel()


async def test_a_terminal_without_the_driver_runs_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "evdev", None)
    device = ExclusiveDevice("scanner", "", monotonic_ms)
    conversation = Still(view_of("working"))
    async with running(conversation) as (app, pilot):
        task = asyncio.create_task(device.run(app.hear))
        await until(lambda: device.state.trouble is DeviceTrouble.NO_DRIVER)
        await pilot.press("f1")
        await until(lambda: conversation.taken == [Press("f1")])
        task.cancel()

"""The page of the scanners: what the test code told, in words, and which devices are there."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pytest

from floor.self_test import SELF_TEST
from floor.tags import CommandWord, step_code
from kiosk.devices import Device, DeviceState, DeviceTrouble
from kiosk.dialogue.menu import ENTRIES
from kiosk.dialogue.view import Findings, Tone
from kiosk.inputs import Input, Press
from kiosk.scanner import Scanner
from tests.floor.shop import a_shop
from tests.kiosk.at_terminal import command, working
from tests.kiosk.shop_memory import BADGE, Terminal, with_reasons
from tests.kiosk.test_scanner_layouts import through

GUN: Final = Device("Gun", has_keys=False)


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(with_reasons(a_shop()))


def told(terminal: Terminal) -> Findings:
    body = terminal.view.body
    assert isinstance(body, Findings), body
    return body


def says(terminal: Terminal, what: str) -> tuple[Tone, str]:
    [found] = [finding for finding in told(terminal).findings if finding.what == what]
    return found.tone, found.says


async def scan_test(
    terminal: Terminal, came: str, *endings: str, gap_ms: float = 2.0, prefix: str = ""
) -> None:
    """Scan the test code as a scanner would that types so."""
    scanner, now_ms = Scanner(prefix), 1000.0
    taken: list[Input] = []
    for key in came:
        now_ms += gap_ms
        taken += scanner.press(key, now_ms)
    for key in endings:
        taken += scanner.press(key, now_ms)
    taken += scanner.tick(now_ms + 500)
    for said in taken:
        await terminal.conversation.take(said)


async def test_a_scanner_that_is_set_up_well_is_told_so(terminal: Terminal) -> None:
    await scan_test(terminal, SELF_TEST, "enter")
    assert told(terminal).title == "THIS SCANNER IS SET UP WELL"
    assert told(terminal).tone is Tone.TAKEN
    assert says(terminal, "layout")[1] == "US. Our codes come through."
    assert says(terminal, "behind a code") == (Tone.TAKEN, "ENTER")
    assert says(terminal, "CAPS LOCK") == (Tone.TAKEN, "is off")


async def test_g8_a_german_layout_and_the_caps_lock_are_named_and_do_no_harm(terminal: Terminal) -> None:
    await scan_test(terminal, through("German", SELF_TEST.swapcase()), "\r")
    assert says(terminal, "layout") == (Tone.TAKEN, "German. Our codes come through.")
    assert says(terminal, "CAPS LOCK")[0] is Tone.FLAGGED
    assert told(terminal).title == "THIS SCANNER WORKS, BUT"


async def test_a_layout_that_garbles_is_named_with_what_was_put_right(terminal: Terminal) -> None:
    await scan_test(terminal, through("Russian", SELF_TEST), "enter")
    assert says(terminal, "layout") == (
        Tone.FLAGGED,
        "Russian. It garbles codes; they are put right here. Set it to US.",
    )


async def test_a_layout_that_nobody_knows_must_be_changed(terminal: Terminal) -> None:
    await scan_test(terminal, "".join(chr(ord(character) + 0x1000) for character in SELF_TEST), "enter")
    assert says(terminal, "layout")[0] is Tone.REFUSED
    assert told(terminal).title == "THIS SCANNER MUST BE SET UP"


async def test_a_missing_enter_is_told(terminal: Terminal) -> None:
    await scan_test(terminal, SELF_TEST)
    assert says(terminal, "behind a code")[0] is Tone.FLAGGED
    assert says(terminal, "behind a code")[1].startswith("no ENTER.")


@pytest.mark.parametrize(
    ("endings", "words"),
    [
        (("\t",), "TAB"),
        (("\r", "\n"), "ENTER, a line feed: taken as one"),
        (("enter", "enter"), "ENTER, ENTER: taken as one"),
    ],
)
async def test_every_other_ending_is_named(terminal: Terminal, endings: Sequence[str], words: str) -> None:
    await scan_test(terminal, SELF_TEST, *endings)
    assert says(terminal, "behind a code") == (Tone.TAKEN, words)


async def test_what_a_scanner_puts_around_a_code_is_shown_with_what_to_do(terminal: Terminal) -> None:
    await scan_test(terminal, f"]C1{SELF_TEST}", "enter")
    tone, words = says(terminal, "in front of a code")
    assert tone is Tone.REFUSED
    assert 'prefix = "]C1"' in words
    await scan_test(terminal, f"]C1{SELF_TEST}", "enter", prefix="]c1")
    assert says(terminal, "in front of a code")[0] is Tone.TAKEN
    await scan_test(terminal, f"{SELF_TEST}*", "enter")
    assert says(terminal, "behind a code")[0] is Tone.REFUSED


async def test_a_slow_scanner_is_told_its_speed(terminal: Terminal) -> None:
    await scan_test(terminal, SELF_TEST, "enter", gap_ms=80.0)
    assert says(terminal, "speed") == (
        Tone.FLAGGED,
        "80 ms a key, as slow as a hand: set the scanner to send faster.",
    )


async def test_the_page_is_reached_by_its_card_and_from_the_menu_and_shows_the_devices(
    terminal: Terminal,
) -> None:
    states = [DeviceState(GUN, DeviceTrouble.GONE)]
    terminal.conversation._talk.devices = lambda: states
    await terminal.scan(command(CommandWord.SCANNERS))
    assert says(terminal, "Gun")[0] is Tone.REFUSED
    states[0] = replace(states[0], trouble=None)
    assert says(terminal, "Gun") == (Tone.TAKEN, "is there")
    assert "test code" in told(terminal).detail
    await terminal.conversation.take(Press("escape"))
    await terminal.conversation.take(Press("insert"))
    at = [word for word, _ in ENTRIES].index(CommandWord.SCANNERS)
    for _ in range(at):
        await terminal.conversation.take(Press("down"))
    await terminal.conversation.take(Press("enter"))
    assert told(terminal).title == "THE SCANNERS"


async def test_the_test_code_disturbs_no_report_and_its_enter_records_nothing(terminal: Terminal) -> None:
    slip = terminal.shop.issue(80)[0]
    await terminal.scan(BADGE)
    await terminal.scan(step_code(slip, 10))
    await scan_test(terminal, SELF_TEST, "enter")
    await terminal.conversation.take(Press("enter"))
    assert working(terminal).good.text == "80"
    assert not terminal.reports


async def test_a_device_that_is_gone_says_nothing_against_the_tested_scanner(
    terminal: Terminal,
) -> None:
    terminal.conversation._talk.devices = lambda: [DeviceState(GUN, DeviceTrouble.GONE)]
    await scan_test(terminal, SELF_TEST, "enter", gap_ms=0.0)
    assert told(terminal).title == "THIS SCANNER IS SET UP WELL"
    assert says(terminal, "Gun")[0] is Tone.REFUSED
    assert says(terminal, "speed") == (Tone.TAKEN, "all at once")

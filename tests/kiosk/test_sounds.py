"""What is heard is what is seen: taken, flagged, refused; one at a time, and never in anybody's way."""

import asyncio
import json
import os
import runpy
import subprocess
import sys
import time
import wave
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from floor.refusals import Refusal
from floor.tags import TagKind, encode, step_code
from kiosk.demo.plant import write_settings
from kiosk.demo.screen import Screen
from kiosk.dialogue.view import Done, Notice, Tone, View
from kiosk.sounds import Audible, Sound, sound_of
from kiosk.speaker import FOLDER, PLAY_S_MAX, PROGRAMS, Speaker
from tests.floor.shop import a_shop
from tests.kiosk.at_terminal import signed_on, until
from tests.kiosk.shop_memory import BADGE, REASON, Terminal, with_reasons
from tests.kiosk.views import view_of
from tests.tidy.tree import ROOT

WAITING: Final = view_of("waiting-badge")


def test_a_new_tick_is_heard_once() -> None:
    done = view_of("done")
    assert sound_of(WAITING, done) is Sound.TAKEN
    assert sound_of(done, replace(done, typed="7")) is None
    assert sound_of(WAITING, view_of("done-flagged")) is Sound.FLAGGED


def test_a_refusal_is_heard_each_time_it_is_said() -> None:
    refused = view_of("refused")
    assert sound_of(WAITING, refused) is Sound.REFUSED
    assert sound_of(refused, refused) is None
    again = replace(refused, notice=Notice(Tone.REFUSED, *Refusal.UNKNOWN_BADGE.value.split("_", 1)))
    assert sound_of(refused, again) is Sound.REFUSED


@pytest.mark.parametrize(
    "silent", ["waiting-slip", "working", "working-doubts", "choosing", "taken", "flagged"]
)
def test_what_asks_for_nothing_is_silent(silent: str) -> None:
    assert sound_of(WAITING, view_of(silent)) is None


async def test_a_shift_is_heard_as_it_is_seen() -> None:
    terminal = Terminal(with_reasons(a_shop()))
    heard: list[Sound] = []
    audible = Audible(terminal.conversation, heard.append)
    slip = await signed_on(terminal)
    audible.view("")
    await terminal.scan("XXXX")
    audible.view("")
    audible.view("")
    await terminal.scan("XXXX")
    audible.view("")
    await terminal.scan(step_code(slip, 10))
    audible.view("")
    await terminal.keys("4")
    await terminal.scan(REASON)
    audible.view("")
    await terminal.keys("enter")
    audible.view("")
    audible.view("")
    assert heard == [Sound.REFUSED, Sound.REFUSED, Sound.TAKEN]
    body = audible.view("").body
    assert isinstance(body, Done)


# The player


class Player:
    """A program of the system that writes down what it plays; its folder stands first in PATH."""

    def __init__(self, folder: Path, does: str = "exit 0", name: str = PROGRAMS[0]) -> None:
        self.folder, self.log = folder / "bin", folder / "played.txt"
        self.folder.mkdir()
        program = self.folder / name
        program.write_text(f'#!/bin/sh\necho "begin $(basename $1)" >>"{self.log}"\n{does}\n')
        program.chmod(0o755)

    @property
    def path(self) -> str:
        """A PATH that has no other player."""
        return f"{self.folder}:/usr/bin:/bin"

    @property
    def played(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


class Told:
    """Bell and health, written down."""

    def __init__(self) -> None:
        self.bells = 0
        self.notes: list[str] = []

    def bell(self) -> None:
        self.bells += 1

    def speaker(self, how: str = "auto") -> Speaker:
        return Speaker(how, self.bell, self.notes.append)


async def test_each_sound_is_a_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    player, told = Player(tmp_path), Told()
    monkeypatch.setenv("PATH", player.path)
    speaker = told.speaker()
    for sound in Sound:
        speaker.play(sound)
        await until(lambda wanted=f"begin {sound}.wav": wanted in player.played)
    assert told.bells == 0
    assert told.notes == []


async def test_never_two_at_once_and_the_newest_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player, told = Player(tmp_path, f'sleep 0.3; echo end >>"{tmp_path / "played.txt"}"'), Told()
    monkeypatch.setenv("PATH", player.path)
    speaker = told.speaker()
    begun = time.monotonic()
    for sound in (Sound.TAKEN, Sound.TAKEN, Sound.FLAGGED, Sound.REFUSED):
        speaker.play(sound)
        await asyncio.sleep(0)
    assert time.monotonic() - begun < 0.2, "nobody waits for a sound"
    await until(lambda: player.played[-1:] == ["end"] and len(player.played) == 4)
    assert player.played == ["begin taken.wav", "end", "begin refused.wav", "end"]


@pytest.mark.parametrize("does", ["exit 3", f"exec sleep {2 * PLAY_S_MAX:.0f}"])
async def test_a_player_that_fails_is_told_once_and_the_bell_rings_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    player, told = Player(tmp_path, does), Told()
    monkeypatch.setenv("PATH", player.path)
    speaker = told.speaker()
    speaker.play(Sound.TAKEN)
    await until(lambda: told.bells == 1)
    speaker.play(Sound.REFUSED)
    speaker.play(Sound.REFUSED)
    assert told.bells == 3
    (note,) = told.notes
    assert "the bell rings instead" in note
    assert len(player.played) == 1


async def test_without_a_player_the_bell_rings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    told = Told()
    told.speaker().play(Sound.TAKEN)
    assert (told.bells, told.notes) == (1, [])


@pytest.mark.parametrize(("how", "bells"), [("bell", 1), ("off", 0)])
async def test_the_settings_choose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, bells: int
) -> None:
    player, told = Player(tmp_path), Told()
    monkeypatch.setenv("PATH", player.path)
    told.speaker(how).play(Sound.TAKEN)
    await asyncio.sleep(0.2)
    assert (told.bells, player.played) == (bells, [])


def test_the_sounds_are_short_and_are_those_that_the_script_makes(tmp_path: Path) -> None:
    runpy.run_path(str(ROOT / "scripts" / "sounds"))["main"](tmp_path)
    for sound in Sound:
        with (
            wave.open(str(FOLDER / f"{sound}.wav")) as kept,
            wave.open(str(tmp_path / f"{sound}.wav")) as made,
        ):
            assert kept.getparams() == made.getparams()
            assert 0.1 < kept.getnframes() / kept.getframerate() <= 0.5
            samples = (memoryview(file.readframes(file.getnframes())).cast("h") for file in (kept, made))
            assert all(abs(one - other) <= 1 for one, other in zip(*samples, strict=True))


def a_terminal(folder: Path, player: Player) -> tuple[Screen, Path]:
    """A real one that finds this player, and its settings."""
    path = write_settings(folder / "terminal", "cutting-1", "Cutting Line 1", "cutting", "", "none")
    program = [sys.executable, "-m", "kiosk", "--config", str(path)]
    screen = Screen(program, directory=ROOT, environment={"PATH": player.path})
    screen.wait("or a slip to see")
    return screen, path


def test_the_real_terminal_plays_what_it_shows(tmp_path: Path) -> None:
    player = Player(tmp_path)
    screen, _ = a_terminal(tmp_path, player)
    screen.scan(encode(TagKind.PERSON, "BCDFGH"))
    screen.wait(Refusal.NOBODY_KNOWN_YET.sentence)
    ends = time.monotonic() + 5
    while "begin refused.wav" not in player.played and time.monotonic() < ends:
        screen.read(0.05)
    assert player.played == ["begin refused.wav"]
    assert screen.stop() == 0


def test_a_player_that_hangs_holds_nobody_up_and_stands_in_the_health_file(tmp_path: Path) -> None:
    player = Player(tmp_path, "exec sleep 60")
    screen, path = a_terminal(tmp_path, player)
    screen.scan(BADGE)
    screen.wait(Refusal.NOBODY_KNOWN_YET.sentence)
    screen.press("f1")
    screen.wait("your badge", 1.0)
    health = path.parent / "data" / "health.json"
    ends = time.monotonic() + 15

    def silent() -> list[str]:
        return [note for note in json.loads(health.read_text())["notes"] if "No sound comes from" in note]

    while not silent() and time.monotonic() < ends:
        screen.read(0.1)
    assert len(silent()) == 1
    answer = subprocess.run(
        [sys.executable, "-m", "kiosk", "health", "--config", str(path)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        env={**os.environ},
    )
    assert answer.returncode == 0, "a terminal without sounds is well"
    screen.stop()


def test_nothing_before_the_first_screen_is_nothing(tmp_path: Path) -> None:
    first: View = view_of("waiting-badge")
    assert sound_of(None, first) is None

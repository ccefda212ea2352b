"""A camera as a scanner: which frames count, and a real child that watches a film."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import pytest

from floor.source import Source
from floor.tags import TagKind, encode, slip_code
from kiosk.devices import DeviceTrouble
from kiosk.inputs import Scan, Unreadable
from kiosk.sources.camera import Camera
from kiosk.sources.frames import AWAY_S, Steady, codes
from printing.reading import nearest_code
from printing.symbols import bars, qr
from tests.kiosk.faces import monotonic_ms, running
from tests.kiosk.test_app import until
from tests.kiosk.test_scanner import scan
from tests.kiosk.views import Still, view_of
from tests.tidy.tree import ROOT

SLIP: Final = slip_code("BCDFGHJK", "B")
REASON: Final = encode(TagKind.REASON, "BCDFGH")
FRAME: Final = (360, 640)
CHANCE: Final = np.random.default_rng(7)


def seen(code: str = "", *, as_bars: bool = False, turned: float = 0.0) -> Any:
    """What a camera sees: a grey, noisy, slightly blurred picture with a code on white paper, or without."""
    picture = np.full(FRAME, 120, np.uint8)
    if code:
        rows = [[int(module) for module in bars(code)]] * 40 if as_bars else _modules(code)
        paper = np.kron(255 - 255 * np.array(rows, np.uint8), np.ones((2 if as_bars else 6,) * 2, np.uint8))
        paper = np.pad(paper, 40, constant_values=255)
        top, left = (FRAME[0] - paper.shape[0]) // 2, (FRAME[1] - paper.shape[1]) // 2
        picture[top : top + paper.shape[0], left : left + paper.shape[1]] = paper
    turning = cv2.getRotationMatrix2D((FRAME[1] / 2, FRAME[0] / 2), turned, 1)
    picture = cv2.warpAffine(picture, turning, FRAME[::-1], borderValue=120)
    noise = CHANCE.normal(0, 8, FRAME)
    return cv2.GaussianBlur(np.clip(picture * 0.7 + 30 + noise, 0, 255).astype(np.uint8), (3, 3), 0)


def _modules(code: str) -> list[list[int]]:
    rows = qr(code)
    return [[row >> at & 1 for at in range(len(rows) - 1, -1, -1)] for row in rows]


class Shown:
    """Frames that a test made, and then the camera has gone; each takes a tenth of a second."""

    def __init__(self, *frames: Any) -> None:
        self._frames = list(frames)
        self.now_s = 100.0

    def read(self) -> Any:
        self.now_s += 0.1
        if not self._frames:
            raise OSError("gone")
        return self._frames.pop(0)


def read(shown: Shown) -> list[str]:
    found: list[str] = []
    said = codes(shown, nearest_code, lambda: shown.now_s)
    with suppress(OSError):
        while True:
            found.append(next(said))
    return [code for code in found if code]


@pytest.mark.parametrize("as_bars", [False, True])
@pytest.mark.parametrize("turned", [0.0, 20.0, 90.0, 180.0])
def test_a_code_held_before_the_camera_counts_once(as_bars: bool, turned: float) -> None:
    held = [seen(SLIP, as_bars=as_bars, turned=turned) for _ in range(20)]
    assert read(Shown(seen(), *held, seen())) == [SLIP]


def test_a_code_seen_in_one_frame_alone_does_not_count() -> None:
    assert read(Shown(seen(), seen(SLIP), seen(), seen(REASON), seen(SLIP), seen(REASON), seen())) == []


def test_a_code_counts_again_when_it_was_away() -> None:
    away = [seen() for _ in range(int(AWAY_S * 10) + 2)]
    assert read(Shown(*[seen(SLIP)] * 3, *away, *[seen(SLIP)] * 3)) == [SLIP, SLIP]
    assert read(Shown(*[seen(SLIP)] * 3, *away[:5], *[seen(SLIP)] * 3)) == [SLIP], "a hand that trembles"


def test_two_slips_in_turn_are_two_scans() -> None:
    assert read(Shown(*[seen(SLIP)] * 3, *[seen(REASON)] * 3)) == [SLIP, REASON]


def test_the_camera_says_that_it_is_alive() -> None:
    shown = Shown(*[seen()] * 25)
    said = codes(shown, nearest_code, lambda: shown.now_s)
    assert [next(said), next(said)] == ["", ""]


def test_what_never_holds_still_counts_for_nothing() -> None:
    steady = Steady()
    assert [steady.seen(code, at) for at, code in enumerate([SLIP, None, SLIP, REASON, None])] == [None] * 5


def film(folder: Path, *parts: tuple[Any, int]) -> Path:
    """A film; OpenCV plays it as fast as it is looked at."""
    path = folder / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, FRAME[::-1])
    for picture, count in parts:
        for _ in range(count):
            writer.write(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))
    writer.release()
    return path


@asynccontextmanager
async def watching(command: Sequence[str]) -> AsyncIterator[tuple[Camera, Still]]:
    camera, conversation = Camera("The camera", command, monotonic_ms), Still(view_of("working"))
    async with running(conversation) as (app, _):
        task = asyncio.create_task(camera.run(app.hear))
        yield camera, conversation
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def watch(path: Path) -> list[str]:
    return [sys.executable, "-m", "kiosk", "watch", str(path)]


async def test_a_film_of_two_slips_is_two_scans_and_its_end_is_told(tmp_path: Path) -> None:
    blank, slip, reason = seen(), seen(SLIP), seen(REASON, as_bars=True)
    path = film(tmp_path, (blank, 300), (slip, 900), (blank, 300), (reason, 900))
    async with watching(watch(path)) as (camera, conversation):
        await until(lambda: len(conversation.taken) >= 2, 60)
        await until(lambda: camera.state.trouble is DeviceTrouble.GONE, 60)
    assert conversation.taken[:2] == [scan(SLIP), scan(REASON)]
    assert all(isinstance(said, Scan) and said.source is Source.SCAN for said in conversation.taken)


async def test_a_camera_that_is_not_there_is_told_and_taken_when_it_is(tmp_path: Path) -> None:
    path = tmp_path / "film.avi"
    async with watching(watch(path)) as (camera, conversation):
        await until(lambda: camera.state.trouble is DeviceTrouble.GONE, 30)
        film(tmp_path, (seen(SLIP), 1500))
        await until(lambda: scan(SLIP) in conversation.taken, 60)


@pytest.mark.parametrize(
    ("program", "trouble"),
    [
        ("import sys; sys.exit(13)", DeviceTrouble.NOT_ALLOWED),
        ("import sys; sys.exit(65)", DeviceTrouble.NO_DRIVER),
        ("import os; os.kill(os.getpid(), 11)", DeviceTrouble.GONE),
        ("1 / 0", DeviceTrouble.GONE),
        ("import sys; sys.exit(2)", DeviceTrouble.GONE),
    ],
)
async def test_a_child_that_falls_over_is_told_by_why(program: str, trouble: DeviceTrouble) -> None:
    async with watching([sys.executable, "-c", program]) as (camera, _):
        await until(lambda: camera.state.trouble is trouble, 20)


async def test_e6_a_child_that_raves_says_nothing_that_counts() -> None:
    program = "print(flush=True)\nwhile True: print('TBCD\\x1b[2J\\xff' * 500, end=chr(10) if 0 else '')"
    async with watching([sys.executable, "-c", program]) as (camera, conversation):
        await until(lambda: camera.state.trouble is DeviceTrouble.GONE, 20)
    assert all(isinstance(said, Unreadable) for said in conversation.taken)


def test_the_codes_of_a_camera_can_be_tried_on_the_command_line(tmp_path: Path) -> None:
    path = film(tmp_path, (seen(SLIP), 600))
    answer = subprocess.run(watch(path), cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.stdout.split() == [SLIP]
    assert "shows nothing any more" in answer.stderr
    missing = subprocess.run(watch(tmp_path / "none"), cwd=ROOT, capture_output=True, text=True, check=False)
    assert missing.stdout == ""
    assert "no camera" in missing.stderr

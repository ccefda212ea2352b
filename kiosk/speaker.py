"""Plays the sounds: by a program of the system, else by the terminal's bell.

Never waits and never plays two at once: while one sounds, the newest of the others waits. A program that
fails is told of once; from then on the bell rings.
"""

import asyncio
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kiosk.sounds import Sound

FOLDER: Final = Path(__file__).parents[1] / "assets" / "sounds"
PROGRAMS: Final = ("pw-play", "paplay", "aplay")
"""PipeWire's, PulseAudio's, ALSA's: the first that is there."""
PLAY_S_MAX: Final = 1.5
"""A sound is half a second at most; a program that takes longer hangs, and must not hold up our own end."""

BELL: Final = "bell"
OFF: Final = "off"


class Speaker:
    """One terminal's sounds."""

    def __init__(self, how: str, bell: Callable[[], None], tell: Callable[[str], None]) -> None:
        """`how` as in the settings; `tell` takes one sentence for the health file."""
        self._how = how
        self._bell = bell
        self._tell = tell
        self._program = (
            next(filter(None, map(shutil.which, PROGRAMS)), None) if how not in {BELL, OFF} else None
        )
        self._next: Sound | None = None
        self._playing: asyncio.Task[None] | None = None

    def play(self, sound: Sound) -> None:
        """Let it be heard, now or when the one that sounds is over."""
        if self._how == OFF:
            return
        if self._program is None:
            self._bell()
            return
        self._next = sound
        if self._playing is None or self._playing.done():
            self._playing = asyncio.create_task(self._play_all(self._program))

    async def _play_all(self, program: str) -> None:
        while self._next and self._program:
            sound, self._next = self._next, None
            try:
                await asyncio.to_thread(_run, program, FOLDER / f"{sound}.wav")
            except (OSError, subprocess.SubprocessError) as error:
                self._program = None
                self._tell(f"No sound comes from {program} ({_why(error)}): the bell rings instead.")
                self._bell()


def _run(program: str, file: Path) -> None:
    """In a thread, to the end of the sound. Raises OSError or SubprocessError."""
    subprocess.run(
        [program, str(file)],
        check=True,
        timeout=PLAY_S_MAX,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _why(error: Exception) -> str:
    match error:
        case subprocess.TimeoutExpired():
            return f"not done after {PLAY_S_MAX:g} s"
        case subprocess.CalledProcessError(returncode=code):
            return f"exit code {code}"
        case _:
            return str(error)

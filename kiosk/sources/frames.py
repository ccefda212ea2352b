"""Frames of a camera, and which of the codes in them count.

Never decodes by itself, and never believes one frame alone: a code counts when two frames in turn show it.
"""

import os
import time
from collections.abc import Callable, Iterator
from typing import Any, Final, Protocol

LOOKS_APART_S: Final = 0.08
"""Frames in between are not decoded: no hand moves that fast, and others need the processor too."""

AWAY_S: Final = 1.2
"""So long must a code be out of sight before it counts again."""

SAYS_EVERY_S: Final = 1.0
"""At least so often it is told that the camera is alive."""

Frame = Any
"""A picture in grey, as OpenCV's arrays are; only the decoder looks into it."""

Decoder = Callable[[Frame], str | None]
"""The one code that a frame is about; None where there is none of ours."""


class Frames(Protocol):
    """What a camera shows."""

    def read(self) -> Frame:
        """The next frame, waiting for it. Raises OSError when the camera has gone."""


class Steady:
    """Tells a code that is held before the camera from one that passes by, and from one that stays."""

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self._before: str | None = None
        self._counted: dict[str, float] = {}
        """When each code that counted was seen last."""

    def seen(self, code: str | None, at_s: float) -> str | None:
        """The code, if it counts now."""
        self._counted = {text: last for text, last in self._counted.items() if at_s - last < AWAY_S}
        held, self._before = code == self._before, code
        if code is None or not (held or code in self._counted):
            return None
        counts = code not in self._counted
        self._counted[code] = at_s
        return code if counts else None


def codes(frames: Frames, decode: Decoder, now_s: Callable[[], float]) -> Iterator[str]:
    """Each code that counts, and an empty text from time to time. Raises OSError when the camera has gone."""
    steady, said_s = Steady(), now_s()
    while True:
        code = steady.seen(decode(frames.read()), now_s())
        if code or now_s() - said_s >= SAYS_EVERY_S:
            said_s = now_s()
            yield code or ""


class VideoFrames:
    """Frames of a camera of the system, or of a film."""

    def __init__(self, device: str) -> None:
        """`device` is its file, such as `/dev/video0`. Raises OSError, or ImportError without OpenCV."""
        os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
        import cv2

        self._cv2: Any = cv2
        self._capture: Any = cv2.VideoCapture(device)
        if not self._capture.isOpened():
            raise OSError(f"There is no camera at {device}.")
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)

    def read(self) -> Frame:
        """The next frame in grey."""
        until = time.monotonic() + LOOKS_APART_S
        while self._capture.grab():
            if time.monotonic() >= until:
                _, frame = self._capture.retrieve()
                return self._cv2.cvtColor(frame, self._cv2.COLOR_BGR2GRAY)
        raise OSError("The camera shows nothing any more.")

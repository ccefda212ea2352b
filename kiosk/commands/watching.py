"""`kiosk watch`: the codes that are held before a camera, one a line; a child of the terminal does this.

Never records anything, and never shows what the camera sees.
"""

import argparse
import errno
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kiosk.commands.words import Commands

GONE: Final = errno.ENODEV
NOT_ALLOWED: Final = errno.EACCES
NO_DRIVER: Final = errno.ENOPKG


def offer(commands: "Commands") -> None:
    """Add the words of this command."""
    words = commands.add_parser("watch", help="the codes that are held before a camera")
    words.add_argument("camera", help="its file, such as /dev/video0")
    words.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print an empty line when the camera is there, then each code, until it goes; the error number."""
    try:
        from kiosk.sources.frames import VideoFrames, codes
        from printing.reading import nearest_code

        frames = VideoFrames(given.camera)
        _say("")
        for code in codes(frames, nearest_code, time.monotonic):
            _say(code)
    except BrokenPipeError:
        sys.stderr.close()  # whoever listened has gone; there is nobody to tell
    except KeyboardInterrupt:
        pass
    except ImportError as error:
        print(f"A camera needs opencv-python-headless: {error}", file=sys.stderr)
        return NO_DRIVER
    except OSError as error:
        print(error, file=sys.stderr)
        path = Path(given.camera)
        return NOT_ALLOWED if path.exists() and not _may_read(path) else GONE
    return 0


def _say(code: str) -> None:
    print(code, flush=True)


def _may_read(path: Path) -> bool:
    try:
        path.open("rb").close()
    except PermissionError:
        return False
    except OSError:
        return True
    return True

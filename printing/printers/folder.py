"""A folder as printer: each page appears whole under its own name, or not at all.

Never makes more than the folder itself: a missing share must not become a local folder nobody looks at.
"""

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from floor.printers import PrinterTrouble
from printing.printers.delivery import (
    UNWATCHED,
    Delivery,
    Printable,
    Watcher,
    failed,
    not_yet,
    printed,
    unknown,
)

NAME_CHARS_MAX: Final = 120
_KEEPS_NO_FOLDER: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EACCES})
"""What a file system says that writes folders down in its own time."""

_PASSES: Final[dict[int, PrinterTrouble]] = {
    errno.ENOENT: PrinterTrouble.OFFLINE,
    errno.EHOSTDOWN: PrinterTrouble.OFFLINE,
    errno.ENOTCONN: PrinterTrouble.OFFLINE,
    errno.ESTALE: PrinterTrouble.OFFLINE,
    errno.ETIMEDOUT: PrinterTrouble.OFFLINE,
    errno.ENOSPC: PrinterTrouble.DISK_FULL,
    errno.EDQUOT: PrinterTrouble.DISK_FULL,
}
"""What somebody can mend while pages wait; everything else is a wrong setting."""


def look_at_folder(folder: str) -> PrinterTrouble | None:
    """Whether it, or the place where it will be made, is there."""
    target = Path(folder).expanduser()
    return None if target.is_dir() or target.parent.is_dir() else PrinterTrouble.OFFLINE


def print_to_folder(folder: str, page: Printable, watcher: Watcher = UNWATCHED) -> Delivery:
    """Puts the page into the folder and onto the disk; the same name again replaces the same page."""
    target = Path(folder).expanduser()
    name = f"{page.name[:NAME_CHARS_MAX]}.{page.suffix}"
    try:
        target.mkdir(exist_ok=True)
        watcher.taken(name)
        _replace(target, name, page.content)
    except OSError as error:
        trouble = _PASSES.get(error.errno or 0)
        return not_yet(trouble) if trouble else failed(f"{folder}: {error.strerror or error}")
    try:
        _sync(target)
    except OSError as error:
        if error.errno not in _KEEPS_NO_FOLDER:
            return unknown(f"{name} is in the folder, and perhaps not for good ({error.strerror or error}).")
    return printed()


def follow_in_folder(folder: str, name: str) -> Delivery:
    """What became of a page that was being put there; one that is gone may have been fetched."""
    if (Path(folder).expanduser() / name).is_file():
        return printed()
    return unknown(f"{name} is not in the folder.")


def _replace(folder: Path, name: str, content: bytes) -> None:
    unfinished = folder / f".{name}.part"
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(folder / name)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""A folder as printer: each page appears whole under its own name, or not at all.

Never makes more than the folder itself: a missing share must not become a local folder nobody looks at.
"""

import os
from pathlib import Path
from typing import Final

from floor.commands import PaperOutcome
from printing.printers.delivery import Delivery

NAME_CHARS_MAX: Final = 120


def print_to_folder(folder: str, name: str, pdf: bytes) -> Delivery:
    """Puts `name`.pdf into the folder and onto the disk; the same name again replaces the same page."""
    target = Path(folder).expanduser()
    try:
        target.mkdir(exist_ok=True)
        _replace(target, f"{name[:NAME_CHARS_MAX]}.pdf", pdf)
    except OSError as error:
        return Delivery(PaperOutcome.FAILED, f"{folder}: {error.strerror or error}")
    return Delivery(PaperOutcome.PRINTED)


def _replace(folder: Path, name: str, pdf: bytes) -> None:
    unfinished = folder / f".{name}.part"
    try:
        with unfinished.open("wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(folder / name)
    finally:
        unfinished.unlink(missing_ok=True)
    _sync(folder)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

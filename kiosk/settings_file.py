"""Writes a terminal's settings and its token: whole or not at all, and on the disk when it says so.

Never writes over settings unless it was told to; then the old ones stay beside the new ones.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from floor.refusals import Refusal
from kiosk.config import KioskConfig
from kiosk.record import Record, toml

BEFORE: Final = ".before"
"""Ends the name of the settings that were replaced."""
OWNER_ONLY: Final = 0o600


def keeper(path: Path, *, replacing: bool) -> Callable[[Record], Awaitable[Refusal | None]]:
    """What keeps a scanned record at `path`, in a thread of its own."""

    async def keep(record: Record) -> Refusal | None:
        try:
            await asyncio.to_thread(write, path, record, replacing=replacing)
        except OSError:
            return Refusal.SHEET_NOT_KEPT
        return None

    return keep


def write(path: Path, record: Record, *, replacing: bool) -> None:
    """Settings, and before them the token. Raises OSError; FileExistsError where it must not replace."""
    if path.exists() and not replacing:
        raise FileExistsError(path)
    if record.token:
        _put(token_path(path, record.config), record.token)
    if path.exists():
        _put(path.with_name(path.name + BEFORE), path.read_text(encoding="utf-8"))
    _put(path, toml(record))


def token_path(path: Path, config: KioskConfig) -> Path:
    """Where the token lies for the settings at `path`."""
    return path.resolve().parent / config.data.directory / config.server.token_file


def _put(path: Path, text: str) -> None:
    """Renamed into place after the content is on the disk, and the name too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    with os.fdopen(
        os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="utf-8"
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

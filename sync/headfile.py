"""The ledger's head, beside its file: shows when an older database was put back.

Never trusted over the ledger: a head file that is behind, absent or broken proves nothing.
"""

from dataclasses import dataclass
from pathlib import Path

from sync.disk import replace_file


@dataclass(frozen=True, slots=True)
class Head:
    """The last place of a stream."""

    stream: str
    seq: int
    hash: str


def path_beside(database: Path) -> Path:
    """Where the head of a ledger is kept."""
    return database.with_name(f"{database.name}.head")


def write(database: Path, head: Head) -> None:
    """Renamed into place; its sync to the disk is not waited for, so it may be behind after a power cut."""
    replace_file(path_beside(database), f"{head.stream} {head.seq} {head.hash}\n")


def read(database: Path) -> Head | None:
    """What was written last; None when that cannot be read."""
    try:
        stream, seq, head_hash = path_beside(database).read_text(encoding="utf-8").split()
        return Head(stream, int(seq), head_hash)
    except (OSError, ValueError):
        return None

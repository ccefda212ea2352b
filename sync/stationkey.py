"""The key with which this station signs what it prints: a file that only its owner may read.

Never in the ledger, whose copies travel, and never loaded before it is wanted: the library takes its time.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from sync.disk import sync_folder

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_NAME: Final = "station.key"
KEY_BYTES: Final = 32
ONLY_THE_OWNER: Final = 0o600
OTHERS: Final = 0o077


class KeyUnusableError(Exception):
    """There is no key to sign with; the text says why."""


@dataclass(frozen=True, slots=True)
class StationKey:
    """An Ed25519 key."""

    public: str
    """What every station may know, in hex."""
    _private: "Ed25519PrivateKey"

    def sign(self, said: bytes) -> bytes:
        """The signature, 64 bytes."""
        signature: bytes = self._private.sign(said)
        return signature


def load_or_make(folder: Path, chance: Random) -> StationKey:
    """The key in `folder`, made by `chance` where there is none. Raises KeyUnusableError."""
    path = folder / KEY_NAME
    try:
        if not path.exists():
            _make(path, chance.randbytes(KEY_BYTES))
        _keep_from_others(path)
        return _key(bytes.fromhex(path.read_text(encoding="ascii")))
    except OSError as error:
        raise KeyUnusableError(f"{KEY_NAME} cannot be read or written: {error.strerror}") from error
    except ImportError as error:
        raise KeyUnusableError(f"signing cannot be loaded: {error}") from error
    except ValueError as error:
        raise KeyUnusableError(f"{KEY_NAME} holds no key") from error


def is_genuine(public_key: bytes, signature: bytes, said: bytes) -> bool:
    """Whether the key signed it; False for bytes that are no key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, said)
    except (InvalidSignature, ValueError):
        return False
    return True


def _key(private_bytes: bytes) -> StationKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(private_bytes)
    public: bytes = private.public_key().public_bytes_raw()
    return StationKey(public.hex(), private)


def _make(path: Path, private_bytes: bytes) -> None:
    """Whole and on the disk before it has its name; whoever else made one meanwhile has made the key."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_THE_OWNER)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{private_bytes.hex()}\n")
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    sync_folder(path.parent)


def _keep_from_others(path: Path) -> None:
    """A file that was copied back may have become everybody's."""
    if path.stat().st_mode & OTHERS:
        path.chmod(ONLY_THE_OWNER)

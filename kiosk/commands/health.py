"""`kiosk health`: whether the terminal beside us is well, as JSON for tools and as an exit code.

Never opens the ledger and never asks the terminal: it reads what the terminal wrote beside its ledger.
"""

import argparse
import shutil
import time
from collections.abc import Iterator, Mapping
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from floor.network import NetworkState
from kiosk.commands.words import about_settings
from kiosk.config import ConfigError, load

if TYPE_CHECKING:
    from kiosk.commands.words import Commands

FILE_NAME: Final = "health.json"
FILE_BYTES_MAX: Final = 65_536
AGE_S_MAX: Final = 20.0
"""The terminal writes every 5 s; a file that is older than this was left by one that hangs or has ended."""
DISK_FREE_BYTES_MIN: Final = 1_000_000_000
"""Below this, people should make room: a full disk takes no report."""
SOMEBODY_MUST_ACT: Final = frozenset(
    {NetworkState.BLOCKED, NetworkState.NO_TOKEN, NetworkState.TOKEN_REFUSED, NetworkState.WRONG_SERVER}
)
"""Roads that do not open by waiting. No network is no sickness: a station works for weeks without."""

NS_PER_MS: Final = 1_000_000


class Health(IntEnum):
    """The exit codes."""

    HEALTHY = 0
    SICK = 1
    CANNOT_SAY = 2


def offer(commands: "Commands") -> None:
    """Add the words of this command."""
    words = commands.add_parser("health", help="whether the terminal is well: JSON, and an exit code")
    about_settings(words)
    words.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print what is known; 0 healthy, 1 sick, 2 cannot say."""
    try:
        config = load(given.config)
        folder = given.config.resolve().parent / config.data.directory
        said = read(folder)
    except (ConfigError, OSError, ValueError) as error:
        return _answer(Health.CANNOT_SAY, [str(error)], {})
    now_ms = time.time_ns() // NS_PER_MS
    known = {
        "age_s": round((now_ms - said["written_ms"]) / 1000, 1),
        "disk_free_bytes": shutil.disk_usage(folder).free,
        **said,
    }
    complaints = list(complain(known))
    return _answer(Health.SICK if complaints else Health.HEALTHY, complaints, known)


def read(folder: Path) -> dict[str, Any]:
    """What the terminal wrote last. Raises OSError or ValueError where there is nothing to read."""
    import json

    path = folder / FILE_NAME
    if not path.is_file():
        raise OSError(f"{path} is not there: no terminal has run on this ledger.")
    with path.open("rb") as file:
        said = json.loads(file.read(FILE_BYTES_MAX))
    if not isinstance(said, dict) or not isinstance(said.get("written_ms"), int):
        raise ValueError(f"{path} does not say when it was written.")
    return said


def complain(known: Mapping[str, Any]) -> Iterator[str]:
    """Every sentence that speaks against it."""
    if abs(known["age_s"]) > AGE_S_MAX:
        yield f"The terminal has not said anything for {known['age_s']} s: it has ended, or it hangs."
    if known.get("trouble"):
        yield str(known["trouble"])
    if known.get("network") in {state.value for state in SOMEBODY_MUST_ACT}:
        yield f"The road to the server: {known['network']}."
    if known["disk_free_bytes"] < DISK_FREE_BYTES_MIN:
        yield f"Only {known['disk_free_bytes'] // 1_000_000} MB are free on the disk of the ledger."


def _answer(health: Health, complaints: list[str], known: Mapping[str, Any]) -> int:
    import json

    state = health.name.lower().replace("_", " ")
    print(json.dumps({"state": state, "complaints": complaints, **known}, indent=2))
    return health

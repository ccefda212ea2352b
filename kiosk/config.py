"""The terminal's settings: one TOML file, every key with a default and a reason.

Never guesses: an unknown key, a wrong type or an unreadable file is refused by name before anything starts.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from floor.identity import Name, Number

CONFIG_BYTES_MAX: Final = 256 * 1024


class ConfigError(ValueError):
    """The settings cannot be used; the text says where and what to do."""


class Section(BaseModel):
    """Base of all sections: closed against unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StationSection(Section):
    """Which terminal this is."""

    number: Number = "station-1"
    """The plant's number of this terminal, as loaded at the server."""
    name: Name = "Station 1"
    """What the top line says."""
    work_centre: Number | None = None
    """Where it stands; left out for a terminal that serves every work centre."""
    machine: Number | None = None
    """The machine that reports are about unless another is scanned; left out to scan it."""


class ServerSection(Section):
    """Where reports go."""

    url: Annotated[str, Field(pattern=r"^(https?://[^ ]+)?$")] = ""
    """Address of central, such as `http://10.0.0.5:8080`; empty to record without a server."""
    token_file: str = "station.token"
    """File with the token that `central station add` printed; relative to the data directory."""


class DataSection(Section):
    """Where this terminal keeps what it recorded."""

    directory: str = "station-data"
    """Ledger, health file and logs; relative to the settings file."""


class PrinterSection(Section):
    """One printer."""

    name: Name
    """How the supervisor's screen calls it."""
    kind: Literal["folder", "lp"]
    """`folder` leaves PDF files there; `lp` hands them to CUPS."""
    target: str
    """The folder, relative to the settings file; or the CUPS queue."""


class ScannerSection(Section):
    """What the scanners send."""

    prefix: str = ""
    """Letters that they put before each code; cut off."""


class ScreenSection(Section):
    """How the terminal looks and waits."""

    theme: Literal["auto", "dark", "ansi"] = "auto"
    """`ansi` for the 16 colours of the Linux console; `auto` chooses it there."""
    sign_off_minutes: Annotated[int, Field(ge=1, le=720)] = 20
    """Idle minutes after which the operator is signed off."""


class KioskConfig(Section):
    """The whole file."""

    station: StationSection = StationSection()
    server: ServerSection = ServerSection()
    data: DataSection = DataSection()
    scanner: ScannerSection = ScannerSection()
    screen: ScreenSection = ScreenSection()
    printer: tuple[PrinterSection, ...] = (PrinterSection(name="folder", kind="folder", target="slips"),)
    """Printers; the first one is the usual one."""


def load(path: Path) -> KioskConfig:
    """Read the settings. Raises ConfigError with what is wrong, where, and what to do."""
    try:
        with path.open("rb") as file:
            raw = file.read(CONFIG_BYTES_MAX + 1)
    except OSError as error:
        raise ConfigError(
            f"The settings {path} cannot be read ({error.strerror}). "
            "Copy config.example.toml there and fill it in, or name another file with --config."
        ) from error
    if len(raw) > CONFIG_BYTES_MAX:
        raise ConfigError(
            f"The settings {path} are larger than {CONFIG_BYTES_MAX} bytes. Is this the right file?"
        )
    try:
        return KioskConfig.model_validate(tomllib.loads(raw.decode()))
    except UnicodeDecodeError as error:
        raise ConfigError(f"The settings {path} are not UTF-8 text. Save them as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"The settings {path} are not TOML: {error}. Mend that line.") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ConfigError(
            f"The settings {path} are wrong at {key}: {first['msg']}. Mend that key."
        ) from error

"""The terminal's settings: one TOML file, every key with a default and a reason.

Never guesses: an unknown key, a wrong type or an unreadable file is refused by name before anything starts.
Never loads more than the standard library: the first frame waits for it (docs/decisions/0005).
"""

import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

CONFIG_BYTES_MAX: Final = 256 * 1024
TEXT_CHARS_MAX: Final = 120
MINUTES_MAX: Final = 720
DOTS_PER_INCH_MIN: Final = 150
FULL_READ_EVERY_MAX: Final = 1000
DOTS_PER_INCH_MAX: Final = 1200
MACHINES_MAX: Final = 32
BAUD_MAX: Final = 4_000_000


class ConfigError(ValueError):
    """The settings cannot be used; the text says where and what to do."""


def _fits(pattern: str, says: str) -> dict[str, Any]:
    """What a text must look like, and how people are told."""
    return {"pattern": re.compile(pattern), "says": says}


_HOST: Final = r"(\[[0-9A-Fa-f:.%\w]+\]|[^\s:/?#@\[\]]+)(:(?P<port>[0-9]{1,5}))?"
"""A host's name or address, and perhaps a port."""
_NUMBER: Final = _fits(r"[A-Za-z0-9][A-Za-z0-9 ._/+:#-]{0,39}", "a number of the plant, such as cutting-1")


@dataclass(frozen=True, slots=True, kw_only=True)
class StationSection:
    """Which terminal this is."""

    number: str = field(default="station-1", metadata=_NUMBER)
    """The plant's number of this terminal, as loaded at the server."""
    name: str = "Station 1"
    """What the top line says."""
    work_centre: str | None = field(default=None, metadata=_NUMBER)
    """Where it stands; left out for a terminal that serves every work centre."""
    machines: tuple[str, ...] = field(default=(), metadata=_NUMBER)
    """Its machines: reports are about the first one unless another is scanned; none to scan it always."""
    training: bool = True
    """Whether TRAINING may be used here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSection:
    """Where reports go."""

    url: str = field(
        default="", metadata=_fits(r"(https?://\S+)?", "an address such as http://10.0.0.5:8080")
    )
    """Address of central, such as `http://10.0.0.5:8080`; empty to record without a server."""
    token_file: str = "station.token"
    """File with the token that `central station add` printed; relative to the data directory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSection:
    """Where this terminal keeps what it recorded."""

    directory: str = "station-data"
    """Ledger, health file and logs; relative to the settings file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerSection:
    """What the scanners send."""

    prefix: str = field(default="", metadata=_fits(r".{0,8}", "at most 8 characters"))
    """Letters that they put before each code; cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenSection:
    """How the terminal looks and waits."""

    theme: str = field(default="auto", metadata=_fits("auto|dark|ansi", "auto, dark or ansi"))
    """`ansi` for the 16 colours of the Linux console; `auto` chooses it there."""
    lock_minutes: int = field(default=3, metadata={"least": 1, "most": MINUTES_MAX})
    """Idle minutes after which an unfinished report is put aside for its operator."""
    sign_off_minutes: int = field(default=20, metadata={"least": 1, "most": MINUTES_MAX})
    """Idle minutes after which the operator is signed off."""
    language: str = field(default="en", metadata=_fits("en|de|es|zh", "en, de, es or zh"))
    """What it speaks while nobody is signed on; a badge brings its own language."""
    touch: bool = False
    """The screen is touched: a finger on a line of a list, or on what names a key, does the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundSection:
    """What is heard when something was taken, taken with a flag, or refused."""

    how: str = field(default="auto", metadata=_fits("auto|bell|off", "auto, bell or off"))
    """`auto` plays three short sounds where the system can, else the terminal's bell; `bell`; `off`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingsSection:
    """The drawings that instructions name."""

    directory: str = "drawings"
    """Where they lie; relative to the settings file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterSection:
    """One printer."""

    name: str = "folder"
    """How the supervisor's screen calls it."""
    kind: str = field(default="folder", metadata=_fits("folder|lp|ipp|socket", "folder, lp, ipp or socket"))
    """`folder` leaves files there; `lp` hands them to CUPS; `ipp` and `socket` to the printer itself."""
    target: str = "slips"
    """A folder, relative to the settings file; a CUPS queue; `ipp://printer/ipp/print`; `printer:9100`."""
    dots_per_inch: int = field(default=203, metadata={"least": DOTS_PER_INCH_MIN, "most": DOTS_PER_INCH_MAX})
    """How fine it prints: every bar of a code gets a whole number of its dots."""
    paper: str = field(
        default="a6", metadata=_fits("a4|a5|a6|4x6|80mm", "a4, a5, a6, 4x6 (inch) or 80mm (a roll)")
    )
    """What slips are printed on here."""
    language: str = field(default="pdf", metadata=_fits("pdf|zpl|escpos|png", "pdf, zpl, escpos or png"))
    """What the printer understands: `zpl` label printers, `escpos` receipt printers; `png` is a picture."""
    full_read_every: int = field(default=1, metadata={"least": 1, "most": FULL_READ_EVERY_MAX})
    """Of papers printed one after the other, each how many-th is read back in full."""
    slip_template: str = ""
    """The plant's template for slips, relative to the settings file; empty for the slip that is built in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsSection:
    """The tags that are laid on pieces set aside or sent to rework."""

    printed: bool = True
    """Whether a report that sets pieces aside asks for their tag."""
    printer: str = ""
    """The name of the printer with the labels for them; empty for the usual printer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialSection:
    """One scanner on a serial port, or on USB as one."""

    name: str = "The serial scanner"
    """How the screen calls it."""
    device: str = "/dev/ttyACM0"
    """Its device file; one below `/dev/serial/by-id/` stays the same wherever it is plugged in."""
    baud: int = field(default=9600, metadata={"least": 300, "most": BAUD_MAX})
    """As the scanner is set; of no meaning on USB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputDeviceSection:
    """One scanner or keyboard that types, taken from the system for this terminal alone."""

    name: str = "The scanner"
    """How the screen calls it."""
    device: str = "/dev/input/by-id/usb-scanner-event-kbd"
    """Its device file; one below `/dev/input/by-id/` stays the same wherever it is plugged in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraSection:
    """A camera as a scanner."""

    name: str = "The camera"
    """How the screen calls it."""
    device: str = ""
    """Its device file, such as `/dev/video0`; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskConfig:
    """The whole file."""

    station: StationSection = StationSection()
    server: ServerSection = ServerSection()
    data: DataSection = DataSection()
    scanner: ScannerSection = ScannerSection()
    screen: ScreenSection = ScreenSection()
    sound: SoundSection = SoundSection()
    drawings: DrawingsSection = DrawingsSection()
    printer: tuple[PrinterSection, ...] = (PrinterSection(),)
    """Printers; the first one is the usual one."""
    tags: TagsSection = TagsSection()
    serial: tuple[SerialSection, ...] = ()
    """Scanners on serial ports."""
    input_device: tuple[InputDeviceSection, ...] = ()
    """Scanners and keyboards taken exclusively."""
    camera: CameraSection = CameraSection()


SECTIONS: Final[dict[str, type[Any]]] = {
    "station": StationSection,
    "server": ServerSection,
    "data": DataSection,
    "scanner": ScannerSection,
    "screen": ScreenSection,
    "sound": SoundSection,
    "drawings": DrawingsSection,
    "printer": PrinterSection,
    "tags": TagsSection,
    "serial": SerialSection,
    "input_device": InputDeviceSection,
    "camera": CameraSection,
}
"""Every table of the file."""

PORTS: Final = range(1, 2**16)
TARGETS: Final[dict[str, dict[str, Any]]] = {
    "folder": _fits(r".+", "a folder"),
    "lp": _fits(r"[^\s/#-][^\s/#]*", "the name of a queue as `lpstat -e` lists it"),
    "ipp": _fits(
        rf"ipp://{_HOST}(/\S*)?", "an address such as ipp://printer/ipp/print; for ipps, set a queue of CUPS"
    ),
    "socket": _fits(_HOST, "the printer and its port, such as printer:9100"),
}
"""What the target of each kind of printer must look like."""

SEVERAL: Final = frozenset({"printer", "serial", "input_device"})
"""Tables that may stand several times."""


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
            f"The settings {path} are larger than {CONFIG_BYTES_MAX} bytes. Is it the right file?"
        )
    try:
        return from_tables(tomllib.loads(raw.decode()))
    except UnicodeDecodeError as error:
        raise ConfigError(f"The settings {path} are not UTF-8 text. Save them as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"The settings {path} are not TOML: {error}. Mend that line.") from error
    except ConfigError as error:
        raise ConfigError(f"The settings {path} are wrong at {error}. Mend it.") from error


def from_tables(tables: dict[str, Any]) -> KioskConfig:
    """The settings that these tables say. Raises ConfigError with what is wrong and where."""
    read: dict[str, Any] = {}
    for name, table in tables.items():
        if name not in SECTIONS:
            raise ConfigError(f"{name}: there is no such table, only {', '.join(SECTIONS)}")
        if name not in SEVERAL:
            read[name] = _section(SECTIONS[name], table, name)
        elif isinstance(table, list):
            read[name] = tuple(_section(SECTIONS[name], one, f"{name}.{at}") for at, one in enumerate(table))
        else:
            raise ConfigError(f"{name}: write it as [[{name}]]")
    config = KioskConfig(**read)
    _check_printers(config)
    return config


def _check_printers(config: KioskConfig) -> None:
    """Whether each can be spoken to by what its kind needs, and each that is named is there."""
    names = [printer.name for printer in config.printer]
    for at, printer in enumerate(config.printer):
        if not printer.name or printer.name in names[:at]:
            raise ConfigError(f"printer.{at}.name: each printer must have a name of its own")
        wanted = TARGETS[printer.kind]
        found = wanted["pattern"].fullmatch(printer.target)
        if not found or int(found.groupdict().get("port") or 1) not in PORTS:
            raise ConfigError(f"printer.{at}.target: {printer.target!r} must be {wanted['says']}")
    if config.tags.printer not in {"", *names}:
        known = ", ".join(names) or "none"
        raise ConfigError(
            f"tags.printer: {config.tags.printer!r} must be the name of a printer set here: {known}"
        )


def _section(section: type[Any], table: Any, where: str) -> Any:
    if not isinstance(table, dict):
        raise ConfigError(f"{where}: it must be a table, [{where}]")
    known = {key.name: key for key in fields(section)}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"{where}.{key}: there is no such key, only {', '.join(known)}")
        _check(f"{where}.{key}", value, known[key].default, known[key].metadata)
    return section(
        **{key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    )


def _check(where: str, value: Any, default: Any, limits: Any) -> None:
    if isinstance(default, tuple):
        if not isinstance(value, list) or len(value) > MACHINES_MAX:
            raise ConfigError(f"{where}: it must be a list in [brackets], of at most {MACHINES_MAX}")
        for at, one in enumerate(value):
            _check(f"{where}.{at}", one, "", limits)
        return
    if isinstance(default, bool):
        if type(value) is not bool:
            raise ConfigError(f"{where}: it must be true or false")
        return
    if isinstance(default, int):
        if type(value) is not int or not limits["least"] <= value <= limits["most"]:
            raise ConfigError(f"{where}: it must be a number from {limits['least']} to {limits['most']}")
        return
    if not isinstance(value, str) or not value.isprintable() or len(value) > TEXT_CHARS_MAX:
        raise ConfigError(f'{where}: it must be text in "quotes", at most {TEXT_CHARS_MAX} characters')
    if "pattern" in limits and not limits["pattern"].fullmatch(value):
        raise ConfigError(f"{where}: it must be {limits['says']}")

"""`kiosk sheet`: the settings of a terminal as a page of paper, to be scanned at that terminal.

Never prints a page that it could not read back; never puts a token on paper unasked, nor where others read.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.config import ConfigError, load

if TYPE_CHECKING:
    from kiosk.commands.words import Commands
    from printing.document import Document
    from printing.jobs import Sheet
    from printing.settings_sheet import SettingsSheet

MADE: Final = 0
NOT_MADE: Final = 1
NEW_OR_EMPTY: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
OWNER_ONLY: Final = 0o600
ANYBODY: Final = 0o666
"""Less what the user's own mask takes away."""
HINT: Final = "Scan this at a terminal that has no settings, or at a running one after a supervisor's badge."


def offer(commands: "Commands") -> None:
    """Add the words of this command."""
    words = commands.add_parser("sheet", help="the settings as a page to be scanned at the terminal")
    words.add_argument("--config", type=Path, default=argparse.SUPPRESS, help="settings; config.toml")
    words.add_argument("--token-file", type=Path, help="puts this station's token on the sheet, too")
    words.add_argument("--to", type=Path, default=Path("sheet.pdf"), help="the page; sheet.pdf")
    words.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """0 when the page is written and was read back, 1 when it is not."""
    from kiosk.record import RecordError

    try:
        sheet = settings_sheet(given.config, given.token_file)
        keep(given.to, proved(sheet), secret=secret(given))
    except (ConfigError, RecordError, OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return NOT_MADE
    print(f"{given.to} holds the sheet of {sheet.title}; it was read back.")
    return MADE


def secret(given: argparse.Namespace) -> bool:
    """Whether a sheet holds this station's token: whoever has it is the station."""
    return given.token_file is not None


def keep(path: Path, content: bytes, *, secret: bool) -> None:
    """A file with this content; for nobody but its owner where it is secret. Raises OSError."""
    if secret:
        path.unlink(missing_ok=True)  # whoever has the old one open would read the new one
    with os.fdopen(os.open(path, NEW_OR_EMPTY, OWNER_ONLY if secret else ANYBODY), "wb") as file:
        file.write(content)


def settings_sheet(settings: Path, token_file: Path | None) -> "SettingsSheet":
    """The settings of a terminal as a sheet. Raises RecordError, ConfigError, OSError."""
    from kiosk.record import Record, code, in_words
    from printing.settings_sheet import SettingsSheet

    token = token_file.read_text(encoding="ascii").strip() if token_file else None
    record = Record(load(settings), token)
    title = f"Terminal {record.config.station.name}"
    return SettingsSheet(title=title, hint=HINT, code=code(record), lines=in_words(record))


def proved(sheet: "SettingsSheet") -> bytes:
    """The PDF, proved. Raises RecordError where a reader could not read it."""
    from printing.document import document

    return proved_document(sheet, document(sheet)).pdf


def proved_document(sheet: "Sheet", made: "Document") -> "Document":
    """The document itself, where every reader read it. Raises RecordError."""
    from kiosk.record import RecordError
    from printing.readback import Distrusted, read_back

    verdict = read_back(sheet, made)
    if isinstance(verdict, Distrusted):
        raise RecordError(f"The page cannot be read back, so it was not written: {verdict}")
    return made

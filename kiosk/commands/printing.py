"""`kiosk print`: slips, badges, tags, cards and sheets on paper, or as a preview into a file.

Never opens the ledger beside a running terminal: that one is asked. Never prints what could not be read back.
"""

import argparse
import os
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kiosk.commands.words import about_settings
from kiosk.config import ConfigError, KioskConfig, load

if TYPE_CHECKING:
    from kiosk.commands.words import Commands
    from printing.jobs import Sheet
    from printing.printers import PrinterSetting

DONE: Final = 0
FAILED: Final = 1
UNKNOWN: Final = 2
WAITING: Final = 3
OUTCOMES: Final = {"printed": DONE, "failed": FAILED, "unknown": UNKNOWN, "waiting": WAITING}
TOLD: Final = {
    "printed": "Printed on {printer}.",
    "failed": "Not printed on {printer}: {reason}",
    "unknown": "Perhaps printed on {printer}: {reason} Look at the printer.",
    "waiting": "Asked of {printer}; it has not answered yet. The request is kept.",
}
KNOWN_BY_THE_LEDGER: Final = (
    *("slip", "badges", "machines", "reasons", "commands", "numbers", "lots", "scanners", "day-close"),
)
BY_THEMSELVES: Final = ("settings", "enrolment")
"""Sheets with a key on them: no ledger ever hears of it."""

NO_TOKEN_IN_A_FOLDER: Final = (
    "This sheet lets its reader in as this station: it is not left in a folder. "
    "Print it on another printer, or write it with --pdf, for you alone."
)

Said = dict[str, Any]


def offer(commands: "Commands") -> None:
    """Add the words of this command."""
    words = commands.add_parser("print", help="slips, badges, tags, cards and sheets on paper or into a file")
    about_settings(words)
    words.add_argument("what", choices=(*KNOWN_BY_THE_LEDGER, *BY_THEMSELVES), metavar="WHAT")
    words.add_argument("chosen", nargs="*", help="the slip; or whose badges, which machines or lots; all")
    words.add_argument("--work-centre", help="where reasons or tags of machines will hang")
    words.add_argument("--single", action="store_true", help="each card on a plastic card of its own")
    words.add_argument("--printer", help="one of the settings' printers; the first")
    words.add_argument("--pdf", type=Path, help="writes a PDF there instead of printing")
    words.add_argument("--png", type=Path, help="writes a picture of each page there instead of printing")
    words.add_argument("--token-file", type=Path, help="settings: puts this station's token on the sheet")
    words.add_argument("--code", help="enrolment: the one-time code that the server made")
    words.add_argument("--server", help="enrolment: the server's address; that of the settings")
    words.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """0 printed or written, 1 not, 2 perhaps, 3 asked for and not answered yet."""
    from kiosk.record import RecordError
    from kiosk.wiring.asking import NoAnswerError

    try:
        config = load(given.config)
        if given.what in BY_THEMSELVES:
            return _by_itself(given, config)
        answer = _asked(given, config)
        if "error" in answer:
            print(answer["error"], file=sys.stderr)
            return FAILED
        if "sheet" in answer:
            return _write(given, config, _sheet_of(answer), answer["printer"])
    except (ConfigError, RecordError, NoAnswerError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return FAILED
    outcome = str(answer["outcome"])
    told = TOLD[outcome].format(printer=answer["printer"], reason=answer.get("reason", ""))
    print(told, file=sys.stdout if outcome == "printed" else sys.stderr)
    return OUTCOMES[outcome]


def _asked(given: argparse.Namespace, config: KioskConfig) -> Said:
    """The answer of the terminal that runs here; where none does, of this ledger opened by ourselves."""
    from kiosk.wiring.asking import NobodyThereError, ask

    said = {
        "ask": "sheet" if given.pdf or given.png else "print",
        "what": given.what,
        "chosen": given.chosen,
        "work_centre": given.work_centre,
        "single": given.single,
        "printer": given.printer,
    }
    folder = given.config.resolve().parent / config.data.directory
    try:
        return ask(folder, said)
    except NobodyThereError:
        return _alone(given.config, config, said)


def _alone(settings: Path, config: KioskConfig, said: Said) -> Said:
    import asyncio

    from kiosk.messages import CannotStartError
    from kiosk.wiring import Station
    from kiosk.wiring.asking import user_name
    from sync.errors import SyncError

    async def answered() -> Said:
        station = Station(config, settings)
        try:
            requests = await station.open_for_paper()
            answer = requests.sheet if said["ask"] == "sheet" else requests.print
            return await answer(said, user_name(os.getuid()))
        finally:
            await station.close()

    try:
        return asyncio.run(answered())
    except (CannotStartError, SyncError) as error:
        return {"error": str(error)}


def _sheet_of(answer: Said) -> "Sheet":
    from pydantic import TypeAdapter

    from printing.jobs import Sheet

    sheet: Sheet = TypeAdapter(Sheet).validate_json(answer["sheet"])
    return sheet


def _by_itself(given: argparse.Namespace, config: KioskConfig) -> int:
    """A sheet with a key on it: made here, printed from here, written down nowhere."""
    sheet = _settings(given) if given.what == "settings" else _enrolment(given, config)
    if given.pdf or given.png:
        return _write(given, config, sheet, given.printer)
    from floor.commands import PaperOutcome
    from kiosk.commands.sheet import secret
    from printing.jobs import Job
    from printing.printers import PrinterKind
    from printing.work import answer_job

    printer = _printer(given, config, given.printer)
    if secret(given) and printer.kind is PrinterKind.FOLDER:
        print(NO_TOKEN_IN_A_FOLDER, file=sys.stderr)
        return FAILED
    answer = answer_job(Job(paper="by-itself", printer=printer, sheet=sheet))
    outcome = answer.outcome or PaperOutcome.FAILED
    told = TOLD[outcome.value].format(printer=printer.name, reason=answer.reason)
    print(told, file=sys.stdout if outcome is PaperOutcome.PRINTED else sys.stderr)
    return OUTCOMES[outcome.value]


def _settings(given: argparse.Namespace) -> "Sheet":
    from kiosk.commands.sheet import settings_sheet

    return settings_sheet(given.config, given.token_file)


def _enrolment(given: argparse.Namespace, config: KioskConfig) -> "Sheet":
    from floor.refusals import Refusal
    from floor.tags import Tag, TagKind, decode
    from kiosk.record import RecordError
    from kiosk.words import said_in
    from printing.enrolment_sheet import enrolment_sheet

    tag = decode(given.code or "")
    if not isinstance(tag, Tag) or tag.kind is not TagKind.ENROLMENT:
        why = tag.sentence if isinstance(tag, Refusal) else "It is another sort of code."
        raise RecordError(f"--code: the one-time code that the server made, V and 14 letters. {why}")
    server = given.server or config.server.url
    if not server:
        raise RecordError("--server: which server this station belongs to; the settings name none.")
    return enrolment_sheet(config.station.name, server, given.code, said_in(config.screen.language))


def _printer(given: argparse.Namespace, config: KioskConfig, name: str | None) -> "PrinterSetting":
    """One of the settings. Raises ConfigError where there is none of this name."""
    from kiosk.wiring import Station

    printer = Station(config, given.config).printer(name)
    if printer is None:
        raise ConfigError("No printer of this name is set at this station.")
    return printer


def _write(given: argparse.Namespace, config: KioskConfig, sheet: "Sheet", printer: str | None) -> int:
    """The pages as files, proved as for that printer."""
    from kiosk.commands.sheet import keep, proved_document, secret
    from printing.document import document
    from printing.pictures import grey
    from printing.slip.styling import style_for
    from printing.slip.template_file import TemplateRefused

    setting = _printer(given, config, printer)
    style = style_for(setting, look=grey)
    if isinstance(style, TemplateRefused):
        raise ConfigError(str(style))
    made = proved_document(sheet, document(sheet, setting.dots_per_inch, style))
    written = []
    if given.pdf:
        keep(given.pdf, made.pdf, secret=secret(given))
        written.append(given.pdf)
    if given.png:
        written += _pictures(made.pdf, setting.dots_per_inch, given.png, secret(given))
    print(f"{', '.join(map(str, written))}: {len(made.pages)} page(s), read back.")
    return DONE


def _pictures(pdf: bytes, dots_per_inch: int, path: Path, secret: bool) -> list[Path]:
    """A file for each page: `page.png`, or `page-1.png`, `page-2.png` for several."""
    from kiosk.commands.sheet import keep
    from printing.raster import pictures

    found = pictures(pdf, dots_per_inch)
    single = len(found) == 1
    paths = [path if single else path.with_stem(f"{path.stem}-{at}") for at in range(1, len(found) + 1)]
    for picture, to in zip(found, paths, strict=True):
        kept = BytesIO()
        picture.save(kept, "PNG")
        keep(to, kept.getvalue(), secret=secret)
    return paths

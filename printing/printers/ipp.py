"""A printer that speaks IPP, asked directly: how it is, to take a page, what became of it.

Never says printed before the printer did; never cancels a page that may be on paper already.
"""

import http.client
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final
from urllib.parse import urlsplit

from floor.printers import PrinterTrouble
from printing.printers.delivery import (
    UNWATCHED,
    Delivery,
    Printable,
    Watcher,
    failed,
    not_yet,
    unknown,
)
from printing.printers.following import LIMITS, Limits, Progress, Stage, follow
from printing.printers.ipp_message import Attribute, NotIppError, Reply, Tag, Value, reply, request
from printing.printers.reasons import trouble_of

PORT: Final = 631
ANSWER_BYTES_MAX: Final = 1024 * 1024
SIZE_TOLERANCE: Final = 200
"""In hundredths of a millimetre: what printers call A6 is not of one size."""
WHO: Final = "transferslip"

_REFUSED: Final = 0x0400
"""From here on a status is a No."""
_NOT_FOUND: Final = 0x0406
_NOT_ACCEPTING: Final = 0x0506
_BUSY: Final = frozenset({0x0502, 0x0505, 0x0507})
"""Unavailable, temporary, busy."""
_STOPPED: Final = 5


class _Operation(IntEnum):
    PRINT_JOB = 0x0002
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B


class _JobState(IntEnum):
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


_PRINTER_WANTED: Final = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "media-col-ready",
)
_JOB_WANTED: Final = ("job-state", "job-state-reasons", "job-impressions-completed")


class _NotReachedError(OSError):
    """Nothing of the request went out."""


class _NoPrinterError(NotIppError):
    """Who listens there takes no such request at all."""


@dataclass(frozen=True, slots=True)
class _Printer:
    """Where it is, and how long one question may take."""

    uri: str
    limits: Limits

    def ask(
        self,
        operation: _Operation,
        about: Sequence[Attribute],
        job: Sequence[Attribute] = (),
        page: bytes = b"",
    ) -> Reply:
        """One request, one answer. Raises _NotReachedError, OSError, HTTPException or NotIppError."""
        where = urlsplit(self.uri)
        connection = http.client.HTTPConnection(
            where.hostname or "", where.port or PORT, timeout=self.limits.command_s
        )
        try:
            try:
                connection.connect()
            except (OSError, UnicodeError) as error:
                raise _NotReachedError(str(error)) from error
            body = request(operation, [*_usual(self.uri), *about], job) + page
            connection.request("POST", where.path or "/", body, {"Content-Type": "application/ipp"})
            answer = connection.getresponse()
            said = answer.read(ANSWER_BYTES_MAX)
            if answer.status != http.client.OK:
                refused = http.client.BAD_REQUEST <= answer.status < http.client.INTERNAL_SERVER_ERROR
                kind = _NoPrinterError if refused else NotIppError
                raise kind(f"it answered {answer.status} {answer.reason}")
            return reply(said)
        finally:
            connection.close()


def _usual(uri: str) -> list[Attribute]:
    return [
        Attribute(Tag.CHARSET, "attributes-charset", ["utf-8"]),
        Attribute(Tag.LANGUAGE, "attributes-natural-language", ["en"]),
        Attribute(Tag.URI, "printer-uri", [uri]),
        Attribute(Tag.NAME, "requesting-user-name", [WHO]),
    ]


def look_at_ipp(uri: str, page: Printable, limits: Limits = LIMITS) -> PrinterTrouble | None:
    """What keeps the printer from printing this page; None where nothing is known to."""
    said = _look(uri, limits)
    if isinstance(said, PrinterTrouble):
        return said
    if said.status >= _REFUSED:
        return None  # printing says what it refuses
    if said.attributes.get("printer-is-accepting-jobs") == [False]:
        return PrinterTrouble.NOT_ACCEPTING
    trouble = trouble_of(said.texts("printer-state-reasons"))
    if trouble is None and said.numbers("printer-state") == [_STOPPED]:
        return PrinterTrouble.NEEDS_HELP
    if trouble is None and not _has_paper(said.collections("media-col-ready"), page):
        return PrinterTrouble.WRONG_PAPER
    return trouble


def _look(uri: str, limits: Limits) -> Reply | PrinterTrouble:
    wanted = Attribute(Tag.KEYWORD, "requested-attributes", _PRINTER_WANTED)
    try:
        said = _Printer(uri, limits).ask(_Operation.GET_PRINTER_ATTRIBUTES, [wanted])
    except (OSError, http.client.HTTPException, NotIppError):
        return PrinterTrouble.OFFLINE
    return PrinterTrouble.BUSY if said.status in _BUSY else said


def _holds_up(uri: str, limits: Limits) -> PrinterTrouble | None:
    """What a page that is in the printer waits for."""
    said = _look(uri, limits)
    if isinstance(said, PrinterTrouble):
        return said
    trouble = trouble_of(said.texts("printer-state-reasons"), page_waits=True)
    if trouble is None and said.numbers("printer-state") == [_STOPPED]:
        return PrinterTrouble.NEEDS_HELP
    return trouble


def print_to_ipp(
    uri: str, page: Printable, limits: Limits = LIMITS, watcher: Watcher = UNWATCHED
) -> Delivery:
    """Gives a page to the printer, at its own size, and follows it until it is done or the time is up."""
    try:
        said = _submit(uri, page, limits)
    except _NotReachedError:
        return not_yet(PrinterTrouble.OFFLINE)
    except _NoPrinterError as error:
        return failed(f"This is no IPP printer: {error}.")
    except NotIppError as error:
        return unknown(f"The printer was given the page, and its answer says nothing: {error}.")
    except (OSError, http.client.HTTPException) as error:
        return unknown(f"The printer was given the page and did not answer ({type(error).__name__}).")
    if said.status in _BUSY:
        return not_yet(PrinterTrouble.BUSY)
    if said.status == _NOT_ACCEPTING:
        return not_yet(PrinterTrouble.NOT_ACCEPTING)
    if said.status >= _REFUSED:
        return failed(f"The printer refuses the page: {_why(said)}.")
    job = next(iter(said.numbers("job-id")), None)
    if job is None:
        return unknown("The printer took the page and named no job.")
    watcher.taken(str(job))
    return follow_at_ipp(uri, str(job), limits, watcher)


def follow_at_ipp(uri: str, job: str, limits: Limits = LIMITS, watcher: Watcher = UNWATCHED) -> Delivery:
    """What becomes of a job that the printer has."""
    return follow(f"job {job}", lambda: _ask(uri, job, limits), watcher, limits)


def _submit(uri: str, page: Printable, limits: Limits) -> Reply:
    """The printer's answer to the page; a busy one is asked again."""
    about = [
        Attribute(Tag.NAME, "job-name", [page.name]),
        Attribute(Tag.MIME_TYPE, "document-format", [page.media_type]),
    ]
    size: Mapping[str, list[Value]] = {
        "x-dimension": [_hundredths(page.width_mm)],
        "y-dimension": [_hundredths(page.height_mm)],
    }
    job = [
        Attribute(Tag.BEGIN_COLLECTION, "media-col", [{"media-size": [size]}]),
        Attribute(Tag.KEYWORD, "print-scaling", ["none"]),
    ]
    printer = _Printer(uri, limits)
    for _try in range(limits.busy_tries - 1):
        said = printer.ask(_Operation.PRINT_JOB, about, job, page.content)
        if said.status not in _BUSY:
            return said
        time.sleep(limits.busy_s)
    return printer.ask(_Operation.PRINT_JOB, about, job, page.content)


def _ask(uri: str, job: str, limits: Limits) -> Progress:
    """Where a job stands; what its printer waits for is asked with it."""
    about = [
        Attribute(Tag.INTEGER, "job-id", [int(job)]),
        Attribute(Tag.KEYWORD, "requested-attributes", _JOB_WANTED),
    ]
    try:
        said = _Printer(uri, limits).ask(_Operation.GET_JOB_ATTRIBUTES, about)
    except (OSError, http.client.HTTPException, NotIppError):
        return Progress(Stage.SILENT, "", PrinterTrouble.OFFLINE)
    if said.status == _NOT_FOUND:
        return Progress(Stage.FORGOTTEN)
    reasons = ", ".join(said.texts("job-state-reasons"))
    match next(iter(said.numbers("job-state")), None):
        case _JobState.COMPLETED:
            return Progress(Stage.DONE)
        case _JobState.CANCELED | _JobState.ABORTED if not any(said.numbers("job-impressions-completed")):
            return Progress(Stage.DROPPED, reasons)
        case _JobState.CANCELED | _JobState.ABORTED:
            return Progress(Stage.FORGOTTEN)
        case _:
            return Progress(Stage.WAITING, "", _holds_up(uri, limits))


def _has_paper(ready: Sequence[Mapping[str, list[Value]]], page: Printable) -> bool:
    """Whether a tray holds paper that the page fits on; also where the printer does not say what it holds."""
    sizes = [size for tray in ready for size in tray.get("media-size", []) if isinstance(size, Mapping)]
    told = [tuple(_numbers(size)) for size in sizes]
    whole = [size for size in told if len(size) == len(("x-dimension", "y-dimension"))]
    wanted = sorted((_hundredths(page.width_mm), _hundredths(page.height_mm)))
    return not whole or any(
        all(has + SIZE_TOLERANCE >= wants for has, wants in zip(sorted(size), wanted, strict=True))
        for size in whole
    )


def _numbers(size: Mapping[str, list[Value]]) -> list[int]:
    sides = [*size.get("x-dimension", []), *size.get("y-dimension", [])]
    return [side for side in sides if isinstance(side, int)]


def _hundredths(millimetres: float) -> int:
    return round(millimetres * 100)


def _why(said: Reply) -> str:
    words = said.texts("status-message")
    return words[0] if words and words[0] else f"status {said.status:#06x}"

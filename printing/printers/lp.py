"""A queue of CUPS as printer, asked through `lp` and `lpstat`.

Never says printed before the queue let go of the job; never cancels a job that may be on paper already.
"""

import os
import re
import subprocess
import time
from typing import Final

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
from printing.printers.reasons import trouble_of

_JOB: Final = re.compile(r"request id is (\S+-\d+)")
_BUSY: Final = re.compile(r"busy|unavailable|try again", re.IGNORECASE)
_NOT_ACCEPTING: Final = re.compile(r"not accepting", re.IGNORECASE)
_NO_SERVER: Final = re.compile(
    r"connection refused|scheduler is not running|unable to connect|bad file descriptor", re.IGNORECASE
)
_PAUSED: Final = re.compile(r"^printer \S+ disabled since", re.MULTILINE)
_PRINTING: Final = re.compile(r"^printer \S+ now printing", re.MULTILINE)
_ALERTS: Final = re.compile(r"Alerts: ([^;\n]*)")
_UNREACHABLE: Final = re.compile(
    r"may not exist|is unavailable|not responding|unreachable|unable to (?:locate|connect)|offline",
    re.IGNORECASE,
)
_CUPS_DRAWS: Final = frozenset({"application/pdf", "image/png"})
"""What CUPS turns into the printer's own language; the rest is in that language already."""
_NOT_PRINTED: Final = re.compile(r"cancel|abort|unsupported|document-format-error")
_ENGLISH: Final = {"LC_ALL": "C"}


def look_at_queue(queue: str, limits: Limits = LIMITS) -> PrinterTrouble | None:
    """What keeps the queue from printing: stopped, not accepting, no CUPS at all, or what its page waits for.

    The alerts of an idle queue are those of its last job, and may be over: they stop nothing.
    """
    try:
        said = _said(["lpstat", "-l", "-a", queue, "-p", queue], limits)
    except subprocess.TimeoutExpired:
        return PrinterTrouble.OFFLINE
    except OSError:
        return None  # printing says what is missing
    if _NO_SERVER.search(said):
        return PrinterTrouble.OFFLINE
    if _NOT_ACCEPTING.search(said):
        return PrinterTrouble.NOT_ACCEPTING
    if _PAUSED.search(said):
        return PrinterTrouble.PAUSED
    return _told(said, False) if _PRINTING.search(said) else None


def print_to_queue(
    queue: str, page: Printable, limits: Limits = LIMITS, watcher: Watcher = UNWATCHED
) -> Delivery:
    """Gives a page to a queue, at its own size, and follows the job until it is done or the time is up."""
    try:
        job = _submit(queue, page, limits)
    except FileNotFoundError:
        return failed("This machine has no lp: install cups-client.")
    except OSError as error:
        return failed(f"lp cannot be run: {error.strerror}")
    except subprocess.TimeoutExpired:
        return unknown(f"lp gave no answer in {limits.command_s:g} s.")
    if isinstance(job, Delivery):
        return job
    watcher.taken(job)
    return follow(job, lambda: _ask(queue, job, limits), watcher, limits)


def follow_in_queue(queue: str, job: str, limits: Limits = LIMITS, watcher: Watcher = UNWATCHED) -> Delivery:
    """What becomes of a job that the queue was given before; nobody saw whether it was begun meanwhile."""
    return follow(job, lambda: _ask(queue, job, limits), watcher, limits, begun=True)


def _submit(queue: str, page: Printable, limits: Limits) -> str | Delivery:
    """The job's id, or why there is none."""
    size = f"media=Custom.{page.width_mm:g}x{page.height_mm:g}mm"
    options = ["-o", size, "-o", "print-scaling=none"] if page.media_type in _CUPS_DRAWS else ["-o", "raw"]
    command = ["lp", "-d", queue, "-t", page.name, *options]
    said = ""
    for tries_left in reversed(range(limits.busy_tries)):
        answer = _run(command, page.content, limits)
        said = answer.stderr.decode(errors="replace").strip()
        if answer.returncode == 0:
            accepted = _JOB.search(answer.stdout.decode(errors="replace"))
            return accepted[1] if accepted else unknown("lp named no job.")
        if not _BUSY.search(said):
            break
        if tries_left:
            time.sleep(limits.busy_s)
    return _refused(said)


def _refused(said: str) -> Delivery:
    """Why lp took nothing, and whether it may be asked again."""
    if _NO_SERVER.search(said):
        return not_yet(PrinterTrouble.OFFLINE)
    if _NOT_ACCEPTING.search(said):
        return not_yet(PrinterTrouble.NOT_ACCEPTING)
    if _BUSY.search(said):
        return not_yet(PrinterTrouble.BUSY)
    return failed(said or "lp refused the page.")


def _ask(queue: str, job: str, limits: Limits) -> Progress:
    try:
        waiting = _details(queue, job, "not-completed", limits)
        if waiting is not None:
            said = _said(["lpstat", "-l", "-p", queue], limits)
            begun = f"now printing {job}." in said
            return Progress(Stage.WAITING, waiting, _trouble(said, waiting), begun)
        completed = _details(queue, job, "completed", limits)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Progress(Stage.SILENT, f"lpstat does not answer ({type(error).__name__}).")
    if completed is None:
        return Progress(Stage.FORGOTTEN)
    return Progress(Stage.DROPPED if _NOT_PRINTED.search(completed) else Stage.DONE, completed)


def _trouble(said: str, details: str) -> PrinterTrouble | None:
    """What the job waits for: `said` by its printer, or by its queue in `details`."""
    if _PAUSED.search(said):
        return PrinterTrouble.PAUSED
    return _told(f"{said}\n{details}", True)


def _told(said: str, page_waits: bool) -> PrinterTrouble | None:
    """The trouble in lpstat's alerts, or in its words about a printer that cannot be reached."""
    reasons = [reason for alert in _ALERTS.findall(said) for reason in alert.replace(",", " ").split()]
    return trouble_of(reasons, page_waits) or (PrinterTrouble.OFFLINE if _UNREACHABLE.search(said) else None)


def _details(queue: str, job: str, which: str, limits: Limits) -> str | None:
    """What `lpstat` says about a job; None when it is not among these."""
    answer = _run(["lpstat", "-l", "-W", which, "-o", queue], b"", limits)
    details: list[str] | None = None
    for line in answer.stdout.decode(errors="replace").splitlines():
        if not line.startswith(("\t", " ")):
            if details is not None:
                break
            details = [] if line.split(" ", 1)[0] == job else None
        elif details is not None:
            details.append(line.strip())
    if details is None:
        return None
    return "; ".join(line for line in details if not line.endswith(":"))


def _said(command: list[str], limits: Limits) -> str:
    answer = _run(command, b"", limits)
    return (answer.stdout + answer.stderr).decode(errors="replace")


def _run(command: list[str], given: bytes, limits: Limits) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command,
        input=given,
        capture_output=True,
        timeout=limits.command_s,
        check=False,
        env=os.environ | _ENGLISH,
    )

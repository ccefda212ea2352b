"""A queue of CUPS as printer, asked through `lp` and `lpstat`.

Never says printed before the queue let go of the job; never cancels a job that may be on paper already.
"""

import os
import re
import subprocess
import time
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from floor.commands import PaperOutcome
from printing.printers.delivery import Delivery


@dataclass(frozen=True, slots=True)
class Limits:
    """How long we wait, in seconds."""

    command_s: float = 10
    """For one call of `lp` or `lpstat`."""
    job_s: float = 45
    """For the queue to let go of the job."""
    poll_s: float = 0.5
    busy_s: float = 1
    """Before a busy queue is asked again."""
    busy_tries: int = 4


LIMITS: Final = Limits()

_JOB: Final = re.compile(r"request id is (\S+-\d+)")
_BUSY: Final = re.compile(r"busy|unavailable|try again", re.IGNORECASE)
_NOT_PRINTED: Final = re.compile(r"cancel|abort|unsupported|document-format-error")
_ENGLISH: Final = {"LC_ALL": "C"}


def print_to_queue(queue: str, name: str, pdf: bytes, limits: Limits = LIMITS) -> Delivery:
    """Gives a PDF to a queue, at its own size, and follows the job until it is done or the time is up."""
    try:
        job = _submit(queue, name, pdf, limits)
    except FileNotFoundError:
        return Delivery(PaperOutcome.FAILED, "this machine has no lp: install cups-client")
    except OSError as error:
        return Delivery(PaperOutcome.FAILED, f"lp cannot be run: {error.strerror}")
    except subprocess.TimeoutExpired:
        return Delivery(PaperOutcome.UNKNOWN, f"lp gave no answer in {limits.command_s:g} s")
    return job if isinstance(job, Delivery) else _follow(queue, job, limits)


def _submit(queue: str, name: str, pdf: bytes, limits: Limits) -> str | Delivery:
    """The job's id, or why there is none."""
    command = ["lp", "-d", queue, "-t", name, "-o", "print-scaling=none"]
    said = ""
    for tries_left in reversed(range(limits.busy_tries)):
        answer = _run(command, pdf, limits)
        said = answer.stderr.decode(errors="replace").strip()
        if answer.returncode == 0:
            accepted = _JOB.search(answer.stdout.decode(errors="replace"))
            return accepted[1] if accepted else Delivery(PaperOutcome.UNKNOWN, "lp named no job")
        if not _BUSY.search(said):
            break
        if tries_left:
            time.sleep(limits.busy_s)
    return Delivery(PaperOutcome.FAILED, said or "lp refused the page")


class _Job(Enum):
    """Where a job stands."""

    WAITING = auto()
    DONE = auto()
    DROPPED = auto()
    FORGOTTEN = auto()


def _follow(queue: str, job: str, limits: Limits) -> Delivery:
    deadline = time.monotonic() + limits.job_s
    while True:
        try:
            where, said = _state(queue, job, limits)
        except (OSError, subprocess.TimeoutExpired) as error:
            return Delivery(PaperOutcome.UNKNOWN, f"{job}: lpstat does not answer: {type(error).__name__}")
        match where:
            case _Job.DONE:
                return Delivery(PaperOutcome.PRINTED)
            case _Job.DROPPED:
                return Delivery(PaperOutcome.FAILED, f"{job}: {said}")
            case _Job.FORGOTTEN:
                return Delivery(PaperOutcome.UNKNOWN, f"{job}: the queue does not know it any more")
            case _Job.WAITING if time.monotonic() > deadline:
                return Delivery(PaperOutcome.UNKNOWN, f"{job} waits in the queue: {said}")
            case _Job.WAITING:
                time.sleep(limits.poll_s)


def _state(queue: str, job: str, limits: Limits) -> tuple[_Job, str]:
    waiting = _details(queue, job, "not-completed", limits)
    if waiting is not None:
        return _Job.WAITING, waiting
    completed = _details(queue, job, "completed", limits)
    if completed is None:
        return _Job.FORGOTTEN, ""
    return (_Job.DROPPED if _NOT_PRINTED.search(completed) else _Job.DONE), completed


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


def _run(command: list[str], given: bytes, limits: Limits) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command,
        input=given,
        capture_output=True,
        timeout=limits.command_s,
        check=False,
        env=os.environ | _ENGLISH,
    )

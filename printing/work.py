"""One job from sheet to paper: laid out, drawn, read back, and printed only when every reader agrees.

Never stops at a bad job: it answers why; `failed` only where surely nothing was printed.
"""

import json
from typing import Final

from pydantic import ValidationError

from floor.commands import PaperOutcome
from floor.identity import NAME_CHARS_MAX
from printing.document import Document, document
from printing.jobs import LINE_BYTES_MAX, Answer, Job
from printing.printers import Delivery, print_document
from printing.readback import Distrusted, Trusted, read_back
from printing.slip.side import Style

REASON_CHARS_MAX: Final = NAME_CHARS_MAX
"""What an event can hold."""


def answer_line(line: bytes) -> Answer:
    """Does what one line asks."""
    if len(line) > LINE_BYTES_MAX:
        return Answer(paper="", printer="", outcome=PaperOutcome.FAILED, reason="line too long")
    try:
        job = Job.model_validate_json(line)
    except ValidationError as error:
        return _not_a_job(line, error)
    return answer_job(job)


def answer_job(job: Job) -> Answer:
    """Does one job."""
    try:
        made = document(job.sheet, job.printer.dots_per_inch, Style(job.printer.paper))
        verdict = read_back(job.sheet, made, job.depth)
    except Exception as error:
        return _answer(job, Delivery(PaperOutcome.FAILED, f"cannot be drawn: {error!r}"))
    if isinstance(verdict, Distrusted):
        return _answer(job, Delivery(PaperOutcome.FAILED, f"not printed: {verdict}"))
    return _answer(job, _deliver(job, made), verdict)


def _deliver(job: Job, made: Document) -> Delivery:
    try:
        return print_document(job.printer, made.name, made.pdf)
    except Exception as error:
        return Delivery(PaperOutcome.UNKNOWN, f"{job.printer.name}: {error!r}")


def _answer(job: Job, delivery: Delivery, read: Trusted | None = None) -> Answer:
    return Answer(
        paper=job.paper,
        printer=job.printer.name,
        outcome=delivery.outcome,
        readers=read.readers if read else (),
        proof=read.proof if read else None,
        reason=delivery.reason[:REASON_CHARS_MAX],
    )


def _not_a_job(line: bytes, error: ValidationError) -> Answer:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    reason = f"not a job: {where}: {first['msg']}" if where else f"not a job: {first['msg']}"
    paper, printer = _names(line)
    return Answer(paper=paper, printer=printer, outcome=PaperOutcome.FAILED, reason=reason[:REASON_CHARS_MAX])


def _names(line: bytes) -> tuple[str, str]:
    """Paper and printer of a broken job, as far as it says them, so that the answer finds home."""
    try:
        said = json.loads(line)
    except ValueError:
        return "", ""
    job = said if isinstance(said, dict) else {}
    printer = job.get("printer")
    name = printer.get("name") if isinstance(printer, dict) else None
    return str(job.get("paper") or ""), str(name or "")

"""One job from sheet to paper: laid out, drawn, read back, and printed only when every reader agrees.

Never hands a page over before its parent may know of it.
Never stops at a bad job: it answers why; `failed` only where surely nothing was printed.
"""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Final, Protocol

from pydantic import ValidationError

from floor.commands import PaperOutcome
from floor.identity import NAME_CHARS_MAX
from printing.document import Document, document, marked
from printing.jobs import ASKED, LINE_BYTES_MAX, Answer, Follow, Job, Sheet, to_line
from printing.languages import MEDIA_TYPES, SUFFIXES, CannotSayError, spoken
from printing.pictures import grey
from printing.printers import Language, PrinterSetting
from printing.printers.all_kinds import follow, look_at, print_document
from printing.printers.delivery import UNWATCHED, Delivery, Printable, Watcher, not_yet
from printing.readback import Distrusted, Trusted, read_back
from printing.sheet import SlipSheet
from printing.slip.side import BUILT_IN_STYLE, Style
from printing.slip.styling import CannotStyleError, style_for
from printing.slip.template_file import TemplateRefused

REASON_CHARS_MAX: Final = NAME_CHARS_MAX
"""What an event can hold."""
NOT_ALLOWED: Final = "It was called back before it was handed over."


class Parent(Watcher, Protocol):
    """Who asked for the page."""

    def page_read(self) -> None:
        """Told after each page that is read back and that another one follows."""

    def may_hand_over(self) -> bool:
        """Asked when the page is ready: from a Yes on it may be on paper."""


class _Agreed:
    """A parent that keeps nothing: whoever waits for the page sees what becomes of it."""

    held_up = staticmethod(UNWATCHED.held_up)
    taken = staticmethod(UNWATCHED.taken)

    @staticmethod
    def page_read() -> None:
        return

    @staticmethod
    def may_hand_over() -> bool:
        return True


AGREED: Final[Parent] = _Agreed()


def answer_line(line: bytes, parent: Parent = AGREED) -> Answer:
    """Does what one line asks."""
    if len(line) > LINE_BYTES_MAX:
        return Answer(paper="", printer="", outcome=PaperOutcome.FAILED, reason="line too long")
    try:
        asked = ASKED.validate_json(line)
    except ValidationError as error:
        return _not_a_job(line, error)
    if isinstance(asked, Follow):
        return _answer(asked, _followed(asked, parent))
    return answer_job(asked, parent)


def answer_job(job: Job, parent: Parent = AGREED) -> Answer:
    """Does one job."""
    try:
        page, read = _proved(to_line(job), _style(job.sheet, job.printer), parent.page_read)
    except CannotStyleError as error:
        return _answer(job, Delivery(PaperOutcome.FAILED, str(error)))
    except (CannotSayError, _DistrustedError) as error:
        return _answer(job, Delivery(PaperOutcome.FAILED, f"not printed: {error}"))
    except Exception as error:
        return _answer(job, Delivery(PaperOutcome.FAILED, f"cannot be drawn: {error!r}"))
    return _answer(job, _deliver(job, page, parent), read)


class _DistrustedError(Exception):
    """The page does not read back; the text says what."""


@lru_cache(maxsize=1)
def _proved(line: bytes, style: Style, page_read: Callable[[], None]) -> tuple[Printable, Trusted]:
    """The page of a job, and what its readers saw. The last one is kept: a printer may not be able to yet."""
    job = Job.model_validate_json(line)
    made = document(job.sheet, job.printer.dots_per_inch, style)
    page = printable(made, job.printer.language, job.paper)
    verdict = read_back(job.sheet, made, job.depth, page.content, page_read)
    if isinstance(verdict, Distrusted):
        raise _DistrustedError(str(verdict))
    return page, verdict


def drawn(sheet: Sheet, printer: PrinterSetting) -> Document:
    """The sheet as this printer makes it. Raises CannotStyleError for a template that cannot be used."""
    return document(sheet, printer.dots_per_inch, _style(sheet, printer))


def _style(sheet: Sheet, printer: PrinterSetting) -> Style:
    """The template is read anew for each slip: a mended one is taken at once. Raises CannotStyleError."""
    style = style_for(printer, look=grey) if isinstance(sheet, SlipSheet) else BUILT_IN_STYLE
    if isinstance(style, TemplateRefused):
        raise CannotStyleError(str(style))
    return style


def printable(made: Document, language: Language = Language.PDF, paper: str = "") -> Printable:
    """The document as a printer of this language is given it, for one `paper`. Raises CannotSayError."""
    first = made.pages[0]
    return Printable(
        marked(made.name, paper),
        spoken(made, language),
        first.width,
        first.height,
        MEDIA_TYPES[language],
        SUFFIXES[language],
    )


def _deliver(job: Job, page: Printable, parent: Parent) -> Delivery:
    handed = False
    try:
        trouble = look_at(job.printer, page)
        if trouble:
            return not_yet(trouble)
        if not parent.may_hand_over():
            return Delivery(None, NOT_ALLOWED)
        handed = True
        return print_document(job.printer, page, parent)
    except Exception as error:
        outcome = PaperOutcome.UNKNOWN if handed else PaperOutcome.FAILED
        return Delivery(outcome, f"{job.printer.name}: {error!r}")


def _followed(page: Follow, parent: Parent) -> Delivery:
    try:
        return follow(page.printer, page.job, parent)
    except Exception as error:
        return Delivery(PaperOutcome.UNKNOWN, f"{page.printer.name}: {error!r}")


def _answer(job: Job | Follow, delivery: Delivery, read: Trusted | None = None) -> Answer:
    return Answer(
        paper=job.paper,
        printer=job.printer.name,
        outcome=delivery.outcome,
        readers=read.readers if read else (),
        proof=read.proof if read else None,
        reason=delivery.reason[:REASON_CHARS_MAX],
        trouble=delivery.trouble,
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

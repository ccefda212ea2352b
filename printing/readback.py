"""Reads a page back before it is printed: what was read must be what was meant, by every reader there is.

Never repairs, never trusts the layout: codes come from the picture of the very PDF that goes to the printer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final

from PIL import Image

from floor.events import Proof
from floor.refusals import Refusal
from floor.tags import TagKind, decode, grouped
from printing.document import Document
from printing.grading import Misread, Patch, Strength, patches, strength, unread_bare
from printing.grid import Grid
from printing.harms import Harm
from printing.jobs import Depth
from printing.layout import CODE_128, Placed, Sheet, foreign, lacking, placed
from printing.page import Page
from printing.raster import picture_by_picture
from printing.readers import readers

PAGE_DOTS_PER_INCH: Final = 300
"""As a whole, a page of a finer printer is looked at about so coarse; its codes one by one at every dot."""

PAGES_MAX: Final = 100
"""Of one document: 1,000 badges. Whoever has more prints them in parts."""

_LETTERS_SAID_MAX: Final = 20
_KINDS: Final = {
    TagKind.SLIP: "slip",
    TagKind.PERSON: "badge",
    TagKind.MACHINE: "machine",
    TagKind.REASON: "reason",
    TagKind.COMMAND: "command",
    TagKind.NUMBER: "number",
    TagKind.MATERIAL_LOT: "lot",
    TagKind.HOLD: "hold tag",
    TagKind.ENROLMENT: "enrolment",
    TagKind.TERMINAL: "terminal",
}


class Fault(StrEnum):
    """What is wrong with a page."""

    NOT_PLACED = "is missing on the page"
    NOT_MEANT = "belongs to something else"
    NOT_READ = "cannot be read"
    READ_AS_ANOTHER = "is read, and nobody meant it"
    TOO_MANY = f"is one too many: a document has at most {PAGES_MAX}"
    TOO_WEAK = "would not be read any more after a little wear"


@dataclass(frozen=True, slots=True)
class Trusted:
    """Every reader read all that was meant and nothing else."""

    readers: tuple[str, ...]
    proof: Proof


@dataclass(frozen=True, slots=True)
class Distrusted:
    """The page must not be printed."""

    fault: Fault
    page: int
    """1 is the first; 0 where no single page is to blame."""
    codes: Placed
    reader: str | None = None
    """Who could not read it, or read something else."""

    def __str__(self) -> str:
        """For a supervisor: which code, where, and what is wrong with it."""
        where = f"page {self.page}: " if self.page else ""
        by = f" by {self.reader}" if self.reader and self.fault is Fault.NOT_READ else ""
        return f"{where}{self._codes()} {self.fault}{by}"

    def _codes(self) -> str:
        if not self.codes:
            return "a page"
        first, *others = sorted(named(form, code) for form, code in self.codes)
        return f"{first} and {len(others)} more" if others else first


def named(form: str, code: str) -> str:
    """A code as people call it: `the bars of the slip (TBCD FGHJ KBX)`."""
    tag = decode(code)
    what = "of an unknown code"
    if not isinstance(tag, Refusal):
        step = tag.kind is TagKind.SLIP_STEP
        what = f"of step {tag.step_number}" if step else f"of the {_KINDS.get(tag.kind, tag.kind.name)}"
    shown = code if len(code) <= _LETTERS_SAID_MAX else f"{code[:_LETTERS_SAID_MAX]}…"
    return f"the {'bars' if form == CODE_128 else 'QR'} {what} ({grouped(shown)})"


def read_back(
    sheet: Sheet,
    document: Document,
    depth: Depth = Depth.FULL,
    given: bytes | None = None,
    page_read: Callable[[], None] = lambda: None,
) -> Trusted | Distrusted:
    """Whether this PDF says to every reader what the sheet says, and how much harm it stands.

    `given` is what the printer gets, for the evidence: the PDF, unless it speaks another language.
    `page_read` is called after each page that another one follows.
    """
    if len(document.pages) > PAGES_MAX:
        return Distrusted(Fault.TOO_MANY, 0, frozenset())
    if missing := lacking(sheet, document.pages):
        return Distrusted(Fault.NOT_PLACED, 0, missing)
    if strange := foreign(sheet, document.pages):
        return Distrusted(Fault.NOT_MEANT, 0, strange)
    read = _read_full if depth is Depth.FULL else _read_codes
    return read(document, sha256(document.pdf if given is None else given).hexdigest(), page_read)


def _read_codes(document: Document, digest: str, page_read: Callable[[], None]) -> Trusted | Distrusted:
    """Each code by itself, as in a batch between the pages that are read in full."""
    for number, page in enumerate(document.pages, 1):
        if number > 1:
            page_read()
        if unread := unread_bare(page):
            return Distrusted(Fault.NOT_READ, number, frozenset(unread), next(iter(readers())))
    return Trusted((next(iter(readers())),), _proof(document, digest, []))


def _read_full(document: Document, digest: str, page_read: Callable[[], None]) -> Trusted | Distrusted:
    """The page as it is by every reader, then each of its codes through every harm."""
    strengths: list[Strength] = []
    seen = picture_by_picture(document.pdf, document.dots_per_inch)
    for page in document.pages:
        if strengths:
            page_read()
        picture = next(seen, None)
        if picture is None:
            return Distrusted(Fault.NOT_PLACED, 0, frozenset())
        stands = _read_page(page, len(strengths) + 1, picture, document.dots_per_inch)
        if isinstance(stands, Distrusted):
            return stands
        strengths.append(stands)
        del picture  # it goes before the next one comes
    if next(seen, None):
        return Distrusted(Fault.NOT_PLACED, 0, frozenset())
    return Trusted(tuple(readers()), _proof(document, digest, strengths))


def _read_page(page: Page, number: int, picture: Image.Image, dots_per_inch: int) -> Strength | Distrusted:
    """One page from its picture: how much harm it stands, or why it is not printed."""
    grid = Grid(dots_per_inch)
    cut = patches(page, picture, grid)
    if fault := _unlike(page, number, picture, cut, dots_per_inch):
        return fault
    stands = strength(cut, grid.dots(1), readers())
    if isinstance(stands, Misread):
        wrong = frozenset({(stands.patch.form, stands.read)})
        return Distrusted(Fault.READ_AS_ANOTHER, number, wrong, stands.reader)
    if stands.grade is None:
        return Distrusted(Fault.TOO_WEAK, number, stands.too_weak)
    return stands


def _unlike(
    page: Page, number: int, picture: Image.Image, cut: list[Patch], dots_per_inch: int
) -> Distrusted | None:
    """What some reader sees in the picture of a page other than what is meant.

    On a page of many QRs zxing-cpp gives up before it has put the corners of a large one together: what a
    reader missed on the page it is shown by itself, as one aims a scanner at it.
    """
    whole = picture.reduce(max(1, dots_per_inch // PAGE_DOTS_PER_INCH))
    meant = placed(page)
    for name, reader in readers().items():
        found = reader.page(whole)
        missed = [patch for patch in cut if (patch.form, patch.code) in meant - found]
        aimed_at = {(patch.form, reader.patch(patch.form, patch.picture)) for patch in missed}
        if unread := meant - found - aimed_at:
            return Distrusted(Fault.NOT_READ, number, unread, name)
        if wrong := _ours(found - meant):
            return Distrusted(Fault.READ_AS_ANOTHER, number, wrong, name)
    return None


def _proof(document: Document, digest: str, strengths: list[Strength]) -> Proof:
    """Without strengths nothing was harmed, and there is no grade."""
    harms = tuple(Harm) if strengths else ()
    return Proof(
        dots_per_inch=document.dots_per_inch,
        sha256=digest,
        grade=max((stands.grade for stands in strengths if stands.grade), default=None),
        harms=tuple(harm.value for harm in harms),
        survived=tuple(harm.value for harm in harms if all(harm in one.survived for one in strengths)),
    )


def _ours(found: Placed) -> Placed:
    """Without what no terminal would take: a reader may see bars in a drawing, but no check character."""
    return frozenset((form, code) for form, code in found if not isinstance(decode(code), Refusal))

"""How much harm the codes of a page stand: each by itself, through every harm, read again.

Never lets luck count: a code survives a harm when a reader reads it as meant, and the page has the grade of
its weakest code.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PIL import Image

from floor.events import Grade
from printing import symbols
from printing.grid import Box, Grid
from printing.harms import Harm, harmed
from printing.layout import CODE_128, QR, Placed
from printing.page import Bars, Page, Square
from printing.readers import Reader, read_bare

LOST_MAX: Final = len(Grade) - 1
"""So many harms may be too much for a code, and it is printed all the same."""
QUIET_BARS_MODULES: Final = 10
QUIET_QR_MODULES: Final = 4
BARE_MODULE_DOTS: Final = 2

_BLACK_AND_WHITE: Final = bytes.maketrans(b"01", b"\xff\x00")


@dataclass(frozen=True, slots=True)
class Patch:
    """One code of a page, cut out with its quiet zone."""

    form: str
    code: str
    picture: Image.Image


@dataclass(frozen=True, slots=True)
class Misread:
    """What must never be: a harmed code that a reader took for another one."""

    patch: Patch
    reader: str
    read: str


@dataclass(frozen=True, slots=True)
class Strength:
    """Which harms were too much for which codes."""

    lost: dict[Harm, tuple[Patch, ...]]

    @property
    def grade(self) -> Grade | None:
        """None where some code is too weak to be printed."""
        most = max((len(harms) for harms in self.by_patch().values()), default=0)
        return tuple(Grade)[most] if most <= LOST_MAX else None

    @property
    def too_weak(self) -> Placed:
        """The codes that too many harms were too much for."""
        return frozenset(code for code, harms in self.by_patch().items() if len(harms) > LOST_MAX)

    @property
    def survived(self) -> tuple[Harm, ...]:
        """The harms that no code was lost to."""
        return tuple(harm for harm, lost in self.lost.items() if not lost)

    def by_patch(self) -> dict[tuple[str, str], list[Harm]]:
        """The harms that were too much, by form and code."""
        found: dict[tuple[str, str], list[Harm]] = {}
        for harm, lost in self.lost.items():
            for patch in lost:
                found.setdefault((patch.form, patch.code), []).append(harm)
        return found


def patches(page: Page, picture: Image.Image, grid: Grid) -> list[Patch]:
    """Every code of a page, cut out of its picture."""
    return list(_patches(page, picture, grid))


def _patches(page: Page, picture: Image.Image, grid: Grid) -> Iterator[Patch]:
    for mark in page.marks:
        if isinstance(mark, Bars):
            box, dots = grid.bars(mark, symbols.bars_modules(mark.code))
            yield Patch(CODE_128, mark.code, _cut(picture, box, QUIET_BARS_MODULES * dots, 0))
        elif isinstance(mark, Square):
            box, dots = grid.square(mark, len(symbols.qr(mark.code)))
            quiet = QUIET_QR_MODULES * dots
            yield Patch(QR, mark.code, _cut(picture, box, quiet, quiet))


def _cut(picture: Image.Image, box: Box, across: int, along: int) -> Image.Image:
    """A rectangle of dots with so many more around it."""
    right, lower = box.x + box.width, box.y + box.height
    return picture.crop((box.x - across, box.y - along, right + across, lower + along))


def strength(cut: list[Patch], dots_per_mm: float, readers: dict[str, Reader]) -> Strength | Misread:
    """How much harm these codes stand. Each reader is asked in turn until one reads what was meant."""
    lost: dict[Harm, tuple[Patch, ...]] = {}
    for harm in Harm:
        gone = []
        for patch in cut:
            worse = harmed(patch.picture, harm, dots_per_mm)
            match _read(patch, worse, readers):
                case Misread() as misread:
                    return misread
                case False:
                    gone.append(patch)
        lost[harm] = tuple(gone)
    return Strength(lost)


def _read(patch: Patch, picture: Image.Image, readers: dict[str, Reader]) -> bool | Misread:
    for name, reader in readers.items():
        read = reader.patch(patch.form, picture)
        if read == patch.code:
            return True
        if read is not None:
            return Misread(patch, name, read)
    return False


def unread_bare(page: Page) -> list[tuple[str, str]]:
    """The codes of a page whose modules alone, drawn by themselves, are not read as what they are."""
    bare = [
        (CODE_128 if isinstance(mark, Bars) else QR, mark.code)
        for mark in page.marks
        if isinstance(mark, Bars | Square)
    ]
    return [(form, code) for form, code in bare if read_bare(form, _bare(form, code)) != code]


def _bare(form: str, code: str) -> Image.Image:
    """Nothing but one code, two dots a module."""
    if form == CODE_128:
        rows = [symbols.bars(code)] * 8
        quiet = QUIET_BARS_MODULES
    else:
        modules = symbols.qr(code)
        rows = [f"{row:0{len(modules)}b}" for row in modules]
        quiet = QUIET_QR_MODULES
    width = len(rows[0]) + 2 * quiet
    rows = [f"{row:0^{width}}" for row in rows]
    edge = ["0" * width] * (quiet if form == QR else 0)
    dots = "".join([*edge, *rows, *edge]).encode().translate(_BLACK_AND_WHITE)
    picture = Image.frombytes("L", (width, len(rows) + 2 * len(edge)), dots)
    return picture.resize(
        (picture.width * BARE_MODULE_DOTS, picture.height * BARE_MODULE_DOTS), Image.Resampling.NEAREST
    )

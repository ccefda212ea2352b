"""What would be printed, as the printer would get it and a terminal shows it: by a child process, one a page.

Never prints, never records, and never signs: the passport of a page that is only looked at proves nothing.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from pydantic import ValidationError

from floor.codec import Fact
from floor.commands import ReprintSlip
from floor.decide import Picture as State
from floor.decide.paper import lots
from floor.events import Moment, SlipIssued, SlipReprinted, Subjects
from floor.progress import OrderProgress, fold_order
from kiosk.drawings import ROOMS, Cell, Picture
from kiosk.previews import SHARPNESS, PaperPage, Wanted
from kiosk.wiring.once import ask_once
from kiosk.wiring.passports import Key
from kiosk.wiring.sheets import SheetMaker, SheetMemory
from printing.preview.looks import Look, Shown
from printing.printers import PrinterSetting

DEADLINE_S: Final = 10.0
"""For one page, with starting the child; the supervisor waits for it."""
COMMAND: Final = (sys.executable, "-m", "printing.preview")
EXAMPLE: Final = "BBBBBBBB"
"""Stands for the number that a slip gets when it is issued."""
NOT_PRINTED: Final = "preview"
"""Stands for the ledger's head, which is known when the paper is asked for."""
SIGNATURE_BYTES: Final = 64

GREYS: Final = 16
_GREY: Final = [0x111111 * shade for shade in range(GREYS)]
_CELLS: Final[list[Cell]] = [(upper, lower) for upper in _GREY for lower in _GREY]
"""Every cell that a page is made of, once."""


class PreviewMemory(SheetMemory, Protocol):
    """What a preview needs of the station's memory."""

    def moment(self) -> Moment:
        """Now."""


class _Unsigned:
    """A key that is named and does not sign: the code is as large as the real one, and proves nothing."""

    def __init__(self, key: Key) -> None:
        self.public = key.public

    def sign(self, _said: bytes, /) -> bytes:
        return bytes(SIGNATURE_BYTES)


class _Ahead:
    """The station's memory as if one more fact were in it and nobody could sign; satisfies `SheetMemory`."""

    def __init__(self, memory: SheetMemory, about: Subjects, fact: Fact) -> None:
        self._memory = memory
        self._about = about
        self._fact = fact
        self.plant = memory.plant
        self.people = memory.people
        self.fact = memory.fact

    async def picture(self, _subjects: Subjects) -> State:
        found = await self._memory.picture(self._about)
        order = fold_order([*found.order.facts, self._fact], found.order.number)
        return replace(found, order=order)

    async def head_at(self, _fact: Fact) -> str:
        return NOT_PRINTED

    @property
    def vouching(self) -> "_Ahead":
        return self

    async def key(self) -> Key | None:
        key = await self._memory.vouching.key()
        return _Unsigned(key) if key else None


class Previews:
    """The pages of one station."""

    def __init__(
        self,
        memory: PreviewMemory,
        printers: tuple[PrinterSetting, ...],
        sheets: Callable[[SheetMemory], SheetMaker],
    ) -> None:
        """`sheets` makes what makes the sheets of this station, from whatever memory."""
        self._memory = memory
        self._printers = {printer.name: printer for printer in printers}
        self._sheets = sheets

    async def preview(self, wanted: Wanted, page: int) -> PaperPage | None:
        """The page as the printer would make it; satisfies `kiosk.previews.Preview`."""
        printer = self._printers.get(wanted.printer or "")
        order = (await self._memory.picture(wanted.subjects())).order
        asked = _asked(wanted, order, self._memory.moment())
        if printer is None or asked is None:
            return None
        fact = Fact(stream=NOT_PRINTED, seq=1, event_id=wanted.intent, event=asked)
        sheet = await self._sheets(_Ahead(self._memory, wanted.subjects(), fact)).sheet(fact, printer)
        rooms = tuple((columns, 2 * rows) for columns, rows in ROOMS)
        look = Look(printer=printer, sheet=sheet, page=page, rooms=rooms, sharpness=SHARPNESS)
        try:
            said = await ask_once(COMMAND, look.model_dump_json().encode(), DEADLINE_S)
            shown = Shown.model_validate_json(said)
        except (TimeoutError, OSError, ValidationError):
            return None
        whole, larger = (tuple(map(_picture, pictures)) for pictures in (shown.whole, shown.larger))
        return PaperPage(shown.page, shown.pages, whole, larger)


def _asked(wanted: Wanted, order: OrderProgress, now: Moment) -> SlipIssued | SlipReprinted | None:
    """What asking would put into the ledger first; None where there is no such slip."""
    if isinstance(wanted, ReprintSlip):
        slip = order.slips.get(wanted.slip)
        if slip is None or not slip.known:
            return None
        return SlipReprinted(
            at=now,
            by=wanted.by,
            slip=wanted.slip,
            order=slip.order,
            copy_letter=slip.next_copy,
            printer=wanted.printer,
        )
    return SlipIssued(
        at=now,
        by=wanted.by,
        slip=EXAMPLE,
        order=wanted.order,
        quantity=lots(wanted.quantity, wanted.lot)[0],
        make_up=wanted.make_up,
        printer=wanted.printer,
    )


def _picture(rows: tuple[str, ...]) -> Picture:
    """Two rows of pixels make one of cells; below the last of an odd number lies paper."""
    lines = [bytes.fromhex(row) for row in rows]
    if len(lines) % 2:
        lines.append(b"\xff" * len(lines[0]))
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return Picture(tuple(tuple(map(_cell, upper, lower)) for upper, lower in pairs))


def _cell(upper: int, lower: int) -> Cell:
    return _CELLS[upper // GREYS * GREYS + lower // GREYS]

"""What a fact that asks for paper is to look like: its sheet, from what this station knows when it is made.

Never prints and never records: the paper desk does. Never writes a word in another language than the plant's.
"""

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from floor.chain import HEAD_CHARS_SHOWN
from floor.codec import Fact
from floor.decide import Picture
from floor.events import (
    CardsAsked,
    CardUse,
    DayClosed,
    DaySheetAsked,
    Event,
    PaperAsked,
    ReasonUse,
    SlipReprinted,
    Subjects,
    TagAsked,
)
from floor.people import Person
from floor.plant import Plant
from floor.progress import OrderProgress
from floor.tags import copy_letter
from kiosk.wiring.passports import Vouches, signed_passport
from printing import cards
from printing.cards import CardSheet, CardSize
from printing.day_sheet import day_sheet
from printing.jobs import Sheet
from printing.papers import Paper
from printing.printers import PrinterSetting
from printing.scanner_sheet import scanner_sheet
from printing.sheet import Imprint, SlipSheet, sheet_for
from printing.tag_sheet import tag_sheet
from printing.words import Say, english, mark, moment_in_words

PIECES_USES: Final = (ReasonUse.SCRAP, ReasonUse.REWORK, ReasonUse.REVIEW)


PAPERS_MM: Final[dict[Paper, tuple[float, float]]] = {
    Paper.A4: (210, 297),
    Paper.A5: (148, 210),
    Paper.A6: (105, 148),
    Paper.LABEL: (101.6, 152.4),
    Paper.RECEIPT: (80, 120),
}
"""Width and height of a tag."""


class SheetMemory(Protocol):
    """What sheets are made from."""

    async def picture(self, subjects: Subjects) -> Picture:
        """The order around a slip."""

    async def plant(self) -> Plant:
        """The plant as far as known."""

    async def people(self) -> Mapping[str, Person]:
        """Everyone of this area, by number."""

    async def fact(self, event_id: str) -> Fact | None:
        """One event by its id."""

    @property
    def vouching(self) -> Vouches:
        """What vouches for the slips that are printed here."""

    async def head_at(self, fact: Fact) -> str:
        """The ledger's hash, in hex, where an own fact stands."""


PREVIEW: Final = mark("PREVIEW - not to be used")
CHOSEN_SHOWN: Final = 3
"""So many of those that were chosen are named on their sheet."""


class NothingToPrintError(ValueError):
    """What was asked for names nothing that is known here; the text says what."""


class SheetMaker:
    """Makes the sheets of one station."""

    def __init__(self, memory: SheetMemory, station: str, say: Say = english) -> None:
        """`station` is the name that paper carries; `say` speaks the plant's language."""
        self._memory = memory
        self._station = station
        self._say = say

    async def sheet(self, fact: Fact, printer: PrinterSetting) -> Sheet:
        """The sheet that a fact asks for. Raises NothingToPrintError."""
        match fact.event:
            case TagAsked() as tag:
                return await self._tag(fact, tag, printer)
            case CardsAsked() as asked:
                return await self._cards(asked)
            case DayClosed() as closed:
                return await self._day(closed, 1)
            case DaySheetAsked() as asked_again:
                return await self._day_again(asked_again)
            case asked_slip if isinstance(asked_slip, PaperAsked):
                return await self._slip(fact)
        raise NothingToPrintError(fact.event.kind)

    async def preview(self, fact: Fact, printer: PrinterSetting) -> Sheet:
        """How a sheet would look that nobody asked for yet. Raises NothingToPrintError.

        A slip is void from edge to edge, without a passport, and no copy that there is not already: whoever
        prints it has nothing to work with that he could not have copied.
        """
        if not isinstance(fact.event, SlipReprinted):
            return await self.sheet(fact, printer)
        order = (await self._memory.picture(Subjects(slip=fact.event.slip))).order
        sheet = await self._slip_of(order, fact.event, order.slips[fact.event.slip].newest_copy, "")
        foot = f"{sheet.printed_at}  ·  {self._say(PREVIEW)}"
        return sheet.model_copy(update={"void": True, "printed_at": foot})

    async def _slip(self, fact: Fact) -> Sheet:
        asked = fact.event
        slip = asked.subjects().slip or ""
        order = (await self._memory.picture(Subjects(slip=slip))).order
        letter = asked.copy_letter if isinstance(asked, SlipReprinted) else copy_letter(1)
        key = await self._memory.vouching.key()
        sheet = await self._slip_of(order, asked, letter, await self._memory.head_at(fact))
        passport = signed_passport(key, order, slip, letter, asked.at)
        return sheet.model_copy(update={"passport": passport})

    async def _slip_of(self, order: OrderProgress, asked: Event, letter: str, head: str) -> SlipSheet:
        """Without its passport."""
        plant = await self._memory.plant()
        printed = moment_in_words(plant.local_time(asked.at.clamped_ms), self._say)
        slip = asked.subjects().slip or ""
        return sheet_for(
            order,
            slip,
            letter,
            head[:HEAD_CHARS_SHOWN],
            plant,
            await self._names(),
            Imprint(self._station, printed, self._say),
        )

    async def _tag(self, fact: Fact, tag: TagAsked, printer: PrinterSetting) -> Sheet:
        order = (await self._memory.picture(Subjects(slip=tag.slip))).order
        plant, names = await self._memory.plant(), await self._names()
        paper_mm = PAPERS_MM[printer.paper]
        return tag_sheet(fact, order, plant, names, self._station, self._say, paper_mm)

    async def _day_again(self, asked: DaySheetAsked) -> Sheet:
        closing = await self._memory.fact(asked.closing)
        if closing is None or not isinstance(closing.event, DayClosed):
            raise NothingToPrintError(asked.closing)
        return await self._day(closing.event, asked.copy_number)

    async def _day(self, closed: DayClosed, copy_number: int) -> Sheet:
        plant = await self._memory.plant()
        return day_sheet(closed, copy_number, plant, await self._names(), self._station, self._say)

    async def _cards(self, asked: CardsAsked) -> Sheet:
        if asked.use is CardUse.SCANNERS:
            return scanner_sheet()
        plant = await self._memory.plant()
        sheet = MAKERS[asked.use](asked, plant, await self._memory.people(), self._say)
        if not sheet.cards:
            raise NothingToPrintError(asked.use.value)
        printed = moment_in_words(plant.local_time(asked.at.clamped_ms), self._say)
        foot = f"{self._station}  ·  {printed}"
        size = CardSize.SINGLE if asked.single and sheet.size is CardSize.BADGE else sheet.size
        title = " · ".join([sheet.title, *asked.chosen[:CHOSEN_SHOWN]])
        return sheet.model_copy(update={"foot": foot, "size": size, "title": title})

    async def _names(self) -> dict[str, str]:
        return {number: person.name for number, person in (await self._memory.people()).items()}


Make = Callable[[CardsAsked, Plant, Mapping[str, Person], Say], CardSheet]


def _badges(asked: CardsAsked, plant: Plant, people: Mapping[str, Person], say: Say) -> CardSheet:
    chosen = [people[one] for one in asked.chosen if one in people] if asked.chosen else people.values()
    return cards.badge_sheet(plant.name, chosen, say)


def _machines(asked: CardsAsked, plant: Plant, _people: Mapping[str, Person], say: Say) -> CardSheet:
    here = [
        machine.machine
        for machine in plant.machines.values()
        if asked.work_centre in {None, machine.work_centre}
    ]
    return cards.machine_sheet(plant, asked.chosen or here, say)


def _reasons(asked: CardsAsked, plant: Plant, _people: Mapping[str, Person], say: Say) -> CardSheet:
    """Where no machine stands, none stands still."""
    work_centre = plant.work_centres.get(asked.work_centre or "")
    where = work_centre.name if work_centre else asked.work_centre or ""
    at = {machine.work_centre for machine in plant.machines.values()}
    uses = None if asked.work_centre is None or asked.work_centre in at else PIECES_USES
    return cards.reason_sheet(plant, uses, where, say)


def _lots(asked: CardsAsked, plant: Plant, _people: Mapping[str, Person], say: Say) -> CardSheet:
    return cards.lot_sheet(plant, asked.chosen or None, say)


def _commands(_asked: CardsAsked, plant: Plant, _people: Mapping[str, Person], say: Say) -> CardSheet:
    return cards.command_card(plant.name, say)


def _numbers(_asked: CardsAsked, plant: Plant, _people: Mapping[str, Person], say: Say) -> CardSheet:
    return cards.number_card(plant.name, say)


MAKERS: Final[dict[CardUse, Make]] = {
    CardUse.BADGES: _badges,
    CardUse.MACHINES: _machines,
    CardUse.REASONS: _reasons,
    CardUse.LOTS: _lots,
    CardUse.COMMANDS: _commands,
    CardUse.NUMBERS: _numbers,
}

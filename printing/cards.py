"""Badges, machine tags, labels of lots, reasons, commands, numbers: codes of the shop, as one frozen value.

Never places anything and loads no library that draws; never asks who may have a badge.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, Literal

from floor.events import ReasonUse
from floor.people import Person, Role
from floor.plant import Plant
from floor.quantities import Value
from floor.tags import ALPHABET, CommandWord, TagKind, encode
from printing.words import Say, english, mark


class CardSize(StrEnum):
    """How the cards of a sheet are cut."""

    BADGE = "badge"
    """85.6 x 54 mm, ten to the sheet: into a plastic sleeve."""
    SINGLE = "single"
    """The same, each on a page of its own: a plastic card of the size of a bank card."""
    LINE = "line"
    """A list of two columns that stays one sheet, such as the reasons of a work centre."""
    KEY = "key"
    """A field of three columns that stays one sheet, to be scanned like keys."""
    PAD = "pad"
    """A field of three columns with one large sign each, to be scanned like a keypad."""


class Card(Value):
    """One code with what it means."""

    title: str
    subtitle: str = ""
    code: str
    band: str = ""
    """What sort of card it is."""


class CardSheet(Value):
    """Cards of one size under one headline."""

    kind: Literal["cards"] = "cards"
    title: str
    size: CardSize
    cards: tuple[Card, ...]
    plant: str = ""
    hint: str = ""
    """What to do with the sheet."""
    foot: str = ""
    """Where and when it was printed."""
    page_words: str = "page {page} of {pages}"

    @property
    def codes(self) -> frozenset[str]:
        """Every code that must be readable on this sheet."""
        return frozenset(card.code for card in self.cards)


ROLES: Final[dict[Role, str]] = {
    Role.OPERATOR: mark("Operator"),
    Role.SETTER: mark("Setter"),
    Role.SUPERVISOR: mark("Supervisor"),
    Role.PLANNER: mark("Planner"),
    Role.AUDITOR: mark("Auditor"),
    Role.ADMINISTRATOR: mark("Administrator"),
}
USES: Final[dict[ReasonUse, str]] = {
    ReasonUse.SCRAP: mark("scrap"),
    ReasonUse.REWORK: mark("rework"),
    ReasonUse.REVIEW: mark("review"),
    ReasonUse.DOWN: mark("the machine stands"),
}


def badge_sheet(plant: str, people: Iterable[Person], say: Say = english) -> CardSheet:
    """A badge for each person. Who carries it says who they are: the code is no secret."""
    cards = [
        Card(
            title=person.name,
            subtitle=person.person,
            code=encode(TagKind.PERSON, person.badge),
            band=say(ROLES[person.role]),
        )
        for person in people
    ]
    return _sheet(say("Badges"), CardSize.BADGE, cards, plant, say)


def machine_sheet(plant: Plant, machines: Iterable[str] | None = None, say: Say = english) -> CardSheet:
    """A tag for each machine, with the work centre that it stands at; of all machines unless told which."""
    wanted = plant.machines if machines is None else [one for one in machines if one in plant.machines]
    cards = []
    for number in wanted:
        machine = plant.machines[number]
        work_centre = plant.work_centres.get(machine.work_centre)
        where = work_centre.name if work_centre else machine.work_centre
        code = encode(TagKind.MACHINE, machine.code)
        subtitle = f"{where} · {machine.machine}"
        cards.append(Card(title=machine.name, subtitle=subtitle, code=code, band=say("Machine")))
    return _sheet(say("Machines"), CardSize.BADGE, cards, plant.name, say)


def lot_sheet(plant: Plant, lots: Iterable[str] | None = None, say: Say = english) -> CardSheet:
    """A label for each lot, with what it is and whose; of all lots of the plant unless told which."""
    wanted = plant.lots if lots is None else [number for number in lots if number in plant.lots]
    cards = []
    for number in wanted:
        lot = plant.lots[number]
        item = plant.items.get(lot.item)
        what = " · ".join(filter(None, (item.name if item else lot.item, lot.supplier)))
        code = encode(TagKind.MATERIAL_LOT, lot.code)
        cards.append(Card(title=lot.lot, subtitle=what, code=code, band=say("Material")))
    return _sheet(say("Lots"), CardSize.BADGE, cards, plant.name, say)


def reason_sheet(
    plant: Plant, uses: Iterable[ReasonUse] | None = None, where: str = "", say: Say = english
) -> CardSheet:
    """The reasons that can be scanned; with `uses` only those that explain one of them.

    `where` says where the sheet hangs: a work centre, or a step.
    """
    wanted = frozenset(ReasonUse if uses is None else uses)
    cards = [
        Card(
            title=reason.name,
            subtitle=", ".join(say(USES[use]) for use in ReasonUse if use in reason.uses),
            code=encode(TagKind.REASON, reason.code),
        )
        for reason in plant.reasons.values()
        if wanted & set(reason.uses)
    ]
    title = " · ".join(filter(None, [say("Reasons"), where]))
    sheet = _sheet(title, CardSize.LINE, cards, plant.name, say)
    return sheet.model_copy(update={"hint": say("First the number, then its reason.")})


def command_card(plant: str = "", say: Say = english) -> CardSheet:
    """Every word that a terminal understands, to be scanned."""
    cards = [_word(word, say) for word in CommandWord]
    return _sheet(say("Commands"), CardSize.KEY, cards, plant, say)


def number_card(plant: str = "", say: Say = english) -> CardSheet:
    """The ten digits and what belongs to a number, as on a keypad."""
    digits = [Card(title=str(digit), code=encode(TagKind.NUMBER, ALPHABET[digit])) for digit in range(10)]
    point = _word(CommandWord.POINT, say).model_copy(update={"title": "."})
    taken, back = _word(CommandWord.OK, say), _word(CommandWord.BACK, say)
    rows = (digits[7:10], digits[4:7], digits[1:4], [point, digits[0], back])
    words = (CommandWord.GOOD, CommandWord.SCRAP)
    cards = [card for row in rows for card in row] + [_word(word, say) for word in words] + [taken]
    return _sheet(say("Numbers"), CardSize.PAD, cards, plant, say)


def _word(word: CommandWord, say: Say) -> Card:
    code = encode(TagKind.COMMAND, word.value)
    return Card(title=word.name.replace("_", " "), subtitle=say(COMMAND_MEANINGS[word]), code=code)


def _sheet(title: str, size: CardSize, cards: list[Card], plant: str, say: Say) -> CardSheet:
    words = say("page {page} of {pages}")
    return CardSheet(title=title, size=size, cards=tuple(cards), plant=plant, page_words=words)


COMMAND_MEANINGS: Final[dict[CommandWord, str]] = {
    CommandWord.OK: mark("record what is shown"),
    CommandWord.BACK: mark("take back the last entry"),
    CommandWord.CANCEL: mark("drop this report"),
    CommandWord.START: mark("begin a run"),
    CommandWord.END: mark("end a run"),
    CommandWord.DOWN: mark("the machine stands"),
    CommandWord.UP: mark("the machine runs again"),
    CommandWord.UNDO: mark("take back your last report"),
    CommandWord.REWORK: mark("pieces to be worked again"),
    CommandWord.REVIEW: mark("pieces set aside for a decision"),
    CommandWord.PART: mark("more of this step will follow"),
    CommandWord.DONE: mark("this step is finished"),
    CommandWord.SETUP: mark("this run is a set-up"),
    CommandWord.NO_REASON: mark("reason not given"),
    CommandWord.SUPERVISOR: mark("supervisor's screen"),
    CommandWord.SIGN_OFF: mark("leave the terminal"),
    CommandWord.HELP: mark("what can be done now"),
    CommandWord.PICK: mark("choose from what waits here"),
    CommandWord.NEXT: mark("one line down"),
    CommandWord.PREVIOUS: mark("one line up"),
    CommandWord.POINT: mark("decimal point"),
    CommandWord.GOOD: mark("the number is good"),
    CommandWord.SCRAP: mark("the number is scrap"),
    CommandWord.PAUSE: mark("stop the run for a while"),
    CommandWord.CREW: mark("scan who works with you"),
    CommandWord.SPLIT: mark("a part goes on alone"),
    CommandWord.MERGE: mark("put into another slip"),
    CommandWord.LANGUAGE: mark("another language"),
    CommandWord.CHECK: mark("measure or check"),
    CommandWord.MATERIAL: mark("which lots went in"),
    CommandWord.SHORT: mark("material is wanting"),
    CommandWord.INSTRUCTIONS: mark("how the step is done"),
    CommandWord.COUNT: mark("count what arrived"),
    CommandWord.CORRECT: mark("mend one of your reports"),
    CommandWord.NOT_NOW: mark("answer later"),
    CommandWord.TRAINING: mark("try without recording"),
    CommandWord.FROM_PAPER: mark("key what paper says"),
    CommandWord.MENU: mark("everything else"),
    CommandWord.SCANNERS: mark("scanners, and how they type"),
}
"""What each word of the card does, in a few words."""

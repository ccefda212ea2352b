"""Badges, machine tags, labels of lots, reasons and the command card: codes of the shop, as one frozen value.

Never places anything and loads no library that draws; never asks who may have a badge.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, Literal

from floor.events import ReasonUse
from floor.people import Person
from floor.plant import Plant
from floor.quantities import Value
from floor.tags import ALPHABET, CommandWord, TagKind, encode


class CardSize(StrEnum):
    """How the cards of a sheet are cut."""

    BADGE = "badge"
    """85 x 54 mm, ten to the sheet: into a plastic sleeve."""
    LINE = "line"
    """A list of two columns that stays one sheet, such as the reasons of a work centre."""
    KEY = "key"
    """A field of three columns that stays one sheet, to be scanned like keys."""


class Card(Value):
    """One code with what it means."""

    title: str
    subtitle: str = ""
    code: str


class CardSheet(Value):
    """Cards of one size under one headline."""

    kind: Literal["cards"] = "cards"
    title: str
    size: CardSize
    cards: tuple[Card, ...]

    @property
    def codes(self) -> frozenset[str]:
        """Every code that must be readable on this sheet."""
        return frozenset(card.code for card in self.cards)


def badge_sheet(plant: str, people: Iterable[Person]) -> CardSheet:
    """A badge for each person. Who carries it says who they are: the code is no secret."""
    cards = [
        Card(
            title=person.name,
            subtitle=f"{person.role.value} · {person.person}",
            code=encode(TagKind.PERSON, person.badge),
        )
        for person in people
    ]
    return CardSheet(title=f"{plant} · badges", size=CardSize.BADGE, cards=tuple(cards))


def machine_sheet(plant: Plant) -> CardSheet:
    """A tag for each machine, with the work centre that it stands at."""
    cards = []
    for machine in plant.machines.values():
        work_centre = plant.work_centres.get(machine.work_centre)
        where = work_centre.name if work_centre else machine.work_centre
        code = encode(TagKind.MACHINE, machine.code)
        cards.append(Card(title=machine.name, subtitle=f"{where} · {machine.machine}", code=code))
    return CardSheet(title=f"{plant.name} · machines", size=CardSize.BADGE, cards=tuple(cards))


def lot_sheet(plant: Plant, lots: Iterable[str] | None = None) -> CardSheet:
    """A label for each lot, with what it is and whose; of all lots of the plant unless told which."""
    wanted = plant.lots if lots is None else [number for number in lots if number in plant.lots]
    cards = []
    for number in wanted:
        lot = plant.lots[number]
        item = plant.items.get(lot.item)
        what = " · ".join(filter(None, (item.name if item else lot.item, lot.supplier)))
        cards.append(Card(title=lot.lot, subtitle=what, code=encode(TagKind.MATERIAL_LOT, lot.code)))
    return CardSheet(title=f"{plant.name} · lots", size=CardSize.BADGE, cards=tuple(cards))


def reason_sheet(plant: Plant, use: ReasonUse | None = None) -> CardSheet:
    """The reasons that can be scanned; with `use` only those that explain scrap, rework, review or a stop."""
    cards = [
        Card(
            title=reason.name,
            subtitle=", ".join(sorted(use.value for use in reason.uses)),
            code=encode(TagKind.REASON, reason.code),
        )
        for reason in plant.reasons.values()
        if use is None or use in reason.uses
    ]
    what = f"reasons: {use.value}" if use else "reasons"
    return CardSheet(title=f"{plant.name} · {what}", size=CardSize.LINE, cards=tuple(cards))


def command_card() -> CardSheet:
    """Everything that a key can do, to be scanned: the ten digits first, as on a keypad."""
    digits = [Card(title=str(digit), code=encode(TagKind.NUMBER, ALPHABET[digit])) for digit in range(10)]
    words = [
        Card(
            title=word.name.replace("_", " "),
            subtitle=COMMAND_MEANINGS.get(word, ""),
            code=encode(TagKind.COMMAND, word.value),
        )
        for word in CommandWord
    ]
    cards = (*digits[1:], digits[0], *words)
    return CardSheet(title="Command card", size=CardSize.KEY, cards=cards)


COMMAND_MEANINGS: Final[dict[CommandWord, str]] = {
    CommandWord.OK: "record what is shown",
    CommandWord.BACK: "take back the last entry",
    CommandWord.CANCEL: "drop this report",
    CommandWord.START: "begin a run",
    CommandWord.END: "end a run",
    CommandWord.DOWN: "the machine stands",
    CommandWord.UP: "the machine runs again",
    CommandWord.UNDO: "take back your last report",
    CommandWord.REWORK: "pieces to be worked again",
    CommandWord.REVIEW: "pieces set aside for a decision",
    CommandWord.PART: "more of this step will follow",
    CommandWord.DONE: "this step is finished",
    CommandWord.SETUP: "this run is a set-up",
    CommandWord.NO_REASON: "reason not given",
    CommandWord.SUPERVISOR: "supervisor's screen",
    CommandWord.SIGN_OFF: "leave the terminal",
    CommandWord.HELP: "what can be done now",
    CommandWord.PICK: "choose from what waits here",
    CommandWord.NEXT: "one line down",
    CommandWord.PREVIOUS: "one line up",
    CommandWord.POINT: "decimal point",
    CommandWord.GOOD: "the number is good",
    CommandWord.SCRAP: "the number is scrap",
    CommandWord.PAUSE: "stop the run for a while",
    CommandWord.CREW: "scan who works with you",
    CommandWord.SPLIT: "a part goes on alone",
    CommandWord.MERGE: "put into another slip",
    CommandWord.LANGUAGE: "another language",
    CommandWord.CHECK: "measure or check",
    CommandWord.MATERIAL: "which lots went in",
    CommandWord.SHORT: "material is wanting",
    CommandWord.INSTRUCTIONS: "how the step is done",
    CommandWord.COUNT: "count what arrived",
    CommandWord.CORRECT: "mend one of your reports",
    CommandWord.NOT_NOW: "answer later",
    CommandWord.TRAINING: "try without recording",
    CommandWord.FROM_PAPER: "key what paper says",
    CommandWord.MENU: "everything else",
    CommandWord.SCANNERS: "scanners, and how they type",
}
"""What each word of the card does, in a few words."""

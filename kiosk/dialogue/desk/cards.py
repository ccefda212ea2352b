"""PRINT at the supervisor's desk: badges, machine tags, reasons, cards with commands and digits, lots.

Never prints: it asks for paper, and the printer chosen here answers.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from floor.commands import AskCards, AskDaySheet, Command
from floor.events import CardUse
from floor.refusals import Refusal
from floor.tags import TagKind
from kiosk.dialogue.pages import ListPage
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Row, Tone
from kiosk.words import _, mark

WHAT: Final[tuple[tuple[CardUse, str], ...]] = (
    (CardUse.BADGES, mark("Badges")),
    (CardUse.MACHINES, mark("Tags of machines")),
    (CardUse.REASONS, mark("The reasons, to scan")),
    (CardUse.COMMANDS, mark("The command card")),
    (CardUse.NUMBERS, mark("The number card")),
    (CardUse.LOTS, mark("Labels of lots")),
    (CardUse.SCANNERS, mark("The test of scanners")),
)

Ask = Callable[[str], Command]
"""The command, when a printer is chosen."""


class Cards:
    """The desk's errand: what, of whom, on which printer."""

    def __init__(self, talk: Talk, show_orders: Callable[[], Awaitable[object]]) -> None:
        """`show_orders` goes back to the desk's first page."""
        self._talk = talk
        self._show_orders = show_orders

    async def ask_what(self, person: str) -> None:
        """The list; `person` gave badge and PIN."""
        if not self._talk.place.printers:
            self._talk.refuse(Refusal.NO_PRINTER)
            return

        async def choose(index: int) -> None:
            if index < len(WHAT):
                await self._ask_which(WHAT[index][0], person)
            else:
                await self._ask_printer(lambda printer: self._day_sheet(printer, person))

        rows = (*(Row((_(text),)) for _use, text in WHAT), Row((_("The sheet of the last closed day"),)))
        self._talk.offer(ListPage(_("Print what?"), ("",), rows, choose))

    async def _ask_which(self, use: CardUse, by: str) -> None:
        """All of them, or one; commands, digits and the scanners' test are one sheet each."""
        talk = self._talk
        talk.plant, talk.people = await talk.memory.plant(), await talk.memory.people()
        found = self._offered(use)
        if not found:
            await self._ask_printer(self._cards(use, (), by))
            return

        async def choose(index: int) -> None:
            chosen = (found[index - 1][0],) if index else ()
            await self._ask_printer(self._cards(use, chosen, by))

        async def scan(badge: str) -> None:
            person = await talk.memory.person_by_badge(badge)
            if person:
                await self._ask_printer(self._cards(use, (person.person,), by))
            else:
                talk.refuse(Refusal.UNKNOWN_BADGE)

        every = Row((_("All {count}").format(count=len(found)), ""))
        rows = (every, *(Row((name, number)) for number, name in found))
        scans = {TagKind.PERSON: scan} if use is CardUse.BADGES else {}
        talk.offer(ListPage(_("Print which?"), ("", ""), rows, choose, scans=scans))

    def _offered(self, use: CardUse) -> list[tuple[str, str]]:
        """Number and name of what can be chosen one by one."""
        plant = self._talk.plant
        match use:
            case CardUse.BADGES:
                return [(number, person.name) for number, person in sorted(self._talk.people.items())]
            case CardUse.MACHINES:
                return [(number, machine.name) for number, machine in sorted(plant.machines.items())]
            case CardUse.LOTS:
                return [(number, lot.item) for number, lot in sorted(plant.lots.items())]
            case _:
                return []

    async def _ask_printer(self, ask: Ask) -> None:
        """Which printer, where there are several: cards and labels want paper of their own."""
        printers = self._talk.place.printers
        if len(printers) == 1:
            await self._print(ask(printers[0]), printers[0])
            return

        async def choose(index: int) -> None:
            await self._print(ask(printers[index]), printers[index])

        rows = tuple(Row((printer,)) for printer in printers)
        self._talk.offer(ListPage(_("On which printer?"), (_("printer"),), rows, choose))

    async def _print(self, command: Command, printer: str) -> None:
        talk = self._talk
        if await talk.record(command):
            await self._show_orders()
            said = _("It comes from printer {name}.").format(name=printer)
            talk.notice = Notice(Tone.TAKEN, said, _("What was asked for is kept, whatever happens."))

    def _cards(self, use: CardUse, chosen: tuple[str, ...], by: str) -> Ask:
        intent = self._talk.new_intent()
        return lambda printer: AskCards(intent=intent, by=by, use=use, chosen=chosen, printer=printer)

    def _day_sheet(self, printer: str, by: str) -> Command:
        return AskDaySheet(intent=self._talk.new_intent(), by=by, printer=printer)

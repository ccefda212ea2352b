"""`kiosk print` as a station answers it, beside its screen or alone: a request, a fact, paper.

Never prints past the ledger: what is printed was asked for by a fact that names the system's user.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from floor.codec import Fact
from floor.commands import AskCards, AskDaySheet, Command, ReprintSlip
from floor.events import CardUse, PaperEvent, PaperFailed, PaperPrinted
from floor.refusals import Refusal
from floor.station import Recorded
from floor.tags import slip_number
from kiosk.wiring.sheets import NothingToPrintError, SheetMaker
from printing.jobs import Sheet
from printing.printers import PrinterSetting

Said = dict[str, Any]

LOOKS_EVERY_S: Final = 0.2
WAITS_S: Final = 90.0
"""So long a command waits for its paper; the terminal goes on without it."""
SLIP: Final = "slip"
DAY_CLOSE: Final = "day-close"
PRINTED, FAILED, UNKNOWN, WAITING = "printed", "failed", "unknown", "waiting"


class RequestMemory(Protocol):
    """What is needed of the station's memory."""

    async def record(self, command: Command) -> Recorded | Refusal:
        """Append what asks for paper."""

    async def preview(self, command: Command) -> Fact | Refusal:
        """The fact that would be recorded now."""

    async def paper_answer(self, event_id: str) -> PaperEvent | None:
        """What the printer answered."""


class PrintRequests:
    """Takes requests as JSON objects: `what`, and which of them."""

    def __init__(
        self,
        memory: RequestMemory,
        sheets: SheetMaker,
        printers: tuple[PrinterSetting, ...],
        new_intent: Callable[[], str],
    ) -> None:
        """`sheets` makes what is printed; the first of `printers` is the usual one."""
        self._memory = memory
        self._sheets = sheets
        self._printers: Mapping[str, PrinterSetting] = {printer.name: printer for printer in printers}
        self._new_intent = new_intent

    async def print(self, said: Said, user: str) -> Said:
        """Record the request, and wait for the paper: what became of it, in words."""
        printer = self._printer(said)
        if printer is None:
            return _refused(Refusal.NO_PRINTER)
        command = self._command(said, user, printer.name)
        if isinstance(command, AskCards):
            made = await self._made(command, printer)
            if isinstance(made, dict):
                return made
        recorded = await self._memory.record(command) if isinstance(command, Command) else command
        if isinstance(recorded, Refusal):
            return _refused(recorded)
        answer = await self._paper(recorded.facts[0].event_id)
        match answer:
            case None:
                return {"outcome": WAITING, "printer": printer.name}
            case PaperPrinted():
                return {"outcome": PRINTED, "printer": printer.name}
            case PaperFailed(reason=reason):
                return {"outcome": FAILED, "printer": printer.name, "reason": reason}
            case _:
                return {"outcome": UNKNOWN, "printer": printer.name, "reason": getattr(answer, "reason", "")}

    async def sheet(self, said: Said, user: str) -> Said:
        """How it would look, as a sheet that nobody can work with; nothing is recorded."""
        printer = self._printer(said)
        if printer is None:
            return _refused(Refusal.NO_PRINTER)
        sheet = await self._made(self._command(said, user, printer.name), printer)
        if isinstance(sheet, dict):
            return sheet
        return {"sheet": sheet.model_dump_json(), "printer": printer.name}

    def _printer(self, said: Said) -> PrinterSetting | None:
        wanted = said.get("printer") or next(iter(self._printers), "")
        return self._printers.get(str(wanted))

    def _command(self, said: Said, user: str, printer: str) -> Command | Refusal:
        """The command that a request means. Raises ValueError for one that this release does not know."""
        chosen = tuple(str(one) for one in said.get("chosen", ()))
        what, intent = str(said.get("what")), self._new_intent()
        if what == DAY_CLOSE:
            return AskDaySheet(intent=intent, by=None, printer=printer, user=user)
        if what == SLIP:
            slip = slip_number(" ".join(chosen)) if chosen else Refusal.SLIP_FIRST
            if isinstance(slip, Refusal):
                return slip
            return ReprintSlip(intent=intent, by=None, slip=slip, printer=printer, user=user)
        return AskCards(
            intent=intent,
            by=None,
            use=CardUse(what),
            chosen=chosen,
            work_centre=said.get("work_centre"),
            single=bool(said.get("single")),
            printer=printer,
            user=user,
        )

    async def _made(self, command: Command | Refusal, printer: PrinterSetting) -> Sheet | Said:
        """The sheet that would be printed now; or why there is none."""
        fact = await self._memory.preview(command) if isinstance(command, Command) else command
        if isinstance(fact, Refusal):
            return _refused(fact)
        try:
            return await self._sheets.preview(fact, printer)
        except NothingToPrintError as error:
            return {"error": f"Nothing of it is known here: {error}."}

    async def _paper(self, asked: str) -> PaperEvent | None:
        for _ in range(round(WAITS_S / LOOKS_EVERY_S)):
            answer = await self._memory.paper_answer(asked)
            if answer:
                return answer
            await asyncio.sleep(LOOKS_EVERY_S)
        return None


def _refused(refusal: Refusal) -> Said:
    return {"error": f"{refusal.sentence} {refusal.hint}"}

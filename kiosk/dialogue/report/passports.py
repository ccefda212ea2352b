"""The large square code of a slip is scanned: a terminal learns from it what it did not know.

Never takes what a known key did not sign, and never learns what is known better here.
"""

from collections.abc import Awaitable, Callable

from floor.codec import Fact
from floor.commands import ReadPassport
from floor.events import PassportRead, Subjects
from floor.onpaper import contradicts
from floor.passport import Passport, Signed, Vouched
from floor.passport_code import read
from floor.progress import OrderProgress
from floor.refusals import Refusal
from floor.source import Source
from kiosk.dialogue.report.reporting import step_here
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Tone
from kiosk.words import _

OpenSlip = Callable[[str, Source, str | None, int | None], Awaitable[None]]
"""Slip, how it came, copy letter, step."""


def ask_for_it(talk: Talk) -> None:
    """Say that the slip on the screen is not known here, and where its own words stand."""
    slip = talk.filling.slip if talk.filling else None
    if talk.filling and not (slip and slip.told):
        talk.notice = Notice(Tone.FLAGGED, _("Unknown slip."), _("Scan the large square code on it."))


class Passports:
    """What slips say of themselves."""

    def __init__(self, talk: Talk, open_slip: OpenSlip, pick_step: Callable[[], None]) -> None:
        """Works on the one `talk` of its terminal; `open_slip` does what the slip's short code does."""
        self._talk = talk
        self._open_slip = open_slip
        self._pick_step = pick_step

    async def scanned(self, body: str, source: Source) -> None:
        """Learn what the slip says, then go on as if its short code had been scanned."""
        talk = self._talk
        signed = read(body)
        if isinstance(signed, Refusal):
            talk.refuse(signed)
            return
        passport = signed.passport
        if talk.unfinished and talk.slots and talk.slots.slip != passport.slip:
            talk.refuse(Refusal.REPORT_UNFINISHED)
            return
        vouched = await talk.memory.prove(signed)
        if vouched is Vouched.FORGED:
            talk.refuse(Refusal.PASSPORT_FORGED)
        elif await self._learned(signed, vouched, source):
            await self._go_on(passport, source)

    async def _learned(self, signed: Signed, vouched: Vouched, source: Source) -> bool:
        """Whether one can go on: it is known, or it is on the disk now."""
        order = (await self._talk.memory.picture(Subjects(slip=signed.passport.slip))).order
        if _known_already(order, signed):
            return True
        by = self._talk.operator.person if self._talk.operator else None
        command = ReadPassport(
            intent=self._talk.new_intent(), by=by, signed=signed, vouched=vouched, source=source
        )
        return await self._talk.record(command) is not None

    async def _go_on(self, passport: Passport, source: Source) -> None:
        """The report that is begun on this slip goes on in the new light; else one begins."""
        talk = self._talk
        if talk.slots and talk.slots.slip == passport.slip:
            await talk.look_again()
            self._choose_step()
        else:
            await self._open_slip(passport.slip, source, passport.copy_letter, None)
        slip = talk.filling.slip if talk.filling else None
        if slip and slip.on_paper:
            talk.notice = Notice(Tone.TAKEN, _("Read from the slip itself."), _left_out(passport))

    def _choose_step(self) -> None:
        """The one that is meant here, where none was said."""
        filling = self._talk.filling
        if filling is None or filling.slots.step is not None:
            return
        self._talk.choose_step(step_here(filling))
        if self._talk.slots and self._talk.slots.step is None:
            self._pick_step()


def _known_already(order: OrderProgress, signed: Signed) -> bool:
    """Whether the ledger says all this: the facts themselves do, or it was read before."""
    slip = order.slips.get(signed.passport.slip)
    if slip is None:
        return False
    issues = (*slip.issues, *slip.rivals)
    if issues and not contradicts(signed.passport, issues, order.life.confirmed):
        return True
    return any(_says(fact, signed) for fact in slip.words.reads)


def _says(fact: Fact, signed: Signed) -> bool:
    event = fact.event
    return isinstance(event, PassportRead) and Signed(event.passport, event.signature) == signed


def _left_out(passport: Passport) -> str:
    """What found no room on it."""
    said = [_("Names of steps found no room on it.")] if passport.names_dropped else []
    if passport.steps_dropped:
        said.append(_("Steps that found no room on it: {count}.").format(count=passport.steps_dropped))
    return " ".join(said)

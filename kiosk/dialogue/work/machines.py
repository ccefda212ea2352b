"""Machines: which one reports are about, and whether it stands still.

Never ends a downtime by itself: somebody says that the machine runs.
"""

from floor.codec import Fact
from floor.commands import BringMachineUp, TakeMachineDown
from floor.events import ReasonUse, Subjects
from floor.refusals import Refusal
from kiosk.dialogue import painting
from kiosk.dialogue.pages import ListPage
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Done, Notice, Row, Tone
from kiosk.dialogue.work import run_rows
from kiosk.words import _


class Machines:
    """A machine's tag, DOWN and UP."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    async def choose(self, code: str) -> None:
        """A machine's tag: from now on reports are about it; while a correction is open, that alone is."""
        talk = self._talk
        talk.plant = await talk.memory.plant()
        machine = talk.plant.machine_by_code(code)
        if machine is None:
            talk.refuse(Refusal.UNKNOWN_MACHINE)
            return
        if talk.slots and talk.slots.corrects:
            await talk.fill(talk.slots.model_copy(update={"machine": machine.machine}))
        else:
            talk.choose_machine(machine.machine)
        await talk.look_again()
        if talk.filling is None:
            picture = await talk.memory.picture(Subjects(machine=machine.machine))
            down = run_rows.down_since(talk, picture.downtimes)
            talk.notice = (
                Notice(Tone.FLAGGED, _("{machine} is reported down.").format(machine=machine.name), down)
                if down
                else Notice(
                    Tone.PLAIN,
                    _("Machine {name}").format(name=machine.name),
                    _("Reports are about this machine from now on."),
                )
            )

    def _at_a_machine(self) -> bool:
        """Whether somebody is signed on and a machine is chosen; says what is wanting."""
        if self._talk.operator is None:
            self._talk.refuse(Refusal.SIGN_ON_FIRST)
        elif self._talk.at_machine is None:
            self._talk.refuse(Refusal.MACHINE_FIRST)
        return self._talk.operator is not None and self._talk.at_machine is not None

    async def ask_why_down(self) -> None:
        """DOWN: the reason can be picked, scanned or left out."""
        talk = self._talk
        if not self._at_a_machine():
            return
        talk.plant = await talk.memory.plant()
        reasons = [reason for reason in talk.plant.reasons.values() if ReasonUse.DOWN in reason.uses]

        async def choose(index: int) -> None:
            await self.machine_down(reasons[index].reason if index < len(reasons) else None)

        async def scan(code: str) -> None:
            reason = talk.plant.reason_by_code(code)
            if reason is None:
                talk.refuse(Refusal.UNKNOWN_REASON)
            elif ReasonUse.DOWN not in reason.uses:
                talk.refuse(Refusal.REASON_NOT_FOR_THIS)
            else:
                await self.machine_down(reason.reason)

        rows = (*(Row((reason.name,)) for reason in reasons), Row((_("reason not given"),)))
        title = _("Why is {machine} down?").format(machine=painting.machine_name(talk, talk.at_machine))
        talk.offer(ListPage(title, (_("reason"),), rows, choose, chosen=len(reasons), reason=scan))

    async def machine_down(self, reason: str | None) -> None:
        """Record the downtime of the chosen machine."""
        talk = self._talk
        talk.pages.clear()
        if talk.operator is None or talk.at_machine is None:
            return
        me, machine = talk.operator.person, talk.at_machine
        command = TakeMachineDown(
            intent=talk.new_intent(), by=me, machine=machine, reason=reason, operators=(me,)
        )
        if await talk.record(command):
            why = talk.plant.reasons[reason].name if reason in talk.plant.reasons else _("reason not given")
            await talk.look_again()
            talk.show_done(Done(Tone.TAKEN, _("DOWN"), painting.machine_name(talk, machine), why))

    async def down_or_up(self) -> None:
        """One key for both: what the machine is not."""
        talk = self._talk
        down = talk.at_machine and (await talk.memory.picture(Subjects(machine=talk.at_machine))).downtimes
        await (self.machine_up() if down else self.ask_why_down())

    async def machine_up(self) -> None:
        """UP: ends the machine's downtime; of several, one is chosen."""
        talk = self._talk
        if not self._at_a_machine():
            return
        downtimes = (await talk.memory.picture(Subjects(machine=talk.at_machine))).downtimes
        if len(downtimes) <= 1:
            await self._bring_up(downtimes[0] if downtimes else None)
        else:

            async def choose(index: int) -> None:
                talk.pages.clear()
                await self._bring_up(downtimes[index])

            rows = tuple(Row(run_rows.downtime_cells(talk, fact)) for fact in downtimes)
            talk.offer(
                ListPage(_("Which downtime is over?"), (_("since"), _("reason"), _("by")), rows, choose)
            )

    async def _bring_up(self, downtime: Fact | None) -> None:
        """The machine runs again; None when nobody here knows that it was down."""
        talk = self._talk
        if talk.operator is None or talk.at_machine is None:
            return
        me, machine = talk.operator.person, talk.at_machine
        command = BringMachineUp(
            intent=talk.new_intent(),
            by=me,
            machine=machine,
            downtime=downtime.event_id if downtime else None,
            operators=(me,),
        )
        if await talk.record(command):
            await talk.look_again()
            name = painting.machine_name(talk, machine)
            if downtime:
                talk.show_done(Done(Tone.TAKEN, _("UP"), name, _("runs again")))
            else:
                talk.show_done(Done(Tone.FLAGGED, _("UP"), name, _("nobody here had reported it down")))

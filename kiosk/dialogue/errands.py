"""Errands beside the report: runs, downtimes, taking back, and picking what will not scan.

Never records a report: the conversation does.
"""

from floor.codec import Fact
from floor.commands import BringMachineUp, CorrectReport, StartRun, TakeMachineDown
from floor.events import (
    ReasonUse,
    Reported,
    RunKind,
    RunStarted,
    Subjects,
)
from floor.flags import Flag
from floor.quantities import show
from floor.refusals import Refusal
from floor.source import Source
from floor.tags import grouped, slip_code
from kiosk.dialogue import painting
from kiosk.dialogue.pages import AskPage, ListPage
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Done, Row, Tone


class Errands:
    """What can be done beside filling in a report."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    # Runs

    async def start_run(self) -> None:
        """Begin on the chosen step; the run stays open until it is ended."""
        talk = self._talk
        if talk.filling is None:
            return
        if talk.operator is None:
            talk.refuse(Refusal.SIGN_ON_FIRST)
            return
        slots = talk.filling.slots
        if slots.step is None:
            talk.refuse(Refusal.STEP_FIRST)
            return
        if slots.filled or talk.number is not None:
            talk.refuse(Refusal.REPORT_UNFINISHED)
            return
        command = StartRun(
            intent=talk.new_intent(),
            by=talk.operator.person,
            slip=slots.slip,
            step=slots.step,
            machine=slots.machine,
            operators=(talk.operator.person,),
            run_kind=slots.run_kind or RunKind.PRODUCTION,
            warned=tuple(flag.value for flag in talk.filling.doubts if flag is not Flag.MORE_THAN_HERE),
        )
        if await talk.record(command):
            done = painting.done_start(talk, talk.filling)
            talk.close_slip()
            talk.show_done(done)

    async def pick_run(self) -> None:
        """END without a slip: choose which of one's open runs is meant."""
        talk = self._talk
        if talk.operator is None:
            talk.refuse(Refusal.SIGN_ON_FIRST)
            return
        me = talk.operator.person
        runs = [
            (fact, fact.event)
            for fact in await talk.memory.open_runs()
            if isinstance(fact.event, RunStarted) and me in fact.event.operators
        ]
        if not runs:
            talk.refuse(Refusal.NO_OPEN_RUN)
            return

        async def choose(index: int) -> None:
            fact, run = runs[index]
            talk.pages.clear()
            talk.machine = run.machine or talk.machine
            await talk.open_slip(run.slip, Source.KEYS, None, run.step)
            if talk.filling:
                chosen = {"run": fact.event_id, "ends_run": True}
                await talk.fill(talk.filling.slots.model_copy(update=chosen))

        rows = tuple(Row(painting.run_cells(talk, fact)) for fact, _ in runs)
        talk.offer(ListPage("End which run?", ("since", "order", "step", "machine", "kind"), rows, choose))

    # Machines

    def _at_a_machine(self) -> bool:
        """Whether somebody is signed on and a machine is chosen; says what is wanting."""
        if self._talk.operator is None:
            self._talk.refuse(Refusal.SIGN_ON_FIRST)
        elif self._talk.machine is None:
            self._talk.refuse(Refusal.MACHINE_FIRST)
        return self._talk.operator is not None and self._talk.machine is not None

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

        rows = (*(Row((reason.name,)) for reason in reasons), Row(("reason not given",)))
        title = f"Why is {painting.machine_name(talk, talk.machine)} down?"
        talk.offer(ListPage(title, ("reason",), rows, choose, chosen=len(reasons), reason=scan))

    async def machine_down(self, reason: str | None) -> None:
        """Record the downtime of the chosen machine."""
        talk = self._talk
        talk.pages.clear()
        if talk.operator is None or talk.machine is None:
            return
        me, machine = talk.operator.person, talk.machine
        command = TakeMachineDown(
            intent=talk.new_intent(), by=me, machine=machine, reason=reason, operators=(me,)
        )
        if await talk.record(command):
            why = talk.plant.reasons[reason].name if reason in talk.plant.reasons else "reason not given"
            await talk.look_again()
            talk.show_done(Done(Tone.TAKEN, "DOWN", painting.machine_name(talk, machine), why))

    async def down_or_up(self) -> None:
        """One key for both: what the machine is not."""
        talk = self._talk
        down = talk.machine and (await talk.memory.picture(Subjects(machine=talk.machine))).downtimes
        await (self.machine_up() if down else self.ask_why_down())

    async def machine_up(self) -> None:
        """UP: ends the machine's downtime; of several, one is chosen."""
        talk = self._talk
        if not self._at_a_machine():
            return
        downtimes = (await talk.memory.picture(Subjects(machine=talk.machine))).downtimes
        if len(downtimes) <= 1:
            await self._bring_up(downtimes[0] if downtimes else None)
        else:

            async def choose(index: int) -> None:
                talk.pages.clear()
                await self._bring_up(downtimes[index])

            rows = tuple(Row(painting.downtime_cells(talk, fact)) for fact in downtimes)
            talk.offer(ListPage("Which downtime is over?", ("since", "reason", "by"), rows, choose))

    async def _bring_up(self, downtime: Fact | None) -> None:
        """The machine runs again; None when nobody here knows that it was down."""
        talk = self._talk
        if talk.operator is None or talk.machine is None:
            return
        me, machine = talk.operator.person, talk.machine
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
                talk.show_done(Done(Tone.TAKEN, "UP", name, "runs again"))
            else:
                talk.show_done(Done(Tone.FLAGGED, "UP", name, "nobody here had reported it down"))

    # Taking back

    async def undo(self) -> None:
        """UNDO: the newest of one's own last reports is marked; OK takes it back."""
        talk = self._talk
        if talk.operator is None:
            talk.refuse(Refusal.SIGN_ON_FIRST)
            return
        me = talk.operator.person
        own = [
            (last.fact, last.fact.event)
            for last in await talk.memory.last_reports()
            if isinstance(last.fact.event, Reported)
            and me in last.fact.event.content.operators
            and not last.withdrawn
        ]
        if not own:
            talk.refuse(Refusal.NOTHING_TO_UNDO)
            return

        async def choose(index: int) -> None:
            fact, reported = own[index]
            talk.pages.clear()
            await self._withdraw(me, fact.event_id, reported)

        rows = tuple(Row(painting.report_cells(talk, fact)) for fact, _ in own)
        keys = "ENTER takes the marked report back      ESC leaves it"
        talk.offer(
            ListPage("Take back which report?", ("time", "slip", "step", "quantities"), rows, choose, keys)
        )

    async def _withdraw(self, me: str, report: str, reported: Reported) -> None:
        talk = self._talk
        command = CorrectReport(
            intent=talk.new_intent(), by=me, slip=reported.slip, report=report, content=None
        )
        if await talk.record(command):
            await talk.look_again()
            figures = painting.figures(reported.content)
            where = (
                f"{reported.order or grouped(slip_code(reported.slip, 'B'))}  step {reported.content.step}"
            )
            talk.show_done(Done(Tone.TAKEN, "TAKEN BACK", figures, where))

    # Picking

    async def pick(self) -> None:
        """PICK: the steps of the slip on the screen, else what waits at this work centre."""
        if self._talk.filling and not self._talk.filling.slots.filled:
            self.pick_step()
        elif self._talk.filling:
            self._talk.refuse(Refusal.REPORT_UNFINISHED)
        else:
            await self._pick_waiting()

    def pick_step(self) -> None:
        """Choose the step that is meant; a slip with no known route is asked for the step's number."""
        talk = self._talk
        if talk.filling is None:
            return
        steps = list(talk.filling.picture.order.steps.values())
        if not steps:
            talk.pages.append(
                AskPage(
                    "Which step?",
                    "Number of the step, as on the slip",
                    self._answer_step,
                    ("10, 20, 30 ...",),
                )
            )
            return
        slip = talk.filling.slip

        async def choose(index: int) -> None:
            talk.pages.clear()
            talk.choose_step(steps[index].number)

        rows = tuple(
            Row((str(step.number), step.name, show(slip.lines[step.number].still_here) if slip else "-"))
            for step in steps
        )
        waiting = next(
            (at for at, step in enumerate(steps) if slip and slip.lines[step.number].still_here), 0
        )
        talk.offer(ListPage("Which step?", ("step", "", "still here"), rows, choose, chosen=waiting))

    async def _answer_step(self, text: str) -> None:
        if not text.isascii() or not text.isdigit() or not int(text):
            self._talk.refuse(Refusal.NOT_A_QUANTITY)
            return
        self._talk.pages.clear()
        self._talk.choose_step(int(text))

    async def _pick_waiting(self) -> None:
        talk = self._talk
        waiting = await talk.memory.waiting_here(talk.place.work_centre)

        async def choose(index: int) -> None:
            talk.pages.clear()
            await talk.open_slip(waiting[index].slip, Source.KEYS, None, waiting[index].step)

        rows = tuple(
            Row(
                (
                    line.order,
                    line.item_name,
                    f"{line.step} {line.step_name}",
                    show(line.still_here),
                    grouped(line.slip),
                )
            )
            for line in waiting
        )
        columns = ("order", "item", "step", "here", "slip")
        talk.offer(
            ListPage("What waits here", columns, rows, choose, empty="Nothing waits at this work centre.")
        )

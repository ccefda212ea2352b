"""Runs: begin on a step, stop for a while, go on, and choose which open one is meant.

Never ends a run: the report does.
"""

from collections.abc import Awaitable, Callable

from floor.commands import PauseRun, ResumeRun, StartRun
from floor.events import RunKind
from floor.refusals import Refusal
from floor.runs import Run
from floor.source import Source
from kiosk.dialogue import painting
from kiosk.dialogue.names import run_kind_name
from kiosk.dialogue.pages import ListPage
from kiosk.dialogue.report.reporting import no_run_here
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Done, Notice, Row, Tone
from kiosk.dialogue.work import run_rows
from kiosk.words import _


class Runs:
    """START, PAUSE, and END without a slip."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    async def start(self) -> None:
        """Begin on the chosen step, or go on with a paused run; it stays open until it is ended."""
        talk = self._talk
        if talk.operator is None:
            talk.refuse(Refusal.SIGN_ON_FIRST)
        elif talk.filling is None:
            paused = [run for run in await self.own() if run.paused]
            await self.meant(paused, _("Go on with which run?"), self._toggle, Refusal.SLIP_FIRST)
        elif talk.filling.run and talk.filling.run.paused:
            await self._toggle(talk.filling.run)
        elif talk.filling.slots.step is None:
            talk.refuse(Refusal.STEP_FIRST)
        elif talk.says_result:
            talk.refuse(Refusal.REPORT_UNFINISHED)
        else:
            await self._begin()

    async def _begin(self) -> None:
        talk, filling, slots = self._talk, self._talk.filling, self._talk.slots
        if filling is None or slots is None or slots.step is None or talk.operator is None:
            return
        command = StartRun(
            intent=talk.new_intent(),
            by=talk.operator.person,
            slip=slots.slip,
            step=slots.step,
            machine=slots.machine,
            operators=filling.operators,
            run_kind=slots.run_kind or RunKind.PRODUCTION,
            warned=tuple(flag.value for flag in filling.doubts_of_start),
        )
        if await talk.record(command):
            done = painting.done_start(talk, filling)
            await talk.drop_draft(slots.intent)
            talk.close_slip()
            talk.show_done(done)

    async def pause(self) -> None:
        """PAUSE: stop for a while; a paused run goes on."""
        talk = self._talk
        if talk.operator is None:
            talk.refuse(Refusal.SIGN_ON_FIRST)
            return
        own, filling = await self.own(), talk.filling
        if filling:
            place = (filling.slots.slip, filling.slots.step)
            own = [run for run in own if (run.started.slip, run.started.step) == place]
        none_here = no_run_here(talk.plant, filling.step if filling else None)
        await self.meant(own, _("Pause which run, or go on with it?"), self._toggle, none_here)

    async def pick(self) -> None:
        """END without a slip: choose which of one's open runs is meant."""
        talk = self._talk
        if talk.operator is None:
            talk.refuse(Refusal.SIGN_ON_FIRST)
            return
        own = await self.own()
        if own:
            self._choose(own, _("End which run?"), self.end)
        else:
            talk.refuse(no_run_here(talk.plant, None))

    async def own(self) -> list[Run]:
        """Open runs of whoever is signed on, oldest first."""
        self._talk.plant = await self._talk.memory.plant()
        me = self._talk.operator.person if self._talk.operator else ""
        return [run for run in await self._talk.memory.open_runs() if me in run.started.operators]

    async def meant(
        self,
        runs: list[Run],
        title: str,
        errand: Callable[[Run], Awaitable[None]],
        none: Refusal = Refusal.NO_OPEN_RUN,
    ) -> None:
        """The errand for the only run there is; of several, one is chosen."""
        if not runs:
            self._talk.refuse(none)
        elif len(runs) == 1:
            await errand(runs[0])
        else:
            self._choose(runs, title, errand)

    def _choose(self, runs: list[Run], title: str, errand: Callable[[Run], Awaitable[None]]) -> None:
        async def choose(index: int) -> None:
            self._talk.pages.clear()
            await errand(runs[index])

        rows = tuple(Row(run_rows.run_cells(self._talk, run)) for run in runs)
        columns = (_("since"), _("order"), _("step"), _("machine"), _("kind"))
        self._talk.offer(ListPage(title, columns, rows, choose))

    async def _toggle(self, run: Run) -> None:
        """What goes on is paused, what is paused goes on; what was entered stays on the screen."""
        talk = self._talk
        if talk.operator is None:
            return
        order = ResumeRun if run.paused else PauseRun
        command = order(intent=talk.new_intent(), by=talk.operator.person, slip=run.started.slip, run=run.run)
        if not await talk.record(command):
            return
        title = _("GOES ON") if run.paused else _("PAUSED")
        _since, name, step, machine, _kind = run_rows.run_cells(talk, run)
        if talk.unfinished:
            await talk.look_again()
            talk.notice = Notice(Tone.TAKEN, title, f"{name}  {step}")
            return
        talk.close_slip()
        where = _("{order}  step {step}").format(order=name, step=step)
        talk.show_done(Done(Tone.TAKEN, title, where, f"{run_kind_name(run.started.run_kind)}  {machine}"))

    async def end(self, run: Run) -> None:
        """The report that ends a run."""
        talk = self._talk
        await self.take_up(run)
        if talk.filling:
            chosen = {"run": run.run, "ends_run": True}
            await talk.fill(talk.filling.slots.model_copy(update=chosen))

    async def take_up(self, run: Run) -> None:
        """The slip, the step and the machine of a run are on the screen."""
        began = run.started
        await self._talk.open_slip(began.slip, Source.KEYS, None, began.step, began.machine)

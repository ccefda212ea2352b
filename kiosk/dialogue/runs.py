"""Runs: begin on a step, and choose which open one is meant.

Never ends a run: the report does.
"""

from floor.commands import StartRun
from floor.doubts import OF_QUANTITIES
from floor.events import RunKind, RunStarted
from floor.refusals import Refusal
from floor.source import Source
from kiosk.dialogue import painting
from kiosk.dialogue.pages import ListPage
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Row


class Runs:
    """START, and END without a slip."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    async def start(self) -> None:
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
            warned=tuple(flag.value for flag in talk.filling.doubts if flag not in OF_QUANTITIES),
        )
        if await talk.record(command):
            done = painting.done_start(talk, talk.filling)
            talk.close_slip()
            talk.show_done(done)

    async def pick(self) -> None:
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

"""Forgotten scan-offs: at the scan of a badge its runs are asked about whose shift is over.

Never a wall: any other scan goes on, and NOT NOW asks again at the next sign-on. Never guesses an end.
"""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from floor.commands import CloseRun
from floor.refusals import Refusal
from floor.runs import Run
from floor.shifts import Calendar
from kiosk.dialogue.moments import clock, day_and_clock
from kiosk.dialogue.names import machine_name
from kiosk.dialogue.pages import AskPage, ListPage
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Row, Tone
from kiosk.dialogue.work.run_rows import run_cells
from kiosk.words import _

MS: Final = 1000
CLOCK_DIGITS: Final = 4


def moment_of(text: str, after_ms: int, zone: ZoneInfo) -> int | None:
    """The first time at or after a moment at which clocks show `1345`, in ms; None for no time of day."""
    if len(text) != CLOCK_DIGITS or not (text.isascii() and text.isdigit()):
        return None
    hour, minute = divmod(int(text), 100)
    if hour > time.max.hour or minute > time.max.minute:
        return None
    after = datetime.fromtimestamp(after_ms / MS, zone)
    for day in (after.date(), after.date() + timedelta(days=1)):
        shown_ms = round(datetime.combine(day, time(hour, minute), zone).timestamp() * MS)
        if shown_ms >= after_ms:
            return shown_ms
    return None


class Forgotten:
    """What is asked at sign-on about runs that nobody ended."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    async def ask(self) -> None:
        """One question for each of the runs, the oldest first; nothing where none is due."""
        talk = self._talk
        if talk.operator is None or talk.filling or talk.pages:
            return
        talk.plant = await talk.memory.plant()
        due = [(run, over_ms) for run in await self._own() for over_ms in [self._over_ms(run)] if over_ms]
        if due:
            self._ask(*due[0])

    async def _own(self) -> list[Run]:
        """Runs of whoever is signed on; one that is paused waits on purpose."""
        me = self._talk.operator.person if self._talk.operator else ""
        runs = await self._talk.memory.open_runs()
        return [run for run in runs if me in run.started.operators and not run.paused]

    def _over_ms(self, run: Run) -> int | None:
        """When the shift of a run was over; None as long as it is not, or where no shifts are known."""
        calendar = Calendar(self._talk.plant.shifts.values(), self._talk.zone)
        over_ms = calendar.over_ms(max(run.began_ms, self._talk.still_running.get(run.run, 0)))
        now_ms = self._talk.memory.moment().clamped_ms
        return over_ms if over_ms is not None and over_ms <= now_ms else None

    def _ask(self, run: Run, over_ms: int) -> None:
        talk = self._talk

        async def choose(index: int) -> None:
            talk.pages.clear()
            match index:
                case 0:
                    await self._close(run, over_ms)
                case 1:
                    self._ask_when(run)
                case 2:
                    await self._close(run, None)
                case 3:
                    now_ms = talk.memory.moment().clamped_ms
                    talk.still_running = {**talk.still_running, run.run: now_ms}
                    await self.ask()

        ended = _("Ended when the shift ended, {moment}").format(moment=self._shown(over_ms))
        rows = (
            Row((ended,)),
            Row((_("Ended at another time"),)),
            Row((_("Ended, and nobody knows when: a flag stays"),)),
            Row((_("It still runs"),)),
            Row((_("Not now"),), Tone.WAITING),
        )
        _since, name, step, _machine, kind = run_cells(talk, run)
        what = _("{order}  step {step}  {kind}").format(order=name, step=step, kind=kind)
        talk.offer(ListPage(self._title(run), (what,), rows, choose, not_now=self._not_now))

    def _title(self, run: Run) -> str:
        talk = self._talk
        began = datetime.fromtimestamp(run.began_ms / MS, talk.zone).date()
        today = datetime.fromtimestamp(talk.memory.moment().clamped_ms / MS, talk.zone).date()
        if began == today:
            since = _("today {clock}").format(clock=clock(talk.zone, run.fact))
        elif began == today - timedelta(days=1):
            since = _("yesterday {clock}").format(clock=clock(talk.zone, run.fact))
        else:
            since = day_and_clock(talk.zone, run.fact)
        machine = run.started.machine
        if machine is None:
            return _("Still running? It began {moment}").format(moment=since)
        name = machine_name(talk, machine)
        return _("Still running? It began {moment} at {machine}").format(moment=since, machine=name)

    def _shown(self, at_ms: int) -> str:
        return f"{datetime.fromtimestamp(at_ms / MS, self._talk.zone):%H:%M}"

    async def _not_now(self) -> None:
        self._talk.pages.clear()

    def _ask_when(self, run: Run) -> None:
        async def answer(text: str) -> None:
            ended_ms = moment_of(text, run.began_ms, self._talk.zone)
            if ended_ms is None:
                self._talk.refuse(Refusal.NOT_THEN)
            else:
                await self._close(run, ended_ms)

        question = _("Four digits: 1345 is a quarter to two")
        self._talk.pages.append(AskPage(_("When did it end?"), question, answer))

    async def _close(self, run: Run, ended_ms: int | None) -> None:
        """Record the end, then ask about the next one."""
        talk = self._talk
        command = CloseRun(
            intent=talk.new_intent(),
            by=talk.operator.person if talk.operator else None,
            slip=run.started.slip,
            run=run.run,
            ended_ms=ended_ms,
        )
        if not await talk.record(command):
            return
        talk.pages.clear()
        ended = (
            _("ended {clock}").format(clock=self._shown(ended_ms)) if ended_ms else _("ended, a flag stays")
        )
        await self.ask()
        talk.notice = Notice(Tone.TAKEN if ended_ms else Tone.FLAGGED, _("The run is closed."), ended)

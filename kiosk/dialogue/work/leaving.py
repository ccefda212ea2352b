"""SIGN OFF with a run open: it is said, and the run can be paused, ended or left open.

Never a wall: SIGN OFF again, or ENTER, leaves it open; whoever comes back is asked when the shift is over.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from floor.commands import PauseRun
from floor.refusals import Refusal
from floor.runs import Run
from floor.tags import CommandWord
from kiosk.dialogue.pages import ListPage, word_of
from kiosk.dialogue.people import People
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Row, Tone
from kiosk.dialogue.work.run_rows import run_cells
from kiosk.dialogue.work.runs import Runs
from kiosk.inputs import Input
from kiosk.words import _, counted


@dataclass(slots=True)
class LeavingPage(ListPage):
    """The list on which SIGN OFF again means it."""

    leave: Callable[[], Awaitable[None]] | None = None

    async def take(self, taken: Input, /) -> bool | Refusal:
        """As a list does, and SIGN OFF."""
        if self.leave and word_of(taken) is CommandWord.SIGN_OFF:
            await self.leave()
            return True
        return await ListPage.take(self, taken)


class Leaving:
    """SIGN OFF."""

    def __init__(self, talk: Talk, people: People, runs: Runs) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk
        self._people = people
        self._runs = runs

    async def sign_off(self) -> None:
        """Leave one's place; first what one has open and not paused is said."""
        if self._talk.operator is None or self._talk.unfinished:
            await self._people.sign_off()
            return
        going = [run for run in await self._runs.own() if not run.paused]
        if going:
            self._ask(going)
        else:
            await self._people.sign_off()

    def _ask(self, going: list[Run]) -> None:
        talk = self._talk

        async def choose(index: int) -> None:
            run = going[(index - 1) // 2]
            if index == 0:
                await self._people.sign_off()
            elif index % 2:
                await self._pause(run)
            else:
                talk.pages.clear()
                await self._runs.end(run)

        rows = [Row((_("Leave it open, sign off"),))]
        for run in going:
            cells = run_cells(talk, run)
            rows += [Row((_("Pause it"), *cells)), Row((_("End it: what was made?"), *cells))]
        title = counted("You have {count} run open", "You have {count} runs open", len(going))
        columns = ("", _("since"), _("order"), _("step"), _("machine"), _("kind"))
        keys = _("ENTER takes      F12 leaves it open      ESC stay signed on")
        talk.offer(LeavingPage(title, columns, tuple(rows), choose, keys, leave=self._people.sign_off))

    async def _pause(self, run: Run) -> None:
        """Pause one; with nothing more that goes on, they leave."""
        talk = self._talk
        by = talk.operator.person if talk.operator else None
        command = PauseRun(intent=talk.new_intent(), by=by, slip=run.started.slip, run=run.run)
        if await talk.record(command):
            talk.pages.clear()
            await self.sign_off()
            talk.notice = Notice(Tone.TAKEN, _("PAUSED"), _("START goes on with it."))

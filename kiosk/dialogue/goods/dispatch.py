"""What next: the list of what this machine or work centre can take up, and what comes to it.

Never decides what is next: it is sorted, and whoever works chooses; START there begins at once.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from floor.dispatch import WaitingHere, in_turn
from floor.refusals import Refusal
from floor.source import Source
from floor.tags import CommandWord, slip_name
from kiosk.dialogue.amounts import show
from kiosk.dialogue.moments import day_in_words
from kiosk.dialogue.names import machine_name
from kiosk.dialogue.pages import ListPage, word_of
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Body, Row, Tone
from kiosk.inputs import Input
from kiosk.words import _


@dataclass(frozen=True, slots=True)
class _DispatchPage:
    """The list; START begins on the marked line."""

    listed: ListPage
    start: Callable[[int], Awaitable[None]]

    def body(self, typed: str, /) -> Body:
        """The list."""
        return self.listed.body(typed)

    async def take(self, taken: Input, /) -> bool | Refusal:
        """START, or whatever a list takes."""
        if word_of(taken) is CommandWord.START:
            if self.listed.rows:
                await self.start(self.listed.chosen)
            return True
        return await self.listed.take(taken)


class Dispatch:
    """PICK without a slip."""

    def __init__(self, talk: Talk, start_run: Callable[[], Awaitable[None]]) -> None:
        """Works on the one `talk` of its terminal; `start_run` begins on the step on the screen."""
        self._talk = talk
        self._start_run = start_run

    async def open(self) -> None:
        """Lay the list over the conversation."""
        talk = self._talk
        talk.plant = await talk.memory.plant()
        machine = talk.plant.machines.get(talk.machine or "")
        work_centre = machine.work_centre if machine else talk.place.work_centre
        waiting = in_turn(await talk.memory.waiting_here(work_centre), talk.machine)

        async def choose(index: int) -> None:
            talk.pages.clear()
            await talk.open_slip(waiting[index].slip, Source.KEYS, None, waiting[index].step)

        async def start(index: int) -> None:
            await choose(index)
            await self._start_run()

        where = machine_name(talk, talk.machine) if machine else talk.place.name
        columns = (_("due"), _("order"), _("item"), _("step"), _("here"), _("since"), _("slip"))
        page = ListPage(
            _("What next at {place}").format(place=where),
            columns,
            tuple(_row(line) for line in waiting),
            choose,
            keys=_("ENTER reports on it      F7 starts on it      ESC back"),
            empty=_("Nothing waits at this work centre, and nothing comes to it next."),
        )
        talk.pages.append(_DispatchPage(page, start))


def _row(line: WaitingHere) -> Row:
    """Late ones say so, and so does what is not here yet."""
    due = day_in_words(line.due) if line.due else ""
    cells = (
        f"{due} {_('LATE')}" if line.late else due,
        line.order,
        line.item_name,
        f"{line.step} {line.step_name}",
        show(line.still_here),
        _state(line),
        slip_name(line.slip),
    )
    tone = Tone.WAITING if line.coming else Tone.FLAGGED if line.late else Tone.PLAIN
    return Row(cells, tone)


def _state(line: WaitingHere) -> str:
    if line.running:
        return _("begun")
    if line.since is None:
        return _("to come")
    return f"{line.since:%H:%M}" if line.today else day_in_words(line.since)

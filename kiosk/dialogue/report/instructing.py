"""INSTRUCTIONS: how the step on the screen is done, and its drawing.

Never draws: where a terminal has no drawing to show, it says where it lies.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from floor.events import InstructionsDefined
from floor.refusals import Refusal
from floor.tags import CommandWord
from kiosk.dialogue.pages import HelpPage, word_of
from kiosk.dialogue.report.reporting import Filling
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Drawing, Helping, Notice, Tone
from kiosk.drawings import Draw, Picture
from kiosk.inputs import Input
from kiosk.words import _


@dataclass(frozen=True, slots=True)
class InstructionsPage:
    """How the step is done; ENTER shows its drawing."""

    title: str
    lines: tuple[tuple[str, str], ...]
    show_drawing: Callable[[], Awaitable[None]]

    def body(self, _typed: str, /) -> Helping:
        """The same whatever is typed."""
        return Helping(self.title, self.lines)

    async def take(self, taken: Input, /) -> bool:
        """OK shows the drawing; anything else closes the page and counts."""
        if word_of(taken) is not CommandWord.OK:
            return False
        await self.show_drawing()
        return True


@dataclass(frozen=True, slots=True)
class DrawingPage:
    """The drawing; it lies over the instructions."""

    title: str
    name: str
    pictures: tuple[Picture, ...]

    def body(self, _typed: str, /) -> Drawing:
        """The same whatever is typed."""
        return Drawing(self.title, self.name, self.pictures, _("ESC back"))

    async def take(self, taken: Input, /) -> bool:
        """OK has nothing more to show; anything else closes the page and counts."""
        return word_of(taken) is CommandWord.OK


class Instructing:
    """INSTRUCTIONS."""

    def __init__(self, talk: Talk, draw: Draw | None) -> None:
        """Works on the one `talk` of its terminal; `draw` is None where it cannot show a drawing."""
        self._talk = talk
        self._draw = draw

    async def open(self) -> None:
        """The instructions of the step on the screen."""
        talk = self._talk
        filling = talk.filling
        if filling is None:
            talk.refuse(Refusal.SLIP_FIRST)
            return
        if filling.slots.step is None:
            talk.refuse(Refusal.STEP_FIRST)
            return
        found = instructions(filling)
        if found is None:
            talk.notice = Notice(Tone.PLAIN, _("This step has no instructions."))
            return
        title, lines, draw = _title(filling), _lines(found), self._draw
        if draw is None or not found.document:
            talk.pages.append(HelpPage(title, lines))
            return

        async def show_drawing() -> None:
            await self._show_drawing(title, found, draw)

        lines = (*lines, ("ENTER", _("shows the drawing")))
        talk.pages.append(InstructionsPage(title, lines, show_drawing))

    async def _show_drawing(self, title: str, found: InstructionsDefined, draw: Draw) -> None:
        pictures = await draw(found.document or "", found.page)
        if pictures:
            self._talk.pages.append(DrawingPage(title, drawing_name(found), pictures))
        else:
            missing = _("This terminal cannot show the drawing.")
            self._talk.notice = Notice(Tone.FLAGGED, missing, drawing_name(found))


def instructions(filling: Filling) -> InstructionsDefined | None:
    """What the plant says of the chosen step in the version of the route that the order runs by."""
    confirmed = filling.picture.order.locked
    if confirmed is None or filling.slots.step is None:
        return None
    route = confirmed.route
    return filling.picture.plant.instructions.get((route.item, route.version, filling.slots.step))


def _title(filling: Filling) -> str:
    step = filling.step
    return _("step {step}   {name}").format(step=filling.slots.step, name=step.name if step else "")


def _lines(found: InstructionsDefined) -> tuple[tuple[str, str], ...]:
    lines = tuple((str(at), line) for at, line in enumerate(found.lines, 1))
    return (*lines, (_("drawing"), drawing_name(found))) if found.document else lines


def drawing_name(found: InstructionsDefined) -> str:
    """`CH-120.pdf, page 4`."""
    if found.page is None:
        return found.document or ""
    return _("{document}, page {page}").format(document=found.document, page=found.page)

"""INSTRUCTIONS: how the step on the screen is done, and which drawing shows it.

Never draws: a screen that can shows the drawing, every other one says where it lies.
"""

from floor.events import InstructionsDefined
from floor.refusals import Refusal
from kiosk.dialogue.pages import HelpPage
from kiosk.dialogue.report.reporting import Filling
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Tone
from kiosk.words import _


class Instructing:
    """INSTRUCTIONS."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

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
        talk.pages.append(HelpPage(_title(filling), _lines(found)))


def instructions(filling: Filling) -> InstructionsDefined | None:
    """What the plant says of the chosen step in the version of the route that the order runs by."""
    confirmed = filling.picture.order.life.confirmed
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

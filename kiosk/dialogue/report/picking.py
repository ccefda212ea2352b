"""Picking what will not scan: a step of the slip, or what waits at this work centre.

Never records anything.
"""

from floor.refusals import Refusal
from kiosk.dialogue.amounts import show
from kiosk.dialogue.goods.dispatch import Dispatch
from kiosk.dialogue.pages import AskPage, ListPage
from kiosk.dialogue.report.reasons import Reasons
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Row
from kiosk.words import _


class Picking:
    """PICK."""

    def __init__(self, talk: Talk, reasons: Reasons, dispatch: Dispatch) -> None:
        """Works on the one `talk` of its terminal; `reasons` picks those, `dispatch` shows what is next."""
        self._talk = talk
        self._reasons = reasons
        self._dispatch = dispatch

    async def pick(self) -> None:
        """PICK: the reason that is wanted, the steps of the slip, else what waits at this work centre."""
        if self._reasons.wanted:
            await self._reasons.pick()
        elif self._talk.filling and not self._talk.filling.slots.says_result:
            self.pick_step()
        elif self._talk.filling:
            self._talk.refuse(Refusal.REPORT_UNFINISHED)
        else:
            await self._dispatch.open()

    def pick_step(self) -> None:
        """Choose the step that is meant; a slip with no known route is asked for the step's number."""
        talk = self._talk
        if talk.filling is None:
            return
        steps = list(talk.filling.steps.values())
        if not steps:
            talk.pages.append(
                AskPage(
                    _("Which step?"),
                    _("Number of the step, as on the slip"),
                    self._answer_step,
                    ("10, 20, 30 ...",),
                )
            )
            return
        slip = talk.filling.slip

        async def choose(index: int) -> None:
            talk.pages.remove(page)
            talk.choose_step(steps[index].number)

        rows = tuple(
            Row((str(step.number), step.name, show(slip.lines[step.number].still_here) if slip else "-"))
            for step in steps
        )
        waiting = next(
            (at for at, step in enumerate(steps) if slip and slip.lines[step.number].still_here), 0
        )
        columns = (_("step"), "", _("still here"))
        page = ListPage(_("Which step?"), columns, rows, choose, chosen=waiting)
        talk.offer(page)

    async def _answer_step(self, text: str) -> None:
        if not text.isascii() or not text.isdigit() or not int(text):
            self._talk.refuse(Refusal.NOT_A_QUANTITY)
            return
        self._talk.pages.pop()
        self._talk.choose_step(int(text))

"""Taking back: a report is withdrawn by a correction that names it.

Never erases: the report stays in the ledger.
"""

from floor.commands import CorrectReport
from floor.events import Reported
from floor.refusals import Refusal
from floor.tags import grouped, slip_code
from kiosk.dialogue import painting
from kiosk.dialogue.pages import ListPage
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Done, Row, Tone


class Undoing:
    """UNDO."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

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

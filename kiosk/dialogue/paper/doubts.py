"""Was it printed? Asked of whoever is signed on and idle, about paper that nobody knows of.

Never in anybody's way: any scan goes on with the work; it is asked again when the terminal is free.
"""

from typing import Final

from floor.commands import ReprintSlip
from floor.events import PaperUnknown, SlipIssued, SlipReprinted, SlipSplit
from floor.paper_commands import SettlePaper
from kiosk.dialogue.pages import ListPage
from kiosk.dialogue.paper.standing import paper_name
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Row, Tone
from kiosk.papers import DoubtfulPaper
from kiosk.words import _

IDLE_MS: Final = 2_000
"""So long nothing is scanned before it is asked."""
AGAIN_MS: Final = 120_000
"""So long it is left alone after somebody went on without an answer."""


class PaperDoubts:
    """The question, and what follows from its answer."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    def ask_if_free(self) -> None:
        """Once a second: lay the question over a screen on which nothing goes on."""
        talk = self._talk
        now_ms = talk.monotonic_ms()
        busy = talk.pages or talk.filling or talk.done or talk.digits or talk.training
        if busy or talk.operator is None or not talk.doubtful:
            return
        if now_ms - talk.last_input_ms >= IDLE_MS and now_ms >= talk.doubts_rest_until_ms:
            talk.doubts_rest_until_ms = now_ms + AGAIN_MS
            self._ask(talk.doubtful[0])

    def _ask(self, paper: DoubtfulPaper) -> None:
        said = paper.answer.event
        assert isinstance(said, PaperUnknown)
        again = isinstance(paper.asked.event, SlipIssued | SlipSplit | SlipReprinted)
        rows = [_("Ask again later"), _("Yes, it is here"), _("Nobody knows: leave it")]

        async def choose(index: int) -> None:
            self._talk.pages.remove(page)
            match index:
                case 1:
                    await self._settle(paper, found=True)
                case 2:
                    await self._settle(paper, found=None)
                case 3:
                    await self._print_again(paper)

        if again:
            rows.append(_("No: print it again, as a further copy"))
        title = _("Was {paper} printed at {printer}?").format(
            paper=paper_name(said.slip), printer=said.printer
        )
        page = ListPage(title, (_(said.reason),), tuple(Row((row,)) for row in rows), choose)
        self._talk.offer(page)

    async def _settle(self, paper: DoubtfulPaper, found: bool | None) -> bool:
        talk, said = self._talk, paper.answer.event
        assert isinstance(said, PaperUnknown)
        command = SettlePaper(
            intent=talk.new_intent(),
            by=talk.operator.person if talk.operator else None,
            slip=said.slip,
            paper=said.paper,
            unknown=paper.answer.event_id,
            printer=said.printer,
            found=found,
        )
        if not await talk.record(command):
            return False
        talk.doubtful = tuple(await talk.papers.doubtful())
        talk.doubts_rest_until_ms = 0.0
        return True

    async def _print_again(self, paper: DoubtfulPaper) -> None:
        talk, said = self._talk, paper.answer.event
        assert isinstance(said, PaperUnknown)
        if said.slip is None or talk.operator is None or not await self._settle(paper, found=False):
            return
        command = ReprintSlip(
            intent=talk.new_intent(), by=talk.operator.person, slip=said.slip, printer=said.printer
        )
        if await talk.record(command):
            printing = _("Paper comes from printer {name}.").format(name=said.printer)
            talk.notice = Notice(Tone.TAKEN, _("Another copy is being printed."), printing)

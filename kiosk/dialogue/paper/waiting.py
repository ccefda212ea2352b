"""The papers that wait, at the supervisor's desk: which, where, and not to print them after all.

Never takes back what a printer has already: that may be on paper.
"""

from collections.abc import Awaitable, Callable, Sequence

from floor.codec import Fact
from kiosk.dialogue.moments import clock
from kiosk.dialogue.pages import ListPage
from kiosk.dialogue.paper.standing import paper_name
from kiosk.dialogue.sure import ask_sure
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Row, Tone
from kiosk.words import _, counted


def waiting_row(talk: Talk, columns: int) -> Row | None:
    """The desk's line about papers that wait; None where none does, and in training."""
    waiting = sum(state.waiting for state in talk.papers.printers())
    if talk.training or not waiting:
        return None
    said = counted("{count} paper waits to be printed", "{count} papers wait to be printed", waiting)
    troubled = any(state.trouble for state in talk.papers.printers())
    return Row((said, *[""] * (columns - 1)), Tone.FLAGGED if troubled else Tone.WAITING)


async def show_waiting(talk: Talk, person: str) -> None:
    """Lay the list of what waits over the desk; `person` gave badge and PIN."""
    papers = await talk.papers.waiting()

    async def choose(index: int) -> None:
        chosen = [papers[index - 1]] if index else papers
        _make_sure(talk, person, chosen)

    rows = (
        Row((_("Print none of them"), "", "", "")),
        *(Row(_cells(talk, fact)) for fact in papers),
    )
    columns = (_("paper"), _("order"), _("printer"), _("since"))
    talk.offer(ListPage(_("Papers that wait"), columns, rows, choose))


def _make_sure(talk: Talk, person: str, papers: Sequence[Fact]) -> None:
    ask_sure(
        talk,
        counted("Not print {count} paper?", "Not print {count} papers?", len(papers)),
        _("No, print"),
        _("Yes, do not print"),
        _calling_back(talk, person, papers),
    )


def _calling_back(talk: Talk, person: str, papers: Sequence[Fact]) -> Callable[[], Awaitable[None]]:
    async def call_back() -> None:
        count = await talk.papers.call_back([fact.event_id for fact in papers], person)
        talk.pages[:] = talk.pages[:1]
        said = counted("{count} paper is not printed.", "{count} papers are not printed.", count)
        left = len(papers) - count
        at_printer = counted(
            "{count} is at its printer already.", "{count} are at their printers already.", left
        )
        talk.notice = Notice(Tone.TAKEN, said, at_printer if left else "")

    return call_back


def _cells(talk: Talk, fact: Fact) -> tuple[str, ...]:
    subjects = fact.event.subjects()
    printer = getattr(fact.event, "printer", None) or ""
    return paper_name(subjects.slip), subjects.order or "", printer, clock(talk.zone, fact)

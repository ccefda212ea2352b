"""How it stands with paper, in a sentence: the printer that needs somebody, the paper that nobody knows of.

Never asks a printer: their states come through a port.
"""

from floor.events import PaperUnknown
from floor.tags import slip_name
from kiosk.dialogue.talk import Talk
from kiosk.words import _, counted


def sentence(talk: Talk) -> str | None:
    """What somebody should do something about; None when paper comes by itself."""
    for state in talk.papers.printers():
        if state.trouble:
            printer = _("Printer {name}: {trouble}").format(
                name=state.name, trouble=_(state.trouble.sentence)
            )
            waiting = counted("{count} paper waits.", "{count} papers wait.", state.waiting)
            return f"{printer} {_(state.trouble.hint)} {waiting}"
    if talk.doubtful:
        first = talk.doubtful[0].answer.event
        assert isinstance(first, PaperUnknown)
        said = _("Was {paper} printed at {printer}?").format(
            paper=paper_name(first.slip), printer=first.printer
        )
        return said if talk.operator else f"{said} {_('Scan your badge to say.')}"
    return None


def waits(talk: Talk) -> str:
    """How many papers are being printed; empty for none."""
    waiting = sum(state.waiting for state in talk.papers.printers())
    return (
        counted("{count} paper is being printed", "{count} papers are being printed", waiting)
        if waiting
        else ""
    )


def paper_name(slip: str | None) -> str:
    """What a paper is called: by its slip, where it is about one."""
    return _("slip {slip}").format(slip=slip_name(slip)) if slip else _("the sheet")

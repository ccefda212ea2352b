"""HELP: what can be scanned and pressed now, first; everything there is, on the second page.

Never closes what it explains: a list or a question is still there behind it.
"""

from dataclasses import dataclass
from typing import Final

from floor.quantities import show
from floor.tags import CommandWord, TagKind
from kiosk.dialogue.desk.rescue import RescuePage
from kiosk.dialogue.pages import HELP, AskPage, HelpPage, ListPage, Page, word_of
from kiosk.dialogue.report.reporting import Filling
from kiosk.dialogue.talk import Talk
from kiosk.inputs import Input
from kiosk.words import _, mark

Lines = tuple[tuple[str, str], ...]
"""(scan or key, what it does now)."""

SCANNED: Final[dict[TagKind, str]] = {
    TagKind.PERSON: mark("a badge"),
    TagKind.SLIP: mark("a slip"),
    TagKind.SLIP_STEP: mark("a step on a slip"),
    TagKind.MACHINE: mark("a machine's tag"),
    TagKind.REASON: mark("a reason"),
    TagKind.MATERIAL_LOT: mark("a lot's label"),
    TagKind.HOLD: mark("a review tag"),
}
"""What people call a code."""


@dataclass(frozen=True, slots=True)
class NowPage(HelpPage):
    """What is possible now; HELP again shows everything."""

    pages: list[Page]

    async def take(self, taken: Input, /) -> bool:
        """HELP turns the page; everything else closes it and counts."""
        if word_of(taken) is not CommandWord.HELP:
            return False
        self.pages[-1] = HELP
        return True


def open_help(talk: Talk) -> None:
    """Lay what is possible now over what is there."""
    page = talk.pages[-1] if talk.pages else None
    lines = (*_for_training(talk), *_lines(talk, page), ("", ""), ("F1", _("once more: everything there is")))
    talk.pages.append(NowPage(_("What you can do now"), lines, talk.pages))


def _lines(talk: Talk, page: Page | None) -> Lines:
    match page:
        case RescuePage():
            return _for_paper()
        case ListPage():
            return _for_list(page)
        case AskPage():
            return _for_question(page)
        case None if talk.filling:
            return _for_report(talk, talk.filling)
        case None:
            return _for_slip(talk) if talk.operator else _for_badge()
        case _:
            return (("ENTER", _("takes what is shown")), ("ESC", _("goes back")))


def _for_training(talk: Talk) -> Lines:
    return (("TRAINING", _("ends the training; until then nothing is recorded")),) if talk.training else ()


def _for_badge() -> Lines:
    return (
        (_("your badge"), _("signs you on")),
        (_("a slip, or a step on it"), _("shows where it is and what is here")),
        ("LANGUAGE", _("on the command card: another language")),
        ("INSERT", _("everything that has no key of its own")),
    )


def _for_slip(talk: Talk) -> Lines:
    leads = (
        (("F10", _("orders, slips, printing: asks for your PIN")),)
        if talk.operator and talk.operator.leads
        else ()
    )
    return (
        (_("the slip, or a step on it"), _("begins a report")),
        ("F2", _("picks from what waits here, when a code will not scan")),
        (_("a machine's tag"), _("reports are about that machine from now on")),
        ("F8", _("ends one of your runs")),
        ("F9", _("takes one of your last reports back")),
        ("F11", _("the machine stands still, or runs again")),
        (_("another badge"), _("takes over from you")),
        ("F12", _("signs you off")),
        *leads,
        ("INSERT", _("everything that has no key of its own")),
    )


def _for_report(talk: Talk, filling: Filling) -> Lines:
    if talk.operator is None:
        return ((_("your badge"), _("and you can report on this slip")), ("ESC", _("puts the slip away")))
    if filling.slots.step is None:
        return (
            (_("a step on the slip"), _("the report is about that step")),
            ("F2", _("picks the step")),
            ("ESC", _("puts the slip away")),
        )
    if talk.number is not None:
        return _for_number(show(talk.number))
    return _for_quantities(filling)


def _for_number(number: str) -> Lines:
    return (
        ("ENTER", _("{number} are good: recorded").format(number=number)),
        (_("a reason"), _("{number} are scrap for that reason").format(number=number)),
        ("F4", _("{number} are scrap, reason not given").format(number=number)),
        ("F5", _("{number} go back to be worked again").format(number=number)),
        ("F6", _("{number} are set aside for a decision").format(number=number)),
        ("ESC", _("takes the number away")),
    )


def _for_quantities(filling: Filling) -> Lines:
    enter = (
        _("records {number} good").format(number=show(filling.good))
        if filling.good
        else _("records what is shown")
    )
    return (
        ("ENTER", enter),
        (_("a number, then ENTER"), _("so many are good: recorded")),
        (_("a number, then a reason"), _("so many are scrap for that reason")),
        ("F3", _("the step is done, and what is left is missing; again: part only")),
        (_("a lot's label"), _("goes into this step as material")),
        (_("a machine's tag"), _("this report is about that machine")),
        ("F7   F8", _("begins a run; ends it with this report")),
        ("ESC", _("takes the last entry back; with none, puts the slip away")),
        ("DELETE", _("throws the whole entry away")),
        ("INSERT", _("split, merge, material, checks and more")),
    )


def _for_paper() -> Lines:
    return (
        (_("a slip, or a step on it"), _("is keyed next")),
        (_("a badge"), _("who did it; or the number of the person")),
        (_("a number, then a reason"), _("so many are scrap for that reason")),
        ("F2   F4", _("picks the reason; scrap without a reason")),
        ("ENTER", _("takes what is shown")),
        (_("UP   DOWN"), _("another step of the slip")),
        ("F9", _("takes the last one back")),
        ("ESC", _("goes back")),
    )


def _for_list(page: ListPage) -> Lines:
    kinds = [TagKind.REASON] if page.reason else []
    scans = tuple((_(SCANNED[kind]), _("chooses it")) for kind in [*kinds, *page.scans] if kind in SCANNED)
    not_now = (("NOT NOW", _("leaves it for later; a flag stays")),) if page.not_now else ()
    return (
        (_("the number of a line"), _("marks it; with ENTER it is taken")),
        (_("UP   DOWN"), _("moves the mark; NEXT and PREVIOUS on the command card")),
        ("ENTER", _("takes the marked line; OK on the command card")),
        *scans,
        *not_now,
        ("ESC", _("goes back; BACK on the command card")),
    )


def _for_question(page: AskPage) -> Lines:
    not_now = (("NOT NOW", _("leaves it for later; a flag stays")),) if page.not_now else ()
    digits = (
        _("is typed: nobody scans a PIN") if page.secret else _("is typed, or scanned from the number card")
    )
    return (
        (_("the answer"), digits),
        ("ENTER", _("gives it; OK on the command card")),
        *not_now,
        ("ESC", _("goes back; BACK on the command card")),
    )

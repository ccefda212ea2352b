"""What a terminal says about paper: printers in trouble, papers that wait, and was it printed?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from floor.codec import Fact
from floor.commands import AnswerPaper, PaperOutcome, ReprintSlip
from floor.events import PaperFailed, PaperSettled, PaperUnknown, SlipIssued, SlipReprinted
from floor.printers import PrinterTrouble
from floor.tags import CommandWord, TagKind, encode, slip_code, slip_name
from kiosk.dialogue.conversation import Conversation, Place
from kiosk.dialogue.view import Choosing, Waiting
from kiosk.papers import DoubtfulPaper, PrinterState
from tests.floor.shop import Shop, a_shop
from tests.kiosk.at_terminal import choosing, command
from tests.kiosk.shop_memory import BADGE, EVE, PIN, Terminal

EVES = encode(TagKind.PERSON, EVE.badge)


@dataclass
class ShopPapers:
    """The paper desk of a shop whose printers do what a test says."""

    shop: Shop
    states: list[PrinterState] = field(default_factory=list)
    handed: set[str] = field(default_factory=set)

    def printers(self) -> Sequence[PrinterState]:
        return self.states

    async def waiting(self) -> list[Fact]:
        answered = {fact.event.subjects().answers for fact in self.shop.facts}
        asks = (SlipIssued, SlipReprinted)
        return [
            fact
            for fact in self.shop.facts
            if isinstance(fact.event, asks) and fact.event.printer and fact.event_id not in answered
        ]

    async def doubtful(self) -> list[DoubtfulPaper]:
        settled = {fact.event.subjects().answers for fact in self.shop.facts}
        by_id = {fact.event_id: fact for fact in self.shop.facts}
        return [
            DoubtfulPaper(by_id[fact.event.paper], fact)
            for fact in self.shop.facts
            if isinstance(fact.event, PaperUnknown) and fact.event_id not in settled
        ]

    async def call_back(self, papers: Sequence[str], by: str) -> int:
        waiting = [fact for fact in await self.waiting() if fact.event_id in papers]
        here = [fact for fact in waiting if fact.event_id not in self.handed]
        for fact in here:
            answer(self.shop, fact, PaperOutcome.FAILED, f"cancelled by {by}")
        return len(here)


def answer(shop: Shop, asked: Fact, outcome: PaperOutcome, reason: str = "") -> None:
    """What the printer said."""
    event = asked.event
    assert isinstance(event, SlipIssued | SlipReprinted)
    shop.do(
        AnswerPaper(
            intent=shop.new_id(),
            by=None,
            slip=event.slip,
            paper=asked.event_id,
            printer=event.printer or "",
            outcome=outcome,
            reason=reason,
        )
    )


class PaperTerminal(Terminal):
    """A terminal with a paper desk."""

    def __init__(self, shop: Shop) -> None:
        self.papers = ShopPapers(shop)
        super().__init__(shop)

    def new_conversation(self, memory: object) -> Conversation:
        place = Place("Cutting Line 1", "WC10", printers=("office",))
        return Conversation(self.memory, place, self.shop.new_id, lambda: self.now_ms, papers=self.papers)

    async def wait(self, seconds: float) -> None:
        """Nobody touches it."""
        self.now_ms += seconds * 1000
        await self.conversation.refresh()


@pytest.fixture
def terminal(shop: Shop) -> PaperTerminal:
    return PaperTerminal(shop)


@pytest.fixture
def shop() -> Shop:
    return a_shop()


def asked_for(shop: Shop) -> Fact:
    """A slip whose paper was asked for."""
    slip = shop.issue(30)[0]
    shop.do(ReprintSlip(intent=shop.new_id(), by=EVE.person, slip=slip, printer="office"))
    return shop.facts[-1]


def in_doubt(shop: Shop) -> Fact:
    """One whose paper nobody knows of."""
    asked = asked_for(shop)
    answer(
        shop, asked, PaperOutcome.UNKNOWN, "The terminal was stopped while it printed. Look at the printer."
    )
    return asked


async def test_f1_f2_a_printer_that_needs_somebody_is_said_with_what_to_do(terminal: PaperTerminal) -> None:
    terminal.papers.states = [
        PrinterState("office", PrinterTrouble.OUT_OF_PAPER, 3),
        PrinterState("labels", None, 1),
    ]
    await terminal.wait(1)
    assert terminal.view.foot.trouble == "Printer office: Out of paper. Put paper in. 3 papers wait."
    terminal.papers.states = []
    await terminal.wait(1)
    assert terminal.view.foot.trouble is None


@pytest.mark.parametrize("trouble", PrinterTrouble)
async def test_every_trouble_fits_the_narrowest_screen(
    terminal: PaperTerminal, trouble: PrinterTrouble
) -> None:
    terminal.papers.states = [PrinterState("office", trouble, 88)]
    assert len(terminal.view.foot.trouble or "") <= 76


async def test_papers_that_are_being_printed_are_said_on_the_free_screen(terminal: PaperTerminal) -> None:
    terminal.papers.states = [PrinterState("office", None, 3)]
    assert isinstance(terminal.view.body, Waiting)
    assert terminal.view.body.detail == "3 papers are being printed"


async def test_f5_a_paper_that_nobody_knows_of_is_said_and_asked_about_when_somebody_is_free(
    terminal: PaperTerminal,
) -> None:
    asked = in_doubt(terminal.shop)
    name = slip_name(asked.event.slip)
    await terminal.wait(1)
    assert terminal.view.foot.trouble == f"Was slip {name} printed at office? Scan your badge to say."
    await terminal.scan(BADGE)
    assert isinstance(terminal.view.body, Waiting)
    await terminal.wait(3)
    page = choosing(terminal)
    assert page.title == f"Was slip {name} printed at office?"
    assert page.columns == ("The terminal was stopped while it printed. Look at the printer.",)


@pytest.mark.parametrize("by_scans", [False, True])
async def test_f5_yes_it_is_here_is_said_by_keys_or_by_scans_and_never_asked_again(
    terminal: PaperTerminal, by_scans: bool
) -> None:
    asked = in_doubt(terminal.shop)
    await terminal.scan(BADGE)
    await terminal.wait(3)
    if by_scans:
        await terminal.scan(command(CommandWord.NEXT))
        await terminal.scan(command(CommandWord.OK))
    else:
        await terminal.keys("2", "enter")
    settled = terminal.shop.facts[-1].event
    assert isinstance(settled, PaperSettled)
    assert (settled.found, settled.paper, settled.by) == (True, asked.event_id, "4711")
    await terminal.wait(300)
    assert isinstance(terminal.view.body, Waiting)
    assert terminal.view.foot.trouble is None


async def test_f6_no_prints_a_further_copy(terminal: PaperTerminal) -> None:
    asked = in_doubt(terminal.shop)
    assert isinstance(asked.event, SlipReprinted)
    await terminal.scan(BADGE)
    await terminal.wait(3)
    await terminal.keys("4", "enter")
    settled, again = (fact.event for fact in terminal.shop.facts[-2:])
    assert isinstance(settled, PaperSettled)
    assert settled.found is False
    assert isinstance(again, SlipReprinted)
    assert again.copy_letter > asked.event.copy_letter
    assert (again.by, again.printer) == ("4711", "office")


async def test_enter_alone_never_answers_and_the_question_comes_again(terminal: PaperTerminal) -> None:
    in_doubt(terminal.shop)
    before = len(terminal.shop.facts)
    await terminal.scan(BADGE)
    await terminal.wait(3)
    await terminal.keys("enter")
    await terminal.wait(30)
    assert isinstance(terminal.view.body, Waiting)
    await terminal.wait(100)
    assert choosing(terminal).chosen == 0
    assert len(terminal.shop.facts) == before


async def test_the_question_is_in_nobodys_way(terminal: PaperTerminal) -> None:
    in_doubt(terminal.shop)
    slip = terminal.shop.issue(10)[0]
    await terminal.scan(BADGE)
    await terminal.wait(3)
    choosing(terminal)
    await terminal.scan(slip_code(slip, "B"))
    assert not isinstance(terminal.view.body, Choosing)
    await terminal.wait(150)
    assert not isinstance(terminal.view.body, Choosing)


async def test_nobody_knows_is_left_and_said_at_the_desk(terminal: PaperTerminal) -> None:
    in_doubt(terminal.shop)
    await terminal.scan(BADGE)
    await terminal.wait(3)
    await terminal.keys("3", "enter")
    await terminal.wait(300)
    assert isinstance(terminal.view.body, Waiting)
    await at_the_desk(terminal)
    await terminal.keys("1", "enter")
    assert any("nobody knows" in row.cells[-1] for row in choosing(terminal).rows)


async def at_the_desk(terminal: PaperTerminal) -> None:
    """Eve, with her PIN."""
    await terminal.scan(EVES)
    await terminal.keys("f10")
    await terminal.keys(*PIN, "enter")


async def test_papers_that_wait_are_listed_at_the_desk_and_called_back(terminal: PaperTerminal) -> None:
    first, second = asked_for(terminal.shop), asked_for(terminal.shop)
    terminal.papers.states = [PrinterState("office", PrinterTrouble.OFFLINE, 2)]
    terminal.papers.handed = {first.event_id}
    await at_the_desk(terminal)
    assert choosing(terminal).rows[1].cells[0] == "2 papers wait to be printed"
    await terminal.keys("2", "enter")
    assert [row.cells[0] for row in choosing(terminal).rows] == [
        "Print none of them",
        f"slip {slip_name(first.event.slip)}",
        f"slip {slip_name(second.event.slip)}",
    ]
    await terminal.keys("1", "enter")
    assert choosing(terminal).title == "Not print 2 papers?"
    await terminal.keys("2", "enter")
    notice = terminal.view.notice
    assert notice is not None
    assert (notice.title, notice.detail) == ("1 paper is not printed.", "1 is at its printer already.")
    failed = terminal.shop.facts[-1].event
    assert isinstance(failed, PaperFailed)
    assert (failed.paper, failed.reason) == (second.event_id, "cancelled by 9001")


async def test_a_copy_that_surely_never_was_on_paper_is_printed_again_as_the_same_copy(shop: Shop) -> None:
    asked = asked_for(shop)
    assert isinstance(asked.event, SlipReprinted)
    answer(shop, asked, PaperOutcome.FAILED, "cancelled by 9001")
    shop.do(ReprintSlip(intent=shop.new_id(), by="9001", slip=asked.event.slip, printer="office"))
    again = shop.facts[-1]
    assert isinstance(again.event, SlipReprinted)
    assert again.event.copy_letter == asked.event.copy_letter
    answer(shop, again, PaperOutcome.PRINTED)
    shop.do(ReprintSlip(intent=shop.new_id(), by="9001", slip=asked.event.slip, printer="office"))
    third = shop.facts[-1].event
    assert isinstance(third, SlipReprinted)
    assert "BCDFGHJ".index(third.copy_letter) == "BCDFGHJ".index(again.event.copy_letter) + 1

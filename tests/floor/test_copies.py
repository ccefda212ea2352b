"""The copies of a slip: a letter that was surely never on paper is printed again, and makes no copy older."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floor.codec import Fact
from floor.commands import AnswerPaper, IssueSlips, PaperOutcome, ReprintSlip
from floor.doubts import doubts_at_scan
from floor.events import SlipIssued, SlipReprinted
from floor.flags import Flag
from floor.paper_commands import SettlePaper
from floor.passport import Vouched
from floor.progress import SlipProgress, fold_order
from floor.refusals import Refusal
from floor.tags import ALPHABET
from tests.floor.shop import ANNA, HERE, ORDER, THERE, Shop, a_shop
from tests.floor.test_onpaper import Away, paper_of

FAILED, PRINTED, UNKNOWN = PaperOutcome.FAILED, PaperOutcome.PRINTED, PaperOutcome.UNKNOWN


@dataclass
class Papers:
    """A slip that was issued on paper, and every request for paper of it."""

    shop: Shop = field(default_factory=a_shop)
    asked: list[Fact] = field(default_factory=list)

    def __post_init__(self) -> None:
        issue = IssueSlips(
            intent=self.shop.new_id(), by=ANNA, order=ORDER, quantity=Decimal(80), printer="slips"
        )
        self.asked += self.shop.do(issue)

    @property
    def number(self) -> str:
        return self.asked[0].event.subjects().slip or ""

    @property
    def slip(self) -> SlipProgress:
        return self.shop.order.slips[self.number]

    def reprint(self, stream: str = HERE, known: list[Fact] | None = None) -> str:
        command = ReprintSlip(intent=self.shop.new_id(), by=ANNA, slip=self.number, printer="slips")
        (fact,) = self.shop.do(command, stream, known)
        self.asked.append(fact)
        assert isinstance(fact.event, SlipReprinted)
        return fact.event.copy_letter

    def answer(self, outcome: PaperOutcome, asked: int = -1, stream: str = HERE) -> Fact:
        (fact,) = self.shop.do(
            AnswerPaper(
                intent=self.shop.new_id(),
                by=None,
                slip=self.number,
                paper=self.asked[asked].event_id,
                printer="slips",
                outcome=outcome,
                reason="" if outcome is PRINTED else "no paper",
            ),
            stream,
        )
        return fact

    def settle(self, unknown: Fact, *, found: bool) -> None:
        self.shop.do(
            SettlePaper(
                intent=self.shop.new_id(),
                by=ANNA,
                slip=self.number,
                paper=self.asked[-1].event_id,
                unknown=unknown.event_id,
                printer="slips",
                found=found,
            )
        )

    def said_of(self, letter: str) -> list[Flag]:
        doubts = doubts_at_scan(self.shop.picture(), self.number, 10, None, None, letter)
        return [flag for flag in doubts if flag is Flag.NEWER_COPY]


def test_a_copy_that_surely_was_never_on_paper_has_its_letter_again() -> None:
    papers = Papers()
    papers.answer(FAILED)
    assert (papers.slip.next_copy, papers.reprint()) == ("B", "B")
    assert papers.slip.next_copy == "C", "the second request is not answered yet"
    papers.answer(PRINTED)
    assert [papers.reprint() for _ in range(2)] == ["C", "D"]


@pytest.mark.parametrize("outcome", [PRINTED, UNKNOWN])
def test_a_letter_that_came_out_of_one_printer_is_not_printed_again_because_another_one_failed(
    outcome: PaperOutcome,
) -> None:
    papers = Papers()
    papers.answer(PRINTED)
    known = list(papers.shop.facts)
    assert [papers.reprint(stream, known) for stream in (HERE, THERE)] == ["C", "C"]
    papers.answer(outcome, -2)
    papers.answer(FAILED, -1, THERE)
    assert papers.slip.newest_copy == "C"
    assert papers.reprint() == "D"


def test_an_old_request_that_failed_at_another_station_gives_no_old_letter() -> None:
    papers = Papers()
    papers.answer(PRINTED)
    known = list(papers.shop.facts)
    papers.reprint(THERE, known)
    papers.answer(FAILED, -1, THERE)
    for _ in range(2):
        papers.reprint(HERE)
        papers.answer(PRINTED)
    assert papers.slip.newest_copy == "D"
    assert papers.reprint() == "F", "not the C that failed last in (stream, seq)"


def test_a_copy_that_never_came_makes_the_good_one_no_older() -> None:
    papers = Papers()
    papers.answer(PRINTED)
    papers.reprint()
    assert papers.said_of("B") == [Flag.NEWER_COPY], "it may be on paper by now"
    papers.answer(FAILED)
    assert papers.said_of("B") == []
    papers.answer(UNKNOWN)
    assert papers.said_of("B") == [Flag.NEWER_COPY]


def test_a_copy_that_somebody_looked_for_and_did_not_find_is_not_sure() -> None:
    papers = Papers()
    papers.answer(PRINTED)
    papers.reprint()
    papers.settle(papers.answer(UNKNOWN), found=False)
    assert (papers.slip.newest_copy, papers.slip.next_copy) == ("C", "D")


def test_a_void_slip_is_printed_again_by_nobody() -> None:
    papers = Papers()
    papers.shop.void(papers.number)
    command = ReprintSlip(intent="e" * 32, by=None, slip=papers.number, printer="slips", user="planner")
    assert papers.shop.ask(command) is Refusal.ALREADY_VOID


def test_a_forged_slip_makes_no_copy_older() -> None:
    papers = Papers()
    away = Away(papers.shop)
    away.read(paper_of(papers.shop, papers.number, "C"))
    forged = away.read(paper_of(papers.shop, papers.number, "K"), Vouched.UNPROVEN)
    assert away.order.slips[papers.number].newest_copy == "K"
    away.check(forged, genuine=False)
    assert away.order.slips[papers.number].newest_copy == "C"


@st.composite
def printings(draw: st.DrawFn) -> Papers:
    """Copies asked for at two stations, some of them apart, and what printers said of them."""
    papers = Papers()
    known: list[Fact] | None = None
    for _ in range(draw(st.integers(0, 12))):
        stream = draw(st.sampled_from([HERE, THERE]))
        if draw(st.booleans()):
            papers.reprint(stream, draw(st.sampled_from([None, known])))
            known = list(papers.shop.facts)
        else:
            asked = draw(st.integers(0, len(papers.asked) - 1))
            papers.answer(draw(st.sampled_from(PaperOutcome)), asked, stream)
    return papers


@settings(max_examples=100, deadline=None)
@given(printings(), st.data())
def test_whatever_arrives_in_whatever_order_gives_the_same_copies(
    papers: Papers, data: st.DataObject
) -> None:
    facts = papers.shop.facts
    known = data.draw(st.lists(st.sampled_from(facts), unique_by=lambda fact: fact.event_id))
    assert fold_order(data.draw(st.permutations(known))) == fold_order(known)


@settings(max_examples=100, deadline=None)
@given(printings())
def test_no_letter_that_may_be_on_paper_is_given_again(papers: Papers) -> None:
    answers: dict[str, set[str]] = {}
    for fact in papers.shop.facts:
        answers.setdefault(getattr(fact.event, "paper", ""), set()).add(fact.event.kind)
    letters = {
        "B" if isinstance(fact.event, SlipIssued) else getattr(fact.event, "copy_letter", "")
        for fact in papers.asked
        if answers.get(fact.event_id) != {"paper_failed"}
    }
    following = papers.slip.next_copy
    assert papers.slip.newest_copy == max(letters, default="B")
    assert following not in letters or following == ALPHABET[-1]
    assert all(following >= letter for letter in letters)

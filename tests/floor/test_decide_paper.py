"""Slips and their paper: issued in lots, lettered copy by copy, answered by the printer."""

from decimal import Decimal

import pytest

from floor.commands import AnswerPaper, IssueSlips, PaperOutcome, ReprintSlip
from floor.decide.paper import SLIPS_AT_ONCE_MAX, lots
from floor.events import Grade, PaperFailed, PaperPrinted, PaperUnknown, Proof, SlipIssued, SlipReprinted
from floor.flags import Flag
from floor.identity import NAME_CHARS_MAX
from floor.orders import Decision
from floor.quantities import Unit
from floor.refusals import Refusal
from tests.floor.shop import ANNA, HERE, ORDER, THERE, Shop, a_shop, content


def issuing(quantity: str | int, lot: str | int | None = None, **more: object) -> IssueSlips:
    """A command to issue."""
    start = {
        "intent": "e" * 32,
        "by": ANNA,
        "order": ORDER,
        "quantity": Decimal(quantity),
        "lot": None if lot is None else Decimal(lot),
    }
    return IssueSlips(**start | more)


@pytest.mark.parametrize(
    ("quantity", "lot", "cut"),
    [
        ("100", "30", ["30", "30", "30", "10"]),
        ("90", "30", ["30", "30", "30"]),
        ("20", "30", ["20"]),
        ("30", "30", ["30"]),
        ("100", None, ["100"]),
        ("1", "0.3", ["0.3", "0.3", "0.3", "0.1"]),
    ],
)
def test_a_quantity_is_cut_into_full_lots_and_a_rest(quantity: str, lot: str | None, cut: list[str]) -> None:
    assert lots(Decimal(quantity), Decimal(lot) if lot else None) == [Decimal(part) for part in cut]


def test_every_slip_of_the_lots_has_its_own_number_and_event() -> None:
    shop = a_shop()
    decided = shop.facts_of(issuing(80, 30, make_up=True, printer="slips"))
    events = [event for _, event in decided]
    assert [type(event) for event in events] == [SlipIssued] * 3
    assert [(event.slip, event.quantity) for event in events if isinstance(event, SlipIssued)] == [
        ("BBCBBBBB", 30),
        ("BBCBBBBC", 30),
        ("BBCBBBBD", 20),
    ]
    assert all(
        event.make_up and event.printer == "slips" for event in events if isinstance(event, SlipIssued)
    )
    assert decided[0][0] == "e" * 32, "the first event carries the intent's id"
    assert len({event_id for event_id, _ in decided}) == 3


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (issuing(0), Refusal.QUANTITY_NOT_POSITIVE),
        (issuing(-1), Refusal.QUANTITY_NOT_POSITIVE),
        (issuing(5, 0), Refusal.QUANTITY_NOT_POSITIVE),
        (issuing("1.5"), Refusal.TOO_MANY_DECIMALS),
        (issuing(3, "1.5"), Refusal.TOO_MANY_DECIMALS),
        (issuing(SLIPS_AT_ONCE_MAX + 1, 1), Refusal.TOO_MANY_SLIPS),
        (issuing(SLIPS_AT_ONCE_MAX, 1), None),
        (issuing(5000), None),
    ],
)
def test_slips_of_nothing_are_not_issued_and_too_many_of_something_are(
    command: IssueSlips, refusal: Refusal | None
) -> None:
    answer = a_shop().ask(command)
    assert answer is refusal if refusal else isinstance(answer, list)


def test_slips_need_an_open_order() -> None:
    shop = Shop()
    assert shop.ask(issuing(5)) is Refusal.ORDER_UNKNOWN
    shop.describe([], unit=Unit(name="pcs"))
    shop.draft(80)
    assert shop.ask(issuing(5)) is Refusal.ORDER_NOT_OPEN
    shop.decision(Decision.CONFIRM)
    assert isinstance(shop.ask(issuing(5)), list)
    shop.decision(Decision.HOLD, "no wood")
    assert shop.ask(issuing(5)) is Refusal.ORDER_NOT_OPEN
    shop.decision(Decision.RESUME)
    assert isinstance(shop.ask(issuing(5)), list)
    shop.decision(Decision.CANCEL, "withdrawn")
    assert shop.ask(issuing(5)) is Refusal.ORDER_NOT_OPEN


def test_two_stations_that_issue_the_same_order_are_counted_and_flagged() -> None:
    shop = a_shop(quantity=80)
    known = list(shop.facts)
    shop.do(issuing(80, 40), HERE, known)
    assert shop.flags(Flag.OVER_ISSUED) == []
    shop.do(issuing(80, intent=shop.new_id()), THERE, known)
    (flag,) = shop.flags(Flag.OVER_ISSUED)
    assert (flag.amount, flag.slip, flag.step, len(flag.facts)) == (80, None, None, 3)


class TestCopies:
    """The letters of a slip's copies."""

    def reprint(self, shop: Shop, slip: str, **more: object) -> str:
        """The next copy's letter."""
        (fact,) = shop.do(ReprintSlip(intent=shop.new_id(), by=ANNA, slip=slip, printer="slips"), **more)
        assert isinstance(fact.event, SlipReprinted)
        return fact.event.copy_letter

    def test_each_reprint_has_the_next_letter(self) -> None:
        shop = a_shop()
        (slip,) = shop.issue(80)
        assert [self.reprint(shop, slip) for _ in range(17)] == [*"CDFGHJKLNPRSTVX", "X", "X"]

    def test_two_stations_that_reprint_apart_give_the_same_letter(self) -> None:
        shop = a_shop()
        (slip,) = shop.issue(80)
        known = list(shop.facts)
        assert self.reprint(shop, slip, stream=HERE, known=known) == "C"
        assert self.reprint(shop, slip, stream=THERE, known=known) == "C"
        assert shop.order.slips[slip].newest_copy == "C"
        assert self.reprint(shop, slip) > "C", "the next one is newer than both"

    def test_a_slip_that_nobody_issued_is_not_reprinted(self) -> None:
        shop = a_shop()
        command = ReprintSlip(intent="e" * 32, by=ANNA, slip="XXXXXXXX", printer="slips")
        assert shop.ask(command) is Refusal.SLIP_UNKNOWN
        shop.report("XXXXXXXX", content(10, 5))
        assert shop.ask(command) is Refusal.SLIP_UNKNOWN, "a report alone does not make it known"


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (PaperOutcome.PRINTED, PaperPrinted),
        (PaperOutcome.FAILED, PaperFailed),
        (PaperOutcome.UNKNOWN, PaperUnknown),
    ],
)
@pytest.mark.parametrize("reason", ["", "no paper", "lp: " + "x" * 500])
def test_whatever_the_printer_answers_is_a_fact(outcome: PaperOutcome, kind: type, reason: str) -> None:
    shop = a_shop()
    (slip,) = shop.issue(80)
    proof = Proof(dots_per_inch=203, sha256="0f" * 32, grade=Grade.A, harms=("faint",), survived=("faint",))
    command = AnswerPaper(
        intent="e" * 32,
        by=None,
        slip=slip,
        paper="f" * 32,
        printer="slips",
        outcome=outcome,
        proof=proof,
        reason=reason,
    )
    (fact,) = shop.do(command)
    assert isinstance(fact.event, kind)
    assert getattr(fact.event, "proof", proof) == proof
    assert fact.event.subjects() == (ORDER, slip, None, "f" * 32)
    said = getattr(fact.event, "reason", reason[:NAME_CHARS_MAX])
    assert said.startswith(reason[:20])
    assert len(said) <= NAME_CHARS_MAX

"""A planner's decisions: every one named, every forbidden one refused by name."""

from decimal import Decimal

import pytest

from floor.commands import CompleteOrder, DecideOrder, DraftOrder, SettleFlag
from floor.events import (
    Demand,
    Fate,
    FlagSettled,
    OrderCancelled,
    OrderCompleted,
    OrderConfirmed,
    OrderHeld,
    OrderReopened,
    OrderSuspended,
    Remain,
    StreamMark,
)
from floor.flags import Flag
from floor.items import Bom, BomLine
from floor.orders import Decision, OrderState
from floor.plant import Plant
from floor.refusals import Refusal
from tests.floor.shop import CENTRAL, HERE, ITEM, ORDER, THERE, Shop, a_shop, content, step


def drafting(quantity: str | int = 80, item: str = ITEM) -> DraftOrder:
    """A command to write an order down."""
    return DraftOrder(
        intent="e" * 32, by="P1", order=ORDER, demand=Demand(item=item, quantity=Decimal(quantity))
    )


def deciding(decision: Decision, reason: str | None = None) -> DecideOrder:
    """A planner's command."""
    return DecideOrder(intent="e" * 32, by="P1", order=ORDER, decision=decision, reason=reason)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (drafting(), None),
        (drafting(item="TABLE"), Refusal.ITEM_UNKNOWN),
        (drafting(0), Refusal.QUANTITY_NOT_POSITIVE),
        (drafting("1.5"), Refusal.TOO_MANY_DECIMALS),
    ],
)
def test_an_order_is_written_down_for_a_quantity_of_a_known_item(
    command: DraftOrder, refusal: Refusal | None
) -> None:
    shop = Shop()
    shop.describe([step(10)])
    answer = shop.ask(command, CENTRAL)
    assert answer is refusal if refusal else isinstance(answer, list)


def test_a_draft_may_be_rewritten_and_nothing_else() -> None:
    shop = Shop()
    shop.describe([step(10)])
    shop.draft(80)
    shop.draft(90)
    assert shop.order.quantity == 90
    shop.decision(Decision.CONFIRM)
    assert shop.ask(drafting(), CENTRAL) is Refusal.ORDER_EXISTS
    shop.decision(Decision.CANCEL, "withdrawn")
    assert shop.ask(drafting(), CENTRAL) is Refusal.ORDER_EXISTS


class TestConfirming:
    """The plant commits itself."""

    def bom(self, version: int, legs: str, *more: BomLine) -> Bom:
        """A chair's legs."""
        return Bom(
            item=ITEM, version=version, lines=(BomLine(item="LEG", quantity=Decimal(legs), step=10), *more)
        )

    def test_bom_and_route_are_locked_into_the_event(self) -> None:
        shop = Shop()
        shop.describe([step(10), step(20)], boms=[self.bom(1, "4")])
        shop.draft(80)
        shop.decision(Decision.CONFIRM)
        shop.describe([step(10)], boms=[self.bom(2, "3")])
        confirmed = shop.order.life.confirmed
        assert isinstance(confirmed, OrderConfirmed)
        assert confirmed.boms == (self.bom(1, "4"),)
        assert [one.number for one in confirmed.route.steps] == [10, 20]
        assert [(line.item, line.quantity) for line in confirmed.requirements] == [("LEG", 320)]
        assert list(shop.order.steps) == [10, 20]

    @pytest.mark.parametrize(
        ("plant", "refusal"),
        [
            ("no item", Refusal.ITEM_UNKNOWN),
            ("no route", Refusal.ROUTE_UNKNOWN),
            ("endless", Refusal.BOM_ENDLESS),
        ],
    )
    def test_what_is_not_known_cannot_be_promised(self, plant: str, refusal: Refusal) -> None:
        shop = Shop()
        shop.describe([step(10)])
        shop.draft(80)
        if plant == "no item":
            shop.plant = Plant()
        elif plant == "no route":
            shop.plant.routes.clear()
        else:
            shop.plant.boms[ITEM] = self.bom(1, "4", BomLine(item=ITEM, quantity=Decimal(1), step=10))
        assert shop.ask(deciding(Decision.CONFIRM), CENTRAL) is refusal


@pytest.mark.parametrize(
    ("decision", "state", "kind"),
    [
        (Decision.HOLD, OrderState.HELD, OrderHeld),
        (Decision.SUSPEND, OrderState.SUSPENDED, OrderSuspended),
        (Decision.CANCEL, OrderState.CANCELLED, OrderCancelled),
    ],
)
def test_a_stop_has_a_reason_and_names_the_facts_that_were_known(
    decision: Decision, state: OrderState, kind: type
) -> None:
    shop = a_shop()
    (slip,) = shop.issue(80)
    shop.report(slip, content(10, 5), stream=THERE)
    assert shop.ask(deciding(decision), CENTRAL) is Refusal.REASON_NEEDED
    (fact,) = shop.decision(decision, "no wood")
    assert isinstance(fact.event, kind)
    assert (shop.order.life.state, shop.order.life.reason) == (state, "no wood")
    assert shop.order.life.counted == (
        StreamMark(stream=HERE, seq=1),
        StreamMark(stream=THERE, seq=1),
        StreamMark(stream=CENTRAL, seq=2),
    )


def test_an_order_goes_through_its_whole_life() -> None:
    shop = a_shop([step(10)])
    (slip,) = shop.issue(80)
    shop.decision(Decision.HOLD, "no wood")
    shop.decision(Decision.RESUME)
    assert (shop.order.life.state, shop.order.life.reason) == (OrderState.CONFIRMED, None)
    shop.report(slip, content(10, 80, final=True))
    shop.complete()
    (reopened,) = shop.decision(Decision.REOPEN, "two came back")
    assert isinstance(reopened.event, OrderReopened)
    assert (shop.order.life.completed, shop.order.life.counted) == (None, ())
    completed = shop.complete()
    shop.decision(Decision.CLOSE)
    assert (shop.order.life.state, shop.order.life.completed) == (OrderState.CLOSED, completed.event)


@pytest.mark.parametrize("decision", Decision)
def test_an_order_that_nobody_wrote_down_cannot_be_decided_about(decision: Decision) -> None:
    shop = Shop()
    if decision is Decision.DRAFT:
        with pytest.raises(TypeError, match="command of its own"):
            shop.ask(deciding(decision), CENTRAL)
    else:
        assert shop.ask(deciding(decision, "r"), CENTRAL) is Refusal.ORDER_UNKNOWN


def test_a_forbidden_decision_is_named() -> None:
    assert a_shop().ask(deciding(Decision.RESUME), CENTRAL) is Refusal.ORDER_FORBIDS
    assert a_shop().ask(deciding(Decision.REOPEN, "r"), CENTRAL) is Refusal.ORDER_FORBIDS


class TestCompleting:
    """Everything that is left gets its fate, by number."""

    def shop(self) -> tuple[Shop, str]:
        """2 still at step 10, 3 in review there, 5 missing at step 20, of 80."""
        shop = a_shop([step(10), step(20)])
        (slip,) = shop.issue(80)
        shop.report(slip, content(10, 75, review=3))
        shop.report(slip, content(20, 70, final=True))
        return shop, slip

    def remains(self, slip: str) -> tuple[Remain, ...]:
        """What is left, and its fate."""
        return (
            Remain(slip=slip, step=10, still_here="2", review="3", missing="0", fate=Fate.TO_STOCK),
            Remain(slip=slip, step=20, still_here="0", review="0", missing="5", fate=Fate.LOST),
        )

    def test_totals_remains_and_counted_facts_are_recorded(self) -> None:
        shop, slip = self.shop()
        completed = shop.complete(*self.remains(slip)).event
        assert isinstance(completed, OrderCompleted)
        assert (completed.good, completed.remains) == ("70", self.remains(slip))
        assert completed.counted == (StreamMark(stream=HERE, seq=3), StreamMark(stream=CENTRAL, seq=2))

    def test_what_is_left_must_be_said_exactly_once_and_as_it_is(self) -> None:
        shop, slip = self.shop()
        first, second = self.remains(slip)
        for said in (
            (),
            (first,),
            (first, second, second),
            (first, second, second.model_copy(update={"fate": Fate.SCRAPPED})),
            (first, second.model_copy(update={"missing": "4"})),
            (first, second.model_copy(update={"step": 10})),
            (first.model_copy(update={"still_here": "0"}), second),
            (first.model_copy(update={"review": "0"}), second),
        ):
            assert shop.ask(shop.completing(*said), CENTRAL) is Refusal.REMAINS_UNEXPLAINED
        assert isinstance(shop.ask(shop.completing(second, first), CENTRAL), list), "in any order"

    def test_pieces_in_review_alone_must_be_explained(self) -> None:
        shop = a_shop([step(10)])
        (slip,) = shop.issue(80)
        shop.report(slip, content(10, 77, review=3))
        assert shop.ask(shop.completing(), CENTRAL) is Refusal.REMAINS_UNEXPLAINED

    def test_only_a_confirmed_order_is_completed(self) -> None:
        shop, slip = self.shop()
        assert (
            Shop().ask(CompleteOrder(intent="e" * 32, by="P1", order=ORDER), CENTRAL) is Refusal.ORDER_UNKNOWN
        )
        shop.decision(Decision.HOLD, "r")
        assert shop.ask(shop.completing(*self.remains(slip)), CENTRAL) is Refusal.ORDER_FORBIDS


class TestSettling:
    """A person explains a standing flag."""

    def shop(self) -> tuple[Shop, str]:
        """ "28 of 30, done"."""
        shop = a_shop([step(10), step(20)], 60)
        slip, _ = shop.issue(60, 30)
        shop.report(slip, content(10, 28, final=True))
        return shop, slip

    def settling(
        self, slip: str | None, flag: str = "missing", at_step: int | None = 10, reason: str = "r"
    ) -> SettleFlag:
        """A command to settle."""
        return SettleFlag(
            intent="e" * 32, by="P1", flag=flag, order=ORDER, slip=slip, step=at_step, reason=reason
        )

    def test_a_settlement_names_the_facts_it_covers(self) -> None:
        shop, slip = self.shop()
        (flag,) = shop.flags()
        settled = shop.settle(Flag.MISSING, slip, 10).event
        assert isinstance(settled, FlagSettled)
        assert (settled.facts, settled.order) == (flag.facts, ORDER)
        assert shop.flags() == []

    def test_a_settled_flag_returns_when_a_new_fact_joins_it(self) -> None:
        shop, slip = self.shop()
        shop.settle(Flag.MISSING, slip, 10)
        shop.report(slip, content(10, 1))
        (flag,) = shop.flags()
        assert (flag.flag, flag.amount) == (Flag.MISSING, 1)

    def test_more_work_passed_on_to_a_finished_step_raises_its_settled_flag_again(self) -> None:
        shop, slip = self.shop()
        shop.report(slip, content(20, 27, final=True))
        shop.settle(Flag.MISSING, slip, 20)
        shop.settle(Flag.MISSING, slip, 10)
        shop.report(slip, content(10, 2))
        (flag,) = shop.flags()
        assert (flag.step, flag.amount) == (20, 3)

    def test_a_flag_that_does_not_stand_cannot_be_settled(self) -> None:
        shop, slip = self.shop()
        for command in (
            self.settling(slip, "surplus"),
            self.settling(slip, "no such flag"),
            self.settling(slip, at_step=20),
            self.settling(slip, at_step=None),
            self.settling(None),
        ):
            assert shop.ask(command, CENTRAL) is Refusal.FLAG_NOT_STANDING
        shop.settle(Flag.MISSING, slip, 10)
        assert shop.ask(self.settling(slip), CENTRAL) is Refusal.FLAG_NOT_STANDING, "settled already"

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_a_settlement_says_why(self, reason: str) -> None:
        shop, slip = self.shop()
        assert shop.ask(self.settling(slip, reason=reason), CENTRAL) is Refusal.REASON_NEEDED

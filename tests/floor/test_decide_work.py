"""Runs, reports, corrections, downtimes: what has no meaning is refused by name, all else is a fact."""

from decimal import Decimal

import pytest

from floor.commands import (
    BringMachineUp,
    Command,
    CorrectReport,
    ReportWork,
    StartRun,
    TakeMachineDown,
)
from floor.decide import decide
from floor.events import (
    MachineCameUp,
    MachineWentDown,
    ReportContent,
    ReportCorrected,
    Reported,
    RunKind,
    RunStarted,
)
from floor.orders import Decision
from floor.quantities import Unit
from floor.refusals import Refusal
from floor.source import Source
from tests.floor.shop import ANNA, BERT, MOMENT, THERE, Shop, a_shop, content, step

NOBODYS_SLIP = "XXXXXXXX"
KILOGRAMS = Unit(name="kg", decimals=3)


def saying(slip: str, said: ReportContent, **more: object) -> ReportWork:
    """A report's command."""
    return ReportWork(**{"intent": "e" * 32, "by": ANNA, "slip": slip, "content": said} | more)


def test_a_report_says_what_its_operator_said() -> None:
    shop = a_shop()
    (slip,) = shop.issue(80)
    said = content(10, 76, scrap=4, final=True, operators=(ANNA, BERT), machine="M1")
    command = ReportWork(
        intent="e" * 32,
        by=ANNA,
        slip=slip,
        content=said,
        run="f" * 32,
        ends_run=True,
        source=Source.KEYS,
        copy_letter="C",
        proposed_good=Decimal(80),
        cursor="12",
        warned=("wrong_machine",),
    )
    assert shop.ask(command) == [
        (
            "e" * 32,
            Reported(
                at=MOMENT,
                by=ANNA,
                slip=slip,
                order="1001",
                content=said,
                run="f" * 32,
                ends_run=True,
                source=Source.KEYS,
                copy_letter="C",
                proposed_good=Decimal(80),
                cursor="12",
                warned=("wrong_machine",),
            ),
        )
    ]


@pytest.mark.parametrize(
    ("said", "more", "refusal"),
    [
        (content(10), {}, Refusal.EMPTY_REPORT),
        (content(10), {"run": "f" * 32}, Refusal.EMPTY_REPORT),
        (content(10), {"ends_run": True}, Refusal.EMPTY_REPORT),
        (content(10), {"run": "f" * 32, "ends_run": True}, None),
        (content(10, final=True), {}, None),
        (content(10, 1), {}, None),
        (content(10, scrap=1), {}, None),
        (content(10, rework=(10, 1)), {}, None),
        (content(10, review=1), {}, None),
        (content(10, "1.5"), {}, Refusal.TOO_MANY_DECIMALS),
        (content(10, scrap="0.5"), {}, Refusal.TOO_MANY_DECIMALS),
        (content(10, rework=(10, "0.5")), {}, Refusal.TOO_MANY_DECIMALS),
        (content(10, review="0.5"), {}, Refusal.TOO_MANY_DECIMALS),
        (content(10, "1.0"), {}, None),
        (content(20, "1.125"), {}, None),
        (content(20, "1.1255"), {}, Refusal.TOO_MANY_DECIMALS),
        (content(10, 5, rework=(20, 0)), {}, Refusal.QUANTITY_NOT_POSITIVE),
    ],
)
def test_only_a_report_without_meaning_is_refused(
    said: ReportContent, more: dict[str, object], refusal: Refusal | None
) -> None:
    shop = a_shop([step(10), step(20, unit=KILOGRAMS)])
    (slip,) = shop.issue(80)
    answer = shop.ask(saying(slip, said, **more))
    assert answer is refusal if refusal else isinstance(answer, list)


DOUBTFUL = {
    "more than is here": content(10, 500),
    "a step that the order does not have": content(99, 5),
    "a step to which nothing was passed on": content(30, 5),
    "half a piece of nobody knows what": content(99, "0.5"),
    "another unit": content(10, 5, unit="kg"),
    "another machine": content(10, 5, machine="M-99"),
    "rework to a step that does not exist": content(10, rework=(99, 5)),
    "scrap without a reason": content(10, scrap=5, reason=None),
}


@pytest.mark.parametrize("said", DOUBTFUL.values(), ids=DOUBTFUL)
@pytest.mark.parametrize("decision", [None, Decision.HOLD, Decision.SUSPEND, Decision.CANCEL])
def test_a_doubtful_report_is_a_fact_whatever_became_of_the_order(
    said: ReportContent, decision: Decision | None
) -> None:
    shop = a_shop()
    (slip,) = shop.issue(80)
    if decision:
        shop.decision(decision, "because")
    assert isinstance(shop.ask(saying(slip, said)), list)


def test_a_report_on_a_finished_step_of_a_completed_order_is_a_fact() -> None:
    shop = a_shop([step(10)])
    (slip,) = shop.issue(80)
    shop.report(slip, content(10, 80, final=True))
    shop.complete()
    assert isinstance(shop.ask(saying(slip, content(10, 1))), list)
    shop.decision(Decision.CLOSE)
    assert isinstance(shop.ask(saying(slip, content(10, 1))), list)


def test_a_report_on_a_slip_that_nobody_knows_is_a_fact_of_no_order() -> None:
    shop = Shop()
    fact = shop.report(NOBODYS_SLIP, content(10, "2.5"))
    assert fact.event.subjects().order is None
    assert shop.order.slips[NOBODYS_SLIP].lines[10].good == Decimal("2.5")


def test_several_runs_are_open_at_once_and_each_is_ended_by_its_report() -> None:
    shop = a_shop()
    (slip,) = shop.issue(80)
    runs = [
        shop.do(
            StartRun(
                intent=shop.new_id(),
                by=ANNA,
                slip=slip,
                step=10,
                machine="M1",
                operators=(ANNA,),
                run_kind=kind,
                warned=("machine_down",),
            )
        )[0]
        for kind in (RunKind.SETUP, RunKind.PRODUCTION)
    ]
    assert isinstance(runs[0].event, RunStarted)
    assert (runs[0].event.order, runs[0].event.warned) == ("1001", ("machine_down",))
    assert [run.fact for run in shop.order.slips[slip].runs if run.open] == runs
    shop.do(saying(slip, content(10), run=runs[0].event_id, ends_run=True))
    shop.do(saying(slip, content(10, 3), run=runs[1].event_id, intent=shop.new_id()))
    open_runs = [run.fact for run in shop.order.slips[slip].runs if run.open]
    assert open_runs == [runs[1]], "a report within a run does not end it"


@pytest.mark.parametrize(
    "command",
    [
        StartRun(
            intent="e" * 32,
            by=ANNA,
            slip=NOBODYS_SLIP,
            step=10,
            machine=None,
            operators=(),
            run_kind=RunKind.SETUP,
        ),
        TakeMachineDown(intent="e" * 32, by=ANNA, machine="M1", reason=None, operators=()),
        BringMachineUp(intent="e" * 32, by=ANNA, machine="M1", downtime="f" * 32, operators=()),
    ],
    ids=lambda command: type(command).__name__,
)
def test_somebody_must_have_done_it(command: Command) -> None:
    assert Shop().ask(command) is Refusal.NO_OPERATOR


def test_a_report_without_operator_cannot_even_be_said() -> None:
    with pytest.raises(ValueError, match="operators"):
        content(10, 5, operators=())


def test_a_machine_comes_up_from_the_downtime_that_is_named() -> None:
    shop = Shop()
    down = shop.do(
        TakeMachineDown(intent=shop.new_id(), by=ANNA, machine="M1", reason="D1", operators=(ANNA,))
    )[0]
    again = shop.do(
        TakeMachineDown(intent=shop.new_id(), by=BERT, machine="M1", reason=None, operators=(BERT,))
    )[0]
    assert isinstance(down.event, MachineWentDown)
    up = BringMachineUp(
        intent=shop.new_id(), by=ANNA, machine="M1", downtime=down.event_id, operators=(ANNA,)
    )
    (came_up,) = shop.do(up)
    assert isinstance(came_up.event, MachineCameUp)
    assert came_up.event.subjects().answers == down.event_id
    assert shop.picture().downtimes == (again,)
    unknown = BringMachineUp(intent=shop.new_id(), by=ANNA, machine="M1", downtime=None, operators=(ANNA,))
    assert shop.do(unknown)[0].event.subjects().answers is None, "it runs, whatever is known here"


class TestCorrecting:
    """One's own report, or anybody's as a supervisor."""

    def shop(self) -> tuple[Shop, str, str]:
        """A shop, a slip, and a report of Anna and Bert on it."""
        shop = a_shop()
        (slip,) = shop.issue(80)
        fact = shop.report(slip, content(10, 76, operators=(ANNA, BERT)))
        return shop, slip, fact.event_id

    def correcting(self, slip: str, report: str, said: ReportContent | None, **more: object) -> CorrectReport:
        """A correction's command."""
        start = {"intent": "e" * 32, "by": ANNA, "slip": slip, "report": report, "content": said}
        return CorrectReport(**start | more)

    @pytest.mark.parametrize("by", [ANNA, BERT])
    def test_each_of_the_crew_may(self, by: str) -> None:
        shop, slip, report = self.shop()
        ((_, corrected),) = shop.facts_of(self.correcting(slip, report, content(10, 67), by=by))
        assert isinstance(corrected, ReportCorrected)
        assert (corrected.report, corrected.order, corrected.subjects().answers) == (report, "1001", report)

    @pytest.mark.parametrize("by", ["9", None])
    def test_others_may_not_unless_a_supervisor(self, by: str | None) -> None:
        shop, slip, report = self.shop()
        command = self.correcting(slip, report, content(10, 67), by=by)
        assert shop.ask(command) is Refusal.NOT_YOUR_REPORT
        command = self.correcting(slip, report, content(10, 67), by=by, as_supervisor=True)
        assert isinstance(shop.ask(command), list)

    def test_a_report_may_be_withdrawn(self) -> None:
        shop, slip, report = self.shop()
        shop.do(self.correcting(slip, report, None))
        assert shop.line(slip, 10).good == 0

    def test_a_reason_is_welcome_and_an_empty_one_is_none(self) -> None:
        shop, slip, report = self.shop()
        for given, kept in (("typo", "typo"), ("", None), (None, None)):
            ((_, corrected),) = shop.facts_of(self.correcting(slip, report, None, reason=given))
            assert isinstance(corrected, ReportCorrected)
            assert corrected.reason == kept

    def test_a_report_that_does_not_exist_cannot_be_corrected(self) -> None:
        shop, slip, report = self.shop()
        assert shop.ask(self.correcting(slip, "f" * 32, None)) is Refusal.REPORT_UNKNOWN
        assert shop.ask(self.correcting(NOBODYS_SLIP, report, None)) is Refusal.REPORT_UNKNOWN

    def test_new_content_must_have_meaning_too(self) -> None:
        shop, slip, report = self.shop()
        assert shop.ask(self.correcting(slip, report, content(10, "1.5"))) is Refusal.TOO_MANY_DECIMALS
        zero = content(10, 5, rework=(20, 0))
        assert shop.ask(self.correcting(slip, report, zero)) is Refusal.QUANTITY_NOT_POSITIVE

    def test_a_withdrawn_report_may_be_corrected_again(self) -> None:
        shop, slip, report = self.shop()
        shop.do(self.correcting(slip, report, None, intent=shop.new_id()))
        shop.do(self.correcting(slip, report, content(10, 70), intent=shop.new_id()))
        assert shop.line(slip, 10).good == 70

    def test_nothing_is_corrected_once_the_order_is_closed(self) -> None:
        shop, slip, report = self.shop()
        shop.do(self.correcting(slip, report, content(30, 80, final=True), intent=shop.new_id()))
        shop.report(slip, content(10, 80))
        shop.report(slip, content(20, 80))
        shop.complete()
        assert isinstance(shop.ask(self.correcting(slip, report, None)), list), "completed is not closed"
        shop.decision(Decision.CLOSE)
        assert shop.ask(self.correcting(slip, report, None)) is Refusal.ORDER_NOT_OPEN

    def test_a_station_that_does_not_know_the_order_keeps_the_reports_own(self) -> None:
        shop = Shop()
        fact = shop.report(NOBODYS_SLIP, content(10, 5), stream=THERE)
        ((_, corrected),) = shop.facts_of(self.correcting(NOBODYS_SLIP, fact.event_id, None))
        assert corrected.subjects().order is None


def test_a_command_that_no_rule_knows_is_a_mistake_of_the_program() -> None:
    class Wish(Command):
        """Not one of ours."""

    with pytest.raises(TypeError, match="Wish"):
        decide(Shop().picture(), Wish(intent="e" * 32, by=None), MOMENT, Shop().new_id)

"""A small shop to test in: commands go through `decide`, facts are kept per stream, folds are asked.

Never fakes a rule: whatever a test sees was decided and folded by floor.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Final

from floor.codec import Fact, decode, encode
from floor.commands import (
    Command,
    CompleteOrder,
    CorrectReport,
    DecideOrder,
    DraftOrder,
    IssueSlips,
    MergeSlips,
    ReportWork,
    SettleFlag,
    SplitSlip,
    VoidSlip,
)
from floor.decide import Decided, Picture, decide
from floor.events import (
    BomDefined,
    Demand,
    Event,
    ItemDefined,
    MachineCameUp,
    MachineWentDown,
    Moment,
    Remain,
    ReportContent,
    Review,
    Rework,
    RouteDefined,
    RunKind,
    Scrap,
)
from floor.flags import Flag
from floor.items import Bom, Item
from floor.orders import Decision
from floor.plant import Plant
from floor.plant import fold as fold_plant
from floor.progress import OrderProgress, StepLine, fold_order
from floor.quantities import PIECES, Unit
from floor.refusals import Refusal
from floor.routing import Route, Step
from floor.standing import StandingFlag, standing_flags
from floor.tags import count_to_letters

CENTRAL: Final = "c0" * 16
HERE: Final = "a1" * 16
THERE: Final = "b2" * 16
PREFIXES: Final = {CENTRAL: "BBB", HERE: "BBC", THERE: "BBD"}

ORDER: Final = "1001"
ITEM: Final = "CHAIR"
ANNA: Final = "7"
BERT: Final = "8"
MOMENT: Final = Moment(
    wall_ms=1_776_000_000_000, clamped_ms=1_776_000_000_000, boot_id="boot", monotonic_ms=5
)

Refused = Decided | Refusal


def step(number: int, **more: object) -> Step:
    """A counting production step at a work centre of its own, unless told otherwise."""
    return Step.model_validate(
        {"number": number, "name": f"step {number}", "work_centre": f"WC{number}"} | more
    )


def content(  # every field of a report that a test may want to say
    at_step: int,
    good: str | int = 0,
    *,
    scrap: str | int = 0,
    reason: str | None = "R1",
    rework: tuple[int, str | int] | None = None,
    review: str | int = 0,
    final: bool = False,
    run_kind: RunKind = RunKind.PRODUCTION,
    operators: tuple[str, ...] = (ANNA,),
    machine: str | None = None,
    unit: str = "pcs",
) -> ReportContent:
    """What a report says; `rework` is (to step, quantity)."""
    return ReportContent(
        step=at_step,
        machine=machine,
        operators=operators,
        run_kind=run_kind,
        final=final,
        unit=unit,
        good=Decimal(good),
        scrap=(Scrap(quantity=Decimal(scrap), reason=reason, caused_at=at_step),) if Decimal(scrap) else (),
        rework=(Rework(quantity=Decimal(rework[1]), to_step=rework[0], reason="R2"),) if rework else (),
        review=(Review(quantity=Decimal(review), reason=None),) if Decimal(review) else (),
    )


@dataclass
class Shop:
    """One order, its slips, and every fact about them."""

    facts: list[Fact] = field(default_factory=list)
    plant: Plant = field(default_factory=Plant)
    numbers: count = field(default_factory=lambda: count(1))
    slips: dict[str, int] = field(default_factory=dict)

    def new_id(self) -> str:
        """The next event id: ids of tests are numbers in a row."""
        return f"{next(self.numbers):032x}"

    def next_slip(self, stream: str) -> Callable[[], str]:
        """The counter of one stream's slips."""

        def number() -> str:
            self.slips[stream] = self.slips.get(stream, -1) + 1
            return PREFIXES[stream] + count_to_letters(self.slips[stream], 5)

        return number

    def picture(self, known: Iterable[Fact] | None = None, stream: str = HERE) -> Picture:
        """What a ledger that knows these facts (all, unless told) shows to `decide`."""
        facts = list(self.facts if known is None else known)
        ended = {fact.event.downtime for fact in facts if isinstance(fact.event, MachineCameUp)}
        downs = [
            fact for fact in facts if isinstance(fact.event, MachineWentDown) and fact.event_id not in ended
        ]
        return Picture(self.plant, fold_order(facts), tuple(downs), next_slip=self.next_slip(stream))

    def append(self, stream: str, event: Event, event_id: str | None = None) -> Fact:
        """One event behind the last of its stream, through its bytes."""
        envelope = encode(event_id or self.new_id(), event)
        read = decode(envelope.kind, envelope.version, envelope.body)
        assert read == event, "an event's bytes say what the event said"
        seq = 1 + max((fact.seq for fact in self.facts if fact.stream == stream), default=0)
        fact = Fact(stream, seq, envelope.event_id, read)
        self.facts.append(fact)
        return fact

    def ask(self, command: Command, stream: str = HERE, known: Iterable[Fact] | None = None) -> Refused:
        """What `decide` answers; nothing is recorded."""
        return decide(self.picture(known, stream), command, MOMENT, self.new_id)

    def facts_of(self, command: Command, stream: str = HERE) -> Decided:
        """What `decide` answers when it does not refuse; nothing is recorded."""
        decided = self.ask(command, stream)
        assert not isinstance(decided, Refusal), decided
        return decided

    def do(self, command: Command, stream: str = HERE, known: Iterable[Fact] | None = None) -> list[Fact]:
        """Record what `decide` answers; a refusal here is a mistake of the test."""
        decided = self.ask(command, stream, known)
        assert not isinstance(decided, Refusal), f"{command}: {decided}"
        return [self.append(stream, event, event_id) for event_id, event in decided]

    def complete(self, *remains: Remain) -> Fact:
        """The order's end, with the fate of what is left."""
        return self.do(self.completing(*remains), CENTRAL)[0]

    def completing(self, *remains: Remain) -> CompleteOrder:
        """The command of the order's end."""
        return CompleteOrder(intent=self.new_id(), by="P1", order=ORDER, remains=remains)

    # The shop's everyday

    def describe(self, steps: Iterable[Step], *, unit: Unit = PIECES, boms: Iterable[Bom] = ()) -> None:
        """An item with its route."""
        events: list[Event] = [
            ItemDefined(at=MOMENT, item=Item(item=ITEM, name="Chair", unit=unit)),
            RouteDefined(at=MOMENT, route=Route(item=ITEM, version=1, steps=tuple(steps))),
            *(BomDefined(at=MOMENT, bom=bom) for bom in boms),
        ]
        facts = [Fact(CENTRAL, seq, self.new_id(), event) for seq, event in enumerate(events, 1)]
        self.plant = fold_plant(facts)

    def draft(self, quantity: str | int) -> list[Fact]:
        """The order, written down."""
        demand = Demand(item=ITEM, quantity=Decimal(quantity))
        return self.do(DraftOrder(intent=self.new_id(), by="P1", order=ORDER, demand=demand), CENTRAL)

    def decision(
        self, decision: Decision, reason: str | None = None, known: Iterable[Fact] | None = None
    ) -> list[Fact]:
        """A planner's decision about the order."""
        command = DecideOrder(intent=self.new_id(), by="P1", order=ORDER, decision=decision, reason=reason)
        return self.do(command, CENTRAL, known)

    def issue(
        self, quantity: str | int, lot: str | int | None = None, *, stream: str = HERE, make_up: bool = False
    ) -> list[str]:
        """Slips; their numbers."""
        command = IssueSlips(
            intent=self.new_id(),
            by=ANNA,
            order=ORDER,
            quantity=Decimal(quantity),
            lot=None if lot is None else Decimal(lot),
            make_up=make_up,
        )
        return [fact.event.subjects().slip or "" for fact in self.do(command, stream)]

    def split(self, slip: str, at_step: int, quantity: str | int, *, stream: str = HERE) -> str:
        """A part goes on with a slip of its own; its number."""
        command = SplitSlip(
            intent=self.new_id(), by=ANNA, slip=slip, step=at_step, quantity=Decimal(quantity)
        )
        return self.do(command, stream)[0].event.subjects().slip or ""

    def merge(self, slip: str, into: str, at_step: int, *, stream: str = HERE) -> Fact:
        """What is still here of a slip goes on with another one."""
        command = MergeSlips(intent=self.new_id(), by=ANNA, slip=slip, into=into, step=at_step)
        return self.do(command, stream)[0]

    def void(self, slip: str, *, stream: str = HERE) -> Fact:
        """A slip's paper is worth nothing any more."""
        return self.do(VoidSlip(intent=self.new_id(), by="P1", slip=slip, reason="soaked"), stream)[0]

    def report(
        self, slip: str, said: ReportContent, *, stream: str = HERE, known: Iterable[Fact] | None = None
    ) -> Fact:
        """A report of work on a slip."""
        return self.do(ReportWork(intent=self.new_id(), by=ANNA, slip=slip, content=said), stream, known)[0]

    def correct(self, report: Fact, said: ReportContent | None, *, stream: str = HERE) -> Fact:
        """A report's new content, or None to withdraw it."""
        command = CorrectReport(
            intent=self.new_id(),
            by=ANNA,
            slip=report.event.subjects().slip or "",
            report=report.event_id,
            content=said,
        )
        return self.do(command, stream)[0]

    def settle(self, flag: Flag, slip: str | None, at_step: int | None = None) -> Fact:
        """A standing flag, explained."""
        command = SettleFlag(
            intent=self.new_id(),
            by="P1",
            flag=flag.value,
            order=ORDER,
            slip=slip,
            step=at_step,
            reason="counted",
        )
        return self.do(command, CENTRAL)[0]

    @property
    def order(self) -> OrderProgress:
        """The order as all facts show it."""
        return fold_order(self.facts)

    def line(self, slip: str, at_step: int) -> StepLine:
        """One step of one slip."""
        return self.order.slips[slip].lines[at_step]

    def flags(self, *kinds: Flag) -> list[StandingFlag]:
        """What stands, of these kinds or of all."""
        return [flag for flag in standing_flags(self.order) if not kinds or flag.flag in kinds]

    def flag_names(self) -> list[str]:
        """The names of what stands."""
        return [flag.flag.value for flag in self.flags()]


def a_shop(steps: Iterable[Step] | None = None, quantity: str | int = 80, *, unit: Unit = PIECES) -> Shop:
    """A confirmed order over three steps, unless told otherwise."""
    shop = Shop()
    shop.describe(steps or [step(10), step(20), step(30)], unit=unit)
    shop.draft(quantity)
    shop.decision(Decision.CONFIRM)
    return shop

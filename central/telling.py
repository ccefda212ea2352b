"""Facts in words, for people who want to know what happened.

Never judges, and never leaves a number out: what is not known by name is told by its number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch
from zoneinfo import ZoneInfo

from central.times import local_time
from floor.events import (
    ArrivalCounted,
    AskAnswered,
    CheckMade,
    DayClosed,
    Event,
    FlagSettled,
    MaterialIssued,
    OrderCancelled,
    OrderCompleted,
    OrderConfirmed,
    OrderDrafted,
    OrderHeld,
    OrderReopened,
    OrderSuspended,
    PaperEvent,
    PaperFailed,
    PaperPrinted,
    PaperSettled,
    PaperUnknown,
    PassportChecked,
    PassportRead,
    ReportContent,
    ReportCorrected,
    Reported,
    ReviewDecided,
    ReviewFate,
    RunClosed,
    RunPaused,
    RunResumed,
    RunStarted,
    ShortageNoted,
    SlipIssued,
    SlipReprinted,
    SlipsMerged,
    SlipSplit,
    SlipVoided,
    TagAsked,
    TagUse,
)
from floor.plant import Plant
from floor.progress import OrderProgress
from floor.quantities import show
from floor.source import Source
from floor.tags import slip_name


@dataclass(frozen=True, slots=True)
class Telling:
    """What numbers stand for."""

    plant: Plant
    names: Mapping[str, str]
    """People by number."""
    progress: OrderProgress

    def who(self, event: Event) -> tuple[str, ...]:
        """Those who did it; else who entered it."""
        content = getattr(event, "content", None)
        operators = content.operators if content is not None else getattr(event, "operators", ())
        numbers = operators or ((event.by,) if event.by else ())
        return tuple(self.person(number) for number in numbers)

    def person(self, number: str) -> str:
        """Number and name."""
        return f"{number} {self.names[number]}" if number in self.names else number

    def reason(self, number: str | None) -> str:
        """A reason's number and name, or that none was given."""
        if number is None:
            return "no reason given"
        known = self.plant.reasons.get(number)
        return f"{number} {known.name}" if known else number

    def machine(self, number: str | None) -> str:
        """Where it was made."""
        if number is None:
            return ""
        known = self.plant.machines.get(number)
        return f" on {number} {known.name}" if known else f" on {number}"

    def item(self, number: str | None) -> str:
        """An item's number and name; empty where nobody knew."""
        known = self.plant.items.get(number or "")
        return f"{number} {known.name}" if known else (number or "")

    def unit(self, item: str | None) -> str:
        """What an item is counted in; empty where nobody knows."""
        known = self.plant.items.get(item or "")
        return known.unit.name if known else ""

    def step(self, number: int) -> str:
        """A step's number and name."""
        known = self.progress.steps.get(number)
        return f"step {number} {known.name}" if known else f"step {number}"

    def content(self, content: ReportContent) -> str:
        """What a report says."""
        parts = [f"{show(content.good)} good"]
        parts += [
            f"{show(line.quantity)} scrap ({self.reason(line.reason)}{_caused(line.caused_at, content.step)})"
            for line in content.scrap
        ]
        parts += [
            f"{show(line.quantity)} to rework at step {line.to_step} ({self.reason(line.reason)})"
            for line in content.rework
        ]
        parts += [f"{show(line.quantity)} in review ({self.reason(line.reason)})" for line in content.review]
        kind = "" if content.run_kind == "production" else f", {content.run_kind.value}"
        done = ", step done" if content.final else ""
        return f"{self.step(content.step)}{self.machine(content.machine)}: {', '.join(parts)}{kind}{done}"


def _caused(at: int, found_at: int) -> str:
    return "" if at == found_at else f", caused at step {at}"


def _warned(warned: tuple[str, ...]) -> str:
    return f" [warned: {', '.join(warned)}]" if warned else ""


@singledispatch
def tell(event: Event, _telling: Telling) -> str:
    """One event as a sentence; one without words of its own by its kind."""
    return event.kind.replace("_", " ")


@tell.register
def _(event: OrderDrafted, _telling: Telling) -> str:
    due = f", due {event.demand.due}" if event.demand.due else ""
    customer = f", for {event.demand.customer}" if event.demand.customer else ""
    return f"drafted: {show(event.demand.quantity)} of {event.demand.item}{due}{customer}"


@tell.register
def _(event: OrderConfirmed, _telling: Telling) -> str:
    boms = "".join(f", BOM of {bom.item} version {bom.version}" for bom in event.boms)
    return (
        f"confirmed: {show(event.demand.quantity)} {event.unit.name} of {event.item_name}, "
        f"route version {event.route.version}{boms}"
    )


@tell.register(OrderHeld)
@tell.register(OrderSuspended)
@tell.register(OrderCancelled)
@tell.register(OrderReopened)
def _(event: OrderHeld | OrderSuspended | OrderCancelled | OrderReopened, _telling: Telling) -> str:
    return f"{event.kind.removeprefix('order_')}: {event.reason}"


@tell.register
def _(event: OrderCompleted, _telling: Telling) -> str:
    left = [
        f"; of slip {slip_name(remain.slip)}, step {remain.step}: {remain.still_here} still here, "
        f"{remain.review} in review, {remain.missing} missing: {remain.fate.value}"
        for remain in event.remains
    ]
    return f"completed with {event.good} good{''.join(left)}"


@tell.register
def _(event: SlipIssued, _telling: Telling) -> str:
    make_up = " to make up for losses" if event.make_up else ""
    paper = f", paper asked for at {event.printer}" if event.printer else ""
    return f"slip {slip_name(event.slip)} issued for {show(event.quantity)}{make_up}{paper}"


@tell.register
def _(event: SlipSplit, telling: Telling) -> str:
    amount = f"{show(event.quantity)} {event.unit}"
    parent, child = slip_name(event.parent), slip_name(event.slip)
    return f"{amount} split off slip {parent} at {telling.step(event.step)}, on slip {child}"


@tell.register
def _(event: SlipsMerged, telling: Telling) -> str:
    amount = f"{show(event.quantity)} {event.unit}"
    slip, into = slip_name(event.slip), slip_name(event.into)
    return f"{amount} of slip {slip} go on with slip {into} from {telling.step(event.step)}"


@tell.register
def _(event: SlipVoided, _telling: Telling) -> str:
    return f"slip {slip_name(event.slip)} voided: {event.reason}"


@tell.register
def _(event: SlipReprinted, _telling: Telling) -> str:
    return (
        f"slip {slip_name(event.slip)}: copy {event.copy_letter} asked for at {event.printer}{_user(event)}"
    )


@tell.register
def _(event: PaperPrinted, _telling: Telling) -> str:
    readers = f", read back by {' and '.join(event.readers)}" if event.readers else ""
    grade = f", grade {event.proof.grade}" if event.proof and event.proof.grade else ""
    return f"{_paper(event)} printed at {event.printer}{readers}{grade}"


@tell.register(PaperFailed)
@tell.register(PaperUnknown)
def _(event: PaperFailed | PaperUnknown, _telling: Telling) -> str:
    outcome = "not printed" if isinstance(event, PaperFailed) else "perhaps printed"
    return f"{_paper(event)} {outcome} at {event.printer}: {event.reason}"


@tell.register
def _(event: PaperSettled, _telling: Telling) -> str:
    said = {True: "found at", False: "not found at", None: "given up at"}[event.found]
    return f"{_paper(event)} {said} {event.printer}"


def _paper(event: PaperEvent) -> str:
    return f"paper of slip {slip_name(event.slip)}" if event.slip else "paper"


def _user(event: SlipReprinted | TagAsked) -> str:
    return f", by the system's user {event.user}" if event.user else ""


@tell.register
def _(event: DayClosed, _telling: Telling) -> str:
    entries = ", ".join(f"{part.first_seq}-{part.last_seq}" for part in event.ranges)
    return f"{event.day} closed: {event.reports} reports, entries {entries}"


@tell.register
def _(event: TagAsked, telling: Telling) -> str:
    use = "hold tag" if event.use is TagUse.HOLD else f"rework tag to step {event.to_step}"
    copy = f", copy {event.copy_number}" if event.copy_number > 1 else ""
    pieces = f"{show(event.quantity)} {event.unit} of {telling.step(event.step)}"
    return f"{use} for {pieces}{copy} asked for at {event.printer}{_user(event)}"


@tell.register
def _(event: PassportRead, telling: Telling) -> str:
    said = event.passport
    steps = f"{len(said.steps)} of {len(said.steps) + said.steps_dropped} steps"
    proof = "proven" if event.proven else "not proven there"
    what = f"{show(said.quantity)} of {telling.item(said.item)}, {steps}"
    return f"read from the paper of {slip_name(said.slip)}: order {said.order}, {what}; {proof}"


@tell.register
def _(event: PassportChecked, _telling: Telling) -> str:
    return (
        "what was read from the paper is genuine"
        if event.genuine
        else "what was read from the paper is FORGED"
    )


@tell.register
def _(event: RunStarted, telling: Telling) -> str:
    step, machine = telling.step(event.step), telling.machine(event.machine)
    return f"{event.run_kind.value} began at {step}{machine}{_warned(event.warned)}"


@tell.register
def _(event: RunPaused, telling: Telling) -> str:
    why = f": {telling.reason(event.reason)}" if event.reason else ""
    return f"run {event.run[-8:]} paused{why}"


@tell.register
def _(event: RunResumed, _telling: Telling) -> str:
    return f"run {event.run[-8:]} went on"


@tell.register
def _(event: RunClosed, telling: Telling) -> str:
    if event.ended_ms is None:
        return f"run {event.run[-8:]} given up: nobody knows when it ended"
    ended = local_time(event.ended_ms, ZoneInfo(telling.plant.time_zone), "%Y-%m-%d %H:%M")
    return f"run {event.run[-8:]} ended at {ended}, as people remember"


@tell.register
def _(event: Reported, telling: Telling) -> str:
    ended = ", run ended" if event.ends_run else ""
    paper = f", from paper by {telling.person(event.by or '')}" if event.source is Source.PAPER else ""
    return f"reported {telling.content(event.content)}{ended}{paper}{_warned(event.warned)}"


@tell.register
def _(event: ReportCorrected, telling: Telling) -> str:
    reason = f" because: {event.reason}" if event.reason else ""
    by = f" by {telling.person(event.by)}" if event.by else ""
    if event.content is None:
        return f"report {event.report[-8:]} withdrawn{by}{reason}"
    return f"report {event.report[-8:]} corrected{by} to {telling.content(event.content)}{reason}"


@tell.register
def _(event: MaterialIssued, telling: Telling) -> str:
    number = f"lot {event.lot}" if event.lot else ""
    serial = f"number {event.serial}" if event.serial else ""
    label = "" if event.item else f"label {event.label}" if event.label else ""
    what = ", ".join(filter(None, (telling.item(event.item), number, serial, label)))
    return f"{what} went in at {telling.step(event.step)}{_amount(event.quantity, telling.unit(event.item))}"


@tell.register
def _(event: ShortageNoted, telling: Telling) -> str:
    amount = _amount(event.quantity, telling.unit(event.item))
    return f"{telling.item(event.item)} was wanting at {telling.step(event.step)}{amount}"


def _amount(quantity: Decimal | None, unit: str) -> str:
    return "" if quantity is None else f": {show(quantity)} {unit}".rstrip()


@tell.register
def _(event: ArrivalCounted, telling: Telling) -> str:
    return f"{show(event.quantity)} counted on arrival at {telling.step(event.step)}"


@tell.register
def _(event: CheckMade, telling: Telling) -> str:
    step = telling.progress.steps.get(event.step)
    named = next((check for check in step.checks if check.check == event.check), None) if step else None
    name = f"{event.check} {named.name}" if named else event.check
    unit = f" {named.unit}" if named and named.unit else ""
    value = f" {show(event.value)}{unit}" if event.value is not None else ""
    outcome = "passed" if event.passed else "FAILED"
    return f"check {name}:{value} {outcome} at {telling.step(event.step)}{telling.machine(event.machine)}"


@tell.register
def _(event: ReviewDecided, telling: Telling) -> str:
    told = f"{show(event.quantity)} in review at {telling.step(event.step)} decided: {event.fate.value}"
    if event.fate is ReviewFate.GOOD:
        return told
    where = f", caused at step {event.caused_at}" if event.caused_at not in (None, event.step) else ""
    where = f" at step {event.to_step}" if event.fate is ReviewFate.REWORK else where
    return f"{told}{where} ({telling.reason(event.reason)})"


@tell.register
def _(event: AskAnswered, telling: Telling) -> str:
    by = f"approved by {telling.person(event.approved_by)}" if event.approved_by else ""
    why = telling.reason(event.reason) if event.reason else ""
    return f"{event.flag} of report {event.report[-8:]} answered: {why or by}"


@tell.register
def _(event: FlagSettled, _telling: Telling) -> str:
    where = f" at step {event.step}" if event.step is not None else ""
    return f"flag {event.flag}{where} settled: {event.reason}"

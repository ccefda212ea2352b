"""The whole history of a slip or an order, told line by line: who, when, where, on what, how many and why.

Never orders by what a wall clock claims within a stream: there the sequence does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from central import boards, directory, facts
from central.boards import FlagBoard, StepBoard
from central.labour import LabourLine, labour_lines
from central.lots import LotInside, lots_in
from central.telling import Telling, tell
from central.times import TRACE_SHAPE, local_time
from floor.codec import Fact, in_order
from floor.labour import wall_minutes
from floor.moves import passed
from floor.plant import Plant
from floor.progress import NOTHING, OrderProgress, fold_order
from floor.refusals import Refusal
from floor.runs import Run
from floor.standing import standing_flags
from floor.tags import slip_name, slip_number


class TraceLine(BaseModel):
    """One fact, told."""

    model_config = ConfigDict(frozen=True)

    at: str
    """Local time of the plant."""
    station: str
    """Empty for central."""
    who: tuple[str, ...]
    """Number and name; the number alone of somebody who is not in the directory."""
    what: str
    slip: str | None
    kind: str
    event_id: str
    stream: str
    seq: int


class RunLine(BaseModel):
    """One run, as all its facts show it."""

    model_config = ConfigDict(frozen=True)

    slip: str
    step: int
    began: str
    """Local time of the plant."""
    who: tuple[str, ...]
    machine: str
    """Number and name; empty where none was named."""
    kind: str
    minutes: int | None
    """From start to end without pauses, to the nearest; None as long as no end is known."""
    state: str
    """`open`, `paused`, `ended`, or `end unknown`."""


class Trace(BaseModel):
    """A history with where it led to."""

    model_config = ConfigDict(frozen=True)

    title: str
    time_zone: str
    lines: tuple[TraceLine, ...]
    lots: tuple[LotInside, ...]
    """Which material is in it."""
    steps: tuple[StepBoard, ...]
    runs: tuple[RunLine, ...]
    labour: tuple[LabourLine, ...]
    flags: tuple[FlagBoard, ...]


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is traced."""

    order: str | None
    slip: str | None
    facts: list[Fact]
    progress: OrderProgress


def trace(connection: Connection, plant: Plant, number: str) -> Trace | Refusal | None:
    """The history of an order, or of a slip by its name, number or code; None when nobody knows it."""
    subject = _find(connection, number)
    if subject is None or isinstance(subject, Refusal):
        return subject
    names = {person.person: person.name for person in directory.people(connection).values()}
    telling = Telling(plant, names, subject.progress)
    runs = _runs(subject)
    return Trace(
        title=_title(subject),
        time_zone=plant.time_zone,
        lines=tuple(_line(fact, telling, ZoneInfo(plant.time_zone)) for fact in _by_time(subject.facts)),
        lots=lots_in(connection, plant, [subject.slip] if subject.slip else subject.progress.slips),
        steps=_steps(subject),
        runs=tuple(_run(run, telling) for run in runs),
        labour=labour_lines(runs, telling),
        flags=_flags(subject, plant),
    )


def _find(connection: Connection, number: str) -> _Subject | Refusal | None:
    found = facts.of_order(connection, number)
    if any(fact.event.subjects().order == number for fact in found):
        progress = fold_order(found, number)
        return _Subject(number, None, list(progress.facts), progress)
    slip = slip_number(number)
    if isinstance(slip, Refusal):
        return slip if slip is Refusal.CODE_CHECK_WRONG else None
    of_slip = facts.of_slip(connection, slip)
    if not of_slip:
        return None
    order = facts.order_of(connection, slip)
    progress = fold_order(facts.of_order(connection, order) if order else of_slip, order)
    return _Subject(order, slip, [*of_slip, *_family(slip, progress)], progress)


def _family(slip: str, progress: OrderProgress) -> Iterator[Fact]:
    """What a slip shares with others: its moves, and of those that it was split off, what came before."""
    if slip not in progress.slips:
        return
    yield from progress.slips[slip].moves
    for child, parent in pairwise(progress.lineage(progress.slips[slip])):
        yield from parent.issues
        at = child.origin.step if child.origin else 0
        for number in passed(at, progress.steps) & parent.lines.keys() - {at}:
            for report in parent.lines[number].reports:
                yield from (report.fact, *report.corrections)


def _title(subject: _Subject) -> str:
    confirmed = subject.progress.locked
    item = f", {confirmed.item_name}" if confirmed else ""
    if subject.slip is None:
        return f"Order {subject.order}{item}"
    order = f" of order {subject.order}" if subject.order else ", of no known order"
    return f"Slip {slip_name(subject.slip)}{order}{item}"


def _by_time(found: Sequence[Fact]) -> list[Fact]:
    """As it happened, by clamped clocks, which keep the order within each stream."""
    return sorted(in_order(list(found)), key=lambda fact: (fact.event.at.clamped_ms, fact.stream, fact.seq))


def _line(fact: Fact, telling: Telling, zone: ZoneInfo) -> TraceLine:
    return TraceLine(
        at=local_time(fact.event.at.clamped_ms, zone, TRACE_SHAPE),
        station=fact.station or "",
        who=telling.who(fact.event),
        what=tell(fact.event, telling),
        slip=fact.event.subjects().slip,
        kind=fact.event.kind,
        event_id=fact.event_id,
        stream=fact.stream,
        seq=fact.seq,
    )


def _steps(subject: _Subject) -> tuple[StepBoard, ...]:
    """Of a slip's trace, only its own lines."""
    progress = subject.progress
    if subject.slip is None:
        return boards.step_boards(progress, progress.quantity)
    slips = {slip: found for slip, found in progress.slips.items() if slip == subject.slip}
    alone = replace(progress, slips=slips)
    return boards.step_boards(alone, sum((found.quantity for found in slips.values()), NOTHING))


def _runs(subject: _Subject) -> list[Run]:
    """Every run, by its beginning; of a slip's trace, only its own."""
    slips = [slip for slip in subject.progress.slips.values() if subject.slip in (None, slip.slip)]
    return sorted((run for slip in slips for run in slip.runs), key=lambda run: (run.began_ms, run.run))


def _run(run: Run, telling: Telling) -> RunLine:
    started = run.started
    open_state = "paused" if run.paused else "open"
    return RunLine(
        slip=started.slip,
        step=started.step,
        began=local_time(run.began_ms, ZoneInfo(telling.plant.time_zone), TRACE_SHAPE),
        who=tuple(telling.person(number) for number in started.operators),
        machine=telling.machine(started.machine).removeprefix(" on "),
        kind=started.run_kind.value,
        minutes=None if run.ended_ms is None else round(wall_minutes(run)),
        state=open_state if run.open else "end unknown" if run.forgotten else "ended",
    )


def _flags(subject: _Subject, plant: Plant) -> tuple[FlagBoard, ...]:
    standing: Iterable[FlagBoard] = (
        boards.flag_board(flag, subject.order) for flag in standing_flags(subject.progress, plant.items)
    )
    return tuple(flag for flag in standing if subject.slip in (None, flag.slip))

"""Routes: the steps an item goes through, and which step feeds which.

Never schedules; planned times are carried for others to use.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from floor.identity import Name, Number
from floor.quantities import ONE_TO_ONE, ZERO, Amount, Measure, Ratio, Unit, Value


class StepKind(StrEnum):
    """What sort of work a step is."""

    PRODUCTION = "production"
    INSPECTION = "inspection"
    OUTSIDE = "outside"
    REWORK = "rework"


class Counting(StrEnum):
    """How a step counts."""

    COUNTS = "counts"
    """Its good is what the next step receives."""
    PASSES_THROUGH = "passes_through"
    """Informs, moves nothing."""
    SAMPLE = "sample"
    """Looks at some pieces, moves nothing."""


class RunUse(StrEnum):
    """Whether START and END are scanned."""

    OPTIONAL = "optional"
    WANTED = "wanted"
    """A report without a run is warned of."""
    OFF = "off"
    """Quantities only: nobody starts or ends anything."""


class OverPolicy(StrEnum):
    """What happens when more is reported than is here and the tolerance allows."""

    ALLOW = "allow"
    WARN = "warn"
    ASK_REASON = "ask_reason"
    ASK_SUPERVISOR = "ask_supervisor"


class CheckKind(StrEnum):
    """How a check is answered."""

    MEASURED = "measured"
    PASSED = "passed"


class Check(Value):
    """What is looked at or measured at a step."""

    check: Number
    """Its number within the step."""
    name: Name
    kind: CheckKind = CheckKind.PASSED
    low: Measure | None = None
    """Smallest value that passes; None for no limit."""
    high: Measure | None = None
    unit: Name | None = None
    """Of the measure, as printed: `mm`."""
    every: Amount | None = None
    """Due once for so many pieces, in the step's unit; None: once for each slip."""


class Step(Value):
    """One operation of a route."""

    number: int
    """10, 20, 30 ..."""
    name: Name
    work_centre: Number
    kind: StepKind = StepKind.PRODUCTION
    counting: Counting = Counting.COUNTS
    predecessors: tuple[int, ...] | None = None
    """Steps that feed this one; None means the step before; empty: it starts from the slip's quantity."""
    unit: Unit | None = None
    """What is counted here; None means the order's unit."""
    ratio: Ratio = ONE_TO_ONE
    """This step's unit against the order's."""
    setup_minutes: Amount | None = None
    piece_minutes: Amount | None = None
    """Standard time for one of this step's units; None where none is planned."""
    machine: Number | None = None
    """The planned machine."""
    person: Number | None = None
    """The planned person's number."""
    runs: RunUse | None = None
    """None means as the plant does it."""
    over_percent: Amount = ZERO
    """So much more than is here is no doubt."""
    over_policy: OverPolicy = OverPolicy.WARN
    """What follows beyond that."""
    count_on_arrival: bool = False
    """Whoever takes the pieces up counts them first."""
    skills: tuple[Number, ...] = ()
    """What its operator must be qualified for."""
    checks: tuple[Check, ...] = ()


class Route(Value):
    """The steps of an item, in one version."""

    item: Number
    version: int
    steps: tuple[Step, ...]


def by_number(steps: Iterable[Step]) -> dict[int, Step]:
    """Steps by their number, in ascending order."""
    return {step.number: step for step in sorted(steps, key=lambda step: step.number)}


def predecessors(steps: Mapping[int, Step], number: int) -> tuple[int, ...]:
    """The steps said to feed step `number`: as named, else the one before, else none."""
    named = steps[number].predecessors
    if named is not None:
        return tuple(before for before in named if before in steps and before < number)
    earlier = [before for before in steps if before < number]
    return (max(earlier),) if earlier else ()


def feeders(steps: Mapping[int, Step], number: int) -> tuple[int, ...]:
    """The nearest earlier *counting* steps on every way into step `number`; empty for a first step."""
    found: set[int] = set()
    for before in predecessors(steps, number):
        if steps[before].counting is Counting.COUNTS:
            found.add(before)
        else:
            found.update(feeders(steps, before))
    return tuple(sorted(found))


def landing(steps: Mapping[int, Step], number: int) -> tuple[int, ...]:
    """Where pieces sent to step `number` are counted: there, or behind it when it moves nothing."""
    if number not in steps or steps[number].counting is Counting.COUNTS:
        return (number,)
    behind = (later for later in steps if number in predecessors(steps, later))
    found = {counted for later in behind for counted in landing(steps, later)}
    return tuple(sorted(found)) or (number,)


def last_steps(steps: Mapping[int, Step]) -> tuple[int, ...]:
    """Counting steps that feed no other: the order's output is the smallest of their good."""
    counting = [number for number, step in steps.items() if step.counting is Counting.COUNTS]
    fed = {feeder for number in counting for feeder in feeders(steps, number)}
    return tuple(number for number in counting if number not in fed)

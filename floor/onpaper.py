"""What a slip's own words stand for, as long as nobody here knows better.

Never beside a real issue or a real confirmation: those replace what the paper says, whenever they come. Words
that a known key did not sign count for nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from floor.codec import Fact
from floor.events import (
    Demand,
    OrderConfirmed,
    PassportChecked,
    PassportRead,
    SlipIssued,
    SlipSplit,
)
from floor.passport import Passport, PassportStep
from floor.routing import Route, Step


@dataclass(frozen=True, slots=True)
class Words:
    """All that was read of one slip's paper, and what was found out about it."""

    order: str | None = None
    """The one in whose light it is read: of another one the paper knows nothing."""
    reads: tuple[Fact, ...] = ()
    checks: tuple[Fact, ...] = ()

    @property
    def forged(self) -> tuple[Fact, ...]:
        """Read before the key was known that did not sign them."""
        return tuple(fact for fact in self.reads if self._found(fact, genuine=False))

    @property
    def unproven(self) -> tuple[Fact, ...]:
        """Read, and nobody knows yet whether they are genuine."""
        return tuple(fact for fact in self._usable if not self._is_proven(fact))

    @property
    def read(self) -> Fact | None:
        """The reading that is believed: a proven one before others, the newest print before older ones."""
        own = [fact for fact in self._usable if fact.event.subjects().order == self.order]
        return max(own, key=self._weight, default=None)

    @property
    def order_said(self) -> str | None:
        """The order of the reading that would be believed if it were asked for no order."""
        best = max(self._usable, key=self._weight, default=None)
        return best.event.subjects().order if best else None

    @property
    def copies_seen(self) -> tuple[str, ...]:
        """The letters of the copies that were read, a forged one not among them."""
        return tuple(said_by(fact).copy_letter for fact in self._usable)

    @property
    def passport(self) -> Passport | None:
        """What is believed."""
        return said_by(self.read) if self.read else None

    @property
    def proven(self) -> bool:
        """Whether what is believed is proven."""
        return self.read is not None and self._is_proven(self.read)

    @property
    def issue(self) -> Fact | None:
        """The issue, or the split, that the paper tells of, in the place of the reading."""
        read, passport = self.read, self.passport
        if read is None or passport is None:
            return None
        return Fact(read.stream, read.seq, read.event_id, _issue(read, passport), read.station, read.position)

    @property
    def _usable(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.reads if not self._found(fact, genuine=False))

    def _is_proven(self, fact: Fact) -> bool:
        said = isinstance(fact.event, PassportRead) and fact.event.proven
        return said or self._found(fact, genuine=True)

    def _found(self, fact: Fact, *, genuine: bool) -> bool:
        return any(
            isinstance(check.event, PassportChecked)
            and (check.event.read, check.event.genuine) == (fact.event_id, genuine)
            for check in self.checks
        )

    def _weight(self, fact: Fact) -> tuple[bool, int, str, str, int]:
        passport = said_by(fact)
        return (self._is_proven(fact), passport.minute, passport.copy_letter, fact.stream, fact.seq)


def said_by(fact: Fact) -> Passport:
    """The passport that was read. Raises TypeError for another fact."""
    if not isinstance(fact.event, PassportRead):
        raise TypeError(f"{fact.event.kind} reads no passport")
    return fact.event.passport


def _issue(read: Fact, passport: Passport) -> SlipIssued | SlipSplit:
    at, by = read.event.at, read.event.by
    if passport.part is None:
        return SlipIssued(
            at=at,
            by=by,
            slip=passport.slip,
            order=passport.order,
            quantity=passport.quantity,
            make_up=passport.make_up,
        )
    return SlipSplit(
        at=at,
        by=by,
        slip=passport.slip,
        parent=passport.part.parent,
        order=passport.order,
        step=passport.part.step,
        quantity=passport.quantity,
        unit=_unit_at(passport, passport.part.step),
    )


def _unit_at(passport: Passport, number: int) -> str:
    step = next((step for step in passport.steps if step.number == number), None)
    return (step.unit if step and step.unit else passport.unit).name


def confirmed_on_paper(words: Iterable[Words]) -> OrderConfirmed | None:
    """What the slips of one order say about it: a proven one first, then the one that says the most."""
    found = [(one.proven, one.read, one.passport) for one in words]
    told = [(proven, read, passport) for proven, read, passport in found if read and passport]
    if not told:
        return None
    _, read, passport = max(told, key=lambda one: _order_weight(*one))
    steps = tuple(step.as_step for step in passport.steps)
    return OrderConfirmed(
        at=read.event.at,
        by=read.event.by,
        order=passport.order,
        demand=Demand(item=passport.item, quantity=passport.order_quantity, due=passport.due),
        item_name=passport.item_name or passport.item,
        unit=passport.unit,
        boms=(),
        route=Route(item=passport.item, version=passport.version_of_route, steps=steps),
        requirements=(),
    )


def _order_weight(proven: bool, read: Fact, passport: Passport) -> tuple[bool, int, int, bool, int, str, int]:
    named = not passport.names_dropped
    return (
        *(proven, passport.version_of_route, len(passport.steps), named),
        *(passport.minute, read.stream, read.seq),
    )


def on_passport(steps: Mapping[int, Step]) -> tuple[PassportStep, ...]:
    """A route's steps as a passport says them. Raises ValueError for one that no passport can say."""
    numbers = sorted(steps)
    return tuple(_on_passport(steps[number], numbers[:at]) for at, number in enumerate(numbers))


def _on_passport(step: Step, earlier: list[int]) -> PassportStep:
    fed_by = step.predecessors
    return PassportStep(
        number=step.number,
        name=step.name,
        work_centre=step.work_centre,
        machine=step.machine,
        kind=step.kind,
        counting=step.counting,
        predecessors=None if fed_by is None else tuple(number for number in earlier if number in fed_by),
        unit=step.unit,
        ratio=step.ratio,
    )


def contradicts(passport: Passport, issues: Iterable[Fact], confirmed: OrderConfirmed | None) -> bool:
    """Whether the facts that became known say something else than the paper."""
    told = [fact.event for fact in issues if isinstance(fact.event, SlipIssued | SlipSplit)]
    if told and not any(_same_issue(passport, event) for event in told):
        return True
    if confirmed is None or confirmed.order != passport.order:
        return False
    return not _same_order(passport, confirmed)


def _same_issue(passport: Passport, issue: SlipIssued | SlipSplit) -> bool:
    part = (issue.parent, issue.step) if isinstance(issue, SlipSplit) else None
    on_paper = (passport.part.parent, passport.part.step) if passport.part else None
    return (issue.order, issue.quantity, part) == (passport.order, passport.quantity, on_paper)


def _same_order(passport: Passport, confirmed: OrderConfirmed) -> bool:
    demand, route = confirmed.demand, confirmed.route
    said = (passport.item, passport.order_quantity, passport.due, passport.unit, passport.version_of_route)
    known = (demand.item, demand.quantity, demand.due, confirmed.unit, route.version)
    return said == known and _same_steps(passport, route)


def _same_steps(passport: Passport, route: Route) -> bool:
    """Names aside, which may have found no room."""
    try:
        known = on_passport({step.number: step for step in route.steps})
    except ValueError:
        return True  # a route that no passport can say was never on one
    said = tuple(step.model_copy(update={"name": None}) for step in passport.steps)
    same = tuple(step.model_copy(update={"name": None}) for step in known[: len(said)])
    return said == same and len(said) + passport.steps_dropped == len(known)


NOTHING_READ = Words()

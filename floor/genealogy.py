"""Where material went, and what is in a slip: along issues, splits, merges and slips that became material.

Never guesses which piece got which lot: each piece of a slip may hold every lot that went in there, and where
nobody knows what came first, it is taken to be in: in a recall, a slip too many is better than one too few.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from floor.codec import Fact
from floor.events import MaterialIssued, OrderConfirmed, SlipsMerged, SlipSplit
from floor.moves import passed
from floor.routing import Step, by_number
from floor.tags import ALPHABET, SLIP_BODY_CHARS


def is_slip(name: str | None) -> bool:
    """Whether a lot's name is the number of a slip: what was made on it went in."""
    return name is not None and len(name) == SLIP_BODY_CHARS and set(name) <= set(ALPHABET)


@dataclass(frozen=True, slots=True)
class WentIn:
    """A lot, a piece or an assembly that is in a slip's pieces, said by one issue."""

    depth: int
    """0 for what went into the slip itself, 1 for what is in an assembly that did, and so on."""
    fact: Fact
    issue: MaterialIssued


@dataclass(frozen=True, slots=True)
class Reached:
    """A slip whose pieces may hold a lot."""

    depth: int
    """0 for a slip that it was issued to, 1 for one that holds that slip's pieces, and so on."""
    slip: str
    order: str | None
    step: int
    """Where it came in."""
    through: str
    """The lot, the piece or the slip that brought it."""
    fact: Fact


FactsOf = Callable[[str], Iterable[Fact]]
"""Everything about a slip and the slips of its order, by the slip's number."""

IssuesOf = Callable[[str], Iterable[Fact]]
"""Every issue of a lot or a serial number, by its name."""


Found = TypeVar("Found")
Place = TypeVar("Place")


class _Walk(Generic[Found, Place]):
    """Goes through places, each once, telling what is there, however long the way is."""

    def __init__(self) -> None:
        self._seen: set[Place] = set()

    def told(self, first: Place) -> Iterator[Found]:
        """Everything, a place within another one right where that one names it."""
        ways = [self._entered(first)]
        while ways:
            found = next(ways[-1], None)
            if found is None:
                ways.pop()
            elif isinstance(found, _Within):
                ways.append(self._entered(found.place))
            else:
                yield found

    def _entered(self, place: Place) -> "Iterator[Found | _Within[Place]]":
        if place in self._seen:
            return iter(())
        self._seen.add(place)
        return self.at(place)

    def at(self, place: Place) -> "Iterator[Found | _Within[Place]]":
        """What is at one place, and the places within."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class _Within(Generic[Place]):
    """The walk goes on at another place, and comes back."""

    place: Place


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Pieces of a slip, as they were at a step."""

    slip: str
    until: int | None
    """The step at which they left the slip: what went in later is not in them; None for all of it."""
    depth: int = field(compare=False)


def backwards(slip: str, facts_of: FactsOf) -> tuple[WentIn, ...]:
    """All that is in a slip's pieces: what was issued to it, to what it was split from, and within those."""
    return tuple(_Backwards(facts_of).told(_Pieces(slip, None, 0)))


class _Backwards(_Walk[WentIn, _Pieces]):
    def __init__(self, facts_of: FactsOf) -> None:
        super().__init__()
        self._facts_of = facts_of
        self._issues: set[str] = set()
        """Told already: what came on two ways is in there once."""

    def at(self, place: _Pieces) -> Iterator[WentIn | _Within[_Pieces]]:
        facts = list(self._facts_of(place.slip))
        for fact in facts:
            event = fact.event
            if not isinstance(event, MaterialIssued) or event.slip != place.slip:
                continue
            if fact.event_id in self._issues or self._went_in_later(event.step, fact, place, facts):
                continue
            self._issues.add(fact.event_id)
            yield WentIn(place.depth, fact, event)
            if event.lot is not None and is_slip(event.lot):
                yield _Within(_Pieces(event.lot, None, place.depth + 1))
        for other, fact, step in _came_from(place.slip, facts):
            if not self._went_in_later(step, fact, place, facts):
                yield _Within(_Pieces(other, step, place.depth))

    @staticmethod
    def _went_in_later(step: int, fact: Fact, place: _Pieces, facts: Iterable[Fact]) -> bool:
        order = fact.event.subjects().order
        return place.until is not None and _is_after(step, place.until, _steps_of(order, facts))


def _steps_of(order: str | None, facts: Iterable[Fact]) -> Mapping[int, Step]:
    """The route that an order locked; empty where it is not known."""
    routes = (
        fact.event.route
        for fact in facts
        if isinstance(fact.event, OrderConfirmed) and fact.event.order == order
    )
    return by_number(route.steps if (route := next(routes, None)) else ())


def _is_after(step: int, other: int, steps: Mapping[int, Step]) -> bool:
    """Whether pieces come to `step` only after `other`; without a route, by their numbers."""
    if step in steps and other in steps:
        return step != other and other in passed(step, steps)
    return step > other


def _moves(facts: Iterable[Fact]) -> Iterator[tuple[str, str, Fact, int]]:
    """(from, to, fact, step) of all pieces that went on with other paper."""
    for fact in facts:
        match fact.event:
            case SlipSplit(slip=child, parent=parent, step=step):
                yield parent, child, fact, step
            case SlipsMerged(slip=slip, into=into, step=step):
                yield slip, into, fact, step
            case _:
                pass


def _came_from(slip: str, facts: Iterable[Fact]) -> Iterator[tuple[str, Fact, int]]:
    return ((out_of, fact, step) for out_of, to, fact, step in _moves(facts) if to == slip)


def _went_to(slip: str, facts: Iterable[Fact]) -> Iterator[tuple[str, Fact, int]]:
    return ((to, fact, step) for out_of, to, fact, step in _moves(facts) if out_of == slip)


def forwards(name: str, issues_of: IssuesOf, facts_of: FactsOf) -> tuple[Reached, ...]:
    """Every slip whose pieces may hold a lot, a numbered piece or another slip's pieces."""
    return tuple(_Forwards(issues_of, facts_of).told(_Lot(name, 0)))


@dataclass(frozen=True, slots=True)
class _Lot:
    """A lot, a numbered piece or a slip that may have been issued."""

    name: str
    depth: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Slip:
    """A slip from a step on."""

    slip: str
    step: int
    reached: Reached = field(compare=False)


class _Forwards(_Walk[Reached, "_Lot | _Slip"]):
    def __init__(self, issues_of: IssuesOf, facts_of: FactsOf) -> None:
        super().__init__()
        self._issues_of = issues_of
        self._facts_of = facts_of
        self._facts: set[str] = set()
        """Told already: a move that two steps' lots went along is told once."""

    def at(self, place: _Lot | _Slip) -> Iterator[Reached | _Within[_Lot | _Slip]]:
        return self._of_lot(place) if isinstance(place, _Lot) else self._of_slip(place.reached)

    def _of_lot(self, lot: _Lot) -> Iterator[Reached | _Within[_Lot | _Slip]]:
        for fact in self._issues_of(lot.name):
            event = fact.event
            if isinstance(event, MaterialIssued):
                yield from self._goes_to(
                    Reached(lot.depth, event.slip, event.order, event.step, lot.name, fact)
                )

    def _of_slip(self, reached: Reached) -> Iterator[Reached | _Within[_Lot | _Slip]]:
        facts = list(self._facts_of(reached.slip))
        for slip, fact, step in _went_to(reached.slip, facts):
            order = fact.event.subjects().order
            if not _is_after(reached.step, step, _steps_of(order, facts)):
                yield from self._goes_to(Reached(reached.depth, slip, order, step, reached.slip, fact))
        yield _Within(_Lot(reached.slip, reached.depth + 1))

    def _goes_to(self, reached: Reached) -> Iterator[Reached | _Within[_Lot | _Slip]]:
        if reached.fact.event_id not in self._facts:
            self._facts.add(reached.fact.event_id)
            yield reached
        yield _Within(_Slip(reached.slip, reached.step, reached))

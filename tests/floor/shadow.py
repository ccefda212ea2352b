"""A second opinion: every piece an object that lies somewhere, moved by hand from place to place.

Never adds up a report: what a step has is what lies there. Shares no code with `floor.progress`.
A piece here is an atom: the greatest part that makes up every unit of the route (4 legs = 1 set: a leg).
"""

from collections import defaultdict
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from floor.events import ReportContent, ReviewDecided, ReviewFate, RunKind, SlipsMerged, SlipSplit
from floor.routing import Counting, Step


class Piece:
    """One atom. It has no properties but where it lies."""

    __slots__ = ()


@dataclass
class Bench:
    """The places at one counting step."""

    waiting: list[Piece] = field(default_factory=list)
    """Came here, and nobody said yet what became of it."""
    borrowed: list[Piece] = field(default_factory=list)
    """Was counted here before anybody passed it on: owed by the steps before."""
    inbox: dict[int, list[Piece]] = field(default_factory=lambda: defaultdict(list))
    """Passed on by one feeder, waiting for its other halves."""
    arrived: int = 0
    left: int = 0
    """Went on with other paper."""
    returned: int = 0
    """Of those that arrived, sent back here as rework."""
    reworked: int = 0
    """Taken by rework runs."""
    taken: int = 0
    """Taken by all runs."""
    good: list[Piece] = field(default_factory=list)
    scrap: list[Piece] = field(default_factory=list)
    rework: list[Piece] = field(default_factory=list)
    review: list[Piece] = field(default_factory=list)
    overdrawn: int = 0
    """Decided though nobody had set so many aside."""
    done: bool = False
    rework_done: bool = False

    @property
    def given_up(self) -> int:
        """Of those that wait, how many nobody will account for: a done step's own, and done rework's."""
        own = self.arrived - self.left - self.returned - (self.taken - self.reworked)
        back = self.returned - self.reworked
        return min(len(self.waiting), self.done * max(0, own) + self.rework_done * max(0, back))

    def take(self, count: int) -> list[Piece]:
        """Pieces to work on: those that wait, and borrowed ones when too few do."""
        self.taken += count
        return self._pick(count)

    def part_with(self, count: int) -> None:
        """Pieces that go on with other paper."""
        self.left += count
        self._pick(count)

    def _pick(self, count: int) -> list[Piece]:
        short = count - len(self.waiting)
        if short > 0:
            born = [Piece() for _ in range(short)]
            self.borrowed += born
            self.waiting += born
        taken, self.waiting = self.waiting[:count], self.waiting[count:]
        return taken

    def arrive(self, piece: Piece) -> None:
        """A piece that came: it pays back a borrowed one, or waits."""
        self.arrived += 1
        if self.borrowed:
            self.borrowed.pop()
        else:
            self.waiting.append(piece)


class Shadow:
    """One slip's pieces on their way through a route."""

    def __init__(self, steps: Iterable[Step], quantity: int) -> None:
        """All pieces of the slip wait at the steps where work begins."""
        self.route = {step.number: step for step in steps}
        self.per_order_unit = lcm(*(step.ratio.step for step in self.route.values()))
        self.benches = {n: Bench() for n, step in self.route.items() if step.counting is Counting.COUNTS}
        self.ways: dict[int, list[int]] = defaultdict(list)
        """From a counting step to the counting steps that its pieces go to next."""
        fed = {to for start in self.benches for to in self._ways_from(start)}
        for start in self.benches:
            self.ways[start] = self._ways_from(start)
        for number in self.benches.keys() - fed:
            for _ in range(quantity * self.per_order_unit):
                self.benches[number].arrive(Piece())
        self.ends = [number for number in self.benches if not self.ways[number]]
        self.lent: dict[int, int] = defaultdict(int)
        """Of a last step: other halves that came with other paper, on ways beside it."""

    def atoms(self, number: int) -> int:
        """How many atoms one unit of a step is; a step that the route lacks counts as the order does."""
        if number not in self.route:
            return self.per_order_unit
        ratio = self.route[number].ratio
        atoms = Fraction(self.per_order_unit * ratio.order, ratio.step)
        assert atoms.denominator == 1
        return atoms.numerator

    def _bench(self, number: int) -> Bench | None:
        """None for a step that moves nothing; one that the route lacks moves pieces and leads nowhere."""
        if number not in self.route:
            self.benches.setdefault(number, Bench())
        return self.benches.get(number)

    def _before(self, number: int) -> tuple[int, ...]:
        named = self.route[number].predecessors
        earlier = [other for other in sorted(self.route) if other < number]
        return tuple(earlier[-1:]) if named is None else named

    def _ways_from(self, start: int) -> list[int]:
        ways: list[int] = []
        for number in sorted(self.route):
            if start in self._before(number):
                ways += [number] if number in self.benches else self._ways_from(number)
        return sorted(set(ways))

    def pass_on(self, start: int, piece: Piece) -> None:
        """A good piece goes to the next bench, its other halves to the parallel ones; at a join they meet."""
        for to in self.ways[start]:
            self._bring(start, to, piece)

    def _bring(self, start: int, to: int, piece: Piece) -> None:
        bench = self.benches[to]
        bench.inbox[start].append(piece)
        halves = [bench.inbox[feeder] for feeder in self.benches if to in self.ways[feeder]]
        if all(halves):
            for half in halves:
                half.pop()
            bench.arrive(piece)

    def _ahead(self, start: int) -> set[int]:
        """The benches that a piece at `start` is at now or comes to later."""
        return {start}.union(*(self._ahead(to) for to in self.ways[start]))

    def take_in(self, number: int, count: int) -> None:
        """Pieces that came with other paper, whole: wherever they meet other halves, these came along."""
        ahead = self._ahead(number)
        for _ in range(count):
            self.benches[number].arrive(Piece())
        for to in ahead:
            beside = [feeder for feeder in self.benches if to in self.ways[feeder] and feeder not in ahead]
            for feeder in beside if to != number else []:
                for _ in range(count):
                    self._bring(feeder, to, Piece())
        for end in self.ends:
            self.lent[end] += count if end not in ahead else 0

    def report(self, content: ReportContent) -> None:
        """Do with the pieces what the report says was done."""
        bench, atoms = self._bench(content.step), self.atoms(content.step)
        if bench is None:
            return
        reworking = content.run_kind is RunKind.REWORK

        def taken(quantity: object) -> list[Piece]:
            count = int(Fraction(str(quantity)) * atoms)
            bench.reworked += count if reworking else 0
            return bench.take(count)

        for piece in taken(content.good):
            bench.good.append(piece)
            self.pass_on(content.step, piece)
        for scrap in content.scrap:
            bench.scrap += taken(scrap.quantity)
        for review in content.review:
            bench.review += taken(review.quantity)
        for rework in content.rework:
            self._send_back(bench, taken(rework.quantity), rework.to_step)
        bench.done = bench.done or (content.final and not reworking)
        bench.rework_done = bench.rework_done or (content.final and reworking)

    def decide(self, decision: ReviewDecided) -> None:
        """Take pieces out of review; where too few lie there, out of those that wait."""
        bench = self._bench(decision.step)
        if bench is None:
            return
        count = int(Fraction(decision.quantity) * self.atoms(decision.step))
        taken, bench.review = bench.review[:count], bench.review[count:]
        bench.overdrawn += count - len(taken)
        taken += bench.take(count - len(taken))
        if decision.fate is ReviewFate.SCRAP:
            bench.scrap += taken
        for piece in taken if decision.fate is ReviewFate.GOOD else ():
            bench.good.append(piece)
            self.pass_on(decision.step, piece)
        if decision.fate is ReviewFate.REWORK:
            self._send_back(bench, taken, decision.to_step or decision.step)

    def _send_back(self, bench: Bench, pieces: list[Piece], to_step: int) -> None:
        """Pieces go to be made good: to a bench, or to those behind a step that moves nothing."""
        landing = self._bench(to_step)
        lands = [landing] if landing else [self.benches[to] for to in self._ways_from(to_step)]
        for piece in pieces:
            bench.rework.append(piece)
            for lands_on in lands:
                lands_on.returned += 1
                lands_on.arrive(piece)

    def move(self, slip: str, moved: SlipSplit | SlipsMerged) -> None:
        """Do with this slip's pieces what a split or a merge did."""
        out_of, to = (moved.parent, moved.slip) if isinstance(moved, SlipSplit) else (moved.slip, moved.into)
        bench = self._bench(moved.step)
        if bench is None:
            return
        count = int(Fraction(str(moved.quantity)) * self.atoms(moved.step))
        if out_of == slip:
            bench.part_with(count)
        if to == slip:
            self.take_in(moved.step, count)

    def output(self) -> Fraction:
        """Sets that left the route whole, in the order's unit."""
        ends = [len(self.benches[end].good) + self.lent[end] for end in self.ends]
        return Fraction(min(ends, default=0), self.per_order_unit)

    def at_best(self) -> Fraction:
        """The output if nothing went wrong from now on: what waits or is in review becomes good."""
        best = deepcopy(self)
        for bench in best.benches.values():
            del bench.waiting[: bench.given_up]
        for number in sorted(best.benches):
            bench = best.benches[number]
            for piece in (*bench.waiting, *bench.review):
                bench.good.append(piece)
                best.pass_on(number, piece)
        return best.output()

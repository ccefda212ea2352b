"""Checks, arrivals and tolerances: what stands is a function of the set of facts, said here plainly."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import ceil
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from floor.codec import Fact
from floor.commands import Answer, CountArrival, MakeCheck, ReportWork
from floor.events import ArrivalCounted, AskAnswered, CheckMade, Reported
from floor.flags import Flag
from floor.progress import fold_order
from floor.routing import OverPolicy, Step
from floor.standing import StandingFlag, standing_flags
from floor.tolerance import ASKS
from tests.floor.shop import ANNA, HERE, THERE, Shop, a_shop, content, step

CARE = {Flag.CHECK_OWED, Flag.CHECK_FAILED, Flag.OVER_TOLERANCE, Flag.ARRIVAL_DIFFERS}
LOOK = {"check": "1", "name": "No scratch"}
OFTEN = {"check": "2", "name": "Thickness", "every": "5"}


@dataclass
class Careful:
    """A shop with steps that ask for care, and a slip of 20."""

    shop: Shop
    slip: str
    steps: list[Step] = field(default_factory=list)


@st.composite
def routes(draw: st.DrawFn) -> list[Step]:
    """Two steps with any checks, tolerance and policy."""
    return [
        step(
            number,
            checks=tuple(draw(st.lists(st.sampled_from((LOOK, OFTEN)), unique_by=lambda one: one["check"]))),
            over_percent=draw(st.sampled_from(("0", "10", "50"))),
            over_policy=draw(st.sampled_from(OverPolicy)),
        )
        for number in (10, 20)
    ]


@st.composite
def careful(draw: st.DrawFn, deeds_max: int = 10) -> Careful:
    """Whatever two stations report, check, count and answer, each knowing only its own facts or all."""
    steps = draw(routes())
    shop = a_shop(steps, 20)
    (slip,) = shop.issue(20)
    story = Careful(shop, slip, steps)
    begun = list(shop.facts)
    for _ in range(draw(st.integers(0, deeds_max))):
        stream, at = draw(st.sampled_from((HERE, THERE))), draw(st.sampled_from((10, 20)))
        known = [*begun, *(fact for fact in shop.facts[len(begun) :] if fact.stream == stream)]
        shop.do(draw(deeds(story, at)), stream, draw(st.sampled_from((None, known))))
    return story


@st.composite
def deeds(draw: st.DrawFn, story: Careful, at: int) -> ReportWork | MakeCheck | CountArrival:
    """One report, check or count."""
    about = {"intent": story.shop.new_id(), "by": ANNA, "slip": story.slip}
    match draw(st.integers(0, 2)):
        case 0:
            answer = Answer(flag=Flag.OVER_TOLERANCE.value, reason="R1") if draw(st.booleans()) else None
            warned = (Flag.OVER_TOLERANCE.value,) if answer or draw(st.booleans()) else ()
            said = content(at, draw(st.integers(1, 15)))
            return ReportWork(content=said, warned=warned, answer=answer, **about)
        case 1:
            passed, check = draw(st.booleans()), draw(st.sampled_from(("1", "2", "9")))
            return MakeCheck(step=at, check=check, machine=None, operators=(ANNA,), passed=passed, **about)
        case _:
            quantity = Decimal(draw(st.integers(0, 25)))
            return CountArrival(step=at, quantity=quantity, unit="pcs", operators=(ANNA,), **about)


def care_flags(facts: Iterable[Fact]) -> list[StandingFlag]:
    return [flag for flag in standing_flags(fold_order(facts)) if flag.flag in CARE]


@settings(max_examples=150, deadline=None)
@given(careful(), st.integers(0, 2**32))
def test_any_interleaving_raises_the_same_flags_about_care(story: Careful, seed: int) -> None:
    mixed = [*story.shop.facts, *story.shop.facts]
    Random(seed).shuffle(mixed)
    assert care_flags(mixed) == care_flags(story.shop.facts)


@settings(max_examples=100, deadline=None)
@given(careful(), st.data())
def test_what_arrives_piece_by_piece_ends_in_the_same_flags(story: Careful, data: st.DataObject) -> None:
    ahead = data.draw(st.sampled_from((HERE, THERE)))
    first = [fact for fact in story.shop.facts if fact.stream == ahead]
    behind = [fact for fact in story.shop.facts if fact.stream != ahead]
    for known in range(len(behind) + 1):
        care_flags([*first, *behind[:known]])
    assert care_flags([*first, *behind]) == care_flags(story.shop.facts)


@settings(max_examples=300, deadline=None)
@given(careful())
def test_what_stands_is_what_the_facts_say_in_plain_words(story: Careful) -> None:
    raised = {(flag.flag, flag.step): flag for flag in care_flags(story.shop.facts)}
    for at in story.steps:
        of_step = Plainly(story, at)
        owed = raised.get((Flag.CHECK_OWED, at.number))
        assert (owed.amount if owed else 0) == of_step.checks_owed
        failed = raised.get((Flag.CHECK_FAILED, at.number))
        assert set(failed.facts if failed else ()) == of_step.failed
        over = raised.get((Flag.OVER_TOLERANCE, at.number))
        assert set(over.facts if over else ()) == of_step.unanswered
        differs = raised.get((Flag.ARRIVAL_DIFFERS, at.number))
        if of_step.counts and of_step.impossible:
            assert differs
        if not of_step.counts:
            assert differs is None


class Plainly:
    """One step of the slip, counted with the fingers."""

    def __init__(self, story: Careful, at: Step) -> None:
        self.step = at
        self.all = [fact for fact in story.shop.facts if fact.event.subjects().slip == story.slip]
        self.reports = self._reports(at.number)
        self.made = sum(fact.event.content.good for fact in self.reports)
        before = self._reports(10) if at.number == 20 else None
        self.came = Decimal(20) if before is None else sum(fact.event.content.good for fact in before)

    def _reports(self, number: int) -> list[Fact]:
        return [
            fact
            for fact in self.all
            if isinstance(fact.event, Reported) and fact.event.content.step == number
        ]

    def _checks(self, check: str) -> list[Fact]:
        return [
            fact
            for fact in self.all
            if isinstance(fact.event, CheckMade)
            and (fact.event.step, fact.event.check) == (self.step.number, check)
        ]

    @property
    def checks_owed(self) -> int:
        owed = 0
        for check in self.step.checks:
            once = ceil(Fraction(self.made) / Fraction(check.every)) if check.every else 1
            owed += max(0, (once if self.made else 0) - len(self._checks(check.check)))
        return owed

    @property
    def failed(self) -> set[str]:
        """Those that nothing of the same stream passed later."""
        return {
            fact.event_id
            for check in ("1", "2", "9")
            for fact in self._checks(check)
            if not fact.event.passed
            and not any(
                later.event.passed and later.stream == fact.stream and later.seq > fact.seq
                for later in self._checks(check)
            )
        }

    @property
    def unanswered(self) -> set[str]:
        """Where the step asks, and more was made than it takes for no doubt."""
        surplus = Fraction(self.made) - Fraction(self.came)
        free = Fraction(self.came) * Fraction(self.step.over_percent) / 100
        if self.step.over_policy not in ASKS or surplus <= max(free, 0):
            return set()
        asked = [fact for fact in self.reports if Flag.OVER_TOLERANCE.value in fact.event.warned]
        answered = {fact.event.report for fact in self.all if isinstance(fact.event, AskAnswered)}
        return {fact.event_id for fact in asked or self.reports} - answered

    @property
    def counts(self) -> list[Fact]:
        return [
            fact
            for fact in self.all
            if isinstance(fact.event, ArrivalCounted) and fact.event.step == self.step.number
        ]

    @property
    def impossible(self) -> bool:
        """Somebody's last count is of more than ever came."""
        last = {fact.stream: fact.event.quantity for fact in self.counts}
        return any(quantity > self.came for quantity in last.values())

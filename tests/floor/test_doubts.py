"""What the terminal warns of at the scan, before the work is done."""

from dataclasses import replace

import pytest

from floor.commands import ReprintSlip, TakeMachineDown
from floor.doubts import (
    doubts_about_people,
    doubts_about_run,
    doubts_at_scan,
    doubts_of_report,
    left_after,
)
from floor.events import MachineDefined, ReportContent
from floor.flags import Flag
from floor.orders import Decision
from floor.people import Person
from floor.plant import Plant
from floor.progress import accounted
from floor.routing import Counting, RunUse
from tests.floor.shop import ANNA, MOMENT, Shop, a_shop, content, step

ROUTE = [step(10, machine="SAW-1"), step(20), step(25, counting=Counting.PASSES_THROUGH), step(30)]
UNKNOWN = "XXXXXXXX"


def a_slip() -> tuple[Shop, str]:
    """30 on one slip, 10 of them passed on by the first step; machines at the first two work centres."""
    shop = a_shop(ROUTE, 30)
    (slip,) = shop.issue(30)
    shop.report(slip, content(10, 10))
    for machine, work_centre in (("SAW-1", "WC10"), ("SAW-2", "WC10"), ("DRILL", "WC20")):
        shop.plant.learn(
            MachineDefined(at=MOMENT, machine=machine, name=machine, work_centre=work_centre, code="BBBBBB")
        )
    return shop, slip


@pytest.mark.parametrize(
    ("at", "machine", "work_centre", "warned"),
    [
        (10, "SAW-1", "WC10", []),
        (10, None, "WC10", []),
        (10, None, None, []),
        (None, None, "WC99", []),
        (None, "SAW-1", "WC99", []),
        (10, None, "WC20", [Flag.WRONG_WORK_CENTRE]),
        (10, "SAW-2", "WC10", [Flag.WRONG_MACHINE]),
        (10, "DRILL", "WC10", [Flag.WRONG_WORK_CENTRE, Flag.WRONG_MACHINE]),
        (20, "DRILL", "WC10", []),
        (20, "UNHEARD-OF", "WC10", [Flag.WRONG_WORK_CENTRE]),
        (20, "UNHEARD-OF", "WC20", []),
        (20, None, "WC20", []),
        (25, None, "WC25", [Flag.STEP_SKIPPED]),
        (30, None, "WC30", [Flag.STEP_SKIPPED]),
        (30, "SAW-1", "WC10", [Flag.WRONG_WORK_CENTRE, Flag.STEP_SKIPPED]),
        (99, None, "WC10", [Flag.UNKNOWN_STEP]),
    ],
)
def test_what_a_scan_warns_of(
    at: int | None, machine: str | None, work_centre: str | None, warned: list[Flag]
) -> None:
    shop, slip = a_slip()
    assert list(doubts_at_scan(shop.picture(), slip, at, machine, work_centre, None)) == warned


def warned(
    shop: Shop, slip: str, at: int | None = None, copy: str | None = None, machine: str | None = None
) -> list[Flag]:
    """The warnings at a scan."""
    return list(doubts_at_scan(shop.picture(), slip, at, machine, None, copy))


def test_nothing_here_is_not_skipped_when_the_step_before_has_reported() -> None:
    shop, slip = a_slip()
    shop.report(slip, content(20, scrap=10))
    assert warned(shop, slip, 30) == [Flag.NOTHING_HERE]
    shop.report(slip, content(20, 1))
    assert warned(shop, slip, 30) == []


def test_a_join_is_skipped_to_while_one_of_its_ways_has_no_report() -> None:
    shop = a_shop([step(10), step(20, predecessors=()), step(30, predecessors=(10, 20))], 30)
    (slip,) = shop.issue(30)
    shop.report(slip, content(10, 5))
    assert warned(shop, slip, 30) == [Flag.STEP_SKIPPED]
    shop.report(slip, content(20, scrap=1))
    assert warned(shop, slip, 30) == [Flag.NOTHING_HERE]


def test_a_step_that_is_done_says_so() -> None:
    shop, slip = a_slip()
    report = shop.report(slip, content(10, 20, final=True))
    assert warned(shop, slip, 10) == [Flag.ALREADY_DONE]
    shop.correct(report, content(10, 20))
    assert warned(shop, slip, 10) == []


@pytest.mark.parametrize("decision", [Decision.HOLD, Decision.SUSPEND, Decision.CANCEL])
def test_an_order_that_is_not_open_says_so(decision: Decision) -> None:
    shop, slip = a_slip()
    shop.decision(decision, "because")
    assert warned(shop, slip, 10) == [Flag.ORDER_NOT_OPEN]


def test_e2_an_unknown_slip_says_so_and_nothing_else_can_be_said() -> None:
    shop, _ = a_slip()
    assert warned(shop, UNKNOWN, 10, "B") == [Flag.UNKNOWN_SLIP]
    shop.report(UNKNOWN, content(10, 5))
    assert warned(shop, UNKNOWN, 99, "B") == [Flag.UNKNOWN_SLIP]


def test_a_machine_that_is_down_says_so_on_any_slip() -> None:
    shop, slip = a_slip()
    shop.do(TakeMachineDown(intent=shop.new_id(), by=ANNA, machine="SAW-1", reason=None, operators=(ANNA,)))
    assert warned(shop, slip, 10, machine="SAW-1") == [Flag.MACHINE_DOWN]
    assert warned(shop, UNKNOWN, 10, machine="SAW-1") == [Flag.UNKNOWN_SLIP, Flag.MACHINE_DOWN]
    assert warned(shop, slip, 10) == [], "no machine, no doubt"


def test_only_a_known_newer_copy_is_warned_of() -> None:
    shop, slip = a_slip()
    assert warned(shop, slip, copy="B") == []
    known = list(shop.facts)
    for stream in ("a1" * 16, "b2" * 16):
        shop.do(ReprintSlip(intent=shop.new_id(), by=ANNA, slip=slip, printer="slips"), stream, known)
    assert warned(shop, slip, copy="B") == [Flag.NEWER_COPY]
    assert warned(shop, slip, copy="C") == [], "two copies made apart count as equal"
    assert warned(shop, slip, copy="D") == [], "a copy of which nothing is known here yet"
    assert warned(shop, slip) == [], "a step's code has no copy letter"


def test_warnings_come_in_order_of_precedence() -> None:
    shop, slip = a_slip()
    shop.decision(Decision.HOLD, "no wood")
    shop.do(TakeMachineDown(intent=shop.new_id(), by=ANNA, machine="DRILL", reason=None, operators=(ANNA,)))
    shop.report(slip, content(10, 1, final=True))
    said = warned(shop, slip, 10, machine="DRILL")
    assert said == sorted(said, key=list(Flag).index)
    assert len(said) == 5


@pytest.mark.parametrize(
    ("said", "more", "left"),
    [
        (content(20, 10), False, 0),
        (content(20, 7, scrap=1, rework=(10, 1), review=1), False, 0),
        (content(20, 7, scrap=2, rework=(10, 1), review=1), True, 0),
        (content(20, 11), True, 0),
        (content(20, 4), False, 6),
        (content(25, 500), False, 0),
    ],
)
def test_more_than_is_here_and_what_would_be_left(said: ReportContent, more: bool, left: int) -> None:
    shop, slip = a_slip()
    line = shop.line(slip, said.step)
    of_report = doubts_of_report(shop.order.slips[slip], shop.order.steps.get(said.step), said)
    assert (Flag.MORE_THAN_HERE in of_report) == more
    assert left_after(line, said) == left


def test_nothing_can_be_said_about_a_step_that_is_not_known() -> None:
    assert doubts_of_report(None, None, content(10, 500)) == ()
    assert left_after(None, content(10, 5)) == 0
    assert accounted(content(10, "1.5", scrap="0.25")) == 1.75


def test_a_plant_that_does_not_know_its_machines_asks_the_stations_work_centre() -> None:
    shop, slip = a_slip()
    picture = replace(shop.picture(), plant=Shop().plant)
    assert list(doubts_at_scan(picture, slip, 10, "SAW-1", "WC20", None)) == [Flag.WRONG_WORK_CENTRE]


WELDER = Person(person="7", name="Anna", badge="BBBBBB", skills=("tig", "welding"))
HELPER = Person(person="8", name="Bert", badge="BBBBBC", skills=("tig",))
PEOPLE = {person.person: person for person in (WELDER, HELPER)}


@pytest.mark.parametrize(
    ("said", "operators", "warned"),
    [
        ({}, ("8",), []),
        ({"skills": ("tig",)}, ("8",), []),
        ({"skills": ("tig", "welding")}, ("7",), []),
        ({"skills": ("tig", "welding")}, ("8",), [Flag.NOT_QUALIFIED]),
        ({"skills": ("tig", "welding")}, ("8", "7"), []),
        ({"skills": ("tig",)}, ("99",), [Flag.NOT_QUALIFIED]),
        ({"skills": ("tig",)}, (), []),
        ({"person": "7"}, ("7",), []),
        ({"person": "7"}, ("8",), [Flag.OTHER_PERSON]),
        ({"person": "7"}, ("8", "7"), []),
        ({"person": "7", "skills": ("welding",)}, ("8",), [Flag.NOT_QUALIFIED, Flag.OTHER_PERSON]),
    ],
)
def test_who_is_not_qualified_and_whose_work_it_was_is_warned_of(
    said: dict[str, object], operators: tuple[str, ...], warned: list[Flag]
) -> None:
    assert list(doubts_about_people(step(10, **said), operators, PEOPLE)) == warned
    assert doubts_about_people(None, operators, PEOPLE) == ()


@pytest.mark.parametrize(
    ("plant", "at_step", "run", "warned"),
    [
        (RunUse.OPTIONAL, None, None, ()),
        (RunUse.WANTED, None, None, (Flag.NO_RUN,)),
        (RunUse.WANTED, None, "e" * 32, ()),
        (RunUse.WANTED, RunUse.OFF, None, ()),
        (RunUse.OFF, RunUse.WANTED, None, (Flag.NO_RUN,)),
        (RunUse.OFF, None, None, ()),
    ],
)
def test_work_without_a_start_is_warned_of_where_starts_are_wanted(
    plant: RunUse, at_step: RunUse | None, run: str | None, warned: tuple[Flag, ...]
) -> None:
    assert doubts_about_run(Plant(runs=plant), step(10, runs=at_step), run) == warned

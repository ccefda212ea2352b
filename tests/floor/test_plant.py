"""The plant as central described it: the last word counts, and an old version never comes back."""

from datetime import time

from floor.codec import Fact
from floor.events import (
    BomDefined,
    Event,
    InstructionsDefined,
    ItemDefined,
    LotDefined,
    MachineDefined,
    OrderClosed,
    PlantDescribed,
    ReasonDefined,
    ReasonUse,
    RouteDefined,
    ShiftDefined,
    StationDefined,
    StreamBound,
    WorkCentreDefined,
)
from floor.items import Bom, Item
from floor.plant import PLANT_KINDS, Plant, fold
from floor.routing import Route
from tests.floor.shop import CENTRAL, HERE, MOMENT, step

SAW = MachineDefined(at=MOMENT, machine="SAW-1", name="Saw", work_centre="SAW", code="BCDFGH")
CRACK = ReasonDefined(at=MOMENT, reason="R1", name="Crack", uses=(ReasonUse.SCRAP,), code="BCDFGJ")


def plant(*events: Event) -> Plant:
    """What central's stream makes of these events, whatever order they arrive in."""
    facts = [Fact(CENTRAL, seq, f"{seq:032x}", event) for seq, event in enumerate(events, 1)]
    assert fold(facts) == fold(reversed(facts))
    return fold(facts)


def bom(version: int) -> BomDefined:
    """A chair's bill of material."""
    return BomDefined(at=MOMENT, bom=Bom(item="CHAIR", version=version, lines=()))


def route(version: int, *numbers: int) -> RouteDefined:
    """A chair's steps."""
    return RouteDefined(
        at=MOMENT, route=Route(item="CHAIR", version=version, steps=tuple(step(number) for number in numbers))
    )


def test_every_kind_of_description_is_learned() -> None:
    described: list[Event] = [
        PlantDescribed(at=MOMENT, name="Works", time_zone="Europe/Berlin"),
        ItemDefined(at=MOMENT, item=Item(item="CHAIR", name="Chair")),
        bom(1),
        route(1, 10),
        InstructionsDefined(at=MOMENT, item="CHAIR", version_of_route=1, step=10, lines=("Cut.",)),
        LotDefined(at=MOMENT, lot="L1", item="CHAIR", code="BCDFGK"),
        WorkCentreDefined(at=MOMENT, work_centre="SAW", name="Cutting line"),
        SAW,
        CRACK,
        ShiftDefined(at=MOMENT, shift="E", name="Early", starts=time(6), ends=time(14), weekdays=(1,)),
        StationDefined(at=MOMENT, station="ST1", name="Cutting", work_centre="SAW"),
        StreamBound(at=MOMENT, stream=HERE, station="ST1", prefix="BCD"),
    ]
    assert {event.kind for event in described} == PLANT_KINDS
    found = plant(*described)
    assert (found.name, found.time_zone) == ("Works", "Europe/Berlin")
    assert list(found.instructions) == [("CHAIR", 1, 10)]
    assert found.lot_by_code("BCDFGK") == found.lots["L1"]
    known = [found.items, found.boms, found.routes, found.work_centres, found.machines]
    known += [found.reasons, found.shifts, found.stations, found.streams]
    assert [list(names) for names in known] == [
        ["CHAIR"],
        ["CHAIR"],
        ["CHAIR"],
        ["SAW"],
        ["SAW-1"],
        ["R1"],
        ["E"],
        ["ST1"],
        [HERE],
    ]


def test_the_last_word_counts() -> None:
    renamed = SAW.model_copy(update={"name": "Old saw"})
    assert plant(SAW, renamed).machines["SAW-1"].name == "Old saw"


def test_the_highest_version_is_active_and_its_last_word_counts() -> None:
    found = plant(route(2, 10), bom(3), route(2, 10, 30), route(1, 10, 20), bom(2))
    assert [one.number for one in found.routes["CHAIR"].steps] == [10, 30]
    assert found.boms["CHAIR"].version == 3


def test_facts_about_work_do_not_describe_the_plant() -> None:
    assert plant(OrderClosed(at=MOMENT, order="1001")) == Plant()


def test_machines_and_reasons_are_found_by_the_letters_on_them() -> None:
    found = plant(SAW, CRACK)
    assert found.machine_by_code("BCDFGH") == SAW
    assert found.reason_by_code("BCDFGJ") == CRACK
    assert found.machine_by_code("BCDFGJ") is None
    assert found.reason_by_code("BCDFGH") is None


def test_a_copy_learns_without_the_one_that_it_was_made_of() -> None:
    before = plant(SAW)
    copy = before.copy()
    assert copy == before
    for name in Plant.__slots__:
        if isinstance(getattr(before, name), dict):
            assert getattr(copy, name) is not getattr(before, name), name
    copy.learn(CRACK)
    assert (list(copy.reasons), list(before.reasons)) == (["R1"], [])
